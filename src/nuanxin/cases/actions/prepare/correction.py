"""A step on the record that was entered by mistake: it gets its right day, or is taken back, and the case follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db.models import Sum

from nuanxin.cases import upcoming
from nuanxin.cases.actions.move import Change, entry
from nuanxin.cases.actions.prepare.form import Moved, need_text
from nuanxin.cases.actions.prepare.work import filings, in_its_time, instant, newly_odd, said_why
from nuanxin.cases.faults import Refused
from nuanxin.cases.models import Case, LedgerLine, Worker
from nuanxin.cases.queries.hearing import PLACE, place_of
from nuanxin.cases.rules.clocks import LIVE, Clock, ClockState
from nuanxin.cases.rules.course import RESULTS, Course, Taken, course_of, rests_on, running, stage_of
from nuanxin.cases.rules.ledger import MoneyStep
from nuanxin.cases.rules.stages import CLAIM_MADE, FARTHEST, HEARING, STEPS
from nuanxin.cases.sentences import day_words, said_money
from nuanxin.cases.timing import day_clock, start_clock


def correct(case: Case, moved: Moved) -> Change:
    """Another day for a step (``on``), or none at all (``gone``). The record keeps what was entered, and the correction.

    Stage, clocks and limitation become what they would be, had it been entered rightly. ``which``: its place among the
    steps on record, from 1. Raises Refused where something later rests on the step, saying what goes first.
    """
    before = course_of(case.steps)
    place = int(moved.form.get("which") or 0) - 1
    if not 0 <= place < len(before):
        raise Refused("no_step", "请选要更正哪一步。", "Choose which step is to be corrected.")
    was, gone = before[place], bool(moved.form.get("gone"))
    text = need_text(moved)
    if gone:
        _nothing_rests_on(case, place, before)
        after = [*before[:place], *before[place + 1 :]]
    else:
        after = [*before[:place], _redated(case, moved, was), *before[place + 1 :]]
    odd = newly_odd(case, moved, before, after)
    change = _told(was, None if gone else after[place], text)
    change.columns = {"steps": [one.as_json() for one in after], "stage": stage_of(after)}
    said_why(case, moved, change, odd)
    if was.key in CLAIM_MADE:
        filings(case, change, moved, before, after)
    _turn_clocks(case, before, after, was, moved, change)
    return change


def _redated(case: Case, moved: Moved, was: Taken) -> Taken:
    """The step on its right day. A hearing that lies ahead may get another day ahead; all else has been."""
    on = moved.form.get("on") or moved.today
    if not (was.coming and moved.today < on <= moved.today + FARTHEST):
        on = moved.on
    if on == was.on:
        raise Refused("nothing_new", "日期没有变。", "The day is the same as before.")
    in_its_time(case, STEPS[was.key], on)
    return replace(was, on=on)


def _nothing_rests_on(case: Case, place: int, course: Course) -> None:
    """What was entered because of the step goes first: the later steps that follow it, then the sum that it awarded."""
    later = rests_on(place, course, awarded=case.awarded_fen > 0)
    if later:
        zh = "、".join(f"“{STEPS[one.key].zh}”（{day_words(one.on)[0]}）" for one in later)
        en = ", ".join(f"“{STEPS[one.key].en}” ({day_words(one.on)[1]})" for one in later)
        raise Refused(
            "rests_on_it", f"后面的{zh}是以这一步为前提的，请先取消。", f"{en} came out of this step: take that back first."
        )  # fmt: skip
    step = course[place]
    if step.key not in RESULTS or any(one.key in RESULTS for one in course if one is not step):
        return
    since = LedgerLine.objects.filter(case=case.pk, step=MoneyStep.AWARDED, recorded_at__gte=step.at)
    fen = since.aggregate(fen=Sum("fen"))["fen"] or 0
    if case.awarded_fen > 0 and fen > 0:
        money = said_money(min(fen, case.awarded_fen))
        raise Refused(
            "sum_rests_on_it",
            f"账上按这一步登记了裁决或协议金额 {money} 元，请先冲减，再取消这一步。",
            f"{money} yuan were entered as awarded after this step: take that sum away first, then this step.",
        )
    if since.exists() and Worker.objects.filter(case=case.pk, dismissed_on__isnull=False).exists():
        raise Refused(
            "sum_rests_on_it",
            "账上按这一步登记了“没有支持”，请先取消那一笔，再取消这一步。",
            "That the award gave nothing was entered after this step: take that back first, then this step.",
        )


def _told(was: Taken, now: Taken | None, text: str) -> Change:
    """What the record, the worker and the notice are told."""
    told = {
        "taken": was.key, "of": was.at, "was": was.on.isoformat(), "on": now.on.isoformat() if now else "",
        "gone": now is None, "coming": was.coming,
    }  # fmt: skip
    step = STEPS[was.key]
    values = {"step_zh": step.zh, "step_en": step.en}
    if now is not None:
        values["day_zh"], values["day_en"] = day_words(now.on)
    return Change(
        payload=dict(told), text=text, for_worker=True, data=told, notice_values=values,
        notice="step_taken_back" if now is None else "step_redated",
    )  # fmt: skip


def _turn_clocks(case: Case, before: Course, after: Course, was: Taken, moved: Moved, change: Change) -> None:
    """Only clocks that run by one course and not by the other are touched.

    One that the step had ended goes on as it was; one that the step had started is dropped; one that counted from
    another day is counted anew.
    """
    were, are = running(before), running(after)
    changed = [rule for rule in {**were, **are} if were.get(rule) != are.get(rule)]
    clocks = case.clock_list()
    live = {clock.rule for clock in clocks if clock.state in LIVE}
    change.drop = tuple(rule for rule in changed if rule in live)
    for rule in changed:
        if rule not in are:
            continue
        ended = None if rule in were else _ended_by(clocks, rule, was)
        if rule == HEARING and ended is None:
            _hearing_anew(case, are[rule], moved, change)
            continue
        change.clocks.append(
            ended or start_clock(rule, at=moved.at, region=case.holder_region, begins=are[rule])
        )


def _ended_by(clocks: list[Clock], rule: str, step: Taken) -> Clock | None:
    """The clock of this rule that the step had ended, running again; None where it is no longer kept."""
    for clock in reversed(clocks):
        if clock.rule == rule and clock.ended_at is not None and instant(clock.ended_at) == step.at:
            return replace(clock, state=ClockState.RUNNING, ended_at=None)
    return None


def _hearing_anew(case: Case, on: date, moved: Moved, change: Change) -> None:
    """The hearing on its right day; the hour and the place that were told for it stay."""
    told = upcoming.running(case, HEARING)
    change.clocks.append(day_clock(HEARING, on, at=moved.at, hour=told[-1].hour if told else ""))
    place = place_of(case.pk, told[-1]) if told else ""
    if place:
        change.rows.append(entry(case, PLACE, Change(text=place), moved.by, moved.at))
