"""Backup and restore: whole, without keys, and never over somebody's data by accident."""

from __future__ import annotations

import tarfile
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from nuanxin.audit.actor import SYSTEM
from nuanxin.audit.checkpoints import checkpoint
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.models import Event
from nuanxin.audit.transactions import write
from nuanxin.audit.verify import verify
from nuanxin.config.backups import archive, restore, take
from nuanxin.config.backups.archive import BackupFault

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder of its own for what lies beside the database, with one piece of evidence."""
    folder = tmp_path / "data"
    (folder / "evidence").mkdir(parents=True)
    (folder / "evidence" / "ab12").write_bytes(b"sealed")
    (folder / "keys.json").write_text("never in a backup")
    return folder


@pytest.fixture(autouse=True)
def _data_dir(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATA_DIR", data)


def _write_events(count: int) -> None:
    for _ in range(count):
        with write():
            append([NewEvent(7, 14, "case.submitted", {"door": "web"})], by=SYSTEM, at=AT)


def test_what_was_backed_up_comes_back_whole(data: Path, tmp_path: Path) -> None:
    _write_events(3)
    checkpoint(at=AT)
    file = tmp_path / "backup.tar"
    figures = take.take(file, AT)
    assert figures["evidence"] == 1
    _write_events(2)
    (data / "evidence" / "ab12").write_bytes(b"changed")
    restore.restore(file, AT, force=True)
    assert Event.objects.filter(stream=7).count() == 3
    assert (data / "evidence" / "ab12").read_bytes() == b"sealed"
    assert list(verify(None)) == []
    _write_events(1)
    assert list(verify(None)) == []


def test_a_backup_beside_writers_and_exports_is_of_one_moment(tmp_path: Path) -> None:
    stop = threading.Event()

    def write_and_export() -> None:
        while not stop.is_set():
            _write_events(5)
            checkpoint(at=AT)
        connection.close()

    writer = threading.Thread(target=write_and_export)
    writer.start()
    files = [tmp_path / f"{number}.tar" for number in range(2)]
    try:
        for file in files:
            take.take(file, AT)
    finally:
        stop.set()
        writer.join()
    for file in files:
        restore.restore(file, AT, force=True)
        assert list(verify(None)) == []


def test_an_archive_holds_no_keys_and_is_private(tmp_path: Path) -> None:
    file = tmp_path / "backup.tar"
    take.take(file, AT)
    assert file.stat().st_mode & 0o777 == 0o600
    with tarfile.open(file) as tar:
        names = tar.getnames()
    assert names[0] == "manifest.json"
    assert not any("key" in name for name in names)
    assert settings.KEYS.chain not in file.read_bytes()


def test_an_installation_with_data_is_not_replaced_by_accident(tmp_path: Path) -> None:
    file = tmp_path / "backup.tar"
    _write_events(1)
    take.take(file, AT)
    with pytest.raises(BackupFault, match="--force"):
        restore.restore(file, AT, force=False)


def test_an_archive_taken_under_other_keys_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "backup.tar"
    take.take(file, AT)
    monkeypatch.setattr(archive, "key_mark", lambda key: "other")
    with pytest.raises(BackupFault, match="other keys"):
        restore.restore(file, AT, force=True)


def _cut(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


def _damaged(raw: bytes) -> bytes:
    at = raw.index(b"case.submitted")
    return raw[:at] + b"case.Submitted" + raw[at + 14 :]


@pytest.mark.parametrize("spoil", [_cut, _damaged])
def test_a_spoilt_archive_is_refused_and_nothing_is_touched(
    tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    _write_events(1)
    file = tmp_path / "backup.tar"
    take.take(file, AT)
    file.write_bytes(spoil(file.read_bytes()))
    with pytest.raises(BackupFault):
        restore.restore(file, AT, force=True)
    assert Event.objects.filter(stream=7).count() == 1


def test_an_archive_cannot_write_outside_the_folder(tmp_path: Path) -> None:
    entry = tarfile.TarInfo("../outside")
    member = archive.Member("../outside", 0, "")
    with tarfile.open(tmp_path / "x.tar", "w") as tar, pytest.raises(BackupFault, match="outside"):
        archive._write_checked(tar, entry, member, tmp_path)


def test_restore_refuses_while_a_server_runs(data: Path, tmp_path: Path) -> None:
    from nuanxin.config.serve import _serving

    with _serving(data), pytest.raises(BackupFault, match="stop"), restore._nobody_at_work():
        pass


def test_the_archive_names_its_database(tmp_path: Path) -> None:
    file = tmp_path / "backup.tar"
    take.take(file, AT)
    assert archive.unpack(file, tmp_path / "out").vendor == connection.vendor


def test_an_archive_names_the_last_migration_of_every_app() -> None:
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    assert take._leaves().items() >= {
        key for key in loader.graph.leaf_nodes() if key[0] in ("cases", "portal", "audit")
    }
