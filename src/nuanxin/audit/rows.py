"""Event rows as the database has them, for the verifier: no field may tidy up what somebody tampered with."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection

from nuanxin.audit import chain
from nuanxin.audit.storage import COLUMNS

PAGE = 2000
_PAGE_OF = f"""
SELECT {{}} FROM audit_event
WHERE stream >= %s AND stream <= %s AND seq >= %s AND seq <= %s AND (stream, seq, id) > (%s, %s, %s)
ORDER BY stream, seq, id LIMIT {PAGE}
"""  # noqa: S608 - constants
# As text: SQLite's driver would stop at a day that was tampered into nonsense.
_AS_TEXT = {"recorded_at": "CAST(recorded_at AS TEXT)", "effective_on": "CAST(effective_on AS TEXT)"}
_SELECT = {
    "sqlite": _PAGE_OF.format(", ".join(_AS_TEXT.get(column, column) for column in COLUMNS)),
    "postgresql": _PAGE_OF.format(", ".join(COLUMNS)),
}
LOWEST, HIGHEST = -(2**63), 2**63 - 1
_TOP = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Row:
    """One stored event, untouched. A column of a wrong type (SQLite keeps any) simply fits no mac."""

    id: int
    province: int
    stream: int
    seq: int
    kind: str
    version: int
    recorded_at: Any
    effective_on: Any
    actor_kind: str
    actor_id: int
    payload: str
    mac: bytes

    def fits(self, key: bytes, before: bytes, *, seq: int | None = None) -> bool:
        """Whether the mac covers this row after ``before``, standing at its own place or at ``seq``."""
        place = self.seq if seq is None else seq
        try:
            material = chain.row_bytes(
                self.id, self.province, self.stream, place, self.kind, self.version,
                _instant(self.recorded_at), _day(self.effective_on), self.actor_kind, self.actor_id,
                self.payload,
            )  # fmt: skip
        except (TypeError, ValueError):
            return False
        return hmac.compare_digest(chain.mac(key, before, material), self.mac)


def _instant(value: Any) -> datetime:
    """SQLite keeps instants as text in UTC."""
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _row(values: tuple[Any, ...]) -> Row:
    number, province, stream, seq, *middle, payload, mac = values
    place = seq if isinstance(seq, int) else -1
    return Row(
        number, province, stream, place, *middle, payload, b"" if isinstance(mac, str | None) else bytes(mac)
    )  # type: ignore[call-arg]


def rows_between(low: int, high: int, *, first: int = 0, last: int = _TOP) -> Iterator[Row]:
    """Rows of the streams ``low`` to ``high`` in order, in pages; ``first`` and ``last`` bound ``seq``."""
    after = (LOWEST, 0, LOWEST)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                _SELECT[connection.vendor], [low, high, max(first, -(2**31)), min(last, _TOP), *after]
            )
            page = [_row(values) for values in cursor.fetchall()]
        yield from page
        if len(page) < PAGE:
            return
        after = (page[-1].stream, page[-1].seq, page[-1].id)
