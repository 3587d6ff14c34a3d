"""Writes of documents: receiving evidence."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import datetime
from typing import IO

from django.db import IntegrityError

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.ids import next_id
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import NoSuchCase, NotPermitted
from nuanxin.cases.models import Case
from nuanxin.cases.queries.loading import load_for_move
from nuanxin.cases.rules.states import ENDED
from nuanxin.documents import store
from nuanxin.documents.models import Evidence
from nuanxin.documents.pdf import check_pdf
from nuanxin.documents.permissions import may_hand_in
from nuanxin.documents.previews import make_preview
from nuanxin.documents.rules.uploads import MOST_BYTES, MOST_FILES, BadUpload, FileKind, kind_of, too_large
from nuanxin.documents.scanner import Infected, scan


def receive(*, case_id: int, file: IO[bytes], filename: str, by: Actor, at: datetime) -> Evidence:
    """Take one file as evidence: hash it, scan it, seal the original, make a preview, write it into the record.

    The same file twice on one case is one piece of evidence. Raises BadUpload with what to do, NoSuchCase,
    NotPermitted.
    """
    data = file.read(MOST_BYTES + 1)
    kind = examine(data)
    digest = hashlib.sha256(data).hexdigest()
    case = Case.objects.filter(pk=case_id).first()
    if case is None:
        raise NoSuchCase
    if not may_hand_in(by, case):
        raise NotPermitted
    known = Evidence.objects.filter(case=case_id, sha256=digest).first()
    if known is not None:
        return known
    _refuse(case)
    scanned = screen(data)
    row = Evidence(
        id=next_id(case.province), province=case.province, case=case, sha256=digest, size=len(data), mime=kind.mime,
        filename=_clean(filename), scanned=scanned, received_at=at, by_kind=by.kind,
        by_id=by.id if by.kind == "staff" else 0,
    )  # fmt: skip
    return _keep(row, kind, data, by, at)


def examine(data: bytes) -> FileKind:
    """What a file is, judged by its bytes. Raises BadUpload for one that cannot be taken on any case."""
    if len(data) > MOST_BYTES:
        raise too_large()
    kind = kind_of(data[:64])
    if kind.mime == "application/pdf":
        check_pdf(data)
    return kind


def _refuse(case: Case) -> None:
    if case.state in ENDED:
        raise BadUpload(
            "ended",
            "这个案子已经结束，不能再交材料。有新情况请打 12348。",
            "This case has ended. If anything is new, ring 12348.",
        )
    if Evidence.objects.filter(case=case.pk).count() >= MOST_FILES:
        raise BadUpload(
            "too_many", f"一个案子最多 {MOST_FILES} 份材料。", f"A case takes {MOST_FILES} files at most."
        )


def screen(data: bytes) -> bool:
    """Whether a virus scanner has seen the file. Raises BadUpload where it found something."""
    try:
        return scan(data)
    except Infected as fault:
        raise BadUpload(
            "infected",
            "这个文件带病毒，没有收。请拍成照片再交。",
            "This file carries a virus and was not taken. Photograph it instead.",
        ) from fault


def _clean(filename: str) -> str:
    """The name as a label only: no path, no control characters."""
    name = filename.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c)[0] != "C")[:120]


def _keep(row: Evidence, kind: FileKind, data: bytes, by: Actor, at: datetime) -> Evidence:
    """Files first, row second: a row never points at nothing, and a lost file belongs to no row."""
    preview = make_preview(data) if kind.picture else None
    store.put(row.id, store.ORIGINAL, data)
    if preview:
        store.put(row.id, store.PREVIEW, preview)
    row.preview = preview is not None
    try:
        with write():
            loaded = load_for_move(row.case_id)
            if loaded is None:
                raise NoSuchCase
            _refuse(loaded.case)  # it may have ended while the file was looked at
            Evidence.objects.bulk_create([row])
            payload = {"evidence": row.id, "sha256": row.sha256, "size": row.size, "scanned": row.scanned}
            append(
                [NewEvent(row.case_id, row.province, "evidence.received", payload)],
                by=by,
                at=at,
                head=loaded.head,
            )
    except IntegrityError:
        store.drop(row.id)
        return Evidence.objects.get(case=row.case_id, sha256=row.sha256)
    except BaseException:
        store.drop(row.id)
        raise
    return row


def erase_expired(*, by: Actor, at: datetime, limit: int = 100) -> int:
    """Erase the files of cases whose persons were erased (PIPL art. 47); gives back how many files.

    The hash and the size stay on the record: they say that there was a paper, and nothing about anybody.
    """
    gone = Evidence.objects.filter(erased_at__isnull=True, case__workers__erased_at__isnull=False).distinct()
    rows = list(gone.order_by("pk")[:limit])
    for row in rows:
        store.drop(row.pk)  # the files first: what fails after this is done again by the next run
        with write():
            Evidence.objects.filter(pk=row.pk).update(filename="", preview=False, erased_at=at)
            event = NewEvent(row.case_id, row.province, "evidence.erased", {"evidence": row.pk})
            append([event], by=by, at=at)
    return len(rows)
