"""Civil limitation (民法典 art. 188 to 195) and the two years of labour inspection (监察条例 art. 20)."""

from __future__ import annotations

from tests.law.limitation_questions import ask, effects, event


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
        assert (
            ask("service_pay", "2026-05-01", due_on="2023-05-31", knew_on="2023-09-01")["strict"]
            == "2026-09-01"
        )
        assert (
            ask("service_pay", "2026-05-01", due_on="2023-05-31", knew_on="2023-05-01")["strict"]
            == "2026-05-31"
        )
        assert ask("service_pay", "2026-05-01", knew_on="2023-09-01")["strict"] == "2026-09-01"

    def test_an_obstacle_before_the_last_six_months_has_no_effect(self) -> None:
        # ends 31 May 2026, six months before is 30 Nov 2025 (no 31 November): over on that day, no effect
        found = ask(
            "iou", "2026-05-01", due_on="2023-05-31", obstacles=[{"from": "2025-06-01", "to": "2025-11-30"}]
        )
        assert effects(found)[-1] == ("2025-06-01", "no_effect", "2026-05-31")

    def test_an_obstacle_in_the_last_six_months_ends_it_six_months_after_it_is_gone(self) -> None:
        # over on 31 March 2026; six months later is 30 September
        found = ask(
            "iou", "2026-05-01", due_on="2023-05-31", obstacles=[{"from": "2025-06-01", "to": "2026-03-31"}]
        )
        assert effects(found)[-1] == ("2025-06-01", "suspended", "2026-09-30")

    def test_what_was_asked_of_one_joint_debtor_counts_against_all(self) -> None:
        found = ask("iou", "2026-05-01", due_on="2023-05-31", events=[event("demand", "2025-01-01")])
        assert ("诉讼时效司法解释", "15") in {(one["instrument"], one["article"]) for one in found["basis"]}
        assert "几个人一起欠" in found["explanation"]["zh"]
        untouched = ask("iou", "2026-05-01", due_on="2023-05-31")
        assert "几个人一起欠" not in untouched["explanation"]["zh"]

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
        late = ask(
            "inspection_complaint",
            "2026-06-01",
            breach_ended_on="2024-04-30",
            events=[event("complaint", "2026-05-11")],
        )
        in_time = ask(
            "inspection_complaint",
            "2026-06-01",
            breach_ended_on="2024-04-30",
            events=[event("complaint", "2026-04-01")],
        )
        assert "已经投诉过" in in_time["explanation"]["zh"]
        assert "已经投诉过" not in late["explanation"]["zh"]

    def test_it_is_never_a_plea(self) -> None:
        found = ask("inspection_complaint", "2026-06-01", breach_ended_on="2024-04-30", pleaded="arbitration")
        assert found["pleadable"] is False

    def test_without_the_end_of_the_breach_it_is_asked_for(self) -> None:
        assert ask("inspection_complaint", "2026-03-02")["needs"][0]["path"] == "/breach_ended_on"
