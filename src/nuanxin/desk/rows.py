"""A case as a row of the queue: what is yours to do, who, what they ask, by when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuanxin.audit.actor import Actor, Role
from nuanxin.cases.queries.items import Item
from nuanxin.cases.rules.clocks import CLOCK_RULES, SHANGHAI
from nuanxin.cases.rules.states import Seat
from nuanxin.cases.rules.transitions import BY_ACTION
from nuanxin.desk.speech import between, english, said
from nuanxin.desk.wording import speaking
from nuanxin.desk.wording.actions import ACTIONS, REVIEW_AND_DECIDE
from nuanxin.desk.wording.codes import DOORS, ITEMS, KINDS, OUTCOMES, SEATS, STATUSES, label, listed
from nuanxin.network.queries import NoAgency, agency, decides_with_two
from nuanxin.ui.parts import Chip, QueueRow, Text
from nuanxin.ui.wording import due

UNDECIDED = {"submitted", "accepted", "awaiting_material", "reviewed"}


def queue_rows(
    items: Sequence[Item],
    *,
    by: Actor,
    at: datetime,
    url: Callable[[Item], str],
    chosen: int = 0,
    fresh_since: int = 0,
) -> list[QueueRow]:
    """Rows for the queue component. ``url`` says where a row leads; ``fresh_since`` (seconds) marks newcomers."""
    now = at.astimezone(SHANGHAI)
    return [
        _row(
            item,
            by,
            now,
            url(item),
            chosen=item.id == chosen,
            fresh=0 < fresh_since <= item.submitted_at.timestamp(),
        )
        for item in items
    ]


def _row(item: Item, by: Actor, now: datetime, url: str, *, chosen: bool, fresh: bool) -> QueueRow:
    asks, asks_note = _asks(item)
    return QueueRow(
        url=url,
        do=task(item, by),
        who=who(item.name, item.workers_stated),
        asks=asks,
        due=due_chip(item, now),
        chips=chips(item, now),
        who_note=" · ".join(
            str(word) for word in (item.party or item.trade, label(DOORS, item.door)) if word
        ),
        asks_note=asks_note,
        due_note=_clock_note(item),
        chosen=chosen,
        fresh=fresh,
    )


def task(item: Item, by: Actor) -> str:
    """What is to be done next, and by whom where it is not the office."""
    if item.turn == "ended":
        said_so = str(label(STATUSES, item.status))
        return f"{said_so} · {label(OUTCOMES, item.outcome)}" if item.outcome else said_so
    decides = by.has(Role.DECIDER)
    if decides and item.urgent and item.status in UNDECIDED and item.turn == "office":
        return str(ACTIONS["grant_aid_first"].do)
    if decides and item.step == "review" and not _two_persons(item.holder_agency):
        return str(REVIEW_AND_DECIDE)
    do = str(ACTIONS[item.step].do) if item.step in ACTIONS else item.step
    if item.turn == "others" and not _awaits(item, by):
        return _("Waiting for %(who)s: %(what)s") % {"who": label(SEATS, item.seat), "what": do}
    if item.step in BY_ACTION and not BY_ACTION[item.step].roles & by.roles:
        who_acts = _capital(str(label(SEATS, item.seat)))  # a colleague's to do
        return said(f"{who_acts}：{do}", f"{who_acts}: {do}")
    return do


_REGIONAL: dict[str, str] = {Seat.BUREAU: Role.BUREAU, Seat.DUTY_LAWYER: Role.DUTY_LAWYER}


def _awaits(item: Item, by: Actor) -> bool:
    """Whether the others that the office waits for are this very person: lawyer, duty lawyer, bureau, receiver."""
    if item.seat == Seat.LAWYER:
        return by.id != 0 and by.id in {item.lawyer, item.offered_to}
    if item.seat in _REGIONAL:
        return by.reaches(item.holder_region, frozenset({_REGIONAL[item.seat]}))
    return item.seat == Seat.RECEIVER and by.office != 0 and by.office == item.transfer_to


def _two_persons(holder: int) -> bool:
    try:
        return decides_with_two(holder)
    except NoAgency:
        return False


def who(name: str, workers: int) -> str:
    """The worker, or the representative and how many they speak for."""
    if workers <= 1:
        return name
    return _("%(name)s and others, %(n)d in all") % {"name": name, "n": workers}


def chips(item: Item, now: datetime) -> list[Chip]:
    """Lane, urgency and what else presses, at most four."""
    found = []
    if item.lane in {"green", "mixed"} and item.kind != "question":
        found.append(Chip(_("Green lane"), "green"))
    if item.lane == "mixed":
        found.append(Chip(_("split items")))
    if item.turn != "ended" and (chip := urgency(item, now)) is not None:
        found.append(chip)
    if item.kind != "aid":
        found.append(Chip(label(KINDS, item.kind)))
    if item.watch_by:
        found.append(Chip(_("Under watch"), "wait", "eye"))
    if item.transfer_to:
        found.append(Chip(_("In transfer"), "plain", "transfer"))
    if item.call_attempts and item.kind != "aid":
        calls = ngettext("%(n)d call failed", "%(n)d calls failed", item.call_attempts)
        found.append(Chip(calls % {"n": item.call_attempts}, "wait", "phone"))
    return found


def urgency(item: Item, now: datetime) -> Chip | None:
    """Days left before the limitation, where it presses."""
    if not item.urgent or item.limitation_on is None:
        return None
    left = (item.limitation_on - now.date()).days
    if left < 0:
        return Chip(_("limitation has run out"), "late", "warning")
    text = ngettext("limitation: %(n)d day left", "limitation: %(n)d days left", left)
    return Chip(text % {"n": left}, "late", "warning")


def _asks(item: Item) -> tuple[str, str]:
    """What is claimed, with the sum; and beneath it how to speak with the worker, or how far the money came."""
    words = listed(ITEMS, item.items[:3], between()) + ("…" if len(item.items) > 3 else "")
    sum_ = f" {yuan(item.claimed_fen)}" if item.claimed_fen else ""
    if item.paid_fen:
        note = _("paid %(paid)s, confirmed %(confirmed)s") % {
            "paid": yuan(item.paid_fen), "confirmed": yuan(item.confirmed_fen),
        }  # fmt: skip
    else:
        note = speaking.needs(item.needs)
    asked = _capital(words) if words else str(label(KINDS, item.kind))
    return asked + sum_, note


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:] if english() else words


def yuan(fen: int) -> str:
    """Fen as yuan with thousands: whole yuan without decimals, as a queue has no room for them."""
    value = Decimal(fen) / 100
    return f"{value:,.0f}" if fen % 100 == 0 else f"{value:,.2f}"


def due_chip(item: Item, now: datetime) -> Chip | None:
    """The clock that gives the next date."""
    if item.next_by is None:
        return None
    rule = CLOCK_RULES.get(item.next_clock)
    language = "en" if english() else "zh-hans"
    return due(
        item.next_by.astimezone(SHANGHAI), now, language, promise=rule is not None and not rule.statutory
    )


def _clock_note(item: Item) -> str:
    rule = CLOCK_RULES.get(item.next_clock)
    if rule is None or item.next_by is None:
        return ""
    kind = _("by law") if rule.statutory else _("on the summons") if rule.set_elsewhere else _("promise")
    words = f"{said(rule.zh, rule.en)} · {kind}"
    provisional = _("provisional")
    return f"{words} · {provisional}" if item.next_provisional else words


def agency_name(agency_id: int) -> Text:
    """The name of an office; its number where it is unknown."""
    try:
        found = agency(agency_id)
    except NoAgency:
        return str(agency_id)
    return said(found.name_zh, found.name_en)
