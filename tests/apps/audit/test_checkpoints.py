"""Heads outside the database: what was removed there shows here, and the other way round."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from nuanxin.audit import faults, streams
from nuanxin.audit.checkpoints import checkpoint, folder, restart
from nuanxin.audit.faults import Tally
from nuanxin.audit.jobs import PERIODIC
from nuanxin.audit.models import Event, Head
from nuanxin.audit.streams import StreamOwner, find_stream, register_owner
from nuanxin.audit.verify import verify
from tests.apps.audit.streams import AT, CASE, OTHER, make_stream, sql, without_triggers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_dir(settings: Settings, tmp_path: Path) -> Path:
    """An installation's folder of its own."""
    settings.DATA_DIR = tmp_path
    return tmp_path


def file() -> Path:
    return folder() / "2026-03-02.jsonl"


def first() -> tuple[str, int | None, int | None]:
    fault = next(verify())
    return fault.kind, fault.stream, fault.seq


def test_heads_that_moved_are_exported_once() -> None:
    make_stream(2)
    make_stream(1, OTHER)
    assert checkpoint(at=AT) == 2
    assert checkpoint(at=AT) == 0
    make_stream(1)
    assert checkpoint(at=AT + timedelta(days=1)) == 2  # the case, and the stream of the exports themselves
    names = [path.name for path in sorted(folder().glob("*.jsonl"))]
    assert names == ["2026-03-02.jsonl", "2026-03-03.jsonl"]
    tally = Tally()
    assert list(verify(tally=tally)) == []
    assert (tally.exported, tally.newest_export) == (4, "2026-03-03T01:30:00+00:00")
    assert list(verify(CASE)) == []


def test_the_hourly_job_exports() -> None:
    make_stream(1)
    [(name, every, run)] = PERIODIC
    assert (name, every, run(AT)) == ("audit.export_heads", 3600, 1)


def test_a_tail_cut_together_with_an_older_true_head_is_named() -> None:
    make_stream(2)
    old = Head.objects.get(stream=CASE)
    make_stream(1)
    checkpoint(at=AT)
    with without_triggers():
        sql("DELETE FROM audit_event WHERE stream = %s AND seq = 3", CASE)
        sql("UPDATE audit_head SET seq=2, mac=%s, proof=%s WHERE stream=%s", old.mac, old.proof, CASE)
    assert first() == (faults.CUT, CASE, 3)
    assert next(verify(CASE)).kind == faults.CUT


def test_a_case_removed_with_its_head_is_named() -> None:
    make_stream(2)
    make_stream(2, OTHER)
    checkpoint(at=AT)
    with without_triggers():
        sql("DELETE FROM audit_event WHERE stream = %s", CASE)
        sql("DELETE FROM audit_head WHERE stream = %s", CASE)
    assert first() == (faults.DELETED, CASE, 2)
    assert next(verify(CASE)).kind == faults.DELETED
    assert list(verify(OTHER)) == []


def test_a_case_rewritten_from_the_start_differs_from_its_export() -> None:
    make_stream(2)
    checkpoint(at=AT)
    with without_triggers():
        sql("DELETE FROM audit_event WHERE stream = %s", CASE)
        sql("DELETE FROM audit_head WHERE stream = %s", CASE)
    make_stream(2)
    assert first() == (faults.ALTERED, CASE, 2)


@pytest.mark.parametrize("line", [0, 1, 2])
def test_an_altered_export_is_named(line: int) -> None:
    for stream in (CASE, OTHER, CASE + 2):
        make_stream(1, stream)
    checkpoint(at=AT)
    lines = file().read_text().splitlines(keepends=True)
    lines[line] = lines[line].replace('"seq": 1', '"seq": 2')
    file().write_text("".join(lines))
    found = list(verify())
    assert [fault.kind for fault in found] == [faults.CHECKPOINT]
    assert f"2026-03-02.jsonl:{line + 1}" in found[0].detail


def test_a_removed_or_cut_export_is_told() -> None:
    make_stream(1)
    make_stream(1, OTHER)
    checkpoint(at=AT)
    lines = file().read_text().splitlines(keepends=True)
    file().write_text(lines[1])
    assert first()[0] == faults.CHECKPOINT
    file().write_text(lines[0])
    assert first()[0] == faults.CHECKPOINT
    file().unlink()
    assert first()[0] == faults.CHECKPOINT


def test_half_a_line_left_by_a_crash_is_no_fault_and_is_written_over() -> None:
    make_stream(1)
    checkpoint(at=AT)
    with file().open("a") as out:
        out.write('{"at": "2026-03-02T02:30')
    assert list(verify()) == []
    make_stream(1)
    checkpoint(at=AT)
    assert list(verify()) == []
    assert all(json.loads(line) for line in file().read_text().splitlines())


def test_rubbish_in_an_export_is_named_and_does_not_stop_the_verifier() -> None:
    make_stream(1)
    checkpoint(at=AT)
    file().write_text(file().read_text() + "rubbish\n[]\n")
    assert [fault.kind for fault in verify()] == [faults.CHECKPOINT, faults.CHECKPOINT]


def test_exports_can_begin_anew_after_a_restore_and_the_record_says_so() -> None:
    make_stream(2)
    checkpoint(at=AT)
    file().unlink()
    assert restart(at=AT + timedelta(hours=1)) == 3
    assert list(verify()) == []
    assert Event.objects.filter(kind="audit.exports_restarted").count() == 2
    make_stream(1)
    assert restart(at=AT + timedelta(hours=2)) == 3
    assert [path.name for path in folder().iterdir() if path.is_dir()] == ["until-20260302T033000"]
    assert list(verify()) == []


@pytest.fixture
def owner() -> Iterator[StreamOwner]:
    """A room above with two cases, one of which the record has never heard of."""
    kept = dict(streams._owners)
    streams._owners.clear()
    owner = StreamOwner("cases", {"GP-7": CASE}.get, lambda: [CASE, OTHER])
    register_owner(owner)
    yield owner
    streams._owners.clear()
    streams._owners.update(kept)


@pytest.mark.usefixtures("owner")
def test_a_row_above_without_any_event_is_missed_before_any_export() -> None:
    make_stream(1)
    assert first() == (faults.DELETED, OTHER, None)
    assert list(verify(CASE)) == []


@pytest.mark.usefixtures("owner")
def test_a_stream_is_found_by_its_number_or_id() -> None:
    assert find_stream("GP-7") == CASE
    assert find_stream(str(CASE)) == CASE
    assert find_stream("GP-8") is None
    assert find_stream("٣") is None
