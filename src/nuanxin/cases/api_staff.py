"""Reads for staff and partner programs with a token: the queue and one case, in coded values, without names."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, cast

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from nuanxin.accounts.api import StaffAuth
from nuanxin.accounts.requests import PlatformRequest
from nuanxin.audit.actor import Role
from nuanxin.cases.api_schema import LedgerOut
from nuanxin.cases.models import Case
from nuanxin.cases.queries.casefile import one_case
from nuanxin.cases.queries.queue import Shelf, cursor_of, window
from nuanxin.cases.rules.numbers import case_id_of
from nuanxin.ui.problems import Fault, Problem, responses

router = Router(tags=["staff"])
READERS = StaffAuth(
    Role.CLERK, Role.DECIDER, Role.OPERATOR, Role.DUTY_LAWYER, Role.LAWYER, Role.BUREAU, Role.SUPERVISOR, Role.AUDITOR
)  # fmt: skip
MOST = 100
Cursor = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,18}\.[0-9]{1,19}$")]


class CaseOut(Schema):
    """One case as programs of staff see it. Money in yuan; regions are six digits."""

    number: str
    version: int
    kind: str
    door: str
    submitted_at: datetime
    status: str
    stage: str
    lane: str
    urgent: bool
    items: list[str]
    workers: int
    place: str
    holder_place: str
    seat: str
    step: str
    next_by: datetime | None
    next_clock: str
    provisional: bool
    limitation_on: str | None
    ledger: LedgerOut


class PageOut(Schema):
    """One page of a list in queue order. ``after`` is the cursor of the next page, or null."""

    items: list[CaseOut]
    after: str | None


def case_out(case: Case) -> dict[str, Any]:
    """The coded values of a case."""
    return {
        "number": case.number, "version": case.version, "kind": case.kind, "door": case.door,
        "submitted_at": case.submitted_at, "status": case.status, "stage": case.stage, "lane": case.lane,
        "urgent": case.urgent, "items": case.items, "workers": case.workers_count or case.workers_stated,
        "place": f"{case.place_now // 10**6:06d}", "holder_place": f"{case.holder_region // 10**6:06d}",
        "seat": case.seat, "step": case.step, "next_by": case.next_by, "next_clock": case.next_clock,
        "provisional": case.next_provisional,
        "limitation_on": case.limitation_on.isoformat() if case.limitation_on else None,
        "ledger": case.sums.as_yuan(),
    }  # fmt: skip


@router.get(
    "/cases", auth=READERS, response=responses({200: PageOut}, 401, 403), summary="A list of the desk"
)
def cases(
    request: HttpRequest,
    shelf: Shelf = Shelf.ALL,
    after: Cursor | None = None,
    limit: Annotated[int, Query(), Field(ge=1, le=MOST)] = 25,
) -> dict[str, Any]:
    """Cases within the token's scope, in the order of the queue; keyset pages, so each costs the same."""
    came = cast(PlatformRequest, request)
    place = cursor_of(after) if after else None
    found = window(shelf, by=came.actor, at=came.at, after=place, size=limit)
    rows = Case.objects.in_bulk([place.id for place in found.places])
    last = found.places[-1] if found.places and found.older else None
    return {
        "items": [case_out(rows[p.id]) for p in found.places if p.id in rows],
        "after": str(last) if last else None,
    }


@router.get(
    "/cases/{number}", auth=READERS, response=responses({200: CaseOut}, 401, 403, 404), summary="One case"
)
def case(request: HttpRequest, number: str) -> dict[str, Any]:
    """One case within the token's scope; the same 404 for one out of reach and for one that does not exist."""
    came = cast(PlatformRequest, request)
    found = one_case(case_id_of(number[:40]) or 0, by=came.actor)
    if found is None:
        fault = Fault(
            "/number", "no_such_case", "没有这个案件，或不在您的范围内", "No such case, or out of your reach"
        )
        raise Problem(404, "no_such_case", "No such case within this token's scope.", [fault])
    return case_out(found)
