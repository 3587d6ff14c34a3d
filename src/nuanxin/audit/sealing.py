"""Personal values at rest: AES-256-GCM, and blind indexes to find them by.

A sealed text is ``keyid:base64url(nonce 12 bytes ‖ ciphertext ‖ tag)``. What is sealed is bound to its place
(``app.model.field``): moved to another column it does not open. The blind index of a value is an HMAC of its
normal form, so equal values are found and nothing else is learnt.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import os
import unicodedata
from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from django.conf import settings

from nuanxin.audit import keyring

NONCE = 12
INDEX_SIZE = 16
_MAGIC = b"NX1"


class SealBroken(Exception):
    """A sealed value cannot be opened: altered, moved from its place, or its key is gone."""


def seal(text: str, *, context: str) -> str:
    """Encrypt ``text`` for the place ``context`` (``app.model.field``). The empty string stays empty."""
    if not text:
        return ""
    ring = keyring.ring()
    nonce = os.urandom(NONCE)
    box = ring.ciphers[ring.active].encrypt(nonce, text.encode(), context.encode())
    return f"{ring.active}:{base64.urlsafe_b64encode(nonce + box).decode()}"


def open_sealed(sealed: str, *, context: str) -> str:
    """The text that was sealed for ``context``. Raises SealBroken."""
    if not sealed:
        return ""
    key, _, body = sealed.partition(":")
    try:
        raw = base64.urlsafe_b64decode(body)
    except (binascii.Error, ValueError) as fault:
        raise SealBroken(f"{context}: not a sealed value") from fault
    return _open(key, raw, context).decode()


def seal_bytes(data: bytes, *, context: str) -> bytes:
    """Encrypt a file's bytes. ``context`` names the place, and best the row too (evidence: its SHA-256)."""
    ring = keyring.ring()
    nonce = os.urandom(NONCE)
    name = ring.active.encode()
    box = ring.ciphers[ring.active].encrypt(nonce, data, context.encode())
    return _MAGIC + bytes([len(name)]) + name + nonce + box


def open_bytes(sealed: bytes, *, context: str) -> bytes:
    """The bytes that ``seal_bytes`` took. Raises SealBroken."""
    size = len(_MAGIC) + 1
    if len(sealed) < size or not sealed.startswith(_MAGIC):
        raise SealBroken(f"{context}: not a sealed file")
    end = size + sealed[size - 1]
    return _open(sealed[size:end].decode("ascii", "replace"), sealed[end:], context)


def _open(key: str, raw: bytes, context: str) -> bytes:
    cipher = keyring.ring().ciphers.get(key) or keyring.ring(now=True).ciphers.get(key)
    if cipher is None:
        raise SealBroken(f"{context}: sealed with key {key!r}, which this installation does not have")
    try:
        return cipher.decrypt(raw[:NONCE], raw[NONCE:], context.encode())
    except (InvalidTag, ValueError) as fault:
        raise SealBroken(f"{context}: altered, or sealed for another place") from fault


def key_of(sealed: str | bytes) -> str:
    """The id of the key that sealed a value; empty for an empty value."""
    if isinstance(sealed, str):
        return sealed.partition(":")[0]
    size = len(_MAGIC) + 1
    return sealed[size : size + sealed[size - 1]].decode() if len(sealed) >= size else ""


def _plain(value: str) -> str:
    """Full-width forms as typed on a phone become plain, spaces go."""
    return "".join(unicodedata.normalize("NFKC", value).split())


def _digits(value: str) -> str:
    return "".join(c for c in _plain(value) if c.isascii() and c.isdigit())


def _phone(value: str) -> str:
    digits = _digits(value)
    for prefix in ("0086", "86"):
        if digits.startswith(prefix) and len(digits) == len(prefix) + 11:
            return digits[len(prefix) :]
    return digits


_NORMAL: dict[str, Callable[[str], str]] = {
    "phone": _phone,
    "id": lambda value: _plain(value).replace("-", "").upper(),
    "bank": _digits,
}
KINDS = tuple(_NORMAL)


def normalise(kind: str, value: str) -> str:
    """The normal form of a phone, id or bank number. Raises ValueError for another kind."""
    if kind not in _NORMAL:
        raise ValueError(f"no blind index of kind {kind!r}; known: {', '.join(KINDS)}")
    return _NORMAL[kind](value)


def blind_index(kind: str, value: str) -> bytes:
    """16 bytes that are equal exactly for equal normal forms (kind: phone, id, bank)."""
    return _index(keyring.ring().index, kind, value)


def blind_candidates(kind: str, value: str) -> list[bytes]:
    """What to look for: the index under the present key and, during a change of keys, under the old ones."""
    ring = keyring.ring()
    return [_index(key, kind, value) for key in (ring.index, *ring.old_indexes)]


def fingerprint(label: str, value: bytes) -> bytes:
    """16 bytes that recognise ``value`` again (an idempotency key, a request body) and reveal nothing of it.

    Its key never changes, since what was fingerprinted is not kept and could not be done anew.
    """
    row = b"fingerprint:" + label.encode() + b":" + value
    return hmac.digest(settings.KEYS.chain, row, "sha256")[:INDEX_SIZE]


def _index(key: bytes, kind: str, value: str) -> bytes:
    return hmac.digest(key, f"{kind}:{normalise(kind, value)}".encode(), "sha256")[:INDEX_SIZE]
