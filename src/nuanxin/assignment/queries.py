"""Reads of assignment: the ranked proposal for a case, offers, workload."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from nuanxin.accounts.models import Staff
from nuanxin.assignment.models import Client, Lawyer, Offer
from nuanxin.assignment.rules.conflicts import conflicting
from nuanxin.assignment.rules.ranking import Candidate, Ranked, Wanted, rank
from nuanxin.cases.models import Case, Respondent
from nuanxin.network.queries import UnknownPlace, region


@dataclass(frozen=True, slots=True)
class Proposal:
    """One line of the ranked proposal: the lawyer's name, firm and the reasons."""

    lawyer: int
    name: str
    firm: str
    ranked: Ranked
    conflicts: tuple[str, ...]


def _point(place: int) -> tuple[float | None, float | None]:
    try:
        found = region(place)
    except UnknownPlace:
        return None, None
    return found.lon, found.lat


def wanted_for(case: Case) -> Wanted:
    """What the case asks of its lawyer."""
    lon, lat = _point(case.place_now or case.holder_region)
    return Wanted(
        items=tuple(case.items),
        languages=tuple(case.languages),
        needs=tuple(case.needs),
        lon=lon,
        lat=lat,
        group=case.workers_stated >= 10,
    )


def proposal(case: Case, *, at: datetime, limit: int = 20) -> list[Proposal]:
    """Lawyers of the holder's province ranked for this case, the excluded ones last with the reason."""
    lawyers = _lawyers_near(case)
    names = {
        row["id"]: row["name"]
        for row in Staff.objects.filter(id__in=[x.staff for x in lawyers]).values("id", "name")
    }
    loads = _loads([x.staff for x in lawyers])
    passed = set(Offer.objects.filter(case=case.pk).exclude(answer="open").values_list("lawyer", flat=True))
    conflicts = _conflicts(case, lawyers, at.date())
    candidates = [
        _candidate(x, loads.get(x.staff, 0), x.staff in passed, conflicts.get(x.staff, ()), at)
        for x in lawyers
    ]
    by_staff = {x.staff: x for x in lawyers}
    return [
        Proposal(
            lawyer=r.id,
            name=names.get(r.id, ""),
            firm=str(by_staff[r.id].firm or ""),
            ranked=r,
            conflicts=conflicts.get(r.id, ()),
        )
        for r in rank(wanted_for(case), candidates)[:limit]
    ]


def _lawyers_near(case: Case) -> list[Lawyer]:
    """Active lawyers of the holder's city; of the province where the city has none."""
    active = Lawyer.objects.filter(active=True).select_related("firm")
    for unit in (10**8, 10**10):
        low = case.holder_region // unit * unit
        found = list(active.filter(region__gte=low, region__lt=low + unit))
        if found:
            return found
    return []


def _loads(staff: Sequence[int]) -> dict[int, int]:
    rows = (
        Case.objects.filter(lawyer__in=staff).exclude(turn="ended").values("lawyer").annotate(n=Count("id"))
    )
    return {row["lawyer"]: row["n"] for row in rows}


def _conflicts(case: Case, lawyers: Sequence[Lawyer], today: date) -> dict[int, tuple[str, ...]]:
    parties = list(Respondent.objects.filter(case=case.pk).values_list("name", "uscc"))
    if not parties:
        return {}
    firms = [x.firm_id for x in lawyers if x.firm_id]
    rows = Client.objects.filter(Q(firm__in=firms) | Q(lawyer__in=[x.pk for x in lawyers]))
    rows = rows.filter(Q(until__isnull=True) | Q(until__gte=today))
    clients = list(rows.values_list("firm_id", "lawyer_id", "name", "uscc"))
    found = {}
    for lawyer in lawyers:
        own = [
            (name, uscc)
            for firm, person, name, uscc in clients
            if person == lawyer.pk or (firm and firm == lawyer.firm_id)
        ]
        hits = conflicting(parties, own)
        if hits:
            found[lawyer.staff] = hits
    return found


def _candidate(
    lawyer: Lawyer, load: int, declined: bool, conflicts: tuple[str, ...], at: datetime
) -> Candidate:
    return Candidate(
        id=lawyer.staff,
        specialties=frozenset(lawyer.specialties),
        languages=frozenset(lawyer.languages),
        lon=lawyer.lon,
        lat=lawyer.lat,
        load=load,
        capacity=lawyer.capacity,
        days_since_offer=(at - lawyer.last_offer_at).days if lawyer.last_offer_at else None,
        conflicts=conflicts,
        declined=declined,
    )


def open_offers(staff: int) -> list[Offer]:
    """Offers that wait for this lawyer: urgent and green ones first, as the case's place in the queue says."""
    return list(
        Offer.objects.filter(lawyer=staff, answer="open").select_related("case").order_by("case__queue_key")
    )


def offers_of(case_id: int) -> list[Offer]:
    """Every offer of a case, the latest first."""
    return list(Offer.objects.filter(case=case_id).order_by("-at"))


def silent_offers(at: datetime, limit: int = 100) -> list[Offer]:
    """Open offers whose time to answer is over."""
    return list(Offer.objects.filter(answer="open", answer_by__lte=at).order_by("answer_by")[:limit])
