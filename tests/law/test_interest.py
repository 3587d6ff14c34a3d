"""Interest on money paid late, and the doubled part in enforcement, against hand-worked sums."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.law import answer
from nuanxin.law.parameters import store
from nuanxin.law.wages.interest import enforcement_default, lpr_stretches

D = date.fromisoformat


def late(**given: Any) -> dict[str, Any]:
    return answer("interest", {"kind": "late_payment", "principal": "10000.00", **given})


def default(**given: Any) -> dict[str, Any]:
    return answer("interest", {"kind": "enforcement_default", "principal": "10000.00", **given})


def by_year(found: dict[str, Any]) -> dict[str, str]:
    return {reading["id"]: reading["amount"] for reading in found["readings"]}


class TestLatePayment:
    def test_a_year_of_365_or_360_days_is_divided(self) -> None:
        # 10,000 × 3 % × 100 ÷ 365 = 82.1917…; ÷ 360 = 83.3333…
        found = late(rate="0.0300", days=100)
        assert by_year(found) == {"365": "82.19", "360": "83.33"}
        assert "amount" not in found
        assert found["readings"][0]["steps"][-1]["formula"] == "10000.00 × 3% × 100 ÷ 365"
        assert "82.19" in found["readings"][0]["explanation"]["zh"]
        assert found["readings"][0]["basis"][0]["mark"] == "M"

    @pytest.mark.parametrize(("year", "amount"), [(365, "82.19"), (360, "83.33")])
    def test_a_given_year_gives_one_amount(self, year: int, amount: str) -> None:
        found = late(rate="0.0300", days=100, year_basis=year)
        assert (found["days"], found["amount"]) == (100, amount)
        assert "readings" not in found
        assert "labour arbitration" in found["explanation"]["en"].lower()

    def test_the_first_day_is_not_counted_and_the_last_is(self) -> None:
        # due by 31 January, paid on 1 March 2026: 28 days of February and 1 March
        found = late(rate="0.0365", year_basis=365, **{"from": "2026-01-31", "to": "2026-03-01"})
        assert (found["days"], found["amount"]) == (29, "29.00")  # a yuan a day

    @pytest.mark.parametrize("key", ["from", "to"])
    def test_one_day_and_the_count_give_the_other(self, key: str) -> None:
        # 10 days of January 2024 at 3.45 %: 10,000 × 0.0345 × 10 ÷ 365 = 9.4520…
        found = late(days=10, year_basis=365, **{key: "2024-01-15"})
        assert (found["days"], found["amount"]) == (10, "9.45")

    def test_paid_on_the_last_day_in_time_there_is_none(self) -> None:
        found = late(year_basis=360, **{"from": "2026-01-31", "to": "2026-01-31"})
        assert (found["days"], found["amount"], found["steps"][0]["formula"]) == (0, "0.00", "0")


class TestPublishedRate:
    def test_a_change_inside_the_period_accrues_piece_by_piece(self) -> None:
        # after 10 October 2024: 11 to 20 October, 10 days at 3.35 %; 21 to 30 October, 10 days at 3.10 %
        # 10,000 × (0.0335 × 10 + 0.0310 × 10) ÷ 365 = 17.6712…
        found = late(year_basis=365, **{"from": "2024-10-10", "to": "2024-10-30"})
        assert (found["days"], found["amount"]) == (20, "17.67")
        assert found["steps"][0]["formula"] == ("10000.00 × 3.35% × 10 ÷ 365 + 10000.00 × 3.1% × 10 ÷ 365")
        assert [one["instrument"] for one in found["basis"][2:]] == ["一年期贷款市场报价利率"]
        assert "LPR" in found["explanation"]["zh"]
        assert "warnings" not in found

    @pytest.mark.parametrize(
        ("last_in_time", "paid_on", "expected"),
        [
            ("2021-12-18", "2021-12-19", [(1, "0.0385")]),
            ("2021-12-19", "2021-12-20", [(1, "0.0380")]),  # the day of publication has the new rate
            ("2019-08-19", "2019-08-21", [(2, "0.0425")]),
            ("2019-12-31", "2020-12-31", [(50, "0.0415"), (60, "0.0405"), (256, "0.0385")]),
            ("2026-01-01", "2026-01-01", []),
        ],
    )
    def test_stretches(self, last_in_time: str, paid_on: str, expected: list[tuple[int, str]]) -> None:
        found = lpr_stretches(D(last_in_time), D(paid_on))
        assert found is not None
        assert [(part.days, part.rate) for part in found] == [
            (days, Fraction(rate)) for days, rate in expected
        ]

    @given(st.dates(D("2019-08-19"), D("2026-03-01")), st.integers(0, 2_000))
    def test_stretches_hold_every_day_once(self, start: date, days: int) -> None:
        found = lpr_stretches(start, start + timedelta(days=days))
        assert found is not None
        assert sum(part.days for part in found) == days

    def test_before_the_first_publication_the_rate_is_asked_for(self) -> None:
        found = late(**{"from": "2019-08-18", "to": "2020-01-01"})  # 19 August 2019 has no LPR
        assert [need["path"] for need in found["needs"]] == ["/rate"]
        assert "amount" not in found
        assert "readings" not in found

    def test_a_rate_that_a_deployment_ended_is_not_stretched(self, tmp_path: Any) -> None:
        (tmp_path / "own.toml").write_text(
            'table = "lpr_one_year"\n[[row]]\nvalue = "0.0290"\nfrom = 2026-06-22\nuntil = 2026-07-19\n'
            'instrument = "LPR"\nsource = "公告"\nmark = "V"\nchecked = 2026-07-01\npersons = ["甲", "乙"]\n',
            encoding="utf-8",
        )
        store.add_folder(tmp_path)
        try:
            inside = late(year_basis=365, **{"from": "2026-06-21", "to": "2026-07-19"})
            # 28 days at 2.9 %: 10,000 × 0.029 × 28 ÷ 365 = 22.2465…
            assert inside["amount"] == "22.25"
            assert "warnings" not in inside
            assert late(**{"from": "2026-06-21", "to": "2026-07-20"})["needs"][0]["path"] == "/rate"
        finally:
            store._folders[:] = [store.SHIPPED]
            store.load.cache_clear()

    def test_a_rate_not_seen_for_over_a_month_is_warned_of(self) -> None:
        seen = late(**{"from": "2026-01-31", "to": "2026-03-24"})
        stale = late(**{"from": "2026-01-31", "to": "2026-03-25"})
        assert "warnings" not in seen
        assert stale["warnings"] == [{"code": "rate_last_seen", "path": "/rate", "on": "2026-02-24"}]

    def test_a_number_of_days_without_dates_has_no_published_rate(self) -> None:
        assert [need["path"] for need in late(days=30)["needs"]] == ["/rate"]


class TestEnforcement:
    def test_the_doubled_part(self) -> None:
        # 10,000 × 0.0175 % = 1.75 a day
        found = default(days=100)
        assert (found["days"], found["amount"]) == (100, "175.00")
        assert found["steps"][0]["value"] == "175.00"
        assert [one["article"] for one in found["basis"]] == ["1", "2", "3"]

    def test_from_the_end_of_the_time_to_performance(self) -> None:
        found = default(**{"from": "2026-03-10", "to": "2026-03-31"})
        assert (found["days"], found["amount"]) == (21, "36.75")
        assert "2026年3月31日" in found["explanation"]["zh"]

    def test_rounded_once_at_the_end(self) -> None:
        # 1,234.57 × 0.0175 % × 7 = 1.51234…
        assert (
            answer("interest", {"kind": "enforcement_default", "principal": "1234.57", "days": 7})["amount"]
            == "1.51"
        )

    def test_rate_and_year_do_not_touch_it(self) -> None:
        found = default(days=100, rate="0.0300", year_basis=360)
        assert found["amount"] == "175.00"
        assert [one["path"] for one in found["warnings"]] == ["/rate", "/year_basis"]

    def test_days_before_the_interpretation_are_not_counted_by_it(self) -> None:
        found = default(**{"from": "2014-07-30", "to": "2014-08-10"})  # 31 July 2014 would count
        assert found["needs"][0]["path"] == "/from"
        assert default(**{"from": "2014-07-31", "to": "2014-08-10"})["days"] == 10
        assert default(**{"from": "2014-07-01", "to": "2014-07-01"})["amount"] == "0.00"


@pytest.mark.parametrize("kind", ["late_payment", "enforcement_default"])
@pytest.mark.parametrize(
    ("given_", "paths"),
    [({}, ["/days"]), ({"from": "2026-01-01"}, ["/to"]), ({"to": "2026-01-01"}, ["/from"])],
)
def test_without_days_they_are_asked_for(kind: str, given_: dict[str, str], paths: list[str]) -> None:
    found = answer("interest", {"kind": kind, "principal": "1.00", **given_})
    assert [need["path"] for need in found["needs"]] == paths


@pytest.mark.parametrize(
    ("given_", "faults"),
    [
        ({"from": "2026-02-01", "to": "2026-01-31"}, [("/to", "dates_out_of_order")]),
        ({"from": "2026-01-01", "to": "2026-01-31", "days": 31}, [("/days", "conflict")]),
        ({"days": 1, "year_basis": 364}, [("/year_basis", "invalid_choice")]),
        ({"days": -1}, [("/days", "out_of_range")]),
        ({"days": 1, "rate": 0.03}, [("/rate", "invalid_rate")]),
        ({"days": 1, "rate": "3"}, [("/rate", "invalid_rate")]),
        ({"days": 1, "rate": "3.0000"}, [("/rate", "invalid_rate")]),
        ({"days": 1, "rate": "-0.01"}, [("/rate", "invalid_rate")]),
    ],
)
def test_bad_questions(given_: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    assert [(fault["path"], fault["code"]) for fault in late(**given_)["errors"]] == faults


@given(st.integers(0, 10**9), st.integers(0, 3_000), st.integers(0, 3_000))
def test_two_stretches_are_worth_no_less_than_one(fen: int, one: int, other: int) -> None:
    def amount(days: int) -> Fraction:
        found = answer(
            "interest",
            {"kind": "enforcement_default", "principal": f"{fen // 100}.{fen % 100:02d}", "days": days},
        )
        return Fraction(found["amount"])

    assert abs(amount(one) + amount(other) - amount(one + other)) <= Fraction(1, 100)


def test_the_doubled_part_is_175_in_a_million_a_day_to_the_fraction() -> None:
    # 迟延履行利息司法解释 art. 1: 1.75 ten-thousandths
    assert enforcement_default(1, 1) == Fraction(7, 40_000)
    assert enforcement_default(10**14, 3650) == 10**14 * 3650 * Fraction(7, 40_000)
