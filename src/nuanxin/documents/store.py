"""The evidence folder: sealed originals and previews, written whole or not at all."""

from __future__ import annotations

import os
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


class EvidenceStore:
    """The folder as the rotation of the keys walks it: names in order, each replaced in one step."""

    name = NAME

    def _names(self) -> list[str]:
        root = _root()
        return sorted(
            str(p.relative_to(root)) for p in root.rglob("*.*") if p.suffix != ".part" and p.is_file()
        )

    def count(self) -> int:
        """Files in the store."""
        return len(self._names())

    def after(self, name: str, limit: int) -> list[str]:
        """The next names after one."""
        return [other for other in self._names() if other > name][:limit]

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
        """Put newly sealed bytes in a file's place."""
        _write(name, sealed)
