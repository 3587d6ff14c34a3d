"""When a published answer must be looked at once more: a figure of its law has changed since, or a year has gone. Pure.

Whether a text is still right only a lawyer can say; the rule says which ones to read again. The year is the
platform's own reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from nuanxin.law.parameters import begun_between
from nuanxin.law.periods.counting import add_years

YEARLY = 1  # years after which a text is read again whatever has happened
# topic → the tables whose figures its answers may name
TABLES: Mapping[str, tuple[str, ...]] = {
    "wages": ("minimum_wage_month", "living_cost_share"),
    "contract": ("minimum_wage_month",),
    "dismissal": ("minimum_wage_month",),
    "deadline": ("legal_aid_periods",),
    "procedure": ("minimum_wage_month",),  # what an award in one instance may come to
    "injury": ("minimum_wage_month",),
    "insurance": ("minimum_wage_month",),
    "aid": ("legal_aid_periods",),
}


@dataclass(frozen=True, slots=True)
class LookAgain:
    """Why: the ``table`` of which a figure changed, empty where only a year has gone; ``since``: from which day."""

    table: str
    since: date


def look_again(topic: str, *, place: str, law_on: date, today: date) -> LookAgain | None:
    """Whether an answer that speaks of the law of ``law_on``, given at a ``place`` (six digits), is due. None if not."""
    changed = [
        row
        for table in TABLES.get(topic, ())
        if (row := begun_between(table, place=place, after=law_on, until=today)) is not None
    ]
    if changed:
        newest = max(changed, key=lambda row: row.since)
        return LookAgain(newest.table, newest.since)
    year = add_years(law_on, YEARLY)
    return LookAgain("", year) if today >= year else None
