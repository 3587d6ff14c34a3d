"""A case ends as reported only when the money of every single worker allows it; a word that money did not come stands."""

from __future__ import annotations

import pytest

from nuanxin.cases.actions.money import deny
from nuanxin.cases.faults import Refused
from nuanxin.cases.models import Worker
from nuanxin.cases.queries.follow import follow_view
from nuanxin.cases.rules.clocks import CLOCK_RULES
from nuanxin.cases.rules.ledger import MoneyStep, Sums, Way
from nuanxin.cases.rules.settling import Settled, unsettled
from nuanxin.cases.rules.stages import STEPS
from nuanxin.cases.upcoming import BY_CLOCK
from nuanxin.network.models import Agency
from nuanxin.notices.models import Notice
from tests.factories.story import CLERK, LAWYER, Story, worker_of

CLAIMED, AWARDED, PAID, CONFIRMED = MoneyStep
WHOLE = Sums(claimed=9, awarded=9, paid=9, confirmed=9)


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
    ],
)
def test_the_money_is_looked_at_worker_by_worker(outcome: str, workers: list[Settled], code: str) -> None:
    fault = unsettled(outcome, workers)
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
    for outcome in ("recovered", "partly_recovered"):
        assert group.refused("report_closing", LAWYER, outcome=outcome, text="都付了。") == "not_confirmed"
    assert group.refused("report_closing", LAWYER, outcome="not_recovered", text="没付。") == "denied"
    group.money(CONFIRMED, {2: 2_000}, CLERK)  # asked by themselves: that much did come
    assert Worker.objects.get(case=group.case_id, seq=2).denied_at is None
    assert group.refused("report_closing", LAWYER, outcome="recovered", text="都付了。") == "not_confirmed"
    group.do("report_closing", LAWYER, outcome="partly_recovered", text="部分到账。")


def test_a_payment_that_never_came_is_taken_back_and_the_word_with_it(group: Story) -> None:
    group.deny(2).money(PAID, {2: -2_000}, sure="银行退回来了。")
    assert Worker.objects.get(case=group.case_id, seq=2).denied_at is None


def test_a_word_that_money_did_not_come_reaches_the_lawyer(group: Story) -> None:
    group.deny(2)
    case = group.case
    assert (case.seat, case.next_clock) == ("lawyer", "promise.next_contact")
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
