"""A case ends as reported only when the money of every single worker allows it; a word that money did not come stands."""

from __future__ import annotations

import pytest

from nuanxin.cases.actions.denial import deny
from nuanxin.cases.faults import Doubtful, Refused
from nuanxin.cases.models import Worker
from nuanxin.cases.queries.follow import follow_view
from nuanxin.cases.rules.clocks import CLOCK_RULES
from nuanxin.cases.rules.ledger import MoneyStep, Sums, Way, add_up
from nuanxin.cases.rules.settling import Settled, Standing, unsettled
from nuanxin.cases.rules.stages import STEPS
from nuanxin.cases.rules.transitions import row_for
from nuanxin.cases.upcoming import BY_CLOCK
from nuanxin.desk.moves import refusal_of
from nuanxin.network.models import Agency
from nuanxin.notices.models import Notice
from tests.factories.story import CLERK, LAWYER, Story, worker_of

CLAIMED, AWARDED, PAID, CONFIRMED = MoneyStep
WHOLE = Sums(claimed=9, awarded=9, paid=9, confirmed=9)
NOTHING = Sums()


def lost(seq: int) -> Settled:
    return Settled(seq, Sums(9, 9, 9, 0), unreachable=True)


def money(*workers: Settled, heads: int = 0, award: int = 0, claim: int = 0) -> Standing:
    """``award`` and ``claim`` stand for the group as a whole, beside the lines of the workers."""
    lines = add_up({one.seq: one.sums for one in workers})
    whole = lines.plus(AWARDED, award).plus(CLAIMED, claim)
    return Standing(whole, heads or sum(not one.left for one in workers), workers)


@pytest.mark.parametrize(
    ("outcome", "workers", "code"),
    [
        ("recovered", [Settled(1, WHOLE), Settled(2, WHOLE)], ""),
        ("recovered", [Settled(1, WHOLE), Settled(2, Sums(9, 9, 0, 0))], "not_all"),
        # nothing was awarded to no. 2, so what they claimed is due
        ("recovered", [Settled(1, WHOLE), Settled(2, Sums(9, 0, 0, 0))], "not_all"),
        # the claim of no. 2 was dismissed: nothing is due to them any more
        ("recovered", [Settled(1, WHOLE), Settled(2, Sums(9, 0, 0, 0), dismissed=True)], ""),
        # one who has too much does not make up for one who has nothing
        ("recovered", [Settled(1, Sums(9, 9, 18, 18)), Settled(2, Sums(9, 9, 0, 0))], "not_all"),
        ("partly_recovered", [Settled(1, WHOLE), Settled(2, Sums(9, 9, 0, 0))], ""),
        ("partly_recovered", [Settled(1, WHOLE), Settled(2, Sums(9, 9, 5, 0))], "not_confirmed"),
        ("not_recovered", [Settled(1, Sums(9, 9, 9, 0))], "not_confirmed"),
        ("not_recovered", [Settled(1, Sums(9, 9, 0, 0))], ""),
        ("not_recovered", [Settled(1, Sums(9, 9, 9, 9), denied=True)], "denied"),
        # the outcome says what the confirmed money says
        ("not_recovered", [Settled(1, Sums(9, 9, 1, 1))], "some_confirmed"),
        ("partly_recovered", [Settled(1, Sums(9, 9, 1, 1))], ""),
        ("partly_recovered", [Settled(1, Sums(9, 9, 0, 0))], "not_confirmed"),
        ("recovered", [Settled(1, NOTHING)], "not_confirmed"),
        ("recovered", [Settled(1, Sums(9, 0, 0, 0), dismissed=True)], "not_confirmed"),
        # what was paid to somebody who has left is answered for as well; nothing more is due to them here
        ("recovered", [Settled(1, WHOLE), Settled(2, Sums(9, 9, 5, 0), left=True)], "not_confirmed"),
        (
            "not_recovered",
            [Settled(1, Sums(9, 0, 0, 0)), Settled(2, Sums(0, 0, 5, 0), left=True)],
            "not_confirmed",
        ),
        ("recovered", [Settled(1, WHOLE), Settled(2, Sums(5, 5, 5, 5), denied=True, left=True)], "denied"),
        ("recovered", [Settled(1, WHOLE), Settled(2, Sums(5, 0, 0, 0), left=True)], ""),
        # what no. 2 is to get stands nowhere
        ("recovered", [Settled(1, WHOLE), Settled(2, NOTHING)], "due_unknown"),
        ("partly_recovered", [Settled(1, WHOLE), Settled(2, NOTHING)], ""),
        ("recovered", [Settled(1, Sums(0, 0, 5, 5))], "due_unknown"),
        # no. 2 cannot be reached: whether they have their money is not known
        ("recovered", [Settled(1, WHOLE), lost(2)], "only_unreachable"),
        ("partly_recovered", [Settled(1, WHOLE), lost(2)], ""),
        ("unreachable", [Settled(1, WHOLE), lost(2)], "some_confirmed"),
        ("not_recovered", [Settled(1, WHOLE), lost(2)], "only_unreachable"),
        ("partly_recovered", [Settled(1, Sums(9, 9, 9, 0)), lost(2)], "not_confirmed"),
        ("unreachable", [lost(1)], ""),
        ("unreachable", [lost(1), Settled(2, Sums(9, 9, 9, 0))], "not_confirmed"),
        ("partly_recovered", [lost(1)], "not_confirmed"),
        ("unreachable", [Settled(1, Sums(9, 9, 0, 0), unreachable=True)], "nothing_waits"),
        ("unreachable", [Settled(1, Sums(9, 9, 9, 0), denied=True, unreachable=True)], "denied"),
    ],
)
def test_the_money_is_looked_at_worker_by_worker(outcome: str, workers: list[Settled], code: str) -> None:
    fault = unsettled(outcome, money(*workers))
    assert (fault.code if fault else "") == code


@pytest.mark.parametrize(
    ("found", "code"),
    [
        # 20 awarded to both, 20 in hand of no. 1, and what no. 2 claims is unknown
        (money(Settled(1, Sums(10, 0, 20, 20)), Settled(2, NOTHING), award=20), "due_unknown"),
        # 15 awarded to both, 15 in hand, which is less than either claims: how was it divided?
        (money(Settled(1, Sums(10, 0, 8, 8)), Settled(2, Sums(10, 0, 7, 7)), award=15), "not_divided"),
        # all that each claims, and all that was awarded
        (money(Settled(1, Sums(10, 0, 10, 10)), Settled(2, Sums(10, 0, 10, 10)), award=20), ""),
        # all that each claims, but 5 of the award (interest) are still missing
        (money(Settled(1, Sums(10, 0, 10, 10)), Settled(2, Sums(10, 0, 10, 10)), award=25), "not_divided"),
        # divided, and the line of the whole group was not taken away
        (money(Settled(1, WHOLE), Settled(2, WHOLE), award=18), "not_divided"),
        # the only worker of a case: its whole sums are theirs
        (money(Settled(1, Sums(0, 0, 20, 20)), award=20), ""),
        (money(Settled(1, Sums(0, 0, 19, 19)), award=20), "not_all"),
        (money(Settled(1, Sums(0, 0, 20, 20)), claim=20), ""),
        # three claim and one is on the list
        (money(Settled(1, WHOLE), heads=3), "roster_first"),
    ],
)  # fmt: skip
def test_what_is_not_divided_hides_nobody(found: Standing, code: str) -> None:
    fault = unsettled("recovered", found)
    assert (fault.code if fault else "") == code


@pytest.fixture
def group(offices: dict[int, Agency]) -> Story:
    story = Story(workers=3, amount_claimed="300.00", applicant={"name": "田某某"}).in_progress()
    rows = [
        {"name": name, "claimed": "100.00", "phone": f"1390000000{n}"}
        for n, name in enumerate(("田某某", "乙", "丙"), 1)
    ]
    story.roster(rows)
    return story.money(AWARDED, {1: 10_000, 2: 10_000, 3: 10_000}).money(PAID, {1: 10_000, 2: 2_000})


def test_a_group_does_not_end_over_the_head_of_one_who_has_nothing(group: Story) -> None:
    group.deny(2, worker_of(group.case_id), "只到了二十块。")
    with pytest.raises(Refused) as told:
        group.money(CONFIRMED, {1: 10_000, 2: 2_000}, CLERK)
    assert told.value.code == "denied"
    group.money(CONFIRMED, {1: 10_000}, CLERK)
    for outcome in ("recovered", "partly_recovered", "not_recovered"):
        assert group.refused("report_closing", LAWYER, outcome=outcome, text="都付了。") == "denied"
    with pytest.raises(Doubtful):  # over what they said themselves, only with what they say now
        group.money(CONFIRMED, {2: 2_000}, CLERK)
    group.money(
        CONFIRMED, {2: 2_000}, CLERK, sure="本人来电：二十块到了，还差八十。"
    )  # asked by themselves: that much did come
    assert Worker.objects.get(case=group.case_id, seq=2).denied_at is None
    assert group.refused("report_closing", LAWYER, outcome="recovered", text="都付了。") == "not_all"
    group.do("report_closing", LAWYER, outcome="partly_recovered", text="部分到账。")
    assert group.case.outcome == "partly_recovered"


def test_an_award_that_is_not_divided_is_divided_before_the_case_ends_as_recovered(
    offices: dict[int, Agency],
) -> None:
    story = Story(workers=2, amount_claimed="200.00", applicant={"name": "田某某"}).in_progress()
    story.roster([{"name": "田某某", "claimed": "100.00"}, {"name": "乙"}])
    story.money(AWARDED, {0: 20_000}).money(PAID, {1: 20_000}, sure="都付给班长了")
    story.money(CONFIRMED, {1: 20_000}, CLERK)
    assert story.refused("report_closing", LAWYER, outcome="recovered", text="付了。") == "due_unknown"
    story.money(AWARDED, {0: -20_000, 1: 20_000}).money(AWARDED, {2: 0})
    story.do("report_closing", LAWYER, outcome="recovered", text="乙的请求没有得到支持。")


def test_money_of_one_who_has_left_is_answered_for(group: Story) -> None:
    group.money(CONFIRMED, {1: 10_000}, CLERK)
    Worker.objects.filter(case=group.case_id, seq=2).update(left_on=group.today)
    assert (
        group.refused("report_closing", LAWYER, outcome="partly_recovered", text="付了。") == "not_confirmed"
    )
    group.deny(2)
    assert group.refused("report_closing", LAWYER, outcome="partly_recovered", text="付了。") == "denied"
    with pytest.raises(Refused):  # new money is not entered for who has left; what came is confirmed
        group.money(PAID, {2: 500})
    group.money(CONFIRMED, {2: 2_000}, CLERK, Way.IN_PERSON, sure="本人到窗口说收到了。")
    group.do("report_closing", LAWYER, outcome="partly_recovered", text="付了。")


def test_a_file_that_came_back_may_end_otherwise(group: Story) -> None:
    group.money(PAID, {2: -2_000}).money(CONFIRMED, {1: 10_000}, CLERK)
    group.do("report_closing", LAWYER, outcome="partly_recovered", text="付了。").do(
        "return_file", CLERK, text="补材料"
    )
    group.money(PAID, {2: 1_000})
    row = row_for("report_closing")
    assert (
        refusal_of(row, group.case, group.who(LAWYER), group.at) is None
    )  # the form is still to say how it ended


def test_the_same_rule_refuses_the_button_on_the_desk_and_the_move(group: Story) -> None:
    group.money(PAID, {2: -2_000}).money(CONFIRMED, {1: 10_000}, CLERK)
    group.do("report_closing", LAWYER, outcome="partly_recovered", text="付了。").money(PAID, {3: 1_000})
    refusal = refusal_of(row_for("pass_file"), group.case, group.who(CLERK), group.at)
    assert refusal is not None
    assert refusal.code == group.refused("pass_file", CLERK) == "not_confirmed"
    assert "第 3 号" in refusal.zh


def test_a_payment_that_never_came_is_taken_back_and_the_word_with_it(group: Story) -> None:
    group.deny(2).money(PAID, {2: -2_000}, sure="银行退回来了。")
    assert Worker.objects.get(case=group.case_id, seq=2).denied_at is None


def test_a_word_that_money_did_not_come_reaches_the_lawyer(group: Story) -> None:
    group.deny(2)
    case = group.case
    assert (case.seat, case.next_clock) == ("lawyer", "promise.denial_answer")
    assert case.step == "answer_denial"
    assert Notice.objects.filter(template="payment_denied", channel="in_app", staff_id=LAWYER).count() == 1
    view = follow_view(group.case_id, 0)
    assert view is not None
    assert "正在查" in view.next.sentence["zh"]


def test_nobody_of_that_number_has_said_anything(group: Story) -> None:
    for seq, text in ((9, "没收到。"), (2, " ")):
        with pytest.raises(Refused):
            deny(case_id=group.case_id, by=group.who(CLERK), at=group.at, seq=seq, text=text)


@pytest.mark.parametrize("outcome", ["recovered", "partly_recovered", "not_recovered"])
def test_one_worker_with_money_that_is_not_confirmed(outcome: str, offices: dict[int, Agency]) -> None:
    story = Story().in_progress().money(AWARDED, {1: 5_000}).money(PAID, {1: 5_000})
    assert story.refused("report_closing", LAWYER, outcome=outcome, text="付了。") == "not_confirmed"
    story.money(CONFIRMED, {1: 5_000}, story.worker, Way.LINK)
    if outcome == "not_recovered":
        assert story.refused("report_closing", LAWYER, outcome=outcome, text="付了。") == "some_confirmed"
    else:
        story.do("report_closing", LAWYER, outcome=outcome, text="付了。")


def test_every_clock_that_runs_while_the_lawyer_works_has_its_sentence() -> None:
    started = {rule for step in STEPS.values() for rule in step.start}
    besides = {
        "promise.first_meeting",
        "promise.payment_answer",
        "promise.next_contact",
        "promise.formalities",
    }
    besides |= {"set.hearing"}
    assert started | besides <= set(BY_CLOCK) <= set(CLOCK_RULES)


def test_the_worker_reads_what_the_day_is_for(offices: dict[int, Agency]) -> None:
    story = (
        Story().in_progress().do("record_step", LAWYER, taken="arbitration.awarded", sure="工人自己带来的")
    )
    view = follow_view(story.case_id, 0)
    assert view is not None
    assert story.case.next_clock == "court.sue_after_award"
    assert "起诉" in view.next.sentence["zh"]
    assert "sue" in view.next.sentence["en"]


def test_everybody_on_a_roster_hears_of_it_and_of_their_own_money_once(group: Story) -> None:
    told = Notice.objects.filter(case_id=group.case_id, channel="sms")
    # the one who speaks for all has had their code from the beginning
    assert sorted(told.filter(template="joined_group").values_list("phone", flat=True)) == [
        "13900000002", "13900000003",
    ]  # fmt: skip
    assert told.filter(template="money_awarded_worker").count() == 3
    paid = set(told.filter(template="money_paid_worker").values_list("phone", flat=True))
    assert paid == {one.phone for one in Worker.objects.filter(case=group.case_id, seq__lt=3)}
    assert not told.filter(template__in=("money_awarded", "money_paid")).exists()


def test_a_worker_of_a_group_reads_their_own_sums_only(group: Story) -> None:
    view = follow_view(group.case_id, 2)
    assert view is not None
    read = " ".join(line.sentence["zh"] for line in view.timeline)
    assert "付了 20 元" in read  # their own 2,000 fen
    assert "付了 120 元" not in read  # of all
    assert "付 300 元" not in read
