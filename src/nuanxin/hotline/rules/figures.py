"""What the board and the reports count, each figure defined once, over plain values. Pure.

A call counts at the desk where it stood last, in the hour (Shanghai) in which it arrived. ``result_of`` says as
what it counts; a call that still waits counts as nothing yet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from zoneinfo import ZoneInfo

from nuanxin.hotline.rules.calls import Outcome, State
from nuanxin.hotline.rules.life import Life

SHANGHAI = ZoneInfo("Asia/Shanghai")
AGAIN_WITHIN = timedelta(
    days=7
)  # a further call on the same topic within this: not resolved at first contact
FEWEST = 5  # a group with fewer calls is not shown


class Result(StrEnum):
    """As what a call counts: stored with the call, renaming one is a data migration."""

    OPEN = ""  # still waits
    ANSWERED = "answered"  # somebody talked with the caller, whatever came later
    ABANDONED = "abandoned"  # hung up in a queue
    MENU = "menu"  # hung up before any queue
    CALL_BACK = "call_back"
    FORWARDED = "forwarded"
    LOST = "lost"
    OURS = "ours"  # we rang: part of no share, for nobody waited


# The calls that wanted a person; who hangs up in the menu has not got so far.
ASKED = (Result.ANSWERED, Result.ABANDONED, Result.CALL_BACK, Result.FORWARDED, Result.LOST)


def result_of(life: Life) -> Result:
    """As what a call counts."""
    if life.answered_at is not None:
        return Result.ANSWERED
    if life.state is not State.ENDED:
        return Result.OPEN
    if life.outcome is Outcome.ABANDONED and life.queued_at is None:
        return Result.MENU
    return Result(life.outcome)


def waited_of(life: Life) -> int | None:
    """Whole seconds from the place in the queue to the first answer, or to the end of a line that had none; None
    while neither has come. An answer without any queue took 0."""
    if life.answered_at is None and life.closed_at is None:
        return None
    end = life.answered_at or life.closed_at
    assert end is not None
    return int(life.waited(end).total_seconds())


@dataclass(slots=True)
class Tally:
    """How many calls had which result after which wait. ``short``: seconds; who hung up no later is left out of
    every share. ``within``: seconds; the wait that counts as answered in time."""

    short: int
    within: int
    waits: dict[Result, Counter[int]] = field(default_factory=dict)

    def add(self, result: Result, waited: int | None, calls: int = 1) -> None:
        """Count calls of one kind; those that still wait are not counted."""
        if result is not Result.OPEN:
            self.waits.setdefault(result, Counter())[waited or 0] += calls

    def calls(self, *results: Result) -> int:
        """How many had one of these results; of the abandoned, those that waited longer than ``short``."""
        return sum(self._of(result) for result in results)

    def _of(self, result: Result) -> int:
        waits = self.waits.get(result, Counter())
        if result is Result.ABANDONED:
            return sum(n for seconds, n in waits.items() if seconds > self.short)
        return waits.total()

    @property
    def asked(self) -> int:
        """Calls that wanted a person: answered, abandoned, to be rung back, forwarded, lost."""
        return self.calls(*ASKED)

    @property
    def answered(self) -> int:
        """Calls in which somebody talked with the caller."""
        return self.calls(Result.ANSWERED)

    @property
    def abandoned(self) -> int:
        """Calls hung up in a queue, later than ``short``."""
        return self.calls(Result.ABANDONED)

    def share(self, part: int, whole: int) -> float | None:
        """A share from 0 to 1; None of nothing."""
        return part / whole if whole else None

    @property
    def answered_share(self) -> float | None:
        """Answered of those who wanted a person."""
        return self.share(self.answered, self.asked)

    @property
    def abandoned_share(self) -> float | None:
        """Abandoned of those who wanted a person."""
        return self.share(self.abandoned, self.asked)

    @property
    def within_share(self) -> float | None:
        """Answered within ``within`` seconds, of those answered."""
        waits = self.waits.get(Result.ANSWERED, Counter())
        return self.share(sum(n for seconds, n in waits.items() if seconds <= self.within), waits.total())

    def wait(self, part: float) -> int | None:
        """The wait in seconds that this part (0.5, 0.95) of the answered calls did not exceed: nearest rank."""
        waits = self.waits.get(Result.ANSWERED, Counter())
        rank, seen = ceil(part * waits.total()), 0
        for seconds in sorted(waits):
            seen += waits[seconds]
            if seen >= rank:
                return seconds
        return None


@dataclass(frozen=True, slots=True)
class Seen:
    """One call as the reports see it. ``caller``: the blind index of the telephone, never the number; None hidden.
    ``county``: six digits, 0 where nobody knows."""

    arrived_at: datetime
    result: Result
    waited: int | None
    desk: int = 0
    language: str = ""
    county: int = 0
    topic: str = ""
    passed_on: bool = False
    caller: Hashable = None

    @property
    def hour(self) -> int:
        """The hour of arrival, in Shanghai."""
        return self.arrived_at.astimezone(SHANGHAI).hour


@dataclass(slots=True)
class Line:
    """The figures of one group of calls. ``first``: answered calls of known callers whose seven days are over;
    ``resolved``: those of them settled at the first contact."""

    tally: Tally
    first: int = 0
    resolved: int = 0

    @property
    def shown(self) -> bool:
        """Whether the group is large enough to be shown."""
        return self.tally.asked >= FEWEST

    @property
    def resolved_share(self) -> float | None:
        """Settled at the first contact; None for too few."""
        return self.resolved / self.first if self.first >= FEWEST else None


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of a period: of all calls together, and by each dimension, the groups in order."""

    whole: Line
    by: Mapping[str, Mapping[Hashable, Line]]


DIMENSIONS: Mapping[str, Callable[[Seen], Hashable]] = {
    "hour": lambda call: call.hour,
    "desk": lambda call: call.desk,
    "county": lambda call: call.county,
    "language": lambda call: call.language,
}


def report(
    calls: Iterable[Seen], *, first: datetime, last: datetime, known_until: datetime, short: int, within: int
) -> Report:
    """The figures of the calls that arrived from ``first`` until before ``last``.

    ``calls``: those, and whatever the same telephones did in the seven days after; ``known_until``: the present,
    behind which nobody knows whether a caller rang again.
    """
    rows = list(calls)
    again = _rang_again(rows)

    def line() -> Line:
        return Line(Tally(short, within))

    whole, by = line(), {name: dict[Hashable, Line]() for name in DIMENSIONS}
    for place, call in enumerate(rows):
        if not first <= call.arrived_at < last:
            continue
        groups = [whole, *(by[name].setdefault(key(call), line()) for name, key in DIMENSIONS.items())]
        judged = _judged(call, known_until)
        for group in groups:
            group.tally.add(call.result, call.waited)
            group.first += judged
            group.resolved += judged and not call.passed_on and place not in again
    return Report(
        whole,
        {
            name: dict(sorted(found.items(), key=lambda one: str(one[0]).zfill(20)))
            for name, found in by.items()
        },
    )


def _judged(call: Seen, known_until: datetime) -> bool:
    over = call.arrived_at + AGAIN_WITHIN <= known_until
    return call.result is Result.ANSWERED and call.caller is not None and over


def _rang_again(rows: Sequence[Seen]) -> set[int]:
    """The places of calls after which the same telephone rang again on the same topic within seven days."""
    last: dict[tuple[Hashable, str], int] = {}
    found = set()
    for place in sorted(
        (n for n, row in enumerate(rows) if row.caller is not None), key=lambda n: rows[n].arrived_at
    ):
        key = rows[place].caller, rows[place].topic
        before = last.get(key)
        if before is not None and rows[place].arrived_at - rows[before].arrived_at <= AGAIN_WITHIN:
            found.add(before)
        last[key] = place
    return found


def hidden(lines: Mapping[Hashable, Line]) -> set[Hashable]:
    """The groups that are not shown: those with fewer than ``FEWEST`` calls; where that is one alone, the next
    smallest too, so that nobody works it out from the sum."""
    small = {key for key, line in lines.items() if not line.shown}
    if len(small) == 1 and len(lines) > 1:
        others = sorted((line.tally.asked, str(key), key) for key, line in lines.items() if key not in small)
        small.add(others[0][2])
    return small
