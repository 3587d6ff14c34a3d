"""Triage: what the facts of a submission mean. Asks the law; holds no rule of its own.

Lane, limitation and means are computed from the facts as told. Where a fact is missing the answer stays open; a
month without a day counts from its first day, so that a limitation is never believed to be later than it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from nuanxin.cases.models import Case
from nuanxin.cases.rules.intake import Intake
from nuanxin.cases.rules.urgency import is_urgent
from nuanxin.law.eligibility import Applicant, lane, means
from nuanxin.law.limitation import Facts, Missing, limitation, wages_deadline


class Told(Protocol):
    """The facts that limitation turns on, as a submission or a case holds them."""

    @property
    def relation(self) -> str: ...
    @property
    def ended_on(self) -> date | None: ...
    @property
    def worked_to(self) -> str: ...


def first_day(partial: str) -> date | None:
    """The first day of a year, month or day as told; None for nothing."""
    if not partial:
        return None
    year, month, day = (*partial.split("-"), "1", "1")[:3]
    return date(int(year), int(month), int(day))


def limitation_day(told: Told, today: date) -> date | None:
    """The strict last day for claiming wages, or None where the facts do not give one (still employed, no dates).

    Where it is not known whether the worker was employed, the shorter period counts.
    """
    ended = told.ended_on or first_day(told.worked_to)
    if ended is None:
        return None
    if told.relation == "service":
        found = limitation(Facts("service_pay", as_of=today, due_on=ended))
        return None if isinstance(found, Missing) else found.strict
    arrears = wages_deadline(as_of=today, relation_ended_on=ended)
    return arrears.strict if arrears else None


def means_outcome(intake: Intake, today: date) -> str:
    """How the means step stands with what has been handed in so far (Legal Aid Law arts. 41, 42)."""
    applicant = Applicant(migrant_worker=True, status_document=False, undertaking=intake.undertaking)
    return means(applicant, intake.items).outcome


def retriage(case: Case, items: Sequence[str], today: date) -> dict[str, Any]:
    """The columns that change when a report or a question becomes an application for these items."""
    limitation = limitation_day(case, today)
    outcome = (
        means(Applicant(migrant_worker=True, status_document=False), tuple(items)).outcome if items else ""
    )
    return {
        "items": list(items),
        "lane": lane(items),
        "limitation_on": limitation,
        "urgent": is_urgent(limitation, today),
        "means": outcome,
        "means_settled": case.means_settled or outcome == "exempt",
    }
