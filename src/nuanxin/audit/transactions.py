"""The one way to write: ``with write():``.

SQLite retries a busy lock unfairly (a writer may wait for seconds while others pass), so writers of one
machine queue on an advisory file lock first. PostgreSQL has its own queue and skips the file.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction

from nuanxin.audit import ids


class _Mine(threading.local):
    """Whether this thread holds the lock, and how deep it is in ``write()``."""

    locked: bool = False
    depth: int = 0


_mine = _Mine()


@contextmanager
def _queue() -> Iterator[None]:
    """Hold the writers' lock, unless there is nobody to queue with or it is held already."""
    if connection.vendor != "sqlite" or _mine.locked or connection.in_atomic_block:
        yield
        return
    # Opened anew each time (8 µs): a lock belongs to the open file, which threads and children would share.
    file = os.open(settings.DATA_DIR / "write.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        _mine.locked = True
        yield
    finally:
        _mine.locked = False
        os.close(file)


@contextmanager
def write(*, ids_needed: int = 0) -> Iterator[None]:
    """One write transaction: all of it is kept, or nothing.

    Inside another ``write()`` it joins that one at no cost; to catch a failure in the middle and go on, wrap
    the part in ``transaction.atomic()``. ``ids_needed`` announces a bulk insert (a roster of thousands), so
    that its ids are reserved before the transaction starts. Readers are never blocked.
    """
    joins = _mine.depth > 0 and connection.in_atomic_block
    with _queue():
        if not connection.in_atomic_block:
            ids.ensure(ids_needed)
        _mine.depth += 1
        try:
            with transaction.atomic(savepoint=not joins):
                yield
        finally:
            _mine.depth -= 1
