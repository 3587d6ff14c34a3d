"""Who may keep the register of lawyers: administrators in their region, and the platform itself."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from nuanxin.audit.actor import Actor, Role


def may_keep(by: Actor, region: int) -> bool:
    """Whether the actor may keep firms, lawyers and clients of a region."""
    return by.has(Role.SYSTEM) or (by.has(Role.ADMINISTRATOR) and by.in_scope(region))


def check_keep(by: Actor, region: int) -> None:
    """Raises PermissionDenied unless ``may_keep``."""
    if not may_keep(by, region):
        raise PermissionDenied(f"no permission to keep the register of lawyers of region {region}")
