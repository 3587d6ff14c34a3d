"""Who has the case of a caller, among those who could answer now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from nuanxin.accounts.models import Grant, Staff
from nuanxin.accounts.queries import actor_from, grants_at
from nuanxin.audit.actor import Actor
from nuanxin.audit.models import Event
from nuanxin.cases.models import Case
from nuanxin.cases.queries.search import same_person
from nuanxin.cases.rules.states import OFFICE_SEATS, OPEN, Seat

# Seats that a person at a hotline desk can fill; the others wait for the worker or for another office.
ANSWERING: frozenset[str] = frozenset(OFFICE_SEATS) | {Seat.DUTY_LAWYER}


def owner_among(phone: str, free: frozenset[int], at: datetime) -> int:
    """The account in ``free`` that has the newest open case of a telephone; 0 where nobody of them has one.

    The case's lawyer comes first. Else, where the office must act next, somebody of that office in the role whose
    turn it is, and of several the one who did something in the case last. At most five statements.
    """
    if not phone or not free:
        return 0
    found = Case.objects.in_bulk(same_person(phone=phone)).values()
    cases = sorted((case for case in found if case.status in OPEN), key=lambda case: -case.pk)
    people: list[Actor] | None = None
    for case in cases:
        if case.lawyer in free:
            return case.lawyer
        if case.seat in ANSWERING:
            people = _people(free, at) if people is None else people
            owner = _last_in(case, [one.id for one in people if _fills(one, case)])
            if owner:
                return owner
    return 0


def _fills(person: Actor, case: Case) -> bool:
    """Whether the next step of a case is this person's: the role, the region, and for an office's seat the office."""
    here = person.reaches(case.holder_region, frozenset({case.seat}))
    return here and (case.seat not in OFFICE_SEATS or person.office == case.holder_agency)


def _people(free: Iterable[int], at: datetime) -> list[Actor]:
    staff = Staff.objects.filter(pk__in=free, is_active=True)
    held: dict[int, list[Grant]] = {}
    for grant in Grant.objects.filter(grants_at(at), staff_id__in=free):
        held.setdefault(grant.staff_id, []).append(grant)
    return [actor_from(one, held.get(one.pk, [])) for one in staff]


def _last_in(case: Case, people: Sequence[int]) -> int:
    """Who of them did something in the case last; the first of them where none did."""
    if len(people) < 2:
        return people[0] if people else 0
    acts = Event.objects.filter(stream=case.pk, actor_kind="staff", actor_id__in=people)
    last = acts.order_by("-seq").values_list("actor_id", flat=True).first()
    return last or min(people)
