"""Satisfaction: the question behind an address or a telephone, when somebody was asked last."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from django.db.models import Max

from nuanxin.audit.encryption import blind_candidates
from nuanxin.hotline.models import CallBack, Satisfaction
from nuanxin.hotline.rules.callbacks import Reason


def digest_of(secret: str) -> bytes:
    """What is kept of the secret of an address."""
    return sha256(f"hotline.satisfaction:{secret}".encode()).digest()


def by_secret(secret: str, at: datetime) -> Satisfaction | None:
    """The question of an address that is still open; None for a wrong or old one."""
    return Satisfaction.objects.filter(secret=digest_of(secret), expires_at__gt=at).first()


def by_phone(phone: str, at: datetime) -> Satisfaction | None:
    """The newest question that a telephone may still answer."""
    prints = blind_candidates("phone", phone)
    rows = Satisfaction.objects.filter(call__phone_index__in=prints, expires_at__gt=at)
    return rows.order_by("-asked_at").first()


def asked_last(phone: str) -> datetime | None:
    """When this telephone was asked last."""
    rows = Satisfaction.objects.filter(call__phone_index__in=blind_candidates("phone", phone))
    last: datetime | None = rows.aggregate(last=Max("asked_at"))["last"]
    return last


def ring_back_of(row: Satisfaction) -> CallBack | None:
    """The call that is owed to somebody who was not satisfied."""
    return (
        CallBack.objects.select_related("joins", "desk")
        .filter(call=row.call_id, reason=Reason.DISSATISFIED)
        .first()
    )


def ring_backs_of(rows: Iterable[Satisfaction]) -> dict[int, CallBack]:
    """Call → the call that is owed for it."""
    owed = CallBack.objects.select_related("joins").filter(
        call__in=[row.call_id for row in rows], reason=Reason.DISSATISFIED
    )
    return {row.call_id: row for row in owed if row.call_id is not None}


def stands_for(row: CallBack) -> CallBack:
    """The call-back that is rung: itself, or the one of the same telephone that it joined."""
    return row.joins or row
