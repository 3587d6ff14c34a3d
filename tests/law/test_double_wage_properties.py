"""Double wage: what must always hold."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from nuanxin.law.wages.double_wage import Window, months_touched, sums, without_contract
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


@given(STARTS, st.integers(0, 500), st.integers(0, 500))
def test_a_later_filing_never_brings_more(start: date, one: int, other: int) -> None:
    def most(after: int) -> Fraction:
        filed = min(start + timedelta(days=365 + after), date(2026, 11, 23))
        found = ask(start.isoformat(), filed_on=filed.isoformat(), place=BEIJING)
        return Fraction(found.get("amount") or found["readings"][0]["amount"])

    assert most(min(one, other)) >= most(max(one, other))
