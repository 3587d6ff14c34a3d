"""Gathering discreet texts of one case that wait together, when the first of them is due: one leaves for all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from nuanxin.notices.models import Channel, Notice, Status
from nuanxin.notices.rules.bundling import BUNDLED, stands_for_all

BUNDLED_FAULT = "bundled"  # told by another text of the same minutes
Reader = tuple[int, bytes]


def gather(batch: Sequence[Notice], at: datetime) -> list[Notice]:
    """The notices to send instead of this claimed batch, in the caller's transaction. One read and one write where
    there is a discreet text among them, none otherwise."""
    readers = {_reader(notice) for notice in batch if _bundled(notice)}
    if not readers:
        return list(batch)
    told: set[int] = set()
    chosen: list[Notice] = []
    for reader, waiting in _waiting(readers, at).items():
        if reader not in readers:
            continue
        one = waiting[stands_for_all([notice.template for notice in waiting])]
        chosen.append(one)
        told |= {notice.pk for notice in waiting} - {one.pk}
    if told:
        ended = {"status": Status.SENT, "fault": BUNDLED_FAULT, "sent_at": at, "next_try_at": None}
        Notice.objects.filter(pk__in=told).update(**ended)
    have = {notice.pk for notice in batch}
    return [*(n for n in batch if n.pk not in told), *(n for n in chosen if n.pk not in have)]


def _waiting(readers: set[Reader], at: datetime) -> dict[Reader, list[Notice]]:
    """All that waits for these readers and that no other worker is sending, oldest first."""
    rows = Notice.objects.filter(
        case_id__in={case for case, _phone in readers}, channel=Channel.SMS, discreet=True, template__in=BUNDLED,
        next_try_at__isnull=False,
    )  # fmt: skip
    found: dict[Reader, list[Notice]] = defaultdict(list)
    free = rows.exclude(leased_until__gt=at).order_by("created_at", "id")
    for notice in free.select_for_update(skip_locked=True):
        found[_reader(notice)].append(notice)
    return found


def _bundled(notice: Notice) -> bool:
    return bool(
        notice.discreet and notice.case_id and notice.channel == Channel.SMS and notice.template in BUNDLED
    )


def _reader(notice: Notice) -> Reader:
    return notice.case_id, bytes(notice.phone_index or b"")
