"""What somebody with an account handed in, and what became of it: for partner departments, without the file.

Who handed a case in knows of its worker what they wrote themselves. They learn where the case stands and which
office has it: no number, no sum, no lawyer, and no name that was corrected since.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from nuanxin.audit.actor import Actor
from nuanxin.audit.models import Event
from nuanxin.cases.models import Case, Submission, Worker
from nuanxin.cases.rules.ledger import Sums

PAGE = 25


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One case as who handed it in may see it. ``place`` is its place in their list, for the next page.

    ``name``: the worker's as they wrote it; empty where it was corrected or erased since. ``number`` is the one
    that they were given; a case that went on in another province tells where that one stands.
    """

    place: int
    number: str
    at: datetime
    name: str
    workers: int
    kind: str
    status: str
    stage: str
    seat: str
    outcome: str
    next_by: datetime | None
    agency: int
    money: str  # none | awarded | paid | part_confirmed | confirmed


def handed_in(by: Actor, *, before: int = 0, size: int = PAGE) -> list[HandedIn]:
    """What this account handed in, the newest first, before a place in the list. At most four statements."""
    if by.kind != "staff" or not by.id:
        return []
    found = Submission.objects.filter(by_staff=by.id).select_related("case").order_by("-id")
    return _told(list((found.filter(pk__lt=before) if before else found)[:size]))


def one_handed_in(by: Actor, case_id: int) -> HandedIn | None:
    """One case that this account handed in; None for every other."""
    if by.kind != "staff" or not by.id:
        return None
    found = Submission.objects.filter(by_staff=by.id, case=case_id).select_related("case")[:1]
    return next(iter(_told(list(found))), None)


def _told(rows: Sequence[Submission]) -> list[HandedIn]:
    ids = [row.case_id for row in rows]
    last = _where_they_went([row.case for row in rows])
    streams = [*ids, *(case.pk for case in last.values())]
    kinds = ("case.person_corrected", "case.persons_erased")
    changed = set(Event.objects.filter(stream__in=streams, kind__in=kinds).values_list("stream", flat=True))
    names = dict(Worker.objects.filter(case__in=ids, seq=1).values_list("case_id", "name"))
    return [
        _one(row, last[row.case_id], "" if {row.case_id, last[row.case_id].pk} & changed else names.get(row.case_id, ""))
        for row in rows
    ]  # fmt: skip


def _where_they_went(cases: Sequence[Case]) -> dict[int, Case]:
    """Each case by its id, or the one that goes on with it in another province."""
    found = {case.pk: case for case in cases}
    while moved := {pk: case.continued_by for pk, case in found.items() if case.continued_by}:
        onward = Case.objects.in_bulk(list(moved.values()))
        found |= {pk: onward[to] for pk, to in moved.items()}
    return found


def _one(row: Submission, case: Case, name: str) -> HandedIn:
    return HandedIn(
        place=row.pk, number=row.case.number, at=row.at, name=name, workers=case.workers_count or case.workers_stated,
        kind=case.kind, status=case.status, stage=case.stage, seat=case.seat, outcome=case.outcome,
        next_by=case.next_by, agency=case.holder_agency, money=how_far(case.sums),
    )  # fmt: skip


def how_far(sums: Sums) -> str:
    """How far the money has come, as a code and without a sum."""
    if sums.paid:
        if sums.confirmed == sums.paid:
            return "confirmed"
        return "part_confirmed" if sums.confirmed else "paid"
    return "awarded" if sums.awarded else "none"


MONEY = ("none", "awarded", "paid", "part_confirmed", "confirmed")
