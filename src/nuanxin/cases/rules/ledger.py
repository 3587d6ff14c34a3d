"""The money of a claim, kept apart in four steps: claimed, awarded, paid, confirmed by the worker.

Sums are whole fen (1/100 yuan). A line is never altered; a correction is a line of the opposite sign.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

MOST_FEN = 10**14  # 10^12 yuan


class MoneyStep(StrEnum):
    """How far the money has come."""

    CLAIMED = "claimed"
    AWARDED = "awarded"
    PAID = "paid"
    CONFIRMED = "confirmed"


class Way(StrEnum):
    """How a step became known. A confirmation needs one of the four last."""

    STATED = "stated"
    DOCUMENT = "document"
    LINK = "link"  # the worker, by link and code
    PHONE = "phone"  # the worker, by telephone, recorded by staff
    IN_PERSON = "in_person"
    BANK_PROOF = "bank_proof"


CONFIRMING: frozenset[Way] = frozenset({Way.LINK, Way.PHONE, Way.IN_PERSON, Way.BANK_PROOF})


@dataclass(frozen=True, slots=True)
class Sums:
    """The four totals of a worker or of a case, in fen."""

    claimed: int = 0
    awarded: int = 0
    paid: int = 0
    confirmed: int = 0

    def plus(self, step: MoneyStep, fen: int) -> Sums:
        """The totals with one more line."""
        values = {name: getattr(self, name) for name in ("claimed", "awarded", "paid", "confirmed")}
        values[step.value] += fen
        return Sums(**values)

    def as_yuan(self) -> dict[str, str]:
        """Money strings, two decimals, as the API gives them."""
        return {
            "claimed": yuan(self.claimed),
            "awarded": yuan(self.awarded),
            "paid": yuan(self.paid),
            "confirmed": yuan(self.confirmed),
        }


@dataclass(frozen=True, slots=True)
class LedgerFault:
    """Why a line cannot be entered."""

    code: str
    zh: str
    en: str


def check_line(sums: Sums, step: MoneyStep, fen: int, way: Way, *, many: bool = False) -> LedgerFault | None:
    """A line must keep confirmed <= paid, no total below zero or absurd; confirming needs the worker or a bank proof.

    An award of nothing says that the claim was dismissed for this worker. ``many``: the line stands for several,
    whose sum may be nothing.
    """
    after = sums.plus(step, fen)
    if fen == 0 and step is MoneyStep.AWARDED and not many:
        return None if sums.awarded == 0 else _AWARD_STANDS
    if (fen == 0 and not many) or abs(fen) > MOST_FEN or getattr(after, step) > MOST_FEN:
        return LedgerFault("amount", "金额要大于零，也不能大得离谱", "The amount must not be zero or absurd")
    if min(after.claimed, after.awarded, after.paid, after.confirmed) < 0:
        return LedgerFault("below_zero", "冲减后会变成负数，请核对金额", "The total would fall below zero")
    if after.confirmed > after.paid:
        return LedgerFault(
            "more_than_paid",
            "确认的钱不能比已付的多，请先记付款",
            "More would be confirmed than was paid; enter the payment first",
        )
    if step is MoneyStep.CONFIRMED and way not in CONFIRMING:
        return LedgerFault(
            "unconfirmed",
            "确认到账要有工人本人确认或银行凭证",
            "A confirmation needs the worker or a bank proof",
        )
    return None


_AWARD_STANDS = LedgerFault(
    "award_stands",
    "已经登记了裁决或协议的金额；改判没有支持的，请先把那笔冲减，再记 0",
    "An award is on file; if it was overturned, take it away first and then enter 0",
)


def yuan(fen: int) -> str:
    """Fen as a money string: 13000050 -> "130000.50"."""
    sign, value = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{value // 100}.{value % 100:02d}"


def said_money(fen: int) -> str:
    """A sum as people read it: 13000000 is "130,000", 13000050 is "130,000.50"."""
    whole, part = yuan(fen).split(".")
    return f"{int(whole):,}" + (f".{part}" if part != "00" else "")


def fen_of(money: str) -> int:
    """A money string as fen. Raises ValueError for anything but plain yuan with at most two decimals."""
    try:
        value = Decimal(money)
    except InvalidOperation as fault:
        raise ValueError(money) from fault
    fen = value * 100
    if not value.is_finite() or fen != fen.to_integral_value() or abs(fen) > MOST_FEN:
        raise ValueError(money)
    return int(fen)


def divide_evenly(total: int, workers: int) -> list[int]:
    """Shares of a total that add up to it to the last fen; the first ones carry the remainder."""
    base, rest = divmod(total, workers)
    return [base + (1 if place < rest else 0) for place in range(workers)]


def add_up(all_sums: Mapping[int, Sums]) -> Sums:
    """Totals over workers."""
    values = list(all_sums.values())
    return Sums(*(sum(getattr(s, n) for s in values) for n in ("claimed", "awarded", "paid", "confirmed")))
