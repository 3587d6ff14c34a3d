"""The one thing the desk itself writes: that somebody saw a whole personal number."""

from __future__ import annotations

from datetime import datetime

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.streams import staff_stream
from nuanxin.audit.transactions import write
from nuanxin.cases.queries.personal import SEEN

UNMASKABLE = frozenset({"phone", "resident_id", "bank_card", "passphrase"})


def record_unmasking(
    *, case_id: int, worker_id: int, what: str, province: int, by: Actor, at: datetime
) -> None:
    """Record that an officer saw one number of one worker: on the officer's stream, and on the case's, where the
    worker's own page counts it.

    Raises ValueError for what has none.
    """
    if what not in UNMASKABLE:
        raise ValueError(f"{what} is shown without asking")
    payload = {"case": case_id, "worker": worker_id, "what": what}
    with write():
        looked = NewEvent(staff_stream(by.id), province, "personal.unmasked", payload)
        seen = NewEvent(case_id, province, SEEN, {"worker": worker_id, "what": what})
        append([looked, seen], by=by, at=at)
