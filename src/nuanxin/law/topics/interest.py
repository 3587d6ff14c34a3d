"""``interest``: on money paid late, and the doubled part for not obeying a judgment."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from nuanxin.law.basis import cite
from nuanxin.law.bilingual import Bilingual, dated, join
from nuanxin.law.money import rounded, shown, text
from nuanxin.law.parameters import found_basis
from nuanxin.law.periods.counting import add_months
from nuanxin.law.question import Faults, Shape, Values, choice, day, in_order, money, need, whole
from nuanxin.law.topic import Body, Topic, ask_for, reply
from nuanxin.law.wages.interest import (
    DEFAULT_SINCE,
    Stretch,
    enforcement_default,
    late_payment,
    lpr_stretches,
)
from nuanxin.law.workings import Step, reading, steps_json

_LATE = cite("民法典", "577")
_FIRST_DAY = cite("民事诉讼法", "85")
_DEFAULT = tuple(cite("迟延履行利息司法解释", article) for article in ("1", "2", "3"))
_EARLIER = cite("迟延履行利息司法解释", "7")
BASIS = (_LATE, _FIRST_DAY, *_DEFAULT, _EARLIER)
YEARS = (365, 360)
_RATE = re.compile(r"\d\.\d{1,10}", re.ASCII)


def rate(value: Any, path: str, faults: Faults) -> Any:
    """A yearly rate as a decimal string, at most 1: ``"0.0300"`` is 3 %."""
    found = Fraction(value) if type(value) is str and _RATE.fullmatch(value) else None
    if found is None or found > 1:
        return faults.add(
            path,
            "invalid_rate",
            '年利率写成小数的字符串，比如 3% 写 "0.0300"，不超过1',
            'a yearly rate is a decimal string, 3 % is "0.0300", at most 1',
        )
    return found


SHAPE = Shape(
    {"principal": money, "kind": choice("late_payment", "enforcement_default")},
    {
        "rate": rate,
        "days": whole(0, 100_000),
        "from": day,
        "to": day,
        "year_basis": whole(360, 365),
    },
)


def check(values: Values, faults: Faults) -> None:
    """Days run forward and agree with their count; a year has 360 or 365 days."""
    in_order(values, "from", "to", faults)
    if values.get("year_basis", 360) not in YEARS:
        faults.add("/year_basis", "invalid_choice", "只能是 360 或 365", "one of: 360, 365")
    count, first, last = values.get("days"), values.get("from"), values.get("to")
    if count is not None and first is not None and last is not None and (last - first).days != count:
        faults.add(
            "/days",
            "conflict",
            "天数和起止日期对不上（起日不算，止日算）",
            "the number of days does not fit from and to (the first is not counted, the last is)",
        )


def respond(values: Values) -> Body:
    """The interest, or both readings of the year."""
    if values["kind"] == "enforcement_default":
        return _enforcement(values)
    first, last = _span(values)
    count = values.get("days") if first is None or last is None else (last - first).days
    if count is None:
        return ask_for(_needs_days(values), (_LATE, _FIRST_DAY))
    if "rate" in values:
        return _late(values, count, [Stretch(count, values["rate"])])
    if first is None or last is None:
        return ask_for([need("/rate", _NO_DATES)], (_LATE, _FIRST_DAY))
    stretches = lpr_stretches(first, last)
    if stretches is None:
        return ask_for([need("/rate", _NO_LPR)], (_LATE, _FIRST_DAY))
    return _late(values, count, stretches)


_NO_DATES = Bilingual(
    "要么写明利率，要么写明从哪天到哪天：按当时的一年期LPR算。",
    "Either the rate, or from which day to which: the one-year LPR of that time is used.",
)
_NO_LPR = Bilingual(
    "这段时间里有的日子没有LPR（2019年8月20日以前没有），请查了当时的利率填上。",
    "There is no LPR for part of these days (none before 20 August 2019); look up the rate and give it.",
)
_NO_DAYS = Bilingual(
    "要知道拖了多少天，或者从哪天到哪天。", "The number of days, or from which day to which."
)
_BEFORE = Bilingual(
    "2014年8月1日以前的日子按旧规定算，这里只能算从那天起的。",
    "Days before 1 August 2014 follow the earlier rules; only those from then on can be counted here.",
)
_IN_LABOUR_CASES = Bilingual(
    "劳动仲裁追工资一般不支持利息；打了欠条、和解协议或者属于劳务的，可以要。",
    "Labour arbitration normally awards no interest on wages; with an IOU, a settlement or a service relation it can be claimed.",
)
_ON_TOP = Bilingual(
    "判决书里写明的普通利息另算。", "Ordinary interest that the judgment orders comes on top of it."
)


def _span(values: Values) -> tuple[date | None, date | None]:
    """The last day in time and the day of payment, one worked out from the other where days are given."""
    first, last, count = values.get("from"), values.get("to"), values.get("days")
    if count is not None and first is not None and last is None:
        last = first + timedelta(days=count)
    elif count is not None and last is not None and first is None:
        first = last - timedelta(days=count)
    return first, last


def _needs_days(values: Values) -> list[dict[str, Any]]:
    given = values.keys() & {"from", "to"}
    return [need(f"/{key}", _NO_DAYS) for key in (("from", "to") if given else ("days",)) if key not in given]


def _late(values: Values, count: int, stretches: list[Stretch]) -> Body:
    """Interest on money paid late; the year of 365 or 360 days is divided unless it is given."""
    principal, basis_year = values["principal"], values.get("year_basis")
    basis = [_LATE, _FIRST_DAY, *(found_basis(part.row) for part in stretches if part.row is not None)]
    warnings = _warnings(stretches, _span(values)[1])
    if basis_year is not None:
        total = late_payment(principal, stretches, basis_year)
        words = join(_late_words(principal, count, stretches, basis_year, total), _IN_LABOUR_CASES)
        steps = _late_steps(principal, stretches, basis_year, total)
        return reply(
            {"days": count, "amount": text(rounded(total)), "steps": steps_json(steps)},
            basis,
            words,
            warnings,
        )
    readings = []
    for year in YEARS:
        total = late_payment(principal, stretches, year)
        readings.append(
            reading(
                str(year),
                {"amount": text(rounded(total))},
                basis,
                _late_words(principal, count, stretches, year, total),
                _late_steps(principal, stretches, year, total),
            )
        )
    divided = Bilingual(
        "一年按365天还是360天算，各地做法不同，两种都列出来。",
        "Practice differs on a year of 365 or 360 days; both are given.",
    )
    return reply({"days": count, "readings": readings}, basis, join(divided, _IN_LABOUR_CASES), warnings)


def _percent(rate: Fraction) -> str:
    return f"{shown(rate * 100, 8)}%"


def _late_words(
    principal: int, count: int, stretches: list[Stretch], year: int, total: Fraction
) -> Bilingual:
    rates = list(dict.fromkeys(_percent(part.rate) for part in stretches))
    published = any(part.row for part in stretches)
    kind = (
        Bilingual("同期一年期LPR", "the one-year LPR of the time")
        if published
        else Bilingual("年利率", "a yearly rate of")
    )
    sum_ = text(rounded(total))
    return Bilingual(
        f"本金{text(principal)}元，拖了{count}天，按{kind.zh}（{'、'.join(rates)}）、一年{year}天算，利息是{sum_}元。",
        f"{text(principal)} yuan for {count} days at {kind.en} ({', '.join(rates)}), a year of {year} days: {sum_} yuan.",
    )


def _late_steps(principal: int, stretches: list[Stretch], year: int, total: Fraction) -> list[Step]:
    parts = [f"{text(principal)} × {_percent(part.rate)} × {part.days} ÷ {year}" for part in stretches]
    return [Step(Bilingual("利息", "Interest"), " + ".join(parts) or "0", text(rounded(total)))]


def _warnings(stretches: list[Stretch], last: date | None) -> list[dict[str, Any]]:
    """A rate is published every month; the newest one in the table may have been replaced since it was seen."""
    newest = stretches[-1].row if stretches else None
    if newest is None or last is None or newest.until is not None or last <= add_months(newest.checked, 1):
        return []
    return [{"code": "rate_last_seen", "path": "/rate", "on": newest.checked.isoformat()}]


def _enforcement(values: Values) -> Body:
    """The doubled part: a fixed daily rate that no agreed rate and no year touches."""
    first, last = _span(values)
    count = values.get("days") if first is None or last is None else (last - first).days
    if count is None:
        return ask_for(_needs_days(values), _DEFAULT)
    if first is not None and count and first + timedelta(days=1) < DEFAULT_SINCE:
        return ask_for([need("/from", _BEFORE)], (*_DEFAULT, _EARLIER))
    principal = values["principal"]
    sum_ = text(rounded(enforcement_default(principal, count)))
    until = (
        Bilingual("", "") if last is None else Bilingual(f"，到{dated(last).zh}", f", to {dated(last).en}")
    )
    words = Bilingual(
        f"没有按期履行的{text(principal)}元，每天加万分之一点七五，{count}天{until.zh}，加倍部分利息是{sum_}元。",
        f"{text(principal)} yuan not paid in time, 0.0175 % a day for {count} days{until.en}: the doubled part is {sum_} yuan.",
    )
    steps = [Step(Bilingual("加倍部分", "Doubled part"), f"{text(principal)} × 0.0175% × {count}", sum_)]
    ignored = [{"code": "not_used", "path": f"/{key}"} for key in ("rate", "year_basis") if key in values]
    body = {"days": count, "amount": sum_, "steps": steps_json(steps)}
    return reply(body, _DEFAULT, join(words, _ON_TOP), ignored)


TOPIC = Topic("interest", SHAPE, respond, BASIS, check)
