"""Written questions: which wait, who has them, what was asked and answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet

from nuanxin.audit.actor import Actor, Role
from nuanxin.cases.models import Case, Entry, Respondent, Submission, Worker
from nuanxin.cases.permissions import may_read
from nuanxin.cases.queries.queue import Shelf, window
from nuanxin.cases.rules.numbers import case_id_of
from nuanxin.hotline.models import OperatorState, WrittenQuestion
from nuanxin.hotline.rules.anonymise import Known
from nuanxin.hotline.rules.queue import Question

MOST = 50
MOST_PEOPLE = 2000


def question_of(case_id: int) -> WrittenQuestion | None:
    """What the hotline keeps of a case's question; None where nobody has touched it."""
    return WrittenQuestion.objects.filter(pk=case_id).first()


def asked_again(case_id: int) -> bool:
    """Whether the one further question has been asked."""
    return WrittenQuestion.objects.filter(pk=case_id, asked_again_at__isnull=False).exists()


def answers_given(case_id: int | OuterRef) -> QuerySet[Entry]:
    """The answers of a question, by whatever page or door they were given."""
    return Entry.objects.filter(case=case_id, action="answer")


def case_named(number: str, by: Actor) -> Case | None:
    """A case by its number that this person may read."""
    case = Case.objects.filter(pk=case_id_of(number[:40]) or 0).first()
    return case if case is not None and may_read(by, case) else None


def waiting(by: Actor, at: datetime) -> list[Question]:
    """Questions that wait for an answer in the actor's reach, as the order of urgency reads them. Four statements."""
    if not by.has(Role.DUTY_LAWYER):
        return []
    ids = [place.id for place in window(Shelf.QUESTIONS, by=by, at=at, size=MOST).places]
    if not ids:
        return []
    cases = Case.objects.filter(pk__in=ids).only("id", "submitted_at", "next_by", "version", "place_now")
    held = WrittenQuestion.objects.in_bulk(ids)
    return [as_waiting(case, held.get(case.pk)) for case in cases]


def as_waiting(case: Case, held: WrittenQuestion | None) -> Question:
    due = case.next_by or case.submitted_at
    if held is None:
        return Question(case.pk, case.submitted_at, due)
    return Question(
        case.pk, case.submitted_at, due, held.owner, held.seen_at, held.answered_by, held.asked_again_at
    )


def on_duty(staff: Sequence[int]) -> frozenset[int]:
    """Which of these people are on duty at a desk now."""
    wanted = {one for one in staff if one}
    if not wanted:
        return frozenset()
    rows = OperatorState.objects.filter(staff__in=wanted).exclude(state=OperatorState.State.OFF)
    return frozenset(rows.values_list("staff", flat=True))


def silent_owners(before: datetime) -> list[int]:
    """Questions whose owner's page has not been heard of since ``before``."""
    rows = WrittenQuestion.objects.filter(seen_at__lt=before).exclude(owner=0)
    return list(rows.order_by("seen_at").values_list("pk", flat=True)[:500])


@dataclass(frozen=True, slots=True)
class Said:
    """What was asked and what was answered, each as one text, the earliest first."""

    question: str
    answer: str


ASKED, ANSWERED = ("story", "ask_again"), ("answer",)


def said_in(case_id: int) -> Said:
    """The words of a question and of its answer."""
    rows = list(Entry.objects.filter(case=case_id, action__in=[*ASKED, *ANSWERED]).order_by("at", "id")[:20])
    asked = [row.text or "" for row in rows if row.action in ASKED]
    answered = [row.text or "" for row in rows if row.action in ANSWERED]
    return Said("\n\n".join(asked), "\n\n".join(answered))


def known_in(case_id: int) -> Known:
    """Every name and number that the case holds of its people and firms."""
    people = list(Worker.objects.filter(case=case_id).order_by("seq")[:MOST_PEOPLE])
    firms = list(Respondent.objects.filter(case=case_id))
    doors = list(Submission.objects.filter(case=case_id))
    case = Case.objects.filter(pk=case_id).first()
    numbers = [one for row in people for one in (row.phone, row.resident_id, row.bank_card)]
    numbers += [one for row in firms for one in (row.phone, row.uscc)] + [row.helper_phone for row in doors]
    return Known(
        people=tuple(one for one in (*(row.name for row in people), *(row.helper_name for row in doors)) if one),
        firms=tuple(row.name for row in firms if row.name),
        numbers=tuple(one for one in (*numbers, case.number if case else "") if one),
    )  # fmt: skip
