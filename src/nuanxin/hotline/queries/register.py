"""The register as those who keep it see it: exchanges, desks and seats of their region, tokens and people to choose."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from nuanxin.accounts.models import ApiToken, Grant, Staff
from nuanxin.accounts.queries import grants_at
from nuanxin.audit.actor import Actor, Role
from nuanxin.hotline.models import Desk, Exchange, OperatorState
from nuanxin.hotline.permissions import ANSWERS


def exchanges_kept(by: Actor) -> QuerySet[Exchange]:
    """Exchanges that this person keeps, those in use first."""
    return Exchange.objects.filter(_within(by, "region")).order_by("-active", "region", "pk")


def desks_kept(by: Actor) -> QuerySet[Desk]:
    """Desks that this person keeps, the open ones first, with how many sit there."""
    rows = Desk.objects.filter(_within(by, "region")).select_related("exchange")
    return rows.annotate(people=Count("operators")).order_by("-active", "region", "name_zh", "pk")


def seats_kept(by: Actor) -> QuerySet[OperatorState]:
    """Seats at desks that this person keeps."""
    rows = OperatorState.objects.filter(_within(by, "desk__region")).select_related("desk")
    return rows.order_by("desk__region", "desk__name_zh", "extension")


def tokens_to_give(by: Actor, at: datetime) -> list[ApiToken]:
    """Live partner tokens of the region that speak for no exchange yet."""
    rows = ApiToken.objects.filter(
        _within(by, "region"), role=Role.PARTNER, staff=None, revoked_at=None, expires_at__gt=at
    )
    return list(rows.exclude(pk__in=Exchange.objects.values("token")).order_by("-pk"))


def people_to_seat(by: Actor, at: datetime) -> list[Staff]:
    """Active people who answer calls in this person's region, by name."""
    held = Grant.objects.filter(grants_at(at), _within(by, "region"), role__in=ANSWERS).values("staff_id")
    return list(Staff.objects.filter(pk__in=held, is_active=True).order_by("name", "pk"))


def _within(by: Actor, field: str) -> Q:
    low, high = by.scope
    if not by.has(Role.ADMINISTRATOR, Role.SYSTEM) or high <= 0:
        return Q(pk__in=[])
    return Q(**{f"{field}__gte": low, f"{field}__lte": high})
