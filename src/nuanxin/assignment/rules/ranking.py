"""Ranking lawyers for a case, with reasons that a clerk can read and a lawyer can dispute.

Points add up; a conflict of interest excludes whatever the points say. The weights are stated once, here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

SPECIALTY, LANGUAGE, SIGN = 30, 25, 40
NEAR, FREE, RESTED = 25, 30, 10
SAME_CITY = 15
FAR_KM = 100.0
COUNTY, CITY = 10**6, 10**8  # widths of a 12-digit region code


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a case asks of its lawyer. ``items`` as claimed; languages other than Chinese; needs of the worker."""

    items: tuple[str, ...]
    languages: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    region: int = 0
    point: tuple[float, float] | None = None  # (lon, lat), of the place or of its city
    group: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A lawyer as the ranking sees them. ``load``: open cases; ``conflicts``: respondents they or their firm act for."""

    id: int
    specialties: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    region: int = 0
    point: tuple[float, float] | None = None
    load: int = 0
    capacity: int = 20
    days_since_offer: int | None = None
    conflicts: tuple[str, ...] = ()
    declined: bool = False  # has declined or let pass this very case


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of the explanation: a code, its points, and the number it rests on."""

    code: str
    points: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with a score and its reasons. Excluded ones come last, with what excludes them."""

    id: int
    score: int
    reasons: tuple[Reason, ...]
    excluded: str = ""


SPECIALTIES = ("labour", "injury", "group", "enforcement")
# What a claim asks for: wage items need labour law; an injury needs injury law as well.
SPECIALTY_OF: dict[str, str] = {
    "work_injury": "injury",
    "labour_relationship": "labour",
    "social_insurance": "labour",
}


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two (lon, lat) points in degrees; a straight line, not a road."""
    lon1, lat1, lon2, lat2 = map(math.radians, (*a, *b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(h))


def rank(wanted: Wanted, candidates: Iterable[Candidate]) -> list[Ranked]:
    """Best first; equal scores by load, then by who waited longest for an offer, then by id, so that it repeats."""
    scored = [(candidate, _score(wanted, candidate)) for candidate in candidates]
    scored.sort(key=lambda pair: _place(*pair))
    return [ranked for _, ranked in scored]


def _place(candidate: Candidate, ranked: Ranked) -> tuple[bool, int, int, float, int]:
    waited = math.inf if candidate.days_since_offer is None else candidate.days_since_offer
    return bool(ranked.excluded), -ranked.score, candidate.load, -waited, candidate.id


def _score(wanted: Wanted, candidate: Candidate) -> Ranked:
    reasons = [
        _specialty(wanted, candidate),
        _language(wanted, candidate),
        _distance(wanted, candidate),
        _load(candidate),
        _rest(candidate),
    ]
    kept = tuple(reason for reason in reasons if reason is not None)
    excluded = ""
    if candidate.conflicts:
        excluded = "conflict"
    elif candidate.declined:
        excluded = "declined"
    elif candidate.load >= candidate.capacity:
        excluded = "full"
    return Ranked(candidate.id, sum(reason.points for reason in kept), kept, excluded)


def _specialty(wanted: Wanted, candidate: Candidate) -> Reason | None:
    needed = {SPECIALTY_OF.get(item, "labour") for item in wanted.items} or {"labour"}
    if wanted.group:
        needed.add("group")
    met = needed & candidate.specialties
    if not met:
        return None
    return Reason("specialty", round(SPECIALTY * len(met) / len(needed)), "+".join(sorted(met)))


def _language(wanted: Wanted, candidate: Candidate) -> Reason | None:
    if "sign_language" in wanted.needs and "sign" in candidate.languages:
        return Reason("sign_language", SIGN)
    spoken = (set(wanted.languages) - {"zh"}) & candidate.languages
    return Reason("language", LANGUAGE, "+".join(sorted(spoken))) if spoken else None


def _distance(wanted: Wanted, candidate: Candidate) -> Reason | None:
    if wanted.region and wanted.region // COUNTY == candidate.region // COUNTY:
        return Reason("same_county", NEAR)
    same_city = wanted.region and wanted.region // CITY == candidate.region // CITY
    if same_city and (wanted.point is None or wanted.point == candidate.point):
        return Reason("same_city", SAME_CITY)  # how far within the city is not known
    if wanted.point is None or candidate.point is None:
        return None
    km = distance_km(wanted.point, candidate.point)
    return Reason("distance", round(NEAR * max(0.0, 1 - km / FAR_KM)), f"{km:.0f}")


def _load(candidate: Candidate) -> Reason:
    free = max(0, candidate.capacity - candidate.load)
    return Reason(
        "load", round(FREE * free / max(1, candidate.capacity)), f"{candidate.load}/{candidate.capacity}"
    )


def _rest(candidate: Candidate) -> Reason | None:
    if candidate.days_since_offer is None:
        return Reason("no_offer_yet", RESTED)
    points = round(RESTED * min(candidate.days_since_offer, 30) / 30)
    return Reason("waited", points, str(candidate.days_since_offer)) if points else None
