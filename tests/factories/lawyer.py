"""Lawyers and firms for tests, through the real actions."""

from __future__ import annotations

from datetime import date
from typing import Any

from nuanxin.accounts.models import Staff
from nuanxin.accounts.queries import actor_for
from nuanxin.assignment.actions import add_firm, declare_client, register_lawyer
from nuanxin.assignment.models import Client, Firm, Lawyer
from nuanxin.audit.actor import SYSTEM, Actor, Role
from tests.factories.staff import AT, GAOPING, make_staff

JINCHENG = 140500_000000


def firm(name: str = "测试律师事务所", region: int = JINCHENG) -> Firm:
    return add_firm(name_zh=name, name_en="", place=region, by=SYSTEM, at=AT)


def lawyer(
    of: Firm | None = None, region: int = GAOPING, *, role: Role = Role.LAWYER, **about: Any
) -> Lawyer:
    """Somebody with an account who takes cases."""
    staff = make_staff(role, region // 10**8 * 10**8, at=AT)
    said: dict[str, Any] = {"specialties": ["labour"], "languages": ["zh"], "capacity": 20, **about}
    return register_lawyer(staff=staff.pk, firm=of, place=region, by=SYSTEM, at=AT, **said)


def acting(one: Lawyer) -> Actor:
    """The lawyer as somebody who acts."""
    return actor_for(Staff.objects.get(pk=one.staff), AT)


def client_of(owner: Firm | Lawyer, name: str = "", uscc: str = "", until: date | None = None) -> Client:
    mine = {"firm": owner, "lawyer": None} if isinstance(owner, Firm) else {"firm": None, "lawyer": owner}
    return declare_client(**mine, name=name, uscc=uscc, since=date(2020, 1, 1), until=until, by=SYSTEM, at=AT)
