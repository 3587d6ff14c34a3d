"""Clocks: every statutory period and every service promise that runs on a case.

A clock is a small plain record kept on its case. Statutory clocks ask ``law.periods`` for their end; promises
are counted from the service promise of the region. A clock whose year has no published holidays yet is kept
as provisional: counted in calendar days, so never later than the true date, and computed anew when the data
arrive.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from nuanxin.law.basis import Basis
from nuanxin.law.periods import RULES

SHANGHAI = ZoneInfo("Asia/Shanghai")  # legal days are days there


class ClockState(StrEnum):
    """What a clock does now."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"  # stopped after its end
    DROPPED = "dropped"  # the case took another way


@dataclass(frozen=True, slots=True)
class ClockRule:
    """What a clock is: a period of law or a promise, who is warned, and in whose hands it lies."""

    key: str
    basis: tuple[Basis, ...]  # the articles of the period; empty for a promise
    warn_hours: int  # how long before its end the holder is warned
    zh: str
    en: str

    @property
    def set_elsewhere(self) -> bool:
        """Whether the day stands on somebody's paper, such as a summons: neither counted nor promised."""
        return self.key.startswith("set.")

    @property
    def statutory(self) -> bool:
        """A period of law, not a promise of ours."""
        return bool(self.basis)


def _law(key: str, warn: int, zh: str, en: str) -> ClockRule:
    return ClockRule(key, RULES[key].basis, warn, zh, en)


def _promise(key: str, warn: int, zh: str, en: str) -> ClockRule:
    return ClockRule(key, (), warn, zh, en)


_RULES = (
    _law("legal_aid.review", 48, "审查申请", "Review of the application"),
    _law("legal_aid.assign", 24, "指派律师", "Assignment of a lawyer"),
    _law("legal_aid.agreement", 48, "签委托协议", "Signing the agreement"),
    _law("legal_aid.objection_review", 48, "审查异议", "Review of the objection"),
    _law(
        "arbitration.accept",
        24,
        "仲裁委决定受理",
        "Commission accepts or refuses",
    ),
    _law("arbitration.serve", 24, "仲裁委送达副本", "Commission serves the papers"),
    _law("arbitration.answer", 48, "对方答辩", "The other side answers"),
    _law("arbitration.award", 120, "仲裁裁决", "Arbitration award"),
    _law("court.sue_after_award", 120, "不服裁决起诉", "Suing after the award"),
    _law("court.appeal_judgment", 120, "上诉", "Appeal against a judgment"),
    _law("payment_order.accept", 24, "法院受理支付令", "Court accepts the payment order"),
    _law("payment_order.issue", 48, "法院发支付令", "Court issues the payment order"),
    _law("payment_order.debtor_objection", 48, "对方付款或异议", "Debtor pays or objects"),
    _law("inspection.decide", 240, "劳动监察处理", "Labour inspection decides"),
    _law("enforcement.apply", 720, "申请强制执行", "Applying for enforcement"),
    _promise("promise.same_day", 2, "当天办", "Same-day promise"),
    _promise("promise.call_back", 1, "回电话", "Call back"),
    _promise("promise.answer", 1, "答复咨询", "Answer to the question"),
    _promise("promise.supplement", 48, "补材料", "Missing papers"),
    _promise("promise.transfer_answer", 8, "对方单位接收", "The other agency accepts"),
    _promise("promise.withdrawal_callback", 8, "撤回前回访", "Ring back before withdrawal"),
    _promise("promise.watch_answer", 8, "答复督办", "Answer to the watch"),
    _promise("promise.offer_answer", 2, "律师答复", "Lawyer answers the offer"),
    _promise("promise.first_meeting", 24, "律师见您", "Lawyer meets the worker"),
    _promise("promise.progress_report", 48, "律师报告进展", "Lawyer reports progress"),
    _promise("promise.formalities", 72, "补办手续", "Papers after aid first"),
    _promise("promise.payment_answer", 24, "确认收到钱", "Confirming the money"),
    _promise("promise.denial_answer", 24, "查没收到的钱", "Money that did not come"),
    _promise("promise.file_check", 120, "案卷检查", "File check"),
    _promise("promise.subsidy", 120, "发补贴", "Subsidy to the lawyer"),
    _promise("promise.follow_up", 48, "回访", "Follow-up call"),
    _promise("promise.next_contact", 24, "下次联系", "Next contact"),
    ClockRule(
        "set.hearing", (), 0, "开庭", "Hearing"
    ),  # told on the working day before: cases.timing.warns_at
)
# Promises of ours that must be kept while the claim can still be made: none of them ends after the limitation. A clock
# with whose end an application or a question ends by itself is never cut: nobody loses a case for being pressed.
BEFORE_LIMITATION: frozenset[str] = frozenset(
    {"promise.call_back", "promise.transfer_answer", "promise.withdrawal_callback", "promise.first_meeting"}
)
CLOCK_RULES: dict[str, ClockRule] = {rule.key: rule for rule in _RULES}


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock on one case. Instants are aware; ``due`` is the moment to act by.

    ``begins`` and ``paused_days`` are kept so that a provisional clock can be counted anew to the same day as
    one that was counted with the whole calendar.
    """

    rule: str
    state: ClockState
    started_at: datetime
    due: datetime
    strict: str  # ISO date before any roll; empty for promises counted in hours
    rolled: str  # ISO date; empty where unknown
    provisional: bool = False
    begins: str = ""  # ISO date of the legal day it counts from; empty where that is the day it was started
    paused_days: int = 0  # whole days that did not count
    paused_at: datetime | None = None
    warned: bool = False  # the holder was warned that the end is near
    late: bool = False  # it ran out while running, and that was recorded
    ended_at: datetime | None = None
    own_due: datetime | None = None  # its own end, where it was brought forward to the limitation
    hour: str = ""  # HH:MM at which a hearing begins; its clock ends with the day

    def as_json(self) -> dict[str, Any]:
        """The clock as it is stored on its case and written into events."""
        return {
            "rule": self.rule,
            "state": str(self.state),
            "started_at": self.started_at.isoformat(),
            "due": self.due.isoformat(),
            "strict": self.strict,
            "rolled": self.rolled,
            "provisional": self.provisional,
            "begins": self.begins,
            "paused_days": self.paused_days,
            "paused_at": self.paused_at.isoformat() if self.paused_at else None,
            "warned": self.warned,
            "late": self.late,
            "ended_at": self.ended_at.isoformat() if self.ended_at else None,
            "own_due": self.own_due.isoformat() if self.own_due else None,
            "hour": self.hour,
        }


def clock_from_json(body: dict[str, Any]) -> Clock:
    """The inverse of ``Clock.as_json``."""

    def instant(value: str | None) -> datetime | None:
        return datetime.fromisoformat(value) if value else None

    return Clock(
        rule=body["rule"],
        state=ClockState(body["state"]),
        started_at=datetime.fromisoformat(body["started_at"]),
        due=datetime.fromisoformat(body["due"]),
        strict=body["strict"],
        rolled=body["rolled"],
        provisional=body["provisional"],
        begins=body.get("begins", ""),
        paused_days=body.get("paused_days", 0),
        paused_at=instant(body.get("paused_at")),
        warned=body["warned"],
        late=body.get("late", False),
        ended_at=instant(body.get("ended_at")),
        own_due=instant(body.get("own_due")),
        hour=body.get("hour", ""),
    )


LIVE = frozenset({ClockState.RUNNING, ClockState.PAUSED})


def stop(clock: Clock, at: datetime, *, dropped: bool = False) -> Clock:
    """End a live clock: met in time, missed, or dropped because the case took another way.

    A day that somebody else has set is no time limit: it comes, and nobody has missed it by writing it down later.
    """
    if clock.state not in LIVE:
        return clock
    if dropped:
        state = ClockState.DROPPED
    else:
        over = clock.state is ClockState.RUNNING and at > clock.due
        missed = (over or clock.late) and not CLOCK_RULES[clock.rule].set_elsewhere
        state = ClockState.MISSED if missed else ClockState.MET
    return replace(clock, state=state, ended_at=at, paused_at=None)


def pause(clock: Clock, at: datetime) -> Clock:
    """Stop counting for now: time for missing papers does not count (程序规定; mark M for the 2023 text)."""
    return (
        replace(clock, state=ClockState.PAUSED, paused_at=at) if clock.state is ClockState.RUNNING else clock
    )


def resume(clock: Clock, at: datetime) -> Clock:
    """Count on: the end moves by the whole days of the pause, rounded down so that it is never too late.

    A warning that was given before the pause is given again, since the end is another one now.
    """
    if clock.state is not ClockState.PAUSED or clock.paused_at is None:
        return clock
    return moved_on(replace(clock, state=ClockState.RUNNING, paused_at=None), (at - clock.paused_at).days, at)


def moved_on(clock: Clock, days: int, at: datetime) -> Clock:
    """The same clock with its end so many days later, because that time did not count."""
    if days <= 0:
        return clock
    due = clock.due + timedelta(days=days)
    return replace(
        clock,
        due=due,
        strict=due.astimezone(SHANGHAI).date().isoformat() if clock.strict else "",
        rolled="",
        paused_days=clock.paused_days + days,
        warned=False,
        late=clock.late and due <= at,
    )


KEPT_ENDED = 12


def trim(clocks: Sequence[Clock]) -> list[Clock]:
    """All live clocks and the last dozen ended ones; the event log keeps the rest."""
    ended = [clock for clock in clocks if clock.state not in LIVE]
    gone = set(map(id, ended[:-KEPT_ENDED]))
    return [clock for clock in clocks if id(clock) not in gone]


def earliest(clocks: Iterable[Clock]) -> Clock | None:
    """The running clock that ends first."""
    running = [clock for clock in clocks if clock.state is ClockState.RUNNING]
    return min(running, key=lambda clock: clock.due) if running else None
