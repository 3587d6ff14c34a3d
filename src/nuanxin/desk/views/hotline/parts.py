"""The parts of the operator's page: what each shows, and the version by which the browser knows that it changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zlib import crc32

from django.utils import timezone
from django.utils.translation import get_language

from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actor import Role
from nuanxin.cases.faults import Refused
from nuanxin.cases.queries.casefile import earlier_of
from nuanxin.cases.queries.search import same_person
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.desk.consultation import advise
from nuanxin.desk.duty.month import duty_words
from nuanxin.desk.forms.record import RecordForm, known_place
from nuanxin.desk.sheet import earlier_line
from nuanxin.desk.speech import said
from nuanxin.desk.views.hotline.call_tools import TEMPLATE as TOOLS
from nuanxin.desk.views.hotline.call_tools import mark_of, tools_of
from nuanxin.desk.views.hotline.lines import RINGS, desk_name, line_of
from nuanxin.desk.views.hotline.questions import Letters, letters_of, together
from nuanxin.desk.views.hotline.ringing import Ringing, ringing_of
from nuanxin.desk.views.nearest import near_context
from nuanxin.desk.wording.hotline import STATES
from nuanxin.hotline.actions.operators import CHOSEN
from nuanxin.hotline.actions.records import Typed
from nuanxin.hotline.models import Call, Category, ConsultationRecord, OperatorState
from nuanxin.hotline.queries.calls import Mark, before, waiting
from nuanxin.hotline.queries.codes import every_category, every_wrap_up_code
from nuanxin.hotline.queries.desks import seat_of
from nuanxin.hotline.queries.records import earlier_records, open_drafts, record_of, to_write
from nuanxin.hotline.rules import records as rules
from nuanxin.hotline.rules.calls import State
from nuanxin.network.centres import NoCentre
from nuanxin.network.queries import six_digits
from nuanxin.ui import wording

ANSWERS = (Role.OPERATOR, Role.DUTY_LAWYER)
NEAREST = 3  # as many as one reads out


@dataclass(frozen=True)  # without slots: what several parts need is read once
class Now:
    """What the page shows, read once: the person's seat, the call before them with its record, who waits.

    ``queue``: the calls that wait, each with its version, in their order. ``left_open``: the call is over and was chosen to finish its record. ``typed``, ``refused``, ``code``: what came
    with a form that was refused, why, and the outcome chosen there.
    """

    asked: StaffRequest
    seat: OperatorState | None
    call: Call | None
    record: ConsultationRecord | None
    queue: list[Mark]
    left_open: bool = False
    typed: Typed | None = None
    refused: Refused | None = None
    code: str = ""

    @property
    def begun(self) -> bool:
        """Whether there is a record to write: not while the telephone still rings."""
        return self.call is not None and self.call.state not in RINGS

    @property
    def answers(self) -> bool:
        """Whether this person answers calls at all; supervisors only look."""
        return bool(self.asked.actor.roles & {str(role) for role in ANSWERS})

    @property
    def takes(self) -> bool:
        """Whether they may take another call now."""
        return self.answers and self.seat is not None and not self.seat.call and not self.ringing.rings

    @cached_property
    def ringing(self) -> Ringing:
        """What came of their last wish to take a call, where the voice rings their telephone first."""
        return ringing_of(self.seat, self.call, self.asked.actor, self.asked.at)

    @cached_property
    def letters(self) -> Letters | None:
        """The written questions that wait, for who answers both; None for others."""
        return letters_of(self.asked) if self.asked.actor.has(Role.DUTY_LAWYER) else None

    @cached_property
    def categories(self) -> list[Category]:
        """What consultations may be about, the retired ones too."""
        return every_category()

    @cached_property
    def form(self) -> RecordForm | None:
        """The record as a form, read; None where there is none to write."""
        if self.call is None or not self.begun:
            return None
        return record_form(self.asked, self.call, self.record, self.categories, self.typed)

    @property
    def place(self) -> int:
        """The place as told, else as the exchange knows it."""
        told = self.record.place if self.record is not None else 0
        return told or (self.call.place if self.call is not None else 0)


def now(asked: StaffRequest) -> Now:
    """The page as it stands; ``?record=`` chooses a record that was left open."""
    chosen = asked.GET.get("record", "")
    seat, (call, queue) = seat_of(asked.actor), before(asked.actor)
    if (
        chosen.isascii()
        and chosen.isdecimal()
        and len(chosen) < 19
        and (call is None or call.pk != int(chosen))
    ):
        found = to_write(int(chosen), asked.actor)
        if found is not None:
            return Now(asked, seat, found.call, found.record, queue, left_open=True)
    begun = call is not None and call.state not in RINGS
    return Now(asked, seat, call, record_of(call) if call is not None and begun else None, queue)


def refused_now(asked: StaffRequest, refused: Refused, call_id: int, typed: Typed, code: str) -> Now:
    """The page with what was typed and was not taken."""
    found = to_write(call_id, asked.actor)
    if found is None:
        return now(asked)
    return Now(
        asked, seat_of(asked.actor), found.call, found.record, before(asked.actor)[1],
        left_open=found.call.state == State.ENDED, typed=typed, refused=refused, code=code,
    )  # fmt: skip


def versions_of(now: Now) -> dict[str, int | str]:
    """The seat changes with the person and their call; the form with the call alone, so that what is typed is never
    swapped away; what the law says with the record; the queue with every call that waits, and each minute."""
    call, seat = now.call, now.seat
    which = call.pk if call is not None else 0
    return {
        "seat": _mark(
            (seat.state, seat.call) if seat else (), (call.pk, call.version) if call else (), now.ringing
        ),
        "tools": _mark(which, mark_of(call)),
        "record": _mark(which, now.begun),
        "known": _mark(which, call.case if call is not None else 0),
        "law": _mark(which, now.begun, now.record.version if now.record is not None else 0),
        "near": _mark(which, now.place, f"{now.asked.at:%H}"),
        "queue": _mark(
            now.queue,
            now.letters and now.letters.mark(now.asked.actor.id, now.asked.at),
            now.takes,
            f"{now.asked.at:%H%M}",
        ),
    }


def _mark(*parts: object) -> str:
    return str(crc32(repr(parts).encode()))


# the seat


def _seat(now: Now) -> dict[str, Any]:
    seat = now.seat
    return {
        "seat": seat,
        "seat_desk": desk_name(seat.desk) if seat is not None else "",
        "seat_state": STATES[seat.state] if seat is not None else "",
        "duty": duty_words(now.asked.actor.id, now.asked.at) if now.answers else "",
        "choices": [(str(s), STATES[s]) for s in CHOSEN if seat is not None and s != seat.state],
        "call": now.call,
        "mine": line_of(now.call, now.asked.at) if now.call is not None else None,
        "left_open": now.left_open,
        "ringing": now.ringing,
        "answers": now.answers,
    }


def _tools(now: Now) -> dict[str, Any]:
    return {"tools": tools_of(now.call, now.asked.at)}


# the record


def record_form(
    asked: StaffRequest,
    call: Call,
    record: ConsultationRecord | None,
    known: Sequence[Category],
    typed: Typed | None = None,
) -> RecordForm:
    """The form as it stands: as typed, as kept, or with what the exchange has told."""
    if typed is not None:
        data = {**typed.told, "category": typed.category, **_place_of(typed.told, typed.place)}
    elif record is not None:
        data = {**record.facts, "category": record.category, **_place_of(record.facts, record.place)}
    else:
        data = {"category": call.topic, **known_place(six_digits(call.place) if call.place else "")}
    categories = [one for one in known if one.active or one.code == data["category"]]
    if record is None and typed is None and call.topic not in {one.code for one in categories}:
        data["category"] = ""
    form = RecordForm(data, today=asked.at.astimezone(SHANGHAI).date(), categories=categories)
    form.is_valid()
    return form


def _place_of(told: Mapping[str, Any], place: int) -> dict[str, str]:
    text = {"place_text": str(told.get("place_text") or "")}
    return text | ({"place": six_digits(place)} if place else {})


def _record(now: Now) -> dict[str, Any]:
    form, record = now.form, now.record
    if form is None:
        return {"form": None}
    if now.refused is not None and now.refused.code.startswith("incomplete"):
        for name in rules.missing(str(form.data.get("category") or ""), form.data):
            form.add_error(name, now.refused.sentence("en" if said("", "en") else "zh"))
    codes = [one for one in every_wrap_up_code() if one.active]
    kept = timezone.localtime(record.changed_at, SHANGHAI) if record is not None else None
    return {
        "form": form,
        "record_call": now.call,
        "seen": record.version if record is not None else 0,
        "kept_at": f"{kept:%H:%M:%S}" if kept is not None else "",
        "codes": [(one.code, said(one.zh, one.en), one.code == now.code) for one in codes],
    }


# what is at hand


@dataclass(frozen=True, slots=True)
class EarlierRecord:
    """An earlier call of the same telephone: when, about what, what came of it, what was advised."""

    day: str
    about: str
    came: str
    reply: str
    open: bool


def _known(now: Now) -> dict[str, Any]:
    call = now.call
    if call is None:
        return {"known": [], "earlier": [], "has_call": False}
    ids = same_person(phone=call.phone) if call.phone else []
    rows = earlier_records(call.phone or "", by=now.asked.actor, besides=call.pk)
    return {
        "known": [earlier_line(one) for one in earlier_of(ids, by=now.asked.actor)],
        "earlier": _earlier(rows, now.categories) if rows else [],
        "has_call": True,
        "hidden": not call.phone,
    }


def _earlier(rows: list[ConsultationRecord], categories: list[Category]) -> list[EarlierRecord]:
    about = {one.code: said(one.zh, one.en) for one in categories}
    came = {one.code: said(one.zh, one.en) for one in every_wrap_up_code()}
    return [
        EarlierRecord(
            wording.day(row.opened_at.astimezone(SHANGHAI).date(), get_language() or "zh-hans"),
            about.get(row.category, row.category), came.get(row.call.code, row.call.code),
            str(row.facts.get("reply", "")), row.closed_at is None,
        )
        for row in rows
    ]  # fmt: skip


def _law(now: Now) -> dict[str, Any]:
    return {"advice": advise(now.form) if now.form is not None else None}


def _near(now: Now) -> dict[str, Any]:
    if now.call is None:
        return {"near": None}
    try:
        return {"near": near_context(now.place, now.asked.at, NEAREST) if now.place else {}}
    except NoCentre:
        return {"near": {}}


def _queue(now: Now) -> dict[str, Any]:
    callers = waiting(now.asked.actor) if now.queue else []
    if now.letters is not None:
        both = together(now.asked, callers, now.letters, takes=now.takes)
        return {"queue": [], "one_queue": True, **both}
    lines = [line_of(one, now.asked.at) for one in callers]
    return {"queue": lines, "takes": now.takes, "one_queue": False}


def drafts(now: Now) -> list[tuple[int, str, str]]:
    """Records that this person has left open: call, moment, desk."""
    if not now.answers:
        return []
    return [
        (
            row.call_id, wording.moment(row.opened_at.astimezone(SHANGHAI), get_language() or "zh-hans"),
            desk_name(row.call.desk) if row.call.desk else "",
        )
        for row in open_drafts(now.asked.actor)
    ]  # fmt: skip


# part → its template and what it shows
PARTS: Mapping[str, tuple[str, Callable[[Now], dict[str, Any]]]] = {
    "seat": ("desk/parts/hotline_seat.html", _seat),
    "tools": (TOOLS, _tools),
    "record": ("desk/parts/hotline_record.html", _record),
    "known": ("desk/parts/hotline_known.html", _known),
    "law": ("desk/parts/hotline_law.html", _law),
    "near": ("desk/parts/hotline_near.html", _near),
    "queue": ("desk/parts/hotline_queue.html", _queue),
}
