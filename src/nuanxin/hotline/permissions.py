"""Who may answer calls, tell of them, and keep the desks."""

from __future__ import annotations

from nuanxin.audit.actor import NATION, Actor, Role
from nuanxin.cases.faults import NotPermitted

ANSWERS = frozenset({str(Role.OPERATOR), str(Role.DUTY_LAWYER)})
PLANS = frozenset({str(Role.ADMINISTRATOR), str(Role.DECIDER), str(Role.SUPERVISOR)})
WATCHES = ANSWERS | {str(Role.SUPERVISOR)}
OVERSEES = frozenset(
    {str(Role.SUPERVISOR), str(Role.DECIDER), str(Role.AUDITOR)}
)  # the board and the reports
CHECKS = frozenset({str(Role.SUPERVISOR), str(Role.DECIDER)})
READS_CHECKS = CHECKS | {str(Role.AUDITOR)}


def may_answer(by: Actor, region: int) -> bool:
    """Whether the actor answers calls for desks of a region: operators and duty lawyers there."""
    return by.kind == "staff" and by.reaches(region, ANSWERS)


def may_watch(by: Actor, region: int) -> bool:
    """Whether the actor sees the queue of a region's desks; supervisors see and do not answer."""
    return by.kind == "staff" and by.reaches(region, WATCHES)


def may_listen(by: Actor, region: int) -> bool:
    """Whether the actor may hear a call at a region's desks: supervisors above it."""
    return by.kind == "staff" and by.reaches(region, frozenset({str(Role.SUPERVISOR)}))


def may_check(by: Actor, region: int) -> bool:
    """Whether the actor checks the quality of calls at a region's desks: supervisors above it, deciders there."""
    return by.kind == "staff" and by.reaches(region, CHECKS)


def may_read_checks(by: Actor, region: int) -> bool:
    """Whether the actor reads what came of the checks of a region's desks."""
    return by.kind == "staff" and by.reaches(region, READS_CHECKS)


def may_keep(by: Actor, region: int) -> bool:
    """Whether the actor keeps desks, extensions and exchanges of a region."""
    return by.has(Role.SYSTEM) or (by.has(Role.ADMINISTRATOR) and by.in_scope(region))


def may_keep_codes(by: Actor) -> bool:
    """Whether the actor keeps the registries. They are the same for all desks of the platform, so its administrator
    does and no region's."""
    if by.has(Role.SYSTEM):
        return True
    return by.kind == "staff" and by.has(Role.ADMINISTRATOR) and by.scope == NATION


def may_plan(by: Actor, region: int) -> bool:
    """Whether the actor plans the duty rosters of a region's desks: its head, its administrator, a supervisor above."""
    return by.has(Role.SYSTEM) or (by.kind == "staff" and by.reaches(region, PLANS))


def may_tell(by: Actor, token: int) -> bool:
    """Whether the actor speaks for the exchange with this token. Jobs and commands speak for all."""
    return by.has(Role.SYSTEM) or (by.kind == "partner" and by.has(Role.PARTNER) and by.id == token)


def check(allowed: bool) -> None:
    """Raises NotPermitted."""
    if not allowed:
        raise NotPermitted


APPROVES = frozenset({str(Role.DECIDER), str(Role.SUPERVISOR)})


def may_advise(by: Actor, region: int) -> bool:
    """Whether the actor answers written questions of a region and proposes their answers to the public."""
    return by.kind == "staff" and by.reaches(region, frozenset({str(Role.DUTY_LAWYER)}))


def may_publish(by: Actor, region: int) -> bool:
    """Whether the actor lets an answer out that somebody else has proposed."""
    return by.kind == "staff" and by.reaches(region, APPROVES)
