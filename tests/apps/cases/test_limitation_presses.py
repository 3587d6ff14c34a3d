"""Where the limitation presses, no promise of ours ends after it, and the worker reads the day in words."""

from __future__ import annotations

from datetime import date, timedelta

from nuanxin.cases.queries.follow import follow_view
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.network.models import Agency
from tests.factories.story import CLERK, Story


def pressing(offices: dict[int, Agency]) -> Story:
    """The claim runs out in a few days: the work ended nearly a year ago."""
    return Story(ended_on="2025-03-05", relation="employment")


def test_nobody_loses_an_application_because_its_limitation_is_near(offices: dict[int, Agency]) -> None:
    story = pressing(offices)
    story.do("accept", CLERK).do("ask_for_more", CLERK, missing=["identity"], text="请补身份证。")
    case = story.case
    assert case.limitation_on == date(2026, 3, 5)
    assert case.next_by is not None
    assert case.next_by.astimezone(SHANGHAI).date() == story.today + timedelta(days=15)
    view = follow_view(story.case_id, 0)
    assert view is not None
    assert "时效到2026年3月5日为止" in view.next.sentence["zh"]


def test_a_transfer_is_answered_before_the_limitation_ends(offices: dict[int, Agency]) -> None:
    story = Story(ended_on="2025-03-02", relation="employment")
    story.do("transfer", CLERK, agency=offices[140522_000000].pk, text="工地在阳城。")
    assert story.clock("promise.transfer_answer").due.astimezone(SHANGHAI).date() <= date(2026, 3, 2)


def test_the_worker_reads_the_day_wherever_the_next_step_stands(offices: dict[int, Agency]) -> None:
    story = pressing(offices)
    view = follow_view(story.case_id, 0)
    assert view is not None
    assert "时效到2026年3月5日为止" in view.next.sentence["zh"]
    assert "5 March 2026" in view.next.sentence["en"]


def test_what_is_far_away_is_left_as_promised(offices: dict[int, Agency]) -> None:
    story = Story(ended_on="2026-02-01", relation="employment")
    story.do("accept", CLERK).do("ask_for_more", CLERK, missing=["identity"], text="请补身份证。")
    case = story.case
    assert case.next_by is not None
    assert case.next_by.astimezone(SHANGHAI).date() == story.today + timedelta(days=15)
    view = follow_view(story.case_id, 0)
    assert view is not None
    assert "时效" not in view.next.sentence["zh"]
