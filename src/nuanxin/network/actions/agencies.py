"""Changes of the network: each one transaction with its audit event. Agencies and promises are never deleted."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, TypedDict, Unpack

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.streams import STREAM_SITE
from nuanxin.audit.transactions import write
from nuanxin.network import directory
from nuanxin.network.loading import open_national_intake, write_regions
from nuanxin.network.models import Agency, Edition, ProvinceSetting, Region, ServicePromise
from nuanxin.network.permissions import check_keep
from nuanxin.network.policies import check_agency, check_promise, check_province_setting
from nuanxin.network.rules.gazetteer import gazetteer, superiors


class AgencyFields(TypedDict, total=False):
    """What may be said of an agency besides its kind."""

    name_zh: str
    name_en: str
    region: int
    superior: Agency | None
    address: str
    phone: str
    opening_hours: str
    active: bool
    two_person_decision: bool


def load_regions(*, by: Actor, at: datetime) -> int:
    """Bring the table of regions to the shipped edition and open the national intake desk. Idempotent.

    Returns how many regions were written, 0 where the edition was loaded already. Migrations do the same for a
    new installation; this is for a database whose tables were emptied, and for a new edition.
    """
    check_keep(by, 0)
    with write():
        edition = gazetteer().edition
        open_national_intake(Agency)
        if Edition.objects.filter(regions=edition).exists() and Region.objects.exists():
            return 0
        count = write_regions(Region)
        directory.changed()
        Edition.objects.filter(id=1).update(regions=edition)
        _record("regions.loaded", 0, {"edition": edition, "rows": count}, by=by, at=at)
        return count


def create_agency(*, kind: str, by: Actor, at: datetime, **fields: Unpack[AgencyFields]) -> Agency:
    """Open an agency or a justice bureau.

    Without ``superior`` it is the nearest office of its kind above. Raises PermissionDenied, ValidationError with
    the faults of each field.
    """
    agency = Agency(kind=kind, **fields)
    if "superior" not in fields:
        agency.superior = _nearest_above(agency)
    with write():
        check_keep(by, agency.region)
        check_agency(agency)
        agency.save(force_insert=True)
        directory.changed()
        payload = {"agency": agency.pk, "kind": str(agency.kind), **_coded(agency)}
        _record("agency.created", agency.region, payload, by=by, at=at)
    return agency


def alter_agency(agency_id: int, *, by: Actor, at: datetime, **changes: Unpack[AgencyFields]) -> Agency:
    """Change an agency; ``active=False`` ends its work. Nothing is written where nothing changes.

    Raises Agency.DoesNotExist, PermissionDenied (for the old region and the new), ValidationError.
    """
    with write():
        agency = Agency.objects.select_for_update().get(pk=agency_id)
        check_keep(by, agency.region)
        values: dict[str, Any] = dict(changes)
        altered = sorted(name for name, value in values.items() if getattr(agency, name) != value)
        if not altered:
            return agency
        for name in altered:
            setattr(agency, name, values[name])
        check_keep(by, agency.region)
        check_agency(agency)
        agency.save(force_update=True)
        directory.changed()
        payload = {"agency": agency.pk, "fields": altered, **_coded(agency)}
        _record("agency.altered", agency.region, payload, by=by, at=at)
    return agency


def set_promise(
    *,
    key: str,
    region: int,
    unit: str,
    amount: int,
    valid_from: date,
    valid_until: date | None = None,
    cut_off: time | None = None,
    source: str = "",
    by: Actor,
    at: datetime,
) -> ServicePromise:
    """Make or correct a region's promise from a day on. The same key, region and first day are one promise.

    Raises PermissionDenied, ValidationError.
    """
    check_keep(by, region)
    with write():
        row = ServicePromise.objects.filter(key=key, region=region, valid_from=valid_from).first()
        row = row or ServicePromise(key=key, region=region, valid_from=valid_from)
        row.unit, row.amount, row.cut_off = unit, amount, cut_off
        row.valid_until, row.source = valid_until, source
        check_promise(row)
        row.save()
        directory.changed()
        payload = {
            "promise": row.pk,
            "key": key,
            "region": region,
            "unit": unit,
            "amount": amount,
            "cut_off": cut_off.strftime("%H:%M") if cut_off else None,
            "valid_from": valid_from.isoformat(),
            "valid_until": valid_until.isoformat() if valid_until else None,
        }
        _record("promise.set", region, payload, by=by, at=at)
    return row


def set_province_setting(
    *, province: int, key: str, value: str, source: str, checked: date, by: Actor, at: datetime
) -> ProvinceSetting:
    """Set a value of a province (0: of the nation), with where it stands and the day it was checked there.

    Raises PermissionDenied, ValidationError.
    """
    check_keep(by, province)
    with write():
        row = ProvinceSetting.objects.filter(province=province, key=key).first()
        row = row or ProvinceSetting(province=province, key=key)
        row.value, row.source, row.checked = value, source, checked
        check_province_setting(row)
        row.save()
        directory.changed()
        payload = {"setting": row.pk, "key": key, "checked": checked.isoformat()}
        _record("province_setting.set", province, payload, by=by, at=at)
    return row


def _record(kind: str, region: int, payload: dict[str, Any], *, by: Actor, at: datetime) -> None:
    append([NewEvent(STREAM_SITE, region // 10**10, kind, payload)], by=by, at=at)


def _coded(agency: Agency) -> dict[str, Any]:
    """What of an agency decides where cases go; its names and address stay in its own row."""
    return {
        "region": agency.region,
        "superior": agency.superior_id,
        "active": agency.active,
        "two_person_decision": agency.two_person_decision,
    }


def _nearest_above(agency: Agency) -> Agency | None:
    codes = superiors(agency.region)
    found = {a.region: a for a in Agency.objects.filter(kind=agency.kind, active=True, region__in=codes)}
    return next((found[code] for code in codes if code in found), None)
