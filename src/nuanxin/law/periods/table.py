"""Every period the engine knows, by key, and the provincial rules laid over them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nuanxin.law.parameters import find, found_basis
from nuanxin.law.periods import (
    arbitration,
    court,
    enforcement,
    inspection,
    legal_aid,
    payment_order,
    work_injury,
)
from nuanxin.law.periods.rule import Rule

_FAMILIES = (legal_aid, arbitration, court, payment_order, inspection, enforcement, work_injury)
RULES: dict[str, Rule] = {rule.key: rule for family in _FAMILIES for rule in family.RULES}


def provincial(rule: Rule, place: str | None, on: date) -> Rule | None:
    """The province's own form of ``rule`` on that day; None where the national rule stands alone."""
    row = find("legal_aid_periods", place=place, on=on, key=rule.key)
    if row is None:
        return None
    return replace(
        rule,
        count=row.value["count"],
        unit=row.value["unit"],
        since=row.since,
        basis=(found_basis(row), *rule.basis),
    )
