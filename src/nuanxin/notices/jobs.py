"""Sending what is due, and answering what came in."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.core.exceptions import ImproperlyConfigured

from nuanxin.audit.transactions import write
from nuanxin.notices.bundles import gather
from nuanxin.notices.inbound import answer_waiting
from nuanxin.notices.models import Channel, InboundText, Notice, Status
from nuanxin.notices.queries import due, newest_wordings, open_freeze, words_of
from nuanxin.notices.rules.catalogue import BLANKED, SECRET
from nuanxin.notices.rules.rendering import BadText
from nuanxin.notices.rules.timing import next_try, within_hours
from nuanxin.notices.senders.choice import sender_for
from nuanxin.notices.senders.sender import Outgoing, Refused, Sender, TryAgain

BATCH = 10
# Longer than a batch can take (10 messages of 14 seconds): a claim ends by itself only when its worker died.
LEASE = timedelta(minutes=5)
KEEP_TEXTS = timedelta(days=90)  # long enough to look into a complaint

log = structlog.get_logger("nuanxin.notices")


def send_due(at: datetime, limit: int = 200) -> int:
    """Send what is due, at most ``limit``; how many were tried. Two workers never send one notice at the same
    time; after a crash it is sent again with the same key, which a gateway knows. Nothing leaves while frozen."""
    senders = _ways_out()
    tried = 0
    while tried < limit:
        batch, lease = claim(at, min(BATCH, limit - tried), senders)
        if not batch:
            break
        tried += len(batch)
        if not _send_batch(batch, lease, senders, at):
            break
    return tried


def _ways_out() -> dict[str, Sender]:
    """Senders by channel; one that is configured badly does not stop the others."""
    found: dict[str, Sender] = {}
    for channel in Channel.values:
        try:
            sender = sender_for(channel)
        except ImproperlyConfigured as fault:
            log.error("channel_misconfigured", channel=channel, fault=str(fault))
            continue
        if sender is not None:
            found[channel] = sender
    return found


def claim(at: datetime, limit: int, senders: dict[str, Sender]) -> tuple[list[Notice], bytes]:
    """Take due notices for this worker alone. A look without a lock comes first: most of the time none is due."""
    lease = secrets.token_bytes(16)
    if not due(at, senders).exists() or open_freeze() is not None:
        return [], lease
    with write():
        # PostgreSQL: rows that another worker is claiming are skipped. SQLite: write() lets one in at a time.
        batch = gather(list(due(at, senders).select_for_update(skip_locked=True)[:limit]), at)
        ids = [notice.pk for notice in batch]
        Notice.objects.filter(pk__in=ids).update(lease=lease, leased_until=at + LEASE)
    return batch, lease


def _send_batch(batch: list[Notice], lease: bytes, senders: dict[str, Sender], at: datetime) -> bool:
    """Send one by one; False when the rest should not be tried now (frozen, or a gateway is down)."""
    wordings = newest_wordings(notice.template for notice in batch)
    for place, notice in enumerate(batch):
        if open_freeze() is not None:
            _give_back(batch[place:], lease)
            return False
        try:
            words = words_of(notice, wordings)
            provider_id = senders[notice.channel].send(_outgoing(notice, words.subject, words.text, at))
        except TryAgain as fault:
            _failed(notice, lease, fault, at)
            if fault.down:
                _give_back(batch[place + 1 :], lease)
                return False
        except Refused as fault:
            _end(notice, lease, Status.DEAD, tries=notice.tries + 1, fault=fault.code[:40], aside_at=at)
        except (BadText, LookupError, ValueError) as fault:
            log.error(
                "notice_unwritable", notice=notice.pk, template=notice.template, kind=type(fault).__name__
            )
            _end(notice, lease, Status.DEAD, fault="unwritable", aside_at=at)
        else:
            sent = {"tries": notice.tries + 1, "provider_id": provider_id, "wording": words.version}
            _end(notice, lease, Status.SENT, sent_at=at, fault="", **sent, **_blanked(notice))
    return True


def _outgoing(notice: Notice, subject: str, text: str, at: datetime) -> Outgoing:
    to = {Channel.SMS: notice.phone, Channel.EMAIL: notice.email}.get(Channel(notice.channel), "")
    return Outgoing(
        key=f"nx-{notice.pk}",
        notice_id=notice.pk,
        case_id=notice.case_id,
        channel=notice.channel,
        to=to or str(notice.staff_id),
        subject=subject,
        text=text,
        discreet=notice.discreet,
        at=at,
    )


def _blanked(notice: Notice) -> dict[str, str]:
    """What has left and opens something is not kept."""
    values = json.loads(notice.values)
    if not SECRET & values.keys():
        return {}
    kept = {name: BLANKED if name in SECRET else value for name, value in values.items()}
    return {"values": json.dumps(kept, ensure_ascii=False)}


def _failed(notice: Notice, lease: bytes, fault: TryAgain, at: datetime) -> None:
    tries = notice.tries + 1
    again = next_try(tries, at)
    if again is None:
        log.error("notice_given_up", notice=notice.pk, template=notice.template, fault=fault.code)
        _end(notice, lease, Status.DEAD, tries=tries, fault=fault.code[:40], aside_at=at)
        return
    if fault.wait is not None:
        again = max(again, at + fault.wait)
    again = within_hours(again, notice.hours)
    _end(notice, lease, Status.FAILED, tries=tries, fault=fault.code[:40], next_try_at=again)


def _end(notice: Notice, lease: bytes, status: Status, **changes: Any) -> None:
    """Record how it went and end the claim, unless the claim ran out and another worker has it now."""
    with write():
        mine = Notice.objects.filter(pk=notice.pk, lease=lease)
        ended = {"lease": None, "leased_until": None, "next_try_at": None, **changes}
        if not mine.update(status=status, **ended):
            log.warning("notice_claim_lost", notice=notice.pk)


def _give_back(batch: list[Notice], lease: bytes) -> None:
    ids = [notice.pk for notice in batch]
    with write():
        Notice.objects.filter(pk__in=ids, lease=lease).update(lease=None, leased_until=None)


def forget_texts(at: datetime) -> int:
    """Delete answered text messages that came in long ago; how many."""
    with write():
        count, _ = InboundText.objects.filter(answered_at__lt=at - KEEP_TEXTS).delete()
    return count


PERIODIC: list[tuple[str, float, Callable[[datetime], int]]] = [
    ("notices.send", 1.0, send_due),
    ("notices.answer", 1.0, answer_waiting),
    ("notices.forget_texts", 86400, forget_texts),
]
