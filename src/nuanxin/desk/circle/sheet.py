"""The answer to a question about the half-hour circle, as the page shows it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from nuanxin.desk.circle import drawing
from nuanxin.desk.circle.asking import Asked, name, name_inside
from nuanxin.desk.speech import said
from nuanxin.network import figures, looking, wording
from nuanxin.network.coverage import Coverage, Gap
from nuanxin.network.looking import Look
from nuanxin.network.queries import NATION, region
from nuanxin.network.rules.gazetteer import superiors
from nuanxin.network.siting import PROVABLE, Proposal, propose
from nuanxin.ui.parts import Text

GAPS = 20
PROOF_SECONDS = 10.0
WEEK_SECONDS = 6.0
MOST_ROAD_PLACES = 3_000  # places of one question about sites where ways are searched by road
SAME_PEOPLE = 0.005  # a part by which the people of two counts may differ and still be compared
ABOUT = 3  # digits of an estimate that mean something


@dataclass(frozen=True, slots=True)
class Share:
    """A share as a bar and in words; ``percent`` is 0 … 100 for the bar, None where there is none."""

    percent: float | None
    text: str


@dataclass(frozen=True, slots=True)
class PartRow:
    """A region below."""

    name: str
    query: str
    people: Share
    places: Share
    far: str  # people out of reach


@dataclass(frozen=True, slots=True)
class GapRow:
    """A place out of reach."""

    county: str
    where: str
    people: str
    minutes: str
    estimate: Text


@dataclass(frozen=True, slots=True)
class HourCell:
    """One hour of the week: its share in whole percent, and its shade from 0 to 5. None: not worked out."""

    percent: int | None
    shade: int


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A proposed point."""

    number: int
    county: str
    where: str
    people: str


@dataclass(frozen=True, slots=True)
class Sites:
    """What a proposal comes to. ``proof``: how near it is to the best choice, or why that is not told."""

    rows: Sequence[SiteRow]
    before: Share
    after: Share
    proof: str
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is told of a region."""

    found: Coverage
    places_count: str
    places_covered: str
    people: Share
    places: Share
    people_count: str
    people_covered: str
    change: str
    by_road: str  # empty: none
    by_line: str
    parts: Sequence[PartRow]
    gaps: Sequence[GapRow]
    far: int  # places out of reach
    far_count: str
    map: SafeString
    together: bool
    points_here: str
    points_drawn: bool
    week: Sequence[tuple[Text, Sequence[HourCell]]]
    week_whole: bool
    sites: Sites | None
    shipped_people: bool
    roads: bool
    above: Sequence[tuple[str, str]]  # regions above: name and query


def sheet(asked: Asked, at: datetime) -> Sheet:
    """Answer a question. Two queries: which points changed, and what was counted last month."""
    seen = looking.look(asked.region, asked.circle, gaps=GAPS)
    found = seen.whole
    proposal, refused = _proposal(asked, found)
    lon, lat = looking.points_within(asked.region, asked.circle)
    week = _week(asked) if asked.week else ()
    svg, together = _map(asked, seen, (lon, lat), proposal)
    return Sheet(
        found=found, places_count=f"{found.places:,}", places_covered=f"{found.places_covered:,}", people=share(found.share), places=share(found.places_share),
        people_count=about(found.people), people_covered=about(found.people_covered),
        change=_change(asked, found, at), by_road=_counted(found.by_road), by_line=_counted(found.places - found.by_road),
        parts=[_part(asked, one) for one in seen.parts], gaps=[gap_row(gap, asked.region) for gap in found.gaps],
        far=found.places - found.places_covered, far_count=_counted(found.places - found.places_covered),
        map=svg, together=together, points_here=_counted(len(lon)), points_drawn=len(lon) <= drawing.MOST_POINTS,
        week=week, week_whole=all(cell.percent is not None for _day, cells in week for cell in cells),
        sites=_sites(asked, found, proposal, refused), shipped_people=looking.people_are_shipped(),
        roads=looking.roads_loaded(), above=_above(asked),
    )  # fmt: skip


def share(part: float | None) -> Share:
    """81.8%; what is not all of it is never told as 100."""
    if part is None:
        return Share(None, "—")
    percent = round(part * 100, 1)
    if percent == 100 and part < 1:
        percent = 99.9
    if percent == 0 and part > 0:
        percent = 0.1
    return Share(percent, f"{percent:.1f}%")


def about(people: float) -> str:
    """An estimated number of people, of which only the first digits mean something: 1,230,000."""
    whole = round(people)
    digits = len(str(whole)) - ABOUT
    return f"{round(whole, -digits) if digits > 0 else whole:,}"


def gap_row(gap: Gap, whole: int) -> GapRow:
    """A place out of reach in words; half a minute more than half an hour is told as 31 minutes."""
    minutes = wording.minutes(math.ceil(gap.minutes)) if gap.minutes is not None else _("none in reach")
    return GapRow(
        county=place_in_words(gap.lon, gap.lat, gap.county, whole), where=_position(gap.lon, gap.lat), people=about(gap.people),
        minutes=minutes, estimate=wording.ESTIMATE[gap.estimate],
    )  # fmt: skip


def _counted(number: int) -> str:
    """With thousands apart; empty for none."""
    return f"{number:,}" if number else ""


def place_in_words(lon: float, lat: float, county: int, whole: int) -> str:
    """A place as one knows it: its county, and the township beside it where that is known."""
    beside, told = looking.township_beside(lon, lat, county), name_inside(county, whole)
    if beside is None:
        return told
    return said(f"{told}（{beside.name_zh}附近）", f"{told} (near {beside.name_en})")


def _position(lon: float, lat: float) -> str:
    return f"{lon:.3f}, {lat:.3f}"


def _part(asked: Asked, one: Coverage) -> PartRow:
    return PartRow(
        name=name(one.region, full=False), query=asked.query(one.region), people=share(one.share),
        places=share(one.places_share), far=about(one.people - one.people_covered) if one.places else "—",
    )  # fmt: skip


def _above(asked: Asked) -> list[tuple[str, str]]:
    """The regions above, the largest first; groups such as 市辖区 are left out."""
    codes = [NATION] if asked.region == NATION else list(superiors(asked.region))
    found = []
    for code in reversed(codes):
        try:
            place = region(code)
        except ValueError:
            continue  # a county directly under a province has no city
        if code != asked.region and not place.placeholder:
            found.append((name(code, full=False), asked.query(code)))
    return found


def _change(asked: Asked, found: Coverage, at: datetime) -> str:
    question = figures.question_of(asked.circle)
    if question is None or asked.region not in figures.kept_regions():
        return _(
            "Not kept month by month. Kept are the nation, provinces and cities, for any service and for wage claims, at any time, on Wednesday at 10:30 and 20:30 and on Sunday at 10:30."
        )
    then = figures.figure(asked.region, question, figures.month_before(figures.month_of(at)))
    if then is None or then.share is None or found.share is None:
        return _("There is no figure of last month yet.")
    if abs(then.people - found.people) > SAME_PEOPLE * max(found.people, 1):
        return _("Last month was counted with other figures of people, so that the two cannot be compared.")
    points = round(100 * (found.share - then.share), 1)
    told = {"points": f"{points:+.1f}" if points else "±0", "before": share(then.share).text}
    return _("%(points)s percentage points since last month (%(before)s).") % told


def _week(asked: Asked) -> list[tuple[Text, list[HourCell]]]:
    cells = [HourCell(None, 0)] * 168
    for hour, found in looking.hours(asked.region, asked.circle, seconds=WEEK_SECONDS):
        part = found.share or 0.0
        cells[hour] = HourCell(int(part * 100), min(5, int(part * 5.999)))
    return [(day, cells[24 * n : 24 * n + 24]) for n, day in enumerate(wording.WEEKDAYS)]


def _proposal(asked: Asked, found: Coverage) -> tuple[Proposal | None, str]:
    """What is proposed, or why nothing is."""
    if not asked.sites:
        return None, ""
    if found.by_road > MOST_ROAD_PLACES:
        return None, _(
            "By road this takes too long for a region of this size. Choose a city or a county below."
        )
    return propose(
        asked.region, asked.circle, asked.sites, proof_seconds=PROOF_SECONDS if asked.proof else 0.0
    ), ""


def _sites(asked: Asked, found: Coverage, proposal: Proposal | None, refused: str) -> Sites | None:
    if proposal is None:
        return Sites((), share(found.share), share(found.share), "", refused) if refused else None
    rows = [
        SiteRow(
            number,
            place_in_words(site.lon, site.lat, site.county, asked.region),
            _position(site.lon, site.lat),
            about(site.people),
        )
        for number, site in enumerate(proposal.sites, 1)
    ]
    return Sites(rows, share(found.share), share(proposal.share_after), _proof(asked, found, proposal))


def _proof(asked: Asked, found: Coverage, proposal: Proposal) -> str:
    if not asked.proof or not proposal.sites:
        return ""
    if found.places > PROVABLE:
        return _("The region has more than 2,000 places: the best choice is not worked out.")
    if proposal.of_best is None:
        return _("The best choice was not found within ten seconds.")
    if proposal.of_best >= 1:
        return _("No other choice of as many points reaches more people: this is proved.")
    return _("The best possible choice is known; this one reaches %(share)s of what it newly reaches.") % {
        "share": share(proposal.of_best).text
    }


def _map(asked: Asked, seen: Look, points: tuple[np.ndarray, np.ndarray], proposal: Proposal | None) -> tuple[SafeString, bool]:  # fmt: skip
    if not len(seen.cells):
        return SafeString(""), False
    shown = drawing.frame(seen.cells)
    found = drawing.marks(seen.cells, seen.covered, shown)
    chosen = proposal.sites if proposal else ()
    sites = np.array([site.lon for site in chosen]), np.array([site.lat for site in chosen])
    label = _("Map of %(place)s. Places out of reach: %(far)s; within reach: %(near)s; service points: %(points)s.") % {
        "place": name(asked.region), "far": f"{seen.whole.places - seen.whole.places_covered:,}",
        "near": f"{seen.whole.places_covered:,}", "points": f"{len(points[0]):,}",
    }  # fmt: skip
    scale = wording.scale(shown.bar()[0])
    return drawing.draw(shown, found, points, sites, _names(seen), label=label, scale=scale), found.together


def _names(seen: Look) -> list[drawing.Name]:
    """The regions below, those with most people first; of a county, itself."""
    codes = [one.region for one in sorted(seen.parts, key=lambda one: -one.people)] or [seen.whole.region]
    places = [region(code) for code in codes]
    return [
        drawing.Name(place.lon, place.lat, place.short_zh if not wording.english() else place.name_en)
        for place in places
        if place.lon is not None and place.lat is not None
    ]
