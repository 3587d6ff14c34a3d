"""Where the limitation presses, no promise of ours ends after it, and the worker reads the day in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from nuanxin.audit.models import Event
from nuanxin.cases.actions.sweep import sweep
from nuanxin.cases.faults import NearLimitation
from nuanxin.cases.queries.follow import follow_view
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.network.models import Agency
from tests.factories.story import CLERK, LAWYER, Story


def pressing(offices: dict[int, Agency]) -> Story:
    """The claim runs out in a few days: the work ended nearly a year ago."""
    return Story(ended_on="2025-03-05", relation="employment")


def test_nobody_loses_an_application_because_its_limitation_is_near(offices: dict[int, Agency]) -> None:
    story = pressing(offices)
    story.do("accept", CLERK).do("ask_for_more", CLERK, missing=["identity"], text="请补身份证。", sure=True)
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


def test_an_application_outlives_its_limitation_while_papers_are_waited_for(
    offices: dict[int, Agency],
) -> None:
    story = pressing(offices).do("ask_for_more", CLERK, missing=["identity"], text="请补。", sure=True)
    sweep(at=datetime(2026, 3, 6, 2, tzinfo=UTC))
    assert story.case.status == "awaiting_material"


def brought_forward(offices: dict[int, Agency]) -> Story:
    """A lawyer has taken it. AT is 2 March 2026, the limitation ends on the 5th, the first meeting is promised later."""
    return pressing(offices).assigned()


def test_a_promise_has_its_own_day_again_when_the_limitation_day_is_over(offices: dict[int, Agency]) -> None:
    story = brought_forward(offices)
    cut = story.clock("promise.first_meeting")
    assert cut.due.astimezone(SHANGHAI).date() == date(2026, 3, 5)
    assert cut.own_due is not None
    assert cut.own_due > cut.due
    sweep(at=datetime(2026, 3, 5, 16, 0, 30, tzinfo=UTC))  # half a minute into the 6th in Shanghai
    again = story.clock("promise.first_meeting")
    assert (again.due, again.own_due, again.late) == (cut.own_due, None, False)


def test_a_promise_has_its_own_day_again_when_arbitration_is_filed(offices: dict[int, Agency]) -> None:
    story = brought_forward(offices)
    cut = story.clock("promise.first_meeting")
    story.do("sign_agreement", LAWYER).do("record_step", LAWYER, taken="arbitration.filed")
    assert story.case.limitation_on is None
    assert story.clock("promise.first_meeting").due == cut.own_due
    assert story.clock("promise.progress_report").due.astimezone(SHANGHAI).date() == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("ended_on", "refused"),
    [
        # asked on 2 March 2026, papers may come until 17 March (15 days); the limitation is a year after the end
        ("2025-03-01", False),  # 1 March 2026: it has run out; waiting loses nothing more
        ("2025-03-02", True),  # today is the last day
        ("2025-03-05", True),
        ("2025-03-17", True),  # both end on one day: whatever comes that day comes too late to be used
        ("2025-03-18", False),
    ],
)
def test_papers_are_asked_for_knowingly_while_the_limitation_is_near(
    ended_on: str, refused: bool, offices: dict[int, Agency]
) -> None:
    story = Story(ended_on=ended_on, relation="employment")
    assert story.today == date(2026, 3, 2)
    form = {"missing": ["identity"], "text": "请补。"}
    if refused:
        assert story.refused("ask_for_more", CLERK, **form) == "near_limitation"
        assert story.case.status == "submitted"
    story.do("ask_for_more", CLERK, **form, sure=True)
    assert story.case.status == "awaiting_material"
    told = Event.objects.filter(stream=story.case_id).latest("seq").payload
    assert told.get("near_limitation", False) is refused


def test_the_warning_names_aid_first_before_the_tick(offices: dict[int, Agency]) -> None:
    story = pressing(offices)
    with pytest.raises(NearLimitation) as near:
        story.do("ask_for_more", CLERK, missing=["identity"])
    assert near.value.zh.index("第四十四条") < near.value.zh.index("勾选")
    assert "2026年3月5日" in near.value.zh
    later = Story(
        ended_on="2025-03-12", relation="employment"
    )  # ten days: aid first opens six days before the end
    with pytest.raises(NearLimitation, match="From 6 March 2026"):
        later.do("ask_for_more", CLERK, missing=["identity"])
