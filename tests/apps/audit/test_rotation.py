"""Changing keys while serving: stopped anywhere, gone on with, and found by the old index meanwhile."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import Settings

from nuanxin.audit import keyring, rotation, sealed
from nuanxin.audit.actor import SYSTEM
from nuanxin.audit.encryption import blind_index, open_bytes, open_sealed, seal, seal_bytes
from nuanxin.audit.management.commands import keys as sealed_command
from nuanxin.audit.models import Event, Rotation
from nuanxin.audit.sealing import key_of
from nuanxin.config.keys import KeyFile, make_keys
from nuanxin.notices.models.inbound import InboundText
from tests.apps.audit.streams import AT, sql

pytestmark = pytest.mark.django_db

LABEL = "notices.InboundText"


@pytest.fixture(autouse=True)
def key_file(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KeyFile:
    """An installation with keys of its own, one table, small batches and nobody to wait for."""
    make_keys(tmp_path / "keys.json")
    file = KeyFile(tmp_path / "keys.json")
    settings.KEYS_FILE = file
    [table] = [each for each in sealed.sealed_tables() if each.label == LABEL]
    monkeypatch.setattr(rotation, "sealed_tables", lambda: [table])
    monkeypatch.setattr(sealed_command, "sealed_tables", lambda: [table])
    monkeypatch.setattr(sealed, "_stores", {})
    monkeypatch.setattr(rotation, "BATCH", 3)
    monkeypatch.setattr(rotation, "FILES", 2)
    monkeypatch.setattr(rotation, "SETTLE", 0.0)
    return file


def phone(number: int) -> str:
    return f"1380000{number:04}"


def make_texts(count: int) -> None:
    for number in range(count):
        InboundText.objects.create(gateway_id=str(number), phone=phone(number), text="x", received_at=AT)


def keys_in_table() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, text FROM notices_inboundtext")
        return {key_of(value) for row in cursor.fetchall() for value in row if value}


def sweep() -> list[rotation.Progress]:
    return list(rotation.sweep(by=SYSTEM, at=AT))


def everything_is_found(count: int) -> bool:
    return all(InboundText.objects.get(phone_index=phone(n)).phone == phone(n) for n in range(count))


def test_every_value_is_sealed_anew_and_every_index_rebuilt() -> None:
    make_texts(7)
    InboundText.objects.create(gateway_id="empty", phone="", text="", received_at=AT)
    before = blind_index("phone", phone(1))
    assert rotation.begin(by=SYSTEM, at=AT) == "k2"
    assert rotation.under_way()
    steps = [step for step in sweep() if step.target == LABEL]
    assert [(step.done, step.total) for step in steps] == [(3, 8), (6, 8), (8, 8)]
    assert keys_in_table() == {"k2"}
    assert not rotation.under_way()
    assert blind_index("phone", phone(1)) != before
    assert everything_is_found(7)
    assert InboundText.objects.get(gateway_id="empty").phone == ""
    kinds = list(Event.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds == ["keys.begun", "keys.swept"]


def test_rows_are_found_before_during_and_after() -> None:
    make_texts(5)
    assert everything_is_found(5)
    rotation.begin(by=SYSTEM, at=AT)
    assert everything_is_found(5)
    for _ in rotation.sweep(by=SYSTEM, at=AT):
        assert everything_is_found(5)
    assert everything_is_found(5)


@pytest.mark.parametrize("steps", range(6))
def test_a_stopped_run_goes_on_where_it_ended(steps: int) -> None:
    make_texts(10)
    rotation.begin(by=SYSTEM, at=AT)
    running = (step for step in rotation.sweep(by=SYSTEM, at=AT) if step.target == LABEL)
    for _ in range(steps):
        next(running, None)
    running.close()
    done = getattr(Rotation.objects.filter(target=LABEL).first(), "done", 0)
    assert done == min(3 * steps, 10)
    assert everything_is_found(10)
    rest = [step for step in sweep() if step.target == LABEL]
    assert not rest or rest[0].done > done
    assert keys_in_table() == {"k2"}
    assert everything_is_found(10)
    assert not rotation.under_way()


def test_a_batch_that_failed_is_done_again(monkeypatch: pytest.MonkeyPatch) -> None:
    make_texts(5)
    rotation.begin(by=SYSTEM, at=AT)
    put = sealed.SealedTable.put
    batches: list[int] = []

    def failing(table: sealed.SealedTable, rows: list[tuple[object, list[object]]]) -> None:
        put(table, rows)
        batches.append(len(rows))
        if len(batches) == 2:
            raise RuntimeError("power cut")

    monkeypatch.setattr(sealed.SealedTable, "put", failing)
    with pytest.raises(RuntimeError):
        sweep()
    assert Rotation.objects.get(target=LABEL).done == 3
    assert everything_is_found(5)
    sweep()
    assert keys_in_table() == {"k2"}
    assert everything_is_found(5)


def test_what_a_slow_writer_sealed_with_the_old_key_sends_its_table_round_again() -> None:
    make_texts(4)
    old = seal(phone(99), context="notices.inboundtext.phone")
    rotation.begin(by=SYSTEM, at=AT)
    running = rotation.sweep(by=SYSTEM, at=AT)
    assert [step.done for step in (next(running), next(running))] == [3, 4]
    sql("UPDATE notices_inboundtext SET phone = %s WHERE gateway_id = '0'", old)
    assert [step.done for step in running] == [3, 4]
    assert keys_in_table() == {"k2"}
    assert InboundText.objects.get(phone_index=phone(99)).gateway_id == "0"


def test_a_value_that_cannot_be_opened_is_counted_kept_and_tried_again() -> None:
    make_texts(4)
    whole = InboundText.objects.get(gateway_id="1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM notices_inboundtext WHERE gateway_id = '1'")
        [kept] = cursor.fetchone()
    sql("UPDATE notices_inboundtext SET text = 'k1:rubbish' WHERE gateway_id = '1'")
    rotation.begin(by=SYSTEM, at=AT)
    assert [step.broken for step in sweep() if step.target == LABEL][-1] == 1
    assert rotation.under_way()
    sql("UPDATE notices_inboundtext SET text = %s WHERE gateway_id = '1'", kept)
    assert [step.broken for step in sweep() if step.target == LABEL][-1] == 0
    assert not rotation.under_way()
    assert keys_in_table() == {"k2"}
    assert InboundText.objects.get(pk=whole.pk).text == "x"


def test_a_second_change_follows_a_first() -> None:
    make_texts(2)
    for expected in ("k2", "k3"):
        assert rotation.begin(by=SYSTEM, at=AT) == expected
        sweep()
        assert keys_in_table() == {expected}
    assert everything_is_found(2)


def test_values_of_an_older_backup_open_and_can_be_swept_again() -> None:
    make_texts(2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, phone, phone_index FROM notices_inboundtext")
        backup = [(key, value, bytes(index)) for key, value, index in cursor.fetchall()]
    rotation.begin(by=SYSTEM, at=AT)
    sweep()
    for key, value, index in backup:
        sql("UPDATE notices_inboundtext SET phone = %s, phone_index = %s WHERE id = %s", value, index, key)
    assert InboundText.objects.get(pk=backup[0][0]).phone == phone(0)
    rotation.restart()
    sweep()
    assert everything_is_found(2)


@dataclass
class Shelf:
    """Sealed files, in memory."""

    name: str = "shelf"
    files: dict[str, bytes] = field(default_factory=dict)

    def count(self) -> int:
        return len(self.files)

    def after(self, name: str, limit: int) -> list[str]:
        return sorted(each for each in self.files if each > name)[:limit]

    def context(self, name: str) -> str:
        return f"shelf/{name}"

    def read(self, name: str) -> bytes:
        return self.files[name]

    def replace(self, name: str, sealed: bytes) -> None:
        self.files[name] = sealed


@pytest.fixture
def shelf() -> Shelf:
    """A registered store of five files."""
    shelf = Shelf()
    for number in range(5):
        name = f"f{number}"
        shelf.files[name] = seal_bytes(name.encode(), context=shelf.context(name))
    sealed.register_store(shelf)
    return shelf


def test_files_are_sealed_anew_too(shelf: Shelf) -> None:
    shelf.files["f3"] = b""
    rotation.begin(by=SYSTEM, at=AT)
    steps = [step for step in sweep() if step.target == "store:shelf"]
    assert [(step.done, step.total) for step in steps] == [(2, 5), (4, 5), (5, 5)]
    for name in ("f0", "f1", "f2", "f4"):
        assert key_of(shelf.files[name]) == "k2"
        assert open_bytes(shelf.files[name], context=shelf.context(name)) == name.encode()


def test_a_broken_file_is_counted_and_kept(shelf: Shelf) -> None:
    shelf.files["f1"] = b"NX1\x02k1rubbish"
    rotation.begin(by=SYSTEM, at=AT)
    assert [step.broken for step in sweep() if step.target == "store:shelf"][-1] == 1
    assert shelf.files["f1"] == b"NX1\x02k1rubbish"


def test_a_running_process_opens_what_another_sealed_with_a_newer_key(
    key_file: KeyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert keyring.ring().active == "k1"
    assert keyring._known is not None
    before = replace(keyring._known)
    key_file.rotate()
    keyring.ring(now=True)
    from_another = seal("text", context="here")
    assert key_of(from_another) == "k2"
    monkeypatch.setattr(keyring, "_known", before)  # a process that has not looked yet
    assert open_sealed(from_another, context="here") == "text"
    assert keyring.ring().active == "k2"


def test_a_running_process_seals_with_a_new_key_within_a_second(
    key_file: KeyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert key_of(seal("text", context="here")) == "k1"
    key_file.rotate()
    monkeypatch.setattr(keyring, "LOOK_EVERY", 0.0)  # the second has passed
    assert key_of(seal("text", context="here")) == "k2"


def test_the_key_file_stays_private_and_whole(key_file: KeyFile) -> None:
    first = key_file.load()
    second = key_file.rotate()
    assert key_file.path.stat().st_mode & 0o777 == 0o600
    assert second.encryption["k1"] == first.encryption["k1"]
    assert second.old_indexes == (first.index,)
    assert (second.chain, second.follow, second.secret) == (first.chain, first.follow, first.secret)
    assert key_file.forget_old_indexes().old_indexes == ()
    assert not key_file.path.with_suffix(".new").exists()


def run(*arguments: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("keys", *arguments, stdout=out, stderr=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_the_command_rotates_with_progress_and_says_how_things_stand() -> None:
    make_texts(4)
    status, text = run("rotate")
    assert status == 0
    assert f"{LABEL}: 3 of 4\n{LABEL}: 4 of 4" in text
    assert "done: everything is sealed with k2" in text
    said = json.loads(run("status", "--json")[1])
    assert (said["active"], said["keys"], said["under_way"]) == ("k2", ["k1", "k2"], False)
    assert said["sealed"][LABEL] == {"phone": {"k2": 4}, "text": {"k2": 4}}
    assert f"{LABEL}.phone  k2: 4" in run("status")[1]
    assert run("rotate", "--sweep")[0] == 0


def test_the_command_goes_on_with_a_stopped_change_and_fails_on_broken_values() -> None:
    make_texts(4)
    rotation.begin(by=SYSTEM, at=AT)
    sql("UPDATE notices_inboundtext SET text = 'k1:rubbish' WHERE gateway_id = '1'")
    status, text = run("rotate")
    assert status == 1
    assert "going on" in text
    assert f"{LABEL}: 1 rows could not be opened" in text
    assert "a change of keys is under way" in run("status")[1]
