"""Photographs that wait with a draft: sealed on disk as they came, their SHA-256 taken at once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from nuanxin.audit.encryption import open_bytes, seal_bytes
from nuanxin.audit.transactions import write
from nuanxin.portal.models import DraftFile, PortalDraft

MOST_FILES = 40  # a draft; the office takes more later


class TooManyFiles(Exception):
    """The draft holds as many files as it may."""


class NotTaken(Exception):
    """A file that is no photograph and no paper; ``name`` as the phone called it."""

    def __init__(self, name: str) -> None:
        super().__init__("not a photograph or paper")
        self.name = name


def add(*, draft: PortalDraft, files: Iterable[UploadedFile], at: datetime) -> list[DraftFile]:
    """Keep files with a draft; one that is there already is not kept twice. Raises TooManyFiles."""
    added = []
    for upload in files:
        data = upload.read()
        digest = hashlib.sha256(data).hexdigest()
        with write():
            if DraftFile.objects.filter(draft=draft, sha256=digest).exists():
                continue
            if DraftFile.objects.filter(draft=draft).count() >= MOST_FILES:
                raise TooManyFiles
            row = DraftFile.objects.create(
                draft=draft, name=(upload.name or "")[:200], sha256=digest, size=len(data),
                media_type=(upload.content_type or "")[:80], received_at=at,
            )  # fmt: skip
            _put(row, data)
        added.append(row)
    return added


def content(row: DraftFile) -> bytes:
    """The bytes as they came. Raises SealBroken, FileNotFoundError."""
    return open_bytes(_path(row).read_bytes(), context=_context(row))


def remove(*, draft: PortalDraft, file_id: int) -> None:
    """Take one file out again."""
    with write():
        for row in DraftFile.objects.filter(draft=draft, pk=file_id):
            _path(row).unlink(missing_ok=True)
            row.delete()


def drop_files(drafts: Iterable[PortalDraft]) -> None:
    """Remove every file of these drafts from the disk. Their rows go with the drafts."""
    for row in DraftFile.objects.filter(draft__in=list(drafts)):
        _path(row).unlink(missing_ok=True)


def _context(row: DraftFile) -> str:
    return f"portal.draftfile:{row.draft_id}:{row.sha256}"


def _path(row: DraftFile) -> Path:
    folder: Path = settings.DATA_DIR / "drafts"
    return folder / f"{row.draft_id}-{row.sha256}"


def _put(row: DraftFile, data: bytes) -> None:
    """Write the sealed file beside its name and move it there whole."""
    path = _path(row)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(seal_bytes(data, context=_context(row)))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
