"""Steps in their order, a second look at those that are not, and the correction of one that was entered by mistake."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from nuanxin.audit.models import Event
from nuanxin.audit.verify import verify
from nuanxin.cases.actions.claim import record as record_facts
from nuanxin.cases.actions.move import Change, move
from nuanxin.cases.faults import Doubtful, NotPermitted
from nuanxin.cases.models import Entry
from nuanxin.cases.queries.claim import latest
from nuanxin.cases.queries.follow import follow_view, messages
from nuanxin.cases.rules.course import FOLLOWS, TITLES, Taken, course_of, rests_on, running, step_doubts
from nuanxin.cases.rules.ledger import MoneyStep
from nuanxin.cases.rules.stages import STEPS
from nuanxin.network.models import Agency
from nuanxin.notices.models import Notice
from tests.apps.cases.test_rebuild import check
from tests.factories.story import CLERK, DECIDER, LAWYER, OPERATOR, SHANXI, Story, person

DAY = date(2026, 3, 2)  # the day on which stories begin


def taken(key: str, day: int = 0, coming: bool = False) -> Taken:
    return Taken(key, DAY + timedelta(days=day), f"at {key} {day}", coming)


FILED, ACCEPTED, AWARDED = (
    taken("arbitration.filed"),
    taken("arbitration.accepted", 3),
    taken("arbitration.awarded", 9),
)


@pytest.mark.parametrize(
    ("new", "before", "more", "codes"),
    [
        (FILED, [], {}, []),  # a first filing follows nothing
        (AWARDED, [FILED], {}, []),
        (AWARDED, [], {}, ["out_of_order"]),
        (taken("appeal.judged"), [], {}, ["out_of_order"]),
        (taken("appeal.judged"), [FILED, AWARDED], {}, ["out_of_order"]),
        (taken("arbitration.awarded", -1), [FILED], {}, ["before_earlier"]),
        (taken("arbitration.awarded", 1), [FILED, ACCEPTED], {}, []),  # after one of them is enough
        (taken("arbitration.hearing", 5, coming=True), [], {}, ["out_of_order"]),
        (taken("appeal.judged"), [taken("appeal.filed", 9, coming=True)], {}, ["out_of_order"]),
        (taken("enforcement.filed"), [], {}, ["out_of_order"]),
        (taken("enforcement.filed"), [], {"awarded": True}, []),  # the agreement is on the ledger
        (taken("enforcement.filed", 20), [AWARDED], {}, []),
        (taken("arbitration.filed", -366), [], {}, ["long_ago"]),
        (taken("arbitration.filed", -365), [], {}, []),
        (taken("arbitration.filed", -366), [], {"dated": True}, []),  # the days of the work are the measure
        (taken("arbitration.awarded", -400), [FILED], {}, ["long_ago", "before_earlier"]),
    ],
)  # fmt: skip
def test_what_is_odd_about_a_step(
    new: Taken, before: list[Taken], more: dict[str, bool], codes: list[str]
) -> None:
    found = step_doubts(new, before, **{"handed_in": DAY, "awarded": False, "dated": False, **more})  # type: ignore[arg-type]
    assert [doubt.code for doubt in found] == codes
    for doubt in found:
        assert doubt.zh.count("“") == doubt.zh.count("”")
        assert doubt.en.count("“") == doubt.en.count("”")


def test_every_step_that_must_follow_follows_steps_that_there_are() -> None:
    for key, wanted in FOLLOWS.items():
        assert {key, *wanted} <= set(STEPS)
        assert key not in wanted
    assert set(TITLES) <= set(STEPS)


@pytest.mark.parametrize(
    ("place", "course", "awarded", "keys"),
    [
        (0, [FILED, AWARDED], False, ["arbitration.awarded"]),
        (
            0,
            [FILED, ACCEPTED, AWARDED],
            False,
            ["arbitration.accepted"],
        ),  # the award still follows the acceptance
        (1, [FILED, ACCEPTED, AWARDED], False, []),
        (0, [FILED, FILED, AWARDED], False, []),  # entered twice: the other one stands
        (0, [AWARDED, taken("enforcement.filed", 30)], False, ["enforcement.filed"]),
        (0, [AWARDED, taken("enforcement.filed", 30)], True, []),
        (0, [taken("negotiation.failed"), AWARDED], False, []),  # it was out of order before
    ],
)
def test_what_rests_on_a_step(place: int, course: list[Taken], awarded: bool, keys: list[str]) -> None:
    assert [one.key for one in rests_on(place, course, awarded=awarded)] == keys


def test_clocks_run_by_the_steps_that_started_and_did_not_stop_them() -> None:
    assert running([]) == {}
    assert running([FILED]) == {"arbitration.accept": DAY}
    assert running([FILED, ACCEPTED]) == {"arbitration.award": ACCEPTED.on, "arbitration.serve": ACCEPTED.on}
    assert running([FILED, ACCEPTED, AWARDED]) == {"court.sue_after_award": AWARDED.on}
    hearing = taken("arbitration.hearing", 30, coming=True)
    assert running([FILED, hearing]) == {"arbitration.accept": DAY, "set.hearing": hearing.on}
    assert running([FILED, hearing, taken("arbitration.hearing", 30)]) == {}


@pytest.mark.django_db
class TestASecondLook:
    def test_a_filing_of_years_ago_clears_no_alarm_in_silence(self, offices: dict[int, Agency]) -> None:
        story = Story(worked=None, ended_on="2025-03-05", relation="employment").in_progress()
        assert (story.case.worked_from, story.case.urgent) == ("", True)
        with pytest.raises(Doubtful) as refusal:
            story.do("record_step", LAWYER, taken="arbitration.filed", on=date(2019, 1, 4))
        assert "2019年1月4日比本案提出的日子早 7 年以上" in refusal.value.zh
        assert "more than 7 years before" in refusal.value.en
        assert (story.case.urgent, story.case.steps) == (True, [])
        story.do("record_step", LAWYER, taken="arbitration.filed", on=date(2019, 1, 4), sure="上一次的仲裁。")
        event = Event.objects.get(stream=story.case_id, kind="case.record_step")
        assert event.payload["doubts"] == ["long_ago"]
        why = Entry.objects.get(case=story.case_id, action="sure_of_step")
        assert (why.text, why.for_worker) == ("上一次的仲裁。", False)
        assert list(verify(story.case_id)) == []

    @pytest.mark.parametrize(
        "key", sorted(set(FOLLOWS) - {"enforcement.due", "enforcement.filed", "enforcement.completed"})
    )
    def test_no_step_is_taken_straight_after_signing_without_what_comes_before_it(
        self, key: str, story: Story
    ) -> None:
        story.in_progress()
        assert story.refused("record_step", LAWYER, taken=key) == "doubtful"
        assert story.refused("record_step", LAWYER, taken=key, sure="  ") == "doubtful"
        story.do("record_step", LAWYER, taken=key, sure="工人自己办到这一步才来的。")
        assert [one.key for one in course_of(story.case.steps)] == [key]

    def test_a_step_in_its_order_is_asked_nothing(self, story: Story) -> None:
        story.in_progress()
        for key in ("arbitration.filed", "arbitration.accepted", "arbitration.awarded", "first_instance.filed",
                    "first_instance.judged", "appeal.filed", "appeal.judged", "enforcement.filed"):  # fmt: skip
            story.later(days=1).do("record_step", LAWYER, taken=key)
        assert not Entry.objects.filter(case=story.case_id, action="sure_of_step").exists()
        check(story.case_id)


@pytest.mark.django_db
class TestCorrecting:
    @pytest.fixture
    def near(self, offices: dict[int, Agency]) -> Story:
        """Three days before the limitation; a filing was recorded."""
        story = Story(ended_on="2025-03-05", relation="employment").in_progress()
        return story.do("record_step", LAWYER, taken="arbitration.filed", text="已经交上去了。")

    def test_what_did_not_happen_is_taken_back_and_the_limitation_presses_again(self, near: Story) -> None:
        assert (near.case.limitation_on, near.case.urgent) == (None, False)
        near.do("correct_step", LAWYER, which=1, gone=True, text="还没有交上去，记错了。")
        case = near.case
        assert (case.limitation_on, case.urgent) == (date(2026, 3, 5), True)
        assert (case.steps, case.stage) == ([], "negotiation")
        assert near.clock("arbitration.accept").state == "dropped"
        check(near.case_id)
        assert list(verify(near.case_id)) == []

    def test_the_worker_reads_the_truth(self, near: Story) -> None:
        near.do("correct_step", LAWYER, which=1, gone=True, text="还没有交上去，记错了。")
        view = follow_view(near.case_id, 0)
        assert view is not None
        told = [line.sentence["zh"] for line in view.timeline]
        assert told[-2:] == ["申请劳动仲裁（记错了，已经取消）", "“申请劳动仲裁”是记错了，已经取消"]
        assert "时效到2026年3月5日为止" in view.next.sentence["zh"]
        assert messages(view)[0].text == "还没有交上去，记错了。"
        assert Notice.objects.filter(case_id=near.case_id, template="step_taken_back").count() == 1

    def test_the_event_says_who_when_which_step_and_what_it_was(self, near: Story) -> None:
        recorded = Event.objects.get(stream=near.case_id, kind="case.record_step")
        at = near.at
        near.do("correct_step", CLERK, which=1, gone=True, text="与律师核对过。")
        event = Event.objects.get(stream=near.case_id, kind="case.correct_step")
        assert (event.actor_kind, event.actor_id, event.recorded_at) == ("staff", CLERK, at)
        told = {key: event.payload[key] for key in ("taken", "of", "was", "on", "gone")}
        assert told == {
            "taken": "arbitration.filed", "of": recorded.recorded_at.isoformat(), "was": "2026-03-02", "on": "", "gone": True,
        }  # fmt: skip
        assert "核对" not in str(event.payload)  # no free text in the chain

    def test_a_wrong_day_is_put_right_and_its_clock_counts_from_the_right_one(self, story: Story) -> None:
        story.in_progress().do("record_step", LAWYER, taken="arbitration.filed").later(days=30)
        story.do("record_step", LAWYER, taken="arbitration.awarded", on=date(2026, 3, 30))
        assert story.clock("court.sue_after_award").strict == "2026-04-14"
        story.do("correct_step", LAWYER, which=2, on=date(2026, 3, 20), text="回执上是20日。")
        clocks = [c for c in story.case.clock_list() if c.rule == "court.sue_after_award"]
        # Labour Dispute Mediation and Arbitration Law art. 50: fifteen days from the day the award was received
        assert [(c.strict, c.state) for c in clocks] == [("2026-04-14", "dropped"), ("2026-04-04", "running")]
        assert [(one.key, one.on) for one in course_of(story.case.steps)] == [
            ("arbitration.filed", DAY), ("arbitration.awarded", date(2026, 3, 20)),
        ]  # fmt: skip
        assert story.case.limitation_on is None  # the claim was made all the same
        view = follow_view(story.case_id, 0)
        assert view is not None
        assert [(line.on, line.sentence["zh"]) for line in view.timeline][-2:] == [
            (date(2026, 3, 20), "收到裁决书"), (story.today, "“收到裁决书”的日期记错了，改成2026年3月20日"),
        ]  # fmt: skip
        assert Notice.objects.filter(case_id=story.case_id, template="step_redated").count() == 1
        check(story.case_id)

    def test_taking_back_what_had_ended_a_clock_lets_that_very_clock_run_on(self, story: Story) -> None:
        story.in_progress().do("record_step", LAWYER, taken="arbitration.filed").later(days=5)
        story.do("record_step", LAWYER, taken="arbitration.accepted").later(days=5)
        award = story.clock("arbitration.award")
        story.do("record_step", LAWYER, taken="arbitration.awarded")
        assert story.clock("arbitration.award").state == "met"
        story.do("correct_step", LAWYER, which=3, gone=True, text="送来的是通知，不是裁决。")
        assert [c for c in story.case.clock_list() if c.rule == "arbitration.award"] == [award]
        assert story.clock("court.sue_after_award").state == "dropped"
        assert (story.case.stage, story.case.seat, story.case.step) == (
            "arbitration",
            "lawyer",
            "report_progress",
        )
        check(story.case_id)

    def test_a_step_entered_twice_leaves_the_clock_of_the_first(self, story: Story) -> None:
        story.in_progress().do("record_step", LAWYER, taken="arbitration.filed").later(days=3)
        story.do("record_step", LAWYER, taken="arbitration.filed")
        story.do("correct_step", LAWYER, which=2, gone=True, text="重复了。")
        running_now = [
            c for c in story.case.clock_list() if c.rule == "arbitration.accept" and c.state == "running"
        ]
        assert [c.begins for c in running_now] == ["2026-03-02"]
        check(story.case_id)

    def test_a_hearing_that_is_off_is_taken_back_and_one_that_is_moved_gets_its_day(
        self, story: Story
    ) -> None:
        story.in_progress().do("record_step", LAWYER, taken="arbitration.filed")
        story.do("record_step", LAWYER, taken="arbitration.hearing", on=story.today + timedelta(days=20))
        later = story.today + timedelta(days=25)
        story.do("correct_step", LAWYER, which=2, on=later, text="通知书上是另一天。")
        assert (story.clock("set.hearing").strict, story.clock("set.hearing").state) == (
            later.isoformat(),
            "running",
        )
        view = follow_view(story.case_id, 0)
        assert view is not None
        assert "仲裁开庭定在2026年3月27日" in [line.sentence["zh"] for line in view.timeline]
        story.do("correct_step", LAWYER, which=2, gone=True, text="看错了，没有定。")
        assert story.clock("set.hearing").state == "dropped"
        check(story.case_id)

    def test_a_filing_among_the_facts_follows_the_step_and_one_entered_by_hand_stands(
        self, near: Story
    ) -> None:
        facts = {
            "relation": "employment",
            "started_on": "2024-01-08",
            "ended_on": "2025-03-05",
            "filed_on": "2026-03-02",
        }
        record_facts(case_id=near.case_id, by=near.who(LAWYER), at=near.at, facts=facts)
        near.later(minutes=1).do("correct_step", LAWYER, which=1, gone=True, text="记错了。")
        kept = latest(near.case_id)
        assert kept is not None
        assert "filed_on" not in kept.facts
        assert kept.changes["facts"] == [["filed_on", "2026-03-02", None]]
        assert near.case.limitation_on == date(2026, 3, 5)
        near.do("record_step", LAWYER, taken="arbitration.filed")
        record_facts(
            case_id=near.case_id, by=near.who(LAWYER), at=near.at, facts={**facts, "filed_on": "2026-03-01"}
        )
        near.later(minutes=1).do("correct_step", LAWYER, which=1, gone=True, text="日期不对，先取消。")
        kept = latest(near.case_id)
        assert kept is not None
        assert kept.facts["filed_on"] == "2026-03-01"
        assert near.case.limitation_on is None
        check(near.case_id)

    def test_what_rests_on_the_step_goes_first(self, story: Story) -> None:
        story.in_progress()
        for key in ("arbitration.filed", "arbitration.awarded"):
            story.later(days=1).do("record_step", LAWYER, taken=key)
        story.money(MoneyStep.AWARDED, {1: 500_000})
        with pytest.raises(Exception, match="rests_on_it") as refusal:
            story.do("correct_step", LAWYER, which=1, gone=True, text="记错了。")
        assert "“收到裁决书”（2026年3月4日）" in refusal.value.zh  # type: ignore[attr-defined]
        with pytest.raises(Exception, match="sum_rests_on_it") as refusal:
            story.do("correct_step", LAWYER, which=2, gone=True, text="记错了。")
        assert "5,000 元" in refusal.value.zh  # type: ignore[attr-defined]
        story.money(MoneyStep.AWARDED, {1: -500_000})
        for which in (2, 1):
            story.do("correct_step", LAWYER, which=which, gone=True, text="记错了。")
        assert story.case.steps == []
        check(story.case_id)

    def test_an_award_of_nothing_rests_on_its_step_too(self, story: Story) -> None:
        story.in_progress()
        for key in ("arbitration.filed", "arbitration.awarded"):
            story.do("record_step", LAWYER, taken=key)
        story.money(MoneyStep.AWARDED, {1: 0})
        assert story.refused("correct_step", LAWYER, which=2, gone=True, text="记错了。") == "sum_rests_on_it"

    def test_a_sum_that_was_there_before_the_step_does_not_rest_on_it(self, story: Story) -> None:
        story.in_progress().money(MoneyStep.AWARDED, {1: 500_000})
        story.do("record_step", LAWYER, taken="negotiation.agreed")
        story.do("correct_step", LAWYER, which=1, gone=True, text="记错了。")

    def test_a_correction_is_looked_at_like_a_step(self, story: Story) -> None:
        story.in_progress().do("record_step", LAWYER, taken="arbitration.filed").later(days=9)
        story.do("record_step", LAWYER, taken="arbitration.awarded")
        form: dict[str, Any] = {"which": 2, "on": date(2026, 3, 1), "text": "改"}
        assert story.refused("correct_step", LAWYER, **form) == "doubtful"
        story.do("correct_step", LAWYER, **form, sure="仲裁委补的日期")
        event = Event.objects.get(stream=story.case_id, kind="case.correct_step")
        assert event.payload["doubts"] == ["before_earlier"]

    @pytest.mark.parametrize(
        ("form", "code"),
        [
            ({"which": 0}, "no_step"), ({"which": 2}, "no_step"), ({}, "no_step"), ({"which": 1}, "nothing_new"),
            ({"which": 1, "on": date(2027, 1, 1)}, "in_future"), ({"which": 1, "gone": True, "text": ""}, "text_needed"),
        ],
    )  # fmt: skip
    def test_what_is_no_correction_is_refused(self, form: dict[str, Any], code: str, story: Story) -> None:
        story.in_progress()
        assert story.refused("correct_step", LAWYER, which=1, gone=True, text="改") == "no_step_yet"
        story.do("record_step", LAWYER, taken="arbitration.filed", on=DAY)
        assert story.refused("correct_step", LAWYER, **{"text": "改", "on": DAY, **form}) == code

    def test_only_the_lawyer_and_the_office_of_the_case_correct(self, near: Story) -> None:
        form = {"which": 1, "gone": True, "text": "改"}
        for other in (near.worker, near.who(OPERATOR), person(CLERK, 440306_000000)):
            with pytest.raises(NotPermitted):
                near.do("correct_step", other, **form)
        near.do("correct_step", DECIDER, **form)

    def test_another_lawyer_goes_on_where_the_first_had_come(self, near: Story) -> None:
        near.do("change_lawyer", CLERK, text="换人。").offered()
        move(
            "accept_offer", case_id=near.case_id, by=person(LAWYER, SHANXI), at=near.at,
            prepare=lambda case: Change(columns={"lawyer": LAWYER, "offered_to": 0}),
        )  # fmt: skip
        near.later(minutes=1).do("sign_agreement", LAWYER)
        assert near.case.stage == "arbitration"
