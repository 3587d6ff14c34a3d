"""A hearing is told with its hour and place, reminded of, put off, called off, and never counted as missed."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from nuanxin.audit.models import Event
from nuanxin.cases.actions.sweep import sweep
from nuanxin.cases.queries.follow import follow_view
from nuanxin.cases.queries.opening import api_view
from nuanxin.cases.rules.clocks import SHANGHAI, Clock
from nuanxin.cases.timing import day_clock, warns_at
from nuanxin.network.models import Agency
from nuanxin.notices.models import Notice
from nuanxin.notices.rules.catalogue import CATALOGUE
from nuanxin.notices.rules.rendering import render
from tests.apps.cases.test_rebuild import check
from tests.factories.story import CLERK, LAWYER, Story

PLACE = "高平市劳动人事争议仲裁院三楼"


@pytest.fixture
def filed(offices: dict[int, Agency]) -> Story:
    """Arbitration was asked for. Stories begin on Monday, 2 March 2026."""
    return Story().in_progress().do("record_step", LAWYER, taken="arbitration.filed")


def hearing(story: Story, on: date, **more: Any) -> Story:
    return story.do("record_step", LAWYER, taken="arbitration.hearing", on=on, **more)


def said(story: Story) -> dict[str, str]:
    view = follow_view(story.case_id, 0)
    assert view is not None
    assert api_view(story.case)["next"]["sentence"] == view.next.sentence
    return view.next.sentence


def texts(story: Story, template: str, channel: str = "sms") -> list[str]:
    found = Notice.objects.filter(case_id=story.case_id, template=template, channel=channel).order_by("id")
    text = CATALOGUE[template].text("zh")
    return [render(text, {**json.loads(one.values), "site": "https://nuanxin.example"}) for one in found]


def sweep_on(*when: int) -> None:
    sweep(at=datetime(*when, tzinfo=SHANGHAI))  # type: ignore[misc, arg-type]


def test_hour_and_place_are_told_to_the_worker(filed: Story) -> None:
    hearing(filed, date(2026, 3, 11), hour=time(9, 30), place=PLACE)
    assert filed.case.next_clock != "set.hearing"  # the commission decides about acceptance first
    assert f"另外记住：2026年3月11日09:30仲裁开庭，地点：{PLACE}" in said(filed)["zh"]
    assert f"Arbitration hearing, 11 March 2026, 09:30, at {PLACE}" in said(filed)["en"]
    assert texts(filed, "hearing_set") == [
        f"{filed.case.number}：仲裁开庭定在2026年3月11日09:30，在{PLACE}。要不要到场，律师会告诉您。"
    ]
    view = follow_view(filed.case_id, 0)
    assert view is not None
    assert "仲裁开庭定在2026年3月11日09:30" in view.timeline[-1].sentence["zh"]
    check(filed.case_id)


def lines(story: Story) -> list[str]:
    view = follow_view(story.case_id, 0)
    assert view is not None
    return [line.sentence["zh"] for line in view.timeline if "开庭" in line.sentence["zh"]]


def test_the_timeline_leaves_no_day_standing_that_holds_no_more(filed: Story) -> None:
    hearing(filed, date(2026, 3, 11), hour=time(9, 30))
    assert lines(filed) == ["仲裁开庭定在2026年3月11日09:30"]
    hearing(filed, date(2026, 3, 18), hour=time(14))
    assert lines(filed) == ["仲裁开庭定在2026年3月11日09:30（后来改了）", "仲裁开庭定在2026年3月18日14:00"]
    filed.do("call_off_hearing", LAWYER, text="对方没到。")
    assert lines(filed)[1:] == [
        "仲裁开庭定在2026年3月18日14:00（后来改了）",
        "原定2026年3月18日的开庭取消或者延期了",
    ]
    # a hearing that was held stands, and the next one is a second one
    hearing(filed, date(2026, 3, 25))
    hearing(filed.later(days=30), date(2026, 4, 15))
    assert lines(filed)[3:] == ["仲裁开庭定在2026年3月25日", "仲裁开庭定在2026年4月15日"]


def test_the_next_date_itself_has_its_hour_and_place(offices: dict[int, Agency]) -> None:
    story = Story().in_progress()
    story.do(
        "record_step", LAWYER, taken="mediation.hearing", on=date(2026, 3, 9), hour=time(14), place="调解室"
    )
    assert story.case.next_clock == "set.hearing"
    assert said(story)["zh"].startswith("2026年3月9日14:00调解会，地点：调解室。")


def test_hour_and_place_may_be_left_out(filed: Story) -> None:
    hearing(filed, date(2026, 3, 11))
    assert "2026年3月11日仲裁开庭，要不要" in said(filed)["zh"]


def test_a_hearing_later_on_this_very_day_lies_ahead(filed: Story) -> None:
    now = filed.at.astimezone(SHANGHAI)
    hearing(filed, filed.today, hour=time(now.hour + 1))
    assert filed.clock("set.hearing").state == "running"
    hearing(filed, filed.today, hour=time(now.hour - 1))  # that one was held
    assert filed.clock("set.hearing").state == "met"


def test_the_place_stays_out_of_the_event_log(filed: Story) -> None:
    hearing(filed, date(2026, 3, 11), place=PLACE)
    told = Event.objects.filter(stream=filed.case_id).values_list("payload", flat=True)
    assert not [payload for payload in told if PLACE in str(payload)]


@pytest.mark.parametrize(
    ("on", "reminded"),
    [
        (date(2026, 3, 11), datetime(2026, 3, 10, 9, tzinfo=SHANGHAI)),  # Wednesday: on Tuesday
        (date(2026, 3, 9), datetime(2026, 3, 6, 9, tzinfo=SHANGHAI)),  # Monday: on Friday
        (date(2026, 5, 6), datetime(2026, 4, 30, 9, tzinfo=SHANGHAI)),  # after the holiday of 1 to 5 May
    ],
)
def test_the_reminder_comes_on_the_working_day_before(on: date, reminded: datetime) -> None:
    clock: Clock = day_clock("set.hearing", on, at=datetime(2026, 3, 2, 10, tzinfo=SHANGHAI))
    assert warns_at(clock) == reminded
    assert not clock.warned


def test_worker_and_lawyer_are_reminded_once(filed: Story) -> None:
    hearing(filed, date(2026, 3, 11), hour=time(9, 30), place=PLACE)
    sweep_on(2026, 3, 10, 8, 59)
    assert not texts(filed, "hearing_soon")
    for hour in (9, 12):
        sweep_on(2026, 3, 10, hour)
    assert texts(filed, "hearing_soon") == [
        f"{filed.case.number}提醒：2026年3月11日09:30仲裁开庭，在{PLACE}。带身份证，去不去问律师。"
    ]
    lawyers = Notice.objects.filter(template="hearing_soon", channel="in_app")
    assert list(lawyers.values_list("staff_id", flat=True)) == [LAWYER]


def test_who_is_told_the_day_before_needs_no_reminder(filed: Story) -> None:
    filed.later(hours=3)
    hearing(filed, filed.today + timedelta(days=1))
    sweep_on(2026, 3, 2, 23)
    assert texts(filed, "hearing_set")
    assert not texts(filed, "hearing_soon")


def test_a_hearing_whose_day_is_over_is_not_missed_and_its_result_is_asked_for(filed: Story) -> None:
    hearing(filed, date(2026, 3, 11))
    sweep_on(2026, 3, 12, 0, 0)
    assert filed.clock("set.hearing").state == "met"
    assert "开庭" not in said(filed)["zh"]
    late = Event.objects.filter(stream=filed.case_id, kind="case.clock_late").values_list(
        "payload", flat=True
    )
    assert "set.hearing" not in [one["rule"] for one in late]
    assert len(texts(filed, "hearing_over", "in_app")) == 1
    assert filed.case.next_by is not None
    check(filed.case_id)


def test_a_hearing_recorded_after_its_day_is_not_missed(filed: Story) -> None:
    hearing(filed, date(2026, 3, 11)).later(days=12)
    hearing(filed, date(2026, 3, 11))
    assert filed.clock("set.hearing").state == "met"


def test_a_hearing_that_is_put_off_is_told_as_moved(filed: Story) -> None:
    hearing(filed, date(2026, 3, 11), hour=time(9, 30), place=PLACE)
    hearing(filed, date(2026, 3, 25), hour=time(14))
    assert "2026年3月25日14:00仲裁开庭，要不要" in said(filed)["zh"]  # the new summons named no place
    assert len(texts(filed, "hearing_set")) == 1
    assert texts(filed, "hearing_moved")[0].startswith(
        f"{filed.case.number}：仲裁开庭改到2026年3月25日14:00。"
    )
    check(filed.case_id)


def test_a_hearing_is_called_off_before_its_new_day_is_known(filed: Story) -> None:
    assert filed.refused("call_off_hearing", LAWYER) == "no_hearing"
    hearing(filed, date(2026, 3, 11), hour=time(9, 30))
    filed.do("call_off_hearing", LAWYER, text="仲裁员生病。")
    assert filed.clock("set.hearing").state == "dropped"
    assert "开庭" not in said(filed)["zh"]
    assert texts(filed, "hearing_off") == [
        f"{filed.case.number}：原定2026年3月11日09:30的仲裁开庭取消或延期了，新日子定了再告诉您。"
    ]
    view = follow_view(filed.case_id, 0)
    assert view is not None
    assert view.timeline[-1].sentence["zh"] == "原定2026年3月11日的开庭取消或者延期了"
    assert filed.case.stage == "arbitration"
    sweep_on(2026, 3, 10, 12)
    assert not texts(filed, "hearing_soon")
    assert filed.refused("call_off_hearing", CLERK) == "no_hearing"
    check(filed.case_id)


def test_a_hearing_that_is_put_on_its_right_day_keeps_its_hour_and_place(filed: Story) -> None:
    hearing(filed, date(2026, 3, 11), hour=time(9, 30), place=PLACE)
    filed.do("correct_step", LAWYER, which=2, on=date(2026, 3, 12), text="日期看错了。")
    assert f"2026年3月12日09:30仲裁开庭，地点：{PLACE}" in said(filed)["zh"]
    check(filed.case_id)
