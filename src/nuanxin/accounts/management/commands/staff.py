"""``nuanxin staff``: accounts and roles from the command line, for an installation and for emergencies."""

from __future__ import annotations

import json
import secrets
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from nuanxin.accounts import actions
from nuanxin.accounts.models import Grant, Staff
from nuanxin.accounts.queries import grants_at
from nuanxin.accounts.rules import STAFF_ROLES
from nuanxin.accounts.scope import NotARegion
from nuanxin.audit.actor import SYSTEM

ROLES = sorted(str(role) for role in STAFF_ROLES)


def region_of(text: str) -> int:
    """Six or twelve digits; 000000 is the nation. Raises CommandError."""
    if not (text.isascii() and text.isdigit() and len(text) in {6, 12}):
        raise CommandError("a region has six digits, such as 140581; 000000 is the nation", returncode=2)
    return int(text) * (10**6 if len(text) == 6 else 1)


class Command(BaseCommand):
    help = (
        "Accounts and roles. Who has a shell on the server acts as the system; every change is on the record."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        does = parser.add_subparsers(dest="does", required=True)
        listed = does.add_parser("list", help="every account with its roles")
        listed.add_argument("--json", action="store_true")
        add = does.add_parser("add", help="make an account; prints its first password")
        add.add_argument("username")
        add.add_argument("--name", required=True)
        add.add_argument("--office", type=int, default=0, help="number of the agency")
        for verb, said in (("grant", "give a role"), ("revoke", "end a role")):
            role = does.add_parser(verb, help=said)
            role.add_argument("username")
            role.add_argument("role", choices=ROLES)
            if verb == "grant":
                role.add_argument("region", help="six digits; 000000 is the nation")
        does.add_parser("end", help="end an account").add_argument("username")
        does.add_parser("password", help="give a new first password").add_argument("username")
        does.add_parser("second-factor", help="remove a lost second factor").add_argument("username")

    def handle(self, *, does: str, **given: Any) -> None:
        at = datetime.now(UTC)
        try:
            getattr(self, f"do_{does.replace('-', '_')}")(at=at, **given)
        except Staff.DoesNotExist as fault:
            raise CommandError(f"there is no account {given['username']}") from fault
        except (actions.AccountFault, NotARegion) as fault:
            raise CommandError(str(fault)) from fault
        except ValidationError as fault:
            raise CommandError(" ".join(fault.messages)) from fault

    def do_list(self, *, at: datetime, json: bool, **_: Any) -> None:
        """Print every account."""
        held: dict[int, list[dict[str, Any]]] = {}
        for grant in Grant.objects.filter(grants_at(at)):
            role = {"role": grant.role, "region": f"{grant.region // 10**6:06d}"}
            held.setdefault(grant.staff_id, []).append(role)
        rows: list[dict[str, Any]] = [
            {"username": staff.username, "active": staff.is_active, "office": staff.office_id,
             "roles": held.get(staff.pk, [])}
            for staff in Staff.objects.order_by("username")
        ]  # fmt: skip
        if json:
            self.stdout.write(_json(rows))
            return
        for row in rows:
            roles = ", ".join(f"{role['role']} {role['region']}" for role in row["roles"]) or "no role"
            self.stdout.write(f"{row['username']:<24} {roles}{'' if row['active'] else ' (ended)'}")

    def do_add(self, *, at: datetime, username: str, name: str, office: int, **_: Any) -> None:
        """Make an account."""
        password = secrets.token_urlsafe(12)
        actions.create_staff(username=username, name=name, password=password, office=office, by=SYSTEM, at=at)
        self.stdout.write(f"first password of {username}, to be changed at sign-in: {password}")

    def do_grant(self, *, at: datetime, username: str, role: str, region: str, **_: Any) -> None:
        """Give a role."""
        staff = _staff(username)
        actions.grant_role(staff=staff, role=role, region=region_of(region), by=SYSTEM, at=at)

    def do_revoke(self, *, at: datetime, username: str, role: str, **_: Any) -> None:
        """End a role."""
        actions.revoke_role(staff=_staff(username), role=role, by=SYSTEM, at=at)

    def do_end(self, *, at: datetime, username: str, **_: Any) -> None:
        """End an account."""
        actions.deactivate(staff=_staff(username), by=SYSTEM, at=at)

    def do_password(self, *, at: datetime, username: str, **_: Any) -> None:
        """Give a new password."""
        password = actions.reset_password(staff=_staff(username), by=SYSTEM, at=at)
        self.stdout.write(f"new password of {username}, to be changed at sign-in: {password}")

    def do_second_factor(self, *, at: datetime, username: str, **_: Any) -> None:
        """Remove a lost second factor."""
        actions.reset_second_factor(staff=_staff(username), by=SYSTEM, at=at)


def _staff(username: str) -> Staff:
    return Staff.objects.get_by_natural_key(username)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
