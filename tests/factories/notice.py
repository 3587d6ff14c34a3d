"""Notices for tests, through the real action, and a sender that fails as told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from nuanxin.notices.actions import enqueue
from nuanxin.notices.models import Notice
from nuanxin.notices.senders.sender import Outgoing

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
PHONE = "13800001111"


def make_notice(**wanted: Any) -> Notice:
    given: dict[str, Any] = {
        "channel": "sms",
        "to": PHONE,
        "template": "accepted",
        "values": {"number": "NX14-0000001-2", "by": "2026-03-05"},
        "case_id": 7,
        "province": 14,
        "at": AT,
        **wanted,
    }
    return Notice.objects.get(pk=enqueue(**given))


class Fake:
    """A sender that remembers, and fails as told."""

    def __init__(self, *faults: Exception | None) -> None:
        self.faults = list(faults)
        self.sent: list[Outgoing] = []

    def send(self, message: Outgoing) -> str:
        fault = self.faults.pop(0) if self.faults else None
        if fault is not None:
            raise fault
        self.sent.append(message)
        return f"id-{len(self.sent)}"
