"""Writes: putting a notice into the outbox, and what staff do with notices."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.ids import next_id
from nuanxin.audit.streams import STREAM_SITE
from nuanxin.audit.transactions import write
from nuanxin.notices.models import (
    Channel,
    InboundText,
    Notice,
    OutboxMessage,
    OutgoingFreeze,
    Status,
    Template,
)
from nuanxin.notices.models.notice import ASIDE, WAITING
from nuanxin.notices.models.wording import TEXTS
from nuanxin.notices.permissions import check_may_keep
from nuanxin.notices.rules import bundling
from nuanxin.notices.rules.catalogue import CATALOGUE, LANGUAGES
from nuanxin.notices.rules.timing import within_hours
from nuanxin.notices.storage import Row, insert

MAX_VALUES = 4000  # characters of all values together
CHANNELS = tuple(Channel.values)


class UnknownMessage(LookupError):
    """There is no message of this key."""


class MissingValue(ValueError):
    """A message was enqueued without one of its values. Names the message and the values."""


class NotThere(Exception):
    """What was to be changed is no longer in a state that allows it; reload and look."""


@dataclass(frozen=True, slots=True)
class SafeContact:
    """What a person allows. ``hours``: HH:MM-HH:MM (Asia/Shanghai) or empty. A text message is no call, so
    ``may_call`` does not stop it; ``may_say_who`` False makes it discreet."""

    may_call: bool = True
    hours: str = ""
    may_say_who: bool = True


ANYTIME = SafeContact()


@dataclass(frozen=True, slots=True)
class NewNotice:
    """One notice to enqueue. ``to``: a phone number, an e-mail address, or a staff id as text (in_app)."""

    channel: str
    to: str
    template: str
    values: Mapping[str, str] = field(default_factory=dict)
    language: str = "zh"
    case_id: int = 0
    province: int = 0
    safe: SafeContact = ANYTIME


def enqueue(
    *,
    channel: str,
    to: str,
    template: str,
    at: datetime,
    values: Mapping[str, str] | None = None,
    language: str = "zh",
    case_id: int = 0,
    province: int = 0,
    safe: SafeContact = ANYTIME,
) -> int:
    """Put one notice into the outbox and give its id: one INSERT in the caller's transaction; it leaves after the
    commit.

    Raises UnknownMessage, MissingValue, BadHours, ValueError for an unknown channel or language.
    """
    wanted = NewNotice(channel, to, template, values or {}, language, case_id, province, safe)
    return enqueue_many([wanted], at=at)[0]


def enqueue_many(notices: Sequence[NewNotice], *, at: datetime) -> list[int]:
    """As ``enqueue``, for many at once: one INSERT for as many as the database takes parameters for."""
    if not notices:
        return []
    with write(ids_needed=len(notices)):
        rows = [_row(notice, at) for notice in notices]
        insert(rows)
    return [row.id for row in rows]


def _row(notice: NewNotice, at: datetime) -> Row:
    if notice.channel not in CHANNELS:
        raise ValueError(f"channel is one of {', '.join(CHANNELS)}, not {notice.channel!r}")
    values = _values(notice)
    discreet = not notice.safe.may_say_who
    waits = notice.channel == Channel.SMS and bundling.waits(notice.template, discreet=discreet)
    return Row(
        id=next_id(notice.province),
        province=notice.province,
        case_id=notice.case_id,
        channel=str(notice.channel),
        phone=notice.to if notice.channel == Channel.SMS else "",
        email=notice.to if notice.channel == Channel.EMAIL else "",
        staff_id=int(notice.to) if notice.channel == Channel.IN_APP else None,
        template=notice.template,
        language=_language(notice.language),
        values=values,
        discreet=discreet,
        hours=notice.safe.hours,
        next_try_at=within_hours(at + bundling.WAIT if waits else at, notice.safe.hours),
        created_at=at,
    )


def _language(language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(f"language is zh or en, not {language!r}")
    return language


def _values(notice: NewNotice) -> str:
    message = CATALOGUE.get(notice.template)
    if message is None:
        raise UnknownMessage(notice.template)
    missing = message.places - notice.values.keys()
    if missing:
        raise MissingValue(f"{notice.template}: {', '.join(sorted(missing))}")
    kept = {name: str(notice.values[name]) for name in sorted(message.places)}
    text = json.dumps(kept, ensure_ascii=False)
    if len(text) > MAX_VALUES:
        raise ValueError(f"{notice.template}: values of {len(text)} characters")
    return text


def freeze(*, reason: str, by: Actor, at: datetime) -> OutgoingFreeze:
    """Stop all outgoing messages at once; what is due waits. Raises NotThere when they are stopped already, and
    PermissionDenied."""
    check_may_keep(by)
    try:
        with write():
            row = OutgoingFreeze.objects.create(reason=reason, frozen_at=at, frozen_by=by.id)
            append([NewEvent(STREAM_SITE, 0, "notices.frozen", {"freeze": row.pk})], by=by, at=at)
    except IntegrityError as fault:
        raise NotThere("outgoing messages are stopped already") from fault
    return row


def thaw(*, by: Actor, at: datetime) -> None:
    """Let messages leave again. Raises NotThere when they are not stopped, and PermissionDenied."""
    check_may_keep(by)
    with write():
        row = OutgoingFreeze.objects.select_for_update().filter(thawed_at__isnull=True).first()
        if row is None:
            raise NotThere("outgoing messages are not stopped")
        row.thawed_at, row.thawed_by = at, by.id
        row.save(update_fields=["thawed_at", "thawed_by"])
        append([NewEvent(STREAM_SITE, 0, "notices.thawed", {"freeze": row.pk})], by=by, at=at)


def hold(*, notice_id: int, by: Actor, at: datetime) -> None:
    """Keep one waiting notice back. Raises NotThere when it is not waiting, and PermissionDenied."""
    changes = {"status": Status.HELD, "next_try_at": None, "aside_at": at}
    _change(notice_id, WAITING, changes, "notices.held", by, at)


def send_again(*, notice_id: int, by: Actor, at: datetime) -> None:
    """Send a notice that was held or given up, now. Raises NotThere otherwise, and PermissionDenied."""
    changes = {"status": Status.QUEUED, "next_try_at": at, "aside_at": None, "tries": 0, "fault": ""}
    _change(notice_id, ASIDE, changes, "notices.released", by, at)


def _change(
    notice_id: int, before: Sequence[str], changes: dict[str, Any], kind: str, by: Actor, at: datetime
) -> None:
    check_may_keep(by)
    with write():
        rows = Notice.objects.filter(pk=notice_id, status__in=before, lease__isnull=True)
        if not rows.exclude(fault="erased").update(**changes):
            raise NotThere(f"notice {notice_id} is not {' or '.join(before)}")
        append([NewEvent(STREAM_SITE, 0, kind, {"notice": notice_id})], by=by, at=at)


def reword(*, key: str, texts: Mapping[str, str], by: Actor, at: datetime) -> Template:
    """Give a message new texts as its next version; a text that is left out or empty is the default again.

    Raises ValidationError naming each bad text, and PermissionDenied.
    """
    check_may_keep(by)
    with write():
        newest = Template.objects.filter(key=key).order_by("-version").first()
        version = newest.version + 1 if newest else 1
        row = Template(key=key, version=version, written_at=at, written_by=by.id)
        for name in TEXTS:
            setattr(row, name, texts.get(name, "").strip())
        row.full_clean()
        row.save(force_insert=True)
        payload = {"template": row.pk, "key": key, "version": version}
        append([NewEvent(STREAM_SITE, 0, "notices.reworded", payload)], by=by, at=at)
    return row


def mark_read(*, notice_id: int, staff_id: int, at: datetime) -> bool:
    """Note that a person opened a notice on the desk; False when it is not theirs or was opened before."""
    with write():
        mine = Notice.objects.filter(pk=notice_id, staff_id=staff_id, channel=Channel.IN_APP)
        return bool(mine.filter(read_at__isnull=True).update(read_at=at))


def take_in(*, gateway_id: str, phone: str, text: str, at: datetime) -> bool:
    """Keep a text message that came in; False when this delivery was kept before."""
    with write():
        _, fresh = InboundText.objects.get_or_create(
            gateway_id=gateway_id, defaults={"phone": phone, "text": text, "received_at": at}
        )
    return fresh


def erase_cases(*, case_ids: Iterable[int], at: datetime) -> int:
    """Empty what is personal in the notices of these cases, and drop what still waits; how many notices.

    Part of erasing a person: the caller writes the event, in the same transaction.
    """
    ids = list(case_ids)
    with write():
        rows = Notice.objects.filter(case_id__in=ids)
        rows.exclude(status=Status.SENT).update(
            status=Status.DEAD, fault="erased", lease=None, leased_until=None, next_try_at=None, aside_at=at
        )
        OutboxMessage.objects.filter(case_id__in=ids).delete()
        return rows.update(phone="", phone_index=None, email="", values="", hours="")


def erase_phone(*, phone: str) -> int:
    """Delete the text messages that came from a number; how many. As ``erase_cases``."""
    with write():
        count, _ = InboundText.objects.filter(phone_index=phone).delete()
    return count
