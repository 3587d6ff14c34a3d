"""The three ways in which overtime is earned: by the hour, by the piece, inside a package wage."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from nuanxin.law.bilingual import Bilingual, join
from nuanxin.law.money import exact, rounded, shown, text
from nuanxin.law.question import Values
from nuanxin.law.wages.overtime import (
    KINDS,
    TIMES,
    ByKind,
    Package,
    hour_of,
    pay,
    total,
)
from nuanxin.law.workings import Step, number

_FEN = 100
_PERCENT = {kind: f"{int(times * 100)}%" for kind, times in TIMES.items()}
_NAMES = {
    "workday": Bilingual("平时加班", "Overtime on working days"),
    "rest_day": Bilingual("休息日加班", "Work on rest days"),
    "holiday": Bilingual("法定节日加班", "Work on statutory holidays"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """What one way of earning comes to: gross by kind, what of it is still open, and how it was counted."""

    gross: ByKind
    owed: Fraction
    steps: list[Step]
    words: Bilingual


def by_the_hour(values: Values, hours: ByKind) -> Part:
    """Hours at the hour wage of the month's base."""
    hour = hour_of(values["month_base"], values.get("minimum"), values.get("hour_base"))
    if hour.lifted:
        formula = f"{text(values['minimum'])} ÷ 21.75 ÷ 8"
    elif "hour_base" in values:
        formula = text(values["hour_base"])
    else:
        formula = f"{text(values['month_base'])} ÷ 21.75 ÷ 8"
    value = shown(hour.pay / _FEN)
    lifted = None
    if hour.lifted:
        lifted = Bilingual(
            "约定的基数低于最低工资，按最低工资算。", "The base lies under the minimum wage, so that is used."
        )
    each = Bilingual(
        f"一小时工资是{formula}={value}元（不先四舍五入）。",
        f"An hour is worth {formula} = {value} yuan (not rounded first).",
    )
    gross = pay(hour.pay, hours)
    steps = [Step(Bilingual("一小时工资", "Hour wage"), formula, value), *_lines(formula, hours, gross)]
    return Part(gross, total(gross), steps, join(lifted, each, _told(hours, gross, _HOURS)))


def by_the_piece(values: Values, counted: tuple[str, ...]) -> Part:
    """Pieces beyond the quota at 150, 200 and 300 % of their price (工资支付暂行规定 art. 13(2))."""
    piece = values["piece"]
    price = text(piece["price"])
    units = {kind: exact(piece.get(kind, 0)) if kind in counted else Fraction(0) for kind in KINDS}
    gross = pay(Fraction(piece["price"]), units)
    paid = piece.get("paid", 0)
    owed = max(total(gross) - paid, Fraction(0))
    if paid:
        settled = Bilingual(f"计件的钱已付{text(paid)}元。", f"{text(paid)} yuan of it were paid.")
    else:
        settled = Bilingual(
            "这是一件没付的算法；如果单价已经付过，把付的钱填上再算。",
            "This is as if no piece was paid; if the price itself was paid, give the sum and ask again.",
        )
    each = Bilingual(f"每件{price}元。", f"A piece is worth {price} yuan.")
    words = join(each, _told(units, gross, _PIECES), settled)
    return Part(gross, owed, _lines(price, units, gross), words)


_HOURS, _PIECES = Bilingual("小时", "hours"), Bilingual("件", "pieces")


def in_a_package(package: Package) -> Part:
    """The back-test of a package wage: does it cover the minimum wage and the overtime on it?"""
    gross = pay(max(package.hour, package.least_hour), package.hours)
    paid, least = text(package.paid), text(package.minimum)
    weight = shown(package.weight)
    hour, least_hour = shown(package.hour / _FEN), shown(package.least_hour / _FEN)
    due = text(rounded(package.least_hour * package.weight))
    steps = [
        Step(Bilingual("折合正常工时", "In normal hours"), _weight_formula(package), number(package.weight)),
        Step(Bilingual("包薪折合一小时", "The package's hour"), f"{paid} ÷ {weight}", hour),
        Step(Bilingual("最低工资一小时", "The minimum wage's hour"), f"{least} ÷ 21.75 ÷ 8", least_hour),
        Step(Bilingual("最少应付", "Least due"), f"{least} ÷ 21.75 ÷ 8 × {weight}", due),
    ]
    if package.owed:
        outcome = Bilingual(
            f"低于最低工资的{least_hour}元，至少应付{due}元，还差{text(rounded(package.owed))}元。",
            f"less than the {least_hour} of the minimum wage; at least {due} was due, {text(rounded(package.owed))} is missing.",
        )
    else:
        outcome = Bilingual(
            f"不低于最低工资的{least_hour}元，包薪已经包含加班费。",
            f"no less than the {least_hour} of the minimum wage, so the package covers the overtime.",
        )
    words = Bilingual(
        f"包薪{paid}元，加班按倍数折合后一共{weight}个正常小时，一小时{hour}元，",
        f"The package of {paid} pays for {weight} normal hours, counting overtime as often as it is paid: {hour} an hour,",
    )
    return Part(gross, package.owed, steps, join(words, outcome))


def package_of(values: Values) -> Package | None:
    """The typed package of a question, if there is one."""
    given = values.get("package")
    if given is None:
        return None
    counts = {key: exact(given[key]) for key in ("workdays", "hours_each", "rest_days", "rest_hours_each")}
    return Package(given["paid"], given["minimum"], **counts)


def _weight_formula(package: Package) -> str:
    hours = package.hours
    return f"174 + {shown(hours['workday'])} × 150% + {shown(hours['rest_day'])} × 200%"


def _lines(each: str, counts: ByKind, gross: ByKind) -> list[Step]:
    return [
        Step(_NAMES[kind], f"{each} × {shown(counts[kind])} × {_PERCENT[kind]}", text(rounded(gross[kind])))
        for kind in KINDS
        if counts[kind]
    ]


def _told(counts: ByKind, gross: ByKind, unit: Bilingual) -> Bilingual | None:
    told = [
        Bilingual(
            f"{_NAMES[kind].zh}{shown(counts[kind])}{unit.zh}×{_PERCENT[kind]}是{text(rounded(gross[kind]))}元。",
            f"{_NAMES[kind].en}: {shown(counts[kind])} {unit.en} × {_PERCENT[kind]} = {text(rounded(gross[kind]))} yuan.",
        )
        for kind in KINDS
        if counts[kind]
    ]
    return join(*told) if told else None
