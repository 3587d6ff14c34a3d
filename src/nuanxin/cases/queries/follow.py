"""Following a case: what the worker sees in a browser, and the one sentence that answers a text message."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from nuanxin.accounts.queries import names_of
from nuanxin.cases.grounds import ground_words
from nuanxin.cases.models import Case, Entry, Worker
from nuanxin.cases.queries.hearing import hearing_place
from nuanxin.cases.queries.opening import open_by_code, own_denial, timeline
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.course import course_of, last_taken
from nuanxin.cases.rules.ledger import Sums
from nuanxin.cases.rules.states import ENDED, Kind, Status
from nuanxin.cases.sentences import Pair, left_sentence, said_money, status_words
from nuanxin.cases.situation import now_sentence, paper_words
from nuanxin.cases.upcoming import awaited, next_sentence
from nuanxin.network.queries import agency, six_digits

_DECIDED_AGAINST = {Status.REFUSED, Status.TERMINATED, Status.OBJECTION}
# Texts that every member of a group may read; what staff wrote to the representative alone is not among them.
FOR_ALL = frozenset({"report_progress", "record_step", "correct_step", "answer", "refuse", "terminate"})
MOST_MESSAGES = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was done."""

    on: date
    sentence: Pair


@dataclass(frozen=True, slots=True)
class Holder:
    """The office that has the case."""

    name: Pair
    phone: str


@dataclass(frozen=True, slots=True)
class Next:
    """Who acts next, by when, in a sentence; ``awaited`` in a few words. ``by`` is None when it has ended."""

    actor: str
    by: datetime | None
    sentence: Pair
    awaited: Pair


@dataclass(frozen=True, slots=True)
class FollowView:
    """Where a case stands for whoever has its code. No personal data but the lawyer's name.

    ``seq`` is whose code it was: 0 the applicant or representative, else the roster number. ``total`` is the
    money of the whole case, ``own`` of this worker (None while a group has no roster).
    """

    case_id: int
    seq: int
    number: str
    version: int
    kind: Kind
    status: Status
    status_words: Pair
    stage: str
    lane: str
    now: Pair
    next: Next
    holder: Holder
    lawyer: str
    workers: int
    total: Sums
    own: Sums | None
    dismissed: bool  # the award gives this worker nothing
    timeline: list[Line]
    code_epoch: int
    missing: list[Pair]  # papers that were asked for and are waited for
    submitted_at: datetime
    rated: bool
    objected: bool  # the bureau has answered an objection to the decision in force
    grounds: list[Pair]  # of the refusal or the early end that is in force
    place: str  # six digits: where the work was, as that place is named today; empty when not told

    @property
    def ended(self) -> bool:
        """Whether nobody has to act any more."""
        return self.status in ENDED

    @property
    def group(self) -> bool:
        """Whether several workers claim together."""
        return self.workers > 1

    @property
    def own_seq(self) -> int:
        """The roster number whose money this person confirms: their own, the representative's is 1."""
        return self.seq or 1

    @property
    def to_confirm(self) -> int:
        """Fen that were paid to this worker and that they have not confirmed."""
        return self.own.paid - self.own.confirmed if self.own else 0


def follow_view(case_id: int, seq: int) -> FollowView | None:
    """Where the case stands; None where there is no such case, or no such worker on its roster."""
    case = Case.objects.filter(pk=case_id).first()
    if case is None:
        return None
    worker = Worker.objects.filter(
        case=case_id, seq=seq or 1, left_on__isnull=True, erased_at__isnull=True
    ).first()
    if worker is None and seq:
        return None
    return _view(case, seq, worker)


def _view(case: Case, seq: int, worker: Worker | None) -> FollowView:
    holder = agency(case.holder_agency)
    office = (holder.name_zh, holder.name_en)
    ended = case.state in ENDED
    divided = case.workers_count > 0 or case.workers_stated == 1
    return FollowView(
        case_id=case.pk, seq=seq, number=case.number, version=case.version, kind=Kind(case.kind), status=case.state,
        status_words=status_words(case.status), stage=case.stage, lane=case.lane,
        now=now_sentence(status=case.status, stage=case.stage, kind=case.kind, step=case.step, ended=ended,
                         provisional=case.next_provisional, office=office,
                         asked=case.followed_up_at is not None, taken=last_taken(course_of(case.steps))),
        next=Next(
            actor=case.seat,
            by=case.next_by.astimezone(SHANGHAI) if case.next_by else None,
            sentence=next_sentence(case, office, waits=_waits(case, worker if divided else None),
                                   denied=own_denial(case, worker if divided else None), place=hearing_place(case)),
            awaited={"zh": "", "en": ""} if ended else awaited(case.step, case.next_clock),
        ),
        holder=Holder({"zh": office[0], "en": office[1]}, holder.phone),
        lawyer=names_of({case.lawyer}).get(case.lawyer, "") if case.lawyer else "",
        workers=max(case.workers_count, case.workers_stated),
        total=case.sums,
        own=worker.sums if worker is not None and divided else None,
        dismissed=worker is not None and worker.dismissed_on is not None,
        timeline=[Line(date.fromisoformat(row["on"]), row["sentence"]) for row in timeline(case, own=worker if seq > 1 and divided else None)],
        code_epoch=case.code_epoch,
        missing=[paper_words(code) for code in case.supplement_items] if case.state is Status.AWAITING_MATERIAL else [],
        submitted_at=case.submitted_at, rated=case.rating is not None,
        objected=case.objected_at is not None,
        grounds=[ground_words(code) for code in case.grounds] if case.state in _DECIDED_AGAINST else [],
        place=six_digits(case.place_now) if case.place_now else "",
    )  # fmt: skip


def _waits(case: Case, worker: Worker | None) -> bool:
    """Whether money that was paid waits for this reader's word."""
    sums = worker.sums if worker is not None else case.sums
    return sums.paid > sums.confirmed


def messages(view: FollowView) -> list[Entry]:
    """What staff and the lawyer wrote for this worker, the newest first. Personal: never for the API."""
    found = Entry.objects.filter(case=view.case_id, for_worker=True, by_kind="staff")
    own = Q(action="answer_denial", data__worker=view.own_seq)  # nobody else's money
    if view.seq:
        found = found.filter(Q(action__in=FOR_ALL) | own)
    else:
        found = found.filter(~Q(action="answer_denial") | own)
    return [entry for entry in found.order_by("-at", "-id")[:MOST_MESSAGES] if entry.text]


# With its hyphens the number ends where it ends, even with the code written straight behind it.
_NUMBER = re.compile(
    r"(?:NX\s*|(?<!\d))(\d{2})\s*[-–—]\s*(\d{7,14})\s*[-–—]\s*(\d)|NX\s*(\d{2})(\d{7,14})(\d)(?!\d)",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<!\d)(?:\d{1,6}\s*[-–—]\s*)?\d{8}(?!\d)")
_WRONG = {
    "zh": "编号或查询码不对。请把编号和查询码发在一条短信里，比如 NX14-0012345-7 12345678，或者打 12348。",
    "en": "Number or code is not right. Send both in one message, such as NX14-0012345-7 12345678, or ring 12348.",
}


@dataclass(frozen=True, slots=True)
class TextQuestion:
    """A text message that asks how a case stands: in which language, and the case if number and code were right."""

    language: str
    view: FollowView | None
    left: tuple[str, date] | None = None  # instead of a view: the group that the sender has left, and when


def read_text(text: str, phone: str, at: datetime) -> TextQuestion | None:
    """Read a text message; None for one that names no case number.

    Wrong tries are counted for the sender's telephone number as they are for an address on the web.
    """
    wide = "".join(chr(ord(c) - 0xFEE0) if 0xFF01 <= ord(c) <= 0xFF5E else c for c in text[:300])
    number = _NUMBER.search(wide)
    if number is None:
        return None
    language = "en" if re.search(r"[a-z]{3,}", wide) and not re.search(r"[\u4e00-\u9fff]", wide) else "zh"
    code = _CODE.search(wide[: number.start()] + " " + wide[number.end() :])
    named = "NX{}-{}-{}".format(*(part for part in number.groups() if part))
    opened = open_by_code(
        number=named,
        code=re.sub(r"\s", "", code[0]) if code else "",
        address=f"sms:{phone}",
        phone=phone,
        at=at,
    )
    left = (named, opened.left_on) if opened.left_on else None
    return TextQuestion(language, follow_view(opened.case.pk, opened.seq) if opened.case else None, left)


def sms_answer(text: str, phone: str, at: datetime) -> str | None:
    """The sentence that answers a text message with number and code; None for one that names no case number."""
    asked = read_text(text, phone, at)
    if asked is None:
        return None
    if asked.left is not None:
        return left_sentence(*asked.left)[asked.language]
    if asked.view is None:
        return _WRONG[asked.language]
    now, then = said_by_text(asked.view, asked.language)
    return (
        f"{asked.view.number} {now}{then}"
        if asked.language == "zh"
        else f"{asked.view.number} {now} {then}".strip()
    )


def said_by_text(view: FollowView, language: str) -> tuple[str, str]:
    """What happens now, and what comes next with the money that waits for an answer; the second may be empty."""
    then = [] if view.ended else [view.next.sentence[language]]
    if view.to_confirm > 0:
        money = said_money(view.to_confirm)
        waits = {
            "zh": f"对方说付给您 {money} 元了，收到没有请告诉我们。",
            "en": f"They say {money} yuan were paid to you: tell us whether you have them.",
        }
        then.append(waits[language])
    return view.now[language], ("" if language == "zh" else " ").join(then)
