"""Money that is said to be paid and did not come: put before whoever works on the case, looked into, answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from nuanxin.audit.actor import Actor
from nuanxin.audit.transactions import write
from nuanxin.cases.actions.move import Change, move
from nuanxin.cases.actions.next_step import DENIAL_FIRST, resting
from nuanxin.cases.actions.prepare.form import Moved, need_text
from nuanxin.cases.actions.reaching import heard_from
from nuanxin.cases.actions.tell import tell, tell_staff
from nuanxin.cases.faults import Refused
from nuanxin.cases.models import Case, Worker

CLOCK = "promise.denial_answer"
ASKED = "promise.payment_answer"


def deny(*, case_id: int, by: Actor, at: datetime, seq: int, text: str, version: int | None = None) -> Case:
    """A worker says that money did not come, or too little. It stands until that worker confirms, or a bank proof does.

    It comes before whatever the lawyer, or the office once the report is in, was to do. Raises Refused: nobody of
    that number in the case, nothing entered as paid to them, or no word of what they said.
    """
    with write():
        worker = _locked(case_id, seq)
        if worker.left_on is not None and worker.confirmed_fen == worker.paid_fen:
            raise _nobody(seq)
        if worker.paid_fen == 0:
            raise Refused(
                "nothing_paid",
                f"还没有登记付给第 {seq} 号的钱，没有可以说没收到的。",
                f"Nothing is entered as paid to no. {seq}, so there is nothing that did not come.",
            )
        text = need_text(Moved(by, at, {"text": text}))

        def prepare(case: Case) -> Change:
            said = text if case.workers_count <= 1 else f"第 {seq} 号：{text}"
            change = Change(text=said, payload={"worker": worker.pk, "seq": seq})
            if nobody_asked(case, [worker]):
                change.stop = (ASKED,)
            if case.state in DENIAL_FIRST:
                change.seat, change.step, change.next_clock = DENIAL_FIRST[case.state], "answer_denial", CLOCK
            return change

        case = move("deny_payment", case_id=case_id, by=by, at=at, version=version, prepare=prepare)
        worker.denied_at, worker.denial_answered_at = at, None
        heard_from(worker)
        worker.save(update_fields=["denied_at", "denial_answered_at", "missed", "missed_on"])
        tell_staff(case, "payment_denied", at=at)
    return case


def answer(*, case_id: int, by: Actor, at: datetime, seq: int, text: str, version: int | None = None) -> Case:
    """Tell the worker who said it what was found out. Their word stands until they confirm or the entry is taken back.

    Raises Refused: nobody of that number, nobody who waits for an answer, or no word of it.
    """
    with write():
        worker = _locked(case_id, seq)
        text = need_text(Moved(by, at, {"text": text}))

        def prepare(case: Case) -> Change:
            if worker.denied_at is None or worker.denial_answered_at is not None:
                raise Refused(
                    "nothing_denied",
                    f"第 {seq} 号没有等答复的“钱没收到”。",
                    f"No. {seq} does not wait for an answer about money that did not come.",
                )
            change = Change(
                text=text, for_worker=True, data={"worker": seq}, payload={"worker": worker.pk, "seq": seq}
            )
            worker.denial_answered_at = at
            _stop_if_last(case, [worker.pk], change)
            return change

        case = move("answer_denial", case_id=case_id, by=by, at=at, version=version, prepare=prepare)
        worker.save(update_fields=["denial_answered_at"])
        tell(case, worker, "denial_answered", at=at)
    return case


def nobody_asked(case: Case, answered: Iterable[Worker]) -> bool:
    """Whether nobody but these is left who was paid and has neither confirmed it nor said that it did not come."""
    asked = Worker.objects.filter(case=case.pk, denied_at__isnull=True, paid_fen__gt=F("confirmed_fen"))
    return not asked.exclude(pk__in=[one.pk for one in answered]).exists()


def end_denials(case: Case, workers: Iterable[Worker], change: Change) -> None:
    """Who has confirmed all that is on record as paid to them, or whose payment was taken back, denies nothing any more."""
    settled = [one for one in workers if one.denied_at is not None and one.paid_fen == one.confirmed_fen]
    for one in settled:
        one.denied_at = one.denial_answered_at = None
    if settled:
        _stop_if_last(case, [one.pk for one in settled], change)


def _stop_if_last(case: Case, done: list[int], change: Change) -> None:
    """Once nobody waits for an answer, its clock stops, and the case goes on with what was expected before."""
    waiting = Worker.objects.filter(case=case.pk, denied_at__isnull=False, denial_answered_at__isnull=True)
    if waiting.exclude(pk__in=done).exists():
        return
    change.stop = (*change.stop, CLOCK)
    if case.step == "answer_denial":
        change.seat, change.step = resting(case.state, case.kind)


def _locked(case_id: int, seq: int) -> Worker:
    worker = Worker.objects.select_for_update().filter(case=case_id, seq=seq).first()
    if worker is None:
        raise _nobody(seq)
    return worker


def _nobody(seq: int) -> Refused:
    return Refused("no_such_worker", f"名单里没有第 {seq} 号。", f"There is no number {seq} on the roster.")
