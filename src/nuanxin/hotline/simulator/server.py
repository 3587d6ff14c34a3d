"""The simulated engine over HTTP and WebSocket on loopback, with the basic authorization that the real one asks for."""

from __future__ import annotations

import asyncio
import base64
import hmac
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ssl import SSLContext
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.server import ServerProtocol

from nuanxin.hotline.simulator.contract import check_event
from nuanxin.hotline.simulator.engine import Engine

REASONS = {200: "OK", 201: "Created", 204: "No Content", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found",
           409: "Conflict", 412: "Precondition Failed", 422: "Unprocessable"}  # fmt: skip
LARGEST_HEAD = 64 * 1024


@dataclass
class _Listener:
    """One WebSocket that gets the events."""

    protocol: ServerProtocol
    writer: asyncio.StreamWriter

    def send(self, text: str) -> None:
        """Send one event; a connection that is closed gets none."""
        try:
            self.protocol.send_text(text.encode())
        except Exception:
            return
        self.flush()

    def flush(self) -> None:
        """What the protocol wants on the wire."""
        for data in self.protocol.data_to_send():
            if data:
                self.writer.write(data)
            else:
                self.writer.close()


@dataclass
class _Head:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    raw: bytes = field(repr=False, default=b"")


class Server:
    """Serves one engine until it is closed. ``port`` 0: a free one."""

    def __init__(
        self,
        user: str,
        password: str,
        *,
        port: int = 0,
        time_factor: float = 1.0,
        tls: SSLContext | None = None,
    ) -> None:
        self._tls = tls
        self._login = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
        self.port, self._factor = port, time_factor
        self.engine = Engine(lambda: datetime.now(UTC), self._later, self._tell)
        self._listeners: list[_Listener] = []
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self.checks = True  # every event against the contract
        self.sent = 0

    @property
    def url(self) -> str:
        """Where the gateway finds it."""
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}/ari"

    async def start(self) -> None:
        """Begin to serve, on loopback alone."""
        self._server = await asyncio.start_server(
            self._serve, "127.0.0.1", self.port, limit=LARGEST_HEAD, ssl=self._tls
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """End, with every connection."""
        if self._server is not None:
            self._server.close()
        self.drop()
        await asyncio.sleep(0)

    def drop(self) -> None:
        """Close every connection, as a network that fails would."""
        self._listeners.clear()
        for writer in list(self._open):
            writer.transport.abort()

    def _later(self, seconds: float, act: Any) -> object:
        return asyncio.get_running_loop().call_later(seconds * self._factor, act)

    def _tell(self, event: dict[str, Any]) -> None:
        if self.checks:
            check_event(event)
        self.sent += 1
        text = json.dumps(event)
        for listener in list(self._listeners):
            listener.send(text)

    # ---- connections

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            while True:
                head = await _read_head(reader)
                if head is None:
                    return
                if not hmac.compare_digest(head.headers.get("authorization", ""), self._login):
                    _write(writer, 401, {"message": "who are you"})
                elif head.headers.get("upgrade", "").lower() == "websocket":
                    await self._listen(head, reader, writer)
                    return
                else:
                    length = int(head.headers.get("content-length", "0"))
                    await reader.readexactly(length)
                    status, body = self.engine.handle(head.method, head.path.removeprefix("/ari"), head.query)
                    _write(writer, status, body)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            self._open.discard(writer)
            writer.close()

    async def _listen(self, head: _Head, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if head.path != "/ari/events" or head.query.get("app") != self.engine.app:
            _write(writer, 400, {"message": "which application"})
            return
        protocol = ServerProtocol()
        listener = _Listener(protocol, writer)
        protocol.receive_data(head.raw)
        for event in protocol.events_received():
            if isinstance(event, Request):
                protocol.send_response(protocol.accept(event))
        listener.flush()
        self._listeners.append(listener)
        try:
            while data := await reader.read(65536):
                protocol.receive_data(data)
                closing = any(
                    isinstance(event, Frame) and event.opcode is Opcode.CLOSE
                    for event in protocol.events_received()
                )
                listener.flush()
                if closing:
                    return
        finally:
            if listener in self._listeners:
                self._listeners.remove(listener)


async def _read_head(reader: asyncio.StreamReader) -> _Head | None:
    try:
        raw = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        return None
    first, *lines = raw.decode("latin-1").split("\r\n")
    method, target, _version = first.split(" ", 2)
    parts = urlsplit(target)
    headers = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    return _Head(
        method, unquote(parts.path), dict(parse_qsl(parts.query, keep_blank_values=True)), headers, raw
    )


def _write(writer: asyncio.StreamWriter, status: int, body: Any) -> None:
    content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    kind = "audio/wav" if isinstance(body, bytes) else "application/json"
    head = f"HTTP/1.1 {status} {REASONS.get(status, 'Other')}\r\nContent-Length: {len(content)}\r\n"
    asked = 'WWW-Authenticate: Basic realm="simulator"\r\n' if status == 401 else ""
    writer.write(f"{head}{asked}Content-Type: {kind}\r\n\r\n".encode() + content)
