"""The minimum wage: what counts, the floor by place and month, probation, and stopped work."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.law import answer
from nuanxin.law.topics.minimum_wage import answer as answering
from nuanxin.law.topics.minimum_wage.question import EXCLUDED

BEIJING = "110105"


def ask(paid: str, **given: Any) -> dict[str, Any]:
    return answer("minimum_wage", {"paid": paid, **given})


def sums(found: dict[str, Any]) -> tuple[str, str, str]:
    return found["countable"], found["floor"], found["amount"]


def needs(found: dict[str, Any]) -> list[str]:
    return [need["path"] for need in found["needs"]]


class TestWhatCounts:
    """最低工资规定 12."""

    @pytest.mark.parametrize("kind", EXCLUDED)
    def test_some_pay_is_left_out(self, kind: str) -> None:
        # 2,600 − 300 = 2,300; 2,540 − 2,300 = 240
        found = ask("2600.00", minimum="2540.00", excluded=[{"kind": kind, "amount": "300.00"}])
        assert sums(found) == ("2300.00", "2540.00", "240.00")

    def test_several_parts(self) -> None:
        parts = [{"kind": "overtime", "amount": "500.00"}, {"kind": "heat", "amount": "180.01"}]
        found = ask("3000.00", minimum="2540.00", excluded=parts)
        assert sums(found) == ("2319.99", "2540.00", "220.01")
        assert [step["formula"] for step in found["steps"]] == [
            "3000.00 − 680.01",
            "2540.00",
            "max(2540.00 − 2319.99, 0)",
        ]
        assert "680.01元" in found["explanation"]["zh"]

    @pytest.mark.parametrize(
        ("paid", "amount"),
        [("2539.99", "0.01"), ("2540.00", "0.00"), ("9000.00", "0.00"), ("0.00", "2540.00")],
    )
    def test_up_to_the_floor(self, paid: str, amount: str) -> None:
        found = ask(paid, minimum="2540.00")
        assert sums(found) == (paid, "2540.00", amount)
        assert ("没有低于" in found["explanation"]["zh"]) is (amount == "0.00")
        assert [one["instrument"] for one in found["basis"]] == ["劳动法", "最低工资规定"]


class TestTheTable:
    @pytest.mark.parametrize(
        ("month", "floor"),
        [("2025-08", "2420.00"), ("2025-09", "2540.00"), ("2026-03", "2540.00"), ("2023-08", "2320.00")],
    )
    def test_the_month_picks_the_row(self, month: str, floor: str) -> None:
        assert ask("2000.00", place=BEIJING, month=month)["floor"] == floor

    def test_a_verified_row_is_cited(self) -> None:
        found = ask("2000.00", place=BEIJING, month="2026-03")
        assert found["basis"][-1]["mark"] == "V"
        assert "京人社劳发〔2025〕7号" in found["basis"][-1]["instrument"]
        assert "warnings" not in found

    def test_a_row_from_memory_is_marked_and_warned_of(self) -> None:
        found = ask("2000.00", place="310115", month="2025-07")
        assert found["floor"] == "2740.00"
        assert found["basis"][-1]["mark"] == "M"
        assert found["warnings"] == [
            {"code": "figure_from_memory", "path": "/minimum", "value": "2740.00", "since": "2025-07-01"}
        ]
        assert "没有核对过原文" in found["explanation"]["zh"]

    def test_a_given_figure_wins(self) -> None:
        found = ask("2000.00", place="310115", month="2025-07", minimum="2100.00")
        assert found["floor"] == "2100.00"
        assert "warnings" not in found

    @pytest.mark.parametrize(
        ("given", "paths"),
        [
            ({}, ["/minimum"]),
            ({"month": "2026-03"}, ["/minimum"]),
            ({"place": BEIJING}, ["/month"]),
            ({"place": "650100"}, ["/minimum"]),
            ({"place": "650100", "month": "2026-03"}, ["/minimum"]),
            ({"place": "330100", "month": "2024-03"}, ["/minimum"]),  # 杭州 has two categories
            ({"place": "330106", "month": "2030-03"}, ["/minimum"]),
            ({"place": BEIJING, "month": "2019-06"}, ["/minimum"]),
            ({"stop_work": {"since": "2026-01-01"}}, ["/minimum", "/month"]),
            ({"place": BEIJING, "stop_work": {"since": "2026-01-01"}}, ["/month"]),
            ({"minimum": "2540.00", "stop_work": {"since": "2026-01-01"}}, ["/month"]),
        ],
    )
    def test_what_is_missing(self, given: dict[str, Any], paths: list[str]) -> None:
        found = ask("2000.00", **given)
        assert needs(found) == paths
        assert "amount" not in found

    def test_a_month_in_which_the_figure_changes_is_asked_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        # none of the shipped rows begins inside a month; a deployment's own may
        rows = {date(2026, 5, 1): "old", date(2026, 5, 31): "new"}
        monkeypatch.setattr(answering, "find", lambda table, *, place, on=None: rows.get(on))
        assert needs(ask("2000.00", place=BEIJING, month="2026-05")) == ["/minimum"]


class TestProbation:
    """劳动合同法 20, 实施条例 15: 80 % of the post's wage, and never under the minimum."""

    @pytest.mark.parametrize(
        ("post", "floor", "amount"),
        [
            ("4000.00", "3200.00", "400.00"),
            ("3175.00", "2540.00", "0.00"),  # 80 % is the minimum exactly
            ("3000.00", "2540.00", "0.00"),  # 80 % = 2,400 lies under it
            ("3500.01", "2800.01", "0.01"),  # 2,800.008
        ],
    )
    def test_the_higher_of_both(self, post: str, floor: str, amount: str) -> None:
        found = ask("2800.00", minimum="2540.00", probation={"post_wage": post})
        assert sums(found) == ("2800.00", floor, amount)
        assert [one["article"] for one in found["basis"]][2:] == ["20", "15"]
        assert found["steps"][1]["formula"] == f"max({post} × 80%, 2540.00)"


class TestStoppedWork:
    """工资支付暂行规定 12: the first pay cycle in full, later ones at the living cost; in Beijing 70 %."""

    def test_later_cycles(self) -> None:
        # 2,540 × 70 % = 1,778
        found = ask("1500.00", place=BEIJING, month="2026-03", stop_work={"since": "2026-01-15"})
        assert sums(found) == ("1500.00", "1778.00", "278.00")
        assert [one["instrument"] for one in found["basis"]][-2:] == ["工资支付暂行规定", "北京劳动争议解答"]
        assert "warnings" not in found

    @pytest.mark.parametrize(
        ("since", "month"),
        [
            ("2026-01-15", "2026-01"),
            ("2026-01-31", "2026-01"),
            ("2026-01-01", "2026-01"),
            ("2026-02-01", "2026-02"),
        ],
    )
    def test_the_first_cycle_is_paid_in_full(self, since: str, month: str) -> None:
        found = ask("2000.00", place=BEIJING, month=month, stop_work={"since": since})
        assert sums(found) == ("2000.00", "2540.00", "540.00")
        assert found["warnings"] == [{"code": "contract_wage_due", "path": "/stop_work/since"}]
        assert "合同工资" in found["explanation"]["zh"]

    def test_a_cycle_from_the_first_day_is_over_with_the_month(self) -> None:
        assert (
            ask("1.00", place=BEIJING, month="2026-02", stop_work={"since": "2026-01-01"})["floor"]
            == "1778.00"
        )

    def test_the_month_in_which_the_first_cycle_ends_is_divided(self) -> None:
        # From 15 January a month lasts until 14 February 2026. Paid days: 2 to 6, 9 to 13 and the worked 14th are 11;
        # then 16 to 19 (statutory), 24 to 27 and the worked 28th are 9.
        # 2,540 × (11 + 0.7 × 9) ÷ 20 = 2,197.10
        found = ask("1500.00", place=BEIJING, month="2026-02", stop_work={"since": "2026-01-15"})
        assert "amount" not in found
        assert found["countable"] == "1500.00"
        assert {one["id"]: sums(one) for one in found["readings"]} == {
            "wage_month": ("1500.00", "1778.00", "278.00"),
            "month_from_stop": ("1500.00", "2197.10", "697.10"),
        }
        assert "做法不一" in found["explanation"]["zh"]

    def test_that_month_in_an_unpublished_year_is_not_guessed(self) -> None:
        found = ask(
            "1.00", place=BEIJING, minimum="2540.00", month="2027-02", stop_work={"since": "2027-01-15"}
        )
        assert [(fault["path"], fault["code"]) for fault in found["errors"]] == [
            ("/month", "calendar_missing")
        ]

    def test_probation_counts_only_while_the_wage_is_due(self) -> None:
        given = {
            "place": BEIJING,
            "stop_work": {"since": "2026-01-15"},
            "probation": {"post_wage": "4000.00"},
        }
        assert ask("1.00", month="2026-01", **given)["floor"] == "3200.00"
        assert ask("1.00", month="2026-03", **given)["floor"] == "1778.00"
        # (3,200 × 11 + 1,778 × 9) ÷ 20 = 2,560.10
        assert ask("1.00", month="2026-02", **given)["readings"][1]["floor"] == "2560.10"

    def test_a_share_from_memory_is_warned_of(self) -> None:
        # 2,500 × 80 % = 2,000
        found = ask("1500.00", place="440106", month="2025-12", stop_work={"since": "2025-09-01"})
        assert sums(found) == ("1500.00", "2000.00", "500.00")
        assert [(one["code"], one["path"]) for one in found["warnings"]] == [
            ("figure_from_memory", "/minimum"),
            ("figure_from_memory", "/stop_work"),
        ]

    @pytest.mark.parametrize(("place", "path"), [(None, "/place"), ("530102", "/stop_work")])
    def test_where_the_share_is_not_known_it_is_asked_for(self, place: str | None, path: str) -> None:
        given = {} if place is None else {"place": place}
        found = ask("1.00", minimum="2000.00", month="2026-03", stop_work={"since": "2026-01-15"}, **given)
        assert needs(found) == [path]


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({"excluded": [{"kind": "overtime", "amount": "2000.01"}]}, [("/excluded", "conflict")]),
        ({"excluded": [{"kind": "bonus", "amount": "1"}]}, [("/excluded/0/kind", "invalid_choice"), ("/excluded/0/amount", "invalid_money")]),
        ({"month": "2026-13"}, [("/month", "invalid_month")]),
        ({"month": "2026-3"}, [("/month", "invalid_month")]),
        ({"month": 202603}, [("/month", "invalid_month")]),
        ({"month": "1899-12"}, [("/month", "out_of_range")]),
        ({"month": "2025-12", "stop_work": {"since": "2026-01-01"}}, [("/stop_work/since", "dates_out_of_order")]),
        ({"stop_work": {}}, [("/stop_work/since", "required")]),
        ({"probation": {}}, [("/probation/post_wage", "required")]),
        ({"paid": "1", "minimum": "x", "place": "99", "wage": "1.00"}, [("/paid", "invalid_money"), ("/minimum", "invalid_money"), ("/place", "unknown_place"), ("/wage", "unknown_key")]),
    ],
)  # fmt: skip
def test_bad_questions(given: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    found = answer("minimum_wage", {"paid": "2000.00", **given})
    assert [(fault["path"], fault["code"]) for fault in found["errors"]] == faults


FEN = st.integers(0, 10**7)


def money(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


@given(FEN, FEN, FEN, st.none() | FEN)
def test_more_paid_never_raises_what_is_missing(paid: int, more: int, minimum: int, post: int | None) -> None:
    given = {} if post is None else {"probation": {"post_wage": money(post)}}
    before, after = (ask(money(sum_), minimum=money(minimum), **given) for sum_ in (paid, paid + more))
    assert float(after["amount"]) <= float(before["amount"])
    assert before["floor"] == after["floor"]
    assert float(before["floor"]) >= minimum / 100


@given(FEN, FEN, st.lists(st.tuples(st.sampled_from(EXCLUDED), st.integers(0, 10**5)), max_size=5))
def test_what_is_missing_lifts_the_counting_pay_to_the_floor(
    paid: int, minimum: int, parts: list[tuple[str, int]]
) -> None:
    paid += sum(fen for _, fen in parts)
    excluded = [{"kind": kind, "amount": money(fen)} for kind, fen in parts]
    countable, floor, missing = (
        int(one.replace(".", "")) for one in sums(ask(money(paid), minimum=money(minimum), excluded=excluded))
    )
    assert countable == paid - sum(fen for _, fen in parts)
    assert missing == max(floor - countable, 0)
