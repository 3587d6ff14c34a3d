"""The keys in use, followed while the process runs.

A change of keys must reach every server process without a restart: ``settings.KEYS_FILE`` is looked at once a
second, and at once when a value names a key that this process does not know yet.
"""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass
from typing import Protocol, cast

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

LOOK_EVERY = 1.0  # seconds


class KeyMaterial(Protocol):
    """What this room uses of the keys: see ``nuanxin.config.keys.Keys``."""

    @property
    def active(self) -> str: ...
    @property
    def encryption(self) -> dict[str, bytes]: ...
    @property
    def index(self) -> bytes: ...
    @property
    def old_indexes(self) -> tuple[bytes, ...]: ...


class KeyStore(Protocol):
    """What ``settings.KEYS_FILE`` gives: the file that the keys come from."""

    def load(self) -> KeyMaterial: ...
    def stamp(self) -> tuple[int, int]: ...
    def rotate(self) -> KeyMaterial: ...
    def forget_old_indexes(self) -> KeyMaterial: ...


@dataclass(frozen=True, slots=True)
class Ring:
    """The keys, ready for use."""

    active: str
    ciphers: dict[str, AESGCM]
    index: bytes
    old_indexes: tuple[bytes, ...]


@dataclass(slots=True)
class _Known:
    """What was read from which file, in which state, and when it was last looked at."""

    ring: Ring
    origin: KeyStore
    stamp: tuple[int, int]
    looked: float


_known: _Known | None = None
_lock = threading.Lock()


def _after_fork() -> None:
    global _lock
    _lock = threading.Lock()  # another thread of the parent may have held it


os.register_at_fork(after_in_child=_after_fork)


def store() -> KeyStore:
    """The key file of this installation."""
    return cast(KeyStore, settings.KEYS_FILE)


def ring(*, now: bool = False) -> Ring:
    """The keys. Costs a comparison, and once a second (or ``now``) a ``stat`` of the key file."""
    known = _known
    if now or known is None or known.origin is not settings.KEYS_FILE:
        return _look()
    return known.ring if time.monotonic() - known.looked < LOOK_EVERY else _look()


def _look() -> Ring:
    global _known
    with _lock:
        origin = store()
        stamp = origin.stamp()
        if _known is None or _known.origin is not origin or _known.stamp != stamp:
            keys = origin.load()
            ciphers = {name: AESGCM(key) for name, key in keys.encryption.items()}
            _known = _Known(Ring(keys.active, ciphers, keys.index, keys.old_indexes), origin, stamp, 0.0)
        _known.looked = time.monotonic()
        return _known.ring
