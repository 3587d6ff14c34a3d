"""Virus scan by clamd's INSTREAM command, where one runs. Nothing is said to be scanned that was not."""

from __future__ import annotations

import socket
import struct

from django.conf import settings

CHUNK = 64 * 1024
SECONDS = 20.0


class Infected(Exception):
    """The scanner knows this file as malware."""


def scan(data: bytes) -> bool:
    """True when a scanner saw the file and found nothing; False where there is none or it did not answer.

    Raises Infected.
    """
    if not settings.CLAMD:
        return False
    try:
        with _connect(settings.CLAMD) as connection:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), CHUNK):
                part = data[start : start + CHUNK]
                connection.sendall(struct.pack("!L", len(part)) + part)
            connection.sendall(struct.pack("!L", 0))
            answer = connection.recv(4096)
    except OSError:
        return False
    if b"FOUND" in answer:
        raise Infected
    return b"OK" in answer


def _connect(address: str) -> socket.socket:
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(SECONDS)
        connection.connect(address)
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host or "127.0.0.1", int(port)), timeout=SECONDS)
