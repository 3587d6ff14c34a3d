"""Sums that can be and are probably slips of the hand: a second look is asked for, never a refusal for good.

The measures are the platform's own, not law. In 2023 a migrant worker's claim was about 13,000 yuan on average, so
a slip of a decimal point is far above them and an honest sum far below.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nuanxin.cases.rules.ledger import MoneyStep, Sums, said_money

AWARD_TIMES = 3  # an award is asked about above so many times the claim
MOST_A_WORKER = 500_000_00  # fen
MOST_INJURED = 2_000_000_00  # fen; a work injury may cost a life's earnings
CODES = ("above_claim", "above_award", "above_due", "much_a_worker", "above_group", "said_otherwise")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a sum is asked about: a stable code and a sentence in both languages, without its full stop."""

    code: str
    zh: str
    en: str


def doubts(before: Sums, step: MoneyStep, fen: int, *, workers: int, injured: bool = False) -> list[Doubt]:
    """What is odd about one more sum (fen) of so many workers. A correction and a confirmation are never asked about."""
    if fen <= 0 or step is MoneyStep.CONFIRMED:
        return []
    after = before.plus(step, fen)
    found = [
        _above_claim(after) if step is MoneyStep.AWARDED else None,
        _above_due(after) if step is MoneyStep.PAID else None,
        _much(getattr(after, step), workers, injured),
    ]
    return [doubt for doubt in found if doubt is not None]


def _above_claim(after: Sums) -> Doubt | None:
    if not after.claimed or after.awarded <= AWARD_TIMES * after.claimed:
        return None
    times = times_of(after.awarded, after.claimed)
    return Doubt(
        "above_claim",
        f"裁决或协议金额 {said_money(after.awarded)} 元是请求金额 {said_money(after.claimed)} 元的 {times} 倍",
        f"The award of {said_money(after.awarded)} yuan is {times} times the claim of {said_money(after.claimed)} yuan",
    )


def _above_due(after: Sums) -> Doubt | None:
    due = after.awarded or after.claimed
    if not due or after.paid <= due:
        return None
    if after.awarded:
        return Doubt(
            "above_award",
            f"这样一共付了 {said_money(after.paid)} 元，比裁决或协议金额 {said_money(due)} 元还多",
            f"With this {said_money(after.paid)} yuan would be paid, more than the {said_money(due)} yuan awarded",
        )
    return Doubt(
        "above_due",
        f"这样一共付了 {said_money(after.paid)} 元，比请求金额 {said_money(due)} 元还多，而裁决或协议还没有登记",
        f"With this {said_money(after.paid)} yuan would be paid, more than the {said_money(due)} yuan claimed, and no award "
        "is on file",
    )


def _much(total: int, workers: int, injured: bool) -> Doubt | None:
    heads = max(workers, 1)
    if total <= heads * (MOST_INJURED if injured else MOST_A_WORKER):
        return None
    each = said_money(total // heads)
    if heads == 1:
        return Doubt("much_a_worker", f"一个工人 {each} 元，不常见", f"{each} yuan is unusual for one worker")
    return Doubt(
        "much_a_worker",
        f"{heads} 个工人一共 {said_money(total)} 元，平均每人 {each} 元，不常见",
        f"{said_money(total)} yuan for {heads} workers, {each} each, is unusual",
    )


def above_group(listed: int, claimed: int) -> Doubt | None:
    """A list of workers that adds up to far more than the group had claimed as a whole (fen)."""
    if not claimed or listed <= AWARD_TIMES * claimed:
        return None
    times = times_of(listed, claimed)
    return Doubt(
        "above_group",
        f"名单合计 {said_money(listed)} 元，是原先全体请求金额 {said_money(claimed)} 元的 {times} 倍",
        f"The list adds up to {said_money(listed)} yuan, {times} times the {said_money(claimed)} yuan claimed for the group",
    )


def said_otherwise(seq: int) -> Doubt:
    """Staff record as confirmed what this worker has said they do not have."""
    return Doubt(
        "said_otherwise",
        f"第 {seq} 号说过没收到这笔钱，请写明本人现在怎么说、什么时候问的",
        f"No. {seq} has said that this money did not come: write what they say now, and when they were asked",
    )


def times_of(sum_: int, measure: int) -> str:
    """How many times, with one decimal where there is one: 12, 3.5."""
    tenths = (sum_ * 10 + measure // 2) // measure
    whole, tenth = divmod(tenths, 10)
    return f"{whole:,}.{tenth}" if tenth else f"{whole:,}"


def joined(found: Iterable[Doubt]) -> tuple[str, str]:
    """All doubts in one sentence of each language."""
    told: Sequence[Doubt] = list(found)
    return "；".join(one.zh for one in told) + "。", "; ".join(one.en for one in told) + "."
