"""Offers to lawyers, and their answers. Each is a move of the case and a row of the offer in one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import structlog

from nuanxin.accounts.models import Staff
from nuanxin.assignment.models import Lawyer, Offer
from nuanxin.assignment.queries import Proposal, conflicts_of, proposal, silent_offers
from nuanxin.audit.actor import SYSTEM, Actor, Role
from nuanxin.audit.ids import next_id
from nuanxin.audit.transactions import write
from nuanxin.cases.actions.move import Change, move
from nuanxin.cases.faults import Refused
from nuanxin.cases.models import Case
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.notices.actions import NewNotice, enqueue_many

DECLINE_REASONS = ("conflict", "too_busy", "not_my_field", "too_far", "language", "health", "other")
log = structlog.get_logger(__name__)

_EXCLUDED = {
    "conflict": (
        "这位律师或所在律所正代理被申请人，有利益冲突，不能指派。",
        "This lawyer or their firm acts for a respondent: a conflict of interest.",
    ),
    "declined": (
        "这位律师已经推辞或没有答复过本案。",
        "This lawyer has already declined this case or let it pass.",
    ),
    "full": ("这位律师手上的案子已满。", "This lawyer has no room for another case."),
}


def offer(*, case_id: int, lawyer: int, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Offer a case to a lawyer (staff id), with the reasons as they stand now.

    Raises Refused for a lawyer who is not in the proposal or is excluded by it (conflict of interest first).
    """
    made: list[Offer] = []

    def prepare(case: Case) -> Change:
        line = _eligible(case, lawyer, at)
        reasons = [{"code": r.code, "points": r.points, "value": r.value} for r in line.ranked.reasons]
        row = Offer(
            id=next_id(case.province), province=case.province, case=case, lawyer=lawyer, at=at,
            score=line.ranked.score, reasons=reasons,
        )  # fmt: skip
        made.append(row)
        return Change(columns={"offered_to": lawyer}, payload={"score": line.ranked.score, "offer": row.id})

    with write():
        case = move("offer", case_id=case_id, by=by, at=at, version=version, prepare=prepare)
        _answer(case_id, Offer.Answer.RECALLED, at, "case_moved")  # one that the case itself has left behind
        assert case.next_by is not None
        made[0].answer_by = case.next_by
        Offer.objects.bulk_create(made)
        Lawyer.objects.filter(staff=lawyer).update(last_offer_at=at)
        _tell_lawyer(case, lawyer, at)
    return case


def _tell_lawyer(case: Case, lawyer: int, at: datetime) -> None:
    """On the desk, and by text message where the account has a telephone: the time to answer is short."""
    assert case.next_by is not None
    words = {"number": case.number, "by": f"{case.next_by.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"}
    about: dict[str, Any] = {
        "template": "offer_waiting",
        "values": words,
        "case_id": case.id,
        "province": case.province,
    }
    notices = [NewNotice(channel="in_app", to=str(lawyer), **about)]
    phone = Staff.objects.values_list("phone", flat=True).get(pk=lawyer)
    if phone:
        notices.append(NewNotice(channel="sms", to=phone, **about))
    enqueue_many(notices, at=at)


def _eligible(case: Case, lawyer: int, at: datetime) -> Proposal:
    line = next((p for p in proposal(case, at=at, limit=None) if p.lawyer == lawyer), None)
    if line is None:
        raise Refused(
            "not_proposed",
            "这位律师不在可指派名单里，请另选。",
            "This lawyer cannot be assigned here; choose another.",
        )
    if line.ranked.excluded:
        raise Refused(line.ranked.excluded, *_EXCLUDED[line.ranked.excluded])
    return line


def accept(*, case_id: int, by: Actor, at: datetime, version: int | None = None) -> Case:
    """The lawyer takes the case: from now on it is theirs.

    Raises Refused when it was offered to somebody else, and for a conflict of interest that has come up since.
    """

    def prepare(case: Case) -> Change:
        lawyer = Lawyer.objects.filter(staff=by.id).first()
        if lawyer is not None and conflicts_of(case, [lawyer], at):
            raise Refused(
                "conflict",
                "您或所在律所正代理被申请人，有利益冲突，不能接这个案子。请选“推辞：利益冲突”。",
                "You or your firm act for a respondent: a conflict of interest. Decline for that reason instead.",
            )
        return Change(columns={"lawyer": by.id, "offered_to": 0})

    with write():
        case = move("accept_offer", case_id=case_id, by=by, at=at, version=version, prepare=prepare)
        _answer(case_id, Offer.Answer.ACCEPTED, at)
    return case


def decline(
    *, case_id: int, by: Actor, at: datetime, reason: str, text: str = "", version: int | None = None
) -> Case:
    """The lawyer cannot take the case, for one of DECLINE_REASONS; it goes back to the clerk at once.

    Raises Refused without a known reason, or for "other" without words.
    """
    if reason not in DECLINE_REASONS:
        raise Refused("choose_one", "请选一个原因。", "Choose a reason.")
    if reason == "other" and not text.strip():
        raise Refused("text_needed", "请写明是什么原因。", "Say what the reason is.")

    def prepare(case: Case) -> Change:
        return Change(
            columns={"offered_to": 0}, payload={"reason": reason}, text=text.strip(), data={"reason": reason}
        )

    with write():
        case = move("decline_offer", case_id=case_id, by=by, at=at, version=version, prepare=prepare)
        _answer(case_id, Offer.Answer.DECLINED, at, reason)
    return case


def recall(*, case_id: int, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Take an offer back: by the clerk, or by the system when nobody answered in time."""
    reason = "silent" if by.has(Role.SYSTEM) else "recalled"

    def prepare(case: Case) -> Change:
        return Change(columns={"offered_to": 0}, payload={"reason": reason, "former": case.offered_to})

    with write():
        case = move("recall_offer", case_id=case_id, by=by, at=at, version=version, prepare=prepare)
        _answer(case_id, Offer.Answer.RECALLED, at, reason)
    return case


def recall_silent(*, at: datetime) -> int:
    """Take back every offer that nobody answered in time; gives back how many.

    One that cannot be taken back keeps no other waiting: it is logged, and the faults are raised at the end.
    """
    count, faults = 0, []
    for row in silent_offers(at):
        try:
            count += _recall_silent(row, at)
        except Exception as fault:
            log.exception("recall.failed", case=row.case_id)
            faults.append(fault)
    if faults:
        raise ExceptionGroup("offers could not be taken back", faults)
    return count


def _recall_silent(row: Offer, at: datetime) -> int:
    try:
        recall(case_id=row.case_id, by=SYSTEM, at=at)
    except Refused:
        # The case left the offer another way (withdrawn, terminated): the offer ends with it.
        with write():
            _answer(row.case_id, Offer.Answer.RECALLED, at, "case_moved")
        return 0
    return 1


def _answer(case_id: int, answer: str, at: datetime, reason: str = "") -> None:
    Offer.objects.filter(case=case_id, answer=Offer.Answer.OPEN).update(
        answer=answer, answered_at=at, reason=reason
    )
