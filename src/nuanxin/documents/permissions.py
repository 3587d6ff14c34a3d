"""Who may hand in evidence on a case. Who may read it is who may read the case."""

from __future__ import annotations

from nuanxin.audit.actor import Actor, Role
from nuanxin.cases.models import Case

_OFFICE = frozenset({Role.CLERK, Role.DECIDER, Role.OPERATOR, Role.DUTY_LAWYER})


def may_hand_in(by: Actor, case: Case) -> bool:
    """The worker through the code of the case, its lawyer, and the office that holds it."""
    if by.kind in {"worker", "helper"}:
        return by.id == case.pk and by.has(Role.WORKER, Role.HELPER)
    if by.kind == "staff" and by.has(Role.LAWYER) and by.id == case.lawyer != 0:
        return True
    return by.reaches(case.holder_region, _OFFICE)
