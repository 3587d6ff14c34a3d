"""Brings start, events and obstacles together into one answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from nuanxin.law.basis import Basis, cite
from nuanxin.law.bilingual import Bilingual, dated, join
from nuanxin.law.limitation import arbitration, civil, inspection
from nuanxin.law.limitation.facts import (
    Claim,
    Event,
    Facts,
    Limitation,
    Missing,
    NotRunning,
    Obstacle,
    Regime,
    Start,
)
from nuanxin.law.limitation.reach import reaches_back
from nuanxin.law.limitation.running import Run, run, runs_on
from nuanxin.law.periods.counting import roll, roll_of_worked_weekend

_BEIJING = "11"
_COUNTING = (cite("民法典", "202"), cite("民法典", "203"))
_WAIVER = (cite("民法典", "192"), cite("诉讼时效司法解释", "19"))


@dataclass(frozen=True, slots=True)
class _Rules:
    regime: Regime
    start: Callable[[Facts], Start | NotRunning | Missing]
    running: tuple[Basis, ...]
    plea: tuple[Basis, ...]


_LABOUR = _Rules(arbitration.REGIME, arbitration.start, arbitration.RUNNING, arbitration.PLEA)
_CIVIL = _Rules(civil.REGIME, civil.start, civil.RUNNING, civil.PLEA)
_INSPECTION = _Rules(inspection.REGIME, inspection.start, (), ())
_BY_CLAIM: dict[Claim, _Rules] = {
    "wages": _LABOUR,
    "double_wage": _LABOUR,
    "severance": _LABOUR,
    "annual_leave": _LABOUR,
    "service_pay": _CIVIL,
    "iou": _CIVIL,
    "inspection_complaint": _INSPECTION,
}


def limitation(facts: Facts) -> Limitation | Missing:
    """Whether the claim is still in time, until when, and what moved the end.

    ``Missing`` names the fact on which everything turns. Raises ``CalendarMissing`` where the answer itself,
    and not only the rolled day, turns on a year whose holidays are not published.
    """
    rules = _BY_CLAIM[facts.claim]
    start = rules.start(facts)
    if isinstance(start, Missing):
        return start
    if isinstance(start, Start) and start.on > facts.as_of:
        start = NotRunning(start.basis, _not_begun(start.on))
    if isinstance(start, NotRunning):
        return _not_running(facts, start)
    return _running(facts, rules, start, run(rules.regime, start, facts.events, facts.obstacles))


def wages_deadline(
    *,
    as_of: date,
    relation_ended_on: date | None,
    still_employed: bool | None = None,
    events: tuple[Event, ...] = (),
    obstacles: tuple[Obstacle, ...] = (),
) -> Limitation | None:
    """The arbitration limitation of unpaid wages, for urgency; None while the end of the job is not known."""
    facts = Facts(
        "wages", as_of, still_employed, relation_ended_on, events=events, obstacles=obstacles
    )  # fmt: skip
    found = limitation(facts)
    return None if isinstance(found, Missing) else found


def _not_begun(on: date) -> Bilingual:
    day = dated(on)
    return Bilingual(f"期限要到{day.zh}才开始算。", f"The period begins only on {day.en}.")


def _not_running(facts: Facts, state: NotRunning) -> Limitation:
    return Limitation(
        status="not_running",
        strict=None,
        rolled=None,
        days_left=None,
        trail=(),
        basis=state.basis,
        explanation=state.why,
        in_time=None if facts.filed_on is None else True,
        pleadable=None if facts.pleaded is None else False,
    )


def _running(facts: Facts, rules: _Rules, start: Start, ran: Run) -> Limitation:
    strict = ran.end
    rolled, missing = roll(strict)
    filed = facts.filed_on
    reference = filed if filed is not None and filed < facts.as_of else facts.as_of
    open_ = runs_on(reference, strict)
    to_court = (civil.IOU_TO_COURT,) if facts.claim == "iou" else ()
    joint = (civil.JOINT_DEBTORS,) if rules is _CIVIL and _started_anew(ran) else ()
    basis = start.basis + to_court + rules.running + joint + _COUNTING
    answer = Limitation(
        status="open" if open_ else "expired",
        strict=strict,
        rolled=rolled,
        days_left=(strict - facts.as_of).days,
        trail=tuple(ran.trail),
        basis=basis,
        explanation=_explain(facts, rules.regime, ran, rolled, open_),
        in_time=None if filed is None else runs_on(filed, strict),
        missing_year=missing,
        literal=roll_of_worked_weekend(strict),
    )
    if facts.pleaded is not None:
        answer = _plea(answer, facts, rules, expired=not open_, waived=ran.waived)
    if facts.claim == "double_wage":
        answer = replace(
            answer, claimable_from=reaches_back(rules.regime, reference=filed or facts.as_of, facts=facts)
        )
    return _place(answer, facts)


def _plea(answer: Limitation, facts: Facts, rules: _Rules, *, expired: bool, waived: bool) -> Limitation:
    """Whether the other side's plea stands: raised in time, after expiry, and not given up by a promise."""
    raised = facts.pleaded == "arbitration" or (facts.pleaded == "first_in_court" and rules.regime.court_plea)
    return replace(
        answer,
        pleadable=raised and expired and not waived and bool(rules.plea),
        basis=answer.basis + rules.plea + (_WAIVER if waived else ()),
        explanation=join(answer.explanation, _plea_words(raised=raised, expired=expired, waived=waived)),
    )


def _plea_words(*, raised: bool, expired: bool, waived: bool) -> Bilingual:
    if waived:
        return Bilingual(
            "对方在过期以后又答应付钱，就不能再拿时效来推。",
            "The other side promised to pay after the time had run out, so it can no longer plead the time limit.",
        )
    if not raised:
        return Bilingual(
            "对方没有在该提的时候提出时效，法官不能替它提。",
            "The other side did not plead the time limit when it had to, and no court may do so for it.",
        )
    if expired:
        return Bilingual("对方可以拿过期来抗辩。", "The other side may plead that the time has run out.")
    return Bilingual("时效还没过，对方这样说没有用。", "The time has not run out, so the plea does not help.")


def _place(answer: Limitation, facts: Facts) -> Limitation:
    """Beijing counts double wage back day by day."""
    if facts.claim != "double_wage" or not (facts.place or "").startswith(_BEIJING):
        return answer
    return replace(answer, basis=(*answer.basis, arbitration.BEIJING_DOUBLE_WAGE))


def _started_anew(ran: Run) -> bool:
    return ran.begin != ran.start.on


def _explain(facts: Facts, regime: Regime, ran: Run, rolled: date | None, open_: bool) -> Bilingual:
    why, begin, end = ran.start.why, dated(ran.begin), dated(ran.end)
    told = Bilingual(
        f"{regime.name.zh}，{why.zh}（{dated(ran.start.on).zh}）。", f"{regime.name.en}. {why.en}."
    )
    anew = None
    if _started_anew(ran):
        anew = Bilingual(
            f"因为催过、投诉过或者对方答应过，从{begin.zh}重新起算。",
            "A demand, a complaint or a promise started it anew.",
        )
        anew = join(anew, civil.JOINT if regime is civil.REGIME else None)
    held = None
    if any(step.effect == "suspended" for step in ran.trail):
        held = Bilingual(
            "没法主张的那段时间已经扣除。", "The time in which you could not claim has been added."
        )
    counted = Bilingual(f"到{end.zh}为止。", f"Counted from {begin.en} it ends on {end.en}.")
    return join(told, anew, held, counted, _left(facts, ran.end, rolled, open_), _complained(facts, ran.end))


def _left(facts: Facts, strict: date, rolled: date | None, open_: bool) -> Bilingual:
    left = (strict - facts.as_of).days
    if left >= 0:
        return Bilingual(f"还剩{left}天，请在这之前办。", f"{left} days are left; act before then.")
    if open_ and rolled is not None and facts.as_of <= rolled:
        day = dated(rolled)
        return Bilingual(
            f"最后一天放假，顺延到{day.zh}，请马上办。",
            f"The last day was a day off, so it ends on {day.en}; act now.",
        )
    if open_:
        return Bilingual("您是在期限内提出的。", "You filed in time.")
    return Bilingual(
        f"已经过了{-left}天。过期也可以申请：对方不提时效，法官不能主动提；对方又答应付的，也不能再拿过期来推。",
        f"It ran out {-left} days ago. You may still file: no court raises it by itself, and whoever promises to pay "
        "again can no longer plead it.",
    )


def _complained(facts: Facts, strict: date) -> Bilingual | None:
    """A complaint within the two years keeps the matter alive for labour inspection."""
    if facts.claim != "inspection_complaint":
        return None
    in_time = any(event.kind == "complaint" and runs_on(event.on, strict) for event in facts.events)
    return inspection.COMPLAINED if in_time else None
