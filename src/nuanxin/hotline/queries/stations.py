"""Stations as who plans keeps them: ended ones too, with what holds now, what is planned and what has ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from django.db.models import Q, QuerySet

from nuanxin.accounts.models import Grant, Staff
from nuanxin.accounts.queries import grants_at
from nuanxin.accounts.scope import region_range
from nuanxin.audit.actor import Actor, Role
from nuanxin.hotline.models import Desk, DutyTerms, RosterMonth, Station, StationDesk
from nuanxin.hotline.permissions import ANSWERS, PLANS
from nuanxin.hotline.queries.rosters import month_start
from nuanxin.hotline.queries.terms import desks_in

Dated = TypeVar("Dated", StationDesk, DutyTerms)
_WIDTHS = (10**10, 10**8, 10**6, 10**3)  # of a province, a city, a county, a township in a region's code


@dataclass(frozen=True, slots=True)
class Course(Generic[Dated]):
    """The rows of one desk or person in a month: what holds (None: nothing yet), and what is planned, in order."""

    now: Dated | None
    planned: tuple[Dated, ...]

    @property
    def shown(self) -> Dated:
        """What holds, or what comes first."""
        return self.now if self.now is not None else self.planned[0]

    def on(self, station: Station) -> bool:
        """Whether it is on this station's rosters, now or by plan."""
        return any(
            row is not None and row.active and row.station_id == station.pk
            for row in (self.now, *self.planned)
        )


def stations_kept(by: Actor) -> QuerySet[Station]:
    """Every station that the actor plans, those in use first."""
    rows = Station.objects.order_by("-active", "pk")
    if by.has(Role.SYSTEM):
        return rows
    low, high = by.scope
    if by.kind != "staff" or not by.roles & PLANS or high <= 0:
        return rows.none()
    return rows.filter(region__gte=low, region__lte=high)


def desks_of(station: Station, month: date) -> list[Course[StationDesk]]:
    """The desks that a station has, had or will have, by number."""
    known = StationDesk.objects.filter(station=station).values("desk")
    rows = StationDesk.objects.filter(desk__in=known).select_related("desk").order_by("desk", "since")
    return _courses(((row.desk_id, row) for row in rows), month)


def people_of(station: Station, month: date) -> list[Course[DutyTerms]]:
    """The people that a station has, had or will have, by number."""
    known = DutyTerms.objects.filter(station=station).values("staff")
    rows = DutyTerms.objects.filter(staff__in=known).order_by("staff", "since")
    return _courses(((row.staff, row) for row in rows), month)


def _courses(rows: Iterable[tuple[int, Dated]], month: date) -> list[Course[Dated]]:
    by_key: dict[int, list[Dated]] = defaultdict(list)
    for key, row in rows:
        by_key[key].append(row)
    found = []
    for mine in by_key.values():
        begun = [row for row in mine if row.since <= month]
        found.append(Course(begun[-1] if begun else None, tuple(row for row in mine if row.since > month)))
    return found


def desks_to_staff(by: Actor, month: date) -> list[Desk]:
    """Open desks of the actor's region that no roster has in a month."""
    low, high = by.scope
    rows = Desk.objects.filter(active=True, region__gte=low, region__lte=high)
    return list(rows.exclude(pk__in=desks_in(month).values("desk")).order_by("pk"))


def people_to_roster(station: Station, at: datetime) -> list[Staff]:
    """Active people who answer calls where the station stands: their region holds it, or lies in it. By name.

    Region 0 is the national desk, which answers for itself alone.
    """
    where = Q(region=station.region)
    if station.region:
        low, high = region_range(station.region)
        where = Q(region__in={station.region // width * width for width in _WIDTHS} - {0})
        where |= Q(region__gte=low, region__lte=high)
    held = Grant.objects.filter(grants_at(at), where, role__in=ANSWERS)
    rows = Staff.objects.filter(pk__in=held.values("staff_id"), is_active=True)
    return list(rows.order_by("name", "pk"))


def first_open_month(station: Station, today: date) -> date:
    """The first month from this one on that is not published yet."""
    published = set(
        RosterMonth.objects.filter(
            station=station, month__gte=month_start(today), state=RosterMonth.State.PUBLISHED
        ).values_list("month", flat=True)
    )
    month = month_start(today)
    while month in published:
        month = month_start(month, 1)
    return month
