"""Call data records as Asterisk's ``cdr_csv`` writes them, turned into the columns that ``reconcile`` reads.

Asterisk writes several lines for a call: one for each leg that was joined with the caller, and one for each leg alone.
The operator's legs carry the call's number in their own (``rules.voice.names``); the moment at which the first of them
was picked up is when the call was answered, not the moment at which the machine answered to play the menu.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TextIO

from nuanxin.hotline.reconcile import COLUMNS, BadRecords, Record
from nuanxin.hotline.rules.voice.names import Role, call_of, read_name

# Of Master.csv, by place; ``loguniqueid`` appends the number of the leg.
SOURCE, CONTEXT, CHANNEL, START, ANSWER, END, UNIQUE = 1, 3, 5, 9, 10, 11, 16
_CHANNEL = re.compile(r"\w+/(\w+)-[0-9a-f]+")


@dataclass
class _Call:
    caller: str
    arrived_at: datetime
    ended_at: datetime
    operators: dict[datetime, str] = field(default_factory=dict)  # when picked up, which extension


def read_asterisk(lines: Iterable[str], *, context: str = "from-trunk") -> Iterator[Record]:
    """The calls that came in through a context of the dialplan, in order. Times must be in UTC (``usegmtime=yes``).
    Raises BadRecords, naming the line."""
    calls: dict[str, _Call] = {}
    legs: list[tuple[str, datetime, str]] = []
    for number, line in enumerate(csv.reader(lines), 1):
        try:
            _read(line, context, calls, legs)
        except ValueError as fault:
            raise BadRecords(
                f"line {number}: {fault}; cdr.conf needs usegmtime=yes and loguniqueid=yes"
            ) from fault
    for call, moment, extension in legs:
        if call in calls:
            calls[call].operators[moment] = extension
    for call, one in sorted(calls.items(), key=lambda item: item[1].arrived_at):
        answered = min(one.operators, default=None)
        extension = one.operators[max(one.operators)] if one.operators else ""
        yield Record(call, one.arrived_at, one.ended_at, answered, extension, one.caller)


def _read(
    line: list[str], context: str, calls: dict[str, _Call], legs: list[tuple[str, datetime, str]]
) -> None:
    if len(line) <= UNIQUE:
        raise ValueError(f"{len(line)} columns where there are {UNIQUE + 1}")
    unique = line[UNIQUE]
    name, start, end = read_name(unique), _moment(line[START]), _moment(line[END])
    if name is not None:
        channel = _CHANNEL.fullmatch(line[CHANNEL])
        if name.role is Role.OPERATOR and line[ANSWER] and channel:
            legs.append((call_of(unique), _moment(line[ANSWER]), channel[1]))
    elif line[CONTEXT] == context:
        known = calls.setdefault(unique, _Call(line[SOURCE], start, end))
        known.arrived_at, known.ended_at = min(known.arrived_at, start), max(known.ended_at, end)


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)


def write_records(records: Iterable[Record], file: TextIO) -> None:
    """As ``reconcile`` reads them."""
    out = csv.writer(file, lineterminator="\n")
    out.writerow(COLUMNS)
    for one in records:
        answered = one.answered_at.isoformat() if one.answered_at else ""
        out.writerow(
            [one.call, one.arrived_at.isoformat(), answered, one.ended_at.isoformat(), one.extension, one.caller]
        )  # fmt: skip
