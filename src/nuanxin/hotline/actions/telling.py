"""Text messages about call-backs: to the owner of the telephone, who may be somebody else than the one that typed it."""

from __future__ import annotations

import re
from datetime import datetime

from nuanxin.cases.sentences import day_and_hour
from nuanxin.hotline.models import CallBack
from nuanxin.notices.actions import SafeContact, enqueue
from nuanxin.notices.models import Channel

_MOBILE = re.compile(r"1[3-9]\d{9}")  # a landline takes no text


def tell_never(row: CallBack, *, at: datetime) -> None:
    """They asked before not to be rung: how to change that."""
    _send(row, "ring_back_never", {}, at)


def tell_other_time(row: CallBack, *, at: datetime) -> None:
    """The hours that they named before hold: when we ring instead."""
    if row.due_at is not None:
        zh, en = day_and_hour(row.due_at)
        _send(row, "ring_back_moved", {"when_zh": zh, "when_en": en}, at)


def tell_new_time(row: CallBack, *, at: datetime) -> None:
    """Staff have moved it: when we ring."""
    if row.due_at is not None:
        zh, en = day_and_hour(row.due_at)
        _send(row, "ring_back_set", {"when_zh": zh, "when_en": en}, at)


def tell_unreached(row: CallBack, *, at: datetime) -> None:
    """Tried as often as promised: how to reach us. Who reads the telephone is not known, so it is always discreet."""
    _send(row, "ring_back_missed", {}, at, discreet=True)


def _send(
    row: CallBack, template: str, values: dict[str, str], at: datetime, *, discreet: bool = False
) -> None:
    if not _MOBILE.fullmatch(row.phone or ""):
        return
    safe = SafeContact(row.may_call, row.call_hours, row.may_say_who and not discreet)
    enqueue(
        channel=Channel.SMS, to=row.phone or "", template=template, values=values,
        language="en" if row.language == "en" else "zh", province=row.province, safe=safe, at=at,
    )  # fmt: skip
