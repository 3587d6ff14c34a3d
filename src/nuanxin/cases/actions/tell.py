"""Telling the worker: a notice in the outbox, in the same transaction as the move that caused it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from nuanxin.cases.models import Case, Worker
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.notices.actions import SafeContact, enqueue


def tell(
    case: Case,
    contact: Worker | None,
    template: str,
    *,
    at: datetime,
    values: Mapping[str, str] | None = None,
) -> None:
    """Queue one text message to the contact of the case, in their language and by their safe-contact wishes.

    A contact without a number is not an error: many workers have none; staff see that on the case page.
    """
    if contact is None or not contact.phone:
        return
    local = case.next_by.astimezone(SHANGHAI) if case.next_by else None
    words = {
        "number": case.number,
        "by": f"{local.year}-{local.month:02d}-{local.day:02d} {local:%H:%M}" if local else "",
        **(values or {}),
    }
    enqueue(
        channel="sms",
        to=contact.phone,
        template=template,
        language="en" if "en" in case.languages and "zh" not in case.languages else "zh",
        values=words,
        case_id=case.id,
        province=case.province,
        safe=SafeContact(contact.may_call, contact.call_hours, contact.may_say_who),
        at=at,
    )
