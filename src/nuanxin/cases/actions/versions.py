"""A new version of the facts of a claim, with the law's answer: made inside the move that changes them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from nuanxin.audit.actor import Actor
from nuanxin.audit.ids import next_id
from nuanxin.cases.models import Case, ClaimVersion
from nuanxin.cases.rules.claim import Document, changes, outline, sums_changed, total_of
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.triage import assess, pressing
from nuanxin.law.topic import Body


def next_version(
    case: Case, kept: ClaimVersion | None, facts: Document, *, before: Document, by: Actor, at: datetime
) -> ClaimVersion:
    """The version after ``kept``, not stored yet. ``before``: the facts until now, also where no version held them.

    ``case`` is as it stands before the move, but for its items; its limitation is the old one.
    """
    today = at.astimezone(SHANGHAI).date()
    answer = outline(assess(case, facts, today))
    old = kept.answer if kept else outline(assess(case, before, today))
    until = pressing(case, facts, today)["limitation_on"]
    return ClaimVersion(
        id=next_id(case.province), province=case.province, case=case, number=kept.number + 1 if kept else 1, at=at,
        by_kind=by.kind, by_id=by.id if by.kind == "staff" else 0, as_of=today, items=list(case.items),
        facts=dict(facts), answer=answer,
        changes={
            "facts": [list(change) for change in changes(before, facts)],
            "items": sums_changed(old, answer),
            "total": [total_of(old), total_of(answer)],
            "until": [_day(case.limitation_on), _day(until)],
        },
    )  # fmt: skip


def _day(day: date | None) -> Any:
    return day.isoformat() if day else None


def faults_of(answer: Body) -> list[dict[str, str]]:
    """What the law finds wrong with the facts, each with its pointer and a sentence in both languages."""
    found: dict[str, dict[str, str]] = {}
    for fault in answer.get("errors", ()):
        zh, _slash, en = fault["message"].partition(" / ")
        told = {"path": fault["path"], "code": fault["code"], "zh": zh, "en": en or zh}
        found.setdefault(fault["path"], told)  # two topics may find the same fault in a shared fact
    return list(found.values())
