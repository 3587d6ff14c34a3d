"""Staff accounts for tests, through the real actions."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

from nuanxin.accounts.actions import create_staff, grant_role
from nuanxin.accounts.models import Staff
from nuanxin.audit.actor import SYSTEM, Role

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
GAOPING = 140581_000000
PASSWORD = "correct-horse-battery"
_numbers = itertools.count(1)


def make_staff(
    role: str | None = Role.CLERK,
    region: int = GAOPING,
    *,
    office: int = 1,
    username: str = "",
    password: str = PASSWORD,
    at: datetime = AT,
) -> Staff:
    """A person who may sign in, with one role (or none) in one region since ``at``."""
    name = username or f"staff{next(_numbers)}"
    staff = create_staff(
        username=name,
        name=f"测试{name}",
        password=password,
        office=office,
        must_change_password=False,
        by=SYSTEM,
        at=at,
    )
    if role is not None:
        grant_role(staff=staff, role=role, region=region, by=SYSTEM, at=at)
    return staff
