"""A worker who never answers about money: tried on three days, on record, and then the case may end, not as recovered."""

from __future__ import annotations

import pytest

from nuanxin.audit.models import Event
from nuanxin.audit.verify import verify
from nuanxin.cases.actions.reaching import Attempt, not_reached
from nuanxin.cases.faults import NotPermitted, Refused, WrongState
from nuanxin.cases.models import Entry, Worker
from nuanxin.cases.queries.follow import follow_view
from nuanxin.cases.rules.ledger import MoneyStep, Way
from nuanxin.network.models import Agency
from nuanxin.notices.models import Notice
from nuanxin.portal.deeds import open_deeds
from tests.factories.story import BUREAU, CLERK, CLERK_2, DECIDER, LAWYER, OPERATOR, Story

pytestmark = pytest.mark.django_db

CLAIMED, AWARDED, PAID, CONFIRMED = MoneyStep


def tries(story: Story, by: int = CLERK, seq: int = 1, way: str = "phone", text: str = "没人接。") -> Story:
    not_reached(case_id=story.case_id, by=story.who(by), at=story.at, attempt=Attempt(seq, way, text))
    return story.later(minutes=1)


def refusal(story: Story, **attempt: object) -> str:
    with pytest.raises(Refused) as told:
        tries(story, **attempt)  # type: ignore[arg-type]
    return told.value.code


@pytest.fixture
def paid(offices: dict[int, Agency]) -> Story:
    return Story().in_progress().money(AWARDED, {1: 5_000}).money(PAID, {1: 5_000})


def closes(story: Story, outcome: str) -> str:
    return story.refused("report_closing", LAWYER, outcome=outcome, text="付了，工人联系不上。")


def test_three_days_and_then_the_case_may_end_but_not_as_recovered(paid: Story) -> None:
    for by, way in ((CLERK, "phone"), (LAWYER, "visit")):
        tries(paid, by, way=way)
        assert closes(paid, "unreachable") == "not_confirmed"
        paid.later(days=1)
    tries(paid, OPERATOR, way="through_others", text="老乡说换号了。")
    for outcome in ("recovered", "not_recovered"):
        assert closes(paid, outcome) == "only_unreachable"
    assert closes(paid, "partly_recovered") == "not_confirmed"
    paid.do("report_closing", LAWYER, outcome="unreachable", text="对方说付了，三天都联系不上本人。")
    event = Event.objects.get(stream=paid.case_id, kind="case.report_closing")
    assert (event.payload["open_why"], event.payload["open_for"], event.payload["open_fen"]) == (
        "unreachable", [1], 5_000,
    )  # fmt: skip
    paid.do("pass_file", CLERK).do("pay_subsidy", CLERK, fen=0).do("record_follow_up", CLERK, reached=False)
    paid.do("close", CLERK)
    assert (paid.case.status, paid.case.outcome, paid.case.confirmed_fen) == ("closed", "unreachable", 0)


def test_every_attempt_is_on_record_and_the_worker_gets_a_message(paid: Story) -> None:
    tries(paid, text="关机。")
    event = Event.objects.get(stream=paid.case_id, kind="case.not_reached")
    assert {key: event.payload[key] for key in ("seq", "way", "attempt")} == {
        "seq": 1, "way": "phone", "attempt": 1,
    }  # fmt: skip
    assert Entry.objects.get(case=paid.case_id, action="not_reached").text == "关机。"
    assert Notice.objects.filter(case_id=paid.case_id, template="call_missed").count() == 1


def test_a_day_counts_once_and_in_china(paid: Story) -> None:
    tries(paid)
    assert refusal(paid.later(hours=5)) == "counted_today"
    tries(paid.later(hours=19))
    assert Worker.objects.get(case=paid.case_id).missed == 2


def test_no_way_no_word_and_nobody_of_that_number(paid: Story) -> None:
    assert refusal(paid, way="dream") == "choose_one"
    assert refusal(paid, text=" ") == "text_needed"
    assert refusal(paid, seq=7) == "no_such_worker"
    with pytest.raises(NotPermitted):
        tries(paid, BUREAU)


def test_only_where_a_payment_waits(offices: dict[int, Agency]) -> None:
    story = Story().in_progress().money(AWARDED, {1: 5_000})
    assert refusal(story) == "nothing_waits"
    assert closes(story, "unreachable") == "nothing_waits"
    assert closes(story, "advice_given") == "choose_one"  # an end of a report, not of a claim


def test_an_answer_or_new_money_begins_anew(paid: Story) -> None:
    for _ in range(3):
        tries(paid).later(days=1)
    paid.money(PAID, {1: 100}, sure="另付一元")
    assert Worker.objects.get(case=paid.case_id).missed == 0
    assert closes(paid, "unreachable") == "not_confirmed"
    tries(paid)
    paid.deny(1)
    assert Worker.objects.get(case=paid.case_id).missed == 0
    assert closes(paid, "unreachable") == "denied"


def test_money_that_is_confirmed_after_the_report_ends_the_case_otherwise(paid: Story) -> None:
    for _ in range(3):
        tries(paid).later(days=1)
    paid.do("report_closing", LAWYER, outcome="unreachable", text="联系不上。")
    paid.money(CONFIRMED, {1: 5_000}, paid.worker, Way.LINK)
    assert paid.refused("pass_file", CLERK) == "nothing_waits"
    paid.do("return_file", CLERK, text="工人来电确认了。")
    paid.do("report_closing", LAWYER, outcome="recovered", text="钱到了。").do("pass_file", CLERK)


def closed(story: Story, outcome: str, seq: int = 1) -> Story:
    """Ended over the payment of one who was tried on three days."""
    for _ in range(3):
        tries(story, seq=seq).later(days=1)
    story.do("report_closing", LAWYER, outcome=outcome, text="联系不上。").do("pass_file", CLERK)
    story.do("pay_subsidy", CLERK, fen=0).do("record_follow_up", CLERK, reached=False).do("close", CLERK)
    return story


def test_who_is_found_after_the_end_confirms_what_was_left_open(paid: Story) -> None:
    ended = closed(paid, "unreachable").case
    view = follow_view(paid.case_id, 0)
    assert view is not None
    assert [one.action for one in open_deeds(view)] == ["confirm_payment", "rate"]
    paid.later(days=30).money(CONFIRMED, {1: 2_000}, paid.worker, Way.LINK)
    # 20 of 50 yuan: the case is closed as before, on the same day, and has recovered a part
    assert (paid.case.status, paid.case.outcome, paid.case.closed_at) == (
        "closed", "partly_recovered", ended.closed_at,
    )  # fmt: skip
    assert (paid.case.seat, paid.case.next_by, paid.case.sweep_at) == ("nobody", None, None)
    paid.money(CONFIRMED, {1: 3_000}, CLERK)
    assert (paid.case.outcome, paid.case.confirmed_fen) == ("recovered", 5_000)
    assert Event.objects.filter(stream=paid.case_id).latest("seq").payload["outcome"] == "recovered"
    assert list(verify(paid.case_id)) == []


def test_after_the_end_nothing_else_is_entered(paid: Story) -> None:
    closed(paid, "unreachable")
    for step in (CLAIMED, AWARDED, PAID):
        with pytest.raises(WrongState):
            paid.money(step, {1: 100})
    for lines, code in (({1: -100}, "ended"), ({1: 5_001}, "more_than_paid")):
        with pytest.raises(Refused) as told:
            paid.money(CONFIRMED, lines, CLERK)
        assert told.value.code == code
    paid.money(CONFIRMED, {1: 5_000}, CLERK)
    with pytest.raises(Refused) as told:
        paid.money(CONFIRMED, {1: 100}, CLERK)
    assert told.value.code == "nothing_waits"


def test_a_part_that_was_not_paid_keeps_the_end_a_part(offices: dict[int, Agency]) -> None:
    story = Story(workers=3, amount_claimed="300.00", applicant={"name": "田某某"}).in_progress()
    story.roster([{"name": name, "claimed": "100.00"} for name in ("田某某", "乙", "丙")])
    story.money(PAID, {1: 10_000, 2: 10_000}).money(CONFIRMED, {1: 10_000}, CLERK)
    closed(story, "partly_recovered", seq=2).money(CONFIRMED, {2: 10_000}, CLERK)
    assert (story.case.outcome, story.case.confirmed_fen) == ("partly_recovered", 20_000)  # 丙 has nothing


@pytest.mark.parametrize("status", ["withdrawn", "terminated"])
def test_a_payment_outlives_a_case_that_ended_early(status: str, offices: dict[int, Agency]) -> None:
    story = Story().in_progress().money(PAID, {1: 5_000}, sure="还没有裁决，老板先付的")
    if status == "terminated":
        story.do("terminate", DECIDER, ground="client_asks", text="本人要求。")
    else:
        story.do("request_withdrawal", story.worker, text="钱给了。").do(
            "confirm_withdrawal", CLERK_2, text="打过电话。"
        )
    story.money(CONFIRMED, {1: 5_000}, story.worker, Way.LINK)
    assert (story.case.status, story.case.outcome, story.case.confirmed_fen) == (status, "", 5_000)


def test_one_of_a_group_is_named_and_the_others_are_recovered_in_part(offices: dict[int, Agency]) -> None:
    story = Story(workers=2, amount_claimed="200.00", applicant={"name": "田某某"}).in_progress()
    story.roster([{"name": "田某某", "claimed": "100.00"}, {"name": "乙", "claimed": "100.00"}])
    story.money(PAID, {1: 10_000, 2: 10_000}).money(CONFIRMED, {1: 10_000}, CLERK)
    for _ in range(3):
        tries(story, seq=2).later(days=1)
    assert closes(story, "recovered") == "only_unreachable"
    assert closes(story, "unreachable") == "some_confirmed"
    story.do("report_closing", LAWYER, outcome="partly_recovered", text="乙联系不上。").do("pass_file", CLERK)
    event = Event.objects.get(stream=story.case_id, kind="case.report_closing")
    assert event.payload["open_for"] == [2]
