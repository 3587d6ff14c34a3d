"""Moves of the first contact: reports and questions."""

from __future__ import annotations

from dataclasses import replace

from nuanxin.cases.actions.move import Change
from nuanxin.cases.actions.prepare.form import Moved, need_text
from nuanxin.cases.actions.versions import next_version
from nuanxin.cases.models import Case
from nuanxin.cases.queries.claim import latest
from nuanxin.cases.rules.ringing import pause_after
from nuanxin.cases.rules.states import ITEMS, Kind
from nuanxin.cases.timing import start_clock
from nuanxin.cases.triage import retriage

AGAIN = "promise.call_back"


def call_failed(case: Case, moved: Moved) -> Change:
    """One more attempt that did not get through; the next is promised for another part of the day."""
    attempts = case.call_attempts + 1
    again = start_clock(
        AGAIN, at=moved.at + pause_after(attempts), region=case.holder_region, limitation=case.limitation_on
    )
    change = Change(columns={"call_attempts": attempts}, payload={"attempt": attempts}, text=moved.text)
    change.clocks.append(replace(again, started_at=moved.at))
    return change


def give_up(case: Case, moved: Moved) -> Change:
    """The last attempt."""
    return Change(
        columns={"call_attempts": case.call_attempts + 1, "outcome": "unreachable"}, text=moved.text
    )


def not_helped(case: Case, moved: Moved) -> Change:
    """The answer did not help: they are rung back, and tries before the answer count no more."""
    return Change(columns={"call_attempts": 0}, text=moved.text)


def convert(case: Case, moved: Moved) -> Change:
    """A report or question becomes an application for aid: triage is done for what is claimed now."""
    items = [item for item in ITEMS if item in (moved.form.get("items") or case.items)]
    kept = latest(case.pk)
    columns = retriage(case, items, moved.today, kept.facts if kept else None)
    columns |= {"kind": Kind.AID, "officer": moved.by.id}
    change = Change(columns=columns, payload={"items": items}, text=moved.text)
    if kept and kept.items != items:
        change.rows.append(next_version(case, kept, kept.facts, before=kept.facts, by=moved.by, at=moved.at))
    for name, value in columns.items():  # the lane decides which clocks start
        setattr(case, name, value)
    return change


def answer(case: Case, moved: Moved) -> Change:
    """The duty lawyer's answer."""
    return Change(columns={"officer": moved.by.id}, text=need_text(moved), for_worker=True)


def advise(case: Case, moved: Moved) -> Change:
    """A report that needs no aid: the worker is told what to do."""
    columns = {"officer": moved.by.id, "outcome": "advice_given"}
    return Change(columns=columns, text=need_text(moved), for_worker=True)


def close_question(case: Case, moved: Moved) -> Change:
    """The question was answered, and nothing more was asked."""
    return Change(columns={"outcome": "advice_given"}, text=moved.text)
