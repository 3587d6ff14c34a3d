"""In a group everybody hears of their own money, once, and of nobody else's."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nuanxin.cases.actions import money
from nuanxin.cases.actions.leaving import Leaving, leave_group
from nuanxin.cases.actions.money import Sum, record
from nuanxin.cases.actions.personal import correct
from nuanxin.cases.codes import worker_code
from nuanxin.cases.inbound import reply
from nuanxin.cases.queries.casefile import roster
from nuanxin.cases.queries.follow import follow_view, sms_answer
from nuanxin.cases.queries.opening import open_by_code
from nuanxin.cases.rules.ledger import MoneyStep, Way
from nuanxin.network.models import Agency
from nuanxin.notices.models import Notice
from tests.factories.story import CLERK, LAWYER, Story, worker_of

_, AWARDED, PAID, CONFIRMED = MoneyStep
REP, SECOND, THIRD = "13900000001", "13900000002", "13900000003"


@pytest.fixture
def group(offices: dict[int, Agency]) -> Story:
    """The representative, a worker with a telephone, and one without."""
    story = Story(
        workers=3, amount_claimed="300.00", applicant={"name": "田某某", "phone": REP}
    ).in_progress()
    story.roster(
        [
            {"name": "田某某", "claimed": "100.00"},
            {"name": "乙", "claimed": "100.00", "phone": SECOND},
            {"name": "丙", "claimed": "100.00"},
        ]
    )
    return story


def told(story: Story, *templates: str) -> list[tuple[str, str, Any]]:
    """Template, telephone and values of what left, in order; only these templates where any are named."""
    rows = Notice.objects.filter(case_id=story.case_id, channel="sms").order_by("id")
    if templates:
        rows = rows.filter(template__in=templates)
    return [(row.template, row.phone, json.loads(str(row.values))) for row in rows]


def after(story: Story, **do: Any) -> list[tuple[str, str]]:
    """Template and telephone of what leaves by one more entry of money."""
    before = Notice.objects.filter(case_id=story.case_id).count()
    story.money(do.pop("step"), do.pop("lines"), do.pop("by", LAWYER), **do)
    rows = Notice.objects.filter(case_id=story.case_id, channel="sms").order_by("id")[before:]
    return [(row.template, row.phone) for row in rows]


def test_a_confirmation_is_told_to_whose_money_it_is(group: Story) -> None:
    group.money(PAID, {2: 500})
    assert after(group, step=CONFIRMED, lines={2: 500}, by=CLERK) == [("money_confirmed", SECOND)]
    assert "5" in str(told(group, "money_confirmed")[0][2])


def test_who_speaks_for_all_is_told_of_their_own_part_only(group: Story) -> None:
    assert after(group, step=PAID, lines={1: 300, 2: 500}) == [
        ("money_paid_worker", REP), ("money_paid_worker", SECOND),
    ]  # fmt: skip
    assert "5" not in str(told(group, "money_paid_worker")[0][2]["money"])
    confirmed = after(group, step=CONFIRMED, lines={1: 300, 2: 500}, by=CLERK)
    assert confirmed == [("money_confirmed", REP), ("money_confirmed", SECOND)]


def test_nobody_is_asked_about_the_money_of_another(group: Story) -> None:
    assert after(group, step=PAID, lines={2: 500}) == [("money_paid_worker", SECOND)]
    view = follow_view(group.case_id, 0)
    assert view is not None
    assert view.to_confirm == 0


def test_what_cannot_be_sent_is_passed_on_without_a_sum(group: Story) -> None:
    found = after(group, step=PAID, lines={3: 70_000}, sure="一次付清")
    assert found == [("tell_others", REP)]
    assert "700" not in str(told(group, "tell_others"))
    assert after(group, step=CONFIRMED, lines={3: 70_000}, by=CLERK) == []


def test_a_sum_that_is_not_divided_is_told_to_who_speaks_for_all(group: Story) -> None:
    assert after(group, step=AWARDED, lines={0: 20_000}) == [("money_awarded", REP)]


def test_what_was_entered_too_high_is_told_to_whose_money_it_was(group: Story) -> None:
    group.money(PAID, {1: 300, 2: 500})
    assert after(group, step=PAID, lines={2: -200}) == [("money_corrected", SECOND)]


class TestATelephoneThatComesLater:
    def test_by_the_list(self, group: Story) -> None:
        before = len(told(group, "joined_group"))
        group.roster([{"name": "丙", "phone": THIRD}])
        new = told(group, "joined_group")[before:]
        assert [(template, phone) for template, phone, _ in new] == [("joined_group", THIRD)]
        assert new[0][2]["number"] == group.case.number
        assert new[0][2]["code"] == worker_code(group.case_id, 3)
        group.roster([{"name": "丙", "phone": THIRD}])  # the same list twice is one list
        assert len(told(group, "joined_group")) == before + 1

    def test_by_a_correction_and_again_for_a_wrong_number(self, group: Story) -> None:
        for phone in (THIRD, "13900000009"):
            correct(case_id=group.case_id, seq=3, by=group.who(CLERK), at=group.at, changes={"phone": phone})
        assert [phone for _, phone, _ in told(group, "joined_group")][-2:] == [THIRD, "13900000009"]

    def test_no_other_correction_sends_a_code(self, group: Story) -> None:
        before = len(told(group))
        correct(case_id=group.case_id, seq=2, by=group.who(CLERK), at=group.at, changes={"name": "乙某"})
        correct(
            case_id=group.case_id, seq=1, by=group.who(CLERK), at=group.at, changes={"phone": "13900000008"}
        )
        assert len(told(group)) == before


class TestAnAwardOfNothing:
    def test_it_is_told_to_who_gets_nothing_and_shown_to_them(self, group: Story) -> None:
        found = after(group, step=AWARDED, lines={1: 10_000, 2: 0})
        assert found == [("money_awarded_worker", REP), ("award_nothing", SECOND)]
        view = follow_view(group.case_id, 2)
        assert view is not None
        assert view.timeline[-1].sentence["zh"] == "裁决没有支持这笔钱"
        assert view.dismissed
        other = follow_view(group.case_id, 0)
        assert other is not None
        assert not other.dismissed

    def test_who_speaks_for_all_reads_how_many_and_not_that_it_is_theirs(self, group: Story) -> None:
        assert after(group, step=AWARDED, lines={2: 0, 3: 0}) == [
            ("tell_others", REP),
            ("award_nothing", SECOND),
        ]
        view = follow_view(group.case_id, 0)
        assert view is not None
        assert view.timeline[-1].sentence["zh"] == "裁决没有支持 2 位工友的钱"

    def test_taken_back_it_is_told_too(self, group: Story) -> None:
        group.money(AWARDED, {2: 0})
        entry = Sum(AWARDED, {2: 0}, Way.DOCUMENT, group.today, undo=True)
        record(case_id=group.case_id, by=group.who(LAWYER), at=group.at, entry=entry)
        assert told(group)[-1][:2] == ("award_stands_open", SECOND)
        view = follow_view(group.case_id, 2)
        assert view is not None
        assert not view.dismissed
        assert "已经取消" in view.timeline[-1].sentence["zh"]

    def test_the_roster_tells_nothing_awarded_from_not_decided_yet(self, group: Story) -> None:
        group.money(AWARDED, {1: 10_000, 2: 0})
        assert [(line.sums.awarded, line.dismissed) for line in roster(group.case_id)] == [
            (10_000, False), (0, True), (0, False),
        ]  # fmt: skip


class TestWhoHasLeft:
    @pytest.fixture
    def left(self, group: Story) -> Story:
        leaving = Leaving(2, "own_lawyer", "phone", group.today, "自己不想办了。")
        leave_group(case_id=group.case_id, by=group.who(CLERK), at=group.at, leaving=leaving)
        return group.later(minutes=1)

    def test_they_are_told_that_they_have_left_and_not_that_their_code_is_wrong(self, left: Story) -> None:
        code, number = worker_code(left.case_id, 2), left.case.number
        opened = open_by_code(number=number, code=code, address="a", at=left.at)
        assert (opened.case, opened.left_on) == (None, left.today)
        assert "2026年3月2日退出" in str(sms_answer(f"{number} {code}", SECOND, left.at))
        answer = reply(phone=SECOND, text=f"{number} {code}", at=left.at)
        assert answer is not None
        assert answer.template == "follow_left"
        assert told(left, "left_group")[0][1] == SECOND

    def test_a_wrong_code_tells_nobody_anything(self, left: Story) -> None:
        opened = open_by_code(number=left.case.number, code="2-12345678", address="a", at=left.at)
        assert (opened.case, opened.left_on) == (None, None)


def test_the_further_lines_of_a_large_sum_stand_in_the_timeline_of_their_worker(
    offices: dict[int, Agency], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(money, "MOST_LINES_IN_EVENT", 2)
    story = Story(workers=3, amount_claimed="300.00", applicant={"name": "田某某"}).in_progress()
    story.roster([{"name": name, "claimed": "100.00"} for name in ("田某某", "乙", "丙")])
    story.money(PAID, {1: 100, 2: 200, 3: 300})
    for seq, sentence in ((2, "对方付了 2 元"), (3, "对方付了 3 元")):
        view = follow_view(story.case_id, seq)
        assert view is not None
        assert [line.sentence["zh"] for line in view.timeline].count(sentence) == 1


def test_a_worker_confirms_their_own_by_link_and_is_told(group: Story) -> None:
    group.money(PAID, {2: 500})
    assert after(group, step=CONFIRMED, lines={2: 500}, by=worker_of(group.case_id), way=Way.LINK) == [
        ("money_confirmed", SECOND)
    ]
