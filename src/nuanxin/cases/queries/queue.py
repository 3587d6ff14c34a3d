"""The staff queue: which cases, in which order, at a cost that does not grow with their number.

A list is a few *runs*: each is a range of one index that is already in the order of the page. A page takes at
most its own length from each run and merges them, so that page 1,000 costs what page 1 costs and a million
cases cost what fifty thousand cost. Cursors are ``queue_key.id`` of the last row; nothing is skipped by OFFSET.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum

from django.db import connection

from nuanxin.audit.actor import Actor
from nuanxin.cases.permissions import reading_scope
from nuanxin.cases.queries.reach import Reach, reach_of
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.urgency import RANK

PAGE = 25
CAP = 1000  # counts stop here; the page says "999+"
SOON = timedelta(hours=48)
RANK_WIDTH = 10**11  # the width of one rank in queue_key
_RANKS = (0, *sorted(RANK.values()))
_MOST = RANK_WIDTH * (max(_RANKS) + 1)
_CURSOR = re.compile(r"(\d{1,18})\.(\d{1,19})")


class Shelf(StrEnum):
    """The lists of the desk."""

    MINE = "mine"  # the office's turn
    OTHERS = "others"  # waiting for somebody else
    TODAY = "today"  # the office's turn, due by the end of today (Shanghai)
    GREEN = "green"
    SOON = "soon"  # urgent, or due within 48 hours, whoever's turn it is
    STRAY = "stray"  # open without owner, next step or date: must be empty
    ASSIGNING = "assigning"  # waits for a lawyer, or for a lawyer's answer
    SENT = "sent"  # transfers that the receiver has not answered
    INCOMING = "incoming"  # transfers that wait for us
    WATCH = "watch"  # a higher level waits for an answer
    REPORTS = "reports"  # to be rung back
    QUESTIONS = "questions"  # to be answered by a duty lawyer
    OBJECTIONS = "objections"  # to be decided by the justice bureau
    OFFERS = "offers"  # offered to me
    OWN = "own"  # mine as a lawyer
    ALL = "all"  # every open case
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Run:
    """A range of one index: a condition in SQL of our own codes, and a range of ``queue_key`` (half open)."""

    where: str
    low: int = 0
    high: int = _MOST


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place of one row in its list, with what tells whether the row has changed since it was drawn."""

    key: int
    id: int
    version: int = field(default=0, compare=False)

    def late(self, at: datetime) -> bool:
        """Whether the row's next date has come: the key carries it."""
        return self.key % RANK_WIDTH <= at.timestamp()

    def __str__(self) -> str:
        return f"{self.key}.{self.id}"


@dataclass(frozen=True, slots=True)
class Window:
    """One page of a list: where its rows stand, and whether there is more on either side."""

    places: Sequence[Cursor]
    newer: bool
    older: bool


def cursor_of(text: str) -> Cursor | None:
    """A cursor as it came back in an address; None for anything else."""
    match = _CURSOR.fullmatch(text)
    return Cursor(int(match[1]), int(match[2])) if match else None


OFFICE, OTHERS, ENDED = "turn = 'office'", "turn = 'others'", "turn = 'ended'"
# The same words as the conditions of the partial indexes in ``cases.models.case``: SQLite matches them as written.
_SHELVED = "step IN ('offer', 'accept_offer', 'call_back', 'convert', 'answer', 'sustain_objection')"
UNANSWERED = f"{_SHELVED} AND step = 'answer'"
SENT_ON = "NOT (transfer_to = 0)"
WATCHED = "NOT (watch_by = 0)"
STRAYED = "NOT (turn = 'ended') AND (next_by IS NULL OR holder_agency = 0 OR seat = 'nobody')"
_GREEN = "lane IN ('green', 'mixed')"


def ranks_until(moment: datetime, ranks: Sequence[int] = _RANKS) -> list[tuple[int, int]]:
    """Ranges of ``queue_key`` due before a moment, one for each rank."""
    until = int(moment.timestamp())
    return [(rank * RANK_WIDTH, rank * RANK_WIDTH + until) for rank in ranks]


def _held(*wheres: str) -> Callable[[Reach, Actor, datetime], list[Run]]:
    def runs(reach: Reach, by: Actor, at: datetime) -> list[Run]:
        return [Run(reach.holding(where)) for where in wheres]

    return runs


def _steps(*steps: str) -> Callable[[Reach, Actor, datetime], list[Run]]:
    return _held(*(f"{_SHELVED} AND step = '{step}'" for step in steps))


def _today(reach: Reach, by: Actor, at: datetime) -> list[Run]:
    midnight = datetime.combine(at.astimezone(SHANGHAI).date() + timedelta(days=1), time.min, tzinfo=SHANGHAI)
    return [Run(reach.holding(OFFICE), low, high) for low, high in ranks_until(midnight)]


def _soon(reach: Reach, by: Actor, at: datetime) -> list[Run]:
    near = ranks_until(at + SOON, _RANKS[1:])
    return [
        Run(reach.holding(turn), low, high)
        for turn in (OFFICE, OTHERS)
        for low, high in [(0, RANK_WIDTH), *near]
    ]


def _green(reach: Reach, by: Actor, at: datetime) -> list[Run]:
    lanes = RANK["ordinary"] * RANK_WIDTH
    return [
        Run(
            reach.holding(f"{OFFICE} AND {_GREEN}"), 0, RANK_WIDTH
        ),  # urgent ones of every lane stand together
        Run(reach.holding(OFFICE), RANK_WIDTH, lanes),
    ]


def _incoming(reach: Reach, by: Actor, at: datetime) -> list[Run]:
    low, high = reach.scope
    return [Run(f"{SENT_ON} AND transfer_region BETWEEN {low} AND {high}")]


def _of_region(condition: str) -> Callable[[Reach, Actor, datetime], list[Run]]:
    """Short lists: few rows in the nation, found by a range of regions and sorted."""

    def runs(reach: Reach, by: Actor, at: datetime) -> list[Run]:
        low, high = reach.scope
        return [Run(f"{condition} AND holder_region BETWEEN {low} AND {high}")]

    return runs


def _offers(reach: Reach, by: Actor, at: datetime) -> list[Run]:
    return [Run(f"NOT (offered_to = 0) AND offered_to = {by.id} AND status = 'offered'")]


def _own(reach: Reach, by: Actor, at: datetime) -> list[Run]:
    return [Run(f"NOT (lawyer = 0) AND lawyer = {by.id} AND NOT (turn = 'ended')")]


RUNS: dict[Shelf, Callable[[Reach, Actor, datetime], list[Run]]] = {
    Shelf.MINE: _held(OFFICE),
    Shelf.OTHERS: _held(OTHERS),
    Shelf.TODAY: _today,
    Shelf.GREEN: _green,
    Shelf.SOON: _soon,
    Shelf.STRAY: _of_region(STRAYED),
    Shelf.ASSIGNING: _steps("offer", "accept_offer"),
    Shelf.SENT: _of_region(SENT_ON),
    Shelf.INCOMING: _incoming,
    Shelf.WATCH: _of_region(WATCHED),
    Shelf.REPORTS: _steps("call_back", "convert"),
    Shelf.QUESTIONS: _steps("answer"),
    Shelf.OBJECTIONS: _steps("sustain_objection"),
    Shelf.OFFERS: _offers,
    Shelf.OWN: _own,
    Shelf.ALL: _held(OFFICE, OTHERS),
    Shelf.CLOSED: _held(ENDED),
}
_PERSONAL = {Shelf.OFFERS, Shelf.OWN}  # needs no region: what is mine is mine
_LATEST_FIRST = {Shelf.CLOSED}


def runs_of(shelf: Shelf, by: Actor, at: datetime) -> list[Run]:
    """The runs of a list for this person: none where their scope holds nothing, where their role reads no region,
    and none of their own for a program, whose id is that of a token."""
    if shelf in _PERSONAL and by.kind != "staff":
        return []
    reach = reach_of(reading_scope(by))
    if reach is None and shelf not in _PERSONAL:
        return []
    return RUNS[shelf](reach or Reach(by.scope), by, at)


def window(
    shelf: Shelf, *, by: Actor, at: datetime, after: Cursor | None = None, before: Cursor | None = None,
    size: int = PAGE,
) -> Window:  # fmt: skip
    """One page of a list: after a row, before a row, or the first. One statement."""
    runs = runs_of(shelf, by, at)
    if not runs:
        return Window((), False, False)
    backwards = before is not None
    bound = before or after
    falling = (shelf in _LATEST_FIRST) is not backwards
    statement, values = _page_statement(runs, bound, falling, size + 1)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        places = [Cursor(int(key), int(case), int(version)) for key, case, version in cursor.fetchall()]
    more, places = len(places) > size, places[:size]
    if backwards:
        return Window(places[::-1], more, True)
    return Window(places, after is not None, more)


def _page_statement(
    runs: Sequence[Run], bound: Cursor | None, falling: bool, limit: int
) -> tuple[str, list[int]]:
    order = "queue_key DESC, id DESC" if falling else "queue_key, id"
    parts: list[str] = []
    values: list[int] = []
    for run in runs:
        for condition, edges in _beyond(run, bound, falling):
            parts.append(
                f"SELECT queue_key, id, version FROM (SELECT queue_key, id, version FROM cases_case WHERE {run.where}"  # noqa: S608
                f" AND {condition} ORDER BY {order} LIMIT {limit}) AS part{len(parts)}"
            )
            values += edges
    return f"{' UNION ALL '.join(parts)} ORDER BY {order} LIMIT {limit}", values


def _beyond(run: Run, bound: Cursor | None, falling: bool) -> list[tuple[str, list[int]]]:
    """What of a run lies beyond a row: the rest of the same key, and the other keys.

    Two conditions and not one comparison of pairs: thousands of cases may be due at the same second, and each
    of these two is a range of the index from its first row on.
    """
    low, high = run.low, run.high
    found = []
    if bound is not None and low <= bound.key < high:
        found.append((f"queue_key = %s AND id {'<' if falling else '>'} %s", [bound.key, bound.id]))
    if bound is not None:
        low, high = (low, min(high, bound.key)) if falling else (max(low, bound.key + 1), high)
    # An empty range stays in the statement, which must have a part.
    return [*found, ("queue_key >= %s AND queue_key < %s", [low, max(low, high)])]


def counts(shelves: Sequence[Shelf], *, by: Actor, at: datetime, cap: int = CAP) -> dict[Shelf, int]:
    """How many cases each list has, at most ``cap`` each. One statement for all lists."""
    terms, values = [], []
    for shelf in shelves:
        ranges = [_counted(run) for run in runs_of(shelf, by, at)]
        # One limit over all runs of a list: counting stops at the cap, however many runs are left.
        counted = " UNION ALL ".join(statement for statement, _edges in ranges)
        values += [edge for _statement, edges in ranges for edge in edges]
        terms.append(f"(SELECT COUNT(*) FROM ({counted} LIMIT {cap}) AS counted)" if ranges else "0")  # noqa: S608
    if not terms:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(terms)}", values)
        found = cursor.fetchone() or ()
    return {shelf: int(count) for shelf, count in zip(shelves, found, strict=True)}


def agencies_awaiting(step: str) -> set[int]:
    """The agencies that hold a case of which a shelved step is expected. One statement, on that step's index."""
    statement = f"SELECT DISTINCT holder_agency FROM cases_case WHERE {_SHELVED} AND step = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [step])
        return {int(agency) for (agency,) in cursor.fetchall()}


def _counted(run: Run) -> tuple[str, list[int]]:
    statement = f"SELECT 1 FROM cases_case WHERE {run.where}"  # noqa: S608
    if (run.low, run.high) == (0, _MOST):
        return statement, []  # without the key a partial index answers alone
    return f"{statement} AND queue_key >= %s AND queue_key < %s", [run.low, run.high]
