"""A station with one desk, a day and a late shift, and people on terms, through the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from nuanxin.accounts.queries import actor_for
from nuanxin.audit.actor import SYSTEM, Actor, Role
from nuanxin.hotline.actions.duties import begin_month, keep_duties
from nuanxin.hotline.actions.stations import add_shift, open_station, staff_desk
from nuanxin.hotline.actions.terms import set_terms
from nuanxin.hotline.models import Duty, RosterMonth, ShiftTemplate, Station
from nuanxin.hotline.queries.rosters import month_end
from nuanxin.hotline.rules.rosters import month as plain
from tests.factories.hotline import Hotline, open_hotline
from tests.factories.staff import AT, GAOPING, make_staff

APRIL = date(2026, 4, 1)


@dataclass
class Rostered:
    """Gaoping's station: the migrant workers' desk from 08:00 to 16:00, with a lawyer in its hours."""

    hotline: Hotline
    station: Station
    early: ShiftTemplate
    late: ShiftTemplate
    people: list[Actor]  # the first two are lawyers
    planner: Actor

    def month(self, first: date = APRIL) -> RosterMonth:
        """The month's roster, begun by the planner."""
        return begin_month(station=self.station, month=first, by=self.planner, at=AT)

    def filled(self, roster: RosterMonth, *, publish_at: datetime | None = None) -> list[Duty]:
        """The two lawyers in turn, four days each, as the month's draft: it keeps every rule."""
        days = [
            date.fromordinal(n)
            for n in range(roster.month.toordinal(), month_end(roster.month).toordinal() + 1)
        ]
        duties = [
            plain.Duty(day, str(self.people[n // 4 % 2].id), str(self.early.pk), str(self.hotline.desk.pk))
            for n, day in enumerate(days)
        ]
        keep_duties(roster=roster, duties=duties, by=SYSTEM, at=AT)
        return list(Duty.objects.filter(roster=roster).order_by("day"))


def open_station_here(*, people: int = 3, lawyer: bool = True, **promises: object) -> Rostered:
    """All of it; ``people`` besides the operator and the lawyer of the hotline's own seats are new accounts."""
    hotline = open_hotline()
    hotline.desk.hours = "08:00-16:00"
    hotline.desk.save()
    station = open_station(region=GAOPING, name_zh="高平热线", name_en="Gaoping hotline", by=SYSTEM, at=AT)
    staff_desk(station=station, desk=hotline.desk, lawyer=lawyer, by=SYSTEM, at=AT, **promises)
    early = add_shift(
        station=station, code="A", name_zh="早班", name_en="early", spans=[(480, 960)], by=SYSTEM, at=AT
    )
    late = add_shift(
        station=station, code="B", name_zh="晚班", name_en="late", spans=[(960, 1440)], by=SYSTEM, at=AT
    )
    actors = []
    for number in range(people):
        role = Role.DUTY_LAWYER if number < 2 else Role.OPERATOR
        staff = make_staff(role)
        set_terms(staff=staff.pk, station=station, lawyer=number < 2, by=SYSTEM, at=AT)
        actors.append(actor_for(staff, AT))
    planner = actor_for(make_staff(Role.DECIDER), AT)
    return Rostered(hotline, station, early, late, actors, planner)
