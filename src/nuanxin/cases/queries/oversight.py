"""What a higher level looks at: clocks that ran out, by office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection

from nuanxin.audit.actor import Actor
from nuanxin.cases.permissions import reading_scope
from nuanxin.cases.queries.queue import OFFICE, OTHERS, RANK_WIDTH, UNANSWERED, ranks_until
from nuanxin.cases.queries.reach import reach_of

MOST = 20_000  # rows looked at; beyond that the page says "at least"


@dataclass(frozen=True, slots=True)
class Overdue:
    """One office: cases past their date that wait for itself, and for others; the oldest date; and how many of them
    are questions without an answer."""

    agency: int
    office: int
    others: int
    oldest: datetime
    questions: int = 0


def overdue_by_office(*, by: Actor, at: datetime, most: int = MOST) -> tuple[list[Overdue], bool]:
    """Offices in scope with cases past their date, the most first; and whether the list was cut. One statement."""
    reach = reach_of(reading_scope(by))
    if reach is None:
        return [], False
    parts: list[str] = []
    values: list[int] = []
    for which, shown in ((OFFICE, "turn"), (OTHERS, "turn"), (UNANSWERED, "'question'")):
        for low, high in ranks_until(at):
            parts.append(
                f"SELECT * FROM (SELECT holder_agency, {shown} AS turn, queue_key FROM cases_case WHERE {reach.holding(which)}"  # noqa: S608
                f" AND queue_key >= %s AND queue_key < %s ORDER BY queue_key LIMIT {most}) AS part{len(parts)}"
            )
            values += [low, high]
    statement = (
        "SELECT holder_agency, SUM(CASE WHEN turn = 'office' THEN 1 ELSE 0 END),"  # noqa: S608
        " SUM(CASE WHEN turn = 'others' THEN 1 ELSE 0 END), SUM(CASE WHEN turn = 'question' THEN 1 ELSE 0 END),"
        f" MIN(queue_key %% {RANK_WIDTH}) FROM ({' UNION ALL '.join(parts)}) AS late GROUP BY holder_agency"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    found = [
        Overdue(
            int(agency), int(office), int(others), datetime.fromtimestamp(int(oldest), UTC), int(questions)
        )
        for agency, office, others, questions, oldest in rows
    ]
    found.sort(key=lambda one: (-(one.office + one.others), one.agency))
    return found, sum(one.office + one.others for one in found) >= most


def late_questions(*, by: Actor, at: datetime, most: int = MOST) -> dict[int, int]:
    """How many questions each office in scope has not answered by their date; at most ``most``. One statement, on the
    index of the questions that wait."""
    reach = reach_of(reading_scope(by))
    if reach is None:
        return {}
    ranges = ranks_until(at)
    late = " OR ".join(["queue_key >= %s AND queue_key < %s"] * len(ranges))
    statement = (
        f"SELECT holder_agency, COUNT(*) FROM (SELECT holder_agency FROM cases_case WHERE {reach.holding(UNANSWERED)}"  # noqa: S608
        f" AND ({late}) LIMIT {most}) AS late GROUP BY holder_agency"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [edge for pair in ranges for edge in pair])
        return {int(agency): int(count) for agency, count in cursor.fetchall()}
