"""What every journey needs: the running system, browsers for people, and the tools that pictures need."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.browser import browser
from tests.journeys.server import Server, database_for
from tests.journeys.walker import DESK, LANGUAGES, PHONE, Seen, Walker

__all__ = ["browser"]

Visit = Callable[..., Walker]
_WORDS: set[str] = set()


@pytest.fixture(scope="session")
def cjk_font() -> None:
    """Chinese cannot be judged where it is drawn as boxes."""
    found = shutil.which("fc-list")
    fonts = (
        subprocess.run([found, ":lang=zh"], capture_output=True, text=True, check=False).stdout
        if found
        else ""
    )
    if not fonts.strip():
        pytest.skip("not run: no Chinese font; on Debian or Ubuntu: sudo apt-get install fonts-noto-cjk")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all processes of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def server(cjk_font: None, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Server]:
    """The system as ``make demo`` starts it, without cases; one for each process of the run."""
    running = Server(tmp_path_factory.mktemp("server") / "data", database_for(f"journeys_{worker_id}"))
    yield running
    running.stop()


@pytest.fixture(scope="module", autouse=True)
def quiet_hotline(request: pytest.FixtureRequest) -> None:
    """Every file about the hotline begins with nobody on the line and nobody on duty: files share a server, and a
    person with a call in hand is rightly given no other seat."""
    if request.module.__name__.rpartition(".")[2].startswith("test_hotline"):
        request.getfixturevalue("server").python(QUIET)


QUIET = """
import django
django.setup()
from datetime import UTC, datetime
from nuanxin.audit.actor import SYSTEM
from nuanxin.audit.transactions import write
from nuanxin.hotline.actions.calls import after_all, keep
from nuanxin.hotline.models import Call, CallBack, OperatorState
from nuanxin.hotline.rules.calls import Happening, State
now = datetime.now(UTC)
for call in Call.objects.exclude(state=State.ENDED):
    with write():
        keep(call, after_all(call, Happening.GIVEN_UP, now), by=SYSTEM, at=now)
CallBack.objects.exclude(dialled_by=0).update(dialled_by=0, dialled_at=None)
OperatorState.objects.update(state="off", since=now)
"""


@pytest.fixture
def visit(browser: Browser, server: Server, shared: Path) -> Iterator[Visit]:
    """``visit()`` gives a person with a phone, ``visit(desk=True)`` one at a desk; each has a browser of their own.

    When the journey ends, any server error, broken file or script error met on the way fails it.
    """
    walkers: list[Walker] = []
    seen = Seen(shared / "seen")

    def start(
        *, desk: bool = False, language: str = "zh", width: int = 0, offline: bool = False, **more: Any
    ) -> Walker:
        context = browser.new_context(
            viewport={"width": width or (DESK if desk else PHONE), "height": 800},
            locale=LANGUAGES[language],
            reduced_motion="reduce",
            service_workers="allow" if offline else "block",  # it would hide from us what the server answers
            **more,
        )
        context.set_default_timeout(15_000)
        walker = Walker(context, server.url, seen, _WORDS, language)
        walker.scripts = more.get("java_script_enabled", True)
        walker.log = server.last_errors
        walkers.append(walker)
        return walker

    yield start
    for walker in walkers:
        walker.close()
