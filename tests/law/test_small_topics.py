"""Payday, group, fees, retirement, crime and final award, and the money they are told in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.law import answer
from nuanxin.law.money import rounded, text


@pytest.mark.parametrize(
    ("agreed", "due_by"),
    [
        ("2026-03-16", "2026-03-16"),  # a Monday
        ("2026-03-15", "2026-03-13"),  # a Sunday: the Friday before
        ("2026-02-20", "2026-02-14"),  # in the Spring Festival: the worked Saturday before it
        ("2026-02-28", "2026-02-28"),  # a worked Saturday is a working day
        ("2026-05-01", "2026-04-30"),
    ],
)
def test_a_payday_on_a_day_off_is_paid_before_it(agreed: str, due_by: str) -> None:
    assert answer("payday", {"agreed": agreed})["due_by"] == due_by


def test_a_payday_in_an_unpublished_year_is_not_guessed() -> None:
    fault = answer("payday", {"agreed": "2027-01-15"})["errors"][0]
    assert (fault["path"], fault["code"]) == ("/agreed", "calendar_missing")


@pytest.mark.parametrize(
    ("workers", "forum", "expected"),
    [
        (9, "arbitration", None),
        (10, "arbitration", {"min": 3, "max": 5}),
        (9, "court", None),
        (10, "court", {"min": 2, "max": 5}),
        (73, "arbitration", {"min": 3, "max": 5}),
    ],
)
def test_ten_or_more_choose_representatives(
    workers: int, forum: str, expected: dict[str, int] | None
) -> None:
    assert answer("group", {"workers": workers, "forum": forum})["representatives"] == expected


@pytest.mark.parametrize(
    ("kind", "amount", "simplified", "fee"),
    [
        ("labour_suit", "130000.00", None, "10.00"),
        ("labour_suit", "130000.00", True, "5.00"),
        ("property_suit", "0.00", None, "50.00"),
        ("property_suit", "10000.00", None, "50.00"),
        # 50 + 2.5 % of 90,000 = 2,300
        ("property_suit", "100000.00", None, "2300.00"),
        # 2,300 + 2 % of 30,000 = 2,900
        ("property_suit", "130000.00", None, "2900.00"),
        ("property_suit", "130000.00", True, "1450.00"),
        ("property_suit", "200000.00", False, "4300.00"),
        ("property_suit", "500000.00", None, "8800.00"),
        ("property_suit", "1000000.00", None, "13800.00"),
        ("property_suit", "2000000.00", None, "22800.00"),
        ("property_suit", "5000000.00", None, "46800.00"),
        ("property_suit", "10000000.00", None, "81800.00"),
        ("property_suit", "20000000.00", None, "141800.00"),
        ("property_suit", "30000000.00", None, "191800.00"),
        # 50 + 2.5 % of 0.01 = 50.00025, rounded once
        ("property_suit", "10000.01", None, "50.00"),
        # 50 ÷ 3 = 16.666…
        ("payment_order", "8000.00", None, "16.67"),
        ("payment_order", "100000.00", True, "766.67"),  # simplified procedure does not touch it
        ("preservation", "1000.00", None, "30.00"),
        # 30 + 1 % of 99,000 = 1,020
        ("preservation", "100000.00", None, "1020.00"),
        # 1,020 + 0.5 % of 100,000 = 1,520
        ("preservation", "200000.00", None, "1520.00"),
        ("preservation", "896000.00", None, "5000.00"),
        ("preservation", "99000000.00", None, "5000.00"),
    ],
)
def test_fees(kind: str, amount: str, simplified: bool | None, fee: str) -> None:
    asked: dict[str, Any] = {"kind": kind, "amount": amount}
    if simplified is not None:
        asked["simplified"] = simplified
    assert answer("fees", asked)["amount"] == fee


def fee(kind: str, fen: int) -> Fraction:
    return Fraction(answer("fees", {"kind": kind, "amount": text(fen)})["amount"])


@given(
    st.sampled_from(["labour_suit", "property_suit", "payment_order", "preservation"]),
    st.integers(0, 10**13),
    st.integers(0, 10**13),
)
def test_claiming_more_never_costs_less(kind: str, one: int, other: int) -> None:
    assert fee(kind, min(one, other)) <= fee(kind, max(one, other))


@pytest.mark.parametrize(
    ("asked", "on"),
    [
        ({"sex": "male", "born_on": "1964-12-31"}, "2024-12-31"),  # sixty before 2025: no delay
        ({"sex": "male", "born_on": "1965-01-17"}, "2025-02-17"),  # the published example: one month
        ({"sex": "male", "born_on": "1965-04-30"}, "2025-05-30"),
        ({"sex": "male", "born_on": "1965-05-01"}, "2025-07-01"),  # the fifth month: two months
        ({"sex": "male", "born_on": "1965-10-31"}, "2026-01-31"),  # 60 and 3 months
        ({"sex": "male", "born_on": "1965-11-30"}, "2026-02-28"),  # no 30 February
        ({"sex": "male", "born_on": "1976-08-31"}, "2039-07-31"),  # 140th month: 35 months
        ({"sex": "male", "born_on": "1976-09-01"}, "2039-09-01"),  # 63
        ({"sex": "male", "born_on": "1990-06-15"}, "2053-06-15"),
        ({"sex": "male", "post": "worker", "born_on": "1990-06-15"}, "2053-06-15"),
        ({"sex": "female", "post": "cadre", "born_on": "1970-01-01"}, "2025-02-01"),
        ({"sex": "female", "post": "cadre", "born_on": "1985-01-01"}, "2043-01-01"),  # 58
        ({"sex": "female", "post": "worker", "born_on": "1975-02-10"}, "2025-03-10"),
        (
            {"sex": "female", "post": "worker", "born_on": "1975-03-10"},
            "2025-05-10",
        ),  # the third month: two months
        ({"sex": "female", "post": "worker", "born_on": "1984-11-10"}, "2039-11-10"),  # 55
        ({"sex": "female", "post": "worker", "born_on": "1974-12-31"}, "2024-12-31"),
    ],
)
def test_the_age_rises_month_by_month(asked: dict[str, str], on: str) -> None:
    assert answer("retirement", asked)["on"] == on


def test_a_womans_post_is_asked_for() -> None:
    found = answer("retirement", {"sex": "female", "born_on": "1975-02-10"})
    assert found["needs"][0]["path"] == "/post"
    assert "on" not in found


@given(st.dates(date(1950, 1, 1), date(2005, 1, 1)), st.integers(1, 400))
def test_who_is_born_later_never_retires_earlier(born: date, days: int) -> None:
    def on(day: date) -> str:
        return str(answer("retirement", {"sex": "male", "born_on": day.isoformat()})["on"])

    assert on(born) <= on(born + timedelta(days=days))


def crime(
    workers: Sequence[tuple[float, str]], *, order: bool = True, place: str = "430100"
) -> dict[str, Any]:
    listed = [{"months": months, "amount": amount} for months, amount in workers]
    return answer("crime", {"place": place, "workers": listed, "government_order": order})


class TestCrime:
    """法释〔2013〕3号 art. 3; Hunan: 6,000 and 40,000."""

    def test_one_worker_with_three_months_and_the_line(self) -> None:
        found = crime([(3, "6000.00")])
        assert (found["amount_met"], found["met"], found["route"]) == (True, True, "one_worker")
        assert found["thresholds"] == {"one_worker": "6000.00", "ten_workers": "40000.00"}

    @pytest.mark.parametrize("worker", [(2.9, "60000.00"), (3, "5999.99")])
    def test_both_are_needed(self, worker: tuple[float, str]) -> None:
        found = crime([worker])
        assert (found["amount_met"], found["met"], found["route"]) == (False, False, None)

    def test_ten_workers_with_the_line_together(self) -> None:
        assert crime([(1, "4000.00")] * 10)["route"] == "ten_workers"
        assert crime([(1, "4000.00")] * 9 + [(1, "3999.99")])["route"] is None
        assert crime([(1, "9000.00")] * 9)["route"] is None

    def test_a_worker_who_is_owed_nothing_does_not_count_among_the_ten(self) -> None:
        assert crime([(1, "9000.00")] * 9 + [(1, "0.00")])["route"] is None

    def test_without_the_order_the_amount_alone_is_not_enough(self) -> None:
        found = crime([(3, "6000.00")], order=False)
        assert (found["amount_met"], found["met"]) == (True, False)

    @pytest.mark.parametrize(
        ("place", "one", "ten"),
        [
            ("410000", "8000.00", "40000.00"),
            ("210100", "10000.00", "50000.00"),
            ("520000", "10000.00", "50000.00"),
            ("320000", "10000.00", "60000.00"),
        ],
    )
    def test_each_province_has_its_line(self, place: str, one: str, ten: str) -> None:
        assert crime([(1, "1.00")], place=place)["thresholds"] == {"one_worker": one, "ten_workers": ten}

    def test_a_province_without_a_line_is_asked_about(self) -> None:
        found = crime([(3, "60000.00")], place="110000")
        assert found["needs"][0]["path"] == "/place"
        assert "met" not in found


def award(*items: tuple[str, str], **rest: Any) -> dict[str, Any]:
    listed = [
        {"id": str(number), "kind": kind, "amount": amount} for number, (kind, amount) in enumerate(items)
    ]
    return answer("final_award", {"place": "110105", "applied_on": "2026-03-02", "items": listed, **rest})


class TestFinalAward:
    """调解仲裁法 47; Beijing 2,540 × 12 = 30,480."""

    def test_each_item_is_held_against_the_line_by_itself(self) -> None:
        found = award(("wages", "30480.00"), ("severance", "30480.01"), ("double_wage", "30000.00"))
        assert found["line"] == "30480.00"
        assert [item["final"] for item in found["items"]] == [True, False, True]
        assert "20" in {basis["article"] for basis in found["basis"]}

    def test_the_minimum_wage_is_that_of_the_day_of_application(self) -> None:
        assert award(("wages", "1.00"), applied_on="2025-08-31")["line"] == "29040.00"

    def test_state_standards_are_final_whatever_the_sum(self) -> None:
        assert award(("social_insurance", "99999.00"))["items"] == [{"id": "0", "final": True}]

    @pytest.mark.parametrize("kind", ["labour_relationship", "other", "interest"])
    def test_what_the_article_does_not_name_is_not_final(self, kind: str) -> None:
        assert award((kind, "1.00"))["items"] == [{"id": "0", "final": False}]

    def test_a_place_without_a_minimum_wage_asks_for_it(self) -> None:
        found = award(("wages", "1.00"), place="650100")
        assert found["needs"][0]["path"] == "/minimum_wage"
        assert (
            award(("wages", "24000.00"), place="650100", minimum_wage="2000.00")["items"][0]["final"] is True
        )

    def test_a_minimum_wage_from_memory_is_said_to_be_one(self) -> None:
        # Shanghai 2,740 × 12 = 32,880
        found = award(("wages", "32880.00"), place="310115", applied_on="2025-12-01")
        assert (found["line"], found["items"][0]["final"]) == ("32880.00", True)
        assert [one["code"] for one in found["warnings"]] == ["figure_from_memory"]
        assert found["basis"][-2]["mark"] == "M"
        assert "warnings" not in award(("wages", "1.00"))

    def test_an_id_stands_for_one_item(self) -> None:
        items = [{"id": "a", "kind": "wages", "amount": "1.00"}] * 2
        found = answer("final_award", {"place": "110105", "applied_on": "2026-03-02", "items": items})
        assert [(fault["path"], fault["code"]) for fault in found["errors"]] == [("/items/1/id", "duplicate")]


@pytest.mark.parametrize(
    ("fen", "whole"),
    [
        (Fraction(1, 2), 1),
        (Fraction(3, 2), 2),
        (Fraction(49, 100), 0),
        (Fraction(5), 5),
        (Fraction(-1, 2), 0),
        (Fraction(-3, 2), -1),
    ],
)
def test_sums_are_rounded_half_up(fen: Fraction, whole: int) -> None:
    assert rounded(fen) == whole


@pytest.mark.parametrize(("fen", "told"), [(0, "0.00"), (5, "0.05"), (520000, "5200.00"), (-150, "-1.50")])
def test_money_is_told_with_two_decimals(fen: int, told: str) -> None:
    assert text(fen) == told


def test_a_formula_for_people_names_no_function() -> None:
    from nuanxin.law.workings import readable

    assert readable("6000.00 ÷ 21.75 × 2 × 200%") == "6000.00 ÷ 21.75 × 2 × 200%"
    assert readable("max(1500.00 − 1000.00, 0)") == ""
