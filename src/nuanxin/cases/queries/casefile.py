"""Everything the case page shows, in a fixed number of statements however large the case is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import FilteredRelation, Q, QuerySet

from nuanxin.accounts.queries import names_of
from nuanxin.audit.actor import Actor
from nuanxin.audit.models import Event, Head
from nuanxin.cases.models import Case, ClaimVersion, Entry, Respondent, Submission, Worker
from nuanxin.cases.permissions import may_read, only_asked
from nuanxin.cases.queries.claim import latest
from nuanxin.cases.queries.search import same_person
from nuanxin.cases.rules.ledger import Sums

ROSTER_SHOWN = 30
ENTRIES_SHOWN = 60
EVENTS_SHOWN = 120


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One worker of the roster, without telephone or card."""

    id: int
    seq: int
    name: str
    representative: bool
    left: bool
    goes_on: int  # the case of their own of who has left, or 0
    has_phone: bool
    sums: Sums
    denied: bool = False  # said that the money did not come
    dismissed: bool = False  # the award gives them nothing


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another case of the same person: number, status and agency, for whoever serves them now."""

    id: int
    number: str
    kind: str
    status: str
    agency: int
    submitted_at: datetime
    readable: bool


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case with what stands around it. ``names``: staff id -> name, for every actor mentioned."""

    case: Case
    contact: Worker | None
    roster: Sequence[RosterLine]
    respondents: Sequence[Respondent]
    entries: Sequence[Entry]
    events: Sequence[Event]
    submission: Submission | None
    claim: ClaimVersion | None
    earlier: Sequence[Earlier]
    names: Mapping[int, str]


def one_case(case_id: int, *, by: Actor) -> Case | None:
    """A case that this person may open, with its contact as ``contact``; else None. One statement."""
    case = (
        Case.objects.annotate(contact=FilteredRelation("workers", condition=Q(workers__seq=1)))
        .select_related("contact")  # type: ignore[misc]
        .filter(pk=case_id)
        .first()
    )
    return case if case is not None and may_read(by, case) else None


def contact_of(case: Case) -> Worker | None:
    """The first worker of a case that came from ``one_case``."""
    found: Worker | None = getattr(case, "contact", None)
    return found


def version_of(case_id: int) -> int:
    """A small number that grows with everything written on a case: the length of its event stream."""
    return Head.objects.filter(stream=case_id).values_list("seq", flat=True).first() or 0


def case_file(case: Case, *, by: Actor) -> CaseFile:
    """The whole file of a case that came from ``one_case``."""
    contact = contact_of(case)
    entries = list(_entries(case, by).order_by("-at", "-id")[:ENTRIES_SHOWN])
    events = list(Event.objects.filter(stream=case.pk).order_by("-seq")[:EVENTS_SHOWN])
    people = {case.officer, case.lawyer, case.offered_to, case.reviewed_by, case.decided_by, case.watch_by}
    people |= {entry.by_id for entry in entries} | {e.actor_id for e in events if e.actor_kind == "staff"}
    return CaseFile(
        case=case,
        contact=contact,
        roster=roster(case.pk),
        respondents=list(Respondent.objects.filter(case=case.pk).order_by("seq")),
        entries=entries,
        events=events,
        submission=Submission.objects.filter(case=case.pk).order_by("id").first(),
        claim=latest(case.pk),
        earlier=earlier_cases(case, contact, by=by),
        names=names_of(people - {0}),
    )


def _entries(case: Case, by: Actor) -> QuerySet[Entry]:
    """Texts of a case that this person may read: who is only asked to take it sees what the worker said and reads."""
    found = Entry.objects.filter(case=case.pk)
    if only_asked(by, case):
        return found.filter(Q(for_worker=True) | Q(by_kind__in=("worker", "helper")) | Q(action="story"))
    return found


def roster(
    case_id: int, *, after: int = 0, size: int = ROSTER_SHOWN, present: bool = False
) -> list[RosterLine]:
    """Workers in the order of the roster, after a roster number. ``present``: without who has left."""
    found = Worker.objects.filter(case=case_id, seq__gt=after)
    rows = (found.filter(left_on__isnull=True) if present else found).order_by("seq")[:size]
    columns = (
        "id",
        "seq",
        "name",
        "representative",
        "left_on",
        "goes_on",
        "phone_index",
        "denied_at",
        "dismissed_on",
    )
    money = ("claimed_fen", "awarded_fen", "paid_fen", "confirmed_fen")
    return [
        RosterLine(
            row[0],
            row[1],
            row[2],
            row[3],
            row[4] is not None,
            row[5],
            row[6] is not None,
            Sums(*row[9:]),
            row[7] is not None,
            row[8] is not None,
        )
        for row in rows.values_list(*columns, *money)
    ]


def earlier_cases(case: Case, contact: Worker | None, *, by: Actor) -> list[Earlier]:
    """Other cases of the person who is the contact of this one, in the whole register."""
    if contact is None:
        return []
    return earlier_of(
        same_person(phone=contact.phone, resident_id=contact.resident_id, besides=case.pk), by=by
    )


def earlier_of(ids: Sequence[int], *, by: Actor) -> list[Earlier]:
    """What may be shown of other cases of a person, the newest first; a case that moved on is left out."""
    if not ids:
        return []
    rows = Case.objects.filter(pk__in=ids, continued_by=0).order_by("-submitted_at", "-id")
    return [
        Earlier(row.id, row.number, row.kind, row.status, row.holder_agency, row.submitted_at, may_read(by, row))
        for row in rows.only(
            "id", "kind", "status", "holder_agency", "holder_region", "transfer_region", "sent_from", "lawyer", "offered_to",
            "submitted_at",
        )
    ]  # fmt: skip
