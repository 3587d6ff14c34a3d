"""Adding events: what it costs, what it refuses, what the database refuses."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from nuanxin.audit.actor import SYSTEM, Actor, Role
from nuanxin.audit.events import NEW_STREAM, NewEvent, StreamMoved, append, tip
from nuanxin.audit.ids import province_of
from nuanxin.audit.models import Event, Head
from nuanxin.audit.models.events import AppendOnly
from nuanxin.audit.transactions import write
from nuanxin.audit.verify import verify
from tests.apps.audit.streams import AT, CASE, OTHER, make_stream, new_event, sql

CLERK = Actor("staff", 12, frozenset({Role.CLERK}), (440300000000, 440399999999), 3)


@pytest.mark.django_db
def test_events_are_numbered_in_their_stream_and_keep_what_they_were_given() -> None:
    with write():
        first, second = append([new_event(), new_event(2)], by=CLERK, at=AT)
    stored = Event.objects.get(pk=second.id)
    assert (first.seq, stored.seq, stored.stream) == (1, 2, CASE)
    assert (stored.actor_kind, stored.actor_id) == ("staff", 12)
    assert (stored.recorded_at, stored.effective_on) == (AT, date(2026, 3, 2))
    assert stored.payload == new_event(2).payload
    assert province_of(stored.id) == 44
    assert bytes(stored.mac) == second.mac != first.mac
    head = Head.objects.get(stream=CASE)
    assert (head.seq, bytes(head.mac)) == (2, second.mac)


@pytest.mark.django_db
def test_several_events_cost_two_statements_where_the_head_is_known_and_three_where_not(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with write():
        with django_assert_num_queries(2):
            rows = append([new_event(n) for n in range(5)], by=SYSTEM, at=AT, head=NEW_STREAM)
        with django_assert_num_queries(2):
            append([new_event(9)], by=SYSTEM, at=AT, head=tip(rows[-1]))
        with django_assert_num_queries(3):
            append([new_event(9), new_event(9, OTHER)], by=SYSTEM, at=AT)
    assert list(verify()) == []


@pytest.mark.django_db
def test_more_events_than_one_statement_holds_stay_one_chain() -> None:
    with write():
        append([new_event(n) for n in range(200)], by=SYSTEM, at=AT)
    assert Head.objects.get(stream=CASE).seq == 200
    assert list(verify()) == []


@pytest.mark.django_db
def test_a_writer_who_knows_an_old_end_fails_instead_of_forking_the_chain() -> None:
    rows = make_stream(3)
    with pytest.raises(StreamMoved), write():
        append([new_event()], by=SYSTEM, at=AT, head=tip(rows[1]))
    with pytest.raises(StreamMoved), write():
        append([new_event()], by=SYSTEM, at=AT, head=NEW_STREAM)
    assert Event.objects.count() == 3
    assert list(verify()) == []


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_make_one_chain() -> None:
    make_stream(1)
    failed: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(10):
                with write():
                    append([new_event(), new_event(2)], by=SYSTEM, at=AT)
        except BaseException as fault:
            failed.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert list(verify()) == []
    assert Event.objects.count() == 81


@pytest.mark.django_db
def test_a_rolled_back_action_leaves_no_event() -> None:
    make_stream(1)
    with write():
        append([new_event()], by=SYSTEM, at=AT)
        transaction.set_rollback(True)
    assert Event.objects.count() == 1
    make_stream(1)
    assert list(verify()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("event", "at"),
    [
        (NewEvent(CASE, 44, "Accepted", {}), AT),
        (NewEvent(CASE, 44, "accepted", {}), AT),
        (NewEvent(CASE, 44, "case.accepted", {}), datetime(2026, 3, 2)),
        (NewEvent(CASE, 44, "case.accepted", {}, effective_on=datetime(2026, 3, 2, tzinfo=UTC)), AT),
        (NewEvent(CASE, 440000, "case.accepted", {}), AT),
        (NewEvent(CASE, 44, "case.accepted", {"phone": 1}), AT),
    ],
)
def test_unfit_events_are_refused(event: NewEvent, at: datetime) -> None:
    with pytest.raises(ValueError), write():  # noqa: PT011 - each says its own
        append([event], by=SYSTEM, at=at)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_events_outside_a_transaction_are_refused() -> None:
    with pytest.raises(ValueError, match="inside write"):
        append([new_event()], by=SYSTEM, at=AT, head=NEW_STREAM)


@pytest.mark.django_db
def test_a_known_head_goes_with_one_stream() -> None:
    with pytest.raises(ValueError, match="one stream"), write():
        append([new_event(), new_event(1, OTHER)], by=SYSTEM, at=AT, head=NEW_STREAM)
    with write():
        assert append([], by=SYSTEM, at=AT) == []


STATEMENTS = [
    "UPDATE audit_event SET kind = 'x.y'",
    "UPDATE audit_event SET payload = '{}' WHERE seq = 1",
    "DELETE FROM audit_event WHERE seq = 2",
    "DELETE FROM audit_head",
    "UPDATE audit_head SET seq = 1",
    "UPDATE audit_head SET mac = proof",
    "UPDATE audit_head SET stream = 5",
]
OF_SQLITE = ["INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event WHERE seq = 1"]
OF_POSTGRESQL = ["TRUNCATE audit_event", "TRUNCATE audit_head"]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", [*STATEMENTS, *OF_SQLITE, *OF_POSTGRESQL])
def test_the_database_refuses_to_change_the_record(statement: str) -> None:
    if statement in (OF_POSTGRESQL if connection.vendor == "sqlite" else OF_SQLITE):
        pytest.skip("a statement of the other database")
    make_stream(2)
    with pytest.raises(DatabaseError, match=r"append-only|only moves forward"), transaction.atomic():
        sql(statement)
    assert list(verify()) == []


@pytest.mark.django_db
def test_the_models_refuse_too() -> None:
    event = make_stream(1)[0]
    for attempt in (
        event.save,
        event.delete,
        Event.objects.all().delete,
        lambda: Event.objects.update(kind="x.y"),
        lambda: Event.objects.create(kind="x.y"),
    ):
        with pytest.raises(AppendOnly):
            attempt()
