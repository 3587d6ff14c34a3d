"""The board: every desk as it stands now and did today, for those who oversee it; live within a second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any, cast
from zlib import crc32

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actor import Role
from nuanxin.cases.queries.oversight import late_questions
from nuanxin.desk.navigation import count, frame
from nuanxin.desk.views.hotline.tabs import tabs
from nuanxin.desk.wording.hotline_board import ALARMS, clock, percent
from nuanxin.desk.wording.hotline_register import desk_name, place_name
from nuanxin.hotline.models import OperatorState
from nuanxin.hotline.queries.board import DayRow, DeskBoard, board, day_rows
from nuanxin.hotline.rules.figures import SHANGHAI
from nuanxin.ui.live import versions
from nuanxin.ui.parts import Chip

ROLES = (Role.SUPERVISOR, Role.DECIDER, Role.AUDITOR)
STEP = 10  # seconds: a wait that grows, and the figures of the day, are drawn anew so often
Seat = OperatorState.State


@dataclass(frozen=True, slots=True)
class Line:
    """One desk as the page shows it."""

    name: str
    place: str
    open: bool
    alarms: tuple[Chip, ...]
    waiting: int
    longest: str
    on_call: int
    ready: int
    away: int
    off: int
    answered: str
    asked: int
    median: str
    p95: str
    abandoned: int
    call_backs: int
    overdue: int


@guarded(*ROLES, scope="office")
@require_safe
def board_page(request: HttpRequest) -> HttpResponse:
    """The page, or its live part alone."""
    asked = cast(StaffRequest, request)
    desks = board(asked.actor, asked.at, _DAY.rows(asked.at))
    late = sum(late_questions(by=asked.actor, at=asked.at).values())
    if request.headers.get("X-Part") == "board":
        return render(request, "desk/hotline/board_part.html", _context(desks, late, asked.at))
    context = frame(
        asked, title=_("Hotline board"), current=current(asked), live_url=reverse("desk:hotline_board_live")
    )
    context |= _context(desks, late, asked.at) | {
        "tabs": tabs(asked.actor, "hotline_board"),
        "version": _version(desks, late, asked.at),
    }
    return render(request, "desk/hotline/board.html", context)


@guarded(*ROLES, scope="office")
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The version of the board, and of the navigation."""
    asked = cast(StaffRequest, request)
    desks = board(asked.actor, asked.at, ())
    late = sum(late_questions(by=asked.actor, at=asked.at).values())
    return versions(request, {"board": _version(desks, late, asked.at), "nav": count(asked).version})


def current(asked: StaffRequest) -> str:
    """The entry of the navigation under which this person finds the hotline."""
    return "hotline" if asked.actor.has(Role.SUPERVISOR) else "hotline_board"


def _version(desks: list[DeskBoard], late: int, at: datetime) -> str:
    """Changes with whatever stands now, and every ``STEP`` while a call or a person is there: the figures of the
    day move only with these, and are not counted for every poll."""
    now = [
        (one.desk.pk, one.open, one.waiting, one.on_call, one.longest, sorted(one.seats.items()), one.call_backs,
         one.overdue, one.alarms)
        for one in desks
    ]  # fmt: skip
    return str(crc32(repr((now, late, int(at.timestamp()) // STEP)).encode()))


class _Day:
    """The rows of the day, kept for a moment in this process, so that many readers cost as much as one."""

    KEPT = 5.0  # seconds

    def __init__(self) -> None:
        self._read, self._day, self._rows = -self.KEPT, "", list[DayRow]()

    def rows(self, at: datetime) -> list[DayRow]:
        """At most ``KEPT`` seconds old."""
        day = f"{at.astimezone(SHANGHAI):%Y%m%d}"
        if day != self._day or monotonic() - self._read >= self.KEPT:
            self._rows, self._day, self._read = day_rows(at), day, monotonic()
        return self._rows


_DAY = _Day()


def _context(desks: list[DeskBoard], late: int, at: datetime) -> dict[str, Any]:
    lines = [_line(one, at) for one in desks]
    return {
        "lines": lines,
        "alarms": [line for line in lines if line.alarms],
        "late_questions": late,
        "waiting": sum(line.waiting for line in lines),
        "on_call": sum(line.on_call for line in lines),
        "ready": sum(line.ready for line in lines),
        "overdue": sum(line.overdue for line in lines),
    }


def _line(one: DeskBoard, at: datetime, step: int = 1) -> Line:
    waits = None if one.longest is None else max(int((at - one.longest).total_seconds()), 0) // step * step
    seats, tally = one.seats, one.tally
    grave = {"no_lawyer", "wait"}
    return Line(
        desk_name(one.desk), place_name(one.desk.region), one.open,
        tuple(Chip(ALARMS[code], "late" if code in grave else "wait", "warning") for code in one.alarms),
        one.waiting, clock(waits), one.on_call, seats[Seat.READY], seats[Seat.BREAK] + seats[Seat.WRAP_UP],
        seats[Seat.OFF], percent(tally.answered_share), tally.asked, clock(tally.wait(0.5)), clock(tally.wait(0.95)),
        tally.abandoned, one.call_backs, one.overdue,
    )  # fmt: skip
