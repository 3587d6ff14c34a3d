"""Opening a case with its number and code: the same answer and the same work for a wrong number and a wrong code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from nuanxin.audit.models import Event
from nuanxin.cases.codes import check_code
from nuanxin.cases.guesses import Guesser
from nuanxin.cases.models import Case, Worker
from nuanxin.cases.queries.hearing import hearing_place
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.numbers import case_id_of
from nuanxin.cases.sentences import event_sentence
from nuanxin.cases.upcoming import next_sentence
from nuanxin.network.queries import agency

MOST_LINES = 60
CONTACT = 1  # the roster number of who speaks for the case


@dataclass(frozen=True, slots=True)
class Opened:
    """The case and whose code it was (0 the applicant, else the roster number), or nothing; or seconds to wait.

    ``left_on``: whose code it was has left the group, and has no case of their own: the day, and nothing of the group.
    """

    case: Case | None = None
    seq: int = 0
    wait: int = 0
    left_on: date | None = None


def open_by_code(*, number: str, code: str, address: str, at: datetime, phone: str = "") -> Opened:
    """Open a case. Failures are counted and slow down what follows (``cases.guesses``).

    ``phone``: the sender of a text message.
    """
    case_id = case_id_of(number[:40]) or 0
    guesser = Guesser(case_id, address, phone)
    if wait := guesser.wait(at):
        return Opened(wait=wait)
    case = Case.objects.filter(pk=case_id).first()
    # A number that does not exist costs the same comparison as one that does.
    seq = check_code(code[:40], case.pk if case else 0, case.code_epoch if case else 0)
    if case is None or seq is None or seq > max(case.workers_count + case.workers_left, 1):
        guesser.failed(at)
        return Opened()
    guesser.succeeded(at)
    while case.continued_by:
        case = Case.objects.get(pk=case.continued_by)
    return _where_they_are(case, seq)


def _where_they_are(case: Case, seq: int) -> Opened:
    """A worker who has left the group sees their own case, where there is one, and the group's no more."""
    if not seq or not case.workers_left:
        return Opened(case, seq)
    left = Worker.objects.filter(case=case.pk, seq=seq, left_on__isnull=False).first()
    if left is None:
        return Opened(case, seq)
    if left.goes_on:
        return Opened(Case.objects.filter(pk=left.goes_on).first())
    return Opened(left_on=left.left_on)


def earlier_numbers(case: Case) -> list[int]:
    """The ids under which a case was held before it came here, the latest first: one for each province it left."""
    found: list[int] = []
    before = case.continues
    while before:
        found.append(before)
        before = Case.objects.values_list("continues", flat=True).get(pk=before)
    return found


def api_view(case: Case, seq: int = 0) -> dict[str, Any]:
    """Where a case stands, as the public API says it: sentences, offices and sums, no person.

    ``seq``: whose code it was; a worker of a group sees the sums of their own line.
    """
    own = Worker.objects.filter(case=case.pk, seq=seq).first() if seq else None
    holder = agency(case.holder_agency)
    sums = own.sums if own else case.sums
    reader = own
    if case.next_clock == "promise.denial_answer" and not seq:
        reader = Worker.objects.filter(case=case.pk, seq=CONTACT, left_on__isnull=True).first()
    sentence = next_sentence(
        case, (holder.name_zh, holder.name_en), waits=sums.paid > sums.confirmed, denied=own_denial(case, reader),
        place=hearing_place(case),
    )  # fmt: skip
    return {
        "number": case.number,
        "status": case.status,
        "stage": case.stage,
        "lane": case.lane,
        "holder": {"name": holder.name_zh, "phone": holder.phone},
        "next": {
            "actor": case.seat,
            "by": case.next_by.astimezone(SHANGHAI).isoformat() if case.next_by else None,
            "sentence": sentence,
        },
        "timeline": timeline(case, own=own if seq > CONTACT else None),
        "ledger": sums.as_yuan(),
    }


def own_denial(case: Case, reader: Worker | None) -> bool:
    """Whether this reader said that money did not come and has no answer yet; in a case of one nobody else can have."""
    if case.workers_count <= 1 or reader is None:
        return True
    return reader.denied_at is not None and reader.denial_answered_at is None


def timeline(case: Case, *, own: Worker | None = None) -> list[dict[str, Any]]:
    """What was done, the latest last, in sentences; a case that moved tells what happened under its old number too.

    ``own``: one worker of a group, who reads their own sums and nobody else's; None for who speaks for the case.
    """
    rows = Event.objects.filter(stream__in=[case.pk, *earlier_numbers(case)]).order_by(
        "-recorded_at", "-seq"
    )[:MOST_LINES]
    corrected = {row.payload["of"]: row.payload for row in reversed(rows) if row.kind == "case.correct_step"}
    moved = _not_held_as_set(list(reversed(rows)))
    lines = []
    for row in reversed(rows):
        kind = _kind_of(row, own.pk if own else 0)
        payload = _own_part(kind, row.payload, own) if own else _of_all(kind, row.payload, case)
        day = row.effective_on or row.recorded_at.astimezone(SHANGHAI).date()
        if payload is not None and kind == "case.record_step":
            payload = {**payload, "moved": row.pk in moved}
            payload, day = _as_it_stands(
                payload, day, corrected.get(row.recorded_at.astimezone(UTC).isoformat())
            )
        sentence = event_sentence(kind, payload) if payload is not None else None
        if sentence is not None:
            lines.append({"on": day.isoformat(), "sentence": sentence})
    return lines


def _not_held_as_set(rows: Sequence[Event]) -> set[int]:
    """Which announcements of a hearing, the earliest event first, stand no more: set anew before their day, or called off."""
    gone: set[int] = set()
    last: dict[str, Event] = {}  # by the kind of hearing
    for row in rows:
        taken = str(row.payload.get("taken", ""))
        before = last.get(taken)
        coming = row.kind == "case.record_step" and bool(row.payload.get("coming"))
        if before is not None and (coming or row.kind == "case.call_off_hearing"):
            if row.recorded_at.astimezone(SHANGHAI).date().isoformat() <= before.payload["on"]:
                gone.add(before.pk)
            del last[taken]
        if coming:
            last[taken] = row
    return gone


def _as_it_stands(
    payload: dict[str, Any], day: date, since: dict[str, Any] | None
) -> tuple[dict[str, Any], date]:
    """A step as the record has it now: one that was entered by mistake does not stand there as if it were true."""
    if since is None:
        return payload, day
    if since["gone"]:
        return {**payload, "gone": True}, day
    right = date.fromisoformat(since["on"])
    return {**payload, "on": since["on"]}, day if payload.get("coming") else right


def _of_all(kind: str, payload: dict[str, Any], case: Case) -> dict[str, Any] | None:
    """The event as who speaks for a case reads it: what another one said about their money, by that one's number.

    To how many an award gave nothing, since it may be none of theirs.
    """
    if kind in _OF_ONE and (seq := payload.get("seq", CONTACT)) != CONTACT:
        return {**payload, "of": seq} if kind in _OF_MONEY else None
    return {**payload, "group": True} if payload.get("dismissed") and case.workers_count > 1 else payload


_MONEY = {
    "awarded": "case.record_award",
    "paid": "case.record_payment",
    "confirmed": "case.confirm_payment",
}


def _kind_of(row: Event, own: int) -> str:
    """What happened. The further lines of a large sum are to each worker in them what the first ones are to theirs."""
    if not own or row.kind != "case.lines_recorded":
        return row.kind
    new = any(worker == own and fen >= 0 for worker, fen in row.payload["lines"])
    return _MONEY.get(row.payload["step"], row.kind) if new else row.kind


# What one worker said about their money, or was told or asked about it; and what they asked about their own data.
_OF_MONEY = frozenset({"case.deny_payment", "case.answer_denial", "case.not_reached"})
_OF_ONE = _OF_MONEY | {"case.ask_correction", "case.ask_erasure", "case.person_corrected"}


def _own_part(kind: str, payload: dict[str, Any], own: Worker) -> dict[str, Any] | None:
    """The event as this worker may read it; None where it is another's matter, or the money in it is all others'."""
    if kind in _OF_ONE and payload.get("seq", CONTACT) != own.seq:
        return None
    if kind not in _MONEY.values():
        return payload
    lines = [fen for worker, fen in payload.get("lines", ()) if worker == own.pk]
    return {**payload, "fen": sum(lines), "dismissed": sum(lines) == 0} if lines else None
