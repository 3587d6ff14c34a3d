"""``nuanxin token``: tokens for programs."""

from __future__ import annotations

import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nuanxin.accounts import actions
from nuanxin.accounts.management.commands.staff import ROLES, region_of
from nuanxin.accounts.models import ApiToken, Staff
from nuanxin.accounts.scope import NotARegion
from nuanxin.audit.actor import SYSTEM

MOST_DAYS = 366


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_DAYS):
        raise ArgumentTypeError(f"{text}: a token lives 1 to {MOST_DAYS} days")
    return int(text)


class Command(BaseCommand):
    help = "Tokens for programs: shown once when issued, stored as a hash, on the record."

    def add_arguments(self, parser: ArgumentParser) -> None:
        does = parser.add_subparsers(dest="does", required=True)
        issue = does.add_parser("issue", help="issue a token and print it")
        issue.add_argument("label", help="what it is for")
        issue.add_argument("--role", choices=ROLES, required=True)
        issue.add_argument("--region", required=True, help="six digits; 000000 is the nation")
        issue.add_argument("--days", type=_days, default=90, help="how long it lives, at most 366")
        issue.add_argument("--staff", metavar="USERNAME", help="acts as this person; without: a partner")
        issue.add_argument("--office", type=int, default=0, help="number of the agency")
        issue.add_argument("--json", action="store_true")
        does.add_parser("revoke", help="end a token").add_argument("id", type=int)
        does.add_parser("list", help="every token").add_argument("--json", action="store_true")

    def handle(self, *, does: str, **given: Any) -> None:
        at = datetime.now(UTC)
        try:
            getattr(self, f"do_{does}")(at=at, **given)
        except (actions.AccountFault, NotARegion) as fault:
            raise CommandError(str(fault)) from fault
        except Staff.DoesNotExist as fault:
            raise CommandError(f"there is no account {given['staff']}") from fault
        except ApiToken.DoesNotExist as fault:
            raise CommandError(f"there is no token {given['id']}") from fault

    def do_issue(self, *, at: datetime, label: str, role: str, region: str, days: int, **given: Any) -> None:
        """Issue and print."""
        staff = Staff.objects.get_by_natural_key(given["staff"]) if given["staff"] else None
        token, secret = actions.issue_token(
            label=label,
            role=role,
            region=region_of(region),
            expires_at=at + timedelta(days=days),
            staff=staff,
            office=given["office"],
            by=SYSTEM,
            at=at,
        )
        said = {"id": token.pk, "token": secret, "expires": token.expires_at.isoformat()}
        self.stdout.write(json.dumps(said) if given["json"] else secret)

    def do_revoke(self, *, at: datetime, id: int, **_: Any) -> None:
        """End."""
        actions.revoke_token(token=ApiToken.objects.get(pk=id), by=SYSTEM, at=at)

    def do_list(self, *, at: datetime, json: bool, **_: Any) -> None:
        """Print."""
        rows = [_said(token, at) for token in ApiToken.objects.select_related("staff")]
        if json:
            self.stdout.write(_json(rows))
            return
        for row in rows:
            text = "{id:>6} {begins}… {role} {region} {state} until {expires} {label}".format(**row)
            self.stdout.write(text)


def _said(token: ApiToken, at: datetime) -> dict[str, Any]:
    state = "ended" if token.revoked_at else "expired" if token.expires_at <= at else "live"
    return {
        "id": token.pk,
        "begins": token.hint,
        "label": token.label,
        "role": token.role,
        "region": f"{token.region // 10**6:06d}",
        "staff": token.staff.username if token.staff else "",
        "state": state,
        "expires": token.expires_at.date().isoformat(),
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
