"""Sums that are probably slips of the hand: asked about once, entered with a reason, told in the record."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.audit.models import Event
from nuanxin.audit.verify import verify
from nuanxin.cases.faults import Doubtful
from nuanxin.cases.models import Entry, LedgerLine, Worker
from nuanxin.cases.rules.doubts import (
    AWARD_TIMES,
    CODES,
    MOST_A_WORKER,
    MOST_INJURED,
    above_group,
    doubts,
    joined,
    times_of,
)
from nuanxin.cases.rules.ledger import MoneyStep, Sums
from nuanxin.network.models import Agency
from tests.factories.intake import open_case
from tests.factories.story import CLERK, Story

CLAIMED, AWARDED, PAID, CONFIRMED = MoneyStep


@pytest.mark.parametrize(
    ("before", "step", "fen", "workers", "codes"),
    [
        # An award: three times the claim of 100 is 300; a fen more is asked about.
        (Sums(claimed=100), AWARDED, 300, 1, []),
        (Sums(claimed=100), AWARDED, 301, 1, ["above_claim"]),
        (Sums(claimed=100, awarded=200), AWARDED, 101, 1, ["above_claim"]),  # 301 in all
        (Sums(), AWARDED, 301, 1, []),  # without a claim on file there is no measure
        # A payment: the award is the measure, and the claim as long as there is none.
        (Sums(claimed=100, awarded=80), PAID, 80, 1, []),
        (Sums(claimed=100, awarded=80), PAID, 81, 1, ["above_award"]),
        (Sums(claimed=100), PAID, 100, 1, []),
        (Sums(claimed=100), PAID, 101, 1, ["above_due"]),
        (Sums(), PAID, 101, 1, []),
        # By head: 500,000 yuan for one, 1,000,000 for two.
        (Sums(), CLAIMED, MOST_A_WORKER, 1, []),
        (Sums(), CLAIMED, MOST_A_WORKER + 1, 1, ["much_a_worker"]),
        (Sums(), CLAIMED, 2 * MOST_A_WORKER, 2, []),
        (Sums(claimed=1), CLAIMED, 2 * MOST_A_WORKER, 2, ["much_a_worker"]),
        (Sums(claimed=100), AWARDED, MOST_A_WORKER + 1, 1, ["above_claim", "much_a_worker"]),
        (Sums(), PAID, MOST_A_WORKER + 1, 1, ["much_a_worker"]),
        # A correction takes away, and a confirmation is bound by what was paid.
        (Sums(claimed=100, awarded=9_000), AWARDED, -1, 1, []),
        (Sums(claimed=100, awarded=100, paid=900, confirmed=0), CONFIRMED, 900, 1, []),
    ],
)
def test_each_measure_at_its_edge(
    before: Sums, step: MoneyStep, fen: int, workers: int, codes: list[str]
) -> None:
    found = doubts(before, step, fen, workers=workers)
    assert [doubt.code for doubt in found] == codes
    assert set(codes) <= set(CODES)


def test_a_work_injury_may_cost_more() -> None:
    assert doubts(Sums(), CLAIMED, MOST_INJURED, workers=1, injured=True) == []
    assert doubts(Sums(), CLAIMED, MOST_INJURED + 1, workers=1, injured=True)


def test_the_sentence_names_both_sums_and_how_many_times() -> None:
    zh, en = joined(doubts(Sums(claimed=520_000), AWARDED, 6_240_000, workers=1))
    assert en == "The award of 62,400 yuan is 12 times the claim of 5,200 yuan."
    assert zh == "裁决或协议金额 62,400 元是请求金额 5,200 元的 12 倍。"
    assert (times_of(35, 10), times_of(36, 10), times_of(120, 10)) == ("3.5", "3.6", "12")


def test_a_list_far_above_the_claim_of_the_group() -> None:
    assert above_group(AWARD_TIMES * 100, 100) is None
    assert above_group(AWARD_TIMES * 100 + 1, 100) is not None
    assert above_group(10**9, 0) is None


@given(st.integers(0, 10**7), st.integers(1, 10**9), st.integers(1, 200))
def test_what_is_not_asked_about_lies_within_every_measure(claimed: int, fen: int, workers: int) -> None:
    if not doubts(Sums(claimed=claimed), AWARDED, fen, workers=workers):
        assert fen <= workers * MOST_A_WORKER
        assert not claimed or fen <= AWARD_TIMES * claimed


@pytest.mark.django_db
class TestTheRecord:
    def test_an_award_of_twelve_times_the_claim_stops_until_somebody_says_why(self, story: Story) -> None:
        story.in_progress()
        with pytest.raises(Doubtful) as refusal:
            story.money(AWARDED, {1: 6_240_000})
        assert "12 times" in refusal.value.en
        with pytest.raises(Doubtful):
            story.money(AWARDED, {1: 6_240_000}, sure="   ")
        assert (story.case.awarded_fen, LedgerLine.objects.filter(step="awarded").count()) == (0, 0)
        story.money(AWARDED, {1: 6_240_000}, sure="裁决书写明另付双倍工资和经济补偿。")
        assert story.case.awarded_fen == 6_240_000
        event = Event.objects.get(stream=story.case_id, kind="case.record_award")
        assert event.payload["doubts"] == ["above_claim"]
        entry = Entry.objects.get(case=story.case_id, action="record_award")
        assert (entry.text, entry.for_worker) == ("裁决书写明另付双倍工资和经济补偿。", False)
        assert list(verify(story.case_id)) == []

    def test_an_ordinary_sum_leaves_no_word_of_doubt(self, story: Story) -> None:
        story.in_progress().money(AWARDED, {1: 520_000}, sure="多余的话")
        event = Event.objects.get(stream=story.case_id, kind="case.record_award")
        assert "doubts" not in event.payload
        assert not Entry.objects.filter(case=story.case_id, action="record_award").exists()

    def test_a_payment_above_the_award_stops(self, story: Story) -> None:
        story.in_progress().money(AWARDED, {1: 500_000}).money(PAID, {1: 400_000})
        with pytest.raises(Doubtful) as refusal:
            story.money(PAID, {1: 100_001})
        assert "5,000.01 yuan would be paid, more than the 5,000 yuan awarded" in refusal.value.en
        story.money(PAID, {1: 100_001}, sure="含迟延履行金。")
        assert story.case.paid_fen == 500_001

    def test_one_workers_line_is_looked_at_though_the_whole_is_ordinary(
        self, offices: dict[int, Agency]
    ) -> None:
        story = Story(workers=2, amount_claimed="2000.00", applicant={"name": "田某某"}).in_progress()
        story.roster([{"name": "田某某", "claimed": "1900.00"}, {"name": "乙", "claimed": "100.00"}])
        with pytest.raises(Doubtful) as refusal:
            story.money(AWARDED, {1: 100_000, 2: 100_000})  # no. 2: 1,000 for a claim of 100
        assert refusal.value.en.startswith("No. 2: The award of 1,000 yuan is 10 times the claim")

    def test_a_list_with_an_unusual_sum_is_entered_with_a_reason(self, offices: dict[int, Agency]) -> None:
        story = Story(workers=2, amount_claimed="2000.00", applicant={"name": "田某某"})
        rows: list[dict[str, Any]] = [{"name": "田某某", "claimed": "600000.00"}, {"name": "乙"}]
        with pytest.raises(Doubtful) as refusal:
            story.roster(rows)
        assert "No. 1 (田某某): 600,000 yuan is unusual for one worker" in refusal.value.en
        assert "300 times" in refusal.value.en
        assert Worker.objects.filter(case=story.case_id).count() == 1
        story.roster(rows, sure="包工头的班组款，已核对结算单。")
        event = Event.objects.get(stream=story.case_id, kind="case.import_roster")
        assert event.payload["doubts"] == ["above_group", "much_a_worker"]

    def test_a_claim_at_the_door_is_never_turned_away_and_is_marked(self, offices: dict[int, Agency]) -> None:
        case = open_case(amount_claimed="520000000.00")
        assert Event.objects.get(stream=case.pk, seq=1).payload["doubts"] == ["much_a_worker"]
        assert "doubts" not in Event.objects.get(stream=open_case().pk, seq=1).payload

    def test_money_from_the_worker_is_never_asked_about(self, story: Story) -> None:
        story.in_progress().money(PAID, {1: 900_000}, sure="核对过")
        story.money(CONFIRMED, {1: 900_000}, CLERK)
        assert story.case.confirmed_fen == 900_000
