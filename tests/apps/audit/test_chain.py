"""Properties of the chain: whatever single thing is done to the stored rows, the verifier names the first bad one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from nuanxin.audit import chain, faults
from nuanxin.audit.faults import Fault
from nuanxin.audit.models import Event, Head
from nuanxin.audit.verify import verify
from tests.apps.audit.streams import AT, CASE, OTHER, make_stream, sql, undone, without_triggers

pytestmark = pytest.mark.django_db

LENGTH = 6
places = st.integers(1, LENGTH)
few = effort(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def first_fault(stream: int | None = None) -> Fault | None:
    return next(verify(stream), None)


def stored_row(seq: int, stream: int = CASE) -> Event:
    return Event.objects.get(stream=stream, seq=seq)


def instant(minutes: float) -> Any:
    return connection.ops.adapt_datetimefield_value(AT + timedelta(minutes=minutes))


ALTERATIONS: dict[str, Any] = {
    "id": 999,
    "province": 45,
    "kind": "case.closed",
    "version": 2,
    "effective_on": "2026-03-03",
    "actor_kind": "staff",
    "actor_id": 5,
    "payload": '{"from":"submitted"}',
    "mac": b"\1" * 32,
}


def test_an_untouched_record_is_whole() -> None:
    make_stream(LENGTH)
    make_stream(2, OTHER)
    assert list(verify()) == []
    assert list(verify(CASE)) == []


@few
@given(place=places, column=st.sampled_from(sorted(ALTERATIONS)))
def test_any_altered_column_of_any_row_is_named(place: int, column: str) -> None:
    with undone():
        make_stream(LENGTH)
        make_stream(2, OTHER)
        with without_triggers():
            sql(
                f"UPDATE audit_event SET {column} = %s WHERE stream = %s AND seq = %s",
                ALTERATIONS[column],
                CASE,
                place,
            )
        fault = first_fault()
        assert fault is not None
        assert (fault.kind, fault.stream, fault.seq) == (faults.ALTERED, CASE, place)
        assert fault.row == stored_row(place).id
        assert first_fault(CASE) == fault
        assert first_fault(OTHER) is None


@few
@given(place=places, microseconds=st.integers(-(10**9), 10**9).filter(bool))
def test_an_instant_moved_by_a_microsecond_is_named(place: int, microseconds: int) -> None:
    with undone():
        make_stream(LENGTH)
        moved = instant(place + microseconds / 6e7)
        with without_triggers():
            sql("UPDATE audit_event SET recorded_at = %s WHERE seq = %s", moved, place)
        fault = first_fault()
        assert fault is not None
        assert (fault.kind, fault.seq) == (faults.ALTERED, place)


@few
@given(
    place=places,
    key=st.sampled_from(["holder", "to", "days"]),
    value=st.integers() | st.none() | st.just("x"),
)
def test_a_payload_changed_in_one_value_or_only_in_its_spelling_is_named(
    place: int, key: str, value: Any
) -> None:
    with undone():
        make_stream(LENGTH)
        payload = {**stored_row(place).payload, key: value}
        text = str(payload).replace("'", '"').replace("None", "null").replace("True", "true")
        with without_triggers():
            sql("UPDATE audit_event SET payload = %s WHERE seq = %s", text, place)
        fault = first_fault()
        assert fault is not None
        assert (fault.kind, fault.seq) == (faults.ALTERED, place)


@few
@given(start=places, count=st.integers(1, LENGTH))
def test_any_removed_run_of_rows_is_named_as_missing_cut_or_deleted(start: int, count: int) -> None:
    end = min(start + count, LENGTH + 1)
    with undone():
        make_stream(LENGTH)
        make_stream(1, OTHER)
        with without_triggers():
            sql("DELETE FROM audit_event WHERE stream = %s AND seq >= %s AND seq < %s", CASE, start, end)
        fault = first_fault()
        assert fault is not None
        expected = faults.MISSING if end <= LENGTH else faults.CUT if start > 1 else faults.DELETED
        assert (fault.kind, fault.stream, fault.seq) == (expected, CASE, start)


@few
@given(order=st.permutations(range(1, LENGTH + 1)).filter(lambda order: order != sorted(order)))
def test_any_other_order_of_the_rows_is_named_at_its_first_wrong_place(order: list[int]) -> None:
    with undone():
        rows = make_stream(LENGTH)
        with without_triggers():
            sql("UPDATE audit_event SET seq = seq + 1000")
            for place, origin in enumerate(order, 1):
                sql("UPDATE audit_event SET seq = %s WHERE id = %s", place, rows[origin - 1].id)
        place = next(place for place, origin in enumerate(order, 1) if place != origin)
        fault = first_fault()
        assert fault is not None
        assert (fault.kind, fault.seq, fault.row) == (faults.REORDERED, place, rows[order[place - 1] - 1].id)
        assert fault.detail == f"was written as event {order[place - 1]}"


@few
@given(place=places, to=st.integers(LENGTH + 1, LENGTH + 20))
def test_a_row_moved_to_a_free_place_is_named(place: int, to: int) -> None:
    with undone():
        row = make_stream(LENGTH)[place - 1]
        with without_triggers():
            sql("UPDATE audit_event SET seq = %s WHERE id = %s", to, row.id)
        fault = first_fault()
        if place == LENGTH and to == LENGTH + 1:
            assert fault is not None
        assert fault == Fault(faults.REORDERED, f"was written as event {place}", CASE, to, row.id)


@few
@given(place=places)
def test_a_row_moved_to_another_case_is_missed_in_one_and_named_in_the_other(place: int) -> None:
    with undone():
        row = make_stream(LENGTH)[place - 1]
        make_stream(2, OTHER)
        with without_triggers():
            sql("UPDATE audit_event SET stream = %s, seq = 3 WHERE id = %s", OTHER, row.id)
        left, found = first_fault(CASE), first_fault(OTHER)
        assert left is not None
        assert (left.kind, left.seq) == (faults.CUT if place == LENGTH else faults.MISSING, place)
        assert found is not None
        assert (found.kind, found.seq, found.row) == (faults.ALTERED, 3, row.id)


@few
@given(kept=st.integers(1, LENGTH - 1))
def test_a_cut_tail_is_found_although_the_head_was_set_back(kept: int) -> None:
    with undone():
        rows = make_stream(LENGTH)
        with without_triggers():
            sql("DELETE FROM audit_event WHERE seq > %s", kept)
            sql("UPDATE audit_head SET seq = %s, mac = %s", kept, rows[kept - 1].mac)
        fault = first_fault()
        assert fault is not None
        assert (fault.kind, fault.seq) == (faults.HEAD, kept)


def test_a_forged_row_behind_the_last_is_named() -> None:
    rows = make_stream(2)
    with without_triggers():
        sql("UPDATE audit_event SET seq = 3 WHERE seq = 2")
        sql(
            "INSERT INTO audit_event SELECT 77, province, stream, 2, kind, version, recorded_at, effective_on, "
            "actor_kind, actor_id, payload, mac FROM audit_event WHERE seq = 3"
        )
    fault = first_fault()
    assert fault is not None
    assert (fault.kind, fault.seq, fault.row) == (faults.ALTERED, 2, 77)
    assert rows[1].id != 77


def test_events_without_a_head_are_found() -> None:
    make_stream(2)
    with without_triggers():
        sql("DELETE FROM audit_head")
    fault = first_fault()
    assert fault is not None
    assert (fault.kind, fault.seq) == (faults.HEAD, 2)


def test_a_head_taken_back_to_an_older_true_one_is_found_while_the_events_are_there() -> None:
    make_stream(2)
    old = Head.objects.get(stream=CASE)
    make_stream(1)
    with without_triggers():
        sql("UPDATE audit_head SET seq = %s, mac = %s, proof = %s", old.seq, old.mac, old.proof)
    fault = first_fault()
    assert fault is not None
    assert (fault.kind, fault.seq) == (faults.HEAD, 3)


def test_values_of_a_wrong_type_are_named_and_do_not_stop_the_verifier() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite keeps a text in a column of instants")
    make_stream(3)
    with without_triggers():
        sql("UPDATE audit_event SET recorded_at = '2026-13-99 rubbish' WHERE seq = 2")
    fault = first_fault()
    assert fault is not None
    assert (fault.kind, fault.seq) == (faults.ALTERED, 2)


def test_every_fault_is_told_once_the_first_is_known() -> None:
    make_stream(5)
    with without_triggers():
        sql("UPDATE audit_event SET actor_id = 9 WHERE seq IN (2, 4)")
    assert [(fault.kind, fault.seq) for fault in verify()] == [(faults.ALTERED, 2), (faults.ALTERED, 4)]


def test_a_stream_longer_than_a_page_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nuanxin.audit.rows.PAGE", 3)
    monkeypatch.setattr("nuanxin.audit.verify.BATCH", 2)
    for stream in range(CASE, CASE + 5):
        make_stream(4, stream)
    with without_triggers():
        sql("UPDATE audit_event SET actor_id = 9 WHERE stream = %s AND seq = 4", CASE + 4)
    assert [(fault.stream, fault.seq) for fault in verify()] == [(CASE + 4, 4)]


def test_a_missing_trigger_is_told_after_the_rows() -> None:
    make_stream(1)
    with without_triggers():
        found = list(verify())
    assert {fault.kind for fault in found} == {faults.UNGUARDED}
    assert len(found) >= 4
    assert list(verify()) == []


def test_the_mac_depends_on_the_key_the_row_and_what_came_before() -> None:
    row = b"row"
    macs = {
        chain.mac(key, before, row) for key in (b"a" * 32, b"b" * 32) for before in (chain.GENESIS, b"x" * 32)
    }
    assert len(macs) == 4
    assert chain.mac(settings.KEYS.chain, chain.GENESIS, row) not in macs
