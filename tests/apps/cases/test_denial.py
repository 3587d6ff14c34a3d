"""Money that did not come: it comes first, it is answered, and what the worker said is not written over lightly."""

from __future__ import annotations

import pytest

from nuanxin.audit.models import Event
from nuanxin.cases.actions.denial import answer, deny
from nuanxin.cases.actions.personal import correct
from nuanxin.cases.actions.reaching import Attempt, not_reached
from nuanxin.cases.actions.rights import ASK_CORRECTION, ask
from nuanxin.cases.faults import Doubtful, NotPermitted, Refused
from nuanxin.cases.models import Entry, Worker
from nuanxin.cases.queries.follow import follow_view, messages
from nuanxin.cases.queries.opening import api_view
from nuanxin.cases.rules.ledger import MoneyStep, Way
from nuanxin.network.models import Agency
from nuanxin.notices.models import Notice
from tests.factories.story import CLERK, LAWYER, OPERATOR, Story, worker_of

pytestmark = pytest.mark.django_db

CLAIMED, AWARDED, PAID, CONFIRMED = MoneyStep
RULE = "promise.denial_answer"


def answers(story: Story, seq: int = 1, by: int = LAWYER, text: str = "银行说退回了，下周重付。") -> Story:
    answer(case_id=story.case_id, by=story.who(by), at=story.at, seq=seq, text=text)
    return story.later(minutes=1)


def code(call: object, *args: object, **more: object) -> str:
    with pytest.raises(Refused) as told:
        call(*args, **more)  # type: ignore[operator]
    return told.value.code


@pytest.fixture
def paid(offices: dict[int, Agency]) -> Story:
    return Story().in_progress().money(AWARDED, {1: 5_000}).money(PAID, {1: 5_000})


@pytest.fixture
def group(offices: dict[int, Agency]) -> Story:
    story = Story(workers=3, amount_claimed="300.00", applicant={"name": "田某某"}).in_progress()
    names = enumerate(("田某某", "乙", "丙"), 1)
    story.roster([{"name": one, "claimed": "100.00", "phone": f"1390000000{n}"} for n, one in names])
    return story.money(PAID, {1: 10_000, 2: 2_000, 3: 3_000})


def test_it_comes_before_the_report_and_stays_first_until_it_is_answered(paid: Story) -> None:
    paid.deny(1, paid.worker)
    assert (paid.case.seat, paid.case.step, paid.case.next_clock) == ("lawyer", "answer_denial", RULE)
    paid.do("report_progress", LAWYER, text="在跟公司谈。")
    assert paid.case.step == "answer_denial"
    answers(paid)
    assert (paid.case.seat, paid.case.step) == ("lawyer", "report_progress")
    assert paid.clock(RULE).state == "met"
    assert Worker.objects.get(case=paid.case_id).denied_at is not None  # an answer is not yet the money
    assert paid.refused("report_closing", LAWYER, outcome="not_recovered", text="没付。") == "denied"
    assert code(answers, paid) == "nothing_denied"


def test_the_worker_gets_the_answer(paid: Story) -> None:
    paid.deny(1)
    answers(paid)
    assert Notice.objects.filter(case_id=paid.case_id, template="denial_answered").count() == 1
    assert Event.objects.get(stream=paid.case_id, kind="case.answer_denial").payload["seq"] == 1
    view = follow_view(paid.case_id, 0)
    assert view is not None
    assert messages(view)[0].text == "银行说退回了，下周重付。"


def test_in_a_group_each_answer_is_for_whom_it_is(group: Story) -> None:
    group.deny(2, worker_of(group.case_id)).deny(3)
    answers(group, 2, text="乙的钱退回了。")
    assert (group.case.step, group.clock(RULE).state) == ("answer_denial", "running")  # 丙 still waits
    assert list(
        Notice.objects.filter(case_id=group.case_id, template="denial_answered").values_list(
            "phone", flat=True
        )
    ) == ["13900000002"]
    read = {
        seq: [one.text for one in messages(view)]
        for seq in (0, 2, 3)
        if (view := follow_view(group.case_id, seq))
    }
    assert {seq: "乙的钱退回了。" in texts for seq, texts in read.items()} == {0: False, 2: True, 3: False}
    timeline = {seq: view.timeline for seq in (2, 3) if (view := follow_view(group.case_id, seq))}
    told = {seq: sum("查过了" in line.sentence["zh"] for line in lines) for seq, lines in timeline.items()}
    assert told == {2: 1, 3: 0}
    group.money(PAID, {3: -3_000}, sure="没有付成。")
    assert (group.case.step, group.clock(RULE).state) == ("report_progress", "met")


def read_by(story: Story, seq: int) -> list[str]:
    """What the timeline tells whoever has the code of this number; 0 who speaks for all."""
    view = follow_view(story.case_id, seq)
    assert view is not None
    return [line.sentence["zh"] for line in view.timeline]


def test_who_speaks_for_all_reads_whose_matter_it_is_and_no_sum(group: Story) -> None:
    answers(group.deny(2), 2)
    not_reached(
        case_id=group.case_id, by=group.who(CLERK), at=group.at, attempt=Attempt(3, "phone", "没人接。")
    )
    group.deny(1, group.later(minutes=1).worker)
    assert read_by(group, 0)[-4:] == [
        "2 号工友说没收到钱，正在查",
        "2 号工友没收到的钱查过了，结果告诉本人了",
        "要请 3 号工友确认一笔钱，没有联系上",
        "您说没收到钱，正在查",
    ]
    assert [line for line in read_by(group, 2) if "收到钱" in line or "查过了" in line] == [
        "您说没收到钱，正在查",
        "您没收到的钱查过了，结果告诉您了",
    ]
    assert read_by(group, 3)[-1] == "要请您确认一笔钱，没有联系上您"
    assert api_view(group.case)["timeline"][-4]["sentence"]["en"].startswith("Worker no. 2 said")


def test_the_others_of_a_group_are_still_asked_until_each_has_answered(group: Story) -> None:
    asked = "promise.payment_answer"
    group.deny(2)
    assert group.clock(asked).state == "running"  # 1 and 3 have not said anything yet
    group.money(CONFIRMED, {1: 10_000}, CLERK)
    assert group.clock(asked).state == "running"
    group.money(CONFIRMED, {3: 1_000}, CLERK)
    assert group.clock(asked).state == "running"  # 2,000 of their 3,000 fen wait
    group.money(CONFIRMED, {3: 2_000}, CLERK)
    assert group.clock(asked).state == "met"
    assert group.clock(RULE).state == "running"


def test_the_last_one_asked_denies(group: Story) -> None:
    group.money(CONFIRMED, {1: 10_000, 3: 3_000}, CLERK).deny(2)
    assert group.clock("promise.payment_answer").state == "met"


def test_who_said_nothing_of_the_kind_reads_that_it_is_anothers_money(group: Story) -> None:
    group.deny(2)
    next_ = {seq: view.next.sentence["zh"] for seq in (0, 2, 3) if (view := follow_view(group.case_id, seq))}
    assert {seq: words.startswith("有工友说") for seq, words in next_.items()} == {0: True, 2: False, 3: True}
    for seq, words in next_.items():
        assert api_view(group.case, seq)["next"]["sentence"]["zh"] == words


def test_nobody_reads_what_another_asked_about_their_own_data(group: Story) -> None:
    common = {"case_id": group.case_id, "seq": 2, "at": group.at}
    ask(**common, what=ASK_CORRECTION, text="名字写错了。", by=group.worker)
    correct(**common, changes={"name": "乙乙"}, by=group.who(CLERK))
    told = {seq: sum("个人信息" in line for line in read_by(group, seq)) for seq in (0, 2, 3)}
    assert told == {0: 0, 2: 2, 3: 0}


def test_once_the_report_is_in_the_office_answers(paid: Story) -> None:
    paid.money(CONFIRMED, {1: 5_000}, CLERK)
    paid.do("report_closing", LAWYER, outcome="recovered", text="到账。").deny(
        1, paid.worker, "卡被冻结了，没拿到。"
    )
    assert (paid.case.seat, paid.case.step) == ("clerk", "answer_denial")
    assert paid.refused("pass_file", CLERK) == "denied"
    answers(paid, by=CLERK)
    assert (paid.case.seat, paid.case.step) == ("clerk", "pass_file")


def test_what_the_worker_said_is_not_confirmed_by_telephone_without_what_they_say_now(paid: Story) -> None:
    paid.deny(1, paid.worker)
    for way in (Way.PHONE, Way.IN_PERSON):
        with pytest.raises(Doubtful) as told:
            paid.money(CONFIRMED, {1: 5_000}, CLERK, way)
        assert "说过没收到" in told.value.zh
    paid.money(CONFIRMED, {1: 5_000}, CLERK, sure="3月5日来电：在另一张卡上，收到了。")
    event = Event.objects.filter(stream=paid.case_id, kind="case.confirm_payment").latest("seq")
    assert event.payload["doubts"] == ["said_otherwise"]
    assert Entry.objects.get(case=paid.case_id, action="confirm_payment").text.startswith("3月5日来电")
    assert (paid.case.step, paid.clock(RULE).state) == ("report_progress", "met")
    assert Worker.objects.get(case=paid.case_id).denied_at is None


def test_the_worker_confirms_by_the_link_without_a_reason(paid: Story) -> None:
    paid.deny(1, paid.worker).money(CONFIRMED, {1: 5_000}, paid.worker, Way.LINK)
    assert Worker.objects.get(case=paid.case_id).denied_at is None


def test_who_may_answer_and_what_is_needed(paid: Story) -> None:
    assert code(answers, paid) == "nothing_denied"
    paid.deny(1)
    assert code(answers, paid, text=" ") == "text_needed"
    assert code(answers, paid, seq=8) == "no_such_worker"
    with pytest.raises(NotPermitted):
        answers(paid, by=OPERATOR)
    with pytest.raises(NotPermitted):
        answer(case_id=paid.case_id, by=paid.worker, at=paid.at, seq=1, text="好。")


def test_a_denial_needs_words_and_something_that_was_paid(group: Story) -> None:
    common = {"case_id": group.case_id, "by": group.who(CLERK), "at": group.at}
    assert code(deny, **common, seq=2, text=" ") == "text_needed"
    assert code(deny, **common, seq=9, text="没收到。") == "no_such_worker"
    group.money(PAID, {2: -2_000}, sure="没有付成。")
    assert code(deny, **common, seq=2, text="没收到。") == "nothing_paid"
