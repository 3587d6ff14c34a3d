"""Whatever is sent, taken, refused and called off, in any order: one owner and a next date, always."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from nuanxin.audit.verify import verify
from nuanxin.cases.actions.perform import perform
from nuanxin.cases.actions.sweep import sweep_case
from nuanxin.cases.faults import Refused
from nuanxin.cases.models import Case
from nuanxin.cases.rules.states import ENDED
from nuanxin.network.models import Agency
from tests.factories.story import CLERK, CLERK_2, DECIDER, SHANXI, Story, person

STRANGER = st.integers(0, 15)  # 0 to 3: one of the four offices, whoever it is; else the right one


class Hands(RuleBasedStateMachine):
    """Offices pass a case on. The model knows one thing: who is responsible."""

    offices: dict[int, Agency]

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.story = Story()
        self.owner = self.story.case.holder_region
        self.first = self.story.case_id

    def teardown(self) -> None:
        for case in Case.objects.all():
            assert list(verify(case.pk)) == []
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def attempt(self, action: str, by: Any, **form: Any) -> Case | None:
        self.story.later(minutes=7)
        try:
            return perform(action, case_id=self.story.case_id, by=by, at=self.story.at, form=form)
        except Refused:
            return None

    def regions(self) -> list[int]:
        return sorted(self.offices)

    def somebody(self, region: int, stranger: int) -> Any:
        """Somebody of the region that it falls to, or now and then of another."""
        return person(
            CLERK_2, self.regions()[stranger] if stranger < len(self.offices) else region or self.owner
        )

    @rule(to=st.integers(0, 3), stranger=STRANGER)
    def transfer(self, to: int, stranger: int) -> None:
        receiver = self.offices[self.regions()[to]].pk
        self.attempt("transfer", self.somebody(self.owner, stranger), agency=receiver, text="请接收。")

    @rule(to=st.integers(0, 3))
    def transfer_by_a_superior(self, to: int) -> None:
        self.attempt(
            "transfer", person(CLERK, SHANXI), agency=self.offices[self.regions()[to]].pk, text="指定承办。"
        )

    @precondition(lambda self: self.story.case.transfer_to)
    @rule(to=st.integers(0, 3))
    def accept_and_pass_on(self, to: int) -> None:
        self.accept(stranger=99)
        self.transfer(to=to, stranger=99)

    @precondition(lambda self: self.story.case.transfer_to)
    @rule(stranger=STRANGER)
    def accept(self, stranger: int) -> None:
        asked = self.story.case.transfer_region
        by = self.somebody(asked, stranger)
        case = self.attempt("accept_transfer", by)
        if case is not None:
            assert by.in_scope(asked)
            self.owner, self.story.case_id = asked, case.pk
            event(f"taken in {case.status}")

    @precondition(lambda self: self.story.case.transfer_to)
    @rule(stranger=STRANGER)
    def refuse(self, stranger: int) -> None:
        self.attempt(
            "refuse_transfer", self.somebody(self.story.case.transfer_region, stranger), text="不在我处。"
        )

    @rule(stranger=STRANGER)
    def revoke(self, stranger: int) -> None:
        self.attempt("revoke_transfer", self.somebody(self.owner, stranger))

    @rule(action=st.sampled_from([*["accept", "review", "grant", "ask_for_more", "supply"] * 3, "refuse"]))
    def work(self, action: str) -> None:
        form = {"status_document": True, "missing": ["identity"], "grounds": ["means"], "text": "理由"}
        self.attempt(action, person(DECIDER, self.owner), **form)

    @rule(wish=st.sampled_from([*["keep_case", "object"] * 4, "request_withdrawal"]))
    def wish(self, wish: str) -> None:
        self.attempt(wish, self.story.worker, text="我的意思。")

    @rule(days=st.sampled_from([*[1] * 9, 16]))
    def time(self, days: int) -> None:
        sweep_case(case_id=self.story.case_id, at=self.story.later(days=days).at)

    @invariant()
    def one_owner_and_a_next_date(self) -> None:
        case = self.story.case
        assert case.holder_region == self.owner
        assert case.holder_agency == self.offices[self.owner].pk
        assert (case.next_by is None) == (case.turn == "ended") == (case.state in ENDED)
        if case.state not in ENDED:
            assert case.seat != "nobody"
            assert case.step
        else:
            assert not case.transfer_to

    @invariant()
    def what_moved_on_is_left_behind_and_leads_there(self) -> None:
        found = Case.objects.get(pk=self.first)
        while found.continued_by:
            assert found.status == "moved"
            found = Case.objects.get(pk=found.continued_by)
        assert found.pk == self.story.case_id
        assert Case.objects.exclude(turn="ended").count() <= 1


@pytest.mark.django_db
def test_there_is_always_one_owner_and_a_next_date(offices: dict[int, Agency]) -> None:
    machine = type("HandsHere", (Hands,), {"offices": offices})
    quiet = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25, stateful_step_count=40, deadline=None, suppress_health_check=quiet
        ),
    )
