"""Double wage: what must always hold."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from nuanxin.law.periods.counting import add_months
from nuanxin.law.wages.double_wage import Window, _cut, months_touched, sums, without_contract
from tests.law.double_wage_questions import BEIJING, ask

STARTS = st.dates(date(2008, 1, 1), date(2025, 6, 30))
WAGE = 500_000


def earned(window: Window | None) -> dict[str, Fraction]:
    if window is None:
        return {}
    found = sums(window, dict.fromkeys(months_touched(window), WAGE))
    return {id_: one.amount for id_, one in found.items()}


@given(STARTS, st.integers(0, 500))
def test_never_more_than_eleven_months_by_the_anniversary(start: date, days: int) -> None:
    for id_, amount in earned(without_contract(start, start + timedelta(days=days))).items():
        assert 0 <= amount <= (11 if id_ == "anniversary" else 12) * WAGE


@given(STARTS, st.integers(0, 500), st.integers(0, 500))
def test_a_later_contract_never_earns_less(start: date, one: int, other: int) -> None:
    early, late = (
        earned(without_contract(start, start + timedelta(days=days)))
        for days in (min(one, other), max(one, other))
    )
    for id_ in early.keys() & late.keys():
        assert early[id_] <= late[id_]


@given(STARTS, st.integers(30, 500))
def test_every_day_of_the_window_stands_in_one_stretch(start: date, days: int) -> None:
    window = without_contract(start, start + timedelta(days=days))
    if window is None:
        return
    for one in sums(window, dict.fromkeys(months_touched(window), WAGE)).values():
        parts = sum((part.stretch.last - part.stretch.first).days + 1 for part in one.parts)
        left = (window.last - window.first).days + 1 - parts
        assert 28 * len(one.wages) <= left <= 31 * len(one.wages)


@given(STARTS, st.integers(30, 500), st.integers(0, 400))
def test_what_a_late_filing_leaves_is_cut_without_a_gap(start: date, days: int, lost: int) -> None:
    window = without_contract(start, start + timedelta(days=days))
    left = None if window is None else window.since(window.first + timedelta(days=lost))
    if left is None:
        return
    for anchor in (left.anchor, left.first.replace(day=1)):
        stretches = list(_cut(left, anchor))
        assert (stretches[0].first, stretches[-1].last) == (left.first, left.last)
        for one, following in pairwise(stretches):
            assert following.first == one.last + timedelta(days=1)
        for one in stretches:
            # a whole month begins on the anchor's day, or on the last of a month that has no such day
            assert one.last >= one.first
            assert not one.whole or one.first == add_months(anchor, months_between(anchor, one.first))


def months_between(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month


@given(STARTS, st.integers(0, 500), st.integers(0, 500))
def test_a_later_filing_never_brings_more(start: date, one: int, other: int) -> None:
    def most(after: int) -> Fraction:
        filed = min(start + timedelta(days=365 + after), date(2026, 11, 23))
        found = ask(start.isoformat(), filed_on=filed.isoformat(), place=BEIJING)
        return Fraction(found.get("amount") or found["readings"][0]["amount"])

    assert most(min(one, other)) >= most(max(one, other))


def test_readings_that_come_to_the_same_are_one() -> None:
    # from the first of a month every reading has the same whole months, whatever each month's wage
    window = without_contract(date(2025, 1, 1), date(2025, 4, 30))
    assert window is not None
    found = sums(window, {"2025-02": 400_000, "2025-03": 500_000, "2025-04": 600_000})
    assert {id_: one.amount for id_, one in found.items()} == {"anniversary": 1_500_000}
