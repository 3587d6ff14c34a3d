"""The one thing the desk itself writes: that somebody saw a whole personal number."""

from __future__ import annotations

from datetime import datetime

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.streams import staff_stream
from nuanxin.audit.transactions import write

UNMASKABLE = frozenset({"phone", "resident_id", "bank_card", "passphrase"})


def record_unmasking(
    *, case_id: int, worker_id: int, what: str, province: int, by: Actor, at: datetime
) -> None:
    """Record on the officer's stream that they saw one number of one worker. Raises ValueError for what has none."""
    if what not in UNMASKABLE:
        raise ValueError(f"{what} is shown without asking")
    payload = {"case": case_id, "worker": worker_id, "what": what}
    with write():
        append([NewEvent(staff_stream(by.id), province, "personal.unmasked", payload)], by=by, at=at)
