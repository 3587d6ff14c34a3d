"""The client: commands by HTTP, events by a WebSocket that comes back by itself. The password is in no log and no text."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import random
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from ssl import SSLContext, create_default_context
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from nuanxin.hotline.gateway.operations import Route, request_of
from nuanxin.hotline.rules.voice.values import Order

TIMEOUT = 5.0  # seconds for one command
BACKOFF = (0.5, 30.0)  # seconds: first and longest pause before connecting again
CLOSING = 2.0  # seconds for saying goodbye
PING = 10.0  # seconds; a silent connection is known to be dead after two of them
LARGEST = 20 * 1024 * 1024  # bytes of a recording
# Asterisk's word for a telephone that is not registered, and for a folder of recordings that is not there: said of this
# order alone, and trying again would only keep the caller waiting.
ANSWERED_WITH_500 = frozenset({"ring_up", "ring_out", "record", "record_bridge"})
_SILENT = logging.getLogger("nuanxin.hotline.ari")
_SILENT.setLevel(logging.CRITICAL)  # the library writes headers at debug level


class EngineAway(Exception):
    """The engine did not answer, or with a fault of its own."""


@dataclass(frozen=True, slots=True)
class Access:
    """Where the engine is. ``url``: of ``/ari``, such as http://127.0.0.1:8088/ari; ``tls``: by which its certificate is
    checked, None for the authorities of the system."""

    url: str
    user: str
    password: str = field(repr=False)
    tls: SSLContext | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the engine has at this moment: channels of the application's callers and ours, bridges, recordings."""

    channels: list[dict[str, Any]]
    bridges: list[dict[str, Any]]
    recordings: list[str]


class Client:
    """One engine."""

    def __init__(
        self, access: Access, route: Route, *, log: Callable[[str], None] = lambda _text: None
    ) -> None:
        self.route, self._log, self._access = route, log, access
        self._socket: ClientConnection | None = None
        # One judge for both: each library by itself would ask another list of authorities.
        self._tls = access.tls or create_default_context()
        self._http = httpx.AsyncClient(
            auth=(access.user, access.password), timeout=TIMEOUT, follow_redirects=False, trust_env=False, verify=self._tls
        )  # fmt: skip

    async def reconnect(self) -> None:
        """Let the events begin anew, from the engine's state on."""
        if self._socket is not None:
            await self._socket.close()

    async def close(self) -> None:
        """Give the connections back."""
        await self._http.aclose()

    # ---- commands

    async def carry_out(self, order: Order) -> int:
        """Carry out one order; the HTTP status. Raises EngineAway, and BadOrder for what must not be sent."""
        sent = request_of(order, self.route)
        spared = 500 if order.operation in ANSWERED_WITH_500 else 0
        return (await self._ask(sent.method, sent.path, sent.query, spared=spared)).status_code

    async def _ask(
        self, method: str, path: str, query: dict[str, str] | None = None, *, spared: int = 0
    ) -> httpx.Response:
        try:
            answer = await self._http.request(method, self._access.url + path, params=query)
        except httpx.HTTPError as fault:
            raise EngineAway(type(fault).__name__) from None  # its text may hold the address with its query
        failed = answer.status_code >= 500 and answer.status_code != spared
        if failed or answer.status_code in {401, 403}:
            raise EngineAway(f"{method} {path.split('/')[1]}: {answer.status_code}")
        return answer

    async def standing(self) -> Standing:
        """What the engine has now. Raises EngineAway."""
        channels = await self._list("/channels")
        bridges = await self._list("/bridges")
        # An Asterisk that has never recorded has no folder for it, and answers with 500 until the first one.
        stored = await self._list("/recordings/stored", spared=500)
        return Standing(channels, bridges, [str(one.get("name", "")) for one in stored])

    async def _list(self, path: str, *, spared: int = 0) -> list[dict[str, Any]]:
        answer = await self._ask("GET", path, spared=spared)
        found = answer.json() if answer.status_code == 200 else []
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    async def recording(self, name: str) -> bytes:
        """The bytes of a stored recording; empty where there is none. Raises EngineAway."""
        answer = await self._ask("GET", f"/recordings/stored/{quote(name, safe='')}/file")
        return answer.content if answer.status_code == 200 and len(answer.content) <= LARGEST else b""

    async def forget_recording(self, name: str) -> None:
        """Take the engine's copy away. Raises EngineAway."""
        await self._ask("DELETE", f"/recordings/stored/{quote(name, safe='')}")

    # ---- events

    async def events(self, connected: Callable[[], Any]) -> AsyncIterator[dict[str, Any]]:
        """Events for ever. ``connected`` is awaited each time after the connection stands and before its first event
        is handed on, so that nothing falls between the engine's state and its events."""
        pause = BACKOFF[0]
        while True:
            try:
                async with connect(
                    self._address(), additional_headers=self._headers(), ping_interval=PING, ping_timeout=PING, close_timeout=CLOSING,
                    max_size=2**20, proxy=None, logger=_SILENT, ssl=self._secured(),
                ) as socket:  # fmt: skip
                    self._socket = socket
                    await connected()
                    pause = BACKOFF[0]
                    async for text in socket:
                        event = _read(text)
                        if event is not None:
                            yield event
                self._log("the engine closed the connection")
            except (OSError, WebSocketException, EngineAway, TimeoutError) as fault:
                self._log(f"no connection to the engine: {type(fault).__name__}")
            await asyncio.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311 (not a secret)
            pause = min(pause * 2, BACKOFF[1])

    def _address(self) -> str:
        parts = urlsplit(self._access.url)
        scheme = "wss" if parts.scheme == "https" else "ws"
        return f"{scheme}://{parts.netloc}{parts.path}/events?app={quote(self.route.app)}&subscribeAll=false"

    def _secured(self) -> SSLContext | None:
        return self._tls if urlsplit(self._access.url).scheme == "https" else None

    def _headers(self) -> dict[str, str]:
        """In a header and not in the address, which ends up in logs."""
        both = f"{self._access.user}:{self._access.password}".encode()
        return {"Authorization": "Basic " + base64.b64encode(both).decode()}


def _read(text: str | bytes) -> dict[str, Any] | None:
    try:
        event = json.loads(text)
    except ValueError:
        return None
    return event if isinstance(event, dict) else None
