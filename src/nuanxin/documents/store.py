"""The evidence folder: sealed originals and previews, written whole or not at all."""

from __future__ import annotations

from nuanxin.documents.folder import SealedFolder

ORIGINAL, PREVIEW = "original", "preview"
NAME = "evidence"
FOLDER = SealedFolder(NAME, "documents.evidence")


def _name(evidence_id: int, part: str) -> str:
    return f"{evidence_id >> 46:02d}/{evidence_id % 1000:03d}/{evidence_id}.{part}"


def put(evidence_id: int, part: str, data: bytes) -> None:
    """Seal and keep one part; on the disk when this returns."""
    FOLDER.put(_name(evidence_id, part), data)


def get(evidence_id: int, part: str) -> bytes:
    """The plain bytes of one part. Raises FileNotFoundError, SealBroken."""
    return FOLDER.get(_name(evidence_id, part))


def drop(evidence_id: int) -> None:
    """Remove what was written for a row that never came to be, or whose archive period is over."""
    for part in (ORIGINAL, PREVIEW):
        FOLDER.drop(_name(evidence_id, part))
