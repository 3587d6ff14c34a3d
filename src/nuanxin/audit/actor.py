"""Who acts: the value that every action takes as ``by=``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

NOWHERE = (0, 0)
NATION = (0, 10**12 - 1)
# What the national desk itself holds: the code 0 alone, since the codes of provinces begin at 11 × 10**10.
NATIONAL_DESK = (0, 10**10 - 1)
# The national desk where a stored region of 0 means "none" (asked to take over, sent it on).
DESK_AS_REGION = 1


class Role(StrEnum):
    """What a person may be. Staff hold these through grants with a region; the others come with the door."""

    WORKER = "worker"
    HELPER = "helper"  # relative, village helper or station clerk who files for a worker
    OPERATOR = "operator"  # takes calls and reports
    DUTY_LAWYER = "duty_lawyer"  # answers questions
    CLERK = "clerk"  # agency staff who receive and review
    DECIDER = "decider"  # agency staff who decide
    LAWYER = "lawyer"  # handles a case
    BUREAU = "bureau"  # justice bureau: objections of Legal Aid Law art. 49
    SUPERVISOR = "supervisor"  # a higher level: reads, puts a case under watch
    PARTNER = "partner"  # another department
    AUDITOR = "auditor"  # reads the record and checks the chain
    ADMINISTRATOR = "administrator"  # keeps reference data and staff
    SYSTEM = "system"  # jobs and commands


# Who works at an office. In a region that is the region's work; for the nation it is that of the national desk,
# since the country has an office in every place. Who watches over the nation sees all of it.
DESK_ROLES: frozenset[str] = frozenset(
    {Role.OPERATOR, Role.DUTY_LAWYER, Role.CLERK, Role.DECIDER, Role.BUREAU}
)


def scope_in_roles(scope: tuple[int, int], roles: frozenset[str]) -> tuple[int, int]:
    """How far these roles reach in a scope: the whole of it, or of the nation the national desk alone."""
    return NATIONAL_DESK if scope == NATION and roles <= DESK_ROLES else scope


@dataclass(frozen=True, slots=True)
class Actor:
    """One acting person or program.

    ``kind`` is staff, worker, helper, partner or system; ``id`` the staff or partner row (0 for the public
    and the system); ``scope`` the inclusive range of 12-digit region codes; ``office`` the agency row, or 0.
    """

    kind: str
    id: int
    roles: frozenset[str]
    scope: tuple[int, int]
    office: int = 0

    def in_scope(self, region: int) -> bool:
        """Whether a 12-digit region code lies in this actor's scope. ``NOWHERE`` contains nothing."""
        low, high = self.scope
        return high > 0 and low <= region <= high

    def reaches(self, region: int, roles: frozenset[str]) -> bool:
        """Whether a region lies where the actor acts in those of these roles that they hold."""
        held = self.roles & roles
        low, high = scope_in_roles(self.scope, held)
        return bool(held) and high > 0 and low <= region <= high

    def has(self, *roles: str) -> bool:
        """Whether the actor holds at least one of the roles."""
        return any(role in self.roles for role in roles)


SYSTEM = Actor("system", 0, frozenset({Role.SYSTEM}), NATION)
WORKER = Actor("worker", 0, frozenset({Role.WORKER}), NOWHERE)
HELPER = Actor("helper", 0, frozenset({Role.HELPER}), NOWHERE)
