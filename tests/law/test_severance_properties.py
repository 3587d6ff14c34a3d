"""Severance: what is refused, and what must always hold."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.law.wages.endings import ENDINGS
from nuanxin.law.wages.severance import Base, base_of, month_end, months_of_service, severance_years
from tests.law.severance_questions import D, ask, items


@pytest.mark.parametrize(
    ("given_", "faults"),
    [
        ({"ended_on": "2020-02-29"}, [("/ended_on", "dates_out_of_order")]),
        ({"started_on": "2000-01-01", "ended_on": "2007-12-31"}, [("/ended_on", "out_of_range")]),
        ({"wages": ["1.00"]}, [("/wages", "conflict")]),
        ({"bonus": "1.00"}, [("/bonus", "conflict")]),
        (
            {
                "average_wage": None,
                "started_on": "2024-01-31",
                "ended_on": "2024-02-01",
                "wages": ["1.00"] * 3,
            },
            [("/wages", "conflict")],
        ),
        ({"wages": ["1.00"] * 13}, [("/wages", "out_of_range")]),
        ({"local_average_wage": {"annual": 1}}, [("/local_average_wage/annual", "invalid_money")]),
        ({"local_average_wage": {}}, [("/local_average_wage/annual", "required")]),
        ({"local_average_wage": "9000"}, [("/local_average_wage", "invalid_money")]),
        ({"claimed": ["wages"]}, [("/claimed/0", "invalid_choice")]),
    ],
)
def test_bad_questions(given_: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    assert [(fault["path"], fault["code"]) for fault in ask(**given_)["errors"]] == faults


STARTS = st.dates(D("2008-01-01"), D("2026-01-01"))


@given(STARTS, st.integers(0, 7_000), st.integers(0, 7_000))
def test_more_service_never_lowers_severance(start: date, one: int, other: int) -> None:
    for full in (month_end, None):
        counting = {} if full is None else {"full": full}
        short = severance_years(start, start + timedelta(days=min(one, other)), **counting)
        long = severance_years(start, start + timedelta(days=max(one, other)), **counting)
        assert short <= long


@given(STARTS, st.integers(0, 7_000))
def test_years_stand_within_half_a_year_of_the_calendar(start: date, days: int) -> None:
    years = severance_years(start, start + timedelta(days=days))
    assert years * 2 == int(years * 2)
    assert Fraction(days, 366) <= years <= Fraction(days, 365) + Fraction(3, 5)


@given(
    st.sampled_from(sorted(ENDINGS)),
    STARTS,
    st.integers(0, 7_000),
    st.integers(0, 10_000_000),
    st.booleans(),
)
def test_items_sum_to_the_amount(reason: str, start: date, days: int, wage: int, notice: bool) -> None:
    found = ask(
        end_reason=reason,
        started_on=start.isoformat(),
        ended_on=(start + timedelta(days=days)).isoformat(),
        average_wage=f"{wage // 100}.{wage % 100:02d}",
        last_month_wage="5000.00",
        notice_given=notice,
    )
    for outcome in found.get("readings", [found]):
        *parts, amount = (Fraction(one) for one in items(outcome))
        assert abs(sum(parts) - amount) <= Fraction(1, 100)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2025-03-01", "2025-03-30", 0),
        ("2025-03-01", "2025-03-31", 1),  # full on its last day, and not before
        ("2025-03-01", "2025-04-01", 1),
        ("2024-12-15", "2025-02-14", 2),
        ("2025-01-31", "2025-02-27", 1),  # February has no 31st: full the day before its last
        ("2023-05-10", "2026-05-09", 36),
        ("2025-05-10", "2025-05-10", 0),
    ],
)
def test_full_months_of_service(first: str, last: str, months: int) -> None:
    assert months_of_service(D(first), D(last)) == months


@pytest.mark.parametrize(
    ("start", "months", "full_on"),
    [
        ("2025-01-31", 2, "2025-03-30"),  # March has a 31st
        ("2025-01-31", 1, "2025-02-28"),  # February has none
        ("2025-01-28", 1, "2025-02-27"),
        ("2024-01-30", 1, "2024-02-29"),
        ("2024-01-29", 1, "2024-02-28"),
    ],
)
def test_a_month_is_full_at_its_end_only_where_it_lacks_the_day(
    start: str, months: int, full_on: str
) -> None:
    assert month_end(D(start), months) == D(full_on)


@pytest.mark.parametrize(
    ("wage", "minimum", "average", "base"),
    [
        (500, 1000, 400, Base(Fraction(1000), lifted=True, capped=False)),
        (500, 1000, 300, Base(Fraction(900), lifted=True, capped=True)),  # the cap stands above the floor
        (900, 500, 300, Base(Fraction(900), lifted=False, capped=False)),  # exactly three times
        (901, 500, 300, Base(Fraction(900), lifted=False, capped=True)),
    ],
)
def test_floor_and_cap_together(wage: int, minimum: int, average: int, base: Base) -> None:
    found = base_of(Fraction(wage), minimum, Fraction(average))
    assert found == base
    assert (type(found.lifted), type(found.capped)) == (bool, bool)
