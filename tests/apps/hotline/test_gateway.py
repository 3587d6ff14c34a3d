"""The gateway against the simulated engine over real HTTP and WebSocket, with the real database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from nuanxin.hotline import actions
from nuanxin.hotline.gateway import platform
from nuanxin.hotline.gateway.ari import Access, Client
from nuanxin.hotline.gateway.journal import Journal
from nuanxin.hotline.gateway.operations import Route
from nuanxin.hotline.gateway.process import Clock, Gateway
from nuanxin.hotline.models import Call, CallEvent, Exchange, OperatorState, Recording, VoiceCommand
from nuanxin.hotline.rules.calls import State
from nuanxin.hotline.rules.voice.names import Role, read_name
from nuanxin.hotline.simulator.server import Server
from tests.factories.hotline import Hotline, open_hotline
from tests.threads import in_thread

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "geheim-4711"
CALL = "1772420400.1"
PHONE = "13900001234"


class House:
    """A simulator, a gateway, and the desk."""

    def __init__(self, line: Hotline, folder: Path) -> None:
        self.line, self.folder = line, folder
        self.server = Server("nuanxin", PASSWORD, time_factor=0.02)
        self.gateway: Gateway | None = None
        self._task: asyncio.Task[None] | None = None
        self._stop = asyncio.Event()

    @property
    def engine(self) -> Any:
        return self.server.engine

    async def open(self) -> None:
        ready = asyncio.Event()
        self._stop = asyncio.Event()
        self.client = Client(Access(self.server.url, "nuanxin", PASSWORD), Route())
        self.gateway = Gateway(
            self.line.exchange, self.client, Journal(self.folder / "journal"), clock=Clock(), beat=0.05, ready=ready.set
        )  # fmt: skip
        self._task = asyncio.create_task(self.gateway.run(self._stop))
        await asyncio.wait_for(ready.wait(), 10)

    async def stop(self) -> None:
        self._stop.set()
        assert self._task is not None
        await asyncio.wait_for(self._task, 10)
        await self.client.close()

    async def die(self) -> None:
        """No goodbye: as if the process was killed."""
        assert self._task is not None
        self.gateway._finish = _nothing  # type: ignore[union-attr, method-assign]
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self.client.close()
        await self.gateway._database.close()  # type: ignore[union-attr]  # as the system does for a dead process

    async def until(self, what: Callable[[], Any], seconds: float = 10) -> Any:
        """Wait for something that is true of the record or of the engine."""
        for _ in range(int(seconds / 0.05)):
            found = await in_thread(what)
            if found:
                return found
            await asyncio.sleep(0.05)
        raise AssertionError("it did not happen")

    def leg(self, role: Role) -> str:
        """A leg of ours at the engine, empty without."""
        return next((one for one in self.engine.channels if (n := read_name(one)) and n.role is role), "")

    async def to_queue(self, call: str = CALL, keys: str = "111") -> None:
        """Through the menus by keys: language, topic, consent."""
        self.engine.call_in(call, PHONE)
        for digit in keys:
            await asyncio.sleep(0.15)
            self.engine.press(call, digit)

    async def talking(self) -> Call:
        """A caller and an operator who talk."""
        await self.to_queue()
        leg = await self.until(lambda: self.leg(Role.OPERATOR))
        self.engine.rings(leg)
        self.engine.pick_up(leg)
        found: Call = await self.until(
            lambda: Call.objects.filter(external=CALL, state=State.ON_CALL).first()
        )
        return found


async def _nothing() -> None:
    return None


def play(tmp_path: Path, scene: Callable[[House], Awaitable[None]], *, end: bool = True) -> None:
    """Open the house, play a scene, close it; every request and event keeps the contract."""
    line = open_hotline()
    Exchange.objects.update(kind=Exchange.Kind.ARI)
    OperatorState.objects.filter(staff=line.operator.id).update(state=OperatorState.State.BREAK)
    line.exchange.refresh_from_db()

    async def run() -> None:
        house = House(line, tmp_path)
        await house.server.start()
        await house.open()
        await scene(house)
        if end:
            await house.stop()
        await house.server.close()
        assert house.engine.broken == []

    asyncio.run(run())


def now() -> datetime:
    return datetime.now(UTC)


def test_a_call_from_ring_to_record(tmp_path: Path) -> None:
    async def scene(house: House) -> None:
        call = await house.talking()
        assert call.operator == house.line.lawyer.id
        assert (call.language, call.topic, call.recording, call.phone) == ("zh", "wages", "agreed", PHONE)
        assert len(house.engine.bridges) == 1
        await asyncio.sleep(0.1)
        house.engine.close(CALL)
        await house.until(lambda: Call.objects.filter(state=State.WRAP_UP).exists())
        kept = await house.until(lambda: Recording.objects.first())
        assert kept.call_id == call.pk
        await house.until(lambda: not house.engine.stored)
        assert house.engine.channels == {}
        assert house.engine.bridges == {}

    play(tmp_path, scene)
    assert list(CallEvent.objects.order_by("at", "sequence").values_list("kind", flat=True)) == [
        "arrived", "menu_entered", "queued", "offered", "ringing", "answered", "hung_up",
    ]  # fmt: skip
    assert PASSWORD not in (tmp_path / "journal").read_text()
    assert PHONE not in (tmp_path / "journal").read_text()


def test_refused_consent_records_nothing(tmp_path: Path) -> None:
    async def scene(house: House) -> None:
        await house.to_queue(keys="112")
        house.engine.pick_up(await house.until(lambda: house.leg(Role.OPERATOR)))
        await house.until(lambda: Call.objects.filter(state=State.ON_CALL, recording="refused").exists())
        await asyncio.sleep(0.1)
        assert house.engine.live == {}

    play(tmp_path, scene)


def test_the_gateway_dies_while_two_talk_and_the_next_one_takes_them_up(tmp_path: Path) -> None:
    async def scene(house: House) -> None:
        call = await house.talking()
        await house.die()
        before = set(house.engine.channels)
        await house.open()
        assert set(house.engine.channels) == before
        await in_thread(
            lambda: actions.ask(call=call, kind=VoiceCommand.Kind.HANG_UP, by=house.line.lawyer, at=now())
        )
        await house.until(lambda: not house.engine.channels)
        await house.until(lambda: Call.objects.filter(state=State.WRAP_UP).exists())
        await house.until(lambda: VoiceCommand.objects.filter(result="done").exists())

    play(tmp_path, scene)
    assert CallEvent.objects.filter(kind="answered").count() == 1


def test_a_caller_who_hung_up_while_the_gateway_was_dead_is_ended(tmp_path: Path) -> None:
    async def scene(house: House) -> None:
        await house.talking()
        await house.die()
        house.engine.close(CALL)
        await house.open()
        await house.until(lambda: Call.objects.filter(state=State.WRAP_UP).exists())
        await house.until(lambda: not house.engine.channels)

    play(tmp_path, scene)


def test_a_connection_that_breaks_comes_back_and_nothing_is_lost(tmp_path: Path) -> None:
    async def scene(house: House) -> None:
        await house.talking()
        house.server.drop()
        house.engine.close(CALL)  # nobody hears it
        await house.until(lambda: Call.objects.filter(state=State.WRAP_UP).exists())
        await house.to_queue("1772420400.2")
        await house.until(lambda: Call.objects.filter(external="1772420400.2").exists())

    play(tmp_path, scene)


def test_an_engine_that_dies_ends_its_calls_in_the_record(tmp_path: Path) -> None:
    async def scene(house: House) -> None:
        await house.talking()
        for things in (
            house.engine.channels,
            house.engine.bridges,
            house.engine.playbacks,
            house.engine.live,
        ):
            things.clear()
        house.server.drop()
        await house.until(lambda: Call.objects.filter(state=State.WRAP_UP).exists())

    play(tmp_path, scene)


def test_a_database_that_is_away_drops_no_call_and_hears_of_it_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = platform._tell

    def away(*_: Any) -> Any:
        raise OperationalError("gone")

    async def scene(house: House) -> None:
        await house.talking()
        monkeypatch.setattr(platform, "_tell", away)
        house.engine.close(CALL)
        await house.to_queue("1772420400.2")
        await asyncio.sleep(0.3)
        assert "1772420400.2" in house.engine.channels
        await house.die()
        monkeypatch.setattr(platform, "_tell", real)
        await house.open()
        await house.until(lambda: Call.objects.filter(external="1772420400.2").exists())
        await house.until(lambda: Call.objects.filter(external=CALL, state=State.WRAP_UP).exists())

    play(tmp_path, scene)


def test_a_wrong_password_is_told_without_the_password(tmp_path: Path) -> None:
    async def scene(house: House) -> None:
        said: list[str] = []
        client = Client(Access(house.server.url, "nuanxin", "wrong-4712"), Route(), log=said.append)

        async def listen() -> None:
            async for _ in client.events(_nothing):
                pass

        task = asyncio.create_task(listen())
        await asyncio.sleep(0.3)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await client.close()
        assert said
        assert "4712" not in "".join(said) + repr(client._access)

    play(tmp_path, scene)
