"""Photographs that wait with a draft: sealed on disk as they came, their SHA-256 taken at once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from pathlib import Path

import structlog
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from nuanxin.audit.actor import Actor
from nuanxin.audit.encryption import SealBroken, open_bytes, seal_bytes
from nuanxin.audit.transactions import write
from nuanxin.documents.actions import examine, receive, screen
from nuanxin.documents.rules.uploads import BadUpload
from nuanxin.portal.models import DraftFile, PortalDraft

log = structlog.get_logger("nuanxin.portal")
MOST_FILES = 40  # a draft; the office takes more later


class TooManyFiles(Exception):
    """The draft holds as many files as it may."""


def add(*, draft: PortalDraft, upload: UploadedFile[bytes], at: datetime) -> DraftFile:
    """Keep a file with a draft; the same file twice is one.

    Raises TooManyFiles, and BadUpload for a file that could not be taken on a case either.
    """
    data = upload.read()
    kind = examine(data)
    screen(data)
    digest = hashlib.sha256(data).hexdigest()
    with write():
        known = DraftFile.objects.filter(draft=draft, sha256=digest).first()
        if known is not None:
            return known
        if DraftFile.objects.filter(draft=draft).count() >= MOST_FILES:
            raise TooManyFiles
        row = DraftFile.objects.create(
            draft=draft, name=(upload.name or "")[:200], sha256=digest, size=len(data), media_type=kind.mime,
            received_at=at,
        )  # fmt: skip
        _put(row, data)
    return row


def content(row: DraftFile) -> bytes:
    """The bytes as they came. Raises SealBroken, FileNotFoundError."""
    return open_bytes(_path(row).read_bytes(), context=_context(row))


def attach(*, draft: PortalDraft, by: Actor, at: datetime) -> int:
    """Hand the files of a draft over to the case that it has become; how many. Safe to repeat.

    A file that cannot be taken now stays with the draft until that runs out, and the log names its row.
    """
    taken = 0
    for row in DraftFile.objects.filter(draft=draft).order_by("pk"):
        try:
            receive(case_id=draft.case_id, file=BytesIO(content(row)), filename=row.name or "", by=by, at=at)
        except (BadUpload, SealBroken, FileNotFoundError) as fault:
            log.warning("draft_file_left", file=row.pk, fault=type(fault).__name__)
            continue
        row.delete()
        _path(row).unlink(missing_ok=True)
        taken += 1
    return taken


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
