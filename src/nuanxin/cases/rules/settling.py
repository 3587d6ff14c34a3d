"""Whether the money of every worker allows a case to end as reported: looked at one by one, never as a sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nuanxin.cases.rules.ledger import LedgerFault, Sums

MOST_NAMED = 5  # roster numbers in one sentence


@dataclass(frozen=True, slots=True)
class Settled:
    """One worker who is still in the case: roster number, sums, and whether they said that the money did not come."""

    seq: int
    sums: Sums
    denied: bool = False
    dismissed: bool = False  # the award gives them nothing

    @property
    def due(self) -> int:
        """What was awarded or agreed; as long as nothing was for this worker, what was claimed, unless it was dismissed. In fen."""
        return self.sums.awarded or (0 if self.dismissed else self.sums.claimed)


def unsettled(outcome: str, workers: Sequence[Settled]) -> LedgerFault | None:
    """Why a case with these workers cannot end with ``outcome``, or None.

    However it ended: nobody says that money did not come, and whatever was paid is confirmed. Recovered: every
    single worker has confirmed all that was due to them.
    """
    denied = [one.seq for one in workers if one.denied]
    if denied:
        return LedgerFault(
            "denied",
            f"{_zh(denied)}说钱没有收到或者不够，要先查清楚、由本人确认，才能结案。",
            f"{_en(denied)} said that the money did not come or was too little. Clear that up and have them confirm "
            "before the case ends.",
        )
    open_ = [one.seq for one in workers if one.sums.confirmed != one.sums.paid]
    if open_:
        return LedgerFault(
            "not_confirmed",
            f"{_zh(open_)}已付的钱还没有确认收到，也没有银行凭证；先请他们确认，没付的请更正付款。",
            f"{_en(open_)} has not confirmed what was entered as paid, and no bank proof is on file. Ask them to "
            "confirm; take a payment back that did not come.",
        )
    short = [one.seq for one in workers if one.sums.confirmed < one.due]
    if outcome == "recovered" and short:
        return LedgerFault(
            "not_all",
            f"{_zh(short)}应得的钱还没有全部到手，不能按“全部讨回”结案；可以选“部分讨回”。",
            f"{_en(short)} does not have all that is due, so the case cannot end as recovered in full; it may end as "
            "recovered in part.",
        )
    return None


def _zh(seqs: Sequence[int]) -> str:
    return "第 " + "、".join(map(str, seqs[:MOST_NAMED])) + (" 等号" if len(seqs) > MOST_NAMED else " 号")


def _en(seqs: Sequence[int]) -> str:
    return "No. " + ", ".join(map(str, seqs[:MOST_NAMED])) + (" and others" if len(seqs) > MOST_NAMED else "")
