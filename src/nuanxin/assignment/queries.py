"""Reads of assignment: the ranked proposal for a case, offers, workload."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from nuanxin.accounts.models import Grant
from nuanxin.accounts.queries import grants_at
from nuanxin.assignment.models import Client, Lawyer, Offer
from nuanxin.assignment.places import point_of
from nuanxin.assignment.rules.conflicts import conflicting
from nuanxin.assignment.rules.ranking import Candidate, Ranked, Wanted, rank
from nuanxin.audit.actor import Role
from nuanxin.cases.models import Case, Respondent
from nuanxin.cases.rules.clocks import SHANGHAI

RINGS = (10**8, 10**10)  # the city, the province
GROUP_FROM = 10  # workers: from here on a case asks for somebody who knows group claims


@dataclass(frozen=True, slots=True)
class Proposal:
    """One line of the ranked proposal: the lawyer's name, firm and the reasons."""

    lawyer: int
    name: str
    firm: str
    ranked: Ranked
    conflicts: tuple[str, ...]


def wanted_for(case: Case) -> Wanted:
    """What the case asks of its lawyer."""
    place = case.place_now or case.holder_region
    return Wanted(
        items=tuple(case.items),
        languages=tuple(case.languages),
        needs=tuple(case.needs),
        region=place,
        point=point_of(place),
        group=case.workers_stated >= GROUP_FROM,
    )


def proposal(case: Case, *, at: datetime, limit: int | None = 20) -> list[Proposal]:
    """Lawyers ranked for this case, the excluded ones last with the reason.

    Those of the holder's city; where nobody there may be asked, those of the whole province.
    """
    found: list[Proposal] = []
    for unit in RINGS:
        low = case.holder_region // unit * unit
        found = _ranked(case, _takers(low, low + unit, at), at)
        if any(not line.ranked.excluded for line in found):
            break
    return found[:limit]


def _takers(low: int, high: int, at: datetime) -> dict[Lawyer, str]:
    """Lawyers of a range of regions who take cases and may sign in as lawyers now, with their names."""
    rows = Lawyer.objects.filter(active=True, region__gte=low, region__lt=high).select_related("firm")
    lawyers = [row for row in rows.order_by("staff") if row.firm is None or row.firm.active]
    grants = Grant.objects.filter(grants_at(at), role=Role.LAWYER, staff__in=[x.staff for x in lawyers])
    names = dict(grants.filter(staff__is_active=True).values_list("staff_id", "staff__name"))
    return {lawyer: names[lawyer.staff] for lawyer in lawyers if lawyer.staff in names}


def _ranked(case: Case, takers: Mapping[Lawyer, str], at: datetime) -> list[Proposal]:
    lawyers = list(takers)
    loads = _loads([x.staff for x in lawyers])
    passed = _passed(case)
    conflicts = conflicts_of(case, lawyers, at)
    candidates = [
        _candidate(x, loads.get(x.staff, 0), x.staff in passed, conflicts.get(x.staff, ()), at)
        for x in lawyers
    ]
    by_staff = {lawyer.staff: (lawyer, name) for lawyer, name in takers.items()}
    return [
        Proposal(
            lawyer=r.id,
            name=by_staff[r.id][1],
            firm=str(by_staff[r.id][0].firm or ""),
            ranked=r,
            conflicts=conflicts.get(r.id, ()),
        )
        for r in rank(wanted_for(case), candidates)
    ]


def _passed(case: Case) -> set[int]:
    """Lawyers who had this case before: declined, silent, or changed away. An offer that the office itself took
    back says nothing about the lawyer."""
    offers = Offer.objects.filter(case=case.pk).exclude(answer=Offer.Answer.OPEN)
    return set(offers.exclude(reason__in=("recalled", "case_moved")).values_list("lawyer", flat=True))


def _loads(staff: Sequence[int]) -> dict[int, int]:
    """Open cases in hand, and those that were offered and may come to be."""
    loads: dict[int, int] = {}
    open_cases = Case.objects.exclude(turn="ended").order_by()
    for column in ("lawyer", "offered_to"):
        rows = open_cases.filter(**{f"{column}__in": staff}).values_list(column).annotate(n=Count("id"))
        for person, count in rows:
            loads[person] = loads.get(person, 0) + count
    return loads


def conflicts_of(case: Case, lawyers: Sequence[Lawyer], at: datetime) -> dict[int, tuple[str, ...]]:
    """Respondents whom a lawyer, their firm, or anybody of their firm acts for, by the lawyer's staff id."""
    today = at.astimezone(SHANGHAI).date()
    parties = list(Respondent.objects.filter(case=case.pk).values_list("name", "uscc"))
    if not any(name or uscc for name, uscc in parties):
        return {}
    firms = {x.firm_id for x in lawyers if x.firm_id}
    whose = Q(firm__in=firms) | Q(lawyer__firm__in=firms) | Q(lawyer__in=[x.pk for x in lawyers])
    rows = Client.objects.filter(whose, Q(until__isnull=True) | Q(until__gte=today), since__lte=today)
    by_firm: dict[int | None, list[tuple[str, str]]] = {}
    by_lawyer: dict[int | None, list[tuple[str, str]]] = {}
    for firm, person, persons_firm, name, uscc in rows.values_list(
        "firm_id", "lawyer_id", "lawyer__firm_id", "name", "uscc"
    ):
        by_lawyer.setdefault(person, []).append((name, uscc))
        by_firm.setdefault(firm or persons_firm, []).append((name, uscc))
    found = {}
    for lawyer in lawyers:
        clients = by_lawyer.get(lawyer.pk, []) + (by_firm.get(lawyer.firm_id, []) if lawyer.firm_id else [])
        if hits := conflicting(parties, clients):
            found[lawyer.staff] = hits
    return found


def _candidate(
    lawyer: Lawyer, load: int, declined: bool, conflicts: tuple[str, ...], at: datetime
) -> Candidate:
    return Candidate(
        id=lawyer.staff,
        specialties=frozenset(lawyer.specialties),
        languages=frozenset(lawyer.languages),
        region=lawyer.region,
        point=(lawyer.lon, lawyer.lat) if lawyer.lon is not None and lawyer.lat is not None else None,
        load=load,
        capacity=lawyer.capacity,
        days_since_offer=(at - lawyer.last_offer_at).days if lawyer.last_offer_at else None,
        conflicts=conflicts,
        declined=declined,
    )


def open_offers(staff: int) -> list[Offer]:
    """Offers that wait for this lawyer: urgent and green ones first, as the case's place in the queue says."""
    rows = Offer.objects.filter(lawyer=staff, answer=Offer.Answer.OPEN, case__offered_to=staff)
    return list(rows.select_related("case").order_by("case__queue_key", "case"))


def offers_of(case_id: int) -> list[Offer]:
    """Every offer of a case, the latest first."""
    return list(Offer.objects.filter(case=case_id).order_by("-at"))


def silent_offers(at: datetime, limit: int = 100) -> list[Offer]:
    """Open offers whose time to answer is over."""
    return list(Offer.objects.filter(answer="open", answer_by__lte=at).order_by("answer_by")[:limit])
