"""Arrears: what work earned by the month, day, hour, piece or in writing, and what is still owed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.law.arrears_questions import ask, by_reading, faults, needs


class TestByTheMonth:
    """劳动合同法 30, 人社部发〔2025〕2号 2: part months by paid days ÷ 21.75, whole months in full."""

    @pytest.mark.parametrize(
        ("first", "last", "due"),
        [
            ("2025-03-01", "2025-03-31", "6000.00"),
            ("2025-02-01", "2025-02-28", "6000.00"),  # a short month is a month
            ("2024-02-01", "2024-02-29", "6000.00"),
            # a leap year's month without its last day: 15 weekdays, 2 worked weekend days, 3 holidays
            ("2024-02-01", "2024-02-28", "5517.24"),
            ("2025-03-01", "2025-05-31", "18000.00"),
            ("2024-12-01", "2025-01-31", "12000.00"),
            # 10 to 31 March: 16 working days; × 6,000 ÷ 21.75 = 4,413.793…
            ("2025-03-10", "2025-03-31", "4413.79"),
            # 16 days, April in full, and 1 to 20 May: 11 working days and 1 and 2 May:
            # 6,000 × (16 + 13) ÷ 21.75 + 6,000 = 14,000
            ("2025-03-10", "2025-05-20", "14000.00"),
            # one working day: 6,000 ÷ 21.75 = 275.862…
            ("2025-03-10", "2025-03-10", "275.86"),
            ("2025-03-08", "2025-03-09", "0.00"),  # a Saturday and a Sunday
            ("2025-02-08", "2025-02-08", "275.86"),  # a Saturday worked in exchange
            ("2025-02-03", "2025-02-04", "0.00"),  # weekdays moved to rest
            # New Year's Eve: an ordinary working day in 2024, a statutory holiday from 2025; paid in both
            ("2024-02-09", "2024-02-09", "275.86"),
            ("2025-01-28", "2025-01-28", "275.86"),
            # 2 May: moved to rest in 2024 and not paid, a statutory holiday from 2025
            ("2024-05-02", "2024-05-02", "0.00"),
            ("2025-05-02", "2025-05-02", "275.86"),
            ("2025-05-31", "2025-05-31", "275.86"),  # the Dragon Boat festival on a Saturday
            # a whole month and its neighbour's first day: 1 May 2025 is paid
            ("2025-04-01", "2025-05-01", "6275.86"),
        ],
    )
    def test_part_months_by_paid_days(self, first: str, last: str, due: str) -> None:
        found = ask("month", "6000.00", first=first, last=last)
        assert (found["due"], found["amount"]) == (due, due)

    def test_a_part_month_with_many_paid_days_earns_more_than_the_month_and_says_so(self) -> None:
        # July 2025 has 23 working days, from the 2nd on 22: 6,000 × 22 ÷ 21.75 = 6,068.965…
        found = ask("month", "6000.00", first="2025-07-02", last="2025-07-31")
        assert found["due"] == "6068.97"
        assert "最多付一个月" in found["explanation"]["zh"]
        assert found["warnings"] == [
            {"code": "more_than_a_month", "path": "/to", "from": "2025-07-02", "to": "2025-07-31"}
        ]
        # from the 3rd on 21: 6,000 × 21 ÷ 21.75 = 5,793.103…
        fewer = ask("month", "6000.00", first="2025-07-03", last="2025-07-31")
        assert fewer["due"] == "5793.10"
        assert "warnings" not in fewer

    def test_paid_days_without_dates(self) -> None:
        # 6,000 × 10.5 ÷ 21.75 = 2,896.551…
        found = ask("month", "6000.00", days=10.5)
        assert found["due"] == "2896.55"
        assert found["steps"][0]["formula"] == "6000.00 ÷ 21.75 × 10.5"

    def test_the_sum_is_rounded_once(self) -> None:
        # 1,000.01 × 16 ÷ 21.75 = 735.639…, × 13 ÷ 21.75 = 597.707…: together 1,333.346…, not 735.64 + 597.71
        found = ask("month", "1000.01", first="2025-03-10", last="2025-03-31")
        assert found["due"] == "735.64"
        both = ask("month", "1000.01", first="2025-03-10", last="2025-05-20")
        assert both["due"] == "2333.36"  # 1,333.346… + 1,000.01

    def test_steps_and_basis(self) -> None:
        found = ask("month", "6000.00", first="2025-03-10", last="2025-04-30", paid=["1000.00", "500.00"])
        assert [(step["formula"], step["value"]) for step in found["steps"]] == [
            ("6000.00 ÷ 21.75 × 16", "4413.7931"),
            ("6000.00", "6000.00"),
            ("max(10413.79 − 1500.00, 0)", "8913.79"),
        ]
        assert found["steps"][1]["label"] == {"zh": "2025年4月", "en": "April 2025"}
        assert [one["article"] for one in found["basis"]] == ["30", "16", "2", "51"]
        assert "16个计薪日" in found["explanation"]["zh"]
        assert "还欠8913.79元" in found["explanation"]["zh"]
        whole = ask("month", "6000.00", first="2025-04-01", last="2025-04-30")
        assert [one["article"] for one in whole["basis"]] == ["30", "16"]

    def test_a_part_month_in_an_unpublished_year_is_not_guessed(self) -> None:
        assert faults(ask("month", "6000.00", first="2026-12-15", last="2027-01-15")) == [
            ("/to", "calendar_missing")
        ]
        assert ask("month", "6000.00", first="2027-01-01", last="2027-02-28")["due"] == "12000.00"

    @pytest.mark.parametrize(
        ("given", "paths"),
        [
            ({}, ["/from", "/to"]),
            ({"first": "2025-03-01"}, ["/to"]),
            ({"last": "2025-03-01"}, ["/from"]),
            ({"last": "2025-03-01", "days": 3}, ["/from"]),
        ],
    )
    def test_what_is_missing(self, given: dict[str, Any], paths: list[str]) -> None:
        assert needs(ask("month", "6000.00", **given)) == paths
        assert needs(ask("month", **given)) == ["/pay/amount", *paths]


class TestByTheDay:
    def test_days_worked(self) -> None:
        assert ask("day", "300.00", days=26)["due"] == "7800.00"
        assert ask("day", "300.00", days=0.5)["due"] == "150.00"
        assert ask("day", "300.00", days=0)["due"] == "0.00"

    def test_days_worked_settle_whole_months(self) -> None:
        assert ask("day", "300.00", first="2025-03-01", last="2025-04-30", days=50)["due"] == "15000.00"

    @pytest.mark.parametrize(
        ("first", "last", "days", "months"),
        [
            ("2025-03-01", "2025-04-30", 61, 2),
            ("2025-02-01", "2025-02-28", 28, 1),
            ("2025-03-15", "2025-05-14", 61, 2),  # two months from the 15th
            ("2024-12-01", "2025-02-28", 90, 3),
            ("2024-06-01", "2025-05-31", 365, 12),
        ],
    )
    def test_whole_months_without_days_are_divided(
        self, first: str, last: str, days: int, months: int
    ) -> None:
        found = ask("day", "300.00", first=first, last=last)
        calendar, paid = f"{300 * days}.00", f"{300 * months * 21.75:.2f}"
        assert by_reading(found) == {"calendar_days": (calendar, calendar), "paid_days": (paid, paid)}
        assert "amount" not in found
        assert "due" not in found

    def test_both_readings_say_why(self) -> None:
        every, paid = ask("day", "300.00", first="2025-03-01", last="2025-04-30")["readings"]
        assert "每个日历天" in every["explanation"]["zh"]
        assert "21.75" in paid["explanation"]["zh"]
        assert [one["article"] for one in paid["basis"]] == ["30", "16", "2"]
        assert every["steps"][0]["value"] == 61
        assert paid["steps"][0]["value"] == 43.5

    def test_payments_come_off_both(self) -> None:
        found = ask("day", "300.00", first="2025-03-01", last="2025-04-30", paid=["15000.00"])
        assert by_reading(found) == {
            "calendar_days": ("18300.00", "3300.00"),
            "paid_days": ("13050.00", "0.00"),
        }
        assert "warnings" not in found  # one reading still owes something

    @pytest.mark.parametrize(
        "given",
        [
            {},
            {"first": "2025-03-01"},
            {"last": "2025-03-31"},
            {"first": "2025-03-01", "last": "2025-03-30"},
            {"first": "2025-03-02", "last": "2025-03-31"},
            {"first": "2025-03-01", "last": "2025-04-29"},
        ],
    )
    def test_over_other_times_the_days_are_asked_for(self, given: dict[str, Any]) -> None:
        assert needs(ask("day", "300.00", **given)) == ["/days"]


class TestByTheHour:
    def test_hours_worked(self) -> None:
        # 25.50 × 176.25 = 4,494.375
        assert ask("hour", "25.50", hours=176.25)["due"] == "4494.38"

    def test_a_decimal_is_the_decimal_written(self) -> None:
        assert ask("hour", "100.00", hours=0.1)["due"] == "10.00"
        assert ask("hour", "0.50", hours=0.01)["due"] == "0.01"  # 0.005 exactly, half up

    def test_what_is_missing(self) -> None:
        assert needs(ask("hour", "25.00", first="2025-03-01", last="2025-03-31")) == ["/hours"]
        assert needs(ask("hour")) == ["/pay/amount", "/hours"]


TIERS = [{"up_to": 1000, "price": "2.00"}, {"up_to": 2000, "price": "2.50"}, {"up_to": None, "price": "3.00"}]


class TestByThePiece:
    def test_one_price(self) -> None:
        # the guard rails of a published case: 28 yuan a metre, 2,000 metres
        assert ask("piece", "28.00", units=2000)["due"] == "56000.00"
        assert ask("piece", "0.35", units=1234.5)["due"] == "432.08"  # 432.075

    @pytest.mark.parametrize(
        ("units", "marginal", "whole"),
        [
            # 1,000 × 2.00 + 1 × 2.50; 1,001 × 2.50
            (1001, "2002.50", "2502.50"),
            # 1,000 × 2.00 + 1,000 × 2.50; the tier includes its last piece: 2,000 × 2.50
            (2000, "4500.00", "5000.00"),
            # 1,000 × 2.00 + 1,000 × 2.50 + 500.5 × 3.00; 2,500.5 × 3.00
            (2500.5, "6001.50", "7501.50"),
        ],
    )
    def test_tiers(self, units: float, marginal: str, whole: str) -> None:
        found = ask("piece", tiers=TIERS, units=units)
        assert by_reading(found) == {"marginal": (marginal, marginal), "whole": (whole, whole)}
        for reading, due in (("marginal", marginal), ("whole", whole)):
            assert ask("piece", tiers=TIERS, tier_reading=reading, units=units)["due"] == due

    @pytest.mark.parametrize("units", [0, 1, 999.5, 1000])
    def test_within_the_first_tier_nothing_is_divided(self, units: float) -> None:
        found = ask("piece", tiers=TIERS, units=units)
        assert found["due"] == f"{2 * units:.2f}"

    def test_payments_do_not_hide_that_it_is_divided(self) -> None:
        found = ask("piece", tiers=TIERS, units=2000, paid=["9000.00"])
        assert by_reading(found) == {"marginal": ("4500.00", "0.00"), "whole": ("5000.00", "0.00")}
        assert found["warnings"] == [{"code": "overpaid", "path": "/paid", "amount": "4000.00"}]

    def test_pieces_above_the_last_tier_have_no_price(self) -> None:
        open_ended = TIERS[:2]
        assert needs(ask("piece", tiers=open_ended, units=2001)) == ["/pay/tiers"]
        assert needs(ask("piece", tiers=open_ended, tier_reading="marginal", units=2001)) == ["/pay/tiers"]
        assert needs(ask("piece", tiers=open_ended, tier_reading="whole", units=2001)) == ["/pay/tiers"]
        assert "readings" in ask("piece", tiers=open_ended, units=2000)

    def test_what_is_missing(self) -> None:
        assert needs(ask("piece", "2.00")) == ["/units"]
        assert needs(ask("piece", units=5)) == ["/pay/amount"]
        assert needs(ask("piece")) == ["/pay/amount", "/units"]
        assert needs(ask("piece", tiers=TIERS)) == ["/units"]


class TestInWriting:
    def test_a_sum_is_what_it_says(self) -> None:
        found = ask("sum", "12345.67", paid=["345.67"])
        assert (found["due"], found["amount"]) == ("12345.67", "12000.00")
        assert {one["article"] for one in found["basis"]} == {"509(1)", "15"}

    def test_what_is_missing(self) -> None:
        assert needs(ask("sum")) == ["/pay/amount"]


class TestPayments:
    @pytest.mark.parametrize(
        ("paid", "amount", "over"),
        [
            ([], "3000.00", None),
            (["1000.00", "0.01"], "1999.99", None),
            (["3000.00"], "0.00", None),
            (["3000.00", "0.01"], "0.00", "0.01"),
        ],
    )
    def test_are_taken_off_and_never_below_nothing(
        self, paid: list[str], amount: str, over: str | None
    ) -> None:
        found = ask("day", "300.00", days=10, paid=paid)
        assert (found["due"], found["amount"]) == ("3000.00", amount)
        assert found.get("warnings") == (
            None if over is None else [{"code": "overpaid", "path": "/paid", "amount": over}]
        )
        assert ("多付了" in found["explanation"]["zh"]) is (over is not None)


class TestWhatDoesNotMatter:
    @pytest.mark.parametrize(
        ("asked", "unused"),
        [
            ({"basis": "sum", "days": 1, "hours": 1, "units": 1}, ["/days", "/hours", "/units"]),
            ({"basis": "day", "days": 1, "hours": 1, "units": 1}, ["/hours", "/units"]),
            ({"basis": "hour", "days": 1, "hours": 1, "units": 1}, ["/days", "/units"]),
            ({"basis": "piece", "days": 1, "hours": 1, "units": 1}, ["/days", "/hours"]),
            ({"basis": "month", "days": 1, "hours": 1, "units": 1}, ["/hours", "/units"]),
            ({"basis": "month", "days": 1, "first": "2025-03-01", "last": "2025-03-31"}, ["/days"]),
        ],
    )
    def test_is_said(self, asked: dict[str, Any], unused: list[str]) -> None:
        found = ask(amount="100.00", **asked)
        assert found["warnings"] == [{"code": "not_used", "path": path} for path in unused]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"first": "2025-03-02", "last": "2025-03-01"}, [("/to", "dates_out_of_order")]),
        (
            {"first": "2025-03-01", "last": "2025-03-10", "days": 10.5, "hours": 240.5},
            [("/days", "conflict"), ("/hours", "conflict")],
        ),
        ({"days": 1, "hours": 25}, [("/hours", "conflict")]),
        ({"first": "2025-03-01", "last": "2025-03-01", "hours": 25}, [("/hours", "conflict")]),
        ({"hours": -1, "days": -1, "units": -1}, [(f"/{key}", "out_of_range") for key in ("hours", "days", "units")]),
        ({"days": "3"}, [("/days", "invalid_type")]),
        ({"paid": ["1.00", "-1.00", 5]}, [("/paid/1", "invalid_money"), ("/paid/2", "invalid_money")]),
        ({"tiers": TIERS}, [("/pay/tiers", "conflict")]),
        ({"tiers": []}, [("/pay/tiers", "out_of_range")]),
        ({"tier_reading": "sliding"}, [("/pay/tier_reading", "invalid_choice")]),
    ],
)  # fmt: skip
def test_bad_questions(asked: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert faults(ask("day", "300.00", **asked)) == expected


@pytest.mark.parametrize(
    ("tiers", "expected"),
    [
        ([(None, "1.00"), (5, "2.00")], [("/pay/tiers/0/up_to", "out_of_order")]),
        ([(5, "1.00"), (5, "2.00"), (4, "3.00")], [(f"/pay/tiers/{n}/up_to", "out_of_order") for n in (1, 2)]),
        ([(0, "1.00")], [("/pay/tiers/0/up_to", "out_of_range")]),
        ([("5", "1")], [("/pay/tiers/0/up_to", "invalid_type"), ("/pay/tiers/0/price", "invalid_money")]),
    ],
)  # fmt: skip
def test_bad_tiers(tiers: list[tuple[Any, str]], expected: list[tuple[str, str]]) -> None:
    given = [{"up_to": up_to, "price": price} for up_to, price in tiers]
    assert faults(ask("piece", tiers=given, units=5)) == expected


def test_a_price_and_tiers_contradict_each_other() -> None:
    assert faults(ask("piece", "2.00", tiers=TIERS, units=5)) == [("/pay/tiers", "conflict")]


def test_every_fault_at_once() -> None:
    found = ask("week", "300", first="2025-02-30", last="x", days=-1, tiers=[{}], colour=1)
    assert {path for path, _ in faults(found)} == {
        "/pay/basis", "/pay/amount", "/pay/tiers/0/up_to", "/pay/tiers/0/price", "/from", "/to", "/days",
        "/colour",
    }  # fmt: skip


def test_tiers_with_a_faulty_basis_are_not_blamed_twice() -> None:
    assert faults(ask("week", tiers=TIERS, units=5)) == [("/pay/basis", "invalid_choice")]
