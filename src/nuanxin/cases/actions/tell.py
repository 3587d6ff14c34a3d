"""Telling people: a notice in the outbox, in the same transaction as the move that caused it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from nuanxin.cases.codes import worker_code
from nuanxin.cases.models import Case, Worker
from nuanxin.cases.queries.hearing import place_of
from nuanxin.cases.rules.clocks import CLOCK_RULES, SHANGHAI, Clock
from nuanxin.cases.rules.ledger import MoneyStep
from nuanxin.cases.rules.states import Seat
from nuanxin.cases.sentences import day_and_hour, pair, said_money
from nuanxin.cases.upcoming import CONTESTS, RIGHTS, HearingWords, hearing_words, running
from nuanxin.notices.actions import NewNotice, SafeContact, enqueue, enqueue_many


def tell(
    case: Case,
    contact: Worker | None,
    template: str,
    *,
    at: datetime,
    values: Mapping[str, str] | None = None,
) -> None:
    """Queue one text message to the contact of the case, in their language and by their safe-contact wishes.

    A contact without a number is not an error: many workers have none; staff see that on the case page.
    """
    if contact is None or not contact.phone:
        return
    language = _language(case)
    by = day_and_hour(case.next_by)[language == "en"] if case.next_by else ""
    enqueue(
        channel="sms",
        to=contact.phone,
        template=template,
        language=language,
        values={"number": case.number, "by": by, **_last_days(case, language), **(values or {})},
        case_id=case.id,
        province=case.province,
        safe=SafeContact(contact.may_call, contact.call_hours, contact.may_say_who),
        at=at,
    )


def _last_days(case: Case, language: str) -> dict[str, str]:
    """The right that a paper has opened last, with its last day; empty where none runs. ``contest``: against an award."""
    rights = sorted(running(case, *RIGHTS), key=lambda clock: clock.started_at)
    found = {"until": "", "right": "", "contest": ""}
    for clock in rights:
        rule, day = CLOCK_RULES[clock.rule], day_and_hour(clock.due)
        right = {"zh": f"{rule.zh}最晚{day[0]}", "en": f"{rule.en}: by {day[1]}"}
        contest = pair(CONTESTS.get(clock.rule, ("", "")), by=day)
        found = {"until": day[language == "en"], "right": right[language], "contest": contest[language]}
    return found


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if at else ""


@dataclass(frozen=True, slots=True)
class Own:
    """What one worker of a group is told of their own: the template, and the sum (fen) in it."""

    worker: Worker
    template: str
    fen: int = 0


def tell_each(case: Case, told: Iterable[Own], *, at: datetime) -> None:
    """Tell each worker of a group what is theirs, with number and a code that opens their own line only."""
    notices = [
        NewNotice(
            channel="sms", to=own.worker.phone, template=own.template, language=_language(case),
            values={
                "number": case.number, "money": said_money(abs(own.fen)), **_last_days(case, _language(case)),
                "code": worker_code(case.id, own.worker.seq, case.code_epoch),
            },
            case_id=case.id, province=case.province,
            safe=SafeContact(own.worker.may_call, own.worker.call_hours, own.worker.may_say_who),
        )
        for own in told
        if own.worker.phone
    ]  # fmt: skip
    if notices:
        enqueue_many(notices, at=at)


_OF_MONEY = {
    MoneyStep.AWARDED: "money_awarded_worker",
    MoneyStep.PAID: "money_paid_worker",
    MoneyStep.CONFIRMED: "money_confirmed",
}


def of_money(step: MoneyStep, fen: int, *, undo: bool = False) -> str:
    """The template with which a worker of a group hears of one more line of their own; empty for none."""
    if step is MoneyStep.CLAIMED:
        return ""
    if fen == 0:
        return "award_stands_open" if undo else "award_nothing"
    return _OF_MONEY[step] if fen > 0 else "money_corrected"


def _language(case: Case) -> str:
    return "en" if "en" in case.languages and "zh" not in case.languages else "zh"


def tell_staff(case: Case, template: str, *, at: datetime) -> None:
    """Queue a notice on the desk for whoever has the case in person: the lawyer, and the officer of the agency."""
    for person in dict.fromkeys((case.lawyer, case.officer)):
        if person:
            enqueue(
                channel="in_app", to=str(person), template=template, values={"number": case.number},
                case_id=case.id, province=case.province, at=at,
            )  # fmt: skip


def remind_of_hearing(case: Case, contact: Worker | None, clock: Clock, *, at: datetime) -> None:
    """Remind the worker by text message, and whoever has the case in person, of a hearing on the next working day."""
    values = hearing_values(hearing_words(case, clock, place_of(case.pk, clock)))
    tell(case, contact, "hearing_soon", at=at, values=values)
    _tell_desk(case, "hearing_soon", values, at)


def ask_for_result(case: Case, *, at: datetime) -> None:
    """Ask whoever has the case in person what came of a hearing whose day is over."""
    _tell_desk(case, "hearing_over", {}, at)


def hearing_values(words: HearingWords) -> dict[str, str]:
    """The places of the messages about a hearing."""
    return {
        "step_zh": words.what[0], "step_en": words.what[1], "when_zh": words.when[0], "when_en": words.when[1],
        "place": words.place,
    }  # fmt: skip


def _tell_desk(case: Case, template: str, values: Mapping[str, str], at: datetime) -> None:
    person = case.lawyer or case.officer
    if person:
        enqueue(
            channel="in_app", to=str(person), template=template, values={"number": case.number, **values},
            case_id=case.id, province=case.province, at=at,
        )  # fmt: skip


def remind_holder(case: Case, clocks: Sequence[Clock], *, at: datetime) -> None:
    """Remind whoever has the case in person that a clock is near its end or has run out.

    The office's own list shows it to everybody; this is for the person who looks at something else.
    """
    person = case.lawyer if case.seat == Seat.LAWYER else case.officer
    if not person:
        return
    for clock in clocks:
        rule = CLOCK_RULES[clock.rule]
        enqueue(
            channel="in_app",
            to=str(person),
            template="task_due",
            values={"number": case.number, "task_zh": rule.zh, "task_en": rule.en, "by": _moment(clock.due)},
            case_id=case.id,
            province=case.province,
            at=at,
        )
