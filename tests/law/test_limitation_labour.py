"""The year of labour arbitration: start, interruption, suspension (调解仲裁法 art. 27)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nuanxin.law.limitation import wages_deadline
from tests.law.limitation_questions import ask, effects, event, wages

D = date.fromisoformat


class TestWages:
    """劳动争议调解仲裁法 27(4)."""

    def test_nothing_runs_while_employed(self) -> None:
        found = ask("wages", "2026-03-02", still_employed=True, filed_on="2026-03-02", pleaded="arbitration")
        assert found["status"] == "not_running"
        assert (found["strict"], found["rolled"], found["days_left"], found["trail"]) == (
            None,
            None,
            None,
            [],
        )
        assert found["in_time"] is True
        assert found["pleadable"] is False
        assert found["basis"][0]["article"] == "27(4)"

    def test_an_end_still_to_come_is_still_employment(self) -> None:
        assert ask("wages", "2026-03-02", relation_ended_on="2026-03-31")["status"] == "not_running"

    def test_one_year_from_the_end(self) -> None:
        # ended Mon 10 March 2025, not counted; one year ends Tue 10 March 2026
        found = wages("2026-03-02")
        assert (found["status"], found["strict"], found["rolled"], found["days_left"]) == (
            "open",
            "2026-03-10",
            "2026-03-10",
            8,
        )
        assert effects(found) == [("2025-03-10", "starts", "2026-03-10")]

    def test_the_last_day_is_still_in_time_and_the_next_is_not(self) -> None:
        assert (wages("2026-03-10")["status"], wages("2026-03-10")["days_left"]) == ("open", 0)
        assert (wages("2026-03-11")["status"], wages("2026-03-11")["days_left"]) == ("expired", -1)
        assert wages("2026-03-11", filed_on="2026-03-10")["in_time"] is True
        assert wages("2026-03-11", filed_on="2026-03-11")["in_time"] is False

    def test_a_last_day_on_a_holiday_moves_the_end_but_not_the_strict_day(self) -> None:
        # ended 17 Feb 2025: strict Tue 17 Feb 2026 (New Year), off until Mon 23, rolled Tue 24
        found = wages("2026-02-20", relation_ended_on="2025-02-17", filed_on="2026-02-24")
        assert (found["strict"], found["rolled"], found["days_left"]) == ("2026-02-17", "2026-02-24", -3)
        assert (found["status"], found["in_time"]) == ("open", True)
        assert wages("2026-02-25", relation_ended_on="2025-02-17")["status"] == "expired"

    def test_a_worked_saturday_does_not_move_the_end(self) -> None:
        found = wages("2026-02-28", relation_ended_on="2025-02-28")
        assert (found["strict"], found["rolled"]) == ("2026-02-28", "2026-02-28")
        assert [reading["date"] for reading in found["readings"]] == ["2026-02-28", "2026-03-02"]

    def test_29_february_ends_on_the_28th(self) -> None:
        assert wages("2025-02-01", relation_ended_on="2024-02-29")["strict"] == "2025-02-28"

    @pytest.mark.parametrize("known", [{}, {"still_employed": False}])
    def test_without_the_end_it_is_asked_for(self, known: dict[str, Any]) -> None:
        found = ask("wages", "2026-03-02", **known)
        assert [need["path"] for need in found["needs"]] == ["/relation_ended_on"]
        assert "strict" not in found
        assert found["basis"]

    def test_typed_answer_for_urgency(self) -> None:
        assert wages_deadline(as_of=D("2026-03-02"), relation_ended_on=None) is None
        found = wages_deadline(as_of=D("2026-03-02"), relation_ended_on=D("2025-03-10"))
        assert found is not None
        assert (found.strict, found.days_left) == (D("2026-03-10"), 8)
        employed = wages_deadline(as_of=D("2026-03-02"), relation_ended_on=None, still_employed=True)
        assert employed is not None
        assert employed.status == "not_running"


class TestInterruption:
    """调仲法 27(2): the whole period anew."""

    def test_each_demand_starts_the_whole_year_anew(self) -> None:
        found = wages("2027-01-01", events=[event("demand", "2025-12-01"), event("complaint", "2026-11-30")])
        assert effects(found) == [
            ("2025-03-10", "starts", "2026-03-10"),
            ("2025-12-01", "restarts", "2026-12-01"),
            ("2026-11-30", "restarts", "2027-11-30"),
        ]
        assert found["strict"] == "2027-11-30"

    @pytest.mark.parametrize("kind", ["demand", "complaint", "promise", "agreement", "mediation", "suit"])
    def test_all_of_them_interrupt(self, kind: str) -> None:
        assert wages("2026-03-02", events=[event(kind, "2026-01-05")])["strict"] == "2027-01-05"

    def test_events_may_come_in_any_order(self) -> None:
        events = [event("complaint", "2026-02-02"), event("demand", "2025-12-01")]
        assert wages("2026-03-02", events=events)["strict"] == "2027-02-02"

    def test_a_demand_while_employed_has_no_effect(self) -> None:
        found = wages("2026-03-02", events=[event("demand", "2025-01-05")])
        assert effects(found)[0] == ("2025-01-05", "no_effect", None)
        assert found["strict"] == "2026-03-10"

    def test_a_demand_after_expiry_comes_too_late(self) -> None:
        found = wages("2026-06-01", events=[event("demand", "2026-03-11")])
        assert effects(found)[-1] == ("2026-03-11", "too_late", "2026-03-10")
        assert found["status"] == "expired"

    def test_a_demand_on_the_rolled_day_is_in_time(self) -> None:
        # strict Tue 17 Feb 2026, rolled Tue 24 Feb: a demand on the 24th still interrupts
        found = wages("2026-03-02", relation_ended_on="2025-02-17", events=[event("demand", "2026-02-24")])
        assert found["strict"] == "2027-02-24"


class TestArbitrationSuspension:
    """调仲法 27(3): at any time in the period; what was left runs on."""

    def test_the_blocked_days_are_added(self) -> None:
        # 1 to 30 June 2025 blocked: thirty days, both counted; 10 March + 30 = 9 April 2026
        found = wages("2026-03-02", obstacles=[{"from": "2025-06-01", "to": "2025-06-30"}])
        assert effects(found)[-1] == ("2025-06-01", "suspended", "2026-04-09")

    def test_overlapping_times_count_once(self) -> None:
        # 1 to 30 June and 16 June to 15 July: 45 days in all; 10 March + 45 = 24 April
        obstacles = [{"from": "2025-06-16", "to": "2025-07-15"}, {"from": "2025-06-01", "to": "2025-06-30"}]
        assert wages("2026-03-02", obstacles=obstacles)["strict"] == "2026-04-24"

    def test_a_time_within_another_has_no_effect_of_its_own(self) -> None:
        obstacles = [{"from": "2025-06-01", "to": "2025-06-30"}, {"from": "2025-06-10", "to": "2025-06-12"}]
        found = wages("2026-03-02", obstacles=obstacles)
        assert effects(found)[-1] == ("2025-06-10", "no_effect", "2026-04-09")

    def test_only_days_within_the_period_count(self) -> None:
        # blocked 1 to 20 March 2025, started 10 March: 11 to 20 March are ten days
        found = wages("2026-03-02", obstacles=[{"from": "2025-03-01", "to": "2025-03-20"}])
        assert effects(found) == [
            ("2025-03-10", "starts", "2026-03-10"),
            ("2025-03-10", "suspended", "2026-03-20"),
        ]

    def test_what_was_over_before_the_start_has_no_effect(self) -> None:
        found = wages("2026-03-02", obstacles=[{"from": "2025-01-01", "to": "2025-03-10"}])
        assert effects(found)[0] == ("2025-01-01", "no_effect", None)
        assert found["strict"] == "2026-03-10"

    def test_after_expiry_it_comes_too_late(self) -> None:
        found = wages("2026-06-01", obstacles=[{"from": "2026-04-01", "to": "2026-04-30"}])
        assert effects(found)[-1] == ("2026-04-01", "too_late", "2026-03-10")

    def test_a_demand_during_an_obstacle_starts_anew_and_the_rest_of_it_still_counts(self) -> None:
        # demand 15 June 2025 → 15 June 2026; blocked 16 to 30 June, fifteen days → 30 June 2026
        found = wages(
            "2026-03-02",
            obstacles=[{"from": "2025-06-01", "to": "2025-06-30"}],
            events=[event("demand", "2025-06-15")],
        )
        assert effects(found)[-1] == ("2025-06-15", "restarts", "2026-06-30")


class TestOtherLabourClaims:
    """调仲法 27(1): one year from knowing."""

    def test_severance_counts_from_the_end(self) -> None:
        assert ask("severance", "2026-03-02", relation_ended_on="2025-05-06")["strict"] == "2026-05-06"

    def test_severance_counts_from_knowing_where_that_came_later(self) -> None:
        found = ask("severance", "2026-03-02", relation_ended_on="2025-05-06", knew_on="2025-06-03")
        assert found["strict"] == "2026-06-03"

    def test_severance_while_employed_has_not_arisen(self) -> None:
        assert ask("severance", "2026-03-02", still_employed=True)["status"] == "not_running"
        assert ask("severance", "2026-03-02", relation_ended_on="2026-03-31")["status"] == "not_running"

    def test_severance_without_any_day_asks_for_the_end(self) -> None:
        assert ask("severance", "2026-03-02")["needs"][0]["path"] == "/relation_ended_on"

    def test_annual_leave_counts_from_knowing_or_the_end(self) -> None:
        assert ask("annual_leave", "2026-03-02", knew_on="2025-12-31")["strict"] == "2026-12-31"
        assert ask("annual_leave", "2026-03-02", relation_ended_on="2025-05-06")["strict"] == "2026-05-06"
        assert ask("annual_leave", "2026-03-02")["needs"][0]["path"] == "/knew_on"

    def test_double_wage_gives_both_readings_outside_beijing(self) -> None:
        found = ask("double_wage", "2026-03-02", knew_on="2025-08-31")
        assert found["strict"] == "2026-08-31"
        assert [reading["id"] for reading in found["readings"]] == ["whole_period", "day_by_day"]
        # filing on 2 March 2026 reaches back one year
        assert found["readings"][1]["claimable_from"] == "2025-03-02"

    def test_double_wage_in_beijing_is_counted_back_day_by_day(self) -> None:
        found = ask("double_wage", "2026-03-02", knew_on="2025-08-31", place="110105", filed_on="2026-03-09")
        assert "readings" not in found
        assert "2025年3月9日" in found["explanation"]["zh"]
        assert found["basis"][-1]["instrument"] == "北京劳动争议解答"

    def test_double_wage_may_count_from_the_last_day_of_the_breach(self) -> None:
        assert ask("double_wage", "2026-03-02", breach_ended_on="2025-09-30")["strict"] == "2026-09-30"
        assert ask("double_wage", "2026-03-02")["needs"][0]["path"] == "/knew_on"

    def test_nobody_knows_of_a_harm_before_it_is_done(self) -> None:
        # told on 1 June that nothing would come, due on 31 August: the year runs from the later day
        for claim in ("double_wage", "annual_leave"):
            found = ask(claim, "2026-03-02", knew_on="2025-06-01", due_on="2025-08-31")
            assert found["strict"] == "2026-08-31"
            assert "该付没付那天" in found["explanation"]["zh"]
            later = ask(claim, "2026-03-02", knew_on="2025-09-15", due_on="2025-08-31")
            assert later["strict"] == "2026-09-15"

    def test_each_start_is_told_in_its_own_words(self) -> None:
        assert (
            "违法结束那天"
            in ask("double_wage", "2026-03-02", breach_ended_on="2025-09-30")["explanation"]["zh"]
        )
        assert ask("annual_leave", "2026-03-02", due_on="2025-08-31")["strict"] == "2026-08-31"


class TestDayByDay:
    """北京劳动争议解答 41: back from the day on which the worker claims, unless the time was kept running."""

    def reach(self, as_of: str, **rest: Any) -> str:
        found = ask("double_wage", as_of, knew_on="2025-08-31", **rest)
        return str(found["readings"][1]["claimable_from"])

    def test_one_year_back_from_the_filing(self) -> None:
        assert self.reach("2026-03-02") == "2025-03-02"
        assert self.reach("2026-03-02", filed_on="2026-02-10") == "2025-02-10"

    def test_29_february_reaches_1_march_of_the_year_before(self) -> None:
        # 28 Feb 2023 and a year is 28 Feb 2024, over on the 29th; 1 March 2023 is still in time
        found = ask("double_wage", "2024-02-29", knew_on="2023-08-31")
        assert found["readings"][1]["claimable_from"] == "2023-03-01"

    def test_a_demand_reaches_back_from_its_own_day(self) -> None:
        # demanded Tue 2 Sept 2025, filed 2 March 2026 within a year of it: back to 2 Sept 2024
        assert self.reach("2026-03-02", events=[event("demand", "2025-09-02")]) == "2024-09-02"

    def test_each_demand_keeps_the_chain(self) -> None:
        # 1 Oct 2024, then 1 Sept 2025 within a year of it: back to 1 Oct 2023
        events = [event("complaint", "2025-09-01"), event("demand", "2024-10-01")]
        assert self.reach("2026-03-02", events=events) == "2023-10-01"

    def test_a_chain_that_broke_helps_no_more(self) -> None:
        # 1 Oct 2023 ran out on 1 Oct 2024, long before the filing
        assert self.reach("2026-03-02", events=[event("demand", "2023-10-01")]) == "2025-03-02"

    def test_a_demand_after_the_filing_day_does_not_count(self) -> None:
        events = [event("demand", "2026-03-01")]
        assert self.reach("2026-03-02", filed_on="2026-02-10", events=events) == "2025-02-10"

    def test_an_obstacle_reaches_back_by_its_days(self) -> None:
        # blocked 1 to 30 June 2025, thirty days: 2 March 2025 less thirty days = 31 January 2025
        obstacles = [{"from": "2025-06-01", "to": "2025-06-30"}]
        assert self.reach("2026-03-02", obstacles=obstacles) == "2025-01-31"

    def test_what_hangs_on_unpublished_holidays_is_not_said_to_be_saved(self) -> None:
        # parts that end strictly before the demand of 4 Jan 2027 are saved by no roll that anybody knows
        found = self.reach("2027-02-01", events=[event("demand", "2027-01-04")])
        assert found == "2026-01-04"
