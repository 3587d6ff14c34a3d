"""Steps of the fight for the money: in their time, and hearings that are known ahead."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from nuanxin.cases.queries.follow import follow_view
from nuanxin.network.models import Agency
from nuanxin.notices.models import Notice
from tests.factories.story import CLERK, LAWYER, MoneyStep, Story


@pytest.fixture
def working(offices: dict[int, Agency]) -> Story:
    return Story(worked={"from": "2025-03", "to": "2025-11"}).in_progress()


@pytest.fixture
def filed(working: Story) -> Story:
    return working.do("record_step", LAWYER, taken="arbitration.filed")


def test_a_hearing_that_is_set_is_the_next_day_for_lawyer_and_worker(working: Story) -> None:
    on = working.today + timedelta(days=9)
    working.do(
        "record_step", LAWYER, taken="arbitration.hearing", on=on, text="带身份证。", sure="工人自己申请的"
    )
    case = working.case
    assert (case.stage, case.seat, case.next_clock) == ("arbitration", "lawyer", "set.hearing")
    assert working.clock("set.hearing").strict == on.isoformat()
    view = follow_view(case.pk, 0)
    assert view is not None
    assert "开庭" in view.next.sentence["zh"]
    assert view.next.awaited == {"zh": "开庭", "en": "Hearing"}
    assert f"定在{on.year}年{on.month}月{on.day}日" in view.timeline[-1].sentence["zh"]
    assert Notice.objects.filter(template="hearing_set").count() == 1


def test_a_hearing_that_is_moved_replaces_its_day_and_one_that_was_held_ends_it(filed: Story) -> None:
    for days in (9, 20):
        filed.do("record_step", LAWYER, taken="arbitration.hearing", on=filed.today + timedelta(days=days))
    running = [c for c in filed.case.clock_list() if (c.rule, c.state) == ("set.hearing", "running")]
    assert [c.strict for c in running] == [(filed.today + timedelta(days=20)).isoformat()]
    filed.later(days=20).do("record_step", LAWYER, taken="arbitration.hearing", on=filed.today)
    assert filed.clock("set.hearing").state == "met"


@pytest.mark.parametrize(
    ("taken", "days", "code"),
    [
        ("arbitration.hearing", 800, "too_far"),
        ("arbitration.filed", 3, "in_future"),  # only a hearing is known ahead
    ],
)
def test_other_days_ahead_are_refused(taken: str, days: int, code: str, working: Story) -> None:
    on = working.today + timedelta(days=days)
    assert working.refused("record_step", LAWYER, taken=taken, on=on) == code


def test_a_step_before_the_work_began_clears_no_alarm(working: Story) -> None:
    told = working.case.limitation_on
    assert (
        working.refused("record_step", LAWYER, taken="arbitration.filed", on=date(2025, 2, 28))
        == "before_the_work"
    )
    assert working.case.limitation_on == told
    working.do("record_step", LAWYER, taken="arbitration.filed", on=date(2025, 3, 1))


def test_nothing_is_enforced_before_there_is_a_sum(working: Story) -> None:
    assert working.refused("record_step", LAWYER, taken="enforcement.filed") == "nothing_to_enforce"
    working.money(MoneyStep.AWARDED, {1: 5_000}, CLERK).do("record_step", LAWYER, taken="enforcement.filed")
