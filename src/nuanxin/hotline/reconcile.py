"""The calls of the platform against the call data records of an exchange: what was lost on the way is made good.

Everything that a record proves is told as events of its own, with numbers made from the call's, so that reading
the same file again changes nothing. What contradicts is reported and left to people.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TextIO

from nuanxin.audit.actor import Actor
from nuanxin.hotline.actions import receive
from nuanxin.hotline.actions.calls import About
from nuanxin.hotline.models import Call, Exchange, OperatorState
from nuanxin.hotline.rules.calls import Happening, Told

COLUMNS = ("call", "arrived_at", "answered_at", "ended_at", "extension", "caller")
MOST_NUMBER = 64  # characters of an exchange's number of a call
NEEDED = ("call", "arrived_at", "ended_at")


class BadRecords(ValueError):
    """A file of records that cannot be read; says the line."""


@dataclass(frozen=True, slots=True)
class Record:
    """One call as the exchange charged it. ``answered_at`` None: nobody answered."""

    call: str
    arrived_at: datetime
    ended_at: datetime
    answered_at: datetime | None = None
    extension: str = ""
    caller: str = ""


@dataclass
class Report:
    """What was found: counts of calls, and (call, code) for each that people must look at."""

    agree: int = 0
    adopted: int = 0  # not known here before
    completed: int = 0  # something of it was lost, and is told now
    differ: list[tuple[str, str]] = field(default_factory=list)


def read_records(file: TextIO) -> Iterator[Record]:
    """Records of a CSV file in UTF-8 with a header; times in ISO 8601 with offset. Raises BadRecords."""
    lines = csv.DictReader(file)
    missing = [name for name in COLUMNS if name not in (lines.fieldnames or ())]
    if missing:
        raise BadRecords(f"line 1: columns missing: {', '.join(missing)}")
    for line in lines:
        try:
            yield _record(line)
        except ValueError as fault:
            raise BadRecords(f"line {lines.line_num}: {fault}") from fault


def _record(line: dict[str, str | None]) -> Record:
    said = {name: (line.get(name) or "").strip() for name in COLUMNS}
    empty = [name for name in NEEDED if not said[name]]
    if empty:
        raise ValueError(f"{', '.join(empty)}: empty")
    if len(said["call"]) > MOST_NUMBER:
        raise ValueError(f"call: more than {MOST_NUMBER} characters")
    answered = _moment(said["answered_at"]) if said["answered_at"] else None
    arrived, ended = _moment(said["arrived_at"]), _moment(said["ended_at"])
    if not arrived <= (answered or arrived) <= ended:
        raise ValueError("arrived_at, answered_at, ended_at: not in this order")
    return Record(said["call"], arrived, ended, answered, said["extension"], said["caller"])


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text}: no offset from UTC, such as +08:00")
    return moment


def reconcile(*, exchange: Exchange, records: Iterable[Record], by: Actor, at: datetime) -> Report:
    """Compare and make good. Each call is a transaction of its own, so that a long file holds up nobody."""
    report, seen = Report(), set()
    people = dict(OperatorState.objects.filter(exchange=exchange).values_list("extension", "staff"))
    days: list[datetime] = []
    for record in records:
        seen.add(record.call)
        days.append(record.arrived_at)
        _one(report, exchange, record, people.get(record.extension, 0), by, at)
    if days:
        here = Call.objects.filter(exchange=exchange, arrived_at__gte=min(days), arrived_at__lte=max(days))
        for external in here.order_by("arrived_at", "pk").values_list("external", flat=True):
            if external not in seen:
                report.differ.append((external, "not_in_records"))
    return report


def _one(report: Report, exchange: Exchange, record: Record, operator: int, by: Actor, at: datetime) -> None:
    call = Call.objects.filter(exchange=exchange, external=record.call).first()
    news = list(_lacking(call, record, operator))
    for told in news:
        receive(
            exchange=exchange, external=record.call, told=told, about=About(phone=record.caller), by=by, at=at
        )
    code = _contradiction(call, record, operator)
    if code:
        report.differ.append((record.call, code))
    elif call is None:
        report.adopted += 1
    elif news:
        report.completed += 1
    else:
        report.agree += 1


def _lacking(call: Call | None, record: Record, operator: int) -> Iterator[Told]:
    """What the record proves and nobody has told."""
    if call is None:
        yield _told(record, Happening.ARRIVED, record.arrived_at)
    if record.answered_at and operator and (call is None or call.answered_at is None):
        yield _told(record, Happening.ANSWERED, record.answered_at, operator)
    if call is None or call.closed_at is None:
        yield _told(record, Happening.HUNG_UP, record.ended_at)


def _told(record: Record, kind: Happening, at: datetime, operator: int = 0) -> Told:
    return Told(f"cdr:{record.call}:{kind}", kind, at, 0, operator)


def _contradiction(call: Call | None, record: Record, operator: int) -> str:
    if record.answered_at and not operator:
        return "unknown_extension"
    if call is None or call.answered_at is None:
        return ""
    if record.answered_at is None:
        return "answered_here_only"
    return "" if operator in {call.operator, call.passed_by} else "other_operator"
