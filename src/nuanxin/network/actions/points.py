"""Service points: open, alter, verify, end, and days with other hours. Points are never deleted: they end."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.streams import STREAM_SITE
from nuanxin.audit.transactions import write
from nuanxin.network.models import Agency, PointChange, PointException, ServicePoint
from nuanxin.network.permissions import check_keep_points
from nuanxin.network.policies import check_exception, check_point
from nuanxin.network.rules.hours import CHINA


class PointFields(TypedDict, total=False):
    """What may be said of a point. ``services`` and ``languages`` are bits, ``hours`` any text ``rules.hours`` reads."""

    name_zh: str
    name_en: str
    kind: str
    agency: Agency | None
    place: int
    lon: float
    lat: float
    address_zh: str
    address_en: str
    phone: str
    hours: str
    services: int
    languages: int
    step_free: bool
    capacity: int | None
    verified_on: date | None
    source: str
    reference: str
    invented: bool


def next_change(count: int = 1) -> int:
    """Take the next ``count`` numbers of changes and return the first; inside the caller's transaction.

    The row is locked until that transaction ends, so numbers become visible in their order.
    """
    PointChange.objects.get_or_create(id=1)
    PointChange.objects.filter(id=1).update(last=F("last") + count, token=secrets.token_hex(16))
    return PointChange.objects.get(id=1).last - count + 1


def day_of(at: datetime) -> date:
    """The day of an instant in China."""
    return at.astimezone(CHINA).date()


def open_point(*, by: Actor, at: datetime, **fields: Unpack[PointFields]) -> ServicePoint:
    """Put a point on file. Raises PermissionDenied, ValidationError with every fault by field."""
    point = ServicePoint(**fields)
    with write():
        check_keep_points(by, point.place or 0)
        check_point(point, day_of(at))
        point.version = next_change()
        point.save(force_insert=True)
        _record("point.opened", point, by=by, at=at)
    return point


def alter_point(
    point_id: int, *, by: Actor, at: datetime, seen: int | None = None, **changes: Unpack[PointFields]
) -> ServicePoint:
    """Change a point. Nothing is written where nothing changes.

    ``seen``: the version that the change was made on; a later one is a fault, so that nobody overwrites what they
    have not seen. Raises ServicePoint.DoesNotExist, PermissionDenied (for the old region and the new), ValidationError.
    """
    return _alter(point_id, dict(changes), by=by, at=at, seen=seen)


def verify_point(point_id: int, *, on: date, by: Actor, at: datetime) -> ServicePoint:
    """Record that somebody looked on a day that the point is there and does what it says. Raises as ``alter_point``."""
    return _alter(point_id, {"verified_on": on}, by=by, at=at)


def end_point(point_id: int, *, by: Actor, at: datetime, reopen: bool = False) -> ServicePoint:
    """End a point's work, or take it up again.

    A point may end whatever else is wrong with it; to work again it has to pass every check. Raises
    ServicePoint.DoesNotExist, PermissionDenied, ValidationError.
    """
    return _alter(point_id, {"active": reopen, **({"merged_into": None} if reopen else {})}, by=by, at=at)


def set_exception(
    point_id: int, *, day: date, hours: str | None, note: str = "", by: Actor, at: datetime
) -> PointException | None:
    """Give a point other hours on one day: text of a day, empty for closed; None takes the exception away.

    Raises ServicePoint.DoesNotExist, PermissionDenied, ValidationError.
    """
    with write():
        point = ServicePoint.objects.select_for_update().get(pk=point_id)
        check_keep_points(by, point.place)
        row = PointException.objects.filter(point=point, day=day).first()
        if hours is None:
            if row is None:
                return None
            row.delete()
            row = None
        else:
            row = row or PointException(point=point, day=day)
            row.hours, row.note = hours, note
            check_exception(row, day_of(at))
            row.save()
        point.version = next_change()
        point.save(update_fields=["version"])
        _record("point.exception_set", point, by=by, at=at, day=day.isoformat(), kept=row is not None)
    return row


def merge_point(point_id: int, *, into: int, by: Actor, at: datetime) -> ServicePoint:
    """End one of two entries for the same point in favour of the other. Returns the one that ended.

    Raises ServicePoint.DoesNotExist, PermissionDenied (for both places), ValidationError.
    """
    with write():
        kept = ServicePoint.objects.select_for_update().get(pk=into)
        point = ServicePoint.objects.select_for_update().get(pk=point_id)
        check_keep_points(by, kept.place)
        check_keep_points(by, point.place)
        if kept.pk == point.pk or not kept.active:
            raise ValidationError(_("Choose another point that works now."))
        if not point.active:
            raise ValidationError(_("This point has ended already."))
        point.active, point.merged_into = False, kept
        point.version = next_change()
        point.save(force_update=True)
        _record("point.merged", point, by=by, at=at, into=kept.pk)
    return point


def _alter(
    point_id: int, changes: dict[str, Any], *, by: Actor, at: datetime, seen: int | None = None
) -> ServicePoint:
    with write():
        point = ServicePoint.objects.select_for_update().get(pk=point_id)
        check_keep_points(by, point.place)
        if seen is not None and seen != point.version:
            raise ValidationError(_("Somebody changed this point since you opened it. Look at it again."))
        before = {name: getattr(point, name) for name in changes}
        for name, value in changes.items():
            setattr(point, name, value)
        check_keep_points(by, point.place)
        if changes != {"active": False}:
            check_point(point, day_of(at))
        altered = sorted(name for name in changes if getattr(point, name) != before[name])
        if not altered:
            return point
        point.version = next_change()
        point.save(force_update=True)
        _record("point.altered", point, by=by, at=at, fields=altered)
    return point


def _record(kind: str, point: ServicePoint, *, by: Actor, at: datetime, **more: Any) -> None:
    payload = {
        "point": point.pk,
        "place": point.place,
        "active": point.active,
        "version": point.version,
        **more,
    }
    append([NewEvent(STREAM_SITE, point.place // 10**10, kind, payload)], by=by, at=at)
