"""From a rule and a start day to the day it ends."""

from __future__ import annotations

from datetime import date

from nuanxin.law.basis import Basis, cite
from nuanxin.law.bilingual import Bilingual, join
from nuanxin.law.periods import counting, wording
from nuanxin.law.periods.rule import Due, Rule, Unit
from nuanxin.law.periods.table import RULES, provincial

_CUSTOM = Bilingual("文书上写的期限届满", "the period written on the paper ends")
COUNTING: tuple[Basis, ...] = (cite("民法典", "201"), cite("民法典", "202"), cite("民法典", "203"))


def due(rule: str, start: date, place: str | None = None) -> Due:
    """When the period ``rule`` that starts on ``start`` (not counted) ends at ``place``.

    ``act_by`` is never later than the national rule allows, even where a province gives longer. Raises
    ``KeyError`` for an unknown rule, ``CalendarMissing`` where working days run into an unpublished year.
    """
    national = RULES[rule]
    own = provincial(national, place, start)
    if own is None:
        return _count(national, start)
    ended, national_end = _count(own, start), _count(national, start)
    return _enforce_earlier(ended, national_end)


def due_provisional(rule: str, start: date, place: str | None = None) -> Due:
    """As :func:`due`, but where a year is not published its days are counted as calendar days.

    The day is then never later than the true one, and ``provisional`` is true; count anew when data arrive.
    """
    national = RULES[rule]
    own = provincial(national, place, start)
    ended = _count_provisionally(own or national, start)
    return ended if own is None else _enforce_earlier(ended, _count_provisionally(national, start))


def due_strictly(rule: Rule, start: date) -> Due:
    """One form of a rule by itself, national or provincial, without comparing it with another."""
    return _count(rule, start)


def custom(count: int, unit: Unit, start: date) -> Due:
    """A period read off a paper, such as "within 15 days of receipt"."""
    return _count(Rule("custom", count, unit, date.min, COUNTING, _CUSTOM), start)


def _count(rule: Rule, start: date) -> Due:
    return _ended(rule, start, counting.last_day(start, rule.count, rule.unit))


def _ended(rule: Rule, start: date, strict: date) -> Due:
    rolled, missing = (strict, None) if rule.unit == "working" else counting.roll(strict)
    return Due(
        rule=rule.key,
        strict=strict,
        rolled=rolled,
        act_by=strict,
        provisional=False,
        day_kind=rule.unit,
        basis=rule.basis,
        explanation=wording.explain(start, rule.count, rule.unit, strict, rolled, rule.name),
        missing_year=missing,
        before_in_force=start < rule.since,
        literal=None if rule.unit == "working" else counting.roll_of_worked_weekend(strict),
    )


def _count_provisionally(rule: Rule, start: date) -> Due:
    if rule.unit != "working":
        return _count(rule, start)
    day, missing = counting.provisional_working_days(start, rule.count)
    ended = _ended(rule, start, day)
    if missing is None:
        return ended
    return Due(
        rule=ended.rule,
        strict=day,
        rolled=None,
        act_by=day,
        provisional=True,
        day_kind=ended.day_kind,
        basis=ended.basis,
        explanation=join(ended.explanation, wording.PROVISIONAL),
        missing_year=missing,
        before_in_force=ended.before_in_force,
    )


def _enforce_earlier(ended: Due, national: Due) -> Due:
    """The province's answer, to be acted on no later than the national one (the national Act stands above it)."""
    first = min(ended.act_by, national.act_by)
    explanation = ended.explanation
    if first < ended.act_by:
        explanation = join(explanation, wording.national_first(first))
    return Due(
        rule=ended.rule,
        strict=ended.strict,
        rolled=ended.rolled,
        act_by=first,
        provisional=ended.provisional,
        day_kind=ended.day_kind,
        basis=ended.basis,
        explanation=explanation,
        missing_year=ended.missing_year,
        national_act_by=national.act_by,
        before_in_force=ended.before_in_force,
    )
