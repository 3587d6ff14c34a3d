"""What happened to a case, from the event log: who did what, when, and the text that went with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from nuanxin.audit.models import Event
from nuanxin.cases.models import Entry
from nuanxin.cases.rules.numbers import number_of
from nuanxin.cases.rules.stages import STEPS
from nuanxin.desk.clocks import names_of_clocks
from nuanxin.desk.rows import agency_name, yuan
from nuanxin.desk.speech import between, said
from nuanxin.desk.wording.actions import ACTIONS, EVENTS
from nuanxin.desk.wording.assigning import GIVEN_UP
from nuanxin.desk.wording.codes import (
    CONSENTS,
    CONTACT_WAYS,
    DOORS,
    DOUBTS,
    LEAVE_REASONS,
    OUTCOMES,
    PAPERS,
    REFUSAL_GROUNDS,
    TERMINATION_GROUNDS,
    WAYS,
    label,
    listed,
)  # fmt: skip
from nuanxin.desk.wording.told import wish
from nuanxin.ui.parts import Text


@dataclass(frozen=True, slots=True)
class Moment:
    """One event: when, who, what, and the words that belong to it. ``quiet``: a clock or a job, not a person."""

    at: datetime
    who: Text
    what: Text
    detail: str = ""
    text: str = ""
    for_worker: bool = False
    quiet: bool = False


def moments(events: Sequence[Event], entries: Sequence[Entry], names: Mapping[int, str]) -> list[Moment]:
    """Events with their texts, the latest first. An entry belongs to the event of its move at its instant."""
    texts = {(entry.action, entry.at): entry for entry in entries}
    found = []
    for event in events:
        if event.kind == "case.lines_recorded":
            continue  # the rest of the move before it: it tells nothing more
        action = event.kind.removeprefix("case.")
        entry = texts.pop((action, event.recorded_at), None)
        if action == "submitted":
            entry = texts.pop(("story", event.recorded_at), entry)
        found.append(_moment(event, entry, names))
    found += [_left(entry, names) for entry in texts.values()]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _moment(event: Event, entry: Entry | None, names: Mapping[int, str]) -> Moment:
    action = event.kind.removeprefix("case.")
    return Moment(
        at=event.recorded_at,
        who=actor(event.actor_kind, event.actor_id, names),
        what=_what(event, action),
        detail=_detail(event, action),
        text=_words(entry) if entry else "",
        for_worker=bool(entry and entry.for_worker),
        quiet=event.actor_kind == "system",
    )


def _left(entry: Entry, names: Mapping[int, str]) -> Moment:
    """A text whose event is older than those shown."""
    what = ACTIONS[entry.action].done if entry.action in ACTIONS else _("told the story")
    if entry.action == "hearing_place":
        what = _("said where the hearing is held")
    if entry.action == "sure_of_sum":
        what = _("said why the unusual sum is right")
    if entry.action == "sure_of_step":
        what = _("said why the unusual step is right")
    return Moment(
        entry.at, actor(entry.by_kind, entry.by_id, names), what, "", _words(entry), entry.for_worker
    )


def _words(entry: Entry) -> str:
    """The text as it was written; what was chosen on the portal in the reader's language."""
    return wish(entry.text or "") if entry.by_kind in {"worker", "helper"} else entry.text or ""


def actor(kind: str, staff: int, names: Mapping[int, str]) -> Text:
    """Who acted, by name where it was a member of staff."""
    if kind == "staff":
        return names.get(staff) or _("staff")
    return {
        "worker": _("The worker"), "helper": _("A helper"), "partner": _("A partner department"),
    }.get(kind, _("The system"))  # fmt: skip


def _what(event: Event, action: str) -> Text:
    if event.kind in EVENTS:
        return str(EVENTS[event.kind]) % {"clock": names_of_clocks([str(event.payload.get("rule", ""))])}
    return ACTIONS[action].done if action in ACTIONS else event.kind


def _odd(payload: Mapping[str, Any]) -> str:
    """What was looked at twice, where anything was."""
    odd = listed(DOUBTS, [str(code) for code in payload.get("doubts", [])], between())
    return f" · {_('looked at twice:')} {odd}" if odd else ""


def _attempt(payload: Mapping[str, Any]) -> str:
    """Whom staff did not reach about money, how, and for the how manyth time."""
    who = _("no. %(seq)d") % {"seq": int(payload.get("seq", 0))}
    count = _("attempt %(n)d") % {"n": int(payload.get("attempt", 0))}
    return " · ".join((who, str(label(CONTACT_WAYS, str(payload.get("way", "")))), count))


def _ending(payload: Mapping[str, Any]) -> str:
    """How it ended, and what it leaves open for whom."""
    ended = str(label(OUTCOMES, str(payload.get("outcome", ""))))
    if not payload.get("open_for"):
        return ended
    who = ", ".join(str(seq) for seq in payload["open_for"])
    left = _("%(money)s yuan left open, not reached: no. %(who)s") % {
        "money": yuan(int(payload["open_fen"])), "who": who,
    }  # fmt: skip
    return f"{ended} · {left}"


def _step_detail(said_so: Mapping[str, Any], action: str) -> str:
    """A step with its day, or with both days where it was corrected; a hearing with its hour."""
    step = STEPS.get(str(said_so.get("taken")))
    if step is None or action == "call_off_hearing":
        return str(said_so.get("on", ""))
    words, on = said(step.zh, step.en), said_so.get("on", "")
    if action == "record_step":
        hour = f" {said_so['hour']}" if said_so.get("hour") else ""
        return f"{words} · {on}{hour}" + _odd(said_so)
    now = _("taken back") if said_so.get("gone") else on
    return f"{words} · {said_so.get('was', '')} → {now}" + _odd(said_so)


def _detail(event: Event, action: str) -> str:
    """The coded values of an event in words."""
    said_so = event.payload
    if action in {"record_step", "correct_step", "call_off_hearing"}:
        return _step_detail(said_so, action)
    if "fen" in said_so and action != "submitted":
        way = f" · {label(WAYS, str(said_so['way']))}" if said_so.get("way") else ""
        return (
            _("%(money)s yuan") % {"money": f"{Decimal(int(said_so['fen'])) / 100:,.2f}"}
            + way
            + _odd(said_so)
        )
    if action in {"refuse", "terminate"}:
        table = REFUSAL_GROUNDS if action == "refuse" else TERMINATION_GROUNDS
        return listed(table, list(said_so.get("grounds", [])), between())
    if action in {"decline_offer", "recall_offer"}:
        return str(label(GIVEN_UP, str(said_so.get("reason", ""))))
    if action == "ask_for_more":
        papers = listed(PAPERS, list(said_so.get("missing", [])), between())
        near = _("knowing that the limitation is near") if said_so.get("near_limitation") else ""
        return " · ".join(str(word) for word in (papers, near) if word)
    if action in {"transfer", "accept_transfer"} and said_so.get("receiver"):
        return str(agency_name(int(said_so["receiver"])))
    if action == "leave_group":
        words = [
            _("no. %(seq)d") % {"seq": int(said_so.get("seq", 0))},
            label(LEAVE_REASONS, str(said_so.get("reason", ""))),
            _("agreed %(how)s") % {"how": label(CONSENTS, str(said_so.get("consent", "")))},
        ]
        if said_so.get("open_fen"):
            words.append(
                _("%(money)s yuan taken out of this case") % {"money": yuan(int(said_so["open_fen"]))}
            )
        if said_so.get("goes_on"):
            words.append(_("goes on as %(number)s") % {"number": number_of(int(said_so["goes_on"]))})
        return " · ".join(str(word) for word in words)
    if action == "not_reached":
        return _attempt(said_so)
    if action == "report_closing":
        return _ending(said_so)
    if action == "submitted":
        return str(label(DOORS, str(said_so.get("door", ""))))
    return ""
