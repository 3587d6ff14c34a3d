"""One worker leaves a group claim, and may go on alone.

Their line stays on the roster with what was paid to them. What is still open is taken out of the group by lines of
the opposite sign, and stands in their own case where they go on, so that no sum is counted twice and none is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from nuanxin.audit.actor import Actor
from nuanxin.audit.transactions import write
from nuanxin.cases.actions.money import Sum, line
from nuanxin.cases.actions.move import Change, move
from nuanxin.cases.actions.submit import Carried, submit
from nuanxin.cases.actions.tell import tell
from nuanxin.cases.faults import NoSuchCase, Refused
from nuanxin.cases.models import Case, LedgerLine, Respondent, Worker
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.intake import Applicant, Intake, Party, SafeContact
from nuanxin.cases.rules.ledger import MoneyStep, Way
from nuanxin.cases.rules.states import CONSENTS, LEAVE_REASONS, Door, Kind


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who leaves (roster number), why, how and when they agreed, in whose words, and whether they go on alone."""

    seq: int
    reason: str
    consent: str
    on: date
    text: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """The group as it goes on, and the id of the worker's own case; 0 where there is none."""

    case: Case
    goes_on: int


def leave_group(
    *, case_id: int, by: Actor, at: datetime, leaving: Leaving, version: int | None = None
) -> Left:
    """Let one worker leave. All of it is done or nothing.

    Raises Refused: nobody of that number, the representative, somebody who has left, money that was paid and not
    confirmed, no consent, no telephone to go on with.
    """
    with write(ids_needed=64):
        worker = Worker.objects.select_for_update().filter(case=case_id, seq=leaving.seq).first()
        goes_on = 0

        def prepare(case: Case) -> Change:
            nonlocal goes_on
            person = _check(worker, leaving, at)
            still = (
                max(0, person.claimed_fen - person.paid_fen),
                max(0, person.awarded_fen - person.paid_fen),
            )
            if leaving.alone:
                intake = _own_claim(case, person, still[0])
                key = f"leave-{case.pk}-{person.pk}"
                goes_on = submit(
                    intake=intake, by=by, at=at, key=key, carried=Carried(case.pk, still[1])
                ).case_id
            return _leave(case, person, still, leaving, by, at, goes_on)

        case = move("leave_group", case_id=case_id, by=by, at=at, version=version, prepare=prepare)
        if worker is None:
            raise NoSuchCase
        worker.save(update_fields=["left_on", "left_reason", "goes_on", "claimed_fen", "awarded_fen"])
        tell(case, worker, "left_group", at=at)
    return Left(case, goes_on)


def _check(worker: Worker | None, leaving: Leaving, at: datetime) -> Worker:
    if worker is None or worker.erased_at is not None:
        raise Refused("no_such_worker", "名单里没有这个人。", "There is nobody of this number on the roster.")
    if worker.left_on is not None:
        raise Refused("has_left", "这位工友已经退出了。", "This worker has left already.")
    if worker.seq == 1:
        raise Refused(
            "is_representative",
            "第 1 号是申请人，代表大家联系；其他人可以一个一个退出，全体不办了请登记“申请撤回”。",
            "No. 1 is the applicant, through whom the group is reached. The others may leave one by one; where all want to "
            "stop, record the wish to withdraw.",
        )
    if worker.confirmed_fen != worker.paid_fen:
        raise Refused(
            "payment_open",
            "已登记付给他的钱，本人还没有全部确认收到。请先核实，再办退出。",
            "Money entered as paid to this worker is not confirmed yet. Settle that first.",
        )
    if leaving.reason not in LEAVE_REASONS or leaving.consent not in CONSENTS:
        raise Refused(
            "choose_one", "请选退出的原因，和本人是怎么同意的。", "Choose why, and how the worker agreed."
        )
    if not leaving.text.strip():
        raise Refused("text_needed", "请写明本人怎么说的。", "Write what the worker said.")
    if leaving.on > at.astimezone(SHANGHAI).date():
        raise Refused(
            "in_future", "这一天还没到，请核对日期。", "This day lies in the future; check the date."
        )
    if leaving.alone and not worker.phone:
        raise Refused(
            "phone_missing",
            "单独继续办，要有本人的电话，编号和查询码发给他。请先补上电话。",
            "To go on alone a telephone is needed, to which number and code are sent. Enter it first.",
        )
    return worker


def _own_claim(case: Case, worker: Worker, claimed: int) -> Intake:
    """The application of this worker alone: the facts of the group, their own person and sum."""
    parties = tuple(
        Party(one.name, one.role, one.kind, one.uscc, one.phone or "", one.engaged_by)
        for one in Respondent.objects.filter(case=case.pk).order_by("seq")
    )
    return Intake(
        door=Door(case.door), kind=Kind.AID, place=f"{case.place // 10**6:06d}" if case.place else "",
        applicant=Applicant(
            worker.name, worker.phone or "", worker.resident_id or "", tuple(case.languages), (),
            SafeContact(worker.may_call, worker.call_hours, worker.may_say_who, worker.passphrase or ""),
        ),
        items=tuple(case.items), worked_from=case.worked_from, worked_to=case.worked_to, amount_fen=claimed or None,
        relation=case.relation, ended_on=case.ended_on, respondents=parties, trade=case.trade,
    )  # fmt: skip


def _leave(
    case: Case,
    worker: Worker,
    still: tuple[int, int],
    leaving: Leaving,
    by: Actor,
    at: datetime,
    goes_on: int,
) -> Change:
    worker.left_on, worker.left_reason, worker.goes_on = leaving.on, leaving.reason, goes_on
    taken = [
        _taken_out(case, worker, step, fen, leaving, by, at)
        for step, fen in zip((MoneyStep.CLAIMED, MoneyStep.AWARDED), still, strict=True)
        if fen
    ]
    worker.claimed_fen -= still[0]
    worker.awarded_fen -= still[1]
    coded = {"reason": leaving.reason, "consent": leaving.consent, "on": leaving.on.isoformat()}
    change = Change(
        columns={
            "claimed_fen": case.claimed_fen - still[0], "awarded_fen": case.awarded_fen - still[1],
            "workers_count": case.workers_count - 1, "workers_left": case.workers_left + 1,
            "workers_stated": max(case.workers_stated - 1, 1),
        },
        payload={**coded, "worker": worker.pk, "seq": worker.seq, "goes_on": goes_on, "open_fen": still[0]},
        text=leaving.text.strip(), data=coded, rows=list(taken), effective_on=leaving.on,
    )  # fmt: skip
    for row in taken:
        change.more.append(("case.lines_recorded", {"step": row.step, "lines": [[worker.pk, row.fen]]}))
    return change


def _taken_out(
    case: Case, worker: Worker, step: MoneyStep, fen: int, leaving: Leaving, by: Actor, at: datetime
) -> LedgerLine:
    return line(case, worker, Sum(step, {}, Way.STATED, leaving.on), -fen, by, at)
