"""Calls and written questions in one order at the desk of a duty lawyer: who waits, who has what, take and give back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from zlib import crc32

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.queries import names_of
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actor import Role
from nuanxin.cases.models import Case
from nuanxin.cases.rules.numbers import number_of
from nuanxin.desk.navigation import count, frame
from nuanxin.desk.pressing import press
from nuanxin.desk.views.hotline.lines import line_of
from nuanxin.desk.views.hotline.tabs import tabs
from nuanxin.desk.wording.hotline import waited
from nuanxin.hotline.actions import questions as actions
from nuanxin.hotline.models import Call
from nuanxin.hotline.queries import calls
from nuanxin.hotline.queries.questions import case_named, on_duty, waiting
from nuanxin.hotline.rules import queue as rule
from nuanxin.ui.live import versions

PART = "desk/parts/hotline_together.html"


@dataclass(frozen=True, slots=True)
class Line:
    """One who waits. ``call``: take it at the telephone; else ``number`` is that of a question. ``more``: what a
    caller has told the exchange, and at which desk they wait."""

    call: int
    number: str
    what: str
    minutes: int
    due: Any
    late: bool
    pressing: bool
    holder: str
    mine: bool
    free: bool
    more: str = ""

    @property
    def waited(self) -> str:
        """How long they have waited, in words."""
        return waited(self.minutes)


@guarded(Role.DUTY_LAWYER, scope="office")
@require_safe
def written(request: HttpRequest) -> HttpResponse:
    """The page, or its live part alone."""
    asked = cast(StaffRequest, request)
    if request.headers.get("X-Part") == "together":
        return render(request, PART, _together(asked, letters_of(asked)))
    return _page(asked)


@guarded(Role.DUTY_LAWYER, scope="office")
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The version of the list."""
    asked = cast(StaffRequest, request)
    return versions(request, {"together": _version(letters_of(asked), asked), "nav": count(asked).version})


@guarded(Role.DUTY_LAWYER, scope="office")
@require_POST
def take(request: HttpRequest, number: str) -> HttpResponse:
    """Take a question, and go on to the page on which it is answered with the law at hand."""
    asked = cast(StaffRequest, request)
    case = _case(asked, number)
    to = reverse("desk:move", args=[case.number, "answer"]) + f"?back={reverse('desk:hotline_questions')}"
    return _do(asked, lambda: actions.take(case_id=case.pk, by=asked.actor, at=asked.at), to)


@guarded(Role.DUTY_LAWYER, scope="own")
@require_POST
def give_back(request: HttpRequest, number: str) -> HttpResponse:
    """Put a question back into the queue."""
    asked = cast(StaffRequest, request)
    case = _case(asked, number)
    act = lambda: actions.give_back(case_id=case.pk, by=asked.actor, at=asked.at)  # noqa: E731
    return _do(asked, act, reverse("desk:hotline_questions"))


@guarded(Role.DUTY_LAWYER, scope="own")
@require_POST
def here(request: HttpRequest, number: str) -> HttpResponse:
    """The page on which it is answered is still open."""
    asked = cast(StaffRequest, request)
    actions.still_here(case_id=_case(asked, number).pk, by=asked.actor, at=asked.at)
    return HttpResponse(status=204)


@dataclass(frozen=True, slots=True)
class Letters:
    """The written questions that wait, and who of those that they wait for is on duty: what their list hangs on."""

    waiting: list[rule.Question]
    duty: frozenset[int]

    def mark(self, me: int, at: datetime) -> list[tuple[object, ...]]:
        """Changes with whatever their list shows to this person, but for the minutes that pass. That somebody's page
        is still open, which it says each minute, changes nothing."""
        return [
            (one.id, one.due, one.asked_again_at, rule.held_by(one, at), rule.why_not(one, me, self.duty, at))
            for one in self.waiting
        ]


def letters_of(asked: StaffRequest) -> Letters:
    """The questions in this person's reach, read once. At most five statements."""
    letters = waiting(asked.actor, asked.at)
    return Letters(letters, on_duty([one.answered_by for one in letters]))


def together(
    asked: StaffRequest, callers: Sequence[Call], letters: Letters, *, takes: bool = True
) -> dict[str, Any]:
    """All who wait, in one order, for whichever page shows them. One statement. ``takes``: whether this person may
    take a call now."""
    at, waits = asked.at, letters.waiting
    ringing = {call.pk: call for call in callers}
    names = names_of({one.owner for one in waits} | {one.answered_by for one in waits} - {0})
    lines = [
        _caller(ringing[one.id], asked) if isinstance(one, rule.Waits) else _letter(one, asked, letters.duty, names)
        for one in rule.in_order([rule.Waits(pk, call.queued_at or call.arrived_at) for pk, call in ringing.items()], waits, at)
    ]  # fmt: skip
    return {"together": lines, "now": at, "takes": takes}


def _caller(call: Call, asked: StaffRequest) -> Line:
    line = line_of(call, asked.at)
    more = " · ".join(one for one in (line.about, line.desk) if one)
    return Line(
        call.pk, "", line.phone or _("Hidden number"), line.minutes, None, False, False, "", False, True, more
    )  # fmt: skip


def _letter(one: rule.Question, asked: StaffRequest, duty: frozenset[int], names: dict[int, str]) -> Line:
    at, me = asked.at, asked.actor.id
    holder, why = rule.held_by(one, at), rule.why_not(one, me, duty, at)
    who = holder if holder not in {0, me} else rule.kept_for(one, duty, at) if why == "kept" else 0
    since = one.asked_again_at or one.asked_at
    return Line(
        0, number_of(one.id), _("Follow-up") if one.asked_again_at else _("Question"),
        max(int((at - since).total_seconds()) // 60, 0), one.due, one.due < at, rule.band(one, at) is rule.Band.ABOUT_TO_MISS,
        names.get(who, _("a colleague")) if who else "", holder == me, not why,
    )  # fmt: skip


def _case(asked: StaffRequest, number: str) -> Case:
    case = case_named(number, asked.actor)
    if case is None:
        raise Http404
    return case


def _do(asked: StaffRequest, act: Callable[[], object], to: str) -> HttpResponse:
    return press(act, refused=lambda why: _page(asked, why, status=409), to=to)


def _page(asked: StaffRequest, refusal: str = "", *, status: int = 200) -> HttpResponse:
    letters = letters_of(asked)
    context = frame(
        asked, title=_("Questions"), current="hotline", live_url=reverse("desk:hotline_questions_live")
    )
    context |= _together(asked, letters) | {
        "refusal": refusal, "tabs": tabs(asked.actor, "hotline_questions"), "version": _version(letters, asked),
    }  # fmt: skip
    return render(asked, "desk/hotline/questions.html", context, status=status)


def _together(asked: StaffRequest, letters: Letters) -> dict[str, Any]:
    return together(asked, calls.waiting(asked.actor), letters)


def _version(letters: Letters, asked: StaffRequest) -> str:
    # The minutes that people have waited are shown, so the list is new with each minute.
    shown = (calls.before(asked.actor)[1], letters.mark(asked.actor.id, asked.at), f"{asked.at:%H%M}")
    return str(crc32(repr(shown).encode()))
