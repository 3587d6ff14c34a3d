"""Statutory periods: the four ways of counting, strict and rolled ends, provinces, unpublished years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.law import answer
from nuanxin.law.calendar import CalendarMissing
from nuanxin.law.periods import RULES, custom, due, due_provisional, due_strictly
from nuanxin.law.periods.counting import (
    add_months,
    add_years,
    provisional_working_days,
    roll_of_worked_weekend,
)
from nuanxin.law.periods.wording import length

D = date.fromisoformat


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),  # no 31 February: the last day of the month (民法典 202)
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-03-31", 1, "2026-04-30"),
        ("2026-02-28", 1, "2026-03-28"),  # the corresponding day, not the month's end
        ("2025-12-15", 1, "2026-01-15"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", -1, "2025-12-15"),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_last(start: str, months: int, end: str) -> None:
    assert add_months(D(start), months) == D(end)


def test_years_end_on_the_corresponding_day() -> None:
    assert add_years(D("2024-02-29"), 1) == D("2025-02-28")
    assert add_years(D("2024-02-29"), 4) == D("2028-02-29")


@pytest.mark.parametrize(
    ("rule", "start", "strict", "rolled", "kind"),
    [
        # Mon 2 March + 7 = Mon 9 March
        ("legal_aid.review", "2026-03-02", "2026-03-09", "2026-03-09", "calendar"),
        # Tue 10 Feb + 7 = Tue 17 Feb, New Year's Day; off until Mon 23, so Tue 24
        ("legal_aid.review", "2026-02-10", "2026-02-17", "2026-02-24", "calendar"),
        # Sat 21 Feb + 7 = Sat 28 Feb, which is worked in exchange: no roll
        ("legal_aid.review", "2026-02-21", "2026-02-28", "2026-02-28", "calendar"),
        # Wed 11 March + 3 = Sat 14, rolled to Mon 16
        ("legal_aid.assign", "2026-03-11", "2026-03-14", "2026-03-16", "calendar"),
        ("legal_aid.agreement", "2026-03-02", "2026-03-07", "2026-03-09", "calendar"),
        ("legal_aid.objection_review", "2026-03-02", "2026-03-07", "2026-03-09", "calendar"),
        # five working days after Thu 12 Feb: 13, 14 (worked), 24, 25, 26
        ("arbitration.accept", "2026-02-12", "2026-02-26", "2026-02-26", "working"),
        ("arbitration.serve", "2026-03-02", "2026-03-09", "2026-03-09", "working"),
        # ten working days after Mon 2 March: two full weeks
        ("arbitration.answer", "2026-03-02", "2026-03-16", "2026-03-16", "working"),
        ("arbitration.hearing_notice", "2026-03-02", "2026-03-09", "2026-03-09", "working"),
        # Mon 2 March + 45: 29 left in March, 16 April, a Thursday
        ("arbitration.award", "2026-03-02", "2026-04-16", "2026-04-16", "calendar"),
        # + 60: 1 May, off until 5 May, so Wed 6
        ("arbitration.award_extended", "2026-03-02", "2026-05-01", "2026-05-06", "calendar"),
        ("court.sue_after_award", "2026-03-02", "2026-03-17", "2026-03-17", "calendar"),
        ("court.set_aside_final_award", "2026-03-02", "2026-04-01", "2026-04-01", "calendar"),
        # Fri 6 March + 15 = Sat 21, rolled to Mon 23
        ("court.appeal_judgment", "2026-03-06", "2026-03-21", "2026-03-23", "calendar"),
        ("court.appeal_ruling", "2026-03-02", "2026-03-12", "2026-03-12", "calendar"),
        ("payment_order.accept", "2026-03-02", "2026-03-07", "2026-03-09", "calendar"),
        ("payment_order.issue", "2026-03-02", "2026-03-17", "2026-03-17", "calendar"),
        ("payment_order.debtor_objection", "2026-03-02", "2026-03-17", "2026-03-17", "calendar"),
        # March has 21 working days after the 2nd, April 21 (not Mon 6): 42; May 6, 7, 8 and Sat 9 make 46,
        # then the weeks of 11 and 18 May 56, and Thu 28 May 60
        ("inspection.decide", "2026-03-02", "2026-05-28", "2026-05-28", "working"),
        # thirty more: 29 May 1, June 21 (not Fri 19) 22, 1 to 3 July 25, the week of 6 July 30
        ("inspection.decide_extended", "2026-03-02", "2026-07-10", "2026-07-10", "working"),
        ("enforcement.apply", "2024-02-29", "2026-02-28", "2026-02-28", "year"),
        ("work_injury.worker_application", "2025-05-01", "2026-05-01", "2026-05-06", "year"),
        ("work_injury.employer_report", "2026-03-02", "2026-04-01", "2026-04-01", "calendar"),
    ],
)
def test_each_rule_ends_where_counting_by_hand_ends(
    rule: str, start: str, strict: str, rolled: str, kind: str
) -> None:
    found = answer("period", {"rule": rule, "start": start})
    assert (found["strict"], found["rolled"], found["day_kind"]) == (strict, rolled, kind)
    assert found["act_by"] == min(strict, rolled)
    assert "warnings" not in found


def test_an_end_on_a_worked_weekend_gives_both_readings() -> None:
    # Fri 13 Feb 2026 + 15 = Sat 28 Feb, worked in exchange; by the letter of the court's note it moves to Mon 2 March
    found = answer("period", {"rule": "court.sue_after_award", "start": "2026-02-13"})
    assert (found["strict"], found["rolled"], found["act_by"]) == ("2026-02-28",) * 3
    assert [reading["date"] for reading in found["readings"]] == ["2026-02-28", "2026-03-02"]
    # Sun 4 Jan 2026 is worked too: the next day is the Monday
    sunday = answer("period", {"custom": {"count": 1, "unit": "calendar"}, "start": "2026-01-03"})
    assert [reading["date"] for reading in sunday["readings"]] == ["2026-01-04", "2026-01-05"]


def test_no_second_reading_where_nothing_can_be_said() -> None:
    assert roll_of_worked_weekend(D("2027-01-02")) is None  # a Saturday of an unpublished year
    assert roll_of_worked_weekend(D("2026-03-07")) is None  # a Saturday off: it moves by every reading
    assert roll_of_worked_weekend(D("2026-03-06")) is None  # a Friday
    assert "readings" not in answer("period", {"rule": "legal_aid.review", "start": "2026-03-02"})


def test_every_rule_of_the_contract_is_there() -> None:
    assert len(RULES) == 22


@pytest.mark.parametrize(
    ("place", "start", "end", "article"),
    [
        ("110105", "2026-03-02", "2026-03-09", "21(1)"),  # Beijing: five working days
        ("370100", "2026-03-02", "2026-03-09", "15"),  # Shandong: five working days
        ("330110", "2026-03-02", "2026-03-11", "17(1)"),  # Zhejiang: seven working days
    ],
)
def test_a_province_lays_its_working_days_over_the_national_rule(
    place: str, start: str, end: str, article: str
) -> None:
    found = answer("period", {"rule": "legal_aid.review", "start": start, "place": place})
    assert found["strict"] == found["rolled"] == found["act_by"] == end  # for working days all three agree
    assert found["day_kind"] == "working"
    assert found["basis"][0]["article"] == article


@pytest.mark.parametrize(
    ("rule", "place", "start", "own", "nation"),
    [
        # Beijing, Thu 12 Feb 2026: five working days 13, 14 (worked), 24, 25, 26; seven days end on the 19th
        ("legal_aid.review", "110105", "2026-02-12", "2026-02-26", "2026-02-19"),
        ("legal_aid.review", "330110", "2026-03-02", "2026-03-11", "2026-03-09"),
        # Shandong, Fri 8 May 2026: Sat 9 is worked, so five working days end Thu 14; five days Wed 13
        ("legal_aid.objection_review", "370100", "2026-05-08", "2026-05-14", "2026-05-13"),
    ],
)
def test_a_province_and_the_nation_are_two_readings(
    rule: str, place: str, start: str, own: str, nation: str
) -> None:
    found = answer("period", {"rule": rule, "start": start, "place": place})
    assert [(one["id"], one["date"]) for one in found["readings"]] == [
        ("province", own),
        ("national", nation),
    ]
    assert all(one["basis"] and one["explanation"]["zh"] for one in found["readings"])
    assert found["act_by"] == found["strict"] == found["rolled"] == own


def test_where_the_national_period_ends_earlier_the_answer_says_so() -> None:
    found = answer("period", {"rule": "legal_aid.review", "start": "2026-03-02", "place": "330000"})
    assert found["warnings"] == [{"code": "national_period_ends_earlier", "on": "2026-03-09"}]
    # and a clock acts on the earlier day
    assert due("legal_aid.review", D("2026-03-02"), "330000").act_by == D("2026-03-09")


def test_a_place_without_an_overlay_has_the_national_rule() -> None:
    with_place = answer("period", {"rule": "legal_aid.review", "start": "2026-03-02", "place": "440300"})
    assert with_place == answer("period", {"rule": "legal_aid.review", "start": "2026-03-02"})
    assert due("legal_aid.objection_review", D("2026-03-02"), "370000").day_kind == "working"


@pytest.mark.parametrize(
    ("count", "unit", "start", "strict", "rolled"),
    [
        (15, "calendar", "2026-03-06", "2026-03-21", "2026-03-23"),
        (3, "working", "2026-03-06", "2026-03-11", "2026-03-11"),
        (1, "month", "2026-01-31", "2026-02-28", "2026-02-28"),  # a Saturday worked in exchange
        (1, "month", "2026-03-31", "2026-04-30", "2026-04-30"),
        (1, "year", "2025-02-28", "2026-02-28", "2026-02-28"),
    ],
)
def test_a_period_read_off_a_paper(count: int, unit: str, start: str, strict: str, rolled: str) -> None:
    found = answer("period", {"custom": {"count": count, "unit": unit}, "start": start})
    assert (found["strict"], found["rolled"], found["day_kind"]) == (strict, rolled, unit)


@pytest.mark.parametrize(
    ("asked", "errors"),
    [
        ({"start": "2026-03-02"}, {"/rule": "required"}),
        ({"start": "2026-03-02", "rule": "x"}, {"/rule": "invalid_choice"}),
        (
            {"start": "2026-03-02", "rule": "legal_aid.review", "custom": {"count": 1, "unit": "month"}},
            {"/custom": "conflict"},
        ),
        ({"start": "2026-03-02", "custom": {"count": 0, "unit": "month"}}, {"/custom/count": "out_of_range"}),
        (
            {"start": "2026-03-02", "custom": {"count": 101, "unit": "year"}},
            {"/custom/count": "out_of_range"},
        ),
        (
            {"start": "2026-03-02", "custom": {"count": 2.5, "unit": "year"}},
            {"/custom/count": "invalid_type"},
        ),
        ({"start": "2026-03-02", "custom": {"unit": "year"}}, {"/custom/count": "required"}),
        ({"start": "2026-03-02", "custom": 15}, {"/custom": "invalid_type"}),
    ],
)
def test_a_bad_question_is_told_what_is_wrong(asked: dict[str, object], errors: dict[str, str]) -> None:
    assert {fault["path"]: fault["code"] for fault in answer("period", asked)["errors"]} == errors


def test_only_rolled_is_unknown_where_a_calendar_period_ends_in_an_unpublished_year() -> None:
    found = answer("period", {"rule": "legal_aid.review", "start": "2026-12-28"})
    assert (found["strict"], found["rolled"], found["act_by"]) == ("2027-01-04", None, "2027-01-04")
    assert found["warnings"] == [{"code": "calendar_missing", "year": 2027}]


def test_a_rule_is_marked_where_it_was_not_yet_in_force() -> None:
    found = answer("period", {"rule": "legal_aid.review", "start": "2020-07-31"})
    assert found["warnings"] == [{"code": "rule_not_in_force_then"}]


def test_a_provisional_count_is_never_later_and_says_so() -> None:
    with pytest.raises(CalendarMissing):
        due("inspection.decide", D("2026-12-28"))
    found = due_provisional("inspection.decide", D("2026-12-28"))
    # 29, 30, 31 December are working days; the other 57 are counted as calendar days of 2027
    assert found.act_by == D("2026-12-31") + timedelta(days=57)
    assert found.provisional
    assert found.rolled is None
    assert found.missing_year == 2027


def test_a_provisional_count_within_published_years_is_the_true_one() -> None:
    assert due_provisional("arbitration.accept", D("2026-03-02")) == due(
        "arbitration.accept", D("2026-03-02")
    )
    assert due_provisional("legal_aid.review", D("2026-03-02")) == due("legal_aid.review", D("2026-03-02"))


def test_a_provisional_count_in_a_province_acts_by_the_earlier_day() -> None:
    # Zhejiang: 29, 30, 31 Dec, then four calendar days: 4 January; nation: 28 December + 7 = 4 January
    found = due_provisional("legal_aid.review", D("2026-12-28"), "330000")
    assert found.act_by == found.national_act_by == D("2027-01-04")
    assert found.provisional


def test_one_form_of_a_rule_by_itself() -> None:
    assert due_strictly(RULES["legal_aid.review"], D("2026-03-02")).strict == D("2026-03-09")
    assert custom(7, "calendar", D("2026-03-02")).strict == D("2026-03-09")


def test_lengths_are_worded_in_both_languages() -> None:
    assert length(1, "month") == ("1个月", "1 month")
    assert length(5, "working") == ("5个工作日", "5 working days")


STARTS = st.dates(D("2008-01-01"), D("2026-06-30"))


@given(st.sampled_from(sorted(RULES)), STARTS)
def test_rolled_is_never_before_strict_and_act_by_never_after_either(rule: str, start: date) -> None:
    found = due(rule, start)
    assert found.act_by == found.strict > start
    if found.rolled is not None:
        assert found.strict <= found.rolled


@given(st.sampled_from(sorted(RULES)), STARTS, st.integers(1, 30))
def test_a_later_start_never_ends_earlier(rule: str, start: date, later: int) -> None:
    assert due(rule, start + timedelta(days=later)).strict >= due(rule, start).strict


@given(STARTS, st.sampled_from(["110000", "330000", "370000"]))
def test_no_province_lengthens_what_a_clock_acts_on(start: date, place: str) -> None:
    assert due("legal_aid.review", start, place).act_by <= due("legal_aid.review", start).act_by


@given(STARTS, st.integers(1, 90))
def test_provisional_days_equal_the_true_ones_where_all_years_are_published(start: date, count: int) -> None:
    day, missing = provisional_working_days(start, count)
    assert missing is None
    assert day >= start + timedelta(days=count)
