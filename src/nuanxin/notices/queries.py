"""Reads: what waits, what was given up, what a person has on the desk, what the development outbox holds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from nuanxin.notices.models import Channel, Notice, OutboxMessage, OutgoingFreeze, Status, Template
from nuanxin.notices.models.wording import TEXTS
from nuanxin.notices.rules.catalogue import CATALOGUE, DISCREET_SIGNATURE, SIGNATURE
from nuanxin.notices.rules.rendering import render

DISCREET_SUBJECT = {"zh": "通知", "en": "Notice"}


def open_freeze() -> OutgoingFreeze | None:
    """The stop of outgoing messages that is in force, if any. One query."""
    return OutgoingFreeze.objects.filter(thawed_at__isnull=True).first()


def due(at: datetime, channels: Iterable[str]) -> QuerySet[Notice]:
    """Notices that should leave now and that no worker is sending, oldest first."""
    waiting = Notice.objects.filter(next_try_at__lte=at, channel__in=list(channels))
    return waiting.exclude(leased_until__gt=at).order_by("next_try_at")


def undelivered(case_ids: Iterable[int]) -> list[Notice]:
    """Notices of these cases that were given up or held, newest first: for the case page."""
    return list(Notice.objects.filter(case_id__in=list(case_ids), aside_at__isnull=False))


def sent_about(case_id: int, limit: int = 50) -> list[Notice]:
    """The notices of a case, newest first: for the case page."""
    return list(Notice.objects.filter(case_id=case_id)[:limit])


def inbox(staff_id: int, limit: int = 50) -> list[Notice]:
    """What a person has on the desk, newest first."""
    return list(Notice.objects.filter(staff_id=staff_id, status=Status.SENT)[:limit])


def unread(staff_id: int) -> int:
    """How many of them were not opened."""
    return Notice.objects.filter(staff_id=staff_id, status=Status.SENT, read_at__isnull=True).count()


def standing() -> dict[str, int]:
    """How many notices stand where, for health pages and metrics: only those that wait or were given up."""
    counts: dict[str, int] = {}
    for unsent in (Q(next_try_at__isnull=False), Q(aside_at__isnull=False)):
        rows = Notice.objects.filter(unsent).values_list("status").annotate(Count("id")).order_by()
        counts.update(rows)
    return {status.value: counts.get(status.value, 0) for status in Status if status is not Status.SENT}


def outbox(case_id: int | None = None, limit: int = 100) -> list[OutboxMessage]:
    """What the development outbox holds, newest first; of one case, or of all."""
    rows = OutboxMessage.objects.all()
    return list((rows if case_id is None else rows.filter(case_id=case_id))[:limit])


@dataclass(frozen=True, slots=True)
class Words:
    """A notice as its reader sees it. ``version`` of the rewording, 0 for the default."""

    subject: str
    text: str
    version: int


def newest_wordings(keys: Iterable[str]) -> dict[str, Template]:
    """The newest rewording of each message, for those that have one. One query."""
    rows = Template.objects.filter(key__in=set(keys)).order_by("key", "version")
    return {row.key: row for row in rows}


def in_force(key: str, worded: Template | None) -> dict[str, str]:
    """The texts of a message as they are sent: of its newest rewording, and the default where that leaves one empty."""
    message = CATALOGUE[key]
    return {name: (getattr(worded, name) if worded else "") or getattr(message, name) for name in TEXTS}


def words_of(notice: Notice, wordings: dict[str, Template] | None = None) -> Words:
    """The text of a notice: reworded or default, discreet where it must be, with its signature.

    Raises BadText or LookupError when it cannot be written (the message is gone, or the values were erased).
    """
    message = CATALOGUE[notice.template]
    worded = (newest_wordings([notice.template]) if wordings is None else wordings).get(notice.template)
    language = notice.language
    values = {**json.loads(notice.values or "{}"), "site": settings.BASE_URL}
    field = f"discreet_{language}" if notice.discreet else language
    text = (getattr(worded, field) if worded else "") or message.text(language, discreet=notice.discreet)
    signature = (DISCREET_SIGNATURE if notice.discreet else SIGNATURE)[language]
    body = render(text, values)
    if notice.channel != Channel.IN_APP:
        body = signature + body
    subject_field = f"subject_{language}"
    subject = (getattr(worded, subject_field) if worded else "") or getattr(message, subject_field)
    subject = (
        DISCREET_SUBJECT[language]
        if notice.discreet
        else render(subject, values) or signature.strip("【】: ")
    )
    return Words(subject, body, worded.version if worded else 0)
