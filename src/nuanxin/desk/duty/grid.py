"""The planner's month: people by days with their hours, nights and holidays, and below it the need of each desk."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nuanxin.desk.duty.month import clock
from nuanxin.desk.speech import said
from nuanxin.desk.wording.duty import WEEKDAYS
from nuanxin.hotline.models import Duty, ShiftTemplate
from nuanxin.hotline.rules.rosters.check import Fault
from nuanxin.hotline.rules.rosters.faults import told_of
from nuanxin.hotline.rules.rosters.month import Month
from nuanxin.ui.parts import Text

MOST_FAULTS = 10


@dataclass(frozen=True, slots=True)
class Cell:
    """A person's day: the shift's code, its full name for who hovers or listens, and what is wrong or settled there."""

    day: date
    key: str  # staff.day, what the button of the cell sends
    code: str
    title: str
    fault: bool
    away: bool
    rest: bool  # a holiday or a weekend


@dataclass(frozen=True, slots=True)
class Row:
    """A person's month. ``nights`` and ``holidays`` with those carried from the months before."""

    name: str
    lawyer: bool
    cells: tuple[Cell, ...]
    hours: str
    nights: str
    holidays: str


@dataclass(frozen=True, slots=True)
class Need:
    """A desk's days: how many people are missing at the worst moment, 0 where all is well."""

    desk: str
    id: str
    missing: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """All of it."""

    days: tuple[tuple[date, Text, bool], ...]  # day, weekday, whether it is a holiday
    rows: tuple[Row, ...]
    needs: tuple[Need, ...]
    faults: tuple[str, ...]
    more: int  # faults that are not named
    spread: tuple[int, int]  # nights and holidays: the most that one has more than another


def grid(
    month: Month, duties: Sequence[Duty], shifts: Sequence[ShiftTemplate], faults: Sequence[Fault]
) -> Grid:
    """Draw a month."""
    by_person: dict[str, dict[date, Duty]] = defaultdict(dict)
    for duty in duties:
        by_person[str(duty.staff)][duty.day] = duty
    known = {shift.pk: shift for shift in shifts}
    wrong = {(one.person, one.day) for one in faults if one.person}
    rows = tuple(
        _row(month, place, by_person[one.code], known, wrong) for place, one in enumerate(month.people)
    )
    days = tuple((day, WEEKDAYS[day.weekday()], day in month.holidays) for day in month.days)
    texts = [told_of(month, one) for one in faults[:MOST_FAULTS]]
    return Grid(
        days, rows, _needs(month, faults), tuple(said(one.zh, one.en) for one in texts),
        len(faults) - len(texts), _spread(month, by_person, known),
    )  # fmt: skip


def _row(
    month: Month,
    place: int,
    mine: dict[date, Duty],
    known: dict[int, ShiftTemplate],
    wrong: set[tuple[str, date]],
) -> Row:
    person = month.people[place]
    cells = []
    for day in month.days:
        duty = mine.get(day)
        shift = known.get(duty.shift_id) if duty is not None else None
        cells.append(Cell(
            day, f"{person.code}.{day.isoformat()}", shift.code if shift else "",
            f"{shift_name(shift)} · {_desk(month, str(duty.desk_id))}" if shift and duty else "",
            (person.code, day) in wrong, day in person.leave, day in month.holidays or day.weekday() > 4,
        ))  # fmt: skip
    minutes = sum(_minutes(known[one.shift_id]) for one in mine.values())
    nights, holidays = _burdens(month, mine, known)
    return Row(
        person.name, "lawyer" in person.skills, tuple(cells), f"{minutes / 60:g}",
        _with_carried(nights, person.carried_nights), _with_carried(holidays, person.carried_holidays),
    )  # fmt: skip


def _burdens(month: Month, mine: dict[date, Duty], known: dict[int, ShiftTemplate]) -> tuple[int, int]:
    nights = sum(
        month.limits.at_night(tuple((a, b) for a, b in known[one.shift_id].spans)) for one in mine.values()
    )
    return nights, sum(day in month.holidays for day in mine)


def _with_carried(now: int, before: int) -> str:
    return f"{now} + {before}" if before else str(now)


def _minutes(shift: ShiftTemplate) -> int:
    return sum(end - start for start, end in shift.spans)


def shift_name(shift: ShiftTemplate) -> str:
    """A shift with its hours."""
    hours = said("、", ", ").join(f"{clock(start)}–{clock(end)}" for start, end in shift.spans)
    return f"{said(shift.name_zh, shift.name_en or shift.name_zh)} {hours}"


def _desk(month: Month, code: str) -> str:
    name = next((one.name for one in month.desks if one.code == code), None)
    return said(name.zh, name.en) if name is not None else ""


def _needs(month: Month, faults: Sequence[Fault]) -> tuple[Need, ...]:
    worst: Counter[tuple[str, date]] = Counter()
    for one in faults:
        if one.demand is not None:
            key = one.demand.desk, one.demand.day
            worst[key] = max(worst[key], one.missing)
    return tuple(
        Need(
            said(desk.name.zh, desk.name.en),
            desk.code,
            tuple((day, worst[desk.code, day]) for day in month.days),
        )
        for desk in month.desks
    )


def _spread(
    month: Month, by_person: dict[str, dict[date, Duty]], known: dict[int, ShiftTemplate]
) -> tuple[int, int]:
    nights, holidays = [], []
    for person in month.people:
        night, holiday = _burdens(month, by_person[person.code], known)
        holidays.append(holiday + person.carried_holidays)
        if person.nights:
            nights.append(night + person.carried_nights)
    return _gap(nights), _gap(holidays)


def _gap(counts: Sequence[int]) -> int:
    return max(counts) - min(counts) if counts else 0
