"""Moves of the lawyer's work."""

from __future__ import annotations

from nuanxin.cases.actions.move import Change
from nuanxin.cases.actions.prepare.form import Moved, dated, need_text
from nuanxin.cases.actions.versions import next_version
from nuanxin.cases.faults import Refused
from nuanxin.cases.models import Case
from nuanxin.cases.queries.claim import latest
from nuanxin.cases.rules.claim import changes, coded, from_door, told
from nuanxin.cases.rules.stages import CLAIM_MADE, STEPS, Stage
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
    on = moved.on
    told = {"taken": taken.key, "on": on.isoformat()}
    change = Change(
        columns={"stage": taken.stage}, payload=dict(told), text=moved.text, for_worker=True, data=told,
        start=taken.start, stop=taken.stop, begins=on, effective_on=on,
        notice_values={"step_zh": taken.zh, "step_en": taken.en},
    )  # fmt: skip
    if taken.key in CLAIM_MADE:
        _filed(case, change, moved)
    return change


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
