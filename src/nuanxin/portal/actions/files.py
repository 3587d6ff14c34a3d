"""Photographs that wait with a draft: sealed on disk as they came, their SHA-256 taken at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO

import structlog
from django.core.files.uploadedfile import UploadedFile

from nuanxin.audit.actor import Actor
from nuanxin.audit.encryption import SealBroken
from nuanxin.audit.transactions import write
from nuanxin.documents.actions import examine, receive, screen
from nuanxin.documents.rules.uploads import BadUpload
from nuanxin.portal import store
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
        store.put(store.name_of(row), data)
    return row


def content(row: DraftFile) -> bytes:
    """The bytes as they came. Raises SealBroken, FileNotFoundError."""
    return store.get(store.name_of(row))


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
        store.drop(store.name_of(row))
        taken += 1
    return taken


def remove(*, draft: PortalDraft, file_id: int) -> None:
    """Take one file out again."""
    with write():
        for row in DraftFile.objects.filter(draft=draft, pk=file_id):
            store.drop(store.name_of(row))
            row.delete()


def drop_files(drafts: Iterable[PortalDraft]) -> None:
    """Remove every file of these drafts from the disk. Their rows go with the drafts."""
    for row in DraftFile.objects.filter(draft__in=list(drafts)):
        store.drop(store.name_of(row))
