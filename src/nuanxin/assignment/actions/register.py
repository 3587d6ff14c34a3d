"""The register: firms, lawyers, and whom they act for. Nothing is deleted; what ends gets an end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from nuanxin.assignment.models import Client, Firm, Lawyer
from nuanxin.assignment.permissions import check_keep
from nuanxin.assignment.places import point_of
from nuanxin.assignment.policies import check_client, check_firm, check_lawyer
from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.streams import STREAM_SITE
from nuanxin.audit.transactions import write
from nuanxin.network.queries import province_of


class FirmFields(TypedDict, total=False):
    """What may be said of a firm."""

    name_zh: str
    name_en: str
    region: int
    active: bool


class ClientFields(TypedDict, total=False):
    """What may be said of a client, besides whose it is."""

    name: str
    uscc: str
    since: date
    until: date | None


def _record(kind: str, place: int, payload: dict[str, Any], by: Actor, at: datetime) -> None:
    append([NewEvent(STREAM_SITE, province_of(place), kind, payload)], by=by, at=at)


def _alter(row: Firm | Client, changes: dict[str, Any]) -> list[str]:
    """Set what differs; gives back the names of what does."""
    altered = sorted(name for name, value in changes.items() if getattr(row, name) != value)
    for name in altered:
        setattr(row, name, changes[name])
    return altered


def add_firm(*, name_zh: str, name_en: str, place: int, by: Actor, at: datetime, active: bool = True) -> Firm:
    """Register a law firm at a 12-digit region. Raises PermissionDenied, ValidationError."""
    firm = Firm(name_zh=name_zh, name_en=name_en, region=place, active=active)
    with write():
        check_keep(by, place)
        check_firm(firm)
        firm.save(force_insert=True)
        _record("assignment.firm_added", place, {"firm": firm.pk, "region": place, "active": active}, by, at)
    return firm


def alter_firm(firm_id: int, *, by: Actor, at: datetime, **changes: Unpack[FirmFields]) -> Firm:
    """Change a firm; nothing is written where nothing changes. Raises PermissionDenied, ValidationError."""
    with write():
        firm = Firm.objects.select_for_update().get(pk=firm_id)
        check_keep(by, firm.region)
        altered = _alter(firm, dict(changes))
        if altered:
            check_keep(by, firm.region)
            check_firm(firm)
            firm.save(force_update=True)
            told = {"firm": firm.pk, "fields": altered, "region": firm.region, "active": firm.active}
            _record("assignment.firm_altered", firm.region, told, by, at)
    return firm


def register_lawyer(
    *,
    staff: int,
    firm: Firm | None,
    place: int,
    specialties: Sequence[str],
    languages: Sequence[str],
    capacity: int,
    by: Actor,
    at: datetime,
    active: bool = True,
) -> Lawyer:
    """Say what assignment needs to know of a lawyer (staff id); again to change it. ``active`` False: no new offers.

    Raises PermissionDenied, ValidationError.
    """
    with write():
        lawyer = Lawyer.objects.select_for_update().filter(staff=staff).first() or Lawyer(staff=staff)
        if lawyer.pk:
            check_keep(by, lawyer.region)
        lawyer.firm, lawyer.region = firm, place
        lawyer.lon, lawyer.lat = point_of(place) or (None, None)
        lawyer.specialties, lawyer.languages = list(specialties), list(languages)
        lawyer.capacity, lawyer.active = capacity, active
        check_keep(by, place)
        check_lawyer(lawyer)
        lawyer.save()
        payload = {
            "lawyer": staff, "firm": firm.pk if firm else 0, "region": place, "capacity": capacity, "active": active,
            "specialties": list(specialties), "languages": list(languages),
        }  # fmt: skip
        _record("assignment.lawyer_registered", place, payload, by, at)
    return lawyer


def declare_client(
    *, firm: Firm | None, lawyer: Lawyer | None, name: str, uscc: str, since: date, by: Actor, at: datetime,
    until: date | None = None,
) -> Client:  # fmt: skip
    """Say whom a firm or lawyer acts for, so that conflicts are found before an offer is made.

    Raises PermissionDenied, ValidationError.
    """
    row = Client(firm=firm, lawyer=lawyer, name=name, uscc=uscc, since=since, until=until)
    with write():
        check_client(row)
        check_keep(by, row.region)
        row.save(force_insert=True)
        payload = {"client": row.pk, "firm": row.firm_id or 0, "lawyer": lawyer.staff if lawyer else 0}
        _record("assignment.client_declared", row.region, {**payload, **_dates(row)}, by, at)
    return row


def alter_client(client_id: int, *, by: Actor, at: datetime, **changes: Unpack[ClientFields]) -> Client:
    """Correct a client, or end it with ``until``. Raises PermissionDenied, ValidationError."""
    with write():
        row = (
            Client.objects.select_for_update(of=("self",)).select_related("firm", "lawyer").get(pk=client_id)
        )
        check_keep(by, row.region)
        altered = _alter(row, dict(changes))
        if altered:
            check_client(row)
            row.save(force_update=True)
            told = {"client": row.pk, "fields": altered, **_dates(row)}
            _record("assignment.client_altered", row.region, told, by, at)
    return row


def _dates(row: Client) -> dict[str, Any]:
    return {"since": row.since.isoformat(), "until": row.until.isoformat() if row.until else None}
