"""The folder of photographs that wait with a draft: sealed as they came, beside the evidence they will become."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings

from nuanxin.audit.encryption import open_bytes, seal_bytes
from nuanxin.portal.models import DraftFile

NAME = "drafts"


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / NAME


def _context(name: str) -> str:
    # Sealed for its own name: a file moved into another row's place does not open.
    return f"portal.draftfile:{name}"


def name_of(row: DraftFile) -> str:
    """The file of a row. No dot in it: the evidence store walks the names with one."""
    return f"{row.draft_id}-{row.sha256}"


def _write(name: str, sealed: bytes) -> None:
    """Beside its name first, then moved there whole."""
    path = _root() / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{name}-part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def put(name: str, data: bytes) -> None:
    """Seal and keep a file; on the disk when this returns."""
    _write(name, seal_bytes(data, context=_context(name)))


def get(name: str) -> bytes:
    """The plain bytes. Raises FileNotFoundError, SealBroken."""
    return open_bytes((_root() / name).read_bytes(), context=_context(name))


def drop(name: str) -> None:
    """Remove a file, if it is there."""
    (_root() / name).unlink(missing_ok=True)


class DraftStore:
    """The folder as the rotation of the keys walks it: names in order, each replaced in one step."""

    name = NAME

    def _names(self) -> list[str]:
        root = _root()
        return sorted(p.name for p in root.iterdir() if not p.name.endswith("-part")) if root.is_dir() else []

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
