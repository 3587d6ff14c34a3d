"""Who may manage accounts."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from nuanxin.accounts.scope import region_range
from nuanxin.audit.actor import Actor, Role


def may_manage(actor: Actor, region: int) -> bool:
    """Whether an actor may give or take roles in a region. Raises NotARegion.

    An administrator whose scope contains all of it may, and the system (installation, demo).
    """
    if actor.kind == "system":
        return True
    low, high = region_range(region)
    return actor.has(Role.ADMINISTRATOR) and actor.scope[0] <= low and high <= actor.scope[1]


def check_may_manage(actor: Actor, region: int) -> None:
    """Raises PermissionDenied unless ``may_manage``."""
    if not may_manage(actor, region):
        raise PermissionDenied


def check_may_manage_all(actor: Actor, regions: set[int]) -> None:
    """For what touches a whole account (its password, its end): every region in which it holds a role.

    An account without any role may be managed by every administrator. Raises PermissionDenied.
    """
    if actor.kind != "system" and not actor.has(Role.ADMINISTRATOR):
        raise PermissionDenied
    for region in regions:
        check_may_manage(actor, region)
