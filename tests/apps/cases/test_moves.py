"""Moves on a real database: what a row says happens, whole or not at all, and an open case always has a next step."""

from __future__ import annotations

from typing import Any

import pytest

from nuanxin.audit.actor import SYSTEM
from nuanxin.audit.models import Event
from nuanxin.audit.verify import verify
from nuanxin.cases.actions import move as move_module
from nuanxin.cases.actions.perform import ELSEWHERE, perform
from nuanxin.cases.faults import NoSuchCase, Stale, WrongState
from nuanxin.cases.models import Case, Entry
from nuanxin.cases.rules.states import ENDED, Status
from nuanxin.cases.rules.transitions import TRANSITIONS
from nuanxin.network.models import Agency
from nuanxin.notices.models import Notice
from tests.factories.story import (
    AT,
    CLERK,
    CLERK_2,
    DECIDER,
    GAOPING,
    LAWYER,
    OPERATOR,
    SUPERVISOR,
    Story,
    person,
    ways,
)

pytestmark = pytest.mark.django_db


class TestEveryStatus:
    @pytest.mark.parametrize("status", sorted(ways))
    def test_is_reached_with_an_owner_and_a_date_and_a_whole_record(self, status: str, story: Story) -> None:
        case = story.to(status).case
        if case.state in ENDED:
            assert (case.turn, case.seat, case.step, case.next_by, case.sweep_at) == (
                "ended",
                "nobody",
                "",
                None,
                None,
            )
            assert case.closed_at is not None
        else:
            assert case.seat != "nobody"
            assert case.next_by is not None
            assert case.sweep_at is not None
            assert case.holder_agency
            assert case.next_clock in {c.rule for c in case.clock_list() if c.state == "running"}
        assert list(verify(case.pk)) == []

    @pytest.mark.parametrize("status", sorted(ways))
    def test_takes_only_the_moves_of_its_rows(self, status: str, story: Story) -> None:
        """Everybody who may try does so from everywhere: where the table has no row, the state is wrong."""
        story.to(status)
        for row in TRANSITIONS:
            if Status(status) in row.sources and "aid" in row.kinds:
                continue
            by = SYSTEM if "system" in row.roles else _allowed(story, row)
            with pytest.raises(WrongState):
                move_module.move(row.action, case_id=story.case_id, by=by, at=story.at)


def _allowed(story: Story, row: Any) -> Any:
    """Somebody whom the row names, made fit for it."""
    if row.scope == "receiver":
        Case.objects.filter(pk=story.case_id).update(transfer_region=GAOPING)
        return person(CLERK)
    if row.roles == {"lawyer"}:
        Case.objects.filter(pk=story.case_id).update(lawyer=LAWYER, offered_to=LAWYER)
        return person(LAWYER)
    role = next(iter(row.roles - {"lawyer", "worker", "helper"}))
    return person(CLERK, GAOPING, role)


class TestOneMove:
    def test_nothing_is_kept_when_anything_fails(self, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
        def spoil(*_: Any, **__: Any) -> None:
            raise RuntimeError("the power went")

        before = Case.objects.filter(pk=story.case_id).values().get()
        counts = [m.objects.count() for m in (Event, Entry, Notice)]
        for part in ("update", "append", "insert", "tell"):
            with monkeypatch.context() as patch:
                patch.setattr(move_module, part, spoil)
                with pytest.raises(RuntimeError):
                    story.do("accept", CLERK, text="收到了。")
            assert Case.objects.filter(pk=story.case_id).values().get() == before
            assert [m.objects.count() for m in (Event, Entry, Notice)] == counts
        story.do("accept", CLERK, text="收到了。")
        assert list(verify(story.case_id)) == []

    def test_a_page_from_before_is_stale(self, story: Story) -> None:
        version = story.case.version
        story.do("accept", CLERK)
        with pytest.raises(Stale):
            perform("review", case_id=story.case_id, by=story.who(CLERK), at=story.at, version=version)
        perform("review", case_id=story.case_id, by=story.who(CLERK), at=story.at, version=version + 1)

    def test_no_such_case(self) -> None:
        with pytest.raises(NoSuchCase):
            perform("accept", case_id=7, by=person(CLERK), at=AT)

    @pytest.mark.parametrize("action", sorted(ELSEWHERE))
    def test_a_move_with_an_action_of_its_own_says_which(self, action: str, story: Story) -> None:
        with pytest.raises(ValueError, match=ELSEWHERE[action]):
            perform(action, case_id=story.case_id, by=SYSTEM, at=AT)

    def test_a_move_costs_few_statements(self, story: Story, django_assert_max_num_queries: Any) -> None:
        clerk = story.who(CLERK)
        with django_assert_max_num_queries(8):  # six, and the savepoint around them in a test
            perform("accept", case_id=story.case_id, by=clerk, at=story.at, form={"text": "收到了。"})

    def test_the_event_holds_every_column_that_the_action_set(self, story: Story) -> None:
        story.do("accept", CLERK).do("review", CLERK_2)
        payload = Event.objects.filter(stream=story.case_id).latest("seq").payload
        assert payload["set"] == {"reviewed_by": CLERK_2}
        story.do("grant", DECIDER, status_document=True)
        payload = Event.objects.filter(stream=story.case_id).latest("seq").payload
        assert payload["set"] == {"decided_by": DECIDER, "means_settled": True}


class TestTheNextDate:
    def test_a_note_leaves_what_was_promised(self, story: Story) -> None:
        story.granted()
        case = story.case
        assert case.next_clock == "legal_aid.assign"
        after = story.do("add_note", CLERK, text="电话问过。").case
        assert (after.next_clock, after.next_by, after.seat, after.step) == (
            case.next_clock, case.next_by, case.seat, case.step,
        )  # fmt: skip

    def test_a_watch_that_wants_an_earlier_answer_comes_first(self, story: Story) -> None:
        story.in_progress()
        assert story.case.next_clock == "promise.progress_report"
        story.do("open_watch", SUPERVISOR, text="为什么还没有进展？")
        assert (story.case.next_clock, story.case.watch_by) == ("promise.watch_answer", SUPERVISOR)
        assert story.refused("open_watch", SUPERVISOR, text="再问") == "watch_open"
        story.do("answer_watch", CLERK, text="已约见。")
        assert (story.case.next_clock, story.case.watch_by) == ("promise.progress_report", 0)
        assert story.refused("answer_watch", CLERK, text="已约见。") == "no_watch"

    def test_a_case_without_a_clock_is_promised_the_next_contact(self, offices: dict[int, Agency]) -> None:
        story = Story(kind="report", items=None, amount_claimed=None).do("call_back", OPERATOR)
        assert story.case.next_clock == "promise.next_contact"

    def test_the_end_is_written_once(self, story: Story) -> None:
        case = story.to("closed").case
        story.later(days=30).do("rate", story.worker, stars=5).do("add_note", CLERK, text="锦旗。")
        after = story.case
        assert (after.closed_at, after.queue_key) == (case.closed_at, case.queue_key)
        assert after.rating == 5
