"""Who may plead limitation, what unpublished holidays leave open, and bad questions."""

from __future__ import annotations

from typing import Any

import pytest

from nuanxin.law import answer
from tests.law.limitation_questions import ask, effects, event, wages


class TestPlea:
    """民法典 192, 193; 解释二 20."""

    @pytest.mark.parametrize(
        ("pleaded", "stands"), [("arbitration", True), ("first_in_court", False), ("never", False)]
    )
    def test_a_labour_plea_must_be_made_in_arbitration(self, pleaded: str, stands: bool) -> None:
        assert wages("2026-06-01", pleaded=pleaded)["pleadable"] is stands

    @pytest.mark.parametrize(
        ("pleaded", "stands"), [("arbitration", True), ("first_in_court", True), ("never", False)]
    )
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
        assert [(fault["path"], fault["code"]) for fault in found["errors"]] == [
            ("/as_of", "calendar_missing")
        ]

    def test_long_after_no_holiday_could_matter(self) -> None:
        assert wages("2027-03-01", relation_ended_on="2026-01-02")["status"] == "expired"


class TestBadQuestions:
    @pytest.mark.parametrize(
        ("rest", "path", "code"),
        [
            ({"still_employed": True}, "/still_employed", "conflict"),
            ({"still_employed": False, "relation_ended_on": "2026-03-03"}, "/still_employed", "conflict"),
            ({"events": [event("demand", "2026-03-03")]}, "/events/0/on", "in_future"),
            ({"events": [event("rumour", "2026-03-01")]}, "/events/0/kind", "invalid_choice"),
            ({"knew_on": "2026-03-03"}, "/knew_on", "in_future"),
            ({"demanded_on": "2026-03-03"}, "/demanded_on", "in_future"),
            (
                {"demanded_on": "2026-03-01", "grace_until": "2026-02-28"},
                "/grace_until",
                "dates_out_of_order",
            ),
            (
                {"obstacles": [{"from": "2026-02-02", "to": "2026-02-01"}]},
                "/obstacles/0/to",
                "dates_out_of_order",
            ),
            ({"obstacles": [{"from": "2026-03-03", "to": "2026-03-09"}]}, "/obstacles/0/from", "in_future"),
            ({"pleaded": "loudly"}, "/pleaded", "invalid_choice"),
            ({"instalments": ["2026-01-01", "x"]}, "/instalments/1", "invalid_date"),
        ],
    )
    def test_each_fault_has_its_place(self, rest: dict[str, Any], path: str, code: str) -> None:
        found = wages("2026-03-02", **rest)
        assert [(fault["path"], fault["code"]) for fault in found["errors"]] == [(path, code)]

    def test_faults_between_values_are_told_with_the_others(self) -> None:
        found = answer(
            "limitation", {"claim": "wages", "obstacles": [{"from": "2026-02-02", "to": "2026-02-01"}]}
        )
        assert {fault["path"] for fault in found["errors"]} == {"/as_of", "/obstacles/0/to"}
