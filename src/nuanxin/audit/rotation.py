"""Changing the keys: all sealed values re-encrypted, all blind indexes rebuilt, in batches.

The new key goes into the key file first; every process sees it within a second and seals with it from then
on. Then each table and each file store is walked once, a batch at a time; a stopped run goes on later.
Old encryption keys stay in the file, for backups; the old index key goes when no row carries it any more, and
with it the sign that a change is under way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from nuanxin.audit import keyring
from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.models import Rotation
from nuanxin.audit.sealed import SealedStore, SealedTable, sealed_tables, stores
from nuanxin.audit.sealing import SealBroken, key_of, open_bytes, seal_bytes
from nuanxin.audit.streams import STREAM_SITE
from nuanxin.audit.transactions import write

BATCH = 200
FILES = 8
SETTLE = 2 * keyring.LOOK_EVERY  # seconds until every process has surely seen a new key


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one table or store has come. ``broken`` values could not be opened and stay."""

    target: str
    done: int
    total: int
    broken: int


def under_way() -> bool:
    """Whether a change of keys has begun and not ended."""
    return bool(keyring.ring(now=True).old_indexes)


def begin(*, by: Actor, at: datetime) -> str:
    """Put a new active key in the key file; returns its id. The caller then waits ``SETTLE``."""
    key = keyring.store().rotate().active
    keyring.ring(now=True)
    with write():
        append([NewEvent(STREAM_SITE, 0, "keys.begun", {"key": key})], by=by, at=at)
    return key


def restart() -> None:
    """Forget how far the walk has come: for data restored from before a change of keys."""
    Rotation.objects.filter(key=keyring.ring(now=True).active).delete()


def sweep(*, by: Actor, at: datetime) -> Iterator[Progress]:
    """Walk everything that is not done yet, one transaction a batch, saying how far it is after each.

    At the end a value that a slow transaction still sealed with an old key sends its table round again.
    """
    active = keyring.ring(now=True).active
    _again(Rotation.objects.filter(key=active, finished=True, broken__gt=0))
    for table in sealed_tables():
        yield from _walk_table(table, active)
        if _stragglers(table, active):
            _again(Rotation.objects.filter(key=active, target=table.label))
            yield from _walk_table(table, active)
    for store in stores():
        yield from _walk_store(store, active)
    _end(active, by, at)


def _again(walks: QuerySet[Rotation]) -> None:
    walks.update(finished=False, cursor="", done=0, broken=0)


def _end(active: str, by: Actor, at: datetime) -> None:
    walks = Rotation.objects.filter(key=active)
    broken = sum(walks.values_list("broken", flat=True))
    if not broken:
        keyring.store().forget_old_indexes()
        keyring.ring(now=True)
    said = {"key": active, "values": sum(walks.values_list("done", flat=True)), "broken": broken}
    with write():
        append([NewEvent(STREAM_SITE, 0, "keys.swept", said)], by=by, at=at)


def _stragglers(table: SealedTable, active: str) -> bool:
    old = [key for key in keyring.ring().ciphers if key != active]
    walk = Rotation.objects.get(key=active, target=table.label)
    return not walk.broken and any(any(counts.values()) for counts in table.by_key(old).values() if old)


def _open_walk(target: str, active: str, total: int) -> Rotation:
    with write():
        return Rotation.objects.get_or_create(key=active, target=target, defaults={"total": total})[0]


def _progress(walk: Rotation) -> Progress:
    return Progress(walk.target, walk.done, walk.total, walk.broken)


def _walk_table(table: SealedTable, active: str) -> Iterator[Progress]:
    walk = _open_walk(table.label, active, table.count())
    while not walk.finished:
        with write():
            walk = Rotation.objects.select_for_update().get(pk=walk.pk)
            rows = table.page(walk.cursor, BATCH)
            renewed = []
            for row in rows:
                try:
                    values = table.renewed(row, active)
                except SealBroken:
                    walk.broken += 1
                    continue
                if values != list(row[1:]):
                    renewed.append((row[0], values))
            table.put(renewed)
            _advance(walk, [str(row[0]) for row in rows], BATCH)
        yield _progress(walk)


def _walk_store(store: SealedStore, active: str) -> Iterator[Progress]:
    walk = _open_walk(f"store:{store.name}", active, store.count())
    while not walk.finished:
        names = store.after(walk.cursor, FILES)
        for name in names:  # outside the transaction: a file is replaced in one step and may be done twice
            sealed = store.read(name)
            if not sealed or key_of(sealed) == active:
                continue
            try:
                plain = open_bytes(sealed, context=store.context(name))
            except SealBroken:
                walk.broken += 1
                continue
            store.replace(name, seal_bytes(plain, context=store.context(name)))
        with write():
            _advance(walk, names, FILES)
        yield _progress(walk)


def _advance(walk: Rotation, keys: list[str], size: int) -> None:
    walk.done += len(keys)
    walk.total = max(walk.total, walk.done)
    walk.cursor = keys[-1] if keys else walk.cursor
    walk.finished = len(keys) < size
    walk.save()
