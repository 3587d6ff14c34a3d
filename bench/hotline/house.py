"""A hotline to measure: an empty database, an exchange of kind ari, one special desk, operators at it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench.register import Opened, configure

REGION = 140581_000000  # Gaoping


@contextmanager
def installed(database: str) -> Iterator[Opened]:
    """An empty installation in a folder of its own, thrown away at the end. Once in a process."""
    folder = Path(tempfile.mkdtemp(prefix="nuanxin-hotline-", dir=os.environ.get("BENCH_DIR")))
    folder.chmod(0o711)  # PostgreSQL runs as another account and must get through
    data = folder / "data"
    data.mkdir()
    made = {"DATA_DIR": str(data), "NUANXIN_DEMO": "1", "RATE_LIMIT": "off",
            "DJANGO_SETTINGS_MODULE": "nuanxin.config.settings"}  # fmt: skip
    server: Any = None
    try:
        if database == "postgresql":
            from bench.register import POSTGRESQL
            from tests.postgresql import Server

            server = Server(options=POSTGRESQL, folder=folder / "postgresql")
            opened = Opened({**made, "DATABASE_URL": server.url}, server.pid)
        else:
            opened = Opened({**made, "DATABASE_URL": f"sqlite:///{data}/nuanxin.sqlite3"})
        configure(opened)
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        yield opened
    finally:
        from django.db import connections

        connections.close_all()
        if server is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Room:
    """The exchange (row), its desk, and the accounts of those who answer."""

    exchange: Any
    desk: Any
    staff: list[Any]


def seated(seats: int, at: datetime, *, ready: bool) -> Room:
    """One special desk round the clock with so many lawyers, all of them ready or all on a break."""
    from nuanxin.accounts.actions import create_staff, grant_role, issue_token
    from nuanxin.accounts.queries import actor_for
    from nuanxin.audit.actor import SYSTEM, Role
    from nuanxin.hotline import actions
    from nuanxin.hotline.models import Exchange, OperatorState
    from nuanxin.hotline.rules.routing import DeskKind
    from nuanxin.network import demo

    demo.load(at)
    token, _ = issue_token(
        label="engine", role=Role.PARTNER, region=REGION, expires_at=at + timedelta(days=90), by=SYSTEM, at=at
    )
    exchange = actions.register_exchange(
        token=token.pk, label="12348", region=REGION, kind=Exchange.Kind.ARI, by=SYSTEM, at=at
    )
    desk = actions.open_desk(
        exchange=exchange, key="migrant", kind=DeskKind.SPECIAL, region=REGION, name_zh="农民工专席",
        languages=["zh"], by=SYSTEM, at=at,
    )  # fmt: skip
    state = OperatorState.State.READY if ready else OperatorState.State.BREAK
    people = []
    for number in range(seats):
        staff = create_staff(
            username=f"seat_{number}", name=f"测律{number}", password=None, office=0, must_change_password=False,
            by=SYSTEM, at=at,
        )  # fmt: skip
        grant_role(staff=staff, role=Role.DUTY_LAWYER, region=REGION, by=SYSTEM, at=at)
        actions.add_operator(
            staff=staff.pk, desk=desk, extension=f"{800 + number}", lawyer=True, by=SYSTEM, at=at
        )
        actions.set_state(state=state, by=actor_for(staff, at), at=at)
        people.append(staff)
    return Room(exchange, desk, people)
