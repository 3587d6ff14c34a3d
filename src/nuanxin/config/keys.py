"""Keys of this installation: one file, mode 600, never in the database and never in a backup.

The file is JSON: ``{"secret": …, "encryption": {"active": id, "keys": {id: base64 of 32 bytes}},
"index": base64, "chain": base64, "follow": base64}``.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from nuanxin.config.environment import EnvironmentFault


@dataclass(frozen=True, slots=True)
class Keys:
    """Secrets in use. ``encryption`` holds every key that may still open a value; ``active`` seals new ones."""

    secret: str
    active: str
    encryption: dict[str, bytes]
    index: bytes
    chain: bytes
    follow: bytes


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def make_keys(path: Path) -> None:
    """Write a fresh key file with mode 600. Raises FileExistsError when one is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    body = {
        "secret": secrets.token_urlsafe(48),
        "encryption": {"active": "k1", "keys": {"k1": _b64(secrets.token_bytes(32))}},
        "index": _b64(secrets.token_bytes(32)),
        "chain": _b64(secrets.token_bytes(32)),
        "follow": _b64(secrets.token_bytes(32)),
    }
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(body, file, indent=1)


def load_keys(path: Path) -> Keys:
    """Read the key file. Raises EnvironmentFault when it is missing, readable by others or malformed."""
    if not path.exists():
        raise EnvironmentFault(f"no key file at {path}; run `nuanxin install` or set KEYS_FILE")
    if path.stat().st_mode & 0o077:
        raise EnvironmentFault(f"{path} may be read by others; run: chmod 600 {path}")
    try:
        body = json.loads(path.read_text())
        sealed = {name: base64.b64decode(value) for name, value in body["encryption"]["keys"].items()}
        keys = Keys(
            secret=body["secret"],
            active=body["encryption"]["active"],
            encryption=sealed,
            index=base64.b64decode(body["index"]),
            chain=base64.b64decode(body["chain"]),
            follow=base64.b64decode(body["follow"]),
        )
    except (KeyError, ValueError, TypeError) as fault:
        raise EnvironmentFault(f"{path} is not a key file of this version: {fault}") from fault
    if keys.active not in keys.encryption or any(len(k) != 32 for k in keys.encryption.values()):
        raise EnvironmentFault(f"{path}: the active key is missing or a key is not 32 bytes")
    return keys
