"""The gateway's webhook for text messages that come in, and the demonstration's outbox."""

from __future__ import annotations

import hmac
import json
from typing import Any, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from nuanxin.accounts.guards import public_route
from nuanxin.accounts.requests import PlatformRequest
from nuanxin.audit.masking import mask_phone
from nuanxin.notices import queries
from nuanxin.notices.actions import take_in
from nuanxin.notices.senders.sms_http import sign

OLDEST = 300  # seconds that a signed delivery may be late
LONGEST_TEXT = 1000


@public_route("the SMS gateway delivers here; it proves itself by its signature")
@csrf_exempt
@require_POST
def sms_inbound(request: HttpRequest) -> HttpResponse:
    """``{"id", "from", "text"}``, signed as what we send (see ``senders.sms_http``). 200 also for a repetition."""
    body = request.body
    if not _signed(cast(PlatformRequest, request), body):
        return JsonResponse({"code": "bad_signature"}, status=401)
    content = _content(body)
    if content is None:
        return JsonResponse({"code": "bad_message"}, status=400)
    at = cast(PlatformRequest, request).at
    fresh = take_in(gateway_id=content["id"], phone=content["from"], text=content["text"], at=at)
    return JsonResponse({"code": "taken" if fresh else "known"})


def _signed(request: PlatformRequest, body: bytes) -> bool:
    secret: str = settings.SMS_GATEWAY_SECRET
    moment = request.headers.get("X-Nuanxin-Time", "")
    if not secret or not (moment.isascii() and moment.isdecimal() and len(moment) <= 12):
        return False
    if abs(request.at.timestamp() - int(moment)) > OLDEST:
        return False
    given = request.headers.get("X-Nuanxin-Signature", "")
    return hmac.compare_digest(sign(secret, moment, body).encode(), given.encode())


def _content(body: bytes) -> dict[str, str] | None:
    try:
        read: Any = json.loads(body)
    except ValueError:
        return None
    if not isinstance(read, dict):
        return None
    content = {name: read.get(name) for name in ("id", "from", "text")}
    if not all(isinstance(value, str) and "\x00" not in value for value in content.values()):
        return None
    said = cast("dict[str, str]", content)
    if not (0 < len(said["id"]) <= 80 and 0 < len(said["from"]) <= 32):
        return None
    return {**said, "text": said["text"][:LONGEST_TEXT]}


@public_route("a demonstration's post to invented people; elsewhere there is no such page")
@never_cache
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """What the demonstration would have sent, newest first. Numbers masked: visitors may type their own."""
    if not (settings.DEMO or settings.TESTING):
        raise Http404
    messages = [
        {"to": mask_phone(row.recipient), "subject": row.subject, "text": row.text, "at": row.sent_at,
         "channel": row.channel}
        for row in queries.outbox()
    ]  # fmt: skip
    return render(request, "notices/outbox.html", {"messages_sent": messages, "title": _("Outbox")})
