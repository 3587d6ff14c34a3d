"""Reading the facts of a claim: the version in force, those before it, and what the door and the record tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from nuanxin.cases.models import Case, ClaimVersion, Entry, Respondent
from nuanxin.cases.rules.claim import from_door
from nuanxin.cases.rules.stages import CLAIM_MADE

VERSIONS_SHOWN = 50


def latest(case_id: int) -> ClaimVersion | None:
    """The version in force; None as long as nobody has entered a fact. One statement."""
    return ClaimVersion.objects.filter(case=case_id).order_by("-number").first()


def versions(case_id: int, *, before: int = 0) -> list[ClaimVersion]:
    """Versions, the latest first; ``before``: only those with a smaller number. One more than a page shows."""
    found = ClaimVersion.objects.filter(case=case_id).order_by("-number")
    return list((found.filter(number__lt=before) if before else found)[: VERSIONS_SHOWN + 1])


def filed_on(entries: Iterable[Entry]) -> date | None:
    """The day on which the claim was first made before whoever decides it, by the steps on record."""
    days = [
        date.fromisoformat(entry.data["on"])
        for entry in entries
        if entry.action == "record_step" and entry.data.get("taken") in CLAIM_MADE
    ]
    return min(days, default=None)


def door_facts(
    case: Case, parties: Sequence[Respondent], steps: Iterable[Entry] | None = None
) -> dict[str, Any]:
    """The facts of a case on which nobody has entered any; ``steps``: its entries where they are at hand."""
    if steps is None:
        steps = Entry.objects.filter(case=case.pk, action="record_step") if case.stage else ()
    return from_door(case, parties, filed_on(steps))
