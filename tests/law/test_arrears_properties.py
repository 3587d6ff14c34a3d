"""What must always hold of arrears."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from nuanxin.law.periods.counting import add_months
from nuanxin.law.wages.arrears import (
    TIER_READINGS,
    Slice,
    Stretch,
    Tier,
    by_the_month,
    by_the_piece,
    marginal,
    stretches,
    whole,
    whole_months,
)
from tests.law.arrears_questions import ask

DAY = timedelta(days=1)
DAYS = st.dates(date(2007, 1, 1), date(2026, 12, 31))
FEN = st.integers(0, 10**8)


def money(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def fen(found: dict[str, Any], key: str = "amount") -> int:
    return int(found[key].replace(".", ""))


def month(wage: int, first: date, last: date) -> Fraction:
    return by_the_month(wage, list(stretches(first, last)))


@given(FEN, DAYS, DAYS, st.data())
def test_splitting_a_period_at_any_day_changes_it_by_no_more_than_the_rounding(
    wage: int, one: date, other: date, data: st.DataObject
) -> None:
    first, last = min(one, other), max(one, other)
    assume(first < last)
    cut = data.draw(st.dates(first, last - DAY))
    # A whole month is paid in full whatever its paid days, but cut in two it is two part months: so it is cut at its
    # edge, and how far two parts are from the whole is the next property.
    begin = cut.replace(day=1)
    end = add_months(begin, 1) - DAY
    if begin >= first and end <= last:
        cut = end if end < last else begin - DAY
    assume(cut >= first)
    spans = [(first, last), (first, cut), (cut + DAY, last)]
    whole, *parts = (fen(ask("month", money(wage), first=str(a), last=str(b))) for a, b in spans)
    assert abs(sum(parts) - whole) <= 1


@given(FEN, DAYS, st.data())
def test_a_whole_month_cut_in_two_differs_by_its_paid_days_only(
    wage: int, day: date, data: st.DataObject
) -> None:
    begin = day.replace(day=1)
    end = add_months(begin, 1) - DAY
    cut = data.draw(st.dates(begin, end - DAY))
    parts = [next(stretches(begin, cut)), next(stretches(cut + DAY, end))]
    days = sum(part.paid_days or 0 for part in parts)
    assert 19 <= days <= 24
    together = by_the_month(wage, parts)
    assert together == wage * days / Fraction(2175, 100)


@given(FEN, DAYS, DAYS)
def test_another_day_never_earns_less_unless_it_makes_the_month_whole(
    wage: int, one: date, other: date
) -> None:
    first, last = min(one, other), max(one, other)
    assume(last < date(2026, 12, 31))
    after = list(stretches(first, last + DAY))[-1]
    assume(after.paid_days is not None)
    assert month(wage, first, last) <= month(wage, first, last + DAY)


@given(FEN, DAYS, DAYS)
def test_a_time_earns_at_most_24_average_days_a_month(wage: int, one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    touched = (last.year - first.year) * 12 + last.month - first.month + 1
    assert month(wage, first, last) <= wage * touched * 24 / Fraction(2175, 100)


@given(FEN, st.integers(0, 365), st.lists(FEN, max_size=4), FEN)
def test_more_paid_never_raises_the_amount(rate: int, days: int, paid: list[int], more: int) -> None:
    asked = [money(one) for one in paid]
    before = ask("day", money(rate), days=days, paid=asked)
    after = ask("day", money(rate), days=days, paid=[*asked, money(more)])
    assert before["due"] == after["due"]
    assert 0 <= fen(after) <= fen(before)
    assert fen(before) - fen(after) <= more


@given(FEN, st.integers(0, 100), st.integers(0, 100))
def test_days_add_up(rate: int, one: int, other: int) -> None:
    parts = [fen(ask("day", money(rate), days=days)) for days in (one, other)]
    assert sum(parts) == fen(ask("day", money(rate), days=one + other))


@given(DAYS, st.integers(1, 60))
def test_whole_months_are_those_that_end_before_the_corresponding_day(first: date, months: int) -> None:
    last = add_months(first, months) - DAY
    assert whole_months(first, last) == months
    if first.day <= 28:
        assert whole_months(first, last + DAY) is None
        assert whole_months(first, last - DAY) is None or first.day == 1


TIERS = st.lists(st.tuples(st.integers(1, 500), st.integers(0, 1_000)), min_size=1, max_size=5).map(
    lambda steps: (
        [Tier(sum(width for width, _ in steps[: place + 1]), price) for place, (_, price) in enumerate(steps)]
        + [Tier(None, 7)]
    )
)


@given(TIERS, st.fractions(0, 3_000, max_denominator=4))
def test_tiers_count_every_piece_once(tiers: list[Tier], units: Fraction) -> None:
    for count in TIER_READINGS.values():
        slices = count(units, tiers)
        assert slices is not None
        assert sum(one.units for one in slices) == units
        assert by_the_piece(slices) <= units * max(tier.price for tier in tiers)
        assert by_the_piece(slices) >= units * min(tier.price for tier in tiers)


@given(TIERS, st.integers(0, 3_000), st.integers(0, 3_000))
def test_more_pieces_never_earn_less_tier_by_tier(tiers: list[Tier], one: int, other: int) -> None:
    fewer, more = (TIER_READINGS["marginal"](Fraction(units), tiers) for units in sorted((one, other)))
    assert fewer is not None
    assert more is not None
    assert by_the_piece(fewer) <= by_the_piece(more)


def test_a_whole_month_is_one_month() -> None:
    assert Stretch(date(2026, 3, 1), date(2026, 3, 31), None).share == 1
    assert Stretch(date(2026, 3, 1), date(2026, 3, 29), 20).share == Fraction(80, 87)  # 20 ÷ 21.75


def test_a_tier_without_pieces_is_no_part_of_the_sum() -> None:
    tiers = (Tier(1000, 200), Tier(None, 250))
    assert marginal(Fraction(1000), tiers) == [Slice(Fraction(1000), 200)]  # the last piece of the tier
    assert marginal(Fraction(1001), tiers) == [Slice(Fraction(1000), 200), Slice(Fraction(1), 250)]
    assert marginal(Fraction(0), tiers) == whole(Fraction(0), tiers) == []
