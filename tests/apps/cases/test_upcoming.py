"""What the worker reads of the days ahead: each day with its own meaning, and none that must not be missed left out."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from nuanxin.cases.queries.follow import FollowView, follow_view
from nuanxin.cases.queries.opening import api_view
from nuanxin.cases.rules.clocks import CLOCK_RULES, Clock, ClockState
from nuanxin.cases.rules.ledger import MoneyStep
from nuanxin.cases.rules.transitions import BY_ACTION
from nuanxin.cases.sentences import day_words
from nuanxin.cases.upcoming import _ITS_CLOCKS, _NEXT, ALSO, BY_CLOCK, awaited, next_sentence
from nuanxin.network.models import Agency
from nuanxin.notices.models import Notice
from nuanxin.notices.rules.catalogue import CATALOGUE
from nuanxin.notices.rules.rendering import render
from tests.factories.story import CLERK, LAWYER, Story

DUE = datetime(2026, 12, 28, 15, 59, 59, tzinfo=UTC)  # the last second of the day in Shanghai
OFFICE = ("甲中心", "Office A")
RULES = pytest.mark.parametrize("rule", sorted(CLOCK_RULES))


@dataclass
class Ahead:
    """A case of which only the next date is looked at."""

    step: str
    next_clock: str
    clocks: tuple[Clock, ...] = ()
    status: str = "in_progress"
    next_by: datetime | None = DUE
    next_provisional: bool = False
    urgent: bool = False
    limitation_on: date | None = None
    steps: tuple[dict[str, Any], ...] = ()

    def clock_list(self) -> list[Clock]:
        return list(self.clocks)


def clock(rule: str, **more: Any) -> Clock:
    kept = Clock(rule, ClockState.RUNNING, DUE - timedelta(days=9), DUE, "", "")
    return replace(kept, **more)


@RULES
def test_every_clock_that_gives_the_next_date_has_a_sentence_with_its_day(rule: str) -> None:
    assert rule in BY_CLOCK
    for step in _NEXT:
        said = next_sentence(Ahead(step, rule), OFFICE)
        assert "2026年12月28日" in said["zh"], step
        assert "28 December 2026" in said["en"], step


@RULES
def test_the_sentence_is_that_of_the_clock_wherever_the_move_is_about_something_else(rule: str) -> None:
    own = next_sentence(Ahead("sign_agreement" if rule != "legal_aid.agreement" else "offer", rule), OFFICE)
    for step, its in _ITS_CLOCKS.items():
        if rule not in its and rule != "promise.next_contact":
            assert next_sentence(Ahead(step, rule), OFFICE) == own, step


def test_every_expected_move_knows_its_clocks() -> None:
    assert set(_ITS_CLOCKS) == set(_NEXT)
    assert set().union(*_ITS_CLOCKS.values()) <= set(CLOCK_RULES)
    assert set(_NEXT) <= set(BY_ACTION)


@pytest.mark.parametrize("rule", sorted(ALSO))
def test_a_day_that_must_not_be_missed_is_told_beside_another(rule: str) -> None:
    later = clock(rule, due=DUE + timedelta(days=2))
    case = Ahead("report_progress", "promise.progress_report", (later,))
    assert "2026年12月30日" in next_sentence(case, OFFICE)["zh"]
    assert "30 December 2026" in next_sentence(case, OFFICE)["en"]
    ends: list[dict[str, Any]] = [{"state": ClockState.MET}, {"state": ClockState.DROPPED}, {"late": True}]
    for gone in ends:
        over = replace(case, clocks=(replace(later, **gone),))
        assert "30" not in next_sentence(over, OFFICE)["zh"]


def test_the_day_that_comes_first_is_told_once() -> None:
    case = Ahead("report_progress", "court.sue_after_award", (clock("court.sue_after_award"),))
    assert next_sentence(case, OFFICE)["zh"].count("12月28日") == 1


def test_while_the_lawyer_works_the_timeline_waits_for_what_the_day_is_for() -> None:
    assert awaited("report_progress", "court.sue_after_award")["zh"] == "不服裁决起诉"
    assert awaited("report_progress", "promise.progress_report")["zh"] == "律师向您说进展"


def read(story: Story, seq: int = 0) -> FollowView:
    view = follow_view(story.case_id, seq)
    assert view is not None
    return view


@pytest.fixture
def awarded(offices: dict[int, Agency]) -> Story:
    """The award came when the lawyer's report was due before the last day to sue."""
    story = Story().in_progress().do("record_step", LAWYER, taken="arbitration.filed").later(days=20)
    return story.do("record_step", LAWYER, taken="arbitration.awarded")


def last_day(story: Story, language: str = "zh") -> str:
    """15 days after the award was received (劳动争议调解仲裁法 art. 50)."""
    return day_words(story.today + timedelta(days=15))[language == "en"]


def test_the_last_day_to_sue_stands_beside_an_earlier_date(awarded: Story) -> None:
    assert awarded.case.next_clock == "promise.progress_report"
    told = read(awarded).next.sentence
    assert f"最晚{last_day(awarded)}向法院起诉" in told["zh"]
    assert f"must sue by {last_day(awarded, 'en')}" in told["en"]
    assert api_view(awarded.case)["next"]["sentence"] == told


def test_an_award_that_is_here_is_not_waited_for(awarded: Story) -> None:
    assert read(awarded).now == {"zh": "劳动仲裁的裁决书到了。", "en": "The arbitration award is here."}
    awarded.do("record_step", LAWYER, taken="first_instance.filed")
    assert read(awarded).now["zh"] == "法院正在审理。"
    assert "起诉" not in read(awarded).next.sentence["zh"]


def sent(story: Story, template: str) -> str:
    notice = Notice.objects.filter(case_id=story.case_id, template=template).latest("id")
    text = CATALOGUE[template].text("zh", discreet=notice.discreet)
    return render(text, {**json.loads(notice.values), "site": "https://nuanxin.example"})


def test_the_text_message_about_an_award_carries_the_last_day(awarded: Story) -> None:
    assert f"不服裁决起诉最晚{last_day(awarded)}" in sent(awarded, "step_with_right")
    awarded.money(MoneyStep.AWARDED, {1: 500_000})
    assert f"不服最晚{last_day(awarded)}起诉" in sent(awarded, "money_awarded")


def test_the_text_message_about_an_award_of_nothing_carries_the_last_day(awarded: Story) -> None:
    awarded.money(MoneyStep.AWARDED, {1: 0})
    assert f"最晚{last_day(awarded)}" in sent(awarded, "award_nothing")


def test_an_agreement_is_told_without_a_day_to_sue(offices: dict[int, Agency]) -> None:
    story = Story().in_progress().money(MoneyStep.AWARDED, {1: 500_000})
    assert "最晚" not in sent(story, "money_awarded")


def test_a_discreet_text_carries_the_last_day_without_saying_of_what(offices: dict[int, Agency]) -> None:
    quiet = {"name": "田某某", "phone": "13900000001", "safe_contact": {"may_say_who": False}}
    story = Story(applicant=quiet).in_progress()
    story.do("record_step", LAWYER, taken="arbitration.awarded", sure="工人自己申请的。")
    text = sent(story, "step_with_right")
    assert last_day(story) in text
    assert "裁决" not in text


def test_who_was_paid_nothing_is_not_asked_whether_money_came(offices: dict[int, Agency]) -> None:
    story = Story(
        workers=2, amount_claimed="200.00", applicant={"name": "田某某", "phone": "13900000001"}
    ).in_progress()
    story.roster([{"name": "田某某", "claimed": "100.00"}, {"name": "乙", "claimed": "100.00"}], CLERK)
    story.money(MoneyStep.PAID, {2: 500})
    assert story.case.next_clock == "promise.payment_answer"
    assert "请" not in read(story, 0).next.sentence["zh"]
    assert "钱收到没有" in read(story, 2).next.sentence["zh"]
