"""One case for one move: the row, the person to tell, and the end of its event chain, in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.db import connection

from nuanxin.audit.events import NEW_STREAM
from nuanxin.audit.statements import Columns
from nuanxin.audit.storage import Tip
from nuanxin.cases.models import Case, Worker


@dataclass(slots=True)
class Loaded:
    """A locked case with what a move needs beside it."""

    case: Case
    contact: Worker | None  # the first worker on the roster: the applicant or the representative
    head: Tip


@cache
def _statement(_vendor: str) -> tuple[str, Columns[Case], Columns[Worker]]:
    """Made once: the ORM would spend more on building it than the whole rest of a move takes."""
    case, contact = Columns(Case, "c"), Columns(Worker, "w")
    lock = " FOR UPDATE OF c" if connection.features.has_select_for_update_of else ""
    return (
        f"SELECT {case.sql}, {contact.sql}, h.seq, h.mac FROM cases_case c"  # noqa: S608 - names of our own models
        " LEFT JOIN cases_worker w ON w.case_id = c.id AND w.seq = 1"
        f" LEFT JOIN audit_head h ON h.stream = c.id WHERE c.id = %s{lock}",
        case,
        contact,
    )


def load_for_move(case_id: int) -> Loaded | None:
    """Lock and read one case; call it inside ``write()``. None where there is no such case."""
    statement, cases, workers = _statement(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(statement, [case_id])
        row = cursor.fetchone()
    if row is None:
        return None
    rest = row[cases.count :]
    contact = workers.read(rest[: workers.count]) if rest[0] is not None else None
    seq, mac = rest[workers.count :]
    head = NEW_STREAM if seq is None else Tip(seq, bytes(mac))
    return Loaded(cases.read(row[: cases.count]), contact, head)
