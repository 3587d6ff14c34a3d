"""Who may: roles and scope. When a move is allowed is another question, answered in ``policies``."""

from __future__ import annotations

from typing import Protocol

from nuanxin.accounts.scope import region_range
from nuanxin.audit.actor import NOWHERE, Actor, Role, scope_in_roles
from nuanxin.cases.rules.transitions import Transition

_PUBLIC = frozenset({Role.WORKER, Role.HELPER})
# Roles that read the cases of their region, whether they work on them or not.
READERS: frozenset[str] = frozenset({
    Role.SUPERVISOR, Role.AUDITOR, Role.BUREAU, Role.OPERATOR, Role.CLERK, Role.DECIDER, Role.DUTY_LAWYER,
})  # fmt: skip


class Held(Protocol):
    """What permission needs to know of a case."""

    id: int
    holder_region: int
    transfer_region: int
    sent_from: int
    lawyer: int
    offered_to: int


def _through_code(by: Actor, case: Held) -> bool:
    """A worker or helper who has come through the code of this very case."""
    return by.kind in {"worker", "helper"} and by.id == case.id


def _is(by: Actor, staff: int) -> bool:
    return by.kind == "staff" and by.id != 0 and by.id == staff


def may(by: Actor, row: Transition, case: Held) -> bool:
    """Whether this actor may make this move on this case.

    The worker moves their own case, the lawyer the one they have accepted; a lawyer who was only asked may
    answer and nothing else. All others need the region of the office that holds the case, or is to take it;
    the national desk works what it holds itself.
    """
    roles = frozenset(row.roles) & by.roles
    if not roles:
        return False
    if Role.SYSTEM in roles:
        return True
    if roles & _PUBLIC and _through_code(by, case):
        return True
    if Role.LAWYER in roles and _is(by, case.offered_to if row.scope == "offered" else case.lawyer):
        return True
    office = roles - _PUBLIC - {Role.LAWYER}
    if row.scope == "receiver":
        return case.transfer_region > 0 and by.reaches(case.transfer_region, office)
    return by.reaches(case.holder_region, office)


def above(by: Actor, region: int) -> bool:
    """Whether this person is of a level above the office of a region; above the nation's there is none."""
    low, high = region_range(region)
    contains = by.scope[0] <= low and high <= by.scope[1]
    return contains and (by.scope != (low, high) or region == 0)


def reading_scope(by: Actor) -> tuple[int, int]:
    """The regions whose cases this actor reads by role: all of the nation only for who watches over it."""
    held = by.roles & READERS
    return scope_in_roles(by.scope, held) if held else NOWHERE


def may_read(by: Actor, case: Held) -> bool:
    """Whether this actor may open this case at all.

    The office that sent it on keeps reading it, and the one that is asked to take it reads it already.
    """
    if by.has(Role.SYSTEM) or _through_code(by, case) or _is(by, case.lawyer) or _is(by, case.offered_to):
        return True
    if not by.roles & READERS:
        return False
    return _reads_by_role(by, case)


def _reads_by_role(by: Actor, case: Held) -> bool:
    others = [region for region in (case.transfer_region, case.sent_from) if region]
    return any(by.reaches(region, READERS) for region in (case.holder_region, *others))


def only_asked(by: Actor, case: Held) -> bool:
    """Whether this person reads the case for one reason: a lawyer who is asked to take it and has not answered.

    They see what they need to say yes or no, and not what the office writes for itself.
    """
    if not _is(by, case.offered_to) or _is(by, case.lawyer):
        return False
    return not (by.roles & READERS and _reads_by_role(by, case))
