"""Agencies for tests, opened through the action as in production."""

from __future__ import annotations

from datetime import UTC, datetime

from nuanxin.audit.actor import NATION, Actor, Role
from nuanxin.network.actions import create_agency
from nuanxin.network.models import Agency

OPENED_AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def administrator(scope: tuple[int, int] = NATION) -> Actor:
    """Somebody who may keep the network of a range of regions."""
    return Actor("staff", 7, frozenset({Role.ADMINISTRATOR}), scope)


def agency(region: int, kind: str = Agency.Kind.LEGAL_AID, *, by: Actor | None = None) -> Agency:
    """An office that serves a 12-digit region."""
    return create_agency(
        kind=kind,
        region=region,
        name_zh=f"{kind}{region}",
        name_en=f"{kind} {region}",
        by=by or administrator(),
        at=OPENED_AT,
    )
