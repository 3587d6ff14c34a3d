"""Puts the parts of an overtime claim together under the hours system that applies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from nuanxin.law.basis import Basis, cite
from nuanxin.law.bilingual import Bilingual, join
from nuanxin.law.money import exact, rounded, shown, text
from nuanxin.law.question import Values, need
from nuanxin.law.topic import Body, ask_for, reply
from nuanxin.law.topics.overtime.parts import (
    Part,
    by_the_hour,
    by_the_piece,
    in_a_package,
    package_of,
)
from nuanxin.law.wages.overtime import (
    KINDS,
    ByKind,
    added,
    days_worked,
    less_time_off,
    nothing,
    over_the_quarter,
    quarter_standard,
)
from nuanxin.law.workings import Step, number, reading, steps_json

_RATES = tuple(cite("劳动法", f"44({number})") for number in (1, 2, 3))
_OWN_WAGE, _DIVISOR = cite("工资支付暂行规定", "13(1)"), cite("工作时间和工资折算通知", "2")
_MINIMUM, _HOLIDAYS = cite("劳动法", "48(2)"), cite("全国年节及纪念日放假办法", "2")
_PIECE, _IRREGULAR = cite("工资支付暂行规定", "13(2)"), cite("工资支付暂行规定", "13(4)")
_COMPREHENSIVE = (cite("工资支付暂行规定", "13(3)"), cite("工作时间和工资折算通知", "1"))
BASIS = (*_RATES, _OWN_WAGE, _DIVISOR, _MINIMUM, _HOLIDAYS, _PIECE, *_COMPREHENSIVE, _IRREGULAR)
_USUAL = (*_RATES, _OWN_WAGE, _DIVISOR)

_WHICH_HOURS = Bilingual(
    "要知道加了哪些班：工作日、休息日、法定节日各多少小时，或者哪几天全天上了班。",
    "Which overtime: hours on working days, rest days and statutory holidays, or the full days worked.",
)
_WHICH_QUARTER = Bilingual(
    "综合计算工时要按季度算：哪个季度、一共做了多少小时。",
    "Comprehensive hours are counted by the quarter: which quarter, and all hours worked in it.",
)


@dataclass(slots=True)
class Counted:
    """The overtime hours under a system, what to cite for them, what to say and what to warn of."""

    hours: ByKind
    basis: tuple[Basis, ...] = ()
    words: Bilingual | None = None
    steps: list[Step] = field(default_factory=list)
    warnings: list[dict[str, Any]] = field(default_factory=list)


def respond(values: Values) -> Body:
    """Pay by kind of day and what is still owed, or both readings of irregular hours."""
    system = values.get("system", "standard")
    missing = _needs(values, system)
    if missing:
        return ask_for(missing, _USUAL)
    given, ordinary = days_worked(values.get("dates", ()))
    hours = added({kind: exact(count) for kind, count in values.get("hours", {}).items()}, given)
    counted = _SYSTEMS[system](values, hours)
    counted.warnings += _ordinary_days(values, ordinary)
    if values.get("dates"):
        counted.basis += (_HOLIDAYS,)
    return _divided(values, counted) if system == "irregular" else _single(values, counted)


def _needs(values: Values, system: str) -> list[dict[str, Any]]:
    by_quarter = values.keys() & {"quarter", "quarter_hours"}
    if system == "comprehensive" and (by_quarter or not _other_work(values)):
        return [
            need(f"/{key}", _WHICH_QUARTER) for key in ("quarter", "quarter_hours") if key not in by_quarter
        ]
    return [] if _other_work(values) else [need("/hours", _WHICH_HOURS)]


def _other_work(values: Values) -> bool:
    return bool(values.keys() & {"hours", "dates", "piece", "package"})


def _standard(values: Values, hours: ByKind) -> Counted:
    """Eight hours a day, forty a week; time off in exchange spares the employer rest-day pay only."""
    off = exact(values.get("in_lieu", {}).get("rest_day", 0))
    left = less_time_off(hours, off)
    unused = [
        _not_used(f"/{key}") for key in ("quarter", "quarter_hours", "quarter_holiday_hours") if key in values
    ]
    words = None
    if left["rest_day"] != hours["rest_day"]:
        spared = shown(hours["rest_day"] - left["rest_day"])
        words = Bilingual(
            f"休息日加班里有{spared}小时已经补休，不再付钱。",
            f"{spared} hours of rest-day work were given back as time off and earn nothing more.",
        )
    return Counted(left, words=words, warnings=unused)


def _comprehensive(values: Values, hours: ByKind) -> Counted:
    """Only the quarter's total counts: a rest day in it is like any other day, a holiday is not."""
    given, apart = values.get("hours", {}), values.get("quarter_holiday_hours")
    on_holidays = hours["holiday"] if apart is None else exact(apart)
    unused = [_not_used(f"/hours/{kind}") for kind in ("workday", "rest_day") if given.get(kind)]
    if hours["rest_day"] > exact(given.get("rest_day", 0)):
        unused.append(_not_used("/dates"))
    if values.get("in_lieu"):
        unused.append(_not_used("/in_lieu"))
    if apart is not None and hours["holiday"]:
        unused.append(_not_used("/hours/holiday" if given.get("holiday") else "/dates"))
    if "quarter" not in values:
        only = {**nothing(), "holiday": on_holidays}
        return Counted(only, _COMPREHENSIVE, warnings=unused)
    worked, standard = exact(values["quarter_hours"]), quarter_standard(values["quarter"])
    counted = over_the_quarter(values["quarter"], worked, on_holidays)
    excess = shown(counted["workday"])
    formula = f"{shown(worked)} − {shown(on_holidays)} − {shown(standard)}"
    words = Bilingual(
        f"这个季度的标准工时是{shown(standard)}小时；总工时减去节日工时和标准工时（{formula}），超出{excess}小时。",
        f"The quarter's standard is {shown(standard)} hours; all hours less holiday hours and the standard ({formula}) leave {excess}.",
    )
    step = Step(Bilingual("超出标准的工时", "Hours over the standard"), formula, number(counted["workday"]))
    return Counted(counted, (*_COMPREHENSIVE, _HOLIDAYS), words, [step], unused)


def _irregular(values: Values, hours: ByKind) -> Counted:
    """Nationally nothing is due; what some provinces pay is a matter of the readings."""
    unused = [_not_used("/package")] if "package" in values else []
    return Counted({**nothing(), "holiday": hours["holiday"]}, (_IRREGULAR,), warnings=unused)


_SYSTEMS: dict[str, Callable[[Values, ByKind], Counted]] = {
    "standard": _standard,
    "comprehensive": _comprehensive,
    "irregular": _irregular,
}


def _not_used(path: str) -> dict[str, Any]:
    return {"code": "not_used", "path": path}


def _ordinary_days(values: Values, ordinary: list[date]) -> list[dict[str, Any]]:
    """Full days given as overtime that were working days, worked weekends among them."""
    return [
        {
            "code": "ordinary_working_day",
            "path": f"/dates/{values['dates'].index(day)}",
            "on": day.isoformat(),
        }
        for day in ordinary
    ]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The four sums of the contract, and how they came about."""

    body: dict[str, str]
    basis: list[Basis]
    words: Bilingual
    steps: list[Step]


def _outcome(values: Values, counted: Counted, kinds: tuple[str, ...] = KINDS) -> Outcome:
    """All parts together, of the given kinds of day; sums are rounded only here."""
    parts, basis = _parts(values, counted, kinds)
    paid = values.get("paid", 0)
    gross = added(*(part.gross for part in parts))
    owed = rounded(max(sum((part.owed for part in parts), Fraction(0)) - paid, Fraction(0)))
    return Outcome(
        body={**{kind: text(rounded(gross[kind])) for kind in KINDS}, "amount": text(owed)},
        basis=basis,
        words=join(*(part.words for part in parts), _owed_words(owed, paid)),
        steps=[step for part in parts for step in part.steps],
    )


def _parts(values: Values, counted: Counted, kinds: tuple[str, ...]) -> tuple[list[Part], list[Basis]]:
    parts, basis = [], [*_USUAL, *counted.basis]
    if any(counted.hours.values()) or not values.keys() & {"piece", "package"}:
        parts.append(by_the_hour(values, counted.hours))
        basis += [_MINIMUM] if "minimum" in values else []
    if "piece" in values:
        parts.append(by_the_piece(values, kinds))
        basis.append(_PIECE)
    package = package_of(values)
    if package is not None and kinds == KINDS:
        parts.append(in_a_package(package))
        basis.append(_MINIMUM)
    return parts, basis


def _owed_words(owed: int, paid: int) -> Bilingual:
    if paid:
        return Bilingual(
            f"已经付了{text(paid)}元，还欠{text(owed)}元。",
            f"{text(paid)} yuan were paid; {text(owed)} are still owed.",
        )
    return Bilingual(f"一共欠{text(owed)}元。", f"{text(owed)} yuan are owed in all.")


def _single(values: Values, counted: Counted) -> Body:
    found = _outcome(values, counted)
    package = package_of(values)
    if package is not None and package.read_as_overtime:
        counted.warnings.append({"code": "read_as_overtime", "path": "/package/hours_each"})
    steps = steps_json([*counted.steps, *found.steps])
    words = join(counted.words, found.words)
    return reply({**found.body, "steps": steps}, found.basis, words, counted.warnings)


_NOT_DUE = Bilingual(
    "实行不定时工时制（要经劳动部门批准）的，国家规定没有加班费。",
    "Under irregular hours, which need approval, national rules give no overtime pay.",
)
_SOME_PLACES = Bilingual(
    "有的省规定不定时工时制的人在法定节日上班也要付300%。",
    "Some provinces have statutory holidays paid at 300 % under irregular hours too.",
)


def _divided(values: Values, counted: Counted) -> Body:
    """Irregular hours: nothing, or both readings where hours or pieces fall on statutory holidays."""
    none = dict.fromkeys((*KINDS, "amount"), text(0))
    basis = (_IRREGULAR,)
    if not counted.hours["holiday"] and not values.get("piece", {}).get("holiday"):
        return reply(none, basis, _NOT_DUE, counted.warnings)
    some = _outcome(values, counted, ("holiday",))
    readings = [
        reading("national", none, basis, _NOT_DUE),
        reading("holidays_paid", some.body, some.basis, join(_SOME_PLACES, some.words), some.steps),
    ]
    return reply({"readings": readings}, basis, join(_NOT_DUE, _SOME_PLACES), counted.warnings)
