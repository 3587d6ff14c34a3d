"""Taking a case over. Within a province the case changes hands; into another one it goes on under a new number.

Every case-owned row keeps its province for ever (partition by province), so a case that leaves its province is
copied into a linked one there and stays behind for reading.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from nuanxin.audit.actor import SYSTEM, Actor
from nuanxin.audit.events import NEW_STREAM, NewEvent, append
from nuanxin.audit.ids import next_id
from nuanxin.audit.transactions import write
from nuanxin.cases.actions.move import Change, insert, move, resting_seat, resting_step, snapshot
from nuanxin.cases.codes import follow_code
from nuanxin.cases.models import Case, Entry, LedgerLine, NameGram, Respondent, Worker
from nuanxin.network.queries import agency


def take_over(*, case_id: int, by: Actor, at: datetime, version: int | None = None) -> Case:
    """The receiver accepts a transfer. Returns the case as it goes on, which may be a new one in another province.

    Raises a Refused where there is nothing to accept.
    """
    with write():

        def prepare(case: Case) -> Change:
            receiver = agency(case.transfer_to)
            change = Change(
                columns={
                    "holder_agency": receiver.pk, "holder_region": receiver.region, "officer": by.id,
                    "transfer_to": 0, "transfer_region": 0, "transfer_returns": 0,
                },
                payload={"sender": case.holder_agency, "receiver": receiver.pk},
                seat=resting_seat(case), step=resting_step(case),
            )  # fmt: skip
            if receiver.region // 10**10 != case.province:
                change.notice = ""  # the notice leaves from the new case, with the new number
            return change

        case = move("accept_transfer", case_id=case_id, by=by, at=at, version=version, prepare=prepare)
        if case.holder_region // 10**10 in {case.province, 0}:
            return case
        return _go_on(case, by, at)


def _go_on(old: Case, by: Actor, at: datetime) -> Case:
    province = old.holder_region // 10**10
    new = Case.objects.get(pk=old.pk)
    new.pk = new.id = next_id(province)
    new.province, new.continues, new.version = province, old.id, 1
    new._state.adding = True
    Case.objects.bulk_create([new])
    workers = _copy(Worker, old, new, {})
    ids = {before: after for before, after in workers}
    _copy(Respondent, old, new, {})
    _copy(LedgerLine, old, new, ids)
    _copy(Entry, old, new, {})
    grams = [
        NameGram(gram=g, case=new)
        for g in NameGram.objects.filter(case=old.pk).values_list("gram", flat=True)
    ]
    NameGram.objects.bulk_create(grams)
    payload = {
        **snapshot(new),
        "continues": old.id,
        "door": new.door,
        "items": list(new.items),
        "place": new.place_now,
    }
    append([NewEvent(new.id, province, "case.continued", payload)], by=by, at=at, head=NEW_STREAM)

    def leave(case: Case) -> Change:
        return Change(columns={"continued_by": new.id}, payload={"continued_by": new.id})

    move("move_on", case_id=old.pk, by=SYSTEM, at=at, prepare=leave)
    move("tell_worker", case_id=new.pk, by=by, at=at, prepare=lambda _: Change(notice="moved_province", notice_values={"code": follow_code(new.id)}))
    return Case.objects.get(pk=new.pk)


def _copy(model: type[models.Model], old: Case, new: Case, workers: dict[int, int]) -> list[tuple[int, int]]:
    rows: list[Any] = list(model._default_manager.filter(case=old.pk).order_by("pk"))
    pairs = []
    for row in rows:
        before = row.pk
        row.pk = row.id = next_id(new.province)
        row.province, row.case = new.province, new
        row._state.adding = True
        if getattr(row, "worker_id", None):
            row.worker_id = workers[row.worker_id]
        pairs.append((before, row.pk))
    insert(rows)
    return pairs
