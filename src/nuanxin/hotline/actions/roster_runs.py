"""The search for a month's roster as a long job: asked for, run by the worker, watched, stopped, gone on with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from nuanxin.audit.actor import SYSTEM, Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.streams import STREAM_SITE
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import Refused
from nuanxin.hotline.actions.duties import keep_duties, locked
from nuanxin.hotline.models import DayNeed, Duty, RosterMonth, RosterRun
from nuanxin.hotline.permissions import check, may_plan
from nuanxin.hotline.queries.rosters import as_duty
from nuanxin.hotline.rules.rosters.answer import NoRoster, Progress, Roster
from nuanxin.hotline.rules.rosters.month import Duty as PlainDuty
from nuanxin.law.calendar import CalendarMissing, kind_of

SECONDS = 300
LEAST, LONGEST = 10, 3600
LOST = timedelta(seconds=60)  # a run of which nothing was heard for so long has lost its worker


def ask_run(*, roster_id: int, seconds: int = SECONDS, by: Actor, at: datetime) -> RosterRun:
    """Ask for the roster of a draft. Pressed twice it is one search.

    Raises NotPermitted, and Refused for a published month, or one whose public holidays nobody entered yet: they are
    never guessed (``calendar_missing``).
    """
    with write():
        roster = locked(roster_id)
        check(may_plan(by, roster.station.region))
        if roster.state != RosterMonth.State.DRAFT:
            raise Refused(
                "published", "本月值班表已经发布。", "The roster of this month is published already."
            )
        check_calendar(roster.month)
        open_one = RosterRun.objects.filter(roster=roster, state__in=RosterRun.OPEN).first()
        if open_one is not None:
            return open_one
        before = RosterRun.objects.filter(roster=roster).order_by("-pk").first()
        row = RosterRun.objects.create(
            roster=roster, asked_by=by.id, asked_at=at, seconds=min(LONGEST, max(LEAST, seconds)),
            best=_to_begin_with(roster, before),
        )  # fmt: skip
        _record(row, "roster.run_asked", {"seconds": row.seconds, "from": len(row.best)}, by, at)
    return row


def check_calendar(month: date) -> None:
    """Raises Refused where the holidays of a month's year are not known."""
    try:
        kind_of(month)
    except CalendarMissing as missing:
        raise Refused(
            "calendar_missing",
            f"还没有{month.year}年的放假安排，不能排班。请管理员先录入国务院公布的放假日期。",
            f"The public holidays of {month.year} are not entered yet, so this month cannot be planned. Ask the"
            " administrator to enter the State Council's notice.",
        ) from missing


def _to_begin_with(roster: RosterMonth, before: RosterRun | None) -> list[list[object]]:
    """What a search goes on from: the draft as it stands, else as far as the last search came."""
    draft = [pack(as_duty(one)) for one in Duty.objects.filter(roster=roster).order_by("pk")]
    return draft or (before.best if before is not None else [])


def pack(duty: PlainDuty) -> list[object]:
    """A duty as JSON keeps it."""
    return [duty.day.isoformat(), duty.person, duty.shift, duty.desk]


def unpack(best: Sequence[Sequence[str]]) -> tuple[PlainDuty, ...]:
    """The other way round."""
    return tuple(PlainDuty(date.fromisoformat(day), who, shift, desk) for day, who, shift, desk in best)


def stop_run(*, run_id: int, by: Actor, at: datetime) -> None:
    """Ask a search to stop; it keeps the best so far. Raises NotPermitted."""
    with write():
        row = RosterRun.objects.select_for_update(of=("self",)).filter(pk=run_id).first()
        roster = locked(row.roster_id if row is not None else 0)
        check(may_plan(by, roster.station.region))
        if row is None or row.state not in RosterRun.OPEN or row.stop_asked:
            return
        row.stop_asked = True
        if row.state == RosterRun.State.WAITING:
            row.state, row.finished_at = RosterRun.State.STOPPED, at
        row.save()
        _record(row, "roster.run_stop_asked", {}, by, at)


def claim_run(*, at: datetime, roster_id: int = 0) -> RosterRun | None:
    """The next search to be run (of a month, where one is named), also one whose worker is gone: it goes on from the
    best that was kept."""
    with write():
        rows = RosterRun.objects.select_for_update(of=("self",)).order_by("pk")
        rows = rows.filter(roster=roster_id) if roster_id else rows
        row = rows.filter(state=RosterRun.State.WAITING).first()
        row = row or rows.filter(state=RosterRun.State.RUNNING, heard_at__lt=at - LOST).first()
        if row is not None:
            row.state, row.heard_at = RosterRun.State.RUNNING, at
            row.started_at = row.started_at or at
            row.save()
    return row


def note_progress(*, run_id: int, progress: Progress, at: datetime) -> bool:
    """Note how far a search is; whether it is to stop."""
    with write():
        row = RosterRun.objects.select_for_update().get(pk=run_id)
        row.stage, row.done, row.of = progress.stage, progress.done, progress.of
        row.cost, row.bound, row.heard_at = progress.cost, progress.bound, at
        if progress.best:
            row.best = [pack(one) for one in sorted(progress.best)]
        row.save()
    over = row.started_at is not None and (at - row.started_at).total_seconds() >= row.seconds
    return row.stop_asked or over


def finish_run(*, run_id: int, found: Roster | NoRoster | None, at: datetime) -> RosterRun:
    """Keep what a search has found: a whole roster becomes the draft, a part is kept apart. None: it broke."""
    with write():
        row = (
            RosterRun.objects.select_for_update(of=("self",)).select_related("roster__station").get(pk=run_id)
        )
        if row.state not in RosterRun.OPEN:
            return row
        state = RosterRun.State
        row.finished_at = row.heard_at = at
        if isinstance(found, Roster):
            row.state, row.cost, row.bound, row.proved = state.DONE, found.cost, found.bound, found.proved
            row.best, row.reasons = [pack(one) for one in found.duties], []
            keep_duties(roster=row.roster, duties=found.duties, by=SYSTEM, at=at)
        elif found is not None:
            row.state, row.proved = (state.NONE if found.proved else state.STOPPED), found.proved
            row.best = [pack(one) for one in found.best] or row.best
            row.reasons = [{"code": one.code, **one.text.as_json()} for one in found.reasons[:30]]
        else:
            row.state = state.FAILED
        row.save()
        _record(row, "roster.run_finished", {"state": row.state, "proved": row.proved}, SYSTEM, at)
    return row


def keep_needs(rows: Sequence[DayNeed], *, roster: RosterMonth, at: datetime) -> None:
    """Keep the needs of days, in place of earlier ones."""
    with write():
        DayNeed.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["desk", "day"],
            update_fields=["calls", "people", "rests_on", "growth", "stand_in", "made_at"],
        )  # fmt: skip
        said: dict[str, object] = {"roster": roster.pk, "days": len(rows)}
        append([NewEvent(STREAM_SITE, 0, "roster.forecast", said)], by=SYSTEM, at=at)


def _record(row: RosterRun, kind: str, payload: dict[str, object], by: Actor, at: datetime) -> None:
    append(
        [NewEvent(STREAM_SITE, 0, kind, {"run": row.pk, "roster": row.roster_id, **payload})], by=by, at=at
    )
