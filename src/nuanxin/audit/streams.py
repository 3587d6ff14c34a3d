"""Which stream an event belongs to. A case's stream is its id; the others are here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from nuanxin.audit.models import Head

STREAM_SITE = 0  # settings, reference data, jobs
STREAM_CHECKPOINTS = 1  # what was exported outside the database
_STAFF = 1_000_000_000  # sign-ins and unmaskings, one stream for each member of staff


def staff_stream(staff: int) -> int:
    """The stream of one member of staff: sign-ins, unmaskings, grants."""
    return _STAFF + staff


@dataclass(frozen=True, slots=True)
class StreamOwner:
    """A room whose rows have a stream each: gives their numbers, and makes a missing one noticed."""

    name: str
    find: Callable[[str], int | None]  # a number as people write it -> stream, or None
    streams: Callable[[], Iterable[int]]  # every stream that must have at least one event


_owners: dict[str, StreamOwner] = {}


def register_owner(owner: StreamOwner) -> None:
    """Called once by an upper room when Django starts (AppConfig.ready)."""
    _owners[owner.name] = owner


def owners() -> tuple[StreamOwner, ...]:
    """Every registered owner."""
    return tuple(_owners.values())


def find_stream(text: str) -> int | None:
    """The stream for a number that somebody typed: a stream's own, or one that an owner knows."""
    plain = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None
    if plain is not None and Head.objects.filter(stream=plain).exists():
        return plain
    for owner in _owners.values():
        found = owner.find(text)
        if found is not None:
            return found
    return plain
