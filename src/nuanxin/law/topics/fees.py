"""``fees``: what a court asks for a suit, a payment order or preservation (诉讼费用交纳办法 art. 13 to 16)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from nuanxin.law.basis import Basis, cite
from nuanxin.law.bilingual import Bilingual, join
from nuanxin.law.money import rounded, text
from nuanxin.law.question import Shape, Values, choice, flag, money
from nuanxin.law.topic import Body, Topic, reply

_RULES = "诉讼费用交纳办法"
_HALF, _NO_PREPAY = cite(_RULES, "16"), cite(_RULES, "20(1)")
_BY_KIND: dict[str, Basis] = {
    "labour_suit": cite(_RULES, "13(4)"),
    "property_suit": cite(_RULES, "13(1)"),
    "payment_order": cite(_RULES, "14(3)"),
    "preservation": cite(_RULES, "14(2)"),
}
BASIS = (*_BY_KIND.values(), _HALF, _NO_PREPAY)
SHAPE = Shape({"kind": choice(*_BY_KIND), "amount": money}, {"simplified": flag})

_YUAN = 100
_WAN = 10_000 * _YUAN
_LABOUR = 10 * _YUAN
_PROPERTY_BASE = (1 * _WAN, 50 * _YUAN)
# up to so many fen → rate of the part above the line before it, in thousandths
_PROPERTY = (
    (10 * _WAN, 25), (20 * _WAN, 20), (50 * _WAN, 15), (100 * _WAN, 10), (200 * _WAN, 9),
    (500 * _WAN, 8), (1_000 * _WAN, 7), (2_000 * _WAN, 6), (None, 5),
)  # fmt: skip
_PRESERVATION_BASE = (1_000 * _YUAN, 30 * _YUAN)
_PRESERVATION: tuple[tuple[int | None, int], ...] = ((10 * _WAN, 10), (None, 5))
_PRESERVATION_MOST = 5_000 * _YUAN


def _by_brackets(
    amount: int, base: tuple[int, int], brackets: tuple[tuple[int | None, int], ...]
) -> Fraction:
    """A base fee up to the first line, then each bracket's rate on the part that falls into it. In fen."""
    line, fee = base
    total = Fraction(fee)
    for top, rate in brackets:
        if amount <= line:
            break
        part = (amount if top is None else min(amount, top)) - line
        total += Fraction(part * rate, 1000)
        line = amount if top is None else top
    return total


def fee(kind: str, amount: int, *, simplified: bool) -> Fraction:
    """The fee in fen, not yet rounded. Simplified procedure halves the fee of a suit."""
    if kind == "labour_suit":
        found = Fraction(_LABOUR)
    elif kind == "preservation":
        return min(_by_brackets(amount, _PRESERVATION_BASE, _PRESERVATION), Fraction(_PRESERVATION_MOST))
    else:
        found = _by_brackets(amount, _PROPERTY_BASE, _PROPERTY)
    if kind == "payment_order":
        return found / 3
    return found / 2 if simplified else found


def respond(values: Values) -> Body:
    """The fee, and who has to advance it."""
    kind, simplified = values["kind"], values.get("simplified", False)
    amount = text(rounded(fee(kind, values["amount"], simplified=simplified)))
    halved = simplified and kind in {"labour_suit", "property_suit"}
    basis = [_BY_KIND[kind], *([_HALF] if halved else []), *([_NO_PREPAY] if kind == "labour_suit" else [])]
    words = join(
        Bilingual(f"费用是{amount}元。", f"The fee is {amount} yuan."),
        Bilingual("简易程序减半。", "Simplified procedure halves it.") if halved else None,
        Bilingual("追索工资可以不预交。", "A claim for pay need not advance it.")
        if kind == "labour_suit"
        else None,
    )
    body: dict[str, Any] = {"amount": amount}
    return reply(body, basis, words)


TOPIC = Topic("fees", SHAPE, respond, BASIS)
