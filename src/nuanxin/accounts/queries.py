"""Reads: who somebody is, and what they may do now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from nuanxin.accounts.models import ApiToken, Grant, Staff
from nuanxin.accounts.scope import intersection, region_range
from nuanxin.audit.actor import NOWHERE, Actor, scope_in_roles


def grants_at(at: datetime) -> Q:
    """Grants in force at an instant."""
    return Q(since__lte=at) & (Q(until__isnull=True) | Q(until__gt=at))


def actor_from(staff: Staff, grants: Iterable[Grant]) -> Actor:
    """The actor that a person is by these grants; with none, a signed-in person who may do nothing."""
    held = list(grants)
    scope = intersection(frozenset(grant.region for grant in held)) if held else NOWHERE
    return Actor("staff", staff.pk, frozenset(grant.role for grant in held), scope, staff.office_id)


def actor_for(staff: Staff, at: datetime) -> Actor:
    """The actor that a person is at an instant. One query, none when the session loaded the person.

    An inactive account holds no role.
    """
    if not staff.is_active:
        return Actor("staff", staff.pk, frozenset(), NOWHERE, staff.office_id)
    if staff.loaded_grants is not None:
        return actor_from(staff, (grant for grant in staff.loaded_grants if grant.in_force(at)))
    return actor_from(staff, Grant.objects.filter(grants_at(at), staff_id=staff.pk))


def staff_with_grants(staff_id: int) -> Staff | None:
    """A person who may sign in, with all their grants loaded: one query, two for one without any."""
    grants = list(Grant.objects.filter(staff_id=staff_id).select_related("staff"))
    staff = grants[0].staff if grants else Staff.objects.filter(pk=staff_id).first()
    if staff is None or not staff.is_active:
        return None
    staff.loaded_grants = grants
    return staff


def token_digest(token: str) -> bytes:
    """What is stored of a token. It has 256 random bits, so a plain hash cannot be searched; an unkeyed one
    also outlives the rotation of the installation's keys."""
    return hashlib.sha256(token.encode()).digest()


def live_token(token: str, at: datetime) -> ApiToken | None:
    """The token that was presented, if it is neither expired nor revoked. One query."""
    return (
        ApiToken.objects.filter(digest=token_digest(token), revoked_at__isnull=True, expires_at__gt=at)
        .select_related("staff")
        .first()
    )


def actor_for_token(token: ApiToken, at: datetime) -> Actor | None:
    """The actor that a token is; None when its person has lost the role, or may no longer sign in.

    A person's token keeps its own region but never reaches beyond the person's.
    """
    if token.staff is None:
        return Actor(
            "partner", token.pk, frozenset({token.role}), region_range(token.region), token.office_id
        )
    actor = actor_for(token.staff, at)
    if token.role not in actor.roles:
        return None
    low, high = region_range(token.region)
    widest = scope_in_roles(actor.scope, frozenset({token.role}))
    if (low, high) != actor.scope:  # the national desk's clerk has no token for a county either
        low, high = max(low, widest[0]), min(high, widest[1])
    scope = (low, high) if low <= high else NOWHERE
    return Actor("staff", actor.id, frozenset({token.role}), scope, actor.office)


def staff_in_scope(actor: Actor, at: datetime) -> QuerySet[Staff]:
    """Staff that an administrator sees: those whose every grant in force lies in the actor's scope, and
    those who hold none."""
    low, high = actor.scope
    beyond = Grant.objects.filter(grants_at(at)).exclude(region__gte=low, region__lte=high).values("staff_id")
    return Staff.objects.exclude(pk__in=beyond)


def holders_of(role: str, region: int, at: datetime) -> QuerySet[Staff]:
    """Active people who hold a role in a region or one that contains it, nearest first not promised."""
    wider = [region // width * width for width in (1, 10**3, 10**6, 10**8, 10**10)] + [0]
    held = Grant.objects.filter(grants_at(at), role=role, region__in=wider).values("staff_id")
    return Staff.objects.filter(pk__in=held, is_active=True)


def without_anybody(role: str, regions: Iterable[int], at: datetime) -> set[int]:
    """Those of the regions in which nobody who may sign in acts in a role. One query.

    Region 0 is the national desk: nobody of a region works there, and who works there works nowhere else.
    """
    held = Grant.objects.filter(grants_at(at), role=role, staff__is_active=True).values_list(
        "region", flat=True
    )
    reached = [scope_in_roles(region_range(region), frozenset({role})) for region in set(held)]
    return {region for region in regions if not any(low <= region <= high for low, high in reached)}


def names_of(staff_ids: Iterable[int]) -> dict[int, str]:
    """Names for a list page, in one query; ids that do not exist are left out."""
    return dict(Staff.objects.filter(pk__in=set(staff_ids)).values_list("pk", "name"))
