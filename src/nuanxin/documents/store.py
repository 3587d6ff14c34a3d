"""The evidence folder: sealed originals and previews, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.conf import settings

from nuanxin.audit.encryption import open_bytes, seal_bytes

ORIGINAL, PREVIEW = "original", "preview"
NAME = "evidence"


def _root() -> Path:
    return Path(settings.MEDIA_ROOT)


def _name(evidence_id: int, part: str) -> str:
    return f"{evidence_id >> 46:02d}/{evidence_id % 1000:03d}/{evidence_id}.{part}"


def _context(name: str) -> str:
    # Sealed for its own name: a file moved into another row's place does not open.
    return f"documents.evidence:{name}"


def _write(name: str, sealed: bytes) -> None:
    path = _root() / name
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


def put(evidence_id: int, part: str, data: bytes) -> None:
    """Seal and keep one part; on the disk when this returns."""
    name = _name(evidence_id, part)
    _write(name, seal_bytes(data, context=_context(name)))


def get(evidence_id: int, part: str) -> bytes:
    """The plain bytes of one part. Raises FileNotFoundError, SealBroken."""
    name = _name(evidence_id, part)
    return open_bytes((_root() / name).read_bytes(), context=_context(name))


def drop(evidence_id: int) -> None:
    """Remove what was written for a row that never came to be, or whose archive period is over."""
    for part in (ORIGINAL, PREVIEW):
        (_root() / _name(evidence_id, part)).unlink(missing_ok=True)


def _listed(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return []


class EvidenceStore:
    """The folder as the rotation of the keys walks it: names in order, each replaced in one step."""

    name = NAME

    def _names(self, after: str = "") -> Iterator[str]:
        """Names in order. Folders that lie wholly before ``after`` are not opened, so a walk costs one reading."""
        root, start = _root(), after.split("/")
        for province in _listed(root):
            if province < start[0]:
                continue
            for bucket in _listed(root / province):
                if [province, bucket] < start[:2]:
                    continue
                for file in _listed(root / province / bucket):
                    name = f"{province}/{bucket}/{file}"
                    if name > after and not file.endswith(".part"):
                        yield name

    def count(self) -> int:
        """Files in the store."""
        return sum(1 for _ in self._names())

    def after(self, name: str, limit: int) -> list[str]:
        """The next names after one."""
        return list(islice(self._names(name), limit))

    def context(self, name: str) -> str:
        """What a file's seal is bound to."""
        return _context(name)

    def read(self, name: str) -> bytes:
        """The sealed bytes; nothing for a file that is gone."""
        try:
            return (_root() / name).read_bytes()
        except FileNotFoundError:
            return b""

    def replace(self, name: str, sealed: bytes) -> None:
        """Put newly sealed bytes in a file's place; one that was erased meanwhile does not come back."""
        if (_root() / name).exists():
            _write(name, sealed)
