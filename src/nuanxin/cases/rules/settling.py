"""Whether the money of every worker allows a case to end as reported: looked at one by one, never as a sum.

What is due to a worker is what was awarded to them or agreed, which may be nothing; as long as nothing was, what they
claim; nothing more once they have left the group. Money is in hand when the worker or a bank proof confirms it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nuanxin.cases.rules.ledger import LedgerFault, Sums, said_money

MOST_NAMED = 5  # roster numbers in one sentence
LEAVE_OPEN = frozenset({"partly_recovered", "unreachable"})  # ends over a payment that nobody answers


@dataclass(frozen=True, slots=True)
class Settled:
    """One worker of the case: roster number, sums, and whether they said that the money did not come."""

    seq: int
    sums: Sums
    denied: bool = False
    dismissed: bool = False  # the award gives them nothing
    left: bool = False  # left the group: nothing more is due, and what was paid is answered for all the same
    unreachable: bool = False  # tried about money on as many days as count, and not reached

    @property
    def decided(self) -> bool:
        """Whether an award or agreement names this worker."""
        return self.sums.awarded > 0 or self.dismissed

    @property
    def due(self) -> int | None:
        """Fen that were awarded or agreed, else claimed; None where nobody has recorded either."""
        return self.sums.awarded if self.decided else self.sums.claimed or None

    @property
    def waits(self) -> bool:
        """Whether something was entered as paid that nobody has confirmed."""
        return self.sums.confirmed != self.sums.paid


@dataclass(frozen=True, slots=True)
class Standing:
    """The money of a case: its sums with what is not divided, how many claim, and each worker who ever stood in it."""

    whole: Sums
    heads: int
    workers: Sequence[Settled]

    @property
    def present(self) -> list[Settled]:
        """Who is still in the case."""
        return [one for one in self.workers if not one.left]

    @property
    def undivided(self) -> int:
        """Fen awarded to the group as a whole."""
        return self.whole.awarded - sum(one.sums.awarded for one in self.workers)

    def due_to(self, one: Settled) -> int | None:
        """Fen due to a worker; the sums of the case are those of its only one. None where it is unknown."""
        if self.heads <= 1 and not one.dismissed:
            return self.whole.awarded or self.whole.claimed or None
        return one.due


def unsettled(outcome: str, money: Standing) -> LedgerFault | None:
    """Why a case whose money stands so cannot end with ``outcome``, or None.

    However it ended: nobody says that money did not come, and whatever was paid is confirmed, also by who has left. Only
    a case that ends as recovered in part, or as unreachable where nobody has confirmed anything, may leave open what was
    paid to somebody who was tried in vain: whether they have the money is not known.
    Recovered: every single worker has confirmed all that was due to them, and what was due to each is known.
    Partly recovered: somebody has confirmed something; not recovered: nobody has.
    """
    denied = [one.seq for one in money.workers if one.denied]
    if denied:
        return LedgerFault(
            "denied",
            f"{_zh(denied)}说钱没有收到或者不够，要先查清楚、由本人确认，才能结案。",
            f"{_en(denied)} said that the money did not come or was too little. Clear that up and have them confirm "
            "before the case ends.",
        )
    waits = [one for one in money.workers if one.waits]
    open_ = [one.seq for one in waits if not one.unreachable or outcome not in LEAVE_OPEN]
    if open_ and all(one.unreachable for one in waits):
        return LedgerFault(
            "only_unreachable",
            f"{_zh(open_)}的付款没有人确认，本人又联系不上：钱到没到手并不清楚。有人确认过到账的，请选“部分讨回”；都没有的，请选“联系不上”。",
            f"Nobody has confirmed the payment to {_en(open_)}, who cannot be reached, so it is not known whether the money "
            "came. Choose recovered in part where somebody has confirmed money, else not reachable.",
        )
    if open_:
        return LedgerFault(
            "not_confirmed",
            f"{_zh(open_)}已付的钱还没有确认收到，也没有银行凭证；先请他们确认，没付的请更正付款；"
            "三天都联系不上的，请逐次登记“联系不上”，再按“部分讨回”或“联系不上”结案。",
            f"{_en(open_)} has not confirmed what was entered as paid, and no bank proof is on file. Ask them to "
            "confirm; take a payment back that did not come. Whoever cannot be reached on three days: record each attempt, then "
            "end as recovered in part or as not reachable.",
        )
    return _against_the_ledger(outcome, money) or (_not_all(money) if outcome == "recovered" else None)


def outcome_since(outcome: str, money: Standing) -> str:
    """How a case ended, where somebody has confirmed a payment after the end that it had left open.

    Recovered where every one of them has all that was due by now, else in part. Any other end stays as reported.
    """
    if outcome not in LEAVE_OPEN:
        return outcome
    return "recovered" if unsettled("recovered", money) is None else "partly_recovered"


def _against_the_ledger(outcome: str, money: Standing) -> LedgerFault | None:
    """The outcome says what the confirmed money says."""
    confirmed = money.whole.confirmed
    if outcome == "unreachable" and not any(one.waits for one in money.workers):
        return LedgerFault(
            "nothing_waits",
            "没有等工人回话的付款，不能按“联系不上”结案。",
            "No payment waits for the word of a worker, so the case cannot end as not reachable.",
        )
    if outcome in {"recovered", "partly_recovered"} and not confirmed:
        return LedgerFault(
            "not_confirmed",
            "还没有一笔钱由工人确认收到（或有银行凭证），不能按“讨回”结案。请先请工人确认；确实没有讨回的，请选“没有讨回”。",
            "No worker has confirmed any money (and no bank proof is on file), so the case cannot end as recovered. Ask "
            "them to confirm first; where nothing came, choose that nothing was recovered.",
        )
    if outcome in {"not_recovered", "unreachable"} and confirmed:
        said = said_money(confirmed)
        return LedgerFault(
            "some_confirmed",
            f"已经确认到手 {said} 元，不能按“没有讨回”或者“联系不上”结案；请选“部分讨回”。记错了的，请先更正。",
            f"{said} yuan are confirmed as received, so the case cannot end as if nothing had come: choose recovered in part. "
            "If that was entered by mistake, correct it first.",
        )
    return None


def _not_all(money: Standing) -> LedgerFault | None:
    """Why it is not known, or not true, that every worker has all that was due to them."""
    present = money.present
    if len(present) < money.heads:
        return LedgerFault(
            "roster_first",
            f"一共 {money.heads} 人，名单上只有 {len(present)} 人。请先登记工友名单，每个人的钱都到手了才能按“全部讨回”结案。",
            f"There are {money.heads} workers and {len(present)} on the roster. Enter the list first: the case ends as "
            "recovered in full when each of them has their money.",
        )
    unknown = [one.seq for one in present if money.due_to(one) is None]
    if unknown:
        return LedgerFault(
            "due_unknown",
            f"{_zh(unknown)}应得多少还没有登记，不能按“全部讨回”结案。请按人登记裁决或者协议给他的钱（没有给的填 0），"
            "还没有裁决或者协议的，登记他请求的金额。",
            f"What is due to {_en(unknown)} is not on record, so the case cannot end as recovered in full. Enter for each "
            "what the award or agreement gives them (0 for nothing); where there is none, what they claim.",
        )
    short = [one.seq for one in present if one.sums.confirmed < (money.due_to(one) or 0)]
    if money.heads > 1 and money.undivided > 0 and (short or money.whole.confirmed < money.whole.awarded):
        rest = said_money(money.undivided)
        return LedgerFault(
            "not_divided",
            f"裁决或者协议里还有 {rest} 元没有分到每个人。请按人登记各得多少（没有给的填 0），并把记在全体名下的冲减掉。",
            f"{rest} yuan of the award or agreement are not divided between the workers. Enter what each of them gets "
            "(0 for nothing), and take away what stands for the group as a whole.",
        )
    if short:
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
