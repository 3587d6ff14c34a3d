"""Who may change the network: administrators in their region, and the platform itself."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from nuanxin.audit.actor import Actor, Role

KEEPERS: frozenset[str] = frozenset({Role.CLERK, Role.DECIDER, Role.ADMINISTRATOR})
"""Who keeps service points: the staff of an agency, and administrators, each in their region."""


def may_keep(by: Actor, region: int) -> bool:
    """Whether the actor may keep agencies, promises and settings of a region (0: only with national scope)."""
    return by.has(Role.SYSTEM) or (by.has(Role.ADMINISTRATOR) and by.in_scope(region))


def check_keep(by: Actor, region: int) -> None:
    """Raises PermissionDenied unless ``may_keep``."""
    if not may_keep(by, region):
        raise PermissionDenied(f"no permission to keep the network of region {region}")


def may_keep_points(by: Actor, place: int) -> bool:
    """Whether the actor may keep service points of a place: agency staff and administrators in their region."""
    return by.has(Role.SYSTEM) or by.reaches(place, KEEPERS)


def check_keep_points(by: Actor, place: int) -> None:
    """Raises PermissionDenied unless ``may_keep_points``."""
    if not may_keep_points(by, place):
        raise PermissionDenied(f"no permission to keep service points of {place}")
