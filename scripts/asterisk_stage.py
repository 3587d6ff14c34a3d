"""The stage of ``scripts.try_asterisk``: a demonstration, a gateway, an Asterisk, callers and telephones."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from ssl import create_default_context
from typing import Any
from urllib.parse import urlsplit

from nuanxin.hotline.prompt_files import MUSIC, pitches
from scripts.sip_telephone import Talk, Telephone
from scripts.try_browser_telephone import PASSWORD, Exchange, Network
from tests.journeys.server import Server

EXCHANGE = ("127.0.0.1", 5060)
CALLER, VOICES = 400, {"801": 550, "802": 650, "803": 750, "804": 850}  # hertz
PEOPLE = {"801": "operator", "802": "duty_lawyer", "803": "operator3", "804": "operator4"}


async def until(what: Callable[[], Any], within: float = 15, why: str | Callable[[], str] = "") -> Any:
    """Wait for something, and give it back. ``why``: what is said where it does not come."""
    deadline = time.monotonic() + within
    while not (found := what()):
        if time.monotonic() > deadline:
            raise AssertionError(
                f"did not come within {within:.0f} s: {why if isinstance(why, str) else why()}"
            )
        await asyncio.sleep(0.1)
    return found


class Stage:
    """All of it."""

    def __init__(self, folder: Path, given: argparse.Namespace) -> None:
        self.given, self.folder = given, folder
        self.exchange = Exchange(given.asterisk, given.include)
        self.server = Server(folder)
        self.trunk = Telephone("127.0.0.2", 5070, EXCHANGE, hertz=CALLER)
        self.phones = {
            name: Telephone("127.0.0.3", 5000 + int(name), EXCHANGE, name=name, hertz=voice)
            for name, voice in VOICES.items()
        }
        ari = urlsplit(given.ari)
        self.network = Network((ari.hostname or "127.0.0.1", ari.port or 8088))
        self.gateway: subprocess.Popen[bytes] | None = None
        self.before: list[str] = []  # recordings that lay at Asterisk already, of calls of another platform
        self.number, self.calls, self.began = 0, 0, datetime.now(UTC)

    # ---- up and down

    async def open(self) -> None:
        """Build it up."""
        own = self.server._own_environment()
        os.environ.update({key: own[key] for key in ("DATA_DIR", "NUANXIN_DEMO", "DJANGO_SETTINGS_MODULE")})
        os.environ.pop("NUANXIN_TEST", None)
        import django

        django.setup()
        self._register()
        self.exchange.include.write_text(self.run("hotline", "pjsip", "--exchange", str(self.number)))
        self.exchange.do("module reload res_pjsip.so")
        await asyncio.sleep(
            3
        )  # the reload goes on behind the answer, and would forget who registers meanwhile
        self.before = self.stored()
        await self.trunk.open()
        for phone in self.phones.values():
            await phone.open()
        await self.sign_in()
        await self.start_gateway()

    async def sign_in(self, again: int = 5) -> None:
        """Register every telephone, with the passwords that Asterisk was given."""
        passwords = dict(re.findall(r"username=(\w+)\npassword=(\S+)", self.exchange.include.read_text()))
        for name, phone in self.phones.items():
            for _ in range(6):  # an Asterisk that is just starting answers late
                if await phone.register(passwords[name]):
                    break
            else:
                raise AssertionError(f"{name} is not taken")
        await asyncio.sleep(1)
        there = self.exchange.do("pjsip show contacts")
        lost = [name for name in self.phones if f"{name}/sip:" not in there]
        if lost and again:  # a reload that was still going on has forgotten them
            await self.sign_in(again=again - 1)
        elif lost:
            raise AssertionError(f"Asterisk has forgotten {lost}")
        await until(self.reachable, 40, "Asterisk sees every telephone")

    def reachable(self) -> bool:
        """Whether Asterisk has seen every telephone answer when it asked last; on a busy machine some answer too late,
        and are asked again after half a minute."""
        there = self.exchange.do("pjsip show contacts")
        return all(re.search(rf"{name}/sip:\S+ +\S+ +Avail", there) for name in self.phones)

    def _register(self) -> None:
        token = json.loads(
            self.run("token", "issue", "try", "--role", "partner", "--region", "140000", "--json")
        )
        self.number = int(
            self.run(
                "hotline",
                "exchange",
                "12348",
                "--token",
                str(token["id"]),
                "--region",
                "140000",
                "--kind",
                "ari",
            )
        )
        at = ("--exchange", str(self.number), "--region", "140000")
        desks = [
            self.run("hotline", "desk", "migrant", "农民工专席", *at, "--kind", "special").strip(),
            self.run("hotline", "desk", "general", "综合席", *at).strip(),
            self.run("hotline", "desk", "emergency", "紧急专线", *at, "--kind", "emergency").strip(),
        ]
        self.desks = dict(zip(("special", "general", "emergency"), map(int, desks), strict=True))
        from nuanxin.accounts.actions import create_staff, grant_role
        from nuanxin.audit.actor import SYSTEM, Role

        for name in ("operator3", "operator4"):
            person = create_staff(
                username=name, name=name, password=PASSWORD, office=1, must_change_password=False, by=SYSTEM, at=self.began
            )  # fmt: skip
            grant_role(staff=person, role=Role.OPERATOR, region=140000_000000, by=SYSTEM, at=self.began)
        for extension, name in PEOPLE.items():
            desk = desks[0] if extension in {"803", "804"} else desks[1]
            self.run("hotline", "seat", name, "--desk", desk, "--extension", extension, "--desk-phone")

    def run(self, *command: str) -> str:
        """One command of the platform, and what it prints."""
        done = self.server.run(*command)
        if done.returncode:
            raise SystemExit(done.stderr or done.stdout)
        return done.stdout

    async def start_gateway(self) -> None:
        """Start one and wait until it is ready."""
        environment = self.server._own_environment() | {
            "ARI_URL": self.given.ari.replace(urlsplit(self.given.ari).netloc, f"127.0.0.1:{self.network.port}"), "ARI_USER": "nuanxin", "ARI_PASSWORD": os.environ["ARI_PASSWORD"],
            "ARI_CA": self.given.ca,
        }  # fmt: skip
        log = (self.folder.parent / "gateway.log").open("ab")
        before = log.tell()
        self.gateway = subprocess.Popen(
            [sys.executable, "-m", "nuanxin", "hotline", "gateway", "--exchange", str(self.number)],
            env=environment, stdout=log, stderr=log,
        )  # fmt: skip
        await until(
            lambda: b": ready" in (self.folder.parent / "gateway.log").read_bytes()[before:], 40, "gateway"
        )

    def said(self, words: str) -> int:
        """How often the gateways of this stage have said something."""
        return (self.folder.parent / "gateway.log").read_text().count(words)

    def kill_gateway(self, number: int = signal.SIGKILL) -> None:
        """End it, without a word or with one."""
        if self.gateway:
            self.gateway.send_signal(number)
            self.gateway.wait(20)
            self.gateway = None

    async def restart_asterisk(self) -> None:
        """Kill Asterisk and start it anew; every telephone registers again."""
        subprocess.run(shlex.split(self.given.restart), check=True, timeout=60)

        def back() -> bool:
            with contextlib.suppress(subprocess.SubprocessError):
                return "Endpoint:  804" in self.exchange.do("pjsip show endpoints")
            return False

        await until(back, 60, "Asterisk")
        await self.sign_in()

    async def clear(self, *, again: bool = False) -> None:
        """Everybody hangs up, off duty, records closed: the next trial begins from nothing."""
        for phone in (self.trunk, *self.phones.values()):
            for talk in phone.talks.values():
                talk.hang_up()
            phone.talks.clear()
            phone.came.clear()
            phone.answers = phone.pick_up
        if (
            again or self.gateway is None
        ):  # who did not pick up is not rung for a minute; a new gateway forgets it
            self.kill_gateway(signal.SIGTERM)
            await self.start_gateway()
        with contextlib.suppress(AssertionError):
            await until(lambda: self.channels() == 0, 15, "channels that are left")
        if self.channels():
            self.exchange.do("channel request hangup all")
        await asyncio.sleep(0.6)
        with contextlib.suppress(AssertionError):
            await until(self.reachable, 40)
        for name in PEOPLE.values():
            self.wrap_up(name)
            with contextlib.suppress(Exception):
                self.state(name, "off")

    async def close(self) -> None:
        """Take it apart."""
        self.kill_gateway(signal.SIGTERM)
        log = self.folder.parent / "gateway.log"
        print(log.read_text()[-6000:] if log.exists() else "")
        for phone in (self.trunk, *self.phones.values()):
            phone.close()

    # ---- what people do

    async def caller(self, keys: str = "111", hertz: int = CALLER) -> tuple[Talk, Callable[[], Any]]:
        """Somebody rings 12348 and presses keys; the talk, and how the record of it is read."""
        self.calls += 1
        number = f"139{self.calls:08d}"
        talk = await self.trunk.call("12348", number, hertz=hertz)
        await asyncio.wait_for(talk.up.wait(), 10)
        record = lambda: self.record(number)  # noqa: E731
        for place, key in enumerate(keys):
            wanted = ("welcome", "topics", "consent")[place]
            await until(lambda t=talk, w=wanted: self.sentence(t) == w, 10, f"key {key} at {wanted}")  # type: ignore[misc]
            talk.press(key)
        return talk, record

    def sentence(self, talk: Talk, language: str = "") -> str:
        """Which sentence a caller hears now; ``music``, or nothing."""
        from nuanxin.hotline.prompt_files import ALL, LANGUAGES

        if talk.hears(MUSIC):
            return "music"
        for one in (language,) if language else LANGUAGES:
            if talk.hears(pitches(one, "welcome")[0]):
                return next((name for name in ALL if talk.hears(pitches(one, name)[1])), "")
        return ""

    def actor(self, name: str) -> Any:
        """A member of staff by sign-in."""
        from nuanxin.accounts.models import Staff
        from nuanxin.accounts.queries import actor_for

        return actor_for(Staff.objects.get(username=name), datetime.now(UTC))

    def state(self, name: str, state: str) -> None:
        """Ready, or off."""
        from nuanxin.hotline import actions
        from nuanxin.hotline.models import OperatorState

        actions.set_state(state=OperatorState.State(state), by=self.actor(name), at=datetime.now(UTC))

    def wrap_up(self, name: str) -> None:
        """Close what this person has left open."""
        from nuanxin.hotline import actions
        from nuanxin.hotline.models import Call

        by = self.actor(name)
        for call in Call.objects.filter(state="wrap_up", operator=by.id):
            actions.wrap_up(call_id=call.pk, code="other", by=by, at=datetime.now(UTC))

    def record(self, number: str) -> Any:
        """What the platform's record has of the latest call of a number."""
        from nuanxin.hotline.models import Call

        rows = [
            row
            for row in Call.objects.filter(exchange=self.number).order_by("-arrived_at")[:300]
            if row.phone == number
        ]
        return rows[0] if rows else None

    def channels(self) -> int:
        """How many channels Asterisk has."""
        return int(self.exchange.do("core show channels count").split()[0])

    def stored(self, *, live: bool = False) -> list[str]:
        """Names of the recordings that Asterisk has."""
        import httpx

        sign_in = ("nuanxin", os.environ["ARI_PASSWORD"])
        trusted = create_default_context(cafile=self.given.ca or None)
        found = httpx.get(
            f"{self.given.ari}/recordings/stored", auth=sign_in, timeout=5, verify=trusted
        ).json()
        return [str(one["name"]) for one in found if isinstance(one, dict) and one["name"] not in self.before]

    def reconcile(self, since: datetime) -> str:
        """Hold the record against Asterisk's call data records since a moment; what the command says."""
        if self.given.cdr is None:
            return "NOT COMPARED, no --cdr was given"
        lines = self.given.cdr.read_text(encoding="utf-8").splitlines(keepends=True)
        raw, records = self.folder.parent / "Master.csv", self.folder.parent / "records.csv"
        raw.write_text("".join(line for line in lines if _begins(line) >= since.replace(microsecond=0)))
        records.write_text(self.run("hotline", "cdr", str(raw)))
        done = self.server.run("hotline", "reconcile", str(records), "--exchange", str(self.number))
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()


def _begins(line: str) -> datetime:
    found = re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", line)
    assert found is not None
    return datetime.fromisoformat(found[0]).replace(tzinfo=UTC)
