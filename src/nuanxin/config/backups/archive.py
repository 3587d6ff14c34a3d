"""The archive: a tar whose first member, ``manifest.json``, names every other with its size and SHA-256."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath

MANIFEST = "manifest.json"
FORMAT = 1
FOLDERS = ("evidence", "heads")  # of DATA_DIR, beside the database; keys are in neither
CHUNK = 1024 * 1024


class BackupFault(Exception):
    """An archive cannot be made or used; the text says why and what to do."""


@dataclass(slots=True)
class Member:
    """One file of the archive."""

    name: str
    size: int
    sha256: str


@dataclass(slots=True)
class Manifest:
    """What the archive is. ``sealed_with``: mark of the keys without which it cannot be read."""

    format: int
    version: str
    taken_at: str
    vendor: str
    sealed_with: str
    migrations: dict[str, str]
    members: list[Member] = field(default_factory=list)


def key_mark(chain_key: bytes) -> str:
    """A name for a set of keys that tells nothing about them."""
    return hmac.new(chain_key, b"nuanxin backup", hashlib.sha256).hexdigest()[:16]


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """A path to write to (mode 600) that takes the target's name only when all is written and on the disk."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(handle)
    partial = Path(name)
    try:
        yield partial
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def pack(target: Path, manifest: Manifest, files: Sequence[tuple[str, Path]]) -> Manifest:
    """Write files as (name in the archive, path) and the manifest. Returns it, complete."""
    manifest.members = [_member(name, path) for name, path in files]
    body = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
    with written_whole(target) as partial, tarfile.open(partial, "w") as tar:
        head = tarfile.TarInfo(MANIFEST)
        head.size = len(body)
        tar.addfile(head, io.BytesIO(body))
        for name, path in files:
            entry = tarfile.TarInfo(name)
            entry.size = path.stat().st_size
            with path.open("rb") as file:
                tar.addfile(entry, file)
    return manifest


def unpack(archive: Path, folder: Path) -> Manifest:
    """Write every member under ``folder`` and check it against the manifest. Raises BackupFault."""
    try:
        with tarfile.open(archive, "r:") as tar:
            manifest = _read_manifest(tar)
            wanted = {member.name: member for member in manifest.members}
            for entry in tar:
                if entry.name == MANIFEST:
                    continue
                member = wanted.pop(entry.name, None)
                if member is None or not entry.isfile():
                    raise BackupFault(f"{archive} holds {entry.name}, which its manifest does not name")
                _write_checked(tar, entry, member, folder)
    except (tarfile.TarError, OSError, ValueError, KeyError, TypeError) as fault:
        raise BackupFault(f"{archive} cannot be read as an archive of this program: {fault}") from fault
    if wanted:
        raise BackupFault(f"{archive} is cut: {next(iter(wanted))} is missing")
    return manifest


def _read_manifest(tar: tarfile.TarFile) -> Manifest:
    entry = tar.next()
    file = tar.extractfile(entry) if entry is not None and entry.name == MANIFEST else None
    if file is None:
        raise BackupFault("the archive does not begin with a manifest")
    body = json.load(file)
    if body["format"] != FORMAT:
        raise BackupFault(f"the archive has format {body['format']}; this version reads {FORMAT}")
    members = [Member(**member) for member in body.pop("members")]
    return Manifest(**body, members=members)


def _write_checked(tar: tarfile.TarFile, entry: tarfile.TarInfo, member: Member, folder: Path) -> None:
    name = PurePosixPath(entry.name)
    if name.is_absolute() or ".." in name.parts:
        raise BackupFault(f"{entry.name} would be written outside the folder")
    source = tar.extractfile(entry)
    if source is None:
        raise BackupFault(f"{entry.name} is not a file")
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            file.write(chunk)
    if digest.hexdigest() != member.sha256:
        raise BackupFault(f"{entry.name} is damaged: its SHA-256 is not the one in the manifest")


def _member(name: str, path: Path) -> Member:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return Member(name, path.stat().st_size, digest.hexdigest())


def files_under(root: Path, folder: str) -> list[tuple[str, Path]]:
    """Every file of a folder, in order, with its name relative to ``root``."""
    paths = sorted(path for path in (root / folder).rglob("*") if path.is_file())
    return [(path.relative_to(root).as_posix(), path) for path in paths]
