"""What roles are allowed and asked, as plain values. No Django, no clock."""

from __future__ import annotations

from nuanxin.accounts.scope import Level, level_of
from nuanxin.audit.actor import Role

# Roles that a staff account can hold. Worker, helper and system are nobody's account.
STAFF_ROLES: frozenset[Role] = frozenset(
    {
        Role.OPERATOR,
        Role.DUTY_LAWYER,
        Role.CLERK,
        Role.DECIDER,
        Role.LAWYER,
        Role.BUREAU,
        Role.SUPERVISOR,
        Role.PARTNER,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    }
)

# Who decides, overrules, watches or configures signs in with a second factor (switched off in a demo).
SECOND_FACTOR_ROLES: frozenset[Role] = frozenset(
    {Role.DECIDER, Role.SUPERVISOR, Role.BUREAU, Role.ADMINISTRATOR, Role.AUDITOR}
)

# Roles that work what one office holds: without an office they could reach nothing, so it is asked for.
OFFICE_ROLES: frozenset[Role] = frozenset({Role.CLERK, Role.DECIDER, Role.BUREAU})

# A supervisor stands at one of four levels; townships and villages have none.
SUPERVISOR_LEVELS: frozenset[Level] = frozenset({Level.NATION, Level.PROVINCE, Level.CITY, Level.COUNTY})


def needs_second_factor(roles: frozenset[str]) -> bool:
    """Whether a holder of these roles must sign in with a second factor."""
    return bool(roles & SECOND_FACTOR_ROLES)


def grant_fault(role: str, region: int, office: int, held_regions: frozenset[int]) -> str | None:
    """Why a role may not be granted, as a stable code, or None when it may.

    ``held_regions``: regions of the grants the person already holds in the same time. All must be equal, as
    an actor has one scope and a wider second role would widen the first. Raises NotARegion.
    """
    level = level_of(region)
    if role not in STAFF_ROLES:
        return "not_a_staff_role"
    if role == Role.SUPERVISOR and level not in SUPERVISOR_LEVELS:
        return "supervisor_level"
    if role in OFFICE_ROLES and not office:
        return "office_missing"
    if held_regions - {region}:
        return "another_region"
    return None
