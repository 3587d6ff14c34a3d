"""``nuanxin COMMAND …``: one table of every command.

A command is either a function ``(arguments) -> exit code`` named here by module, imported only when it is
called, or (``django``) a Django management command of the same name in the room that owns it. Exit codes:
0 done, 1 found wanting, 2 bad arguments.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from nuanxin.config.environment import EnvironmentFault


@dataclass(frozen=True, slots=True)
class Command:
    """One line of ``nuanxin --help``. ``target``: ``module:function``, or empty for a management command."""

    name: str
    summary: str
    target: str = ""


COMMANDS = (
    Command("demo", "the whole system with demo data, on this machine", "nuanxin.config.demonstrate:main"),
    Command("install", "first run of a real installation: keys, tables, regions, first administrator",
            "nuanxin.config.install:main"),
    Command("serve", "answer web and API requests", "nuanxin.config.serve:main"),
    Command("work", "run the background jobs: clocks, notices, recalls"),
    Command("law", "ask the law engine: question in, cited answer out, as JSON", "nuanxin.config.law:main"),
    Command("network", "the service network: nearest points, coverage, siting, import and export, roads"),
    Command("hotline", "12348: exchanges, desks, who sits where, calls against the exchange's records"),
    Command("staff", "list accounts, add one, give and end roles, new password"),
    Command("token", "list, issue and end the tokens that programs use"),
    Command("audit", "verify the event log, or export its signed heads"),
    Command("keys", "show, add and rotate the keys of this installation"),
    Command("backup", "one archive of database and evidence, taken while serving; never the keys",
            "nuanxin.config.backups.take:main"),
    Command("restore", "bring an archive back and verify its events", "nuanxin.config.backups.restore:main"),
    Command("doctor", "check keys, database, disk, clock, fonts, scanner, gateway, worker",
            "nuanxin.config.doctor:main"),
    Command("docs", "write the generated pages of docs/ anew", "nuanxin.config.documents:main"),
    Command("migrate", "bring the database's tables up to this version"),
)  # fmt: skip
BY_NAME = {command.name: command for command in COMMANDS}


def help_text() -> str:
    """Every command with one line each."""
    width = max(len(command.name) for command in COMMANDS)
    lines = [f"  {command.name:<{width}}  {command.summary}" for command in COMMANDS]
    return "\n".join(
        [
            "usage: nuanxin COMMAND [arguments]",
            "",
            "Free legal aid that gets migrant workers their unpaid wages.",
            "",
            *lines,
            "",
            "nuanxin COMMAND --help tells more. Exit codes: 0 done, 1 found wanting, 2 bad arguments.",
        ]
    )


def run(arguments: Sequence[str]) -> int:
    """Run one command line, without the program's name. Returns the exit code."""
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(help_text())
        return 0 if arguments else 2
    if arguments[0] == "--version":
        from nuanxin import __version__

        print(__version__)
        return 0
    name, rest = arguments[0], list(arguments[1:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nuanxin.config.settings")
    try:
        return _call(name, rest)
    except EnvironmentFault as fault:
        print(f"nuanxin {name}: {fault}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader (head, less) has gone; nothing is wrong here.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _known(name: str) -> bool:
    """Whether a command is in the table, one of Django's own, or a room's."""
    import django
    from django.core import management

    if name in BY_NAME or name in management.find_commands(management.__path__[0]):
        return True
    try:
        django.setup()  # before it, Django knows no command of a room
    except EnvironmentFault:
        return False
    return name in management.get_commands()


def _call(name: str, rest: list[str]) -> int:
    command = BY_NAME.get(name)
    if command is not None and command.target:
        module, function = command.target.split(":")
        return int(getattr(importlib.import_module(module), function)(rest))
    from django.core.management import execute_from_command_line

    if not _known(name):
        near = get_close_matches(name, BY_NAME, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        print(f"nuanxin: there is no command {name}.{hint} nuanxin --help lists them.", file=sys.stderr)
        return 2
    try:  # a room's management command, or one of Django's own
        execute_from_command_line(["nuanxin", name, *rest])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0
