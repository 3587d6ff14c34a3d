"""Moves of the lawyer's work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from nuanxin.cases.actions.move import Change, entry
from nuanxin.cases.actions.prepare.form import Moved, dated, need_text
from nuanxin.cases.actions.tell import hearing_values
from nuanxin.cases.actions.versions import next_version
from nuanxin.cases.faults import OddStep, Refused
from nuanxin.cases.models import Case
from nuanxin.cases.queries.claim import latest
from nuanxin.cases.queries.hearing import PLACE
from nuanxin.cases.rules.claim import changes, coded, from_door, told
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.course import Course, Taken, course_doubts, course_of, first_filing, stage_of
from nuanxin.cases.rules.doubts import Doubt, joined
from nuanxin.cases.rules.stages import (
    CLAIM_MADE,
    FARTHEST,
    HEARING,
    HEARING_OVER,
    HEARINGS,
    STEPS,
    Stage,
    Step,
)
from nuanxin.cases.sentences import day_words
from nuanxin.cases.timing import day_clock
from nuanxin.cases.triage import pressing
from nuanxin.cases.upcoming import RIGHTS, HearingWords, hearing_words, running

LONGEST_PLACE = 40  # characters: a text message carries it


def sign(case: Case, moved: Moved) -> Change:
    """The agreement is signed; the first stage is to talk, unless another lawyer had come farther."""
    change = dated(case, moved)
    change.columns["stage"] = stage_of(course_of(case.steps))
    return change


def step(case: Case, moved: Moved) -> Change:
    """Something happened in a stage: its clocks count from the day of the paper.

    A step out of order or long past is taken once somebody says why it is right (OddStep).
    """
    taken = STEPS.get(str(moved.form.get("taken")))
    if taken is None:
        raise Refused("no_step", "请选办了哪一步。", "Choose which step was taken.")
    coming = taken.key in HEARINGS and _lies_ahead(moved)
    if coming and moved.form["on"] > moved.today + FARTHEST:
        raise Refused("too_far", "这一天太远了，请核对日期。", "This day is too far away; check the date.")
    on = moved.form["on"] if coming else moved.on
    in_its_time(case, taken, on)
    before = course_of(case.steps)
    after = [*before, Taken(taken.key, on, instant(moved.at), coming)]
    odd = newly_odd(case, moved, before, after)
    change = _coming(case, taken, on, moved) if coming else _done(taken, on, moved)
    change.columns["steps"] = [one.as_json() for one in after]
    said_why(case, moved, change, odd)
    if taken.key in CLAIM_MADE:
        filings(case, change, moved, before, after)
    return change


def _done(taken: Step, on: date, moved: Moved) -> Change:
    """A step that was taken."""
    told = {"taken": taken.key, "on": on.isoformat()}
    return Change(
        columns={"stage": taken.stage}, payload=dict(told), text=moved.text, for_worker=True, data=told,
        start=taken.start, stop=(*taken.stop, *((HEARING,) if taken.key in HEARING_OVER else ())), begins=on,
        effective_on=on, notice="step_with_right" if set(taken.start) & set(RIGHTS) else None,
        notice_values={"step_zh": taken.zh, "step_en": taken.en},
    )  # fmt: skip


def _hour(moved: Moved) -> str:
    """The hour of a hearing as HH:MM; empty where none was told."""
    hour = moved.form.get("hour")
    return f"{hour:%H:%M}" if isinstance(hour, time) else ""


def _lies_ahead(moved: Moved) -> bool:
    """Whether the day of the form is still to come, or its hour on this very day."""
    on, now = moved.form.get("on") or moved.today, moved.at.astimezone(SHANGHAI)
    return on > moved.today or (on == moved.today and _hour(moved) > f"{now:%H:%M}")


def _coming(case: Case, taken: Step, on: date, moved: Moved) -> Change:
    """A hearing whose day is set, or set anew: it is what lawyer and worker look forward to.

    ``hour`` (datetime.time) and ``place`` in the form, where the summons names them.
    """
    hour, place = _hour(moved), str(moved.form.get("place") or "").strip()[:LONGEST_PLACE]
    told: dict[str, Any] = {"taken": taken.key, "on": on.isoformat(), "coming": True}
    told |= {"hour": hour} if hour else {}
    clock = day_clock(HEARING, on, at=moved.at, hour=hour)
    anew = any(one.coming and one.key == taken.key for one in course_of(case.steps)) and running(
        case, HEARING
    )
    zh, en = day_words(on)
    when = (f"{zh}{hour}", f"{en}, {hour}" if hour else en)
    change = Change(
        columns={"stage": taken.stage}, payload=dict(told), text=moved.text, for_worker=True, data=told,
        drop=(HEARING,), clocks=[clock], notice="hearing_moved" if anew else "hearing_set",
        notice_values=hearing_values(HearingWords((taken.zh, taken.en), when, place)),
    )  # fmt: skip
    if place:
        change.rows.append(entry(case, PLACE, Change(text=place), moved.by, moved.at))
    return change


def call_off(case: Case, moved: Moved) -> Change:
    """The hearing that was set is not held on its day: called off, or put off to a day that is not known yet."""
    clock = running(case, HEARING)[-1]
    words = hearing_words(case, clock)
    course = course_of(case.steps)
    gone = [one for one in course if one.coming and one.on.isoformat() == clock.strict]
    after = [one for one in course if one not in gone]
    told: dict[str, Any] = {"on": clock.strict, "taken": gone[-1].key if gone else ""}
    columns = {"steps": [one.as_json() for one in after], "stage": stage_of(after)}
    return Change(
        columns=columns, payload=dict(told), text=moved.text, for_worker=True, data=told,
        notice_values=hearing_values(words),
    )  # fmt: skip


def instant(at: datetime) -> str:
    """When a step was entered, in the same words wherever it is compared."""
    return at.astimezone(UTC).isoformat()


def newly_odd(case: Case, moved: Moved, before: Course, after: Course) -> list[Doubt]:
    """What is odd about the steps as they will stand and was not before. Raises OddStep where nobody says why it is right."""
    handed_in = case.submitted_at.astimezone(SHANGHAI).date()
    was, now = (
        course_doubts(course, handed_in=handed_in, awarded=case.awarded_fen > 0, dated=bool(case.worked_from))
        for course in (before, after)
    )
    odd = [doubt for doubt in now if doubt not in was]
    if odd and not str(moved.form.get("sure") or "").strip():
        raise OddStep(*joined(odd))
    return odd


def said_why(case: Case, moved: Moved, change: Change, odd: Sequence[Doubt]) -> None:
    """Keep the reason beside the text of the move; it is for colleagues, not for the worker."""
    if not odd:
        return
    change.payload["doubts"] = sorted({doubt.code for doubt in odd})
    why = Change(text=str(moved.form["sure"]).strip())
    change.rows.append(entry(case, "sure_of_step", why, moved.by, moved.at))


# Stages in which nobody has decided or agreed anything yet that a court could enforce.
_UNDECIDED = frozenset({Stage.NONE, Stage.NEGOTIATION, Stage.INSPECTION})


def in_its_time(case: Case, taken: Step, on: date) -> None:
    """A paper cannot be older than the work, and nothing is enforced before there is a sum to enforce."""
    began = case.worked_from and f"{case.worked_from}-01-01"[:10]
    if began and on.isoformat() < began:
        raise Refused(
            "before_the_work",
            f"这一天比开始干活（{case.worked_from}）还早，请核对日期。",
            f"This day lies before the work began ({case.worked_from}); check the date.",
        )
    if taken.stage is Stage.ENFORCEMENT and not case.awarded_fen and case.stage in _UNDECIDED:
        raise Refused(
            "nothing_to_enforce",
            "还没有登记裁决、判决或调解的金额，先登记，再办执行。",
            "No award, judgment or settlement is on record yet; enter its sum first.",
        )


def filings(case: Case, change: Change, moved: Moved, before: Course, after: Course) -> None:
    """The first filing is a fact of the claim: the law says what becomes of its time. Kept facts get a version.

    A day of filing that came from the steps follows them; one that somebody has entered by hand stands.
    """
    kept = latest(case.pk)
    facts = dict(kept.facts if kept else from_door(case))
    was, now = first_filing(before), first_filing(after)
    if was is not None and facts.get("filed_on") == was.isoformat():
        del facts["filed_on"]
    if now is not None:
        facts.setdefault("filed_on", now.isoformat())
    facts = told(facts)
    change.columns |= pressing(case, facts, moved.today)
    if kept is None or facts == kept.facts:
        return
    change.payload["facts"] = coded(changes(kept.facts, facts))
    change.rows.append(next_version(case, kept, facts, before=kept.facts, by=moved.by, at=moved.at))


def drop_lawyer(case: Case, moved: Moved) -> Change:
    """Another lawyer is to be found."""
    columns = {"lawyer": 0, "offered_to": 0}
    return Change(columns=columns, payload={"former": case.lawyer}, text=need_text(moved))
