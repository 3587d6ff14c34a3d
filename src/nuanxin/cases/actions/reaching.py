"""A worker who does not answer whether money came: each day on which they were tried is put on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nuanxin.audit.actor import Actor
from nuanxin.audit.transactions import write
from nuanxin.cases.actions.move import Change, move
from nuanxin.cases.actions.prepare.form import Moved, coded, need_text
from nuanxin.cases.actions.tell import tell
from nuanxin.cases.faults import NoSuchCase, Refused
from nuanxin.cases.models import Case, Worker
from nuanxin.cases.rules.states import CONTACT_WAYS


@dataclass(frozen=True, slots=True)
class Attempt:
    """Who was tried (roster number), how (one of ``CONTACT_WAYS``), and what happened."""

    seq: int
    way: str
    text: str


def not_reached(
    *, case_id: int, by: Actor, at: datetime, attempt: Attempt, version: int | None = None
) -> Case:
    """Count one day on which a worker was tried about a payment and not reached; they get a text message.

    Raises Refused: nobody of that number, nothing that they have to answer, a day that is counted already, no way or
    no word of what was tried.
    """
    with write():
        worker = Worker.objects.select_for_update().filter(case=case_id, seq=attempt.seq).first()
        moved = Moved(by, at, {"text": attempt.text})

        def prepare(case: Case) -> Change:
            person = _check(worker, attempt.seq, moved)
            way = coded([attempt.way], CONTACT_WAYS)[0]
            person.missed, person.missed_on = person.missed + 1, moved.today
            data = {"seq": person.seq, "way": way, "attempt": person.missed}
            text = need_text(moved)
            return Change(
                text=text if case.workers_count <= 1 else f"第 {person.seq} 号：{text}",
                data=data, payload={**data, "worker": person.pk},
            )  # fmt: skip

        case = move("not_reached", case_id=case_id, by=by, at=at, version=version, prepare=prepare)
        if worker is None:
            raise NoSuchCase
        worker.save(update_fields=["missed", "missed_on"])
        tell(case, worker, "call_missed", at=at)
    return case


def _check(worker: Worker | None, seq: int, moved: Moved) -> Worker:
    if worker is None:
        raise Refused(
            "no_such_worker", f"名单里没有第 {seq} 号。", f"There is no number {seq} on the roster."
        )
    if worker.paid_fen == worker.confirmed_fen:
        raise Refused(
            "nothing_waits",
            f"第 {seq} 号没有等回话的付款。",
            f"No payment waits for the word of no. {seq}.",
        )
    if worker.missed_on is not None and worker.missed_on >= moved.today:
        raise Refused(
            "counted_today",
            f"今天已经登记过联系不上第 {seq} 号。请换一天再联系；同一天的几次只算一次。",
            f"That no. {seq} was not reached is counted for today. Try again on another day; a day counts once.",
        )
    return worker


def heard_from(worker: Worker) -> None:
    """Whoever answers, or is asked about new money, has not been tried in vain yet."""
    worker.missed, worker.missed_on = 0, None
