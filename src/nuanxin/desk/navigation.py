"""Which lists a person has, how they are called, and the frame around every page of the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actor import Actor, Role
from nuanxin.cases.queries.queue import CAP, Shelf, counts
from nuanxin.desk.rows import agency_name
from nuanxin.notices.queries import unread
from nuanxin.ui.parts import NavItem, Tab, Text

LISTS: dict[Shelf, Text] = {
    Shelf.MINE: _("To do"),
    Shelf.OTHERS: _("Waiting for others"),
    Shelf.TODAY: _("Due today"),
    Shelf.REPORTS: _("To ring back"),
    Shelf.QUESTIONS: _("Questions"),
    Shelf.OBJECTIONS: _("Objections"),
    Shelf.OFFERS: _("Offers to me"),
    Shelf.OWN: _("My cases"),
    Shelf.GREEN: _("Green lane"),
    Shelf.SOON: _("Due soon"),
    Shelf.STRAY: _("No next step"),
    Shelf.ASSIGNING: _("Being assigned"),
    Shelf.SENT: _("Sent on, not yet taken"),
    Shelf.INCOMING: _("Sent to us"),
    Shelf.WATCH: _("Under watch"),
    Shelf.ALL: _("All cases"),
    Shelf.CLOSED: _("Ended"),
}
HINTS: dict[Shelf, Text] = {
    Shelf.STRAY: _("Every open case has somebody who must act and a date. This list must stay empty."),
    Shelf.SENT: _("You stay responsible until the other agency accepts."),
    Shelf.INCOMING: _("The sender stays responsible until you accept."),
    Shelf.SOON: _("Due within 48 hours, or fewer than seven days before the limitation runs out."),
    Shelf.WATCH: _("A higher level has asked how it goes and waits for an answer."),
    Shelf.REPORTS: _(
        "Three counted attempts at different times of the day and one with priority, before a text message ends it."
    ),
}

OFFICE: frozenset[str] = frozenset({Role.CLERK, Role.DECIDER, Role.OPERATOR, Role.DUTY_LAWYER})
READS_ALL: frozenset[str] = OFFICE | {Role.SUPERVISOR, Role.AUDITOR, Role.BUREAU}
DESK_ROLES = (
    Role.CLERK, Role.DECIDER, Role.OPERATOR, Role.DUTY_LAWYER, Role.LAWYER, Role.BUREAU, Role.SUPERVISOR,
    Role.AUDITOR,
)  # fmt: skip

_WORK = READS_ALL - {Role.BUREAU}
# The navigation from top to bottom: list, who has it, whether its count is shown.
_NAVIGATION: tuple[tuple[Shelf, frozenset[str], bool], ...] = (
    (Shelf.OFFERS, frozenset({Role.LAWYER}), True),
    (Shelf.OWN, frozenset({Role.LAWYER}), True),
    (Shelf.OBJECTIONS, frozenset({Role.BUREAU}), True),
    (Shelf.MINE, _WORK - {Role.DUTY_LAWYER}, True),
    (Shelf.QUESTIONS, frozenset({Role.DUTY_LAWYER}), True),
    (Shelf.REPORTS, frozenset({Role.OPERATOR, Role.CLERK, Role.DECIDER, Role.DUTY_LAWYER}), True),
    (Shelf.GREEN, _WORK, True),
    (Shelf.SOON, _WORK, True),
    (Shelf.STRAY, READS_ALL, True),
    (Shelf.ASSIGNING, _WORK - {Role.OPERATOR, Role.DUTY_LAWYER}, True),
    (Shelf.SENT, _WORK - {Role.DUTY_LAWYER}, True),
    (Shelf.INCOMING, _WORK - {Role.DUTY_LAWYER}, True),
    (Shelf.WATCH, frozenset({Role.CLERK, Role.DECIDER, Role.SUPERVISOR, Role.AUDITOR}), True),
    (Shelf.ALL, READS_ALL, False),
    (Shelf.CLOSED, READS_ALL, False),
)
_ALSO: dict[Shelf, Shelf] = {Shelf.OTHERS: Shelf.MINE, Shelf.TODAY: Shelf.MINE}  # tabs of another list
MINE_TABS = (Shelf.MINE, Shelf.OTHERS, Shelf.TODAY)


def lists_of(actor: Actor) -> list[Shelf]:
    """The lists in a person's navigation, their first one first."""
    return [shelf for shelf, roles, _shown in _NAVIGATION if roles & actor.roles]


def may_list(actor: Actor, shelf: Shelf) -> bool:
    """Whether a list is this person's."""
    return _ALSO.get(shelf, shelf) in lists_of(actor)


def home_of(actor: Actor) -> Shelf | None:
    """Where a person's day begins: what is for them in person, else their office's work; None without a list."""
    lists = lists_of(actor)
    first = next((shelf for shelf, role in _FIRST.items() if role in actor.roles and shelf in lists), None)
    return first or next(iter(lists), None)


_FIRST = {Shelf.MINE: Role.CLERK, Shelf.OBJECTIONS: Role.BUREAU, Shelf.QUESTIONS: Role.DUTY_LAWYER}


@cache
def list_url(shelf: Shelf) -> str:
    """The address of a list."""
    return reverse("desk:list", args=[shelf.value])


def shown(cases: int) -> int | str:
    """A count as it is shown: exact below the cap."""
    return cases if cases < CAP else f"{CAP - 1}+"


def counted(actor: Actor) -> list[Shelf]:
    """The lists whose count the navigation and the tabs show."""
    found = [shelf for shelf, roles, with_count in _NAVIGATION if with_count and roles & actor.roles]
    return [*found, Shelf.OTHERS, Shelf.TODAY] if Shelf.MINE in found else found


@dataclass(frozen=True, slots=True)
class Counts:
    """What the navigation counts: cases on each list, and notices that were not read."""

    lists: Mapping[Shelf, int]
    unread: int

    @property
    def version(self) -> str:
        """Changes with any count."""
        return ".".join(str(count) for count in (*self.lists.values(), self.unread))


def count(request: StaffRequest) -> Counts:
    """Count everything that the navigation shows: two statements."""
    found = counts(counted(request.actor), by=request.actor, at=request.at)
    return Counts(found, unread(request.actor.id))


def navigation(actor: Actor, found: Counts, current: Shelf | str | None) -> list[NavItem]:
    """The entries of the navigation with their counts."""
    current = _ALSO.get(current, current) if isinstance(current, Shelf) else current
    items = [
        NavItem(
            LISTS[shelf], list_url(shelf), shown(found.lists[shelf]) if shelf in found.lists else None,
            current=shelf == current, pinned=shelf is Shelf.STRAY, apart=shelf is Shelf.ALL,
            alarm=shelf is Shelf.STRAY,
        )
        for shelf in lists_of(actor)
    ]  # fmt: skip
    for name, title, roles in _PAGES:
        if roles & actor.roles:
            waiting = found.unread if name == "notices" and found.unread else None
            apart = name == _PAGES[0][0]
            items.append(NavItem(title, reverse(f"desk:{name}"), waiting, name == current, apart=apart))
    return items


_PAGES: Sequence[tuple[str, Text, frozenset[str]]] = (
    ("new", _("New at the counter"), frozenset({Role.CLERK, Role.DECIDER, Role.OPERATOR})),
    ("hotline", _("Hotline desk"), frozenset({Role.OPERATOR, Role.DUTY_LAWYER, Role.SUPERVISOR})),
    ("hotline_roster", _("Duty roster"), frozenset({Role.DECIDER})),
    ("hotline_board", _("Hotline board"), frozenset({Role.DECIDER, Role.AUDITOR})),
    ("hotline_register", _("Hotline register"), frozenset({Role.ADMINISTRATOR})),
    ("hotline_answers", _("Public answers"), frozenset({Role.DECIDER})),
    ("handed_in", _("Handed in by you"), frozenset({Role.PARTNER})),
    ("hand_in", _("Hand in a case"), frozenset({Role.PARTNER})),
    ("points", _("Service points"), frozenset({Role.CLERK, Role.DECIDER, Role.ADMINISTRATOR})),
    ("overdue", _("Overdue by office"), frozenset({Role.SUPERVISOR, Role.AUDITOR, Role.DECIDER})),
    (
        "coverage",
        _("Half an hour to help"),
        frozenset({Role.SUPERVISOR, Role.AUDITOR, Role.DECIDER, Role.BUREAU, Role.ADMINISTRATOR}),
    ),
    ("notices", _("Notices to me"), frozenset(DESK_ROLES)),
)


def tabs(current: Shelf, found: Counts) -> list[Tab]:
    """The tabs above the list of things to do, and above the register."""
    known = found.lists
    family = next((f for f in (MINE_TABS, (Shelf.ALL, Shelf.CLOSED)) if current in f), ())
    return [
        Tab(LISTS[shelf], list_url(shelf), shown(known[shelf]) if shelf in known else None, shelf is current)
        for shelf in family
    ]


def frame(
    request: StaffRequest, *, title: Text, current: Shelf | str | None = None, **more: Any
) -> dict[str, Any]:
    """What every page of the desk needs around its content: navigation with counts, name, office, live address."""
    found = more.pop("found", None) or count(request)
    return {
        "title": title,
        "now": request.at,
        "nav": navigation(request.actor, found, current),
        "nav_version": found.version,
        "nav_live_url": reverse("desk:navigation") + (f"?current={current}" if current else ""),
        "staff_name": request.user.name,
        "staff_office": agency_name(request.actor.office) if request.actor.office else "",
        "search_url": reverse("desk:search"),
        "home_url": reverse("desk:home"),
        "more_keys": MORE_KEYS,
        **more,
    }


# Keys of the desk besides those of every staff page; ``desk.js`` acts on them.
MORE_KEYS: tuple[tuple[str, Text], ...] = (
    ("g", _("to the next step")),
    ("u", _("back to the list")),
    ("n", _("new at the counter")),
)
