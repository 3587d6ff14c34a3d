"""What is due by the basis of pay, and what is still owed after payments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from nuanxin.law.basis import Basis, cite
from nuanxin.law.bilingual import Bilingual, join
from nuanxin.law.money import exact, rounded, shown, text
from nuanxin.law.question import Values, need
from nuanxin.law.topic import Body, ask_for, reply
from nuanxin.law.topics.arrears import words
from nuanxin.law.wages.arrears import (
    MONTH_DAYS,
    TIER_READINGS,
    Slice,
    Stretch,
    Tier,
    by_paid_days,
    by_the_month,
    by_the_piece,
    calendar_days,
    still_owed,
    stretches,
    whole_months,
)
from nuanxin.law.workings import Step, number, reading, steps_json

_FULL = (cite("劳动合同法", "30"), cite("保障农民工工资支付条例", "16"))
_DIVISOR, _HOLIDAYS = cite("工作时间和工资折算通知", "2"), cite("劳动法", "51")
_AGREED, _UNCLEAR = cite("民法典", "509(1)"), cite("民法典", "510")
_IN_WRITING = cite("劳动争议司法解释一", "15")
BASIS = (*_FULL, _DIVISOR, _HOLIDAYS, _AGREED, _UNCLEAR, _IN_WRITING)
_USED = {
    "month": frozenset({"from", "to", "days"}),
    "day": frozenset({"from", "to", "days"}),
    "hour": frozenset({"from", "to", "hours"}),
    "piece": frozenset({"from", "to", "units"}),
    "sum": frozenset({"from", "to"}),
}


@dataclass(frozen=True, slots=True)
class Due:
    """What was earned under one reading, in fen, and how that came about."""

    sum: Fraction
    basis: tuple[Basis, ...]
    words: Bilingual
    steps: list[Step]
    id: str = ""
    warnings: tuple[dict[str, Any], ...] = ()


Needs = list[dict[str, Any]]
Earned = tuple[list[Due], Needs]


def respond(values: Values) -> Body:
    """What is due and still owed, or every reading of it."""
    pay = values["pay"]
    found, needs = _WAYS[pay["basis"]](values, pay)
    if "amount" not in pay and "tiers" not in pay:
        needs.insert(0, need("/pay/amount", words.HOW_MUCH[pay["basis"]]))
    if needs:
        return ask_for(needs, _FULL)
    paid = sum(values.get("paid", ()))
    warnings = _warnings(values, pay, found, paid)
    if len({rounded(one.sum) for one in found}) == 1:
        one = found[0]
        body, told = _outcome(one, paid)
        steps = steps_json([*one.steps, _last_step(body, paid)])
        return reply({**body, "steps": steps}, one.basis, told, warnings)
    readings = []
    for one in found:
        body, told = _outcome(one, paid)
        readings.append(reading(one.id, body, one.basis, told, [*one.steps, _last_step(body, paid)]))
    basis = tuple(dict.fromkeys(cited for one in found for cited in one.basis))
    return reply({"readings": readings}, basis, words.DIVIDED[pay["basis"]], warnings)


def _outcome(due: Due, paid: int) -> tuple[dict[str, str], Bilingual]:
    body = {"due": text(rounded(due.sum)), "amount": text(rounded(still_owed(due.sum, paid)))}
    over = text(max(paid - rounded(due.sum), 0))
    return body, join(due.words, words.owed(body["due"], text(paid), body["amount"], over))


def _last_step(body: dict[str, str], paid: int) -> Step:
    return Step(words.STILL_OWED, f"max({body['due']} − {text(paid)}, 0)", body["amount"])


def _warnings(values: Values, pay: Values, dues: Sequence[Due], paid: int) -> list[dict[str, Any]]:
    """What was given and does not matter for this basis of pay, and that more was paid than was due."""
    used = _USED[pay["basis"]]
    if pay["basis"] == "month" and "from" in values:
        used = used - {"days"}
    found: list[dict[str, Any]] = [
        {"code": "not_used", "path": f"/{key}"}
        for key in ("days", "hours", "units")
        if key in values and key not in used
    ]
    found += [warning for one in dues for warning in one.warnings]
    over = paid - rounded(max(one.sum for one in dues))
    if over > 0:
        found.append({"code": "overpaid", "path": "/paid", "amount": text(over)})
    return found


def _by_month(values: Values, pay: Values) -> Earned:
    """Whole calendar months in full, part months by paid days; without dates, paid days alone."""
    first, last, wage = values.get("from"), values.get("to"), pay.get("amount", 0)
    if first is not None and last is not None:
        period = list(stretches(first, last))
        parts = any(stretch.paid_days is not None for stretch in period)
        basis = (*_FULL, _DIVISOR, _HOLIDAYS) if parts else _FULL
        due = by_the_month(wage, period)
        told = words.months(text(wage), period)
        steps = [_stretch_step(wage, one) for one in period]
        return [Due(due, basis, told, steps, warnings=_above_a_month(period))], []
    if first is None and last is None and "days" in values:
        days = exact(values["days"])
        due = by_paid_days(wage, days)
        formula = f"{text(wage)} ÷ 21.75 × {shown(days)}"
        step = Step(words.EARNED, formula, text(rounded(due)))
        return [Due(due, (*_FULL, _DIVISOR), words.simple(formula, text(rounded(due))), [step])], []
    return [], [need(f"/{key}", words.WHICH_TIME) for key in ("from", "to") if key not in values]


def _above_a_month(period: Sequence[Stretch]) -> tuple[dict[str, Any], ...]:
    """A warning for each part month that earns more than the whole."""
    return tuple(
        {
            "code": "more_than_a_month",
            "path": "/to",
            "from": one.first.isoformat(),
            "to": one.last.isoformat(),
        }
        for one in period
        if one.above_a_month
    )


def _stretch_step(wage: int, stretch: Stretch) -> Step:
    label = words.stretch(stretch)
    if stretch.paid_days is None:
        return Step(label, text(wage), text(wage))
    formula = f"{text(wage)} ÷ 21.75 × {stretch.paid_days}"
    return Step(label, formula, shown(wage * stretch.share / 100))


def _by_day(values: Values, pay: Values) -> Earned:
    """Days worked; over whole months without them, every calendar day or the paid days of the average month."""
    first, last, wage = values.get("from"), values.get("to"), pay.get("amount", 0)
    if "days" in values:
        return [_times(wage, exact(values["days"]), words.DAY)], []
    months = None if first is None or last is None else whole_months(first, last)
    if first is None or last is None or months is None:
        return [], [need("/days", words.HOW_MANY_DAYS)]
    every, paid = Fraction(calendar_days(first, last)), MONTH_DAYS * months
    return [
        _times(wage, every, words.DAY, "calendar_days", (*_FULL, _AGREED, _UNCLEAR), words.EVERY_DAY),
        _times(wage, paid, words.DAY, "paid_days", (*_FULL, _DIVISOR), words.average_month(months)),
    ], []


def _times(
    price: int,
    count: Fraction,
    unit: Bilingual,
    id_: str = "",
    basis: tuple[Basis, ...] = _FULL,
    why: Bilingual | None = None,
) -> Due:
    """So many times a price."""
    due = price * count
    formula = f"{text(price)} × {shown(count)}"
    steps = [Step(unit, shown(count), number(count)), Step(words.EARNED, formula, text(rounded(due)))]
    told = join(why, words.counted(unit, shown(count), formula, text(rounded(due))))
    return Due(due, basis, told, steps, id_)


def _by_hour(values: Values, pay: Values) -> Earned:
    if "hours" not in values:
        return [], [need("/hours", words.HOW_MANY_HOURS)]
    return [_times(pay.get("amount", 0), exact(values["hours"]), words.HOUR)], []


def _by_piece(values: Values, pay: Values) -> Earned:
    """One price for all, or tiers: each for its own pieces, or the one reached for all."""
    if "units" not in values:
        return [], [need("/units", words.HOW_MANY_UNITS)]
    units = exact(values["units"])
    if "tiers" not in pay:
        return [_times(pay.get("amount", 0), units, words.PIECE)], []
    tiers = [Tier(tier["up_to"], tier["price"]) for tier in pay["tiers"]]
    chosen = pay.get("tier_reading")
    found = []
    for id_, count in TIER_READINGS.items():
        slices = count(units, tiers) if chosen in {None, id_} else []
        if slices is None:
            return [], [need("/pay/tiers", words.ABOVE_TIERS)]
        if chosen in {None, id_}:
            found.append(_sliced(id_, slices))
    return found, []


def _sliced(id_: str, slices: Sequence[Slice]) -> Due:
    due = by_the_piece(slices)
    formula = " + ".join(f"{text(one.price)} × {shown(one.units)}" for one in slices) or "0"
    told = join(words.TIERS[id_], words.simple(formula, text(rounded(due))))
    step = Step(words.EARNED, formula, text(rounded(due)))
    return Due(due, (*_FULL, _AGREED, _UNCLEAR), told, [step], id_)


def _by_sum(values: Values, pay: Values) -> Earned:
    """A sum in an IOU or a settlement."""
    due = Fraction(pay.get("amount", 0))
    step = Step(words.IN_WRITING, text(rounded(due)), text(rounded(due)))
    return [Due(due, (_AGREED, _IN_WRITING), words.sum_in_writing(text(rounded(due))), [step])], []


_WAYS: dict[str, Callable[[Values, Values], Earned]] = {
    "month": _by_month,
    "day": _by_day,
    "hour": _by_hour,
    "piece": _by_piece,
    "sum": _by_sum,
}
