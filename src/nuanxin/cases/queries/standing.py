"""The money of a case, worker by worker, as the end of a case looks at it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from nuanxin.cases.models import Case, Worker
from nuanxin.cases.rules.ledger import Sums
from nuanxin.cases.rules.ringing import COUNTED
from nuanxin.cases.rules.settling import Settled, Standing


def standing_of(case: Case) -> Standing:
    """How the money of every worker stands, also of who has left; one statement."""
    columns = ("claimed_fen", "awarded_fen", "paid_fen", "confirmed_fen")
    rows = Worker.objects.filter(case=case.pk).order_by("seq")
    found = rows.values_list("seq", "denied_at", "dismissed_on", "left_on", "missed", *columns)
    workers = [
        Settled(
            seq,
            Sums(*sums),
            denied is not None,
            dismissed is not None,
            left is not None,
            missed >= COUNTED,
        )
        for seq, denied, dismissed, left, missed, *sums in found
    ]
    return Standing(case.sums, case.workers_count or case.workers_stated, workers)


def standing_with(case: Case, changed: Iterable[Worker], whole: Sums) -> Standing:
    """How it stands with workers whose money has changed and is not stored yet; ``whole``: the sums of the case with it."""
    new = {one.seq: one for one in changed}
    found = standing_of(case)
    workers = [
        replace(row, sums=new[row.seq].sums, denied=new[row.seq].denied_at is not None)
        if row.seq in new
        else row
        for row in found.workers
    ]
    return Standing(whole, found.heads, workers)
