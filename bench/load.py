"""Clients in a closed loop over real HTTP: each sends its next request when the last is answered.

Plain sockets, so that the client takes little of the machine it shares with the server, and sends a request in
one packet, so that no delayed acknowledgement is measured.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Request:
    """One request, ready to send."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def raw(self) -> bytes:
        """Its bytes."""
        head = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
        first = f"{self.method} {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{head}"
        return f"{first}Content-Length: {len(self.body)}\r\n\r\n".encode() + self.body


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    replay: bool


class Client:
    """One connection that is kept. Raises OSError when the server goes away."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, request: bytes) -> Answer:
        """Send and read the whole answer."""
        self._socket.sendall(request)
        buffer = b""
        while b"\r\n\r\n" not in buffer:
            buffer += self._read()
        head, _, body = buffer.partition(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        length = next((int(line[15:]) for line in lines if line.startswith(b"content-length:")), 0)
        while len(body) < length:
            body += self._read()
        return Answer(int(head[9:12]), body, b"idempotent-replay: true" in lines)

    def _read(self) -> bytes:
        chunk = self._socket.recv(65536)
        if not chunk:
            raise ConnectionResetError("the server closed the connection")
        return chunk

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


@dataclass(frozen=True, slots=True)
class Timed:
    """What a closed loop saw: seconds of each answered request in rising order, errors, and the whole time."""

    seconds: Sequence[float]
    errors: int
    elapsed: float


def closed_loop(port: int, requests: Sequence[Sequence[bytes]], expected: Container[int]) -> Timed:
    """Send every list of requests by a client of its own, all at once; an answer of another status is an error."""
    seconds: list[float] = []
    wrong: list[int] = []

    def run(mine: Sequence[bytes]) -> None:
        client = Client(port)
        for request in mine:
            began = time.perf_counter()
            status = client.send(request).status
            seconds.append(time.perf_counter() - began)
            if status not in expected:
                wrong.append(status)
        client.close()

    began = time.perf_counter()
    _all(run, requests)
    return Timed(sorted(seconds), len(wrong), time.perf_counter() - began)


def _all(run: Callable[[Sequence[bytes]], None], requests: Sequence[Sequence[bytes]]) -> None:
    threads = [threading.Thread(target=run, args=(mine,)) for mine in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
