"""Whatever is sent, taken, refused and called off, in any order: one owner and a next date, always."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from nuanxin.audit.verify import verify
from nuanxin.cases.actions.perform import perform
from nuanxin.cases.actions.sweep import sweep_case
from nuanxin.cases.faults import Refused
from nuanxin.cases.models import Case
from nuanxin.cases.rules.states import ENDED
from nuanxin.network.models import Agency
from tests.factories.story import CLERK, CLERK_2, DECIDER, SHANXI, Story, person


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

    @rule(at=st.integers(0, 3), to=st.integers(0, 3))
    def transfer(self, at: int, to: int) -> None:
        by, receiver = person(CLERK, self.regions()[at]), self.offices[self.regions()[to]]
        self.attempt("transfer", by, agency=receiver.pk, text="请接收。")

    @rule(to=st.integers(0, 3))
    def transfer_by_a_superior(self, to: int) -> None:
        self.attempt(
            "transfer", person(CLERK, SHANXI), agency=self.offices[self.regions()[to]].pk, text="指定承办。"
        )

    @rule(at=st.integers(0, 3))
    def accept(self, at: int) -> None:
        asked = self.story.case.transfer_region
        case = self.attempt("accept_transfer", person(CLERK_2, self.regions()[at]))
        if case is not None:
            assert person(CLERK_2, self.regions()[at]).in_scope(asked)
            self.owner, self.story.case_id = asked, case.pk

    @rule(at=st.integers(0, 3))
    def refuse(self, at: int) -> None:
        self.attempt("refuse_transfer", person(CLERK, self.regions()[at]), text="不在我处。")

    @rule(at=st.integers(0, 3))
    def revoke(self, at: int) -> None:
        self.attempt("revoke_transfer", person(CLERK, self.regions()[at]))

    @rule(action=st.sampled_from(["accept", "review", "grant", "ask_for_more", "supply", "refuse"]))
    def work(self, action: str) -> None:
        form = {"status_document": True, "missing": ["identity"], "grounds": ["means"], "text": "理由"}
        self.attempt(action, person(DECIDER, self.owner), **form)

    @rule(wish=st.sampled_from(["request_withdrawal", "keep_case", "object"]))
    def wish(self, wish: str) -> None:
        self.attempt(wish, self.story.worker, text="我的意思。")

    @rule(days=st.integers(1, 20))
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
            max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=quiet
        ),
    )
