"""``write()``: all or nothing, in a fair queue, free inside itself."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from nuanxin.audit.models import IdBlock
from nuanxin.audit.transactions import write

pytestmark = pytest.mark.django_db(transaction=True)


def locked_by_somebody() -> bool:
    file = os.open(Path(settings.DATA_DIR) / "write.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(file)


def free_again() -> bool:
    """Whether the queue is free within two seconds: a thread that an earlier test has left may write once more."""
    for _ in range(40):
        if not locked_by_somebody():
            return True
        time.sleep(0.05)
    return False


def test_it_is_a_transaction_and_holds_the_queue_on_sqlite_only() -> None:
    with write():
        assert connection.in_atomic_block
        assert locked_by_somebody() is (connection.vendor == "sqlite")
    assert not connection.in_atomic_block
    assert free_again()


def test_a_failure_undoes_everything_and_frees_the_queue() -> None:
    def fail() -> None:
        with write():
            IdBlock.objects.create(pk=7, next=1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not IdBlock.objects.filter(pk=7).exists()
    assert free_again()


def test_inside_itself_it_costs_no_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with write(), django_assert_num_queries(0), write(), write():
        pass


def test_a_failure_inside_may_be_caught_where_a_savepoint_says_so() -> None:
    def fail() -> None:
        with write():
            IdBlock.objects.create(pk=8, next=1)
            raise RuntimeError

    with write():
        IdBlock.objects.create(pk=7, next=1)
        with pytest.raises(RuntimeError), transaction.atomic():
            fail()
    assert set(IdBlock.objects.filter(pk__in=[7, 8]).values_list("pk", flat=True)) == {7}


def test_what_runs_after_commit_may_write_again() -> None:
    def later() -> None:
        with write():
            IdBlock.objects.create(pk=9, next=1)

    with write():
        transaction.on_commit(later)
    assert IdBlock.objects.filter(pk=9).exists()
    assert free_again()


def test_writers_queue_and_none_is_lost() -> None:
    IdBlock.objects.create(pk=7, next=0)

    def work() -> None:
        for _ in range(20):
            with write():
                row = IdBlock.objects.select_for_update().get(pk=7)
                row.next += 1
                row.save()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert IdBlock.objects.get(pk=7).next == 80
