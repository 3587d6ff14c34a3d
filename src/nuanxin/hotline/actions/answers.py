"""Letting an answer out to the public: one proposes, another compares and approves, anybody concerned
withdraws; what is out is read again when its law has moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max

from nuanxin.audit.actor import SYSTEM, Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.ids import next_id
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import NoSuchCase, Refused
from nuanxin.cases.models import Case
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.hotline.models import PublicAnswer, WrittenQuestion
from nuanxin.hotline.permissions import check, may_advise, may_publish
from nuanxin.hotline.queries.answers import to_empty
from nuanxin.hotline.queries.questions import answers_given, known_in
from nuanxin.hotline.rules.anonymise import Found, remains
from nuanxin.hotline.rules.topics import TOPICS

State = PublicAnswer.State
LONGEST = 8000  # signs of one text
KEPT = timedelta(days=90)  # how long a text that did not go out is kept for its author to learn from


@dataclass(frozen=True, slots=True)
class Wording:
    """What others are to read. English may be left out, both parts of it together."""

    topic: str
    question_zh: str
    answer_zh: str
    question_en: str = ""
    answer_en: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """All of it."""
        return (self.question_zh, self.answer_zh, self.question_en, self.answer_en)


class PointsToSomebody(Refused):
    """The text holds something that points to a person of the case; ``found`` says what."""

    def __init__(self, found: tuple[Found, ...]) -> None:
        told = "、".join(dict.fromkeys(one.text for one in found))
        super().__init__(
            "points_to_somebody",
            f"文字里还有能认出当事人的内容，请先去掉：{told}",
            f"The text still holds what points to somebody. Take it out first: {told}",
        )
        self.found = found


def propose(*, case_id: int, wording: Wording, law_on: date, by: Actor, at: datetime) -> PublicAnswer:
    """Propose an edited question and answer. Raises NotPermitted, and Refused without the asker's consent or an
    answer, with another proposal under way, with a part missing, or with what points to somebody."""
    _check_whole(wording, law_on, at)
    with write():
        case = Case.objects.select_for_update().filter(pk=case_id).first()
        if case is None:
            raise NoSuchCase
        check(may_advise(by, case.holder_region))
        _check_open(case_id)
        _check_nobody(wording.texts, case_id)
        row = PublicAnswer(
            id=next_id(case.province), province=case.province, case=case_id, region=case.holder_region,
            topic=wording.topic, question_zh=wording.question_zh, answer_zh=wording.answer_zh,
            question_en=wording.question_en, answer_en=wording.answer_en, law_on=law_on, proposed_by=by.id, proposed_at=at,
        )  # fmt: skip
        row.save(force_insert=True)
        _record(row, "public_answer.proposed", by, at)
    return row


def approve(*, answer_id: int, by: Actor, at: datetime) -> PublicAnswer:
    """Let it out. The text is looked at once more, since the case may have learned a name meanwhile.

    Raises NotPermitted, and Refused for who proposed it, for one that is settled, or that points to somebody.
    """
    with write():
        row = _locked(answer_id)
        check(may_publish(by, row.region))
        _check_second(row, by)
        if not WrittenQuestion.objects.filter(pk=row.case, share=True).exists():
            raise _no_consent()
        _check_nobody((row.question_zh, row.answer_zh, row.question_en, row.answer_en), row.case)
        last = PublicAnswer.objects.aggregate(last=Max("number"))["last"] or 0
        row.number, row.state, row.decided_by, row.decided_at = last + 1, State.APPROVED, by.id, at
        row.save()
        _record(row, "public_answer.approved", by, at)
    return row


def refuse(*, answer_id: int, reason: str, by: Actor, at: datetime) -> PublicAnswer:
    """Say no, with the reason for the lawyer. Raises NotPermitted, Refused."""
    if not reason.strip():
        raise Refused(
            "say_why", "请写明为什么不同意，方便律师修改。", "Say why not, so that the lawyer can mend it."
        )
    with write():
        row = _locked(answer_id)
        check(may_publish(by, row.region))
        _check_second(row, by)
        row.state, row.decided_by, row.decided_at, row.reason = State.REFUSED, by.id, at, reason.strip()
        row.save()
        _record(row, "public_answer.refused", by, at)
    return row


def withdraw(*, answer_id: int, by: Actor, at: datetime) -> PublicAnswer:
    """Take it back at once, out or on its way. Raises NotPermitted, and Refused for one that is settled."""
    with write():
        row = _locked(answer_id)
        check(may_publish(by, row.region) or may_advise(by, row.region))
        if row.state not in PublicAnswer.LIVE:
            raise _settled()
        row.state, row.withdrawn_by, row.withdrawn_at = State.WITHDRAWN, by.id, at
        row.save()
        _record(row, "public_answer.withdrawn", by, at)
    return row


def confirm(*, answer_id: int, by: Actor, at: datetime) -> PublicAnswer:
    """Say that what is out is right by today's law: it speaks of today's law from now on. A text that is not right is
    withdrawn. Raises NotPermitted, and Refused for one that is not out."""
    with write():
        row = _locked(answer_id)
        check(may_publish(by, row.region) or may_advise(by, row.region))
        if row.state != State.APPROVED:
            raise _settled()
        row.law_on = at.astimezone(SHANGHAI).date()
        row.save(update_fields=["law_on"])
        _record(row, "public_answer.confirmed", by, at)
    return row


def empty_unpublished(*, at: datetime) -> int:
    """Empty texts that nobody let out: some time after they were settled, and when the case's people are erased."""
    ids = to_empty(at - KEPT)
    for pk in ids:
        with write():
            row = _locked(pk)
            row.question_zh = row.answer_zh = row.question_en = row.answer_en = row.reason = ""
            if row.state == State.PROPOSED:
                row.state, row.withdrawn_at = State.WITHDRAWN, at
            row.save()
            _record(row, "public_answer.emptied", SYSTEM, at)
    return len(ids)


def _check_whole(wording: Wording, law_on: date, at: datetime) -> None:
    if wording.topic not in TOPICS:
        raise Refused("choose_topic", "请选一个主题。", "Choose a topic.")
    if not wording.question_zh.strip() or not wording.answer_zh.strip():
        raise Refused("both_parts", "问题和答复都要写。", "Both the question and the answer are needed.")
    if bool(wording.question_en.strip()) != bool(wording.answer_en.strip()):
        raise Refused(
            "both_parts_en",
            "英文要么都写，要么都不写。",
            "In English give both the question and the answer, or neither.",
        )
    if any(len(text) > LONGEST for text in wording.texts):
        raise Refused("too_long", f"每段最多{LONGEST}字。", f"Each text has at most {LONGEST} signs.")
    if law_on > at.astimezone(SHANGHAI).date():
        raise Refused("not_yet", "日期还没到。", "That day has not come yet.")


def _check_open(case_id: int) -> None:
    kept = WrittenQuestion.objects.filter(pk=case_id).first()
    if kept is None or not kept.share:
        raise _no_consent()
    if not answers_given(case_id).exists():
        raise Refused("not_answered", "还没有答复。", "The question has no answer yet.")
    if PublicAnswer.objects.filter(case=case_id, state__in=PublicAnswer.LIVE).exists():
        raise Refused(
            "proposed_already",
            "这个咨询已经提交公开了。",
            "This question has been proposed or published already.",
        )


def _check_nobody(texts: tuple[str, ...], case_id: int) -> None:
    known = known_in(case_id)
    found = tuple(one for text in texts for one in remains(text, known))
    if found:
        raise PointsToSomebody(found)


def _check_second(row: PublicAnswer, by: Actor) -> None:
    if row.state != State.PROPOSED:
        raise _settled()
    if by.id == row.proposed_by:
        raise Refused(
            "second_person", "提交人不能自己审核，请另一位同事审核。", "Who proposed it may not approve it: another person compares."
        )  # fmt: skip


def _no_consent() -> Refused:
    return Refused(
        "no_consent", "提问人没有同意公开，或者已经收回同意。", "The asker has not agreed that others read it, or no longer agrees."
    )  # fmt: skip


def _settled() -> Refused:
    return Refused("settled", "这一条已经处理过了。", "This one is settled already.")


def _locked(answer_id: int) -> PublicAnswer:
    row = PublicAnswer.objects.select_for_update().filter(pk=answer_id).first()
    if row is None:
        raise Refused("no_such_answer", "没有找到这一条。", "There is no such answer.")
    return row


def _record(row: PublicAnswer, kind: str, by: Actor, at: datetime) -> None:
    said = {"public_answer": row.pk, "number": row.number or 0, "state": row.state, "topic": row.topic}
    said["law_on"] = row.law_on.isoformat()
    append([NewEvent(row.case, row.province, kind, said)], by=by, at=at)
