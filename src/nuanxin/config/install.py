"""``nuanxin install``: the first run of a real installation. Run again, it changes nothing that is there."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

import django

from nuanxin.config.environment import read_environment
from nuanxin.config.keys import make_keys

NATION = 0
NEXT_STEPS = """
Installed. Next:
  1. Copy the key file to a safe place of its own: {keys}
     Without it nothing that is encrypted can be read again; backups never contain it.
  2. Set ALLOWED_HOSTS, BASE_URL and SECURE=1 for your address (docs/operate/install.md).
  3. Start `nuanxin serve` and `nuanxin work`, each under your service manager.
  4. Sign in at {base}/desk/ as {username}; enter agencies, staff and promises under /admin/.
  5. Run `nuanxin doctor`: it says what is still missing."""


def main(arguments: Sequence[str]) -> int:
    """Keys, tables, regions, national intake desk, first administrator. Returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="nuanxin install",
        description="First run of a real installation. The password is asked for, or taken from "
        "NUANXIN_ADMIN_PASSWORD; it is never an argument, which others on this machine could read.",
    )
    parser.add_argument("--admin", metavar="USERNAME", help="the first administrator's sign-in name")
    parser.add_argument("--name", help="the first administrator's own name")
    options = parser.parse_args(arguments)
    environment = read_environment()
    keys = environment.keys_file or environment.data_dir / "keys.json"
    if not keys.exists():
        make_keys(keys)
        print(f"made keys: {keys} (mode 600)")
    environment.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    django.setup()
    _fill_tables()
    username = _first_administrator(options.admin, options.name)
    if username is None:
        return 1
    print(NEXT_STEPS.format(keys=keys, base=environment.base_url, username=username))
    return 0


def _fill_tables() -> None:
    """Tables, with regions and the national intake desk, which the first migrations bring; static files."""
    from django.core.management import call_command

    print("bringing the tables up to date …", flush=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)


def _first_administrator(username: str | None, name: str | None) -> str | None:
    """The administrator's sign-in name, made when there is none yet; None when it could not be made."""
    from django.core.exceptions import ValidationError

    from nuanxin.accounts.actions import AccountFault, create_staff, grant_role
    from nuanxin.accounts.models import Grant
    from nuanxin.audit.actor import SYSTEM, Role
    from nuanxin.audit.transactions import write

    present = (
        Grant.objects.filter(role=Role.ADMINISTRATOR, until__isnull=True).select_related("staff").first()
    )
    if present is not None:
        print("there is an administrator already")
        return str(present.staff.username)
    at = datetime.now(UTC)
    try:
        username = username or _ask("first administrator's sign-in name: ")
        name = name or _ask("first administrator's name: ")
        with write():
            staff = create_staff(
                username=username,
                name=name,
                password=_password(),
                must_change_password=False,
                by=SYSTEM,
                at=at,
            )
            grant_role(staff=staff, role=Role.ADMINISTRATOR, region=NATION, by=SYSTEM, at=at)
    except ValidationError as fault:
        print("nuanxin install: " + " ".join(str(message) for message in fault.messages), file=sys.stderr)
        return None
    except AccountFault as fault:
        print(f"nuanxin install: {fault}", file=sys.stderr)
        return None
    except EOFError:
        print(
            "nuanxin install: give --admin, --name and NUANXIN_ADMIN_PASSWORD, or a terminal", file=sys.stderr
        )
        return None
    return str(staff.username)


def _ask(question: str) -> str:
    if not sys.stdin.isatty():
        raise EOFError
    return input(question).strip()


def _password() -> str:
    given = os.environ.get("NUANXIN_ADMIN_PASSWORD")
    if given:
        return given
    if not sys.stdin.isatty():
        raise EOFError
    while True:
        first = getpass.getpass("password (at least 10 characters): ")
        if first == getpass.getpass("the same again: "):
            return first
        print("the two differ; once more")
