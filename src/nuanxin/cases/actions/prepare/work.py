"""Moves of the lawyer's work."""

from __future__ import annotations

from datetime import date
from typing import Any

from nuanxin.cases.actions.move import Change
from nuanxin.cases.actions.prepare.form import Moved, dated, need_text
from nuanxin.cases.actions.versions import next_version
from nuanxin.cases.faults import Refused
from nuanxin.cases.models import Case
from nuanxin.cases.queries.claim import latest
from nuanxin.cases.rules.claim import changes, coded, from_door, told
from nuanxin.cases.rules.stages import CLAIM_MADE, FARTHEST, HEARING_OVER, HEARINGS, STEPS, Stage, Step
from nuanxin.cases.sentences import day_words
from nuanxin.cases.triage import pressing


def sign(case: Case, moved: Moved) -> Change:
    """The agreement is signed; the first stage is to talk."""
    change = dated(case, moved)
    change.columns["stage"] = Stage.NEGOTIATION
    return change


def step(case: Case, moved: Moved) -> Change:
    """Something happened in a stage: its clocks count from the day of the paper."""
    taken = STEPS.get(str(moved.form.get("taken")))
    if taken is None:
        raise Refused("no_step", "请选办了哪一步。", "Choose which step was taken.")
    if taken.key in HEARINGS and (moved.form.get("on") or moved.today) > moved.today:
        return _coming(taken, moved.form["on"], moved)
    on = moved.on
    _in_its_time(case, taken, on)
    told = {"taken": taken.key, "on": on.isoformat()}
    change = Change(
        columns={"stage": taken.stage}, payload=dict(told), text=moved.text, for_worker=True, data=told,
        start=taken.start, stop=(*taken.stop, *(("set.hearing",) if taken.key in HEARING_OVER else ())), begins=on, effective_on=on,
        notice_values={"step_zh": taken.zh, "step_en": taken.en},
    )  # fmt: skip
    if taken.key in CLAIM_MADE:
        _filed(case, change, moved)
    return change


def _coming(taken: Step, on: date, moved: Moved) -> Change:
    """A hearing whose day is set: it is the next thing that lawyer and worker look forward to."""
    if on > moved.today + FARTHEST:
        raise Refused("too_far", "这一天太远了，请核对日期。", "This day is too far away; check the date.")
    told: dict[str, Any] = {"taken": taken.key, "on": on.isoformat(), "coming": True}
    zh, en = day_words(on)
    return Change(
        columns={"stage": taken.stage}, payload=dict(told), text=moved.text, for_worker=True, data=told,
        days={"set.hearing": on}, notice="hearing_set",
        notice_values={"step_zh": taken.zh, "step_en": taken.en, "day_zh": zh, "day_en": en},
    )  # fmt: skip


# Stages in which nobody has decided or agreed anything yet that a court could enforce.
_UNDECIDED = frozenset({Stage.NONE, Stage.NEGOTIATION, Stage.INSPECTION})


def _in_its_time(case: Case, taken: Step, on: date) -> None:
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


def _filed(case: Case, change: Change, moved: Moved) -> None:
    """The first filing is a fact of the claim: the law says what becomes of its time. Kept facts get a version."""
    kept = latest(case.pk)
    before = kept.facts if kept else from_door(case)
    facts = told({"filed_on": moved.on.isoformat(), **before})
    change.columns |= pressing(case, facts, moved.today)
    if kept is None or "filed_on" in before:
        return
    change.payload["facts"] = coded(changes(kept.facts, facts))
    change.rows.append(next_version(case, kept, facts, before=kept.facts, by=moved.by, at=moved.at))


def drop_lawyer(case: Case, moved: Moved) -> Change:
    """Another lawyer is to be found."""
    columns = {"lawyer": 0, "offered_to": 0}
    return Change(columns=columns, payload={"former": case.lawyer}, text=need_text(moved))
