"""The record alone is enough: case, clocks and ledger come out of the events as they stand in their tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from nuanxin.audit.models import Event
from nuanxin.cases.actions.sweep import sweep
from nuanxin.cases.models import Case, LedgerLine
from nuanxin.cases.rules.ledger import MoneyStep, Way
from nuanxin.network.models import Agency
from tests.factories.story import CLERK, CLERK_2, GAOPING, LAWYER, SHENZHEN, SUPERVISOR, Story, person, ways

pytestmark = pytest.mark.django_db

# event key -> column
_TOLD = {
    "to": "status", "kind": "kind", "stage": "stage", "lane": "lane", "urgent": "urgent", "seat": "seat", "step": "step",
    "next_by": "next_by", "next_clock": "next_clock", "agency": "holder_agency", "region": "holder_region",
    "lawyer": "lawyer", "offered_to": "offered_to", "officer": "officer", "transfer_to": "transfer_to",
    "outcome": "outcome", "claimed": "claimed_fen", "awarded": "awarded_fen", "paid": "paid_fen",
    "confirmed": "confirmed_fen", "items": "items",
}  # fmt: skip
_STEPS = {
    "case.submitted": "claimed", "case.import_roster": "claimed", "case.record_claim": "claimed",
    "case.record_award": "awarded", "case.record_payment": "paid", "case.confirm_payment": "confirmed",
}  # fmt: skip
_OF_OPEN = {"transfer_region": 0, "watch_by": 0}  # what an end empties


def rebuild(case_id: int) -> tuple[dict[str, Any], list[tuple[str, int, int]]]:
    """Columns and ledger lines from the events alone."""
    columns: dict[str, Any] = {}
    clocks: dict[tuple[str, str], dict[str, Any]] = {}
    lines: list[tuple[str, int, int]] = []
    for event in Event.objects.filter(stream=case_id).order_by("seq"):
        told = event.payload
        if "continues" in told:
            columns, _ = rebuild(told["continues"])
            clocks = {(c["rule"], c["started_at"]): c for c in columns.pop("clocks")}
            columns |= {"continued_by": 0, "sent_from": 0}
        if event.kind != "case.lines_recorded":  # its step is one of the money, not of the case
            columns |= {_TOLD[key]: value for key, value in told.items() if key in _TOLD}
        columns |= told.get("set", {})
        clocks |= {(c["rule"], c["started_at"]): c for c in told.get("clocks", [])}
        step = told.get("step") if event.kind == "case.lines_recorded" else _STEPS.get(event.kind)
        lines += [(str(step), worker, fen) for worker, fen in told.get("lines", [])]
        if told.get("next_by", "") is None:
            columns |= _OF_OPEN
    columns["clocks"] = list(clocks.values())
    return columns, lines


def check(case_id: int) -> None:
    columns, lines = rebuild(case_id)
    case: dict[str, Any] = dict(Case.objects.filter(pk=case_id).values().get())
    live = {(c["rule"], c["started_at"]): c for c in case["clocks"] if c["state"] in {"running", "paused"}}
    clocks = {(c["rule"], c["started_at"]): c for c in columns.pop("clocks")}
    assert {key: c["state"] for key, c in clocks.items() if c["state"] in {"running", "paused"}} == {
        key: c["state"] for key, c in live.items()
    }
    assert {key: clocks[key]["due"] for key in live} == {key: c["due"] for key, c in live.items()}
    for name, value in columns.items():
        stored = case[name]
        if isinstance(stored, datetime):
            value = datetime.fromisoformat(value)
        elif isinstance(stored, date):
            value = date.fromisoformat(value)
        assert stored == value, name
    kept = LedgerLine.objects.filter(case=case_id).values_list("step", "worker_id", "fen")
    assert sorted(lines) == sorted((step, worker or 0, fen) for step, worker, fen in kept)


@pytest.mark.parametrize("status", sorted(ways))
def test_every_way_is_told_by_its_events(status: str, story: Story) -> None:
    story.to(status)
    check(story.case_id)


def test_sweeps_watches_wishes_and_notes_are_told_too(offices: dict[int, Agency]) -> None:
    story = Story(ended_on="2025-03-20", relation="employment").do("open_watch", SUPERVISOR, text="？")
    for days in (0.5, 1, 4, 14, 20):
        sweep(at=story.at + timedelta(days=days))
        check(story.case_id)
    story.later(days=21).do("answer_watch", CLERK, text="已问。").do(
        "request_withdrawal", story.worker, text="算了"
    )
    story.do("keep_case", CLERK_2).do("ask_for_more", CLERK, missing=["identity"]).later(days=3).do(
        "supply", story.worker, papers=1
    )
    check(story.case_id)


def test_a_group_that_goes_to_another_province_is_told_in_both_records(offices: dict[int, Agency]) -> None:
    from nuanxin.cases.actions.perform import perform

    story = Story(workers=3, amount_claimed="900.00").in_progress()
    story.roster([{"name": f"工友{n}", "claimed": "100.00"} for n in range(3)])
    story.money(MoneyStep.PAID, {2: 5_000, 3: 100}).money(MoneyStep.CONFIRMED, {2: 5_000}, CLERK)
    story.do("record_step", LAWYER, taken="arbitration.filed")
    check(story.case_id)
    story.do("transfer", CLERK, agency=offices[SHENZHEN].pk, text="工地在深圳。")
    old, story.case_id = (
        story.case_id,
        perform("accept_transfer", case_id=story.case_id, by=person(CLERK, SHENZHEN), at=story.at).pk,
    )
    story.later(hours=1).money(MoneyStep.CONFIRMED, {3: 100}, CLERK, Way.IN_PERSON)
    for case_id in (old, story.case_id):
        check(case_id)
    assert Case.objects.get(pk=old).holder_region == GAOPING


def test_a_promise_that_has_its_own_day_again_is_told(offices: dict[int, Agency]) -> None:
    story = Story(ended_on="2025-03-05", relation="employment").assigned()
    sweep(at=datetime(2026, 3, 5, 16, 0, 30, tzinfo=UTC))
    assert story.clock("promise.first_meeting").own_due is None
    check(story.case_id)
