"""The rows of a list: what a queue shows of each case, read in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db.models import F, FilteredRelation, Q

from nuanxin.cases.models import Case
from nuanxin.cases.rules.numbers import number_of


@dataclass(frozen=True, slots=True)
class Item:
    """One case in a list. Sums in fen; ``name`` is the worker's or representative's, ``party`` the first respondent's."""

    id: int
    version: int
    kind: str
    door: str
    status: str
    stage: str
    step: str
    seat: str
    turn: str
    lane: str
    urgent: bool
    limitation_on: date | None
    items: list[str]
    needs: list[str]
    trade: str
    workers_stated: int
    submitted_at: datetime
    next_by: datetime | None
    next_clock: str
    next_provisional: bool
    holder_agency: int
    holder_region: int
    transfer_to: int
    watch_by: int
    lawyer: int
    offered_to: int
    call_attempts: int
    outcome: str
    claimed_fen: int
    paid_fen: int
    confirmed_fen: int
    name: str
    party: str

    @property
    def number(self) -> str:
        """The number that people use."""
        return number_of(self.id)


_COLUMNS = tuple(field.name for field in fields(Item) if field.name not in {"name", "party"})


def items_of(ids: Sequence[int]) -> list[Item]:
    """The rows of these cases, in the order of the ids; ids that do not exist are left out. One statement."""
    if not ids:
        return []
    rows = (
        Case.objects.filter(pk__in=ids)
        .annotate(
            contact=FilteredRelation("workers", condition=Q(workers__seq=1)),
            first=FilteredRelation("respondents", condition=Q(respondents__seq=1)),
            contact_name=F("contact__name"),
            first_name=F("first__name"),
        )
        .values_list(*_COLUMNS, "contact_name", "first_name")
    )
    found = {}
    for *told, name, party in rows:
        item = Item(**dict(zip(_COLUMNS, told, strict=True)), name=name or "", party=party or "")
        found[item.id] = item
    return [found[case_id] for case_id in ids if case_id in found]
