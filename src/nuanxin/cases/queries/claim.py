"""Reading the facts of a claim: the version in force, those before it, and what the door and the record tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nuanxin.cases.models import Case, ClaimVersion, Respondent
from nuanxin.cases.rules.claim import from_door
from nuanxin.cases.rules.course import course_of, first_filing

VERSIONS_SHOWN = 50


def latest(case_id: int) -> ClaimVersion | None:
    """The version in force; None as long as nobody has entered a fact. One statement."""
    return ClaimVersion.objects.filter(case=case_id).order_by("-number").first()


def versions(case_id: int, *, before: int = 0) -> list[ClaimVersion]:
    """Versions, the latest first; ``before``: only those with a smaller number. One more than a page shows."""
    found = ClaimVersion.objects.filter(case=case_id).order_by("-number")
    return list((found.filter(number__lt=before) if before else found)[: VERSIONS_SHOWN + 1])


def door_facts(case: Case, parties: Sequence[Respondent]) -> dict[str, Any]:
    """The facts of a case on which nobody has entered any: what the door tells, and the first filing on record."""
    return from_door(case, parties, first_filing(course_of(case.steps)))
