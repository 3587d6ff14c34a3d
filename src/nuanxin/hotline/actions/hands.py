"""Duties that change hands: one goes to a colleague, or two at once, each to the other's person.

Both are checked together, by the same limits and in every month they touch, so that neither has to be legal without the
other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from nuanxin.audit.actor import Actor
from nuanxin.cases.faults import Refused
from nuanxin.hotline.actions.duties import following, raised, refuse, watching
from nuanxin.hotline.actions.roster_news import lapse, record
from nuanxin.hotline.models import Duty, RosterMonth, Swap
from nuanxin.hotline.queries.rosters import plain_month
from nuanxin.hotline.rules.rosters.check import Fault

Move = tuple[Duty, int]  # a duty and whose it becomes


class _Undone(Exception):
    """Nothing of what was tried is kept."""


def moves_of(swap: Swap) -> list[Move]:
    """What a taken swap moves. Raises Refused where a duty is no longer whose it was."""
    theirs = swap.in_return
    if swap.duty.staff != swap.offered_by or (theirs is not None and theirs.staff != swap.taken_by):
        raise Refused(
            "moved",
            "其中一个班已经换了人，请重新提出。",
            "One of these duties has gone to somebody else: ask anew.",
        )
    return [(swap.duty, swap.taken_by), *([(theirs, swap.offered_by)] if theirs is not None else [])]


def try_hands(moves: Sequence[Move]) -> None:
    """Look whether they could change hands, and leave all as it is. Raises Refused with what it would break."""
    try:
        with transaction.atomic():
            _move(moves)
            raise _Undone
    except _Undone:
        return


def change_hands(swap: Swap, *, by: Actor, at: datetime) -> None:
    """Give the duties of a taken swap to their new people. Raises Refused for what it would break."""
    moves = moves_of(swap)
    rosters = _move(moves)
    for row in rosters:
        raised(row)
    by_pk = {row.pk: row for row in rosters}
    for duty, to in moves:
        said = {"staff": duty.staff, "to": to, "day": duty.day.isoformat(), "duty": duty.pk}
        record(by_pk[duty.roster_id], "roster.swapped", said, by, at)
    lapse([duty.pk for duty, _to in moves], besides=swap.pk, by=by, at=at)


def _move(moves: Sequence[Move]) -> list[RosterMonth]:
    """The months in which something moved."""
    pks = [duty.pk for duty, _to in moves]
    rosters = list(
        RosterMonth.objects.select_related("station").filter(duties__in=pks).distinct().order_by("month")
    )
    for row in rosters:
        asked = plain_month(row)
        known = {one.code for one in asked.people}
        mine = [(duty, to) for duty, to in moves if duty.roster_id == row.pk]
        if any(str(to) not in known for _duty, to in mine):
            raise Refused(
                "choose_one", "对方不在本月的值班人员里。", "This colleague is not on the month's roster."
            )
        twice = [
            Fault("twice", duty.day, str(to))
            for duty, to in mine
            if Duty.objects.filter(staff=to, day=duty.day).exclude(pk__in=pks).exists()
        ]
        if twice:
            refuse(asked, twice)
    with watching({one.pk: one for row in rosters for one in (row, *following(row))}.values()):
        for duty, _to in moves:  # two of one day: nobody may have both for a moment
            Duty.objects.filter(pk=duty.pk).update(staff=-duty.pk)
        for duty, to in moves:
            Duty.objects.filter(pk=duty.pk).update(staff=to)
    return rosters
