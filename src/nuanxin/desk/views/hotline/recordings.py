"""Hearing a recording: the reason first and on the record, then the sound, in parts as a player asks for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actor import Role
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.desk.navigation import frame
from nuanxin.desk.pressing import press, refused_page
from nuanxin.desk.wording.hotline_quality import REASONS
from nuanxin.hotline.actions import recordings
from nuanxin.hotline.queries.recordings import may_hear, recording, sound_of
from nuanxin.hotline.rules.recordings import Reason, part_asked

HEARS = (Role.SUPERVISOR, Role.DECIDER, Role.OPERATOR, Role.DUTY_LAWYER)
# One press of "hear" opens the sound for so long, to the person who pressed: a player asks for it many times.
OPEN_FOR = 2 * 3600
SALT = "hotline.recording"


@guarded(*HEARS, scope="office")
@require_POST
def hear(request: HttpRequest, recording_id: int) -> HttpResponse:
    """Say why, and get the player."""
    asked = cast(StaffRequest, request)
    reason = request.POST.get("reason", "")
    if reason not in set(Reason):
        raise Http404
    try:
        row = recordings.hear(recording_id=recording_id, reason=Reason(reason), by=asked.actor, at=asked.at)
    except NotPermitted as refused:
        raise PermissionDenied from refused
    except Refused as refused:
        raise Http404 from refused
    key = signing.dumps([row.pk, asked.actor.id], salt=SALT)
    context = frame(asked, title=_("Recording of a call"), current="hotline") | {
        "row": row, "sound_url": reverse("desk:hotline_sound", args=[row.pk, key]), "reason": REASONS[reason],
    }  # fmt: skip
    return render(asked, "desk/hotline/hear.html", context)


@guarded(*HEARS, scope="office")
@require_safe
def sound(request: HttpRequest, recording_id: int, key: str) -> HttpResponse:
    """The sound, for who has just said why they hear it; in parts where a player asks for a part."""
    asked = cast(StaffRequest, request)
    try:
        opened = signing.loads(key, salt=SALT, max_age=OPEN_FOR)
    except signing.BadSignature as bad:
        raise Http404 from bad
    row = recording(recording_id) if opened == [recording_id, asked.actor.id] else None
    if row is None or not may_hear(asked.actor, row.call):
        raise Http404
    try:
        content = sound_of(row)
    except FileNotFoundError as gone:
        raise Http404 from gone
    return _answer(content, row.mime, request.headers.get("Range", ""))


def _answer(content: bytes, mime: str, asked_for: str) -> HttpResponse:
    size = len(content)
    try:
        part = part_asked(asked_for, size)
    except IndexError:
        answer = HttpResponse(status=416)
        answer["Content-Range"] = f"bytes */{size}"
        return answer
    start, end = part or (0, size - 1)
    answer = HttpResponse(content[start : end + 1], content_type=mime, status=206 if part else 200)
    if part:
        answer["Content-Range"] = f"bytes {start}-{end}/{size}"
    answer["Accept-Ranges"] = "bytes"
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Disposition"] = "inline"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@guarded(Role.OPERATOR, Role.DUTY_LAWYER, scope="own")
@require_POST
def agreed(request: HttpRequest, call_id: int) -> HttpResponse:
    """The caller has said in the talk that it may be recorded."""
    asked = cast(StaffRequest, request)
    return _do(asked, lambda: recordings.agree(call_id=call_id, by=asked.actor, at=asked.at))


@guarded(Role.OPERATOR, Role.DUTY_LAWYER, Role.SUPERVISOR, scope="office")
@require_POST
def withdraw(request: HttpRequest, call_id: int) -> HttpResponse:
    """The caller takes the consent to be recorded back."""
    asked = cast(StaffRequest, request)
    return _do(asked, lambda: recordings.withdraw(call_id=call_id, by=asked.actor, at=asked.at))


def _do(asked: StaffRequest, act: Callable[[], object]) -> HttpResponse:
    again = partial(refused_page, asked, _("Recording of a call"))
    return press(act, refused=again, to=reverse("desk:hotline"))
