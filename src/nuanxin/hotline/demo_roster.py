"""The demo's duty roster: this month published, the next one a draft, one leave asked for, one duty offered.

It is laid by a pattern and not searched for, so that the demo starts at once; the checker looks over it when it is
published. Everything goes through the real actions.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from nuanxin.accounts.actions import create_staff, grant_role
from nuanxin.accounts.models import Staff
from nuanxin.accounts.queries import actor_for
from nuanxin.audit.actor import SYSTEM, Role
from nuanxin.audit.transactions import write
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.hotline.actions import absences, duties, stations, swaps, terms
from nuanxin.hotline.demo import COUNTY
from nuanxin.hotline.models import Absence, Desk, Duty, RosterMonth, ShiftTemplate, Station
from nuanxin.hotline.queries.rosters import month_end, month_start
from nuanxin.hotline.rules.rosters import month as plain
from nuanxin.law.calendar import CalendarMissing

SHIFTS = (
    ("D", "白班", "day", (480, 960)),
    ("E", "晚班", "evening", (960, 1440)),
    ("N", "夜班", "night", (0, 480)),
)
# Five people follow each other, each a day behind the one before: on every day each shift has one of them, and a free
# day lies on both sides of the night.
PATTERN = ("D", "E", "", "N", "")
COLLEAGUES = (("operator_2", "演示坐席二"), ("operator_3", "演示坐席三"), ("operator_4", "演示坐席四"))
DAYS_BEFORE = 30  # when the colleagues came


def load(at: datetime) -> None:
    """Lay the roster of the migrant workers' desk in Gaoping, once."""
    if Station.objects.exists():
        return
    desk = Desk.objects.get(key="migrant")
    today = at.astimezone(SHANGHAI).date()
    with write():
        station = stations.open_station(
            region=COUNTY, name_zh="高平值班站", name_en="Gaoping duty station", by=SYSTEM, at=at
        )
        stations.staff_desk(station=station, desk=desk, by=SYSTEM, at=at)
        shifts = {
            code: stations.add_shift(
                station=station, code=code, name_zh=zh, name_en=en, spans=[span], by=SYSTEM, at=at
            )
            for code, zh, en, span in SHIFTS
        }
        people = _people(station, desk, at)
        for ahead in (0, 1):
            first = month_start(today, ahead)
            roster = duties.begin_month(station=station, month=first, by=SYSTEM, at=at)
            duties.keep_duties(roster=roster, duties=_laid(first, people, shifts, desk), by=SYSTEM, at=at)
            if not ahead:
                _publish(roster, at)
        _ask(people, today, at)


def _people(station: Station, desk: Desk, at: datetime) -> list[int]:
    """The demo's operator and duty lawyer, and colleagues without a sign-in; each speaks what the desk promises."""
    since = at - timedelta(days=DAYS_BEFORE)
    for username, name in COLLEAGUES:
        staff = create_staff(
            username=username, name=name, password=None, office=0, must_change_password=False, by=SYSTEM, at=since
        )  # fmt: skip
        grant_role(staff=staff, role=Role.OPERATOR, region=COUNTY, by=SYSTEM, at=since)
    usernames = ("operator", "duty_lawyer", *(username for username, _name in COLLEAGUES))
    found = [Staff.objects.get(username=username).pk for username in usernames]
    for number, who in enumerate(found):
        terms.set_terms(
            staff=who, station=station, lawyer=number == 1, languages=desk.languages, by=SYSTEM, at=at
        )
    return found


def _laid(
    first: date, people: Sequence[int], shifts: dict[str, ShiftTemplate], desk: Desk
) -> list[plain.Duty]:
    """A month of the pattern; it counts days from the first that there is, so that months join."""
    days = [first + timedelta(n) for n in range((month_end(first) - first).days + 1)]
    return [
        plain.Duty(day, str(who), str(shifts[code].pk), str(desk.pk))
        for day in days
        for place, who in enumerate(people)
        if (code := PATTERN[(day.toordinal() + place) % len(PATTERN)])
    ]


def _publish(roster: RosterMonth, at: datetime) -> None:
    """A year whose public holidays nobody entered cannot be checked: its month stays a draft."""
    try:
        plain.statutory_holidays(roster.month, month_end(roster.month))
    except CalendarMissing:
        return
    decider = actor_for(Staff.objects.get(username="decider"), at)
    duties.publish(roster_id=roster.pk, by=decider, at=at)


def _ask(people: Sequence[int], today: date, at: datetime) -> None:
    """The operator asks for two days of leave in the next month; a colleague offers their last duty of this one."""
    operator = actor_for(Staff.objects.get(pk=people[0]), at)
    first = month_start(today, 1) + timedelta(9)
    absences.ask_absence(kind=Absence.Kind.LEAVE, first=first, last=first + timedelta(1), by=operator, at=at)
    offered = (
        Duty.objects.filter(staff__in=people[2:], starts_at__gt=at, roster__state=RosterMonth.State.PUBLISHED)
        .order_by("-day", "starts_at")
        .first()
    )
    if offered is not None:  # on a month's last evening none is left
        colleague = actor_for(Staff.objects.get(pk=offered.staff), at)
        swaps.offer(duty_id=offered.pk, by=colleague, at=at)
