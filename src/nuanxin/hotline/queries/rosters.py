"""Duty rosters as they stand: the plain month that the rules read, who is on duty, what somebody has before them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from nuanxin.accounts.queries import names_of
from nuanxin.audit.actor import Actor, Role
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.hotline.models import (
    Absence,
    Answer,
    DayNeed,
    Duty,
    DutyTerms,
    RosterMonth,
    RosterRun,
    ShiftTemplate,
    Station,
    StationDesk,
    Swap,
)
from nuanxin.hotline.permissions import PLANS
from nuanxin.hotline.queries.terms import desks_in, terms_in
from nuanxin.hotline.rules.rosters import month as plain
from nuanxin.hotline.rules.rosters.demand import from_quarters, lawyer_at, speaker_at
from nuanxin.hotline.rules.rosters.limits import DAY, Span, limits_on
from nuanxin.law.bilingual import Bilingual
from nuanxin.network.queries import six_digits
from nuanxin.network.rules.points import LANGUAGES

BEFORE = 8  # days of the roster before that rest and the week need
CARRIED = 3  # months whose nights and holidays are carried over
_EVERYBODYS = "zh"  # whoever answers the hotline speaks Mandarin: their terms need not say so
_SKILL_NAMES = {
    plain.speaks(code): Bilingual(f"会说{term.zh}", f"speaks {term.en}") for code, term in LANGUAGES.items()
}


def moment(day: date, minute: int) -> datetime:
    """A minute of a day in Shanghai as an instant; it may lie past the day's end."""
    return datetime.combine(day, time(), SHANGHAI) + timedelta(minutes=minute)


def month_start(day: date, ahead: int = 0) -> date:
    """The first day of a day's month, or of one so many months ahead (behind, where below 0)."""
    count = day.year * 12 + day.month - 1 + ahead
    return date(count // 12, count % 12 + 1, 1)


def month_end(first: date) -> date:
    """The last day of a month."""
    return month_start(first, 1) - timedelta(1)


def stations_of(by: Actor) -> QuerySet[Station]:
    """The stations whose rosters the actor plans."""
    rows = Station.objects.filter(active=True).order_by("pk")
    if by.has(Role.SYSTEM):
        return rows
    if by.kind != "staff" or not by.roles & PLANS:
        return rows.none()
    low, high = by.scope
    return rows.filter(region__gte=low, region__lte=high)


def as_shift(row: ShiftTemplate) -> plain.Shift:
    """The plain value that the rules read."""
    spans = tuple((int(start), int(end)) for start, end in row.spans)
    return plain.Shift(str(row.pk), Bilingual(row.name_zh, row.name_en or row.name_zh), spans)


def as_duty(row: Duty) -> plain.Duty:
    """The plain value that the rules read."""
    return plain.Duty(row.day, str(row.staff), str(row.shift_id), str(row.desk_id))


def hours_of(hours: str) -> Span:
    """A desk's hours in minutes; past midnight where they end before they begin."""
    if not hours:
        return 0, DAY
    start, end = (int(part[:2]) * 60 + int(part[3:]) for part in hours.split("-"))
    return start, end if end > start else end + DAY


def plain_month(roster: RosterMonth) -> plain.Month:
    """The whole question of a month. Raises CalendarMissing, LimitsMissing."""
    first, last = roster.month, month_end(roster.month)
    station = roster.station
    limits = limits_on(first, six_digits(station.region))
    terms = list(terms_in(first, station=station).order_by("staff"))
    staff = {one.staff for one in terms}
    before = list(
        Duty.objects.filter(staff__in=staff, day__gte=first - timedelta(BEFORE), day__lt=first).order_by(
            "day"
        )
    )
    used = {one.shift_id for one in before} | set(
        Duty.objects.filter(roster=roster.pk).values_list("shift_id", flat=True)
    )
    rows = ShiftTemplate.objects.filter(Q(_used_in(first), station=station) | Q(pk__in=used)).order_by("pk")
    shifts = tuple(as_shift(row) for row in rows)
    usable = frozenset(
        str(row.pk) for row in rows if row.station_id == station.pk and not (row.until and row.until < first)
    )
    kept = list(desks_in(first, station=station).select_related("desk").order_by("desk"))
    return plain.Month(
        first,
        last,
        tuple(
            plain.Desk(
                str(one.desk_id), Bilingual(one.desk.name_zh, one.desk.name_en or one.desk.name_zh), usable
            )
            for one in kept
        ),
        shifts,
        _people(roster, terms),
        tuple(
            _demands(kept, first, last, [one for one in shifts if one.code in usable], covered=bool(before))
        ),
        fixed=tuple(_wishes(station, first, last, staff)),
        before=tuple(as_duty(one) for one in before),
        holidays=plain.statutory_holidays(first, last),
        skill_names=_SKILL_NAMES,
        limits=limits,
    )


def _used_in(first: date) -> Q:
    return Q(until__isnull=True) | Q(until__gte=first)


def _people(roster: RosterMonth, terms: Sequence[DutyTerms]) -> tuple[plain.Person, ...]:
    first, last = roster.month, month_end(roster.month)
    names = names_of(one.staff for one in terms)
    leave = leave_of(roster.station, first - timedelta(1), last + timedelta(1))
    nights, holidays = carried(roster.station, first, [one.staff for one in terms])
    return tuple(
        plain.Person(
            str(one.staff),
            names.get(one.staff, str(one.staff)),
            frozenset(
                ({plain.LAWYER} if one.lawyer else set()) | {plain.speaks(code) for code in one.languages}
            ),
            frozenset(str(desk) for desk in one.desks),
            frozenset(leave[one.staff]),
            nights=not (one.days_only_until and one.days_only_until >= first),
            overtime=not (one.days_only_until and one.days_only_until >= first),
            carried_nights=nights[one.staff],
            carried_holidays=holidays[one.staff],
            week=one.week_hours * 60 if one.week_hours else None,
            share=one.share,
        )
        for one in terms
    )


def leave_of(station: Station, first: date, last: date) -> dict[int, set[date]]:
    """Approved leave and training of a station's people, day by day."""
    found: dict[int, set[date]] = defaultdict(set)
    rows = Absence.objects.filter(
        station=station, state=Answer.APPROVED, first__lte=last, last__gte=first
    ).exclude(kind=Absence.Kind.WISH)
    for one in rows:
        found[one.staff] |= set(_days(max(first, one.first), min(last, one.last)))
    return found


def _wishes(station: Station, first: date, last: date, staff: set[int]) -> Iterable[plain.Fixed]:
    rows = Absence.objects.filter(
        station=station, state=Answer.APPROVED, kind=Absence.Kind.WISH, first__lte=last, last__gte=first,
        staff__in=staff,
    ).order_by("pk")  # fmt: skip
    free = {(one.staff, day) for one in rows for day in _days(max(first, one.first), min(last, one.last))}
    return (plain.Fixed(str(who), day, None) for who, day in sorted(free))


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def carried(station: Station, first: date, staff: Sequence[int]) -> tuple[dict[int, int], dict[int, int]]:
    """Nights and worked holidays of the months before, so that debts carry over.

    Who had no duty in those months is taken to have had the mean: nobody pays for the time before they came.
    """
    since = month_start(first, -CARRIED)
    duties = list(
        Duty.objects.filter(
            staff__in=staff, day__gte=since, day__lt=first, roster__state=RosterMonth.State.PUBLISHED
        ).select_related("shift")
    )
    night = limits_on(first, six_digits(station.region)).at_night
    holidays = plain.statutory_holidays(since, first - timedelta(1)) if duties else frozenset()
    nights = Counter(one.staff for one in duties if night(as_shift(one.shift).spans))
    worked = Counter(one.staff for one in duties if one.day in holidays)
    there = {one.staff for one in duties}
    return _with_mean(nights, there, staff), _with_mean(worked, there, staff)


def _with_mean(had: Counter[int], there: set[int], staff: Sequence[int]) -> dict[int, int]:
    mean = round(sum(had[one] for one in there) / len(there)) if there else 0
    return {one: had[one] if one in there else mean for one in staff}


def _demands(
    kept: Sequence[StationDesk], first: date, last: date, shifts: Sequence[plain.Shift], *, covered: bool
) -> Iterable[plain.Demand]:
    """What each desk asks for each day: the people of the forecast, or the least number in its hours; a lawyer;
    who speaks each language that it promises.

    Where no roster stands before this one, nobody can have come on duty the night before: the first morning begins with
    the first shift.
    """
    needs = {
        (one.desk_id, one.day): one.people
        for one in DayNeed.objects.filter(
            desk__in=[row.desk_id for row in kept], day__gte=first, day__lte=last
        )
    }
    begins = min((shift.start for shift in shifts), default=0)
    for row in kept:
        for day in _days(first, last):
            for one in _of_day(row, day, needs.get((row.desk_id, day))):
                if one.day > last:
                    continue
                if one.day == first and not covered and one.start < begins:
                    if one.end > begins:
                        yield plain.Demand(one.desk, one.day, begins, one.end, one.people, one.skills)
                    continue
                yield one


def _of_day(row: StationDesk, day: date, people: Sequence[int] | None) -> Iterable[plain.Demand]:
    hours, code = hours_of(row.desk.hours), str(row.desk_id)
    if people is not None:
        yield from from_quarters(code, day, people)
    else:
        yield from from_quarters(code, day, least_in(hours, row.at_least))
    if row.lawyer:
        yield from lawyer_at(code, day, [hours])
    for language in row.desk.languages:
        if language != _EVERYBODYS:
            yield from speaker_at(code, day, [hours], language)


def least_in(hours: Span, at_least: int) -> list[int]:
    """The least number in a desk's hours, by quarters of a day; hours past midnight count on the same day's morning."""
    start, end = hours
    return [
        at_least if start <= minute < end or start <= minute + DAY < end else 0
        for minute in range(0, DAY, 15)
    ]


def duties_of(staff: int, first: date, last: date) -> list[Duty]:
    """A person's published duties of some days, in order."""
    return list(
        Duty.objects.filter(
            staff=staff, day__gte=first, day__lte=last, roster__state=RosterMonth.State.PUBLISHED
        )
        .select_related("desk", "shift", "roster")
        .order_by("day")
    )


def on_duty(desk: int, at: datetime) -> list[int]:
    """Who has duty at a desk at a moment, by the published roster; the pause of a split shift is none."""
    rows = Duty.objects.filter(
        desk=desk, starts_at__lte=at, ends_at__gt=at, roster__state=RosterMonth.State.PUBLISHED
    ).select_related("shift")
    return sorted(one.staff for one in rows if works_at(one, at))


def works_at(duty: Duty, at: datetime) -> bool:
    """Whether a moment lies in one of the duty's spans."""
    return any(moment(duty.day, start) <= at < moment(duty.day, end) for start, end in duty.shift.spans)


def duty_now(staff: int, at: datetime) -> Duty | None:
    """A person's duty that runs, or the next one of the coming day."""
    return (
        Duty.objects.filter(
            staff=staff,
            ends_at__gt=at,
            starts_at__lt=at + timedelta(1),
            roster__state=RosterMonth.State.PUBLISHED,
        )
        .select_related("desk", "shift")
        .order_by("starts_at")
        .first()
    )


def absences_of(staff: int) -> list[Absence]:
    """What a person asked for, the latest days first."""
    return list(Absence.objects.filter(staff=staff).order_by("-first", "-pk")[:50])


def absences_asked(station: int) -> list[Absence]:
    """What waits for an answer, the nearest days first."""
    return list(Absence.objects.filter(station=station, state=Answer.ASKED).order_by("first", "pk")[:100])


def open_swaps(station: int) -> list[Swap]:
    """Duties of a station that are offered, or taken and not yet decided."""
    rows = Swap.objects.filter(state__in=Swap.OPEN, duty__roster__station=station)
    return list(
        rows.select_related("duty__desk", "duty__shift", "in_return__desk", "in_return__shift").order_by(
            "duty__day", "pk"
        )
    )


def roster_of(station: Station, month: date) -> RosterMonth | None:
    """A station's roster of a month."""
    return RosterMonth.objects.select_related("station").filter(station=station, month=month).first()


def present(desk: int, day: date) -> list[int]:
    """How many people have duty at a desk in each quarter-hour of a day, drafts included: at the worst minute of it."""
    rows = Duty.objects.filter(desk=desk, day__in=(day - timedelta(1), day)).select_related("shift")
    spans = [
        (start - DAY * (day - one.day).days, end - DAY * (day - one.day).days)
        for one in rows
        for start, end in one.shift.spans
    ]
    return [
        sum(start <= minute and minute + 15 <= end for start, end in spans) for minute in range(0, DAY, 15)
    ]


def newest_run(roster: RosterMonth) -> RosterRun | None:
    """The search that was asked for last."""
    return RosterRun.objects.filter(roster=roster).order_by("-pk").first()
