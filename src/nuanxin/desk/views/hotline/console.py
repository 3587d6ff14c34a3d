"""The operator's page: where I stand, the call in hand with what is known of the caller, and who waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from zlib import crc32

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actions import record_unmasking
from nuanxin.audit.actor import Role
from nuanxin.audit.masking import mask_phone
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.cases.queries.casefile import earlier_of
from nuanxin.cases.queries.search import same_person
from nuanxin.desk.duty.month import duty_words
from nuanxin.desk.navigation import count, frame
from nuanxin.desk.sheet import EarlierLine, earlier_line
from nuanxin.desk.speech import said
from nuanxin.desk.views.counter import fill_in
from nuanxin.desk.views.hotline.tabs import tabs
from nuanxin.desk.wording.hotline import STATES, TOPICS
from nuanxin.hotline import actions
from nuanxin.hotline.actions.operators import CHOSEN
from nuanxin.hotline.models import Call, Desk, OperatorState
from nuanxin.hotline.queries.calls import call_in_hand, call_of, waiting
from nuanxin.hotline.queries.codes import wrap_up_codes
from nuanxin.hotline.queries.desks import seat_of
from nuanxin.hotline.rules.calls import State
from nuanxin.network.queries import six_digits
from nuanxin.network.rules.points import LANGUAGES
from nuanxin.ui.live import versions
from nuanxin.ui.parts import Text

ANSWERS = (Role.OPERATOR, Role.DUTY_LAWYER)
PARTS = {"seat": "desk/parts/hotline_seat.html", "queue": "desk/parts/hotline_queue.html"}


@dataclass(frozen=True, slots=True)
class Line:
    """One call as the page shows it; ``minutes`` is the time waited."""

    id: int
    desk: str
    about: str
    phone: str
    minutes: int
    rings: bool
    closed: bool
    case: bool


@guarded(*ANSWERS, Role.SUPERVISOR, scope="office")
@require_safe
def console(request: HttpRequest) -> HttpResponse:
    """The page, or its live part alone."""
    asked = cast(StaffRequest, request)
    part = PARTS.get(request.headers.get("X-Part", ""))
    return _page(asked) if part is None else render(request, part, _context(_now(asked)))


@guarded(*ANSWERS, Role.SUPERVISOR, scope="office")
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The versions of the page's parts."""
    asked = cast(StaffRequest, request)
    return versions(request, {**_versions(_now(asked)), "nav": count(asked).version})


@guarded(*ANSWERS, scope="self")
@require_POST
def stand(request: HttpRequest) -> HttpResponse:
    """Ready, on a break, or off."""
    asked = cast(StaffRequest, request)
    chosen = request.POST.get("state", "")
    if chosen not in CHOSEN:
        raise Http404
    return _do(
        asked,
        lambda: actions.set_state(state=OperatorState.State(chosen), by=asked.actor, at=asked.at),
    )


@guarded(*ANSWERS, scope="office")
@require_POST
def take(request: HttpRequest, call_id: int) -> HttpResponse:
    """Answer a call that waits."""
    asked = cast(StaffRequest, request)
    return _do(asked, lambda: actions.take(call_id=call_id, by=asked.actor, at=asked.at))


@guarded(*ANSWERS, scope="own")
@require_POST
def wrap_up(request: HttpRequest, call_id: int) -> HttpResponse:
    """Close the record of a call."""
    asked = cast(StaffRequest, request)
    code = request.POST.get("code", "")
    return _do(asked, lambda: actions.wrap_up(call_id=call_id, code=code, by=asked.actor, at=asked.at))


@guarded(Role.OPERATOR, scope="own")
@require_http_methods(["GET", "HEAD", "POST"])
def grow(request: HttpRequest, call_id: int) -> HttpResponse:
    """The counter form with what the call has told; the case that is opened is noted at the call."""
    asked = cast(StaffRequest, request)
    call = call_in_hand(call_id, asked.actor)
    if call is None:
        raise Http404
    known = {
        "door": "hotline",
        "phone": call.phone,
        "place_text": six_digits(call.place) if call.place else "",
    }
    if call.phone and request.method == "GET":
        record_unmasking(row=call, fields=["phone"], by=asked.actor, at=asked.at)
    return fill_in(
        asked, known,
        lambda case_id: actions.grow(call_id=call.pk, case_id=case_id, by=asked.actor, at=asked.at),
    )  # fmt: skip


def _do(asked: StaffRequest, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except NotPermitted as refused:
        raise PermissionDenied from refused
    except Refused as refused:
        return _page(asked, refused.sentence(get_language() or ""), status=409)
    return HttpResponseRedirect(reverse("desk:hotline"))


@dataclass(frozen=True, slots=True)
class Now:
    """What the page shows, read once: the person's seat, the call before them, who waits."""

    asked: StaffRequest
    seat: OperatorState | None
    call: Call | None
    queue: list[Call]


def _now(asked: StaffRequest) -> Now:
    return Now(asked, seat_of(asked.actor), call_of(asked.actor), waiting(asked.actor))


def _page(asked: StaffRequest, refusal: str = "", *, status: int = 200) -> HttpResponse:
    now = _now(asked)
    context = frame(asked, title=_("Hotline desk"), current="hotline", live_url=reverse("desk:hotline_live"))
    context |= _context(now) | {
        "refusal": refusal, "versions": _versions(now), "tabs": tabs(asked.actor, "hotline"),
    }  # fmt: skip
    return render(asked, "desk/hotline.html", context, status=status)


def _versions(now: Now) -> dict[str, int | str]:
    """The seat changes with the person and their call alone, so that a record half filled in is not swapped away;
    the queue with every call that waits, and each minute for the times."""
    queue = [(call.pk, call.version) for call in now.queue]
    takes = now.seat is not None and not now.seat.call
    seat = (now.seat.state, now.seat.call) if now.seat is not None else ()
    mine = (now.call.pk, now.call.version) if now.call is not None else ()
    return {
        "seat": _mark(seat, mine),
        "queue": _mark(queue, takes, f"{now.asked.at:%H%M}"),
    }


def _mark(*parts: object) -> str:
    return str(crc32(repr(parts).encode()))


def _context(now: Now) -> dict[str, Any]:
    asked, seat, call = now.asked, now.seat, now.call
    answers = bool(asked.actor.roles & {str(role) for role in ANSWERS})
    return {
        "seat": seat,
        "seat_desk": _desk_name(seat.desk) if seat is not None else "",
        "seat_state": STATES[seat.state] if seat is not None else "",
        "duty": duty_words(asked.actor.id, asked.at) if answers else "",
        "choices": [(str(s), STATES[s]) for s in CHOSEN if seat is not None and s != seat.state],
        "mine": _line(call, asked.at) if call is not None else None,
        "known": _earlier(asked, call) if call is not None else [],
        "codes": [(one.code, said(one.zh, one.en)) for one in wrap_up_codes()] if call is not None else [],
        "queue": [_line(one, asked.at) for one in now.queue],
        "answers": answers,
        "takes": answers and seat is not None and not seat.call,
        "opens": asked.actor.has(Role.OPERATOR),
    }


def _earlier(asked: StaffRequest, call: Call) -> list[EarlierLine]:
    ids = same_person(phone=call.phone) if call.phone else []
    return [earlier_line(one) for one in earlier_of(ids, by=asked.actor)]


def _desk_name(desk: Desk) -> str:
    return said(desk.name_zh, desk.name_en or desk.name_zh)


def _line(call: Call, at: datetime) -> Line:
    term = LANGUAGES.get(call.language)
    words: list[Text] = [TOPICS.get(call.topic, ""), said(term.zh, term.en) if term is not None else ""]
    since, until = call.queued_at or call.arrived_at, call.answered_at or at
    return Line(
        call.pk, _desk_name(call.desk) if call.desk else "", " · ".join(str(word) for word in words if word),
        mask_phone(call.phone) if call.phone else "", max(int((until - since).total_seconds()) // 60, 0),
        call.state in {State.OFFERED, State.RINGING}, call.state == State.WRAP_UP, bool(call.case),
    )  # fmt: skip
