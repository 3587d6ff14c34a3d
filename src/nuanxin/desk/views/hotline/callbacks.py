"""Call-backs at the desk: whose turn it is, why somebody may not be rung now, dialling, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from zlib import crc32

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actions import record_unmasking
from nuanxin.audit.actor import Role
from nuanxin.audit.masking import mask_phone
from nuanxin.cases.faults import Refused
from nuanxin.cases.queries.casefile import earlier_of
from nuanxin.cases.queries.search import same_person
from nuanxin.desk.navigation import count, frame
from nuanxin.desk.pressing import press
from nuanxin.desk.sheet import EarlierLine, earlier_line
from nuanxin.desk.speech import said
from nuanxin.desk.views.counter import fill_in
from nuanxin.desk.views.hotline.tabs import tabs
from nuanxin.desk.wording.hotline import TOPICS
from nuanxin.desk.wording.hotline_callbacks import DOORS, REASONS, RESULTS, TRIES, half_hour, why_not
from nuanxin.desk.wording.hotline_register import desk_name, place_name
from nuanxin.hotline import actions
from nuanxin.hotline.actions.callbacks import HELD, grow
from nuanxin.hotline.models import CallBack
from nuanxin.hotline.policies import check_dial
from nuanxin.hotline.queries.callbacks import (
    in_turn,
    late,
    led_by_us,
    promised_to,
    reached_by,
    ringing,
    talk_of,
)
from nuanxin.hotline.rules.callbacks import Attempt
from nuanxin.hotline.rules.promising import BY_STAFF, Ended
from nuanxin.network.queries import six_digits
from nuanxin.network.rules.points import LANGUAGES
from nuanxin.ui.live import versions
from nuanxin.ui.parts import Text

ANSWERS = (Role.OPERATOR, Role.DUTY_LAWYER)
PARTS = {"dialled": "desk/hotline/call_back_dialled.html", "list": "desk/hotline/call_back_list.html"}
MOST = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One call-back as the page shows it. ``refusal``: why it may not be dialled now; empty where it may."""

    id: int
    when: str
    late: bool
    first: bool  # with priority
    tries: Text
    about: str
    desk: str
    door: Text
    phone: str
    discreet: bool
    refusal: str


@guarded(*ANSWERS, Role.SUPERVISOR, scope="office")
@require_safe
def call_backs(request: HttpRequest) -> HttpResponse:
    """The page, or its live part alone."""
    asked = cast(StaffRequest, request)
    part = PARTS.get(request.headers.get("X-Part", ""))
    if part is None:
        return _page(asked)
    rows = _rows(asked)
    return render(request, part, _dialled(asked) if part == PARTS["dialled"] else _listed(asked, rows))


@guarded(*ANSWERS, Role.SUPERVISOR, scope="office")
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The versions of the page's parts."""
    asked = cast(StaffRequest, request)
    return versions(request, {**_versions(asked, _rows(asked)), "nav": count(asked).version})


@guarded(*ANSWERS, scope="office")
@require_POST
def dial(request: HttpRequest, call_back_id: int) -> HttpResponse:
    """Take one for dialling: by the voice of our gateway where it leads the exchange, else by hand."""
    asked = cast(StaffRequest, request)
    return _do(asked, lambda: actions.ring_back(call_back_id=call_back_id, by=asked.actor, at=asked.at))


@guarded(*ANSWERS, scope="own")
@require_POST
def tried(request: HttpRequest, call_back_id: int) -> HttpResponse:
    """What came of the try. Who was reached is before one now: their page opens."""
    asked = cast(StaffRequest, request)
    result = request.POST.get("result", "")
    if result not in RESULTS:
        raise Http404
    to = reverse("desk:hotline_call_back", args=[call_back_id]) if result == Attempt.REACHED else ""
    return _do(
        asked,
        lambda: actions.attempted(
            call_back_id=call_back_id, result=Attempt(result), by=asked.actor, at=asked.at
        ),
        to,
    )


@guarded(*ANSWERS, scope="office")
@require_POST
def call_off(request: HttpRequest, call_back_id: int) -> HttpResponse:
    """Call one off, with a reason."""
    asked = cast(StaffRequest, request)
    reason = request.POST.get("reason", "")
    why = Ended(reason) if reason in BY_STAFF else Ended.NONE
    return _do(
        asked,
        lambda: actions.cancel(call_back_id=call_back_id, reason=why, by=asked.actor, at=asked.at),
    )


@guarded(*ANSWERS, scope="own")
@require_safe
def reached(request: HttpRequest, call_back_id: int) -> HttpResponse:
    """Who was reached: what is known of them, and the way on to a case."""
    asked = cast(StaffRequest, request)
    row = reached_by(call_back_id, asked.actor)
    if row is None:
        raise Http404
    talk = talk_of(row, asked.actor.id)
    context = frame(asked, title=_("You have reached them"), current="hotline") | {
        "one": _line(row, asked), "known": _known(asked, row), "tabs": tabs(asked.actor, "hotline_call_backs"),
        "opens": asked.actor.has(Role.OPERATOR), "case": bool(row.case),
        "record": f"{reverse('desk:hotline')}?record={talk.pk}" if talk else "",
    }  # fmt: skip
    return render(asked, "desk/hotline/call_back_reached.html", context)


@guarded(Role.OPERATOR, scope="own")
@require_http_methods(["GET", "HEAD", "POST"])
def new_case(request: HttpRequest, call_back_id: int) -> HttpResponse:
    """The counter form with what the call-back has told; the case that is opened is noted at it."""
    asked = cast(StaffRequest, request)
    row = reached_by(call_back_id, asked.actor)
    if row is None:
        raise Http404
    known = {"door": "hotline", "phone": row.phone, "place_text": six_digits(row.place) if row.place else ""}
    if row.phone and request.method == "GET":
        record_unmasking(row=row, fields=["phone"], by=asked.actor, at=asked.at)
    return fill_in(
        asked, known,
        lambda case_id: grow(call_back_id=row.pk, case_id=case_id, by=asked.actor, at=asked.at),
    )  # fmt: skip


def _do(asked: StaffRequest, act: Callable[[], object], to: str = "") -> HttpResponse:
    to = to or reverse("desk:hotline_call_backs")
    return press(act, refused=lambda why: _page(asked, why, status=409), to=to)


def _rows(asked: StaffRequest) -> list[CallBack]:
    found = promised_to(asked.actor).select_related("desk").order_by("due_at")[:MOST]
    return in_turn(found, asked.at)


def _page(asked: StaffRequest, refusal: str = "", *, status: int = 200) -> HttpResponse:
    rows = _rows(asked)
    context = frame(
        asked, title=_("Call-backs"), current="hotline", live_url=reverse("desk:hotline_call_backs_live")
    )
    context |= _listed(asked, rows) | _dialled(asked) | {
        "refusal": refusal, "versions": _versions(asked, rows), "tabs": tabs(asked.actor, "hotline_call_backs"),
    }  # fmt: skip
    return render(asked, "desk/hotline/call_backs.html", context, status=status)


def _versions(asked: StaffRequest, rows: list[CallBack]) -> dict[str, int | str]:
    """What I dial changes with my own presses alone; the list with every call-back, and each minute for the times."""
    mine = [row.pk for row in rows if row.dialled_by == asked.actor.id]
    told = [(row.pk, row.due_at, row.counted, row.dialled_by, row.may_say_who) for row in rows]
    return {"dialled": _mark(mine), "list": _mark(told, f"{asked.at:%H%M}")}


def _mark(*parts: object) -> str:
    return str(crc32(repr(parts).encode()))


def _listed(asked: StaffRequest, rows: list[CallBack]) -> dict[str, Any]:
    lines = [_line(row, asked) for row in rows if row.dialled_by != asked.actor.id]
    return {
        "ready": [line for line in lines if not line.refusal],
        "later": [line for line in lines if line.refusal],
        "broken": sum(line.late for line in lines),
        "answers": bool(asked.actor.roles & {str(role) for role in ANSWERS}),
        "reasons": list(REASONS.items()),
        "more_than": MOST if len(rows) == MOST else 0,
    }


def _dialled(asked: StaffRequest) -> dict[str, Any]:
    row = ringing(asked.actor)
    if row is None:
        return {"mine": None}
    return {
        "mine": _line(row, asked),
        "number": "" if led_by_us(row) else row.phone or "",
        "led": led_by_us(row),
        "known": _known(asked, row),
        "results": list(RESULTS.items()),
    }


def _known(asked: StaffRequest, row: CallBack) -> list[EarlierLine]:
    ids = same_person(phone=row.phone) if row.phone else []
    return [earlier_line(one) for one in earlier_of(ids, by=asked.actor)]


def _line(row: CallBack, asked: StaffRequest) -> Line:
    at = asked.at
    term = LANGUAGES.get(row.language)
    words: list[Text] = [
        place_name(row.place) if row.place else "",
        TOPICS.get(row.topic, ""),
        said(term.zh, term.en) if term is not None and row.language != "zh" else "",
    ]
    return Line(
        row.pk, half_hour(row.due_at, at) if row.due_at else "", late(row, at), row.priority,
        TRIES[min(row.counted, len(TRIES) - 1)], " · ".join(str(word) for word in words if word),
        desk_name(row.desk) if row.desk else "", DOORS.get(row.door, ""), mask_phone(row.phone) if row.phone else "",
        not row.may_say_who, _refusal(row, asked, at),
    )  # fmt: skip


def _refusal(row: CallBack, asked: StaffRequest, at: datetime) -> str:
    try:
        check_dial(row, by=asked.actor, at=at, held=HELD)
    except Refused as refused:
        return why_not(refused.code, row.call_hours, row.due_at, at)
    return ""
