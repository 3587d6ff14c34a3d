"""Overtime pay: 150, 200 and 300 % of the hour wage (劳动法 art. 44, 工资支付暂行规定 art. 13).

All sums are exact fractions of a fen; nothing is rounded here, for a rounded hour wage changes the result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from nuanxin.law.calendar import DayKind, kind_of

KINDS = ("workday", "rest_day", "holiday")
ByKind = dict[str, Fraction]

TIMES: ByKind = {"workday": Fraction(3, 2), "rest_day": Fraction(2), "holiday": Fraction(3)}
DAY_HOURS = 8
# 人社部发〔2025〕2号 art. 2: 21.75 paid days a month; the statutory holidays among them are paid
MONTH_HOURS = Fraction(2175, 100) * DAY_HOURS
REST_DAYS, QUARTERS = 104, 4
# 全国年节及纪念日放假办法 art. 2: holidays of all citizens a year, from this year on
_HOLIDAYS = ((2025, 13), (2008, 11))
FIRST_QUARTER_YEAR = _HOLIDAYS[-1][0]
# A package wage pays for full days; fewer hours than this can only be the overtime of an eight-hour day.
_LEAST_FULL_DAY = 6

_OF_DAY = {DayKind.REST: "rest_day", DayKind.STATUTORY: "holiday"}


_NOTHING = Fraction(0)


def nothing() -> ByKind:
    """No hours, pieces or pay of any kind."""
    return dict.fromkeys(KINDS, _NOTHING)


def added(*parts: Mapping[str, Fraction]) -> ByKind:
    """Kind by kind, the sum of several parts."""
    sums = nothing()
    for part in parts:
        for kind, more in part.items():
            if more:
                sums[kind] = sums[kind] + more if sums[kind] else more
    return sums


def total(by_kind: Mapping[str, Fraction]) -> Fraction:
    """All kinds together."""
    return sum([part for part in by_kind.values() if part], _NOTHING)


@dataclass(frozen=True, slots=True)
class Hour:
    """What one hour of normal work is worth, in fen; ``lifted``: the base lay under the minimum wage."""

    pay: Fraction
    lifted: bool


def hour_of(month_base: int, minimum: int | None, hour_base: int | None) -> Hour:
    """The hour wage from the month's base, or as agreed; never less than the minimum wage's hour (劳动法 48)."""
    agreed = Fraction(hour_base) if hour_base is not None else month_base / MONTH_HOURS
    least = (minimum or 0) / MONTH_HOURS
    return Hour(max(agreed, least), agreed < least)


def days_worked(dates: Sequence[date]) -> tuple[ByKind, list[date]]:
    """The hours of full days worked, by the kind of day; and the ordinary working days among them.

    A weekend worked in exchange (调休上班) is an ordinary working day. Raises ``CalendarMissing``.
    """
    hours, ordinary = nothing(), []
    for day in dates:
        kind = _OF_DAY.get(kind_of(day))
        if kind is None:
            ordinary.append(day)
        else:
            hours[kind] += DAY_HOURS
    return hours, ordinary


def less_time_off(hours: ByKind, in_lieu: Fraction) -> ByKind:
    """Time off in exchange takes the place of rest-day pay only, never of holiday or evening pay."""
    return {**hours, "rest_day": max(hours["rest_day"] - in_lieu, Fraction(0))}


def pay(hour: Fraction, hours: Mapping[str, Fraction]) -> ByKind:
    """What hours of each kind earn."""
    return {kind: hour * TIMES[kind] * hours[kind] if hours[kind] else _NOTHING for kind in KINDS}


def quarter_standard(year: int) -> Fraction:
    """The standard hours of a quarter: (365 − 104 − the year's statutory holidays) ÷ 4 × 8; 496 from 2025."""
    holidays = next(days for since, days in _HOLIDAYS if year >= since)
    return Fraction(365 - REST_DAYS - holidays, QUARTERS) * DAY_HOURS


def over_the_quarter(year: int, worked: Fraction, on_holidays: Fraction) -> ByKind:
    """Comprehensive hours: what exceeds the quarter's standard is paid at 150 %, holidays at 300 %.

    Hours on holidays are paid as such and left out of the total, so that no hour is paid twice.
    """
    excess = max(worked - on_holidays - quarter_standard(year), Fraction(0))
    return {"workday": excess, "rest_day": Fraction(0), "holiday": on_holidays}


@dataclass(frozen=True, slots=True)
class Package:
    """A month's wage that is to pay for normal hours and overtime together (包薪). Sums in fen."""

    paid: int
    minimum: int
    workdays: Fraction
    hours_each: Fraction
    rest_days: Fraction
    rest_hours_each: Fraction

    @property
    def read_as_overtime(self) -> bool:
        """Whether ``hours_each`` is too short for a day's work and so means the overtime alone."""
        return 0 < self.hours_each < _LEAST_FULL_DAY

    @property
    def hours(self) -> ByKind:
        """The overtime hours of the month."""
        each = self.hours_each if self.read_as_overtime else max(self.hours_each - DAY_HOURS, Fraction(0))
        return {
            "workday": self.workdays * each,
            "rest_day": self.rest_days * self.rest_hours_each,
            "holiday": Fraction(0),
        }

    @property
    def weight(self) -> Fraction:
        """The month in normal hours: an hour of overtime counts as often as it is paid."""
        return MONTH_HOURS + total(pay(Fraction(1), self.hours))

    @property
    def hour(self) -> Fraction:
        """The hour wage that the package leaves when all hours are paid as the law wants."""
        return self.paid / self.weight

    @property
    def least_hour(self) -> Fraction:
        """The hour of the minimum wage."""
        return self.minimum / MONTH_HOURS

    @property
    def owed(self) -> Fraction:
        """What is missing to the minimum wage and its overtime; nothing when the package covers them."""
        return max(self.least_hour * self.weight - self.paid, Fraction(0))
