"""What was told and is not in the database yet, on disk: an append-only file, forced to disk before any order is sent.

After a crash of any side it is told again in the same order; what the database had taken already changes nothing.
Telephone numbers are sealed in it. A last line that was cut off by a crash had led to no order yet and is left out.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from nuanxin.audit.encryption import open_sealed, seal
from nuanxin.hotline.rules.callbacks import Attempt
from nuanxin.hotline.rules.calls import Happening, Told
from nuanxin.hotline.rules.voice.values import Tell, Tried

CONTEXT = "hotline.gateway.journal"
EMPTIED_FROM = 1 << 20  # bytes: below it the file is left as it is, which costs nothing but telling again


class Journal:
    """One file; one process at a time writes it."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        self._cut_torn_end()

    def _cut_torn_end(self) -> None:
        """Half a line at the end would swallow the next one."""
        content = self.path.read_bytes()
        whole = content.rfind(b"\n") + 1
        if whole != len(content):
            os.ftruncate(self._file, whole)
            os.fsync(self._file)

    def append(self, said: Sequence[Tell | Tried]) -> None:
        """Write and force to disk. Raises OSError, and then nothing may be ordered."""
        text = "".join(json.dumps(_plain(one), separators=(",", ":")) + "\n" for one in said)
        rest = memoryview(text.encode())
        while rest:
            rest = rest[os.write(self._file, rest) :]
        os.fsync(self._file)

    def read(self) -> list[Tell | Tried]:
        """What may not be in the database, in order."""
        found: list[Tell | Tried] = []
        for line in self.path.read_bytes().splitlines():
            try:
                found.append(_read(json.loads(line)))
            except (ValueError, KeyError, TypeError):
                continue  # half a line that a full disk has left behind
        return found

    def empty(self, *, always: bool = False) -> None:
        """Everything is in the database. A small file is left: emptying costs a wait for the disk."""
        if always or os.fstat(self._file).st_size >= EMPTIED_FROM:
            os.ftruncate(self._file, 0)
            os.fsync(self._file)

    def close(self) -> None:
        """Give the file back."""
        os.close(self._file)


def _plain(tell: Tell | Tried) -> dict[str, Any]:
    if isinstance(tell, Tried):
        said = {
            "command": tell.command,
            "result": tell.result,
            "attempt": tell.attempt,
            "at": tell.at.isoformat(),
        }
        return {"tried": said}
    told = tell.told
    return {
        "call": tell.call, "id": told.id, "kind": told.kind, "at": told.at.isoformat(), "n": told.sequence,
        "operator": told.operator, "desk": told.desk, "phone": seal(tell.phone, context=CONTEXT),
        "language": tell.language, "topic": tell.topic, "place": tell.place, "recording": tell.recording, "back": tell.rings_back,
    }  # fmt: skip


def _read(said: dict[str, Any]) -> Tell | Tried:
    if "tried" not in said:
        return _tell(said)
    one = said["tried"]
    return Tried(
        int(one["command"]), str(one["result"]), Attempt(one["attempt"]), datetime.fromisoformat(one["at"])
    )


def _tell(said: dict[str, Any]) -> Tell:
    told = Told(
        said["id"], Happening(said["kind"]), datetime.fromisoformat(said["at"]), said["n"], said["operator"],
        said["desk"],
    )  # fmt: skip
    phone = open_sealed(said["phone"], context=CONTEXT)
    return Tell(
        said["call"], told, phone, said["language"], said["topic"], said["place"], said["recording"],
        said.get("back", 0),  # a journal that an earlier version has left does not say it
    )  # fmt: skip
