"""Who is offered which call now: callers by their place, operators by how long they have been ready."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from nuanxin.hotline.rules.callbacks import Waiting, in_order


@dataclass(frozen=True, slots=True)
class InQueue:
    """One caller on the line. ``wants``: the account of the one to whom they were sent, 0 for anybody at the desk;
    ``not_by``: who has sent them on, and is not asked again."""

    call: str
    desk: int
    since: datetime
    wants: int = 0
    not_by: int = 0
    first: bool = False  # an emergency


@dataclass(frozen=True, slots=True)
class Ready:
    """One operator who can take a call now."""

    staff: int
    desk: int
    extension: str
    since: datetime


def match(waiting: Iterable[InQueue], ready: Iterable[Ready]) -> list[tuple[InQueue, Ready]]:
    """Pairs of caller and operator; nobody stands in two. Callers who cannot be served keep their place."""
    free = sorted(ready, key=lambda one: (one.since, one.staff))
    pairs = []
    for caller in by_place(list(waiting)):
        if not free:
            break
        chosen = _chosen(caller, free)
        if chosen is not None:
            free.remove(chosen)
            pairs.append((caller, chosen))
    return pairs


def _chosen(caller: InQueue, free: Sequence[Ready]) -> Ready | None:
    """Whoever has the caller's case, else the one of the desk who has been ready longest."""
    able = [one for one in free if one.staff != caller.not_by]
    wanted = (one for one in able if caller.wants and one.staff == caller.wants)
    at_desk = (one for one in able if one.desk == caller.desk)
    return next(wanted, None) or next(at_desk, None)


def by_place(waiting: Sequence[InQueue]) -> list[InQueue]:
    """Callers in the order of the queue."""
    places = [Waiting(n, one.since, priority=one.first) for n, one in enumerate(waiting)]
    return [waiting[place.id] for place in in_order(places)]
