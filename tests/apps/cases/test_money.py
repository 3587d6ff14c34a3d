"""Claimed, awarded, paid, confirmed: kept apart, for each worker, and never more confirmed than was paid."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nuanxin.audit.actor import Role
from nuanxin.audit.models import Event
from nuanxin.audit.verify import verify
from nuanxin.cases.actions.money import Sum, record, spread
from nuanxin.cases.faults import NotPermitted, Refused, WrongState
from nuanxin.cases.models import Case, LedgerLine, Worker
from nuanxin.cases.rules.ledger import (
    CONFIRMING,
    MOST_FEN,
    MoneyStep,
    Sums,
    Way,
    add_up,
    check_line,
    divide_evenly,
    fen_of,
    yuan,
)
from nuanxin.cases.rules.shares import by_weight
from nuanxin.cases.sentences import event_sentence
from nuanxin.network.models import Agency
from nuanxin.notices.models import Notice
from tests.apps.audit.streams import undone
from tests.factories.story import CLERK, DECIDER, GAOPING, LAWYER, OPERATOR, Story, person, worker_of

CLAIMED, AWARDED, PAID, CONFIRMED = MoneyStep
fen_amounts = st.integers(-(10**9), 10**9)


def totals(case_id: int) -> tuple[Sums, Sums, Sums]:
    """As the case says, as its workers and the undivided part add up, as the ledger adds up."""
    case = Case.objects.get(pk=case_id)
    workers = {w.seq: w.sums for w in Worker.objects.filter(case=case_id)}
    ledger, undivided = Sums(), Sums()
    for line in LedgerLine.objects.filter(case=case_id):
        ledger = ledger.plus(MoneyStep(line.step), line.fen)
        if line.worker_id is None:
            undivided = undivided.plus(MoneyStep(line.step), line.fen)
    return case.sums, add_up({**workers, 0: undivided}), ledger


@pytest.fixture
def group(offices: dict[int, Agency]) -> Story:
    """Three workers with a lawyer; the claim is divided."""
    story = Story(workers=3, amount_claimed="300.00", applicant={"name": "田某某"}).in_progress()
    story.roster(
        [{"name": "田某某", "claimed": "100.00"}, {"name": "乙", "phone": "13900000002"}, {"name": "丙"}]
    )
    return story


@pytest.mark.django_db
class TestTheWayOfTheMoney:
    def test_it_goes_step_by_step(self, group: Story) -> None:
        group.money(AWARDED, {0: 30_000}).money(PAID, {1: 10_000, 2: 10_000, 3: 5_000})
        assert group.clock("promise.payment_answer").state == "running"
        group.money(CONFIRMED, {1: 10_000, 2: 10_000}, CLERK)
        assert group.clock("promise.payment_answer").state == "running"  # one has not answered
        group.money(CONFIRMED, {3: 5_000}, CLERK)
        assert group.clock("promise.payment_answer").state == "met"
        assert group.case.sums == Sums(30_000, 30_000, 25_000, 25_000)
        assert len(set(totals(group.case_id))) == 1

    def test_each_worker_of_a_group_is_asked_with_a_code_of_their_own(self, group: Story) -> None:
        group.money(PAID, {1: 100, 2: 200})
        asked = Notice.objects.filter(case_id=group.case_id, template="money_paid_worker")
        assert {notice.phone for notice in asked} >= {"13900000002"}

    def test_a_correction_is_told_as_one(self, group: Story) -> None:
        group.money(AWARDED, {1: 500_000}, sure="先按仲裁书登记").money(AWARDED, {1: -400_000})
        told = Notice.objects.filter(case_id=group.case_id, template__startswith="money_").order_by("id")
        assert [notice.template for notice in told] == ["money_awarded_worker", "money_corrected"]
        assert event_sentence("case.record_award", {"fen": -400_000}) == {
            "zh": "对方答应或裁定的钱记多了，减去 4,000 元",
            "en": "4,000 yuan awarded by mistake were taken back",
        }

    def test_the_worker_confirms_by_link_and_nothing_else(self, group: Story) -> None:
        group.money(PAID, {1: 10_000})
        worker = worker_of(group.case_id)
        for step, lines, way in (
            (CONFIRMED, {1: 10_000}, Way.PHONE),
            (CONFIRMED, {1: 10_000}, Way.BANK_PROOF),
            (CONFIRMED, {1: -1}, Way.LINK),
        ):
            with pytest.raises(Refused) as refusal:
                group.money(step, lines, worker, way)
            assert refusal.value.code == "not_yours"
        with pytest.raises(NotPermitted):
            group.money(PAID, {1: 1}, worker, Way.LINK)
        group.money(CONFIRMED, {1: 10_000}, worker, Way.LINK)
        assert group.case.confirmed_fen == 10_000

    @pytest.mark.parametrize("by", [CLERK, DECIDER, OPERATOR])
    def test_nobody_else_uses_the_workers_link(self, group: Story, by: int) -> None:
        group.money(PAID, {1: 10_000})
        with pytest.raises(Refused) as refusal:
            group.money(CONFIRMED, {1: 10_000}, by, Way.LINK)
        assert refusal.value.code == "not_the_worker"

    @pytest.mark.parametrize("way", [Way.PHONE, Way.IN_PERSON, Way.BANK_PROOF])
    def test_the_own_lawyer_does_not_record_that_the_money_has_come(self, group: Story, way: Way) -> None:
        group.money(PAID, {1: 10_000})
        with pytest.raises(NotPermitted):
            group.money(CONFIRMED, {1: 10_000}, LAWYER, way)
        # A lawyer of the agency who is its clerk as well is still the lawyer of this case.
        both = person(LAWYER, GAOPING, Role.LAWYER, Role.CLERK)
        with pytest.raises(Refused) as refusal:
            group.money(CONFIRMED, {1: 10_000}, both, way)
        assert refusal.value.code == "own_lawyer"
        assert group.case.confirmed_fen == 0

    @pytest.mark.parametrize("by", [CLERK, DECIDER, OPERATOR])
    def test_any_colleague_of_the_office_records_it(self, group: Story, by: int) -> None:
        group.money(PAID, {1: 10_000}).money(CONFIRMED, {1: 10_000}, by)
        assert group.case.confirmed_fen == 10_000

    @pytest.mark.parametrize(
        ("step", "lines", "way", "code"),
        [
            (PAID, {0: 100}, Way.DOCUMENT, "roster_first"),
            (CONFIRMED, {0: 100}, Way.PHONE, "roster_first"),
            (PAID, {9: 100}, Way.DOCUMENT, "no_such_worker"),
            (PAID, {}, Way.DOCUMENT, "no_amount"),
            (PAID, {1: 0}, Way.DOCUMENT, "amount"),
            (PAID, {1: MOST_FEN + 1}, Way.DOCUMENT, "amount"),
            (PAID, {1: MOST_FEN, 2: MOST_FEN}, Way.DOCUMENT, "amount"),
            (CLAIMED, {1: MOST_FEN}, Way.STATED, "amount"),  # with what is claimed already
            (CONFIRMED, {1: 100}, Way.PHONE, "more_than_paid"),
            (PAID, {1: -100}, Way.DOCUMENT, "below_zero"),
            (AWARDED, {0: -100}, Way.DOCUMENT, "below_zero"),
        ],
    )
    def test_what_cannot_be_is_refused_and_changes_nothing(
        self, step: MoneyStep, lines: dict[int, int], way: Way, code: str, group: Story
    ) -> None:
        before = totals(group.case_id)
        with pytest.raises(Refused) as refusal:
            group.money(step, lines, CLERK, way)
        assert refusal.value.code == code
        assert totals(group.case_id) == before

    @pytest.mark.parametrize("way", sorted(set(Way) - CONFIRMING))
    def test_a_confirmation_needs_the_worker_or_a_bank_proof(self, group: Story, way: Way) -> None:
        group.money(PAID, {1: 100})
        with pytest.raises(Refused) as refusal:
            group.money(CONFIRMED, {1: 100}, CLERK, way)
        assert refusal.value.code == "unconfirmed"

    def test_a_bank_proof_is_a_paper_on_file(self, group: Story) -> None:
        group.money(PAID, {1: 100})
        with pytest.raises(Refused) as refusal:
            group.money(CONFIRMED, {1: 100}, CLERK, Way.BANK_PROOF)
        assert refusal.value.code == "no_proof"

    def test_a_fault_in_one_line_enters_none(self, group: Story) -> None:
        with pytest.raises(Refused):
            group.money(PAID, {1: 100, 2: 0})
        assert group.case.paid_fen == 0

    def test_a_day_in_the_future_is_refused(self, group: Story) -> None:
        group.at = group.at.replace(year=2025)
        entry = Sum(PAID, {1: 1}, Way.DOCUMENT, group.today.replace(year=2026))
        with pytest.raises(Refused) as refusal:
            record(case_id=group.case_id, by=group.who(CLERK), at=group.at, entry=entry)
        assert refusal.value.code == "in_future"

    def test_a_correction_is_a_line_of_the_opposite_sign(self, group: Story) -> None:
        group.money(PAID, {1: 10_000}).money(PAID, {1: -4_000})
        assert group.case.paid_fen == 6_000
        assert LedgerLine.objects.filter(case=group.case_id, step="paid").count() == 2
        group.money(CONFIRMED, {1: 6_000}, CLERK)
        with pytest.raises(Refused):
            group.money(PAID, {1: -1})  # what is confirmed cannot be unpaid

    def test_the_undivided_sum_of_the_group_never_falls_below_nothing(self, group: Story) -> None:
        group.money(AWARDED, {0: 5_000, 1: 10_000})
        with pytest.raises(Refused):
            group.money(AWARDED, {0: -5_001})
        group.money(AWARDED, {0: -5_000, 2: 5_000})  # divided later: the sum of the lines is nothing
        assert group.case.awarded_fen == 15_000

    def test_the_event_holds_what_rebuilds_the_ledger(self, group: Story) -> None:
        group.money(PAID, {1: 10_000, 2: 5_000})
        event = Event.objects.filter(stream=group.case_id, kind="case.record_payment").get()
        ids = dict(Worker.objects.filter(case=group.case_id).values_list("seq", "id"))
        assert sorted(event.payload["lines"]) == sorted([[ids[1], 10_000], [ids[2], 5_000]])
        assert (event.payload["fen"], event.payload["way"]) == (15_000, "document")
        assert event.effective_on == group.today
        assert list(verify(group.case_id)) == []

    def test_a_lawyer_who_was_only_asked_enters_no_money(self, offices: dict[int, Agency]) -> None:
        story = Story().granted().offered()
        with pytest.raises(NotPermitted):
            story.money(PAID, {1: 100}, person(LAWYER))

    def test_no_money_before_the_case_is_accepted_nor_after_its_end(self, offices: dict[int, Agency]) -> None:
        with pytest.raises(WrongState):
            Story().money(PAID, {1: 100}, CLERK)
        with pytest.raises(WrongState):
            Story().to("withdrawn").money(PAID, {1: 100}, CLERK)

    def test_not_received_is_put_before_the_lawyer_with_a_date(self, group: Story) -> None:
        group.money(PAID, {1: 100}).deny(1)
        assert group.clock("promise.payment_answer").state == "met"
        assert group.case.next_clock == "promise.denial_answer"

    def test_an_award_may_give_one_worker_nothing(self, group: Story) -> None:
        group.money(AWARDED, {1: 10_000, 2: 0})
        first, second, third = Worker.objects.filter(case=group.case_id).order_by("seq")
        assert (second.awarded_fen, second.dismissed_on) == (0, group.today)
        assert (first.dismissed_on, third.dismissed_on) == (None, None)  # no. 3 is not decided yet
        event = Event.objects.get(stream=group.case_id, kind="case.record_award")
        assert [second.id, 0] in event.payload["lines"]
        assert event.payload["dismissed"] == 1
        assert list(verify(group.case_id)) == []

    def test_an_award_of_nothing_is_taken_back_and_gives_way_to_a_sum(self, group: Story) -> None:
        def dismissed() -> bool:
            return Worker.objects.get(case=group.case_id, seq=2).dismissed_on is not None

        def nothing(*, undo: bool = False) -> None:
            entry = Sum(AWARDED, {2: 0}, Way.DOCUMENT, group.today, undo=undo)
            record(case_id=group.case_id, by=group.who(LAWYER), at=group.at, entry=entry)
            group.later(minutes=1)

        with pytest.raises(Refused) as refusal:
            nothing(undo=True)
        assert refusal.value.code == "not_dismissed"
        nothing()
        assert dismissed()
        nothing(undo=True)
        assert not dismissed()
        nothing()
        group.money(AWARDED, {2: 500})  # on appeal
        assert not dismissed()
        with pytest.raises(Refused) as refusal:
            nothing()
        assert refusal.value.code == "award_stands"
        group.money(AWARDED, {2: -500})
        assert not dismissed()  # taken back: not decided, and not dismissed
        assert event_sentence("case.record_award", {"fen": 0, "dismissed": 1}) == {
            "zh": "裁决没有支持这笔钱", "en": "The award gave nothing",
        }  # fmt: skip

    @pytest.mark.parametrize("step", [CLAIMED, PAID, CONFIRMED])
    def test_only_an_award_may_be_nothing(self, step: MoneyStep, group: Story) -> None:
        with pytest.raises(Refused):
            group.money(step, {2: 0}, CLERK)

    def test_nothing_is_told_apart_by_worker(self, group: Story) -> None:
        with pytest.raises(Refused) as refusal:
            group.money(AWARDED, {0: 0})
        assert refusal.value.code == "each_worker"

    def test_the_worker_hears_that_the_award_gave_nothing(self, story: Story) -> None:
        story.in_progress().money(AWARDED, {1: 0})
        assert Notice.objects.filter(case_id=story.case_id, template="award_nothing").count() == 1

    def test_a_sum_is_spread_to_the_last_fen(self, group: Story) -> None:
        assert spread(case_id=group.case_id, total=1_000, by_claim=False) == {1: 334, 2: 333, 3: 333}
        assert spread(case_id=group.case_id, total=1_000) == {1: 1_000}  # only no. 1 has said what they claim

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(list(MoneyStep)),
                st.dictionaries(st.integers(0, 3), st.integers(-3_000, 9_000), max_size=3),
                st.sampled_from([Way.DOCUMENT, Way.PHONE, Way.BANK_PROOF]),
            ),
            max_size=12,
        )
    )
    def test_whatever_is_entered_the_sums_agree(self, group: Story, entries: Any) -> None:
        with undone():
            for step, lines, way in entries:
                try:
                    group.money(step, lines, CLERK, way, sure="核对过")
                except Refused:
                    continue
            case, workers, ledger = totals(group.case_id)
            assert case == workers == ledger
            assert case.confirmed <= case.paid
            for one in Worker.objects.filter(case=group.case_id):
                assert 0 <= one.confirmed_fen <= one.paid_fen
                assert min(one.claimed_fen, one.awarded_fen) >= 0
            assert list(verify(group.case_id)) == []


@given(
    st.builds(Sums, *[st.integers(0, 10**6)] * 4),
    st.sampled_from(list(MoneyStep)),
    fen_amounts,
    st.sampled_from(list(Way)),
)
def test_a_line_that_passes_keeps_the_sums_sane(sums: Sums, step: MoneyStep, fen: int, way: Way) -> None:
    if check_line(sums, step, fen, way) is None:
        after = sums.plus(step, fen)
        assert min(after.claimed, after.awarded, after.paid, after.confirmed) >= 0
        assert after.confirmed <= after.paid
        assert fen != 0 or (step is MoneyStep.AWARDED and sums.awarded == 0)
        assert step is not MoneyStep.CONFIRMED or way in CONFIRMING


@given(st.integers(0, 10**14), st.integers(1, 500))
def test_even_shares_add_up(total: int, workers: int) -> None:
    shares = divide_evenly(total, workers)
    assert sum(shares) == total
    assert max(shares) - min(shares) <= 1


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**8), min_size=1, max_size=60).filter(any))
def test_shares_by_weight_add_up_and_nobody_loses_a_fen(total: int, weights: list[int]) -> None:
    shares = by_weight(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - total * weight / sum(weights)) < 1.001
        assert weight or not share


@given(st.integers(-(10**14), 10**14))
def test_money_is_written_and_read_back(fen: int) -> None:
    assert fen_of(yuan(fen)) == fen


@pytest.mark.parametrize("text", ["", "abc", "1.234", "1e99", "NaN", "inf", "99999999999999.99"])
def test_other_money_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text or "^$"):
        fen_of(text)
