"""A folder of sealed files: each sealed for its own name, written whole or not at all, walked by the rotation of keys.

Names are ``NN/NNN/file``: the province, a bucket that keeps folders small, the file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.conf import settings

from nuanxin.audit.encryption import open_bytes, seal_bytes


@dataclass(frozen=True, slots=True)
class SealedFolder:
    """``name``: how the rotation reports it; ``sealed_for``: what the seals are bound to besides the file's name;
    ``under``: the folder inside MEDIA_ROOT, empty for MEDIA_ROOT itself."""

    name: str
    sealed_for: str
    under: str = ""

    def _root(self) -> Path:
        return Path(settings.MEDIA_ROOT) / self.under

    def put(self, name: str, data: bytes) -> None:
        """Seal and keep a file; on the disk when this returns."""
        self._write(name, seal_bytes(data, context=self.context(name)))

    def get(self, name: str) -> bytes:
        """The plain bytes. Raises FileNotFoundError, SealBroken."""
        return open_bytes((self._root() / name).read_bytes(), context=self.context(name))

    def drop(self, name: str) -> None:
        """Remove a file, if it is there."""
        (self._root() / name).unlink(missing_ok=True)

    def _write(self, name: str, sealed: bytes) -> None:
        path = self._root() / name
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(path.suffix + ".part")
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # the new name too, not only what it names
        finally:
            os.close(folder)

    def _names(self, after: str = "") -> Iterator[str]:
        """Names in order. Folders that lie wholly before ``after`` are not opened, so a walk costs one reading."""
        root, start = self._root(), after.split("/")
        for province in _listed(root):
            if province < start[0] or not province.isdigit():  # beside the provinces lie other folders
                continue
            for bucket in _listed(root / province):
                if [province, bucket] < start[:2]:
                    continue
                for file in _listed(root / province / bucket):
                    name = f"{province}/{bucket}/{file}"
                    if name > after and not file.endswith(".part"):
                        yield name

    def count(self) -> int:
        """Files in the folder."""
        return sum(1 for _ in self._names())

    def after(self, name: str, limit: int) -> list[str]:
        """The next names after one."""
        return list(islice(self._names(name), limit))

    def context(self, name: str) -> str:
        """What a file's seal is bound to: a file moved into another row's place does not open."""
        return f"{self.sealed_for}:{name}"

    def read(self, name: str) -> bytes:
        """The sealed bytes; nothing for a file that is gone."""
        try:
            return (self._root() / name).read_bytes()
        except FileNotFoundError:
            return b""

    def replace(self, name: str, sealed: bytes) -> None:
        """Put newly sealed bytes in a file's place; one that was erased meanwhile does not come back."""
        if (self._root() / name).exists():
            self._write(name, sealed)


def _listed(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return []
