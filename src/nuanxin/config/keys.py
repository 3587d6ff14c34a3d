"""Keys of this installation: one file, mode 600, never in the database and never in a backup.

The file is JSON: ``{"secret": …, "encryption": {"active": id, "keys": {id: base64 of 32 bytes}},
"index": base64, "old_indexes": [base64], "chain": base64, "follow": base64}``. ``old_indexes`` is there only
while a change of keys is under way.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nuanxin.config.environment import EnvironmentFault


@dataclass(frozen=True, slots=True)
class Keys:
    """Secrets in use. ``encryption`` holds every key that may still open a value; ``active`` seals new ones.

    ``index`` makes blind indexes; rows not yet rebuilt still carry one of ``old_indexes``.
    """

    secret: str
    active: str
    encryption: dict[str, bytes]
    index: bytes
    chain: bytes
    follow: bytes
    old_indexes: tuple[bytes, ...] = ()


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
        raise EnvironmentFault(
            f"no key file at {path}; run `nuanxin install`, set KEYS_FILE, or for the demo set DATA_DIR=var/demo"
        )
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
            old_indexes=tuple(base64.b64decode(old) for old in body.get("old_indexes", ())),
        )
    except (KeyError, ValueError, TypeError) as fault:
        raise EnvironmentFault(f"{path} is not a key file of this version: {fault}") from fault
    if keys.active not in keys.encryption or any(len(k) != 32 for k in keys.encryption.values()):
        raise EnvironmentFault(f"{path}: the active key is missing or a key is not 32 bytes")
    return keys


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The key file as a place to read again and to change. Lower rooms get it as ``settings.KEYS_FILE``."""

    path: Path

    def load(self) -> Keys:
        """Read it now. Raises EnvironmentFault."""
        return load_keys(self.path)

    def stamp(self) -> tuple[int, int]:
        """Changes whenever the file is replaced; cheap enough to ask once a second."""
        status = self.path.stat()
        return status.st_mtime_ns, status.st_ino

    def rotate(self) -> Keys:
        """Add a new active encryption key and a new index key; the old ones stay for what they sealed."""
        with self._change() as body:
            sealing = body["encryption"]
            number = max(int(name[1:]) for name in sealing["keys"]) + 1
            sealing["keys"][f"k{number}"] = _b64(secrets.token_bytes(32))
            sealing["active"] = f"k{number}"
            body["old_indexes"] = [body["index"], *body.get("old_indexes", ())]
            body["index"] = _b64(secrets.token_bytes(32))
        return self.load()

    def forget_old_indexes(self) -> Keys:
        """Drop the index keys that no row uses any more."""
        with self._change() as body:
            body.pop("old_indexes", None)
        return self.load()

    @contextmanager
    def _change(self) -> Iterator[dict[str, Any]]:
        """Replace the file in one step, so that a crash leaves the old or the new, never half a file."""
        self.load()  # never write over what cannot be read
        with self.path.with_suffix(".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            body = json.loads(self.path.read_text())
            yield body
            new = self.path.with_suffix(".new")
            new.unlink(missing_ok=True)
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                json.dump(body, file, indent=1)
                file.flush()
                os.fsync(file.fileno())
            new.replace(self.path)
            folder = os.open(self.path.parent, os.O_RDONLY)
            os.fsync(folder)
            os.close(folder)
