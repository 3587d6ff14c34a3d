"""Taking a case over. Within a province the case changes hands; into another one it goes on under a new number.

Every case-owned row keeps its province for ever (partition by province), so a case that leaves its province is
copied into a linked one there and stays behind with its sender for reading.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from nuanxin.audit.actor import DESK_AS_REGION, SYSTEM, Actor
from nuanxin.audit.events import NEW_STREAM, NewEvent, append
from nuanxin.audit.ids import next_id
from nuanxin.audit.statements import insert
from nuanxin.audit.transactions import write
from nuanxin.cases.actions.money import MOST_LINES_IN_EVENT
from nuanxin.cases.actions.move import Change, move, snapshot
from nuanxin.cases.actions.next_step import resting
from nuanxin.cases.codes import follow_code
from nuanxin.cases.models import Case, ClaimVersion, Entry, LedgerLine, NameGram, Respondent, Worker
from nuanxin.network.models import Agency
from nuanxin.network.queries import agency


def take_over(*, case_id: int, by: Actor, at: datetime, version: int | None = None) -> Case:
    """The receiver accepts a transfer. Returns the case as it goes on, which may be a new one in another province.

    Raises a Refused where there is nothing to accept.
    """
    sender = (0, 0)
    with write():

        def prepare(case: Case) -> Change:
            nonlocal sender
            sender = (case.holder_agency, case.holder_region)
            return _taken(case, agency(case.transfer_to), by)

        case = move("accept_transfer", case_id=case_id, by=by, at=at, version=version, prepare=prepare)
        if _stays(case, case.holder_region):
            return case
        return _go_on(case, sender, by, at)


def _stays(case: Case, region: int) -> bool:
    """Whether the case goes on under its own number: in its province, or at the desk of the nation."""
    return region // 10**10 in {case.province, 0}


def _taken(case: Case, receiver: Agency, by: Actor) -> Change:
    seat, step = resting(case.state, case.kind)
    change = Change(
        columns={
            "holder_agency": receiver.pk, "holder_region": receiver.region, "officer": by.id, "transfer_to": 0,
            "transfer_region": 0, "transfer_returns": 0, "sent_from": case.holder_region or DESK_AS_REGION,
        },
        payload={"sender": case.holder_agency, "receiver": receiver.pk}, seat=seat, step=step,
    )  # fmt: skip
    if not _stays(case, receiver.region):
        change.notice = ""  # the notice leaves from the new case, with the new number
    return change


def _go_on(old: Case, sender: tuple[int, int], by: Actor, at: datetime) -> Case:
    new = _copied(old, by, at)

    def leave(case: Case) -> Change:
        held = {"holder_agency": sender[0], "holder_region": sender[1], "sent_from": 0}
        return Change(columns={**held, "continued_by": new.id}, payload={"continued_by": new.id})

    def greet(case: Case) -> Change:
        return Change(notice="moved_province", notice_values={"code": follow_code(case.id, case.code_epoch)})

    move("move_on", case_id=old.pk, by=SYSTEM, at=at, prepare=leave)
    move("tell_worker", case_id=new.pk, by=by, at=at, prepare=greet)
    return Case.objects.get(pk=new.pk)


def _copied(old: Case, by: Actor, at: datetime) -> Case:
    """The linked case in the receiver's province, with everything that belongs to it."""
    province = old.holder_region // 10**10
    new = Case.objects.get(pk=old.pk)
    new.pk = new.id = next_id(province)
    new.province, new.continues, new.version, new.sent_from = province, old.id, 1, 0
    new._state.adding = True
    insert([new])
    ids = dict(_copy(Worker, old, new, {}))
    _copy(Respondent, old, new, {})
    _copy(ClaimVersion, old, new, {})
    _copy(LedgerLine, old, new, ids)
    _copy(Entry, old, new, {})
    grams = NameGram.objects.filter(case=old.pk).values_list("gram", flat=True)
    NameGram.objects.bulk_create([NameGram(gram=gram, case=new) for gram in grams])
    payload = {
        **snapshot(new),
        "continues": old.id,
        "door": new.door,
        "items": list(new.items),
        "place": new.place_now,
    }
    events = [NewEvent(new.id, province, "case.continued", payload), *_ledger(new)]
    append(events, by=by, at=at, head=NEW_STREAM)
    return new


def _ledger(case: Case) -> list[NewEvent]:
    """The lines that came along, as the new record holds them: its workers have ids of their own."""
    by_step: dict[str, list[list[int]]] = {}
    for line in LedgerLine.objects.filter(case=case.pk).order_by("pk"):
        by_step.setdefault(line.step, []).append([line.worker_id or 0, line.fen])
    return [
        NewEvent(
            case.id,
            case.province,
            "case.lines_recorded",
            {"step": step, "lines": lines[n : n + MOST_LINES_IN_EVENT]},
        )
        for step, lines in by_step.items()
        for n in range(0, len(lines), MOST_LINES_IN_EVENT)
    ]


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
