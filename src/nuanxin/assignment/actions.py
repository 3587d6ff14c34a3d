"""Writes of assignment: offers and their answers, lawyers and firms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from nuanxin.assignment.models import Client, Firm, Lawyer, Offer
from nuanxin.assignment.queries import proposal, silent_offers
from nuanxin.audit.actor import SYSTEM, Actor, Role
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.ids import next_id
from nuanxin.audit.streams import STREAM_SITE
from nuanxin.audit.transactions import write
from nuanxin.cases.actions.move import Change, move
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.cases.models import Case
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.network.queries import UnknownPlace, region
from nuanxin.notices.actions import enqueue

DECLINE_REASONS = ("conflict", "too_busy", "not_my_field", "too_far", "language", "health", "other")


def offer(*, case_id: int, lawyer: int, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Offer a case to a lawyer (staff id), with the reasons as they stand now.

    Raises Refused for a lawyer who is not in the proposal or is excluded by it (conflict of interest first).
    """

    def prepare(case: Case) -> Change:
        line = next((p for p in proposal(case, at=at, limit=500) if p.lawyer == lawyer), None)
        if line is None:
            raise Refused(
                "not_proposed",
                "这位律师不在可指派名单里，请另选。",
                "This lawyer cannot be assigned here; choose another.",
            )
        if line.ranked.excluded:
            raise Refused(line.ranked.excluded, *_EXCLUDED[line.ranked.excluded])
        reasons = [{"code": r.code, "points": r.points, "value": r.value} for r in line.ranked.reasons]
        row = Offer(
            id=next_id(case.province),
            province=case.province,
            case=case,
            lawyer=lawyer,
            at=at,
            answer_by=at,  # set below, once the clock has started
            score=line.ranked.score,
            reasons=reasons,
        )
        return Change(
            columns={"offered_to": lawyer}, payload={"score": line.ranked.score, "offer": row.id}, rows=[row]
        )

    with write():
        case = move("offer", case_id=case_id, by=by, at=at, version=version, prepare=prepare)
        Offer.objects.filter(case=case_id, answer=Offer.Answer.OPEN).update(answer_by=case.next_by)
        Lawyer.objects.filter(staff=lawyer).update(last_offer_at=at)
        by_when = f"{case.next_by.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if case.next_by else ""
        enqueue(
            channel="in_app",
            to=str(lawyer),
            template="offer_waiting",
            values={"number": case.number, "by": by_when},
            case_id=case.id,
            province=case.province,
            at=at,
        )
    return case


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


def accept(*, case_id: int, by: Actor, at: datetime, version: int | None = None) -> Case:
    """The lawyer takes the case: from now on it is theirs. Raises Refused when it was offered to somebody else."""

    def prepare(case: Case) -> Change:
        if case.offered_to != by.id:
            raise NotPermitted
        return Change(columns={"lawyer": by.id, "offered_to": 0})

    with write():
        case = move("accept_offer", case_id=case_id, by=by, at=at, version=version, prepare=prepare)
        _answer(case_id, Offer.Answer.ACCEPTED, at)
    return case


def decline(
    *, case_id: int, by: Actor, at: datetime, reason: str, text: str = "", version: int | None = None
) -> Case:
    """The lawyer cannot take the case, for one of DECLINE_REASONS; it goes back to the clerk at once."""
    if reason not in DECLINE_REASONS:
        raise Refused("choose_one", "请选一个原因。", "Choose a reason.")

    def prepare(case: Case) -> Change:
        if case.offered_to != by.id:
            raise NotPermitted
        return Change(
            columns={"offered_to": 0}, payload={"reason": reason}, text=text, data={"reason": reason}
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
    """Take back every offer that nobody answered in time; gives back how many."""
    count = 0
    for row in silent_offers(at):
        try:
            recall(case_id=row.case_id, by=SYSTEM, at=at)
            count += 1
        except Refused:
            # The case left the offer another way (withdrawn, terminated): the offer ends with it.
            with write():
                _answer(row.case_id, Offer.Answer.RECALLED, at, "case_moved")
    return count


def _answer(case_id: int, answer: str, at: datetime, reason: str = "") -> None:
    Offer.objects.filter(case=case_id, answer=Offer.Answer.OPEN).update(
        answer=answer, answered_at=at, reason=reason
    )


def add_firm(*, name_zh: str, name_en: str, place: int, by: Actor, at: datetime) -> Firm:
    """Register a law firm at a 12-digit region."""
    with write():
        firm = Firm.objects.create(name_zh=name_zh, name_en=name_en, region=place)
        append(
            [NewEvent(STREAM_SITE, place // 10**10, "assignment.firm_added", {"firm": firm.pk})], by=by, at=at
        )
    return firm


def register_lawyer(
    *,
    staff: int,
    firm: Firm | None,
    place: int,
    specialties: Sequence[str],
    languages: Sequence[str],
    capacity: int,
    by: Actor,
    at: datetime,
) -> Lawyer:
    """Say what assignment needs to know of a lawyer; again to change it."""
    try:
        where = region(place)
        lon, lat = where.lon, where.lat
    except UnknownPlace:
        lon = lat = None
    values = {
        "firm": firm,
        "region": place,
        "lon": lon,
        "lat": lat,
        "specialties": list(specialties),
        "languages": list(languages),
        "capacity": capacity,
        "active": True,
    }
    with write():
        lawyer, _ = Lawyer.objects.update_or_create(staff=staff, defaults=values)
        payload = {"lawyer": staff, "capacity": capacity}
        append(
            [NewEvent(STREAM_SITE, place // 10**10, "assignment.lawyer_registered", payload)], by=by, at=at
        )
    return lawyer


def declare_client(
    *, firm: Firm | None, lawyer: Lawyer | None, name: str, uscc: str, since: date, by: Actor, at: datetime
) -> Client:
    """Say whom a firm or lawyer acts for, so that conflicts are found before an offer is made."""
    with write():
        row = Client.objects.create(firm=firm, lawyer=lawyer, name=name, uscc=uscc, since=since)
        append([NewEvent(STREAM_SITE, 0, "assignment.client_declared", {"client": row.pk})], by=by, at=at)
    return row
