"""Limitation: where it starts, what starts it anew or suspends it, when it is over, and who may still plead it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nuanxin.law import answer
from nuanxin.law.calendar import CalendarMissing
from nuanxin.law.limitation import Event, Facts, Limitation, Missing, Obstacle, limitation, wages_deadline

D = date.fromisoformat


def ask(claim: str, as_of: str, **rest: Any) -> dict[str, Any]:
    return answer("limitation", {"claim": claim, "as_of": as_of, **rest})


def wages(as_of: str, **rest: Any) -> dict[str, Any]:
    return ask("wages", as_of, **{"relation_ended_on": "2025-03-10", **rest})


def effects(found: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    return [(step["on"], step["effect"], step["ends"]) for step in found["trail"]]


def event(kind: str, on: str) -> dict[str, str]:
    return {"kind": kind, "on": on}


class TestWages:
    """劳动争议调解仲裁法 27(4)."""

    def test_nothing_runs_while_employed(self) -> None:
        found = ask("wages", "2026-03-02", still_employed=True, filed_on="2026-03-02", pleaded="arbitration")
        assert found["status"] == "not_running"
        assert (found["strict"], found["rolled"], found["days_left"], found["trail"]) == (None, None, None, [])
        assert found["in_time"] is True
        assert found["pleadable"] is False
        assert found["basis"][0]["article"] == "27(4)"

    def test_an_end_still_to_come_is_still_employment(self) -> None:
        assert ask("wages", "2026-03-02", relation_ended_on="2026-03-31")["status"] == "not_running"

    def test_one_year_from_the_end(self) -> None:
        # ended Mon 10 March 2025, not counted; one year ends Tue 10 March 2026
        found = wages("2026-03-02")
        assert (found["status"], found["strict"], found["rolled"], found["days_left"]) == ("open", "2026-03-10", "2026-03-10", 8)
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
        assert effects(found) == [("2025-03-10", "starts", "2026-03-10"), ("2025-03-10", "suspended", "2026-03-20")]

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


class TestCivil:
    """民法典 188 to 195: three years."""

    def test_from_the_due_date(self) -> None:
        # due 31 May 2023; three years end Sun 31 May 2026, rolled to Mon 1 June
        found = ask("iou", "2026-05-01", due_on="2023-05-31")
        assert (found["strict"], found["rolled"], found["days_left"]) == ("2026-05-31", "2026-06-01", 30)
        assert "15" in {basis["article"] for basis in found["basis"]}

    def test_instalments_count_from_the_last(self) -> None:
        dates = ["2023-12-31", "2023-06-30", "2024-01-31"]
        assert ask("iou", "2026-05-01", instalments=dates)["strict"] == "2027-01-31"

    def test_not_yet_due_does_not_run(self) -> None:
        assert ask("iou", "2026-05-01", due_on="2026-05-02")["status"] == "not_running"

    def test_undated_debt_counts_from_the_end_of_the_grace(self) -> None:
        found = ask("iou", "2026-05-01", demanded_on="2024-01-01", grace_until="2024-01-31")
        assert found["strict"] == "2027-01-31"

    def test_undated_debt_without_grace_counts_from_the_first_demand(self) -> None:
        assert ask("iou", "2026-05-01", demanded_on="2024-01-15")["strict"] == "2027-01-15"
        events = [event("promise", "2024-03-01"), event("demand", "2024-02-01")]
        # the demand starts it on 1 Feb 2024, the promise of 1 March starts it anew
        found = ask("iou", "2026-05-01", events=events)
        assert effects(found)[0] == ("2024-02-01", "starts", "2027-02-01")
        assert found["strict"] == "2027-03-01"

    def test_without_any_day_it_is_asked_for(self) -> None:
        assert ask("service_pay", "2026-05-01")["needs"][0]["path"] == "/due_on"

    def test_knowing_later_than_the_due_date_counts(self) -> None:
        assert ask("service_pay", "2026-05-01", due_on="2023-05-31", knew_on="2023-09-01")["strict"] == "2026-09-01"
        assert ask("service_pay", "2026-05-01", due_on="2023-05-31", knew_on="2023-05-01")["strict"] == "2026-05-31"
        assert ask("service_pay", "2026-05-01", knew_on="2023-09-01")["strict"] == "2026-09-01"

    def test_an_obstacle_before_the_last_six_months_has_no_effect(self) -> None:
        # ends 31 May 2026, six months before is 30 Nov 2025 (no 31 November): over on that day, no effect
        found = ask("iou", "2026-05-01", due_on="2023-05-31", obstacles=[{"from": "2025-06-01", "to": "2025-11-30"}])
        assert effects(found)[-1] == ("2025-06-01", "no_effect", "2026-05-31")

    def test_an_obstacle_in_the_last_six_months_ends_it_six_months_after_it_is_gone(self) -> None:
        # over on 31 March 2026; six months later is 30 September
        found = ask("iou", "2026-05-01", due_on="2023-05-31", obstacles=[{"from": "2025-06-01", "to": "2026-03-31"}])
        assert effects(found)[-1] == ("2025-06-01", "suspended", "2026-09-30")

    def test_nothing_outlasts_twenty_years_from_the_harm(self) -> None:
        # harm 1 June 2006, learned of on 1 June 2024: three years would be 2027, twenty end 1 June 2026
        found = ask("service_pay", "2026-05-01", due_on="2006-06-01", knew_on="2024-06-01")
        assert found["strict"] == "2026-06-01"
        # neither a demand nor an obstacle helps
        later = ask(
            "service_pay", "2026-05-01", due_on="2006-06-01", knew_on="2024-06-01",
            events=[event("demand", "2026-03-01")], obstacles=[{"from": "2026-04-01", "to": "2026-04-30"}],
        )  # fmt: skip
        assert later["strict"] == "2026-06-01"


class TestInspection:
    """劳动保障监察条例 20: two years, not interrupted."""

    def test_two_years_from_the_end_of_the_breach(self) -> None:
        found = ask("inspection_complaint", "2026-03-02", breach_ended_on="2024-04-30")
        assert (found["status"], found["strict"]) == ("open", "2026-04-30")

    def test_a_demand_or_an_obstacle_changes_nothing(self) -> None:
        found = ask(
            "inspection_complaint", "2026-03-02", breach_ended_on="2024-04-30",
            events=[event("demand", "2025-01-01")], obstacles=[{"from": "2025-02-01", "to": "2025-03-01"}],
        )  # fmt: skip
        assert [effect for _, effect, _ in effects(found)] == ["starts", "no_effect", "no_effect"]
        assert found["strict"] == "2026-04-30"

    def test_a_complaint_in_time_keeps_it_alive(self) -> None:
        late = ask("inspection_complaint", "2026-06-01", breach_ended_on="2024-04-30", events=[event("complaint", "2026-05-11")])
        in_time = ask("inspection_complaint", "2026-06-01", breach_ended_on="2024-04-30", events=[event("complaint", "2026-04-01")])
        assert "已经投诉过" in in_time["explanation"]["zh"]
        assert "已经投诉过" not in late["explanation"]["zh"]

    def test_it_is_never_a_plea(self) -> None:
        found = ask("inspection_complaint", "2026-06-01", breach_ended_on="2024-04-30", pleaded="arbitration")
        assert found["pleadable"] is False

    def test_without_the_end_of_the_breach_it_is_asked_for(self) -> None:
        assert ask("inspection_complaint", "2026-03-02")["needs"][0]["path"] == "/breach_ended_on"


class TestPlea:
    """民法典 192, 193; 解释二 20."""

    @pytest.mark.parametrize(("pleaded", "stands"), [("arbitration", True), ("first_in_court", False), ("never", False)])
    def test_a_labour_plea_must_be_made_in_arbitration(self, pleaded: str, stands: bool) -> None:
        assert wages("2026-06-01", pleaded=pleaded)["pleadable"] is stands

    @pytest.mark.parametrize(("pleaded", "stands"), [("arbitration", True), ("first_in_court", True), ("never", False)])
    def test_a_civil_plea_may_be_made_in_court(self, pleaded: str, stands: bool) -> None:
        assert ask("iou", "2026-06-02", due_on="2023-05-31", pleaded=pleaded)["pleadable"] is stands

    def test_a_plea_before_expiry_does_not_stand(self) -> None:
        assert wages("2026-03-02", pleaded="arbitration")["pleadable"] is False

    def test_a_claim_filed_in_time_stays_in_time(self) -> None:
        found = wages("2026-06-01", filed_on="2026-03-09", pleaded="arbitration")
        assert (found["status"], found["pleadable"]) == ("open", False)
        assert "您是在期限内提出的" in found["explanation"]["zh"]

    @pytest.mark.parametrize("kind", ["promise", "agreement"])
    def test_a_promise_after_expiry_gives_the_plea_up(self, kind: str) -> None:
        found = wages("2026-06-01", pleaded="arbitration", events=[event(kind, "2026-05-01")])
        assert (found["status"], found["pleadable"]) == ("expired", False)
        assert effects(found)[-1][1] == "too_late"
        assert "192" in {basis["article"] for basis in found["basis"]}

    def test_another_event_after_expiry_does_not(self) -> None:
        events = [event("promise", "2026-05-01"), event("demand", "2026-05-06")]
        assert wages("2026-06-01", pleaded="arbitration", events=events)["pleadable"] is False
        assert wages("2026-06-01", pleaded="arbitration", events=events[1:])["pleadable"] is True


class TestUnpublishedYears:
    """Never guessed: only ``rolled`` may stay open."""

    def test_only_rolled_stays_open(self) -> None:
        found = wages("2026-11-23", relation_ended_on="2026-01-02")
        assert (found["strict"], found["rolled"], found["status"]) == ("2027-01-02", None, "open")
        assert found["warnings"] == [{"code": "calendar_missing", "year": 2027}]

    def test_where_the_status_itself_turns_on_it_nothing_is_said(self) -> None:
        # strict Sat 2 Jan 2027; on the 3rd nobody knows whether the end has moved
        found = wages("2027-01-03", relation_ended_on="2026-01-02")
        assert [(fault["path"], fault["code"]) for fault in found["errors"]] == [("/as_of", "calendar_missing")]

    def test_long_after_no_holiday_could_matter(self) -> None:
        assert wages("2027-03-01", relation_ended_on="2026-01-02")["status"] == "expired"


class TestBadQuestions:
    @pytest.mark.parametrize(
        ("rest", "path", "code"),
        [
            ({"still_employed": True}, "/still_employed", "conflict"),
            ({"events": [event("demand", "2026-03-03")]}, "/events/0/on", "in_future"),
            ({"events": [event("rumour", "2026-03-01")]}, "/events/0/kind", "invalid_choice"),
            ({"knew_on": "2026-03-03"}, "/knew_on", "in_future"),
            ({"demanded_on": "2026-03-03"}, "/demanded_on", "in_future"),
            ({"demanded_on": "2026-03-01", "grace_until": "2026-02-28"}, "/grace_until", "dates_out_of_order"),
            ({"obstacles": [{"from": "2026-02-02", "to": "2026-02-01"}]}, "/obstacles/0/to", "dates_out_of_order"),
            ({"obstacles": [{"from": "2026-03-03", "to": "2026-03-09"}]}, "/obstacles/0/from", "in_future"),
            ({"pleaded": "loudly"}, "/pleaded", "invalid_choice"),
            ({"instalments": ["2026-01-01", "x"]}, "/instalments/1", "invalid_date"),
        ],
    )
    def test_each_fault_has_its_place(self, rest: dict[str, Any], path: str, code: str) -> None:
        found = wages("2026-03-02", **rest)
        assert [(fault["path"], fault["code"]) for fault in found["errors"]] == [(path, code)]

    def test_faults_between_values_are_told_with_the_others(self) -> None:
        found = answer("limitation", {"claim": "wages", "obstacles": [{"from": "2026-02-02", "to": "2026-02-01"}]})
        assert {fault["path"] for fault in found["errors"]} == {"/as_of", "/obstacles/0/to"}


DAYS = st.dates(D("2015-01-01"), D("2025-06-30"))
KINDS = st.sampled_from(["demand", "complaint", "promise", "agreement", "mediation", "suit"])
EVENTS = st.lists(st.builds(Event, KINDS, DAYS), max_size=6).map(tuple)
OBSTACLES = st.lists(
    st.builds(lambda day, length: Obstacle(day, day + timedelta(days=length)), DAYS, st.integers(0, 200)), max_size=4
).map(tuple)
CLAIMS = st.sampled_from(["wages", "severance", "annual_leave", "double_wage", "service_pay", "iou"])
TODAY = D("2026-06-30")


def facts(claim: Any, start: date, events: Any = (), obstacles: Any = (), **rest: Any) -> Facts:
    return Facts(
        claim, TODAY, relation_ended_on=start, knew_on=start, due_on=start, events=events, obstacles=obstacles, **rest
    )


def found(asked: Facts) -> Limitation:
    result = limitation(asked)
    assert not isinstance(result, Missing)
    return result


@given(CLAIMS, DAYS, EVENTS, OBSTACLES)
def test_nothing_that_happens_brings_the_end_forward(claim: Any, start: date, events: Any, obstacles: Any) -> None:
    bare, full = found(facts(claim, start)), found(facts(claim, start, events, obstacles))
    assert full.strict is not None
    assert bare.strict is not None
    assert full.strict >= bare.strict
    assert full.rolled is None or full.rolled >= full.strict


@given(CLAIMS, DAYS, EVENTS, OBSTACLES, DAYS, st.integers(0, 2000))
def test_a_later_filing_is_never_better(
    claim: Any, start: date, events: Any, obstacles: Any, filed: date, later: int
) -> None:
    try:
        first = found(facts(claim, start, events, obstacles, filed_on=filed))
        second = found(facts(claim, start, events, obstacles, filed_on=filed + timedelta(days=later)))
    except CalendarMissing:
        return
    assert first.in_time or not second.in_time
    assert first.strict == second.strict  # a later filing never changes when the period ended


@given(CLAIMS, DAYS, EVENTS, OBSTACLES)
def test_the_trail_is_in_order_starts_once_and_ends_where_the_answer_does(
    claim: Any, start: date, events: Any, obstacles: Any
) -> None:
    result = found(facts(claim, start, events, obstacles))
    days = [step.on for step in result.trail]
    assert days == sorted(days)
    assert [step.effect for step in result.trail].count("starts") == 1
    assert result.trail[-1].ends == result.strict
    assert len(result.trail) == 1 + len(events) + len(obstacles)


@given(DAYS, EVENTS)
def test_the_order_in_which_events_are_told_does_not_matter(start: date, events: Any) -> None:
    assert found(facts("wages", start, events)).strict == found(facts("wages", start, events[::-1])).strict
