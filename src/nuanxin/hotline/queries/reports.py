"""The calls of a period for the reports: one statement, as plain values, and nothing that names a caller."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from nuanxin.audit.actor import Actor, scope_in_roles
from nuanxin.hotline.models import Call
from nuanxin.hotline.permissions import OVERSEES
from nuanxin.hotline.rules.figures import AGAIN_WITHIN, SHANGHAI, Report, Result, Seen, report

COLUMNS = (
    "arrived_at", "result", "waited_s", "desk", "language", "place", "topic", "passed_by", "phone_index",
)  # fmt: skip


def period(first: date, last: date) -> tuple[datetime, datetime]:
    """From the first day's midnight until behind the last day, in Shanghai."""
    begin = datetime.combine(first, time(), SHANGHAI)
    return begin, datetime.combine(last + timedelta(days=1), time(), SHANGHAI)


def figures(first: date, last: date, *, by: Actor, at: datetime, short: int, within: int) -> Report:
    """The report of a period over the desks of the actor's reach. ``short``, ``within``: as in ``rules.figures``."""
    begin, end = period(first, last)
    calls = calls_seen(begin, end, by=by)
    return report(calls, first=begin, last=end, known_until=at, short=short, within=within)


def calls_seen(begin: datetime, end: datetime, *, by: Actor) -> Iterator[Seen]:
    """The calls of the period at the actor's desks, and those of the seven days behind it, by which alone it shows
    whether a caller rang again. A call that reached no desk belongs to its exchange's region."""
    low, high = scope_in_roles(by.scope, by.roles & OVERSEES)
    if not by.roles & OVERSEES or high <= 0:
        return
    # Whom we rang did not ask for a person, and did not come again.
    rows = Call.objects.filter(arrived_at__gte=begin, arrived_at__lt=end + AGAIN_WITHIN, rings_back=0)
    at_desk = rows.filter(desk__region__gte=low, desk__region__lte=high)
    at_none = rows.filter(desk=None, exchange__region__gte=low, exchange__region__lte=high)
    for found in (at_desk, at_none):
        for row in found.order_by().values_list(*COLUMNS).iterator(chunk_size=5000):
            yield seen(*row)


def seen(
    arrived_at: datetime, result: str, waited: int | None, desk: int | None, language: str, place: int, topic: str,
    passed_by: int, caller: bytes | None,
) -> Seen:  # fmt: skip
    """One row as the rules take it."""
    return Seen(
        arrived_at, Result(result), waited, desk or 0, language, place // 10**6, topic, passed_by != 0,
        bytes(caller) if caller is not None else None,
    )  # fmt: skip
