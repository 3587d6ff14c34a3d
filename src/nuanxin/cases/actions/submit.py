"""The one door: every submission, from web, hotline, counter, helper, paper or partner, becomes a case here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError

from nuanxin.audit.actor import Actor
from nuanxin.audit.encryption import blind_index
from nuanxin.audit.events import NEW_STREAM, NewEvent, append
from nuanxin.audit.ids import next_id
from nuanxin.audit.statements import insert
from nuanxin.audit.transactions import write
from nuanxin.cases.actions.move import snapshot
from nuanxin.cases.actions.next_step import set_next
from nuanxin.cases.actions.tell import tell
from nuanxin.cases.codes import fingerprint, follow_code
from nuanxin.cases.models import Case, Entry, LedgerLine, NameGram, Respondent, Submission, Worker
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.doubts import Doubt, doubts
from nuanxin.cases.rules.grams import firm_grams, person_grams
from nuanxin.cases.rules.intake import Intake
from nuanxin.cases.rules.ledger import MoneyStep, Sums, Way
from nuanxin.cases.rules.states import Kind, Seat, Status
from nuanxin.cases.rules.urgency import is_urgent
from nuanxin.cases.timing import place_code, start_clock
from nuanxin.cases.triage import limitation_day, means_of
from nuanxin.cases.upcoming import next_sentence
from nuanxin.law.eligibility import lane
from nuanxin.network.models import Agency
from nuanxin.network.queries import agency_for, parse_place
from nuanxin.network.queries import place_now as in_force_now

# kind -> first clocks, who acts, which move is expected
_FIRST: dict[Kind, tuple[tuple[str, ...], Seat, str]] = {
    Kind.AID: (("legal_aid.review", "promise.same_day"), Seat.CLERK, "accept"),
    Kind.REPORT: (("promise.call_back",), Seat.OPERATOR, "call_back"),
    Kind.QUESTION: (("promise.answer",), Seat.DUTY_LAWYER, "answer"),
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a door gives back: the 201 body, the case, and whether this was a replay."""

    body: dict[str, Any]
    case_id: int
    replayed: bool


@dataclass(frozen=True, slots=True)
class Carried:
    """What a worker brings along from the group that they left: its case, and what was awarded and not paid, in fen."""

    group: int
    awarded_fen: int = 0


class KeyReused(Exception):
    """The same idempotency key came with another body."""


def submit(
    *,
    intake: Intake,
    by: Actor,
    at: datetime,
    key: str,
    body: Mapping[str, Any] | None = None,
    sure: str = "",
    carried: Carried | None = None,
) -> Receipt:
    """Open a case for a submission, once for each ``key``.

    ``sure``: why an unusual sum is right, where somebody asked. ``body`` is what was sent, for telling a replay from another submission; the intake itself where there is
    none. Raises KeyReused. The answer of a replay is the answer of the first time, word for word.
    """
    print_of_body = fingerprint("body", _canonical(body if body is not None else _plain(intake)))
    key_index = fingerprint("key", key)
    try:
        with write():
            # Looked up once, and inside: writers queue on SQLite, so what another one opened meanwhile is seen.
            replay = _replay(key_index, print_of_body)
            if replay:
                return replay
            return _open(intake, by, at, key_index, print_of_body, sure, carried)
    except IntegrityError:
        replay = _replay(key_index, print_of_body)
        if replay is None:
            raise
        return replay


def _canonical(body: Mapping[str, Any]) -> str:
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def _plain(intake: Intake) -> dict[str, Any]:
    return {"intake": repr(intake)}


def _replay(key: str, body: str) -> Receipt | None:
    found = Submission.objects.filter(key=key).values("case_id", "body", "answer", "case__code_epoch").first()
    if found is None:
        return None
    if found["body"] != body:
        raise KeyReused
    answer = {**found["answer"]}
    answer["follow_code"] = follow_code(found["case_id"], found["case__code_epoch"])
    return Receipt(_ordered(answer), found["case_id"], True)


_ANSWER = ("number", "follow_code", "status", "lane", "urgent", "agency", "next")


def _ordered(answer: dict[str, Any]) -> dict[str, Any]:
    """The keys in the order of the contract, since PostgreSQL keeps its own: a replay is equal to the letter."""
    parts: dict[str, tuple[str, ...]] = {"agency": ("name", "place"), "next": ("actor", "by", "sentence")}
    found = {key: answer[key] for key in _ANSWER}
    for name, keys in parts.items():
        found[name] = {key: answer[name][key] for key in keys}
    found["next"]["sentence"] = {key: answer["next"]["sentence"][key] for key in ("zh", "en")}
    return found


def _open(
    intake: Intake, by: Actor, at: datetime, key: str, body: str, sure: str, carried: Carried | None
) -> Receipt:
    place = parse_place(intake.place) if intake.place else 0
    place_now = in_force_now(place) if place else 0
    agency = agency_for(place_now)
    case = _case(intake, at, place, place_now, agency)
    people: list[Any] = [_worker(case, intake, at)]
    brought = _brought(case, people[0], carried, at)
    parties = [_respondent(case, n, p) for n, p in enumerate(intake.respondents, 1)]
    starts, seat, step = _FIRST[intake.kind]
    clocks = [
        start_clock(rule, at=at, region=agency.region, limitation=case.limitation_on)
        for rule in starts
        if rule != "promise.same_day" or case.lane in {"green", "mixed"}
    ]
    first = "promise.same_day" if any(c.rule == "promise.same_day" for c in clocks) else ""
    set_next(case, clocks, seat=seat, step=step, clock=first, at=at)
    answer = _answer(case, agency)
    claimed = _claimed(case, people[0], at)
    rows: list[Any] = [
        *people,
        *parties,
        *_grams(case, intake),
        *_texts(case, intake, by, at, sure),
        *claimed,
        *brought,
    ]
    rows.append(_submission(case, intake, key, body, answer, by, at))
    insert([case, *rows])
    append(_events(case, intake, claimed, brought, carried), by=by, at=at, head=NEW_STREAM)
    tell(case, people[0], f"received_{intake.kind}", at=at, values={"code": follow_code(case.id)})
    return Receipt(_ordered({**answer, "follow_code": follow_code(case.id)}), case.id, False)


def _events(
    case: Case, intake: Intake, claimed: list[LedgerLine], brought: list[LedgerLine], carried: Carried | None
) -> list[NewEvent]:
    """The first event of the record, and where something was brought along, its lines of the ledger."""
    payload = {
        **snapshot(case),
        "door": case.door,
        "items": list(case.items),
        "place": case.place_now,
        "lines": [[line.worker_id or 0, line.fen] for line in claimed],
        "set": {
            "limitation_on": case.limitation_on.isoformat() if case.limitation_on else None,
            "means": case.means,
            "means_settled": case.means_settled,
            **({"left_group": case.left_group} if carried else {}),
        },
    }
    if odd := odd_claim(intake):
        payload["doubts"] = [doubt.code for doubt in odd]
    events = [NewEvent(case.id, case.province, "case.submitted", payload)]
    if told := [[line.worker_id or 0, line.fen] for line in brought]:
        more = {"step": MoneyStep.AWARDED, "lines": told}
        events.append(NewEvent(case.id, case.province, "case.lines_recorded", more))
    return events


def _case(intake: Intake, at: datetime, place: int, place_now: int, agency: Agency) -> Case:
    today = at.astimezone(SHANGHAI).date()
    province = (place_now or agency.region) // 10**10
    limitation = limitation_day(intake, today, place=place_code(place_now) or "")
    means = means_of(intake) if intake.items else None
    return Case(
        id=next_id(province), province=province, kind=intake.kind, door=intake.door, submitted_at=at,
        status=Status.SUBMITTED, lane=lane(intake.items) if intake.items else "ordinary",
        urgent=is_urgent(limitation, today), limitation_on=limitation, items=list(intake.items),
        needs=list(intake.applicant.needs), languages=list(intake.applicant.languages), trade=intake.trade,
        relation=intake.relation, workers_stated=intake.workers, worked_from=intake.worked_from,
        worked_to=intake.worked_to, ended_on=intake.ended_on, means=means.outcome if means else "",
        means_settled=means.settled if means else intake.undertaking, place=place, place_now=place_now,
        holder_agency=agency.id, holder_region=agency.region, workers_count=1 if intake.workers == 1 else 0,
        claimed_fen=intake.amount_fen or 0,
    )  # fmt: skip


def _worker(case: Case, intake: Intake, at: datetime) -> Worker:
    who = intake.applicant
    return Worker(
        id=next_id(case.province), province=case.province, case=case, seq=1, representative=intake.workers > 1,
        name=who.name, phone=who.phone, phone_index=blind_index("phone", who.phone) if who.phone else None,
        resident_id=who.resident_id,
        resident_id_index=blind_index("id", who.resident_id) if who.resident_id else None,
        may_call=who.safe.may_call and "no_calls" not in who.needs, call_hours=who.safe.hours,
        may_say_who=who.safe.may_say_who, passphrase=who.safe.passphrase,
        consent_on=at.astimezone(SHANGHAI).date(),
        claimed_fen=(intake.amount_fen or 0) if intake.workers == 1 else 0,
    )  # fmt: skip


def _respondent(case: Case, seq: int, party: Any) -> Respondent:
    return Respondent(
        id=next_id(case.province), province=case.province, case=case, seq=seq, name=party.name, role=party.role,
        kind=party.kind, uscc=party.uscc, phone=party.phone, engaged_by=party.engaged_by,
    )  # fmt: skip


def _grams(case: Case, intake: Intake) -> list[NameGram]:
    found = person_grams(intake.applicant.name)
    for party in intake.respondents:
        found |= firm_grams(party.name)
    return [NameGram(gram=gram, case_id=case.pk) for gram in sorted(found)]


def odd_claim(intake: Intake) -> list[Doubt]:
    """What in the sum that is claimed wants a second look. Never a reason to turn a worker away at the door."""
    injured = "work_injury" in intake.items
    return doubts(Sums(), MoneyStep.CLAIMED, intake.amount_fen or 0, workers=intake.workers, injured=injured)


def _texts(case: Case, intake: Intake, by: Actor, at: datetime, sure: str) -> list[Entry]:
    told = (("story", intake.story, intake.story_language, True), ("sure_of_sum", sure, "zh", False))
    return [
        Entry(
            id=next_id(case.province), province=case.province, case=case, action=action, at=at, by_kind=by.kind,
            by_id=by.id if by.kind == "staff" else 0, for_worker=for_worker, text=text, language=language,
        )
        for action, text, language, for_worker in told
        if text
    ]  # fmt: skip


def _claimed(case: Case, worker: Worker, at: datetime) -> list[LedgerLine]:
    """What was claimed, as first told: the worker's own, or the group's until a roster divides it."""
    if not case.claimed_fen:
        return []
    return [
        LedgerLine(
            id=next_id(case.province), province=case.province, case=case,
            worker=worker if case.workers_stated == 1 else None, step=MoneyStep.CLAIMED, fen=case.claimed_fen,
            way=Way.STATED, on=_today(at), recorded_at=at,
        )
    ]  # fmt: skip


def _brought(case: Case, worker: Worker, carried: Carried | None, at: datetime) -> list[LedgerLine]:
    """The link to the group that was left, and what had been awarded there to this worker and is still to be paid."""
    if carried is None:
        return []
    case.left_group, case.awarded_fen, worker.awarded_fen = (
        carried.group,
        carried.awarded_fen,
        carried.awarded_fen,
    )
    if not carried.awarded_fen:
        return []
    return [
        LedgerLine(
            id=next_id(case.province), province=case.province, case=case, worker=worker, step=MoneyStep.AWARDED,
            fen=carried.awarded_fen, way=Way.DOCUMENT, on=_today(at), recorded_at=at,
        )
    ]  # fmt: skip


def _today(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


def _submission(
    case: Case, intake: Intake, key: str, body: str, answer: dict[str, Any], by: Actor, at: datetime
) -> Submission:
    helper = intake.helper
    return Submission(
        id=next_id(case.province), province=case.province, case=case, key=key, body=body, answer=answer, at=at,
        door=intake.door, by_staff=by.id if by.kind == "staff" else 0, helper_name=helper.name if helper else "", helper_phone=helper.phone if helper else "",
        helper_phone_index=blind_index("phone", helper.phone) if helper else None,
        helper_relation=helper.relation if helper else "",
    )  # fmt: skip


def _answer(case: Case, agency: Agency) -> dict[str, Any]:
    sentence = next_sentence(case, (agency.name_zh, agency.name_en))
    return {
        "number": case.number,
        "status": str(case.status),
        "lane": case.lane,
        "urgent": case.urgent,
        "agency": {"name": agency.name_zh, "place": f"{agency.region // 10**6:06d}"},
        "next": {
            "actor": str(case.seat),
            "by": case.next_by.isoformat() if case.next_by else None,
            "sentence": sentence,
        },
    }
