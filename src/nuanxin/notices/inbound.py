"""Text messages from workers: kept, handed to the room above, answered by a notice.

The room above is named by settings.NOTICES_INBOUND_HANDLER (dotted path), a callable
``handler(*, phone: str, text: str, at: datetime) -> Reply | None``. It may be called twice for one message.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol, cast

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

from nuanxin.accounts import throttle
from nuanxin.audit.transactions import write
from nuanxin.notices.actions import ANYTIME, SafeContact, enqueue
from nuanxin.notices.models import Channel, InboundText

BATCH = 20
MOST_TRIES = 5
REPLIES_A_NUMBER = 10  # in an hour; each costs money, and two machines must not talk for ever
log = structlog.get_logger("nuanxin.notices")


@dataclass(frozen=True, slots=True)
class Reply:
    """What to answer: a message of the catalogue with its values, as ``notices.actions.enqueue`` takes them."""

    template: str
    values: Mapping[str, str] = field(default_factory=dict)
    language: str = "zh"
    case_id: int = 0
    province: int = 0
    safe: SafeContact = ANYTIME


class Handler(Protocol):
    """What the room above offers."""

    def __call__(self, *, phone: str, text: str, at: datetime) -> Reply | None: ...


def handler() -> Handler | None:
    """The registered handler, if one is. Raises ImportError when the setting names nothing."""
    path: str = settings.NOTICES_INBOUND_HANDLER
    return cast(Handler, import_string(path)) if path else None


def answer_waiting(at: datetime) -> int:
    """Answer what came in, oldest first; how many. One that fails five times is put aside as failed."""
    waiting = list(InboundText.objects.filter(answered_at__isnull=True).order_by("id")[:BATCH])
    answer = handler() if waiting else None
    if answer is None:
        return 0
    for row in waiting:
        try:
            _answer(row.pk, answer, at)
        except Exception:
            # One bad message must not keep the others waiting; what went wrong is in the log.
            log.exception("inbound_failed", inbound=row.pk)
            _put_off(row, at)
    return len(waiting)


def _answer(inbound_id: int, answer: Handler, at: datetime) -> None:
    with write():
        row = InboundText.objects.select_for_update().filter(pk=inbound_id, answered_at__isnull=True).first()
        if row is None:
            return
        hour = timedelta(hours=1)
        if throttle.check("sms_reply", row.phone, limit=REPLIES_A_NUMBER, window=hour, at=at):
            row.outcome = "too_many"
        else:
            reply = answer(phone=row.phone, text=row.text, at=at)
            row.outcome = "silent" if reply is None else "answered"
            if reply is not None:
                _enqueue(row.phone, reply, at)
        row.answered_at = at
        row.save(update_fields=["outcome", "answered_at"])


def _enqueue(phone: str, reply: Reply, at: datetime) -> None:
    # Who writes wants the answer now, whatever the hours for calls are.
    safe = SafeContact(reply.safe.may_call, "", reply.safe.may_say_who)
    enqueue(
        channel=Channel.SMS,
        to=phone,
        template=reply.template,
        values=reply.values,
        language=reply.language,
        case_id=reply.case_id,
        province=reply.province,
        safe=safe,
        at=at,
    )


def _put_off(row: InboundText, at: datetime) -> None:
    tries = row.tries + 1
    given_up = {"answered_at": at, "outcome": "failed"} if tries >= MOST_TRIES else {}
    with write():
        InboundText.objects.filter(pk=row.pk).update(tries=tries, **given_up)
