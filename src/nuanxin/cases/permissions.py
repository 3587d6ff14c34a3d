"""Who may: roles and scope. When a move is allowed is another question, answered in ``policies``."""

from __future__ import annotations

from typing import Protocol

from nuanxin.audit.actor import Actor, Role
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
    lawyer: int
    offered_to: int


def _own(by: Actor, case: Held) -> bool:
    """A worker has come through the code of this very case; a lawyer was asked or has accepted."""
    if by.kind in {"worker", "helper"}:
        return by.id == case.id
    return by.id != 0 and by.id in {case.lawyer, case.offered_to}


def may(by: Actor, row: Transition, case: Held) -> bool:
    """Whether this actor may make this move on this case."""
    roles = frozenset(row.roles) & by.roles
    if not roles:
        return False
    if Role.SYSTEM in roles:
        return True
    if roles & _PUBLIC and _own(by, case):
        return True
    if Role.LAWYER in roles and _own(by, case):
        return True
    office = roles - _PUBLIC - {Role.LAWYER}
    region = case.transfer_region if row.scope == "receiver" else case.holder_region
    return bool(office) and by.in_scope(region)


def may_read(by: Actor, case: Held) -> bool:
    """Whether this actor may open this case at all."""
    if by.has(Role.SYSTEM) or _own(by, case):
        return True
    if not by.roles & READERS:
        return False
    return by.in_scope(case.holder_region) or (case.transfer_region > 0 and by.in_scope(case.transfer_region))
