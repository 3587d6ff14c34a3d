"""Triage: what the facts of a submission or a case mean. Asks the law; holds no rule of its own.

Lane, limitation and means are computed from the facts as told. Where a fact is missing the answer stays open; a
month without a day counts from its first day, so that a limitation is never believed to be later than it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from nuanxin.cases.models import Case
from nuanxin.cases.rules.claim import Document, Frame, cautious, from_door, question_of, worked_of
from nuanxin.cases.rules.claim.question import Told
from nuanxin.cases.rules.intake import Intake
from nuanxin.cases.rules.urgency import is_urgent
from nuanxin.cases.timing import place_code
from nuanxin.law import answer
from nuanxin.law.eligibility import Applicant, Means, lane, means
from nuanxin.law.topic import Body
from nuanxin.law.topics.claim.deadline import deadline


class Claimed(Told, Protocol):
    """The facts from the door with what is claimed, as a submission or a case holds them."""

    @property
    def items(self) -> Sequence[str]: ...


def limitation_day(
    told: Claimed, today: date, *, document: Document | None = None, place: str = ""
) -> date | None:
    """The strict last day of the claim, or None where the facts do not give one (still employed, no dates, filed).

    ``document``: the facts entered on the case; those from the door where there are none. Wages are always asked
    about, since nobody comes without them and their clock is known before any other.
    """
    facts = from_door(told) if document is None else document
    question = question_of(cautious(facts, told), Frame(today, told.items, place))
    question.setdefault("arrears", {})
    return deadline(question)


def assess(case: Case, document: Document, today: date) -> Body:
    """The law's answer to the claim of a case on these facts, as of a day."""
    frame = Frame(today, case.items, place_code(case.place_now) or "", case.workers_stated, case.claimed_fen)
    return answer("claim", question_of(document, frame, worked=worked_of(case, document, today)))


def means_of(intake: Intake) -> Means:
    """How the means step stands with what has been handed in so far (Legal Aid Law arts. 41, 42)."""
    applicant = Applicant(migrant_worker=True, status_document=False, undertaking=intake.undertaking)
    return means(applicant, intake.items)


def pressing(case: Case, document: Document | None, today: date) -> dict[str, Any]:
    """The columns of the limitation clock and of urgency on these facts."""
    place = place_code(case.place_now) or ""
    limitation = limitation_day(case, today, document=document, place=place)
    return {"limitation_on": limitation, "urgent": is_urgent(limitation, today)}


def retriage(
    case: Case, items: Sequence[str], today: date, document: Document | None = None
) -> dict[str, Any]:
    """The columns that change when a report or a question becomes an application for these items."""
    step = means(Applicant(migrant_worker=True, status_document=False), tuple(items)) if items else None
    case.items = list(items)
    return {
        "items": list(items),
        "lane": lane(items),
        **pressing(case, document, today),
        "means": step.outcome if step else "",
        "means_settled": case.means_settled or bool(step and step.settled),
    }
