"""Row ids that contain their province and never need the database inside a transaction.

``id = province << 46 | n`` with a two-digit province (0 for national rows): below 2**53, so safe in JSON and
JavaScript. ``n`` comes from blocks that one row of the database hands out. A block is reserved before the
transaction, so a rollback loses numbers and never gives one twice.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

BITS = 46
BLOCK = 4096
MARGIN = 256  # what one ordinary transaction may use
_MASK = (1 << BITS) - 1


@dataclass(slots=True)
class _Block:
    next: int = 1
    end: int = 1

    @property
    def left(self) -> int:
        return self.end - self.next


class _InTransaction(threading.local):
    """A block reserved inside this thread's transaction, and the hook that dies with that transaction."""

    block: _Block | None = None
    hook: Any = None


_lock = threading.Lock()
_shared = _Block()
_inside = _InTransaction()
_highest = 1  # the end of the highest block this process ever had; survives the flush between tests


def _after_fork() -> None:
    global _lock
    _lock = threading.Lock()
    _shared.next = _shared.end = 1  # the parent goes on with its block; the child reserves its own
    _inside.block = _inside.hook = None


os.register_at_fork(after_in_child=_after_fork)

# One statement on both databases: first use inserts, later uses raise the counter.
_RESERVE = """
INSERT INTO audit_idblock (id, next) VALUES (1, %s)
ON CONFLICT (id) DO UPDATE SET next =
  (CASE WHEN audit_idblock.next > %s THEN audit_idblock.next ELSE %s END) + %s
RETURNING next
"""


def _reserve(size: int) -> _Block:
    global _highest
    with connection.cursor() as cursor:
        cursor.execute(_RESERVE, [_highest + size, _highest, _highest, size])
        end = int(cursor.fetchone()[0])
    with _lock:
        _highest = max(_highest, end)
    return _Block(end - size, end)


def ensure(count: int = 0) -> None:
    """Have at least ``count`` ids (and a margin) in hand. ``write()`` calls it before it begins."""
    wanted = max(count, 0) + MARGIN
    if _shared.left >= wanted:
        return
    with transaction.atomic():
        block = _reserve(max(BLOCK, wanted))
    with _lock:
        _shared.next, _shared.end = block.next, block.end


def next_id(province: int) -> int:
    """A new id for a row of ``province`` (two digits, 0 for national). Raises ValueError for another."""
    if not 0 <= province <= 99:
        raise ValueError(f"province is two digits or 0, not {province}")
    n = _take()
    while n is None and not connection.in_atomic_block:
        ensure()
        n = _take()
    return province << BITS | (_next_inside() if n is None else n)


def _take() -> int | None:
    with _lock:
        n = _shared.next
        if n >= _shared.end:
            return None
        _shared.next = n + 1
        return n


def _next_inside() -> int:
    """The shared block ran out inside a transaction: take a block that ends with that transaction.

    Were the rest of such a block used after a rollback, another process could have been given the same
    numbers. Django forgets a transaction's (or savepoint's) commit hooks when it is rolled back, so the block
    is good exactly as long as its hook is remembered.
    """
    block = _inside.block
    alive = block is not None and any(entry[1] is _inside.hook for entry in connection.run_on_commit)
    if block is None or not alive or not block.left:
        block = _reserve(BLOCK)

        def hook() -> None:
            """Nothing to do on commit: the rest of the block is given up."""

        _inside.block, _inside.hook = block, hook
        transaction.on_commit(hook)
    n = block.next
    block.next = n + 1
    return n


def province_of(row: int) -> int:
    """The two-digit province inside an id, 0 for national rows."""
    return row >> BITS
