"""``nuanxin hotline roster …``: stations, shifts and terms, and the search for a month, from a terminal."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from nuanxin.accounts.models import Staff
from nuanxin.audit.actor import SYSTEM
from nuanxin.hotline.actions.duties import begin_month
from nuanxin.hotline.actions.roster_runs import LEAST, LONGEST, SECONDS, ask_run
from nuanxin.hotline.actions.stations import add_shift, open_station, staff_desk, today
from nuanxin.hotline.actions.terms import set_terms
from nuanxin.hotline.models import Desk, RosterRun, Station
from nuanxin.hotline.queries.rosters import month_start
from nuanxin.hotline.queries.terms import desks_in
from nuanxin.hotline.rules.rosters.hours import Overlapping, read_spans
from nuanxin.hotline.rules.rosters.promises import PROMISES, beyond
from nuanxin.network.queries import parse_place

Say = Callable[[str], object]
_STATES = {
    "none": "there is none:",
    "stopped": "stopped; the best so far is kept:",
    "failed": "it broke; see the log",
}


class BadInput(Exception):
    """What was typed cannot be meant."""


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is no day: give YYYY-MM-DD") from None


def add_arguments(parser: ArgumentParser) -> None:
    """One sub-command for each thing."""
    does = parser.add_subparsers(dest="roster_does", required=True, metavar="WHAT")
    station = does.add_parser("station", help="staff some desks together; prints the station's number")
    station.add_argument("name", help="its name in Chinese")
    station.add_argument("--name-en", default="", help="its name in English")
    station.add_argument("--desks", type=int, nargs="+", required=True)
    station.add_argument("--region", required=True, help="six digits")
    station.add_argument("--lawyer", action="store_true", help="a lawyer at each desk in its hours")
    desk = does.add_parser(
        "promise", help="what the callers of a desk are promised, and how many sit there at least"
    )
    desk.add_argument("desk", type=int)
    for name, one in PROMISES.items():
        desk.add_argument(
            f"--{name.replace('_', '-')}", type=int, default=None, help=one.name.en.replace("%", "%%")
        )
    desk.add_argument("--from", dest="since", default=None, help="YYYY-MM: from this month on")
    desk.add_argument("--lawyer", choices=["yes", "no"], default=None, help="one at least in its hours")
    shift = does.add_parser("shift", help="add a shift to a station")
    shift.add_argument("code")
    shift.add_argument("name", help="its name in Chinese")
    shift.add_argument(
        "spans", nargs="+", help="HH:MM-HH:MM, two of them for a split shift; past midnight: 23:00-08:00"
    )
    shift.add_argument("--name-en", default="", help="its name in English")
    shift.add_argument("--station", type=int, required=True)
    terms = does.add_parser("terms", help="put a person on a station's rosters")
    terms.add_argument("staff", metavar="USERNAME")
    terms.add_argument("--station", type=int, required=True)
    terms.add_argument("--lawyer", action="store_true")
    terms.add_argument("--languages", nargs="*", default=[])
    terms.add_argument("--week-hours", type=int, default=None, help="at most; without: what the law allows")
    terms.add_argument("--share", type=int, default=100, help="hundredths of full time")
    terms.add_argument("--days-only-until", type=_day, default=None, help="YYYY-MM-DD: no night until then")
    terms.add_argument("--from", dest="since", default=None, help="YYYY-MM: from this month on")
    solve = does.add_parser(
        "solve", help="search for the roster of a month; it may be stopped and gone on with"
    )
    solve.add_argument("--month", required=True, help="YYYY-MM")
    solve.add_argument("--desk", type=int, required=True, help="any desk of the station")
    solve.add_argument("--seconds", type=int, default=SECONDS, help=f"{LEAST} to {LONGEST}")


def run(roster_does: str, *, say: Say, at: datetime, **given: Any) -> int:
    """Carry out one; the exit code. Raises BadInput, Refused, and DoesNotExist of what was named."""
    return _DOES[roster_does](say, at, given)


def _station(say: Say, at: datetime, given: dict[str, Any]) -> int:
    desks = [Desk.objects.get(pk=one) for one in given["desks"]]
    region = parse_place(given["region"])
    row = open_station(region=region, name_zh=given["name"], name_en=given["name_en"], by=SYSTEM, at=at)
    for desk in desks:
        staff_desk(station=row, desk=desk, lawyer=given["lawyer"], by=SYSTEM, at=at)
    say(str(row.pk))
    return 0


def _promise(say: Say, at: datetime, given: dict[str, Any]) -> int:
    since = _month(given["since"], at)
    kept = desks_in(since, desk=given["desk"]).select_related("station", "desk").get()
    told = {name: given[name] for name in PROMISES if given[name] is not None}
    for name in beyond(told):
        one = PROMISES[name]
        raise BadInput(f"--{name.replace('_', '-')}: {one.name.en}, {one.least} to {one.most}")
    if given["lawyer"] is not None:
        told["lawyer"] = given["lawyer"] == "yes"
    staff_desk(station=kept.station, desk=kept.desk, since=since, by=SYSTEM, at=at, **told)
    return 0


def _shift(say: Say, at: datetime, given: dict[str, Any]) -> int:
    row = add_shift(
        station=Station.objects.get(pk=given["station"]), code=given["code"], name_zh=given["name"],
        name_en=given["name_en"], spans=_spans(given["spans"]), by=SYSTEM, at=at,
    )  # fmt: skip
    say(str(row.pk))
    return 0


def _spans(texts: list[str]) -> list[tuple[int, int]]:
    try:
        return read_spans(texts)
    except Overlapping as fault:
        raise BadInput(f"{fault}: the hours overlap, or the shift is longer than a day") from fault
    except ValueError as fault:
        raise BadInput(f"{fault}: give HH:MM-HH:MM") from fault


def _terms(say: Say, at: datetime, given: dict[str, Any]) -> int:
    set_terms(
        staff=Staff.objects.get_by_natural_key(given["staff"]).pk, station=Station.objects.get(pk=given["station"]),
        lawyer=given["lawyer"], languages=given["languages"], week_hours=given["week_hours"], share=given["share"],
        days_only_until=given["days_only_until"], since=_month(given["since"], at), by=SYSTEM, at=at,
    )  # fmt: skip
    return 0


def _month(text: str | None, at: datetime) -> date:
    """A month as YYYY-MM; this one without."""
    if text is None:
        return month_start(today(at))
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as fault:
        raise BadInput(f"{text}: give the month as YYYY-MM") from fault


def _solve(say: Say, at: datetime, given: dict[str, Any]) -> int:
    from nuanxin.hotline.rostering import run_waiting  # loads the solver, which no other command needs

    month = _month(given["month"], at)
    if not LEAST <= given["seconds"] <= LONGEST:
        raise BadInput(f"--seconds: {LEAST} to {LONGEST}")
    kept = desks_in(month, desk=given["desk"]).select_related("station").get()
    roster = begin_month(station=kept.station, month=month, by=SYSTEM, at=at)
    asked = ask_run(roster_id=roster.pk, seconds=given["seconds"], by=SYSTEM, at=at)
    if not run_waiting(datetime.now(UTC), roster_id=roster.pk, tell=say):
        say("a worker is at it already; the page shows its progress")
        return 0
    row = RosterRun.objects.get(pk=asked.pk)
    if row.state == RosterRun.State.DONE:
        better = "the best there is" if row.proved else f"cost {row.cost}, none can be below {row.bound:.0f}"
        say(f"{len(row.best)} duties, {better}")
        return 0
    say(_STATES[row.state])
    for one in row.reasons:
        say(f"  {one['en']}")
    return 1


_DOES: dict[str, Callable[[Say, datetime, dict[str, Any]], int]] = {
    "station": _station, "promise": _promise, "shift": _shift, "terms": _terms, "solve": _solve,
}  # fmt: skip
