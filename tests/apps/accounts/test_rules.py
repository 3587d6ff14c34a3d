"""Which role may be granted where."""

from __future__ import annotations

import pytest

from nuanxin.accounts.models.grant import ROLE_NAMES
from nuanxin.accounts.rules import STAFF_ROLES, grant_fault, needs_second_factor
from nuanxin.audit.actor import Role

COUNTY, CITY, TOWN = 140581_000000, 140500_000000, 140581_101000


def test_every_staff_role_has_a_name() -> None:
    assert {str(role) for role in STAFF_ROLES} == set(ROLE_NAMES)


@pytest.mark.parametrize(
    ("role", "region", "office", "held", "fault"),
    [
        (Role.CLERK, COUNTY, 7, set(), None),
        (Role.CLERK, COUNTY, 7, {COUNTY}, None),
        (Role.CLERK, COUNTY, 0, set(), "office_missing"),
        (Role.CLERK, COUNTY, 7, {CITY}, "another_region"),
        (Role.SUPERVISOR, 0, 0, set(), None),
        (Role.SUPERVISOR, TOWN, 0, set(), "supervisor_level"),
        (Role.WORKER, COUNTY, 7, set(), "not_a_staff_role"),
        (Role.SYSTEM, 0, 7, set(), "not_a_staff_role"),
    ],
)
def test_what_a_grant_needs(role: str, region: int, office: int, held: set[int], fault: str | None) -> None:
    assert grant_fault(role, region, office, frozenset(held)) == fault


def test_who_decides_or_watches_needs_a_second_factor() -> None:
    needing = {role for role in STAFF_ROLES if needs_second_factor(frozenset({str(role)}))}
    assert needing == {Role.DECIDER, Role.SUPERVISOR, Role.BUREAU, Role.ADMINISTRATOR, Role.AUDITOR}
