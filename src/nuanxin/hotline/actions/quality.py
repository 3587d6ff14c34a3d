"""Checks of quality: the weekly draw, the scores, one objection."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError

from nuanxin.audit.actor import SYSTEM, Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.ids import next_id
from nuanxin.audit.streams import STREAM_SITE
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline.models import Call, Exchange, QualityCheck, QualitySample, QualityScore
from nuanxin.hotline.permissions import check, may_check
from nuanxin.hotline.rules.calls import Outcome
from nuanxin.hotline.rules.quality import (
    MOST_NOTE,
    POINTS,
    Answered,
    BadScore,
    bounds_of,
    draw,
    total_of,
    week_of,
    worth_checking,
)

SERIOUS = "serious"  # the note that says what the serious fault was
MOST_OBJECTION = 1000
# Drawn early on Monday: what was said late on Sunday is closed by then, and what was lost is made good.
SETTLED_AFTER = timedelta(hours=6)


def draw_due(*, at: datetime) -> int:
    """Draw last week's calls of every exchange for which nobody has; gives back how many calls were drawn."""
    week = week_of(at - SETTLED_AFTER) - timedelta(days=7)
    drawn = QualitySample.objects.filter(week=week).values("exchange")
    return sum(draw_week(exchange=one, week=week, at=at) for one in Exchange.objects.exclude(pk__in=drawn))


def draw_week(*, exchange: Exchange, week: date, at: datetime) -> int:
    """Draw the calls of an exchange in a week (its Monday) that are to be checked; gives back how many.

    A week is drawn once. The seed is made here and kept with the sample, so that nobody chose it and all can repeat it.
    """
    calls = {call.pk: call for call in _answered(exchange, week)}
    seed, per_mille = secrets.token_hex(16), settings.HOTLINE_QUALITY_PERCENT * 10
    found = draw([Answered(pk, call.operator) for pk, call in calls.items()], per_mille=per_mille, seed=seed)
    province = exchange.region // 10**10
    try:
        with write(ids_needed=len(found) + 1):
            sample = QualitySample(
                id=next_id(province), province=province, exchange=exchange, week=week, seed=seed, per_mille=per_mille,
                calls=len(calls), drawn=len(found), drawn_at=at,
            )  # fmt: skip
            sample.save(force_insert=True)
            QualityCheck.objects.bulk_create([_owed(sample, calls[pk], at) for pk in found])
            said = {"sample": sample.pk, "week": week.isoformat(), "seed": seed, "per_mille": per_mille, "calls": len(calls), "drawn": len(found)}  # fmt: skip
            append([NewEvent(STREAM_SITE, 0, "quality.drawn", said)], by=SYSTEM, at=at)
    except IntegrityError:  # another process has drawn this week
        return 0
    return len(found)


def _answered(exchange: Exchange, week: date) -> list[Call]:
    start, end = bounds_of(week)
    rows = Call.objects.filter(
        exchange=exchange, arrived_at__gte=start, arrived_at__lt=end, outcome=Outcome.ANSWERED, talked=True
    )
    found = rows.exclude(operator=0).select_related("desk")
    return [call for call in found if worth_checking(call.code, _talked_for(call))]


def _talked_for(call: Call) -> timedelta:
    if call.answered_at is None or call.closed_at is None:
        return timedelta(0)
    return call.closed_at - call.answered_at


def _owed(sample: QualitySample, call: Call, at: datetime) -> QualityCheck:
    return QualityCheck(
        id=next_id(call.province), province=call.province, sample=sample, call=call, operator=call.operator,
        desk=call.desk, region=call.desk.region if call.desk else sample.exchange.region, drawn_at=at,
    )  # fmt: skip


def score(
    *, check_id: int, points: Mapping[str, int], notes: Mapping[str, str], serious: bool, by: Actor, at: datetime
) -> QualityCheck:  # fmt: skip
    """Score a call that was drawn. ``notes``: a sentence by point, and ``serious`` for what the serious fault was.

    Raises NotPermitted, and Refused for who talked or has scored it before, for a check that is scored, and for an
    incomplete score.
    """
    total = _total(points, notes, serious)
    with write():
        row = _locked(check_id)
        check(may_check(by, row.region))
        _check_checker(row, by)
        judged = QualityScore(
            id=next_id(row.province), province=row.province, check_of=row, round=2 if row.objected_at else 1,
            checker=by.id, at=at, points=dict(points), notes=_sealed(notes), total=total, serious=serious,
        )  # fmt: skip
        judged.save(force_insert=True)
        row.total, row.serious, row.scored_at = total, serious, at
        row.save(update_fields=["total", "serious", "scored_at"])
        said = {"round": judged.round, "total": total, "serious": serious, "points": dict(points)}
        _record(row, "quality.scored", said, by, at)
    return row


def object_to(*, check_id: int, text: str, by: Actor, at: datetime) -> QualityCheck:
    """Whoever talked says, once, why a score is wrong; another checker then looks. Raises NotPermitted, Refused."""
    said = text.strip()
    if not said or len(said) > MOST_OBJECTION:
        raise Refused(
            "no_reason",
            f"请写明哪里不对，最多 {MOST_OBJECTION} 字。",
            f"Say what is wrong with it, in at most {MOST_OBJECTION} characters.",
        )
    with write():
        row = _locked(check_id)
        check(by.kind == "staff" and row.operator == by.id)
        if row.scored_at is None or row.objected_at is not None:
            raise Refused(
                "objected",
                "每次检查只能提一次异议。",
                "An objection is made once, after the call was scored.",
            )
        row.objected_at, row.objection = at, said
        row.total, row.serious, row.scored_at = None, False, None
        row.save(update_fields=["objected_at", "objection", "total", "serious", "scored_at"])
        _record(row, "quality.objected", {}, by, at)
    return row


def _total(points: Mapping[str, int], notes: Mapping[str, str], serious: bool) -> int:
    try:
        total = total_of(points)
    except BadScore as bad:
        raise Refused(
            "score_every_point", "每一项都要打分：0、1 或者 2。", "Score every point: 0, 1 or 2."
        ) from bad
    if set(notes) - {*POINTS, SERIOUS} or any(len(note) > MOST_NOTE for note in notes.values()):
        raise Refused(
            "note_too_long", f"说明最多 {MOST_NOTE} 字。", f"A note has at most {MOST_NOTE} characters."
        )
    if serious and not notes.get(SERIOUS, "").strip():
        raise Refused("say_the_fault", "请写明严重差错是什么。", "Say what the serious fault was.")
    return total


def _check_checker(row: QualityCheck, by: Actor) -> None:
    if row.operator == by.id:
        raise Refused("own_call", "不能给自己的通话打分。", "Nobody scores a call of their own.")
    if row.scored_at is not None:
        raise Refused("scored", "这次检查已经打过分了。", "This call has been scored already.")
    if row.objected_at and QualityScore.objects.filter(check_of=row, checker=by.id).exists():
        raise Refused(
            "scored_first",
            "有异议的检查要由另一个人重新打分。",
            "After an objection somebody else scores it.",
        )


def _sealed(notes: Mapping[str, str]) -> str:
    kept = {name: note.strip() for name, note in notes.items() if note.strip()}
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def _locked(check_id: int) -> QualityCheck:
    row = QualityCheck.objects.select_for_update().filter(pk=check_id).first()
    if row is None:
        raise NotPermitted  # the same as for one out of reach
    return row


def _record(row: QualityCheck, kind: str, said: dict[str, object], by: Actor, at: datetime) -> None:
    payload = {"check": row.pk, "call": row.call_id, **said}
    append([NewEvent(row.call_id, row.province, kind, payload)], by=by, at=at)
