"""The folder of recordings: sealed, beside the evidence, in a folder of its own."""

from __future__ import annotations

from hashlib import sha256

from nuanxin.documents.folder import SealedFolder

NAME = "recordings"
FOLDER = SealedFolder(NAME, "hotline.recording", NAME)


def file_of(call_id: int, name: str) -> str:
    """Where the recording that the engine calls ``name`` lies: told again, it is the same file."""
    return f"{call_id >> 46:02d}/{call_id % 1000:03d}/{call_id}-{sha256(name.encode()).hexdigest()[:16]}.rec"
