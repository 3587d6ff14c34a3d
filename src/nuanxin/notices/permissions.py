"""Who may keep the post."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from nuanxin.audit.actor import Actor, Role


def may_keep(actor: Actor) -> bool:
    """Whether an actor may stop messages, reword them and send them again: administrators, and the system."""
    return actor.has(Role.ADMINISTRATOR, Role.SYSTEM)


def check_may_keep(actor: Actor) -> None:
    """Raises PermissionDenied unless ``may_keep``."""
    if not may_keep(actor):
        raise PermissionDenied
