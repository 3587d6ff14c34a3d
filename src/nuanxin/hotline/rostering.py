"""Works out a month: the forecast of its days, the people they need, and the search for the roster, with its progress."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import structlog

from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.hotline.actions.roster_runs import claim_run, finish_run, keep_needs, note_progress, unpack
from nuanxin.hotline.models import Call, DayNeed, RosterMonth, RosterRun, StationDesk
from nuanxin.hotline.queries.rosters import hours_of, least_in, month_end, plain_month
from nuanxin.hotline.queries.terms import desks_in
from nuanxin.hotline.rules.forecast import Day, Forecast, forecast
from nuanxin.hotline.rules.rosters.answer import NoRoster, Progress, Roster
from nuanxin.hotline.rules.rosters.solve import solve_month
from nuanxin.hotline.rules.staffing import QUARTERS, Target, need_by_quarter

log = structlog.get_logger("nuanxin.rosters")
HISTORY = 430  # days of calls that a forecast may rest on: a year, and the weeks before its Spring Festival
EVERY = 2.0  # seconds between two notes of progress
Clock = Callable[[], datetime]


def now() -> datetime:
    """The clock of the machine."""
    return datetime.now(UTC)


def run_waiting(
    at: datetime, *, roster_id: int = 0, clock: Clock = now, tell: Callable[[str], object] = str
) -> int:
    """Run one search that waits, if any; how many were run. ``tell`` hears its progress in words, for a terminal."""
    run = claim_run(at=at, roster_id=roster_id)
    if run is None:
        return 0
    found: Roster | NoRoster | None = None
    try:
        roster = RosterMonth.objects.select_related("station").get(pk=run.roster_id)
        make_needs(roster, at=clock())
        month = plain_month(roster)
        found = solve_month(
            month, float(run.seconds), start=unpack(run.best), tell=_listener(run, clock, tell)
        )
    except Exception:
        log.exception("rosters.failed", run=run.pk)
    finish_run(run_id=run.pk, found=found, at=clock())
    return 1


def _listener(run: RosterRun, clock: Clock, tell: Callable[[str], object]) -> Callable[[Progress], bool]:
    """Notes progress in the database every two seconds, and at once when the stage or the best changes."""
    noted: tuple[datetime, tuple[object, ...]] | None = None
    stops = False

    def listen(progress: Progress) -> bool:
        nonlocal noted, stops
        at, mark = clock(), (progress.stage, progress.done, progress.cost, len(progress.best))
        if noted is None or noted[1] != mark or (at - noted[0]).total_seconds() >= EVERY:
            noted = (at, mark)
            stops = note_progress(run_id=run.pk, progress=progress, at=at)
            best = "" if progress.cost is None else f", cost {progress.cost}, bound {progress.bound:.0f}"
            tell(f"{progress.stage} {progress.done}/{progress.of}{best}")
        return stops

    return listen


def make_needs(roster: RosterMonth, *, at: datetime) -> None:
    """Forecast each day of a month at each desk of its station and keep the people needed. Raises CalendarMissing."""
    rows = []
    for kept in desks_in(roster.month, station=roster.station).select_related("desk"):
        history = calls_by_day(kept.desk_id, at)
        for day in _days(roster.month, month_end(roster.month)):
            expected = forecast(history, day)
            if expected.known:
                rows.append(_need(kept, expected, at))
    keep_needs(rows, roster=roster, at=at)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def _need(kept: StationDesk, expected: Forecast, at: datetime) -> DayNeed:
    hours = hours_of(kept.desk.hours)
    least, opened = least_in(hours, kept.at_least), least_in(hours, 1)
    calls = [count if there else 0.0 for count, there in zip(expected.quarters, opened, strict=True)]
    people = need_by_quarter(
        calls,
        handling=float(kept.handling),
        patience=float(kept.patience) if kept.patience else None,
        target=Target(kept.in_time / 100, float(kept.seconds), kept.abandoned / 100),
        away=kept.away / 100,
    )
    return DayNeed(
        desk_id=kept.desk_id, day=expected.day, calls=[round(one, 3) for one in calls],
        people=[max(one, floor) for one, floor in zip(people, least, strict=True)],
        rests_on=[one.isoformat() for one in expected.rests_on], growth=round(expected.growth, 3),
        stand_in=expected.stand_in, made_at=at,
    )  # fmt: skip


def calls_by_day(desk: int, at: datetime) -> dict[date, Day]:
    """Calls that came to a desk, by quarter-hour of each whole day before today; days before the first call are unknown."""
    today = at.astimezone(SHANGHAI).date()
    since = datetime.combine(today - timedelta(HISTORY), time(), SHANGHAI)
    until = datetime.combine(today, time(), SHANGHAI)
    came = Call.objects.filter(desk=desk, arrived_at__gte=since, arrived_at__lt=until, rings_back=0)
    counts: dict[date, list[int]] = defaultdict(lambda: [0] * QUARTERS)
    for moment in came.values_list("arrived_at", flat=True).iterator():
        there = moment.astimezone(SHANGHAI)
        counts[there.date()][there.hour * 4 + there.minute // 15] += 1
    if not counts:
        return {}
    return {day: counts[day] for day in _days(min(counts), today - timedelta(1))}
