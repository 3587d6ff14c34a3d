"""Following a case: what the worker sees in a browser, and the one sentence that answers a text message."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from nuanxin.accounts.queries import names_of
from nuanxin.cases.models import Case, Entry, Worker
from nuanxin.cases.queries.opening import Opened, open_by_code, timeline
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.ledger import Sums
from nuanxin.cases.rules.states import ENDED, Kind, Status
from nuanxin.cases.sentences import Pair, next_sentence, status_words
from nuanxin.cases.situation import awaited, now_sentence
from nuanxin.network.queries import agency

# Texts that every member of a group may read; what staff wrote to the representative alone is not among them.
FOR_ALL = frozenset({"report_progress", "record_step", "answer", "refuse", "terminate"})
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
    timeline: list[Line]
    code_epoch: int
    missing: list[str]  # coded papers that were asked for and are waited for
    submitted_at: datetime

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
    worker = Worker.objects.filter(case=case_id, seq=seq or 1, left_on__isnull=True, erased_at__isnull=True).first()
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
                         provisional=case.next_provisional, office=office),
        next=Next(
            actor=case.seat,
            by=case.next_by.astimezone(SHANGHAI) if case.next_by else None,
            sentence=next_sentence(status=case.status, step=case.step, next_by=case.next_by,
                                   provisional=case.next_provisional, office=office),
            awaited={"zh": "", "en": ""} if ended else awaited(case.step),
        ),
        holder=Holder({"zh": office[0], "en": office[1]}, holder.phone),
        lawyer=names_of({case.lawyer}).get(case.lawyer, "") if case.lawyer else "",
        workers=max(case.workers_count, case.workers_stated),
        total=case.sums,
        own=worker.sums if worker is not None and divided else None,
        timeline=[Line(date.fromisoformat(row["on"]), row["sentence"]) for row in timeline(case)],
        code_epoch=case.code_epoch,
        missing=list(case.supplement_items) if case.state is Status.AWAITING_MATERIAL else [],
        submitted_at=case.submitted_at,
    )  # fmt: skip


def messages(view: FollowView) -> list[Entry]:
    """What staff and the lawyer wrote for this worker, the newest first. Personal: never for the API."""
    found = Entry.objects.filter(case=view.case_id, for_worker=True, by_kind="staff").exclude(text="")
    if view.seq:
        found = found.filter(action__in=FOR_ALL)
    return list(found.order_by("-at", "-id")[:MOST_MESSAGES])


_NUMBER = re.compile(r"NX\s*(\d{2})\s*[-–—]?\s*(\d{7,14})\s*[-–—]?\s*(\d)(?!\d)", re.IGNORECASE)
_CODE = re.compile(r"(?<!\d)(?:\d{1,6}\s*[-–—]\s*)?\d{8}(?!\d)")
_WRONG = {
    "zh": "编号或查询码不对，请对着回执再发一次。也可以打 12348。",
    "en": "Number or code is not right. Look at your receipt and send both again, or ring 12348.",
}
_WAIT = {
    "zh": "试错次数太多，请过 15 分钟再发，或者打 12348。",
    "en": "Too many wrong tries. Send it again in 15 minutes, or ring 12348.",
}
_HOW = {
    "zh": "请把编号和查询码发在一条短信里，比如：NX14-0012345-7 12345678",
    "en": "Send number and code in one message, such as: NX14-0012345-7 12345678",
}


def sms_answer(text: str, phone: str, at: datetime) -> str | None:
    """The answer to a text message that asks how a case stands; None for one that names no case number.

    Wrong tries are counted for the sender's telephone number as they are for an address on the web.
    """
    wide = "".join(chr(ord(c) - 0xFEE0) if 0xFF01 <= ord(c) <= 0xFF5E else c for c in text[:300])
    number = _NUMBER.search(wide)
    if number is None:
        return None
    language = "en" if re.search(r"[a-z]{4,}", wide) and not re.search(r"[\u4e00-\u9fff]", wide) else "zh"
    rest = wide[: number.start()] + " " + wide[number.end() :]
    code = _CODE.search(rest)
    if code is None:
        return _HOW[language]
    plain = "NX{}-{}-{}".format(*number.groups())
    opened = open_by_code(number=plain, code=re.sub(r"\s", "", code[0]), address=f"sms:{phone}", at=at)
    return _sms_text(opened, language)


def _sms_text(opened: Opened, language: str) -> str:
    if opened.wait:
        return _WAIT[language]
    if opened.case is None:
        return _WRONG[language]
    view = follow_view(opened.case.pk, opened.seq)
    if view is None:
        return _WRONG[language]
    said = f"{view.number} {view.next.sentence[language]}"
    waiting = _money_waiting(view, language)
    return f"{said}{' ' if language == 'en' else ''}{waiting}" if waiting else said


def _money_waiting(view: FollowView, language: str) -> str:
    if view.to_confirm <= 0:
        return ""
    sums: dict[str, Any] = Sums(paid=view.to_confirm).as_yuan()
    if language == "en":
        return f"{sums['paid']} yuan were paid to you: please confirm on the page or by 12348."
    return f"有 {sums['paid']} 元付给您了，请上网或打 12348 确认收到没有。"
