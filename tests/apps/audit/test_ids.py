"""Ids: never given twice, whatever becomes of transactions, processes and flushes."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections, transaction

from nuanxin.audit import ids
from nuanxin.audit.ids import next_id, province_of
from nuanxin.audit.models import IdBlock
from nuanxin.audit.transactions import write


@pytest.fixture
def spent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has no block in hand, with small blocks."""
    monkeypatch.setattr(ids, "_shared", ids._Block())
    monkeypatch.setattr(ids, "BLOCK", 4)
    monkeypatch.setattr(ids, "MARGIN", 2)


def counter() -> int:
    return IdBlock.objects.get(pk=1).next


@pytest.mark.django_db
def test_an_id_contains_its_province_and_is_safe_in_javascript() -> None:
    for province in (0, 11, 44, 65, 82, 99):
        row = next_id(province)
        assert province_of(row) == province
        assert 0 < row < 2**53


@pytest.mark.parametrize("province", [-1, 100, 440300])
def test_another_number_is_no_province(province: int) -> None:
    with pytest.raises(ValueError, match="two digits"):
        next_id(province)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("spent")
def test_ids_go_on_after_a_rollback() -> None:
    given = set()
    for _ in range(3):
        with write():
            given |= {next_id(44) for _ in range(7)}  # more than a block: the rest comes from inside
            transaction.set_rollback(True)
    with write():
        given |= {next_id(44) for _ in range(7)}
    assert len(given) == 28


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("spent")
def test_a_block_reserved_in_a_savepoint_dies_with_it() -> None:
    with transaction.atomic():
        before = next_id(44)
        with transaction.atomic():
            inside = [next_id(44) for _ in range(6)]
            transaction.set_rollback(True)
        after = [next_id(44) for _ in range(6)]
    numbers = {before, *inside, *after}
    assert len(numbers) == 13
    with transaction.atomic():
        assert next_id(44) not in numbers  # the rest of the block was given up at the end
    assert counter() > max(n & (2**46 - 1) for n in numbers)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("spent")
def test_write_reserves_before_it_begins_so_that_a_rollback_cannot_take_the_block_back() -> None:
    with write(ids_needed=100):
        given = [next_id(44) for _ in range(100)]
        transaction.set_rollback(True)
    assert counter() > max(n & (2**46 - 1) for n in given)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("spent")
def test_ids_go_on_where_the_table_was_emptied() -> None:
    given = [next_id(44) for _ in range(9)]
    IdBlock.objects.all().delete()
    given += [next_id(44) for _ in range(9)]
    assert len(set(given)) == 18


def in_child(work: Callable[[], list[int]]) -> tuple[int, int]:
    """Fork; the child writes its list to a pipe. Returns its pid and the pipe's reading end."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            connections.close_all()
            with os.fdopen(writer, "w") as out:
                json.dump(work(), out)
            status = 0
        finally:
            os._exit(status)
    os.close(writer)
    return child, reader


def take(count: int) -> list[int]:
    given = []
    for number in range(count):
        with write():
            given.append(next_id(44))
            transaction.set_rollback(number % 3 == 0)
    return given


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("spent")
def test_forked_processes_never_share_an_id() -> None:
    given = [next_id(44)]  # a block is in hand when the children are made
    connection.close()
    children = [in_child(lambda: take(50)) for _ in range(4)]
    given += take(50)
    for child, reader in children:
        with os.fdopen(reader) as pipe:
            given += json.load(pipe)
        assert os.waitpid(child, 0)[1] == 0
    assert len(given) == len(set(given)) == 251


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("spent")
def test_threads_never_share_an_id() -> None:
    given: list[int] = []

    def work() -> None:
        given.extend(take(50))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(given) == len(set(given)) == 200
