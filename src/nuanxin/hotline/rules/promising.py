"""When a call-back is promised: the same half-hour for whoever asks at the same moment, by whatever door. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from nuanxin.hotline.rules.callbacks import SHANGHAI, SLOT, SafeContact, Slot, next_allowed, slots
from nuanxin.hotline.rules.routing import MANDARIN, Caller, Desk, Target, route

ROUND_THE_CLOCK = "00:00-00:00"
DAYS_OFFERED = 3  # today and the two days behind it: who plans farther ahead applies in writing
DAYS_LOOKED = 7  # how far the soonest is looked for


class Door(StrEnum):
    """By which way a call-back was asked for."""

    TELEPHONE = "telephone"  # kept the place, or left a message
    WEB = "web"
    SMS = "sms"
    STAFF = "staff"  # promised by somebody who talked with the person


class Ended(StrEnum):
    """Why a call-back was called off."""

    NONE = ""
    PERSON = "person"  # with their code
    ANSWERED = "answered"  # rang again and was answered
    NO_CALLS = "no_calls"  # asked not to be rung
    ASKED_NOT = "asked_not"  # by staff, from here on
    HELPED = "helped"
    WRONG_NUMBER = "wrong_number"
    NUISANCE = "nuisance"


BY_STAFF = (Ended.ASKED_NOT, Ended.HELPED, Ended.WRONG_NUMBER, Ended.NUISANCE)


@dataclass(frozen=True, slots=True)
class Room:
    """What a desk offers: its hours (HH:MM-HH:MM, empty round the clock), call-backs a slot, and those promised."""

    hours: str = ""
    capacity: int = 4
    taken: Mapping[datetime, int] | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """``due``: when the person is rung at the latest begins; ``slot`` the half-hour promised, None where no whole one
    is allowed. Both None where the person must never be rung."""

    due: datetime | None
    slot: datetime | None = None


def offered(room: Room, contact: SafeContact, at: datetime, days: int = DAYS_OFFERED) -> tuple[Slot, ...]:
    """The slots with room that are still ahead on these days, each once, in order. Raises BadHours."""
    today = at.astimezone(SHANGHAI).date()
    last = today + timedelta(days=days)
    found: dict[datetime, Slot] = {}
    for ahead in range(-1, days):  # the night of yesterday reaches into today
        for one in _day(room, contact, at, ahead):
            if one.start.date() < last:
                found[one.start] = one
    return tuple(found[start] for start in sorted(found))


def _day(room: Room, contact: SafeContact, at: datetime, ahead: int) -> tuple[Slot, ...]:
    day = at.astimezone(SHANGHAI).date() + timedelta(days=ahead)
    return slots(
        day, hours=room.hours or ROUND_THE_CLOCK, capacity=room.capacity, taken=room.taken or {},
        contact=contact, at=at,
    )  # fmt: skip


def soonest(room: Room, contact: SafeContact, at: datetime) -> Promise:
    """The first slot with room in the next days. A desk that is full that long still owes the call: it is then
    promised for the first instant at which the person may be rung. Raises BadHours."""
    if not contact.may_call:
        return Promise(None)
    for ahead in range(-1, DAYS_LOOKED):
        found = _day(room, contact, at, ahead)
        if found:
            return Promise(found[0].start, found[0].start)
    return Promise(next_allowed(contact, at))


def strictest(asked: SafeContact, kept: SafeContact) -> SafeContact:
    """What was asked now, within what the person has said before: nobody can loosen that by typing a number."""
    return SafeContact(
        asked.may_call and kept.may_call, kept.hours or asked.hours, asked.may_say_who and kept.may_say_who
    )


def overdue(due: datetime, at: datetime) -> bool:
    """Whether the half-hour of a promise has passed without a try."""
    return at >= due + SLOT


def desk_for(caller: Caller, desks: list[Desk]) -> int:
    """Whose call-back it is: where the routing table would send the caller if every desk stood open and free.

    0 where there is no desk at all. A language that nobody speaks still gets a desk: it finds an interpreter.
    """
    ready = [replace(desk, open=True, on_duty=1, ready=0, lawyers=1, waiting=0) for desk in desks]
    for language in (caller.language or MANDARIN, MANDARIN):
        choice = route(replace(caller, language=language, case_owner=0, emergency=False), ready)
        if choice.target is Target.DESK:
            return choice.desk
    return 0
