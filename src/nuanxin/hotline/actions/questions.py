"""Written questions: one lawyer takes one, answers it, and has it back when the asker asks once more."""

from __future__ import annotations

from datetime import datetime

from nuanxin.audit.actor import SYSTEM, Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.transactions import write
from nuanxin.cases.actions.perform import perform
from nuanxin.cases.faults import NoSuchCase, NotPermitted, Refused
from nuanxin.cases.models import Case
from nuanxin.cases.rules.states import Kind, Status
from nuanxin.hotline.models import PublicAnswer, WrittenQuestion
from nuanxin.hotline.permissions import check, may_advise
from nuanxin.hotline.queries.questions import as_waiting, on_duty, silent_owners
from nuanxin.hotline.rules.queue import SILENT, why_not

_NOT_NOW = {
    "in_other_hands": (
        "同事已经接了这个咨询，正在答复。",
        "A colleague has this question and is answering it.",
    ),
    "kept": (
        "这是追问，先留给上次答复的律师，对方在岗。",
        "This is a follow-up, kept for the lawyer who answered: they are on duty.",
    ),
}


def note_share(*, case_id: int, share: bool, by: Actor, at: datetime) -> None:
    """Keep whether others may read the question. Without consent what is out, or on its way out, is withdrawn at once.

    Raises NoSuchCase, and NotPermitted for anybody but the asker.
    """
    with write():
        case, row = _locked(case_id)
        check(
            (by.kind in {"worker", "helper"} and by.id in {0, case.pk}) or may_advise(by, case.holder_region)
        )
        if row.share == share:
            return
        row.share = share
        row.save(update_fields=["share"])
        out = [] if share else list(PublicAnswer.objects.filter(case=case_id, state__in=PublicAnswer.LIVE))
        for answer in out:
            answer.state, answer.withdrawn_at = PublicAnswer.State.WITHDRAWN, at
            answer.save(update_fields=["state", "withdrawn_at"])
        _record(case, "question.share", {"share": share, "withdrawn": len(out)}, by, at)


def take(*, case_id: int, by: Actor, at: datetime) -> WrittenQuestion:
    """Take a question in hand. Of two who press at once the first has it; taken again by the same person, it stays.

    Raises NoSuchCase, NotPermitted, and Refused where it is answered, in other hands, or kept for another.
    """
    with write():
        case, row = _locked(case_id)
        check(may_advise(by, case.holder_region))
        _check_waits(case)
        _check_free(case, row, by, at)
        before, row.owner, row.seen_at = row.owner, by.id, at
        if before != by.id:
            row.taken_at = at
            _record(case, "question.taken", {"owner": by.id, "instead_of": before}, by, at)
        row.save(update_fields=["owner", "taken_at", "seen_at"])
    return row


def still_here(*, case_id: int, by: Actor, at: datetime) -> None:
    """The owner's page is open: the question stays in their hands. Nothing that anybody sees changes, so no event."""
    with write():
        WrittenQuestion.objects.filter(pk=case_id, owner=by.id).update(seen_at=at)


def give_back(*, case_id: int, by: Actor, at: datetime) -> None:
    """Put a question back into the queue. Raises NoSuchCase, and NotPermitted for who does not have it."""
    with write():
        case, row = _locked(case_id)
        check(row.owner == by.id and by.kind == "staff")
        _free(case, row, by, at)


def answer(*, case_id: int, text: str, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Answer a question; the asker gets a discreet notice. Raises what ``take`` and the move itself raise."""
    with write():
        case, row = _locked(case_id)
        if case.step == "answer":
            _check_free(case, row, by, at)
        done = perform("answer", case_id=case_id, by=by, at=at, version=version, form={"text": text})
        row.owner, row.answered_by, row.answered_at, row.helped = 0, by.id, at, None
        row.save(update_fields=["owner", "answered_by", "answered_at", "helped"])
    return done


def ask_again(*, case_id: int, text: str, by: Actor, at: datetime, version: int | None = None) -> Case:
    """Ask once more on the same question. Raises Refused for a second time, and what the move raises."""
    with write():
        _case, row = _locked(case_id)
        if row.asked_again_at is not None:
            raise Refused(
                "asked_again",
                "这个咨询已经追问过一次。还有问题请再提一个新的咨询，或者打12348。",
                "You have asked once more already. Please send a new question, or ring 12348.",
            )
        done = perform("ask_again", case_id=case_id, by=by, at=at, version=version, form={"text": text})
        row.asked_again_at = at
        row.save(update_fields=["asked_again_at"])
    return done


def said_helped(*, case_id: int, helped: bool, by: Actor, at: datetime, version: int | None = None) -> Case:
    """The asker says whether the answer helped: the question is closed, or they are rung back."""
    with write():
        _case, row = _locked(case_id)
        action = "close_question" if helped else "not_helped"
        done = perform(action, case_id=case_id, by=by, at=at, version=version, form={"text": ""})
        row.helped = helped
        row.save(update_fields=["helped"])
    return done


def release_silent(*, at: datetime) -> int:
    """Free what is in the hands of somebody whose page has gone silent; gives back how many."""
    count = 0
    for case_id in silent_owners(at - SILENT):
        with write():
            case, row = _locked(case_id)
            if row.owner and row.seen_at is not None and at - row.seen_at >= SILENT:
                _free(case, row, SYSTEM, at)
                count += 1
    return count


def _free(case: Case, row: WrittenQuestion, by: Actor, at: datetime) -> None:
    owner, row.owner = row.owner, 0
    row.save(update_fields=["owner"])
    _record(case, "question.released", {"owner": owner}, by, at)


def _locked(case_id: int) -> tuple[Case, WrittenQuestion]:
    case = Case.objects.select_for_update().filter(pk=case_id).first()
    if case is None:
        raise NoSuchCase
    row, _made = WrittenQuestion.objects.select_for_update().get_or_create(
        pk=case_id, defaults={"province": case.province}
    )
    return case, row


def _check_waits(case: Case) -> None:
    if case.kind != Kind.QUESTION or case.state is not Status.SUBMITTED or case.step != "answer":
        raise Refused(
            "not_waiting",
            "这个咨询已经答复，或者不再等答复。",
            "This question has its answer, or waits for none.",
        )


def _check_free(case: Case, row: WrittenQuestion, by: Actor, at: datetime) -> None:
    why = why_not(as_waiting(case, row), by.id, on_duty([row.answered_by]), at)
    if why:
        raise Refused(why, *_NOT_NOW[why])


def _record(case: Case, kind: str, said: dict[str, object], by: Actor, at: datetime) -> None:
    append([NewEvent(case.pk, case.province, kind, said)], by=by, at=at)


__all__ = [
    "NotPermitted",
    "answer",
    "ask_again",
    "give_back",
    "note_share",
    "release_silent",
    "said_helped",
    "still_here",
    "take",
]
