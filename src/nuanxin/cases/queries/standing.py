"""The money of a case, worker by worker, as the end of a case looks at it."""

from __future__ import annotations

from nuanxin.cases.models import Case, Worker
from nuanxin.cases.policies.contact import MOST_CALLS
from nuanxin.cases.rules.ledger import Sums
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
            missed >= MOST_CALLS,
        )
        for seq, denied, dismissed, left, missed, *sums in found
    ]
    return Standing(case.sums, case.workers_count or case.workers_stated, workers)
