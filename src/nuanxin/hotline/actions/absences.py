"""Leave, training and wishes for free days: asked for by the person, answered by who plans."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.streams import staff_stream
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline.models import Absence, Answer, Duty, RosterMonth
from nuanxin.hotline.permissions import check, may_plan
from nuanxin.hotline.queries.terms import terms_of
from nuanxin.notices.actions import enqueue

LONGEST = 370  # days


def ask_absence(*, kind: str, first: date, last: date, by: Actor, at: datetime) -> Absence:
    """Ask for days off. Raises Refused for days that cannot be meant, and for who is not on a roster."""
    with write():
        terms = terms_of(by.id, at.date()) if by.kind == "staff" else None
        if terms is None:
            raise Refused(
                "no_terms", "您还没有排班，请找排班的同事。", "You are not on a roster yet: ask who plans it."
            )
        _check_days(kind, first, last, at)
        row = Absence.objects.create(
            staff=by.id, station_id=terms.station_id, kind=kind, first=first, last=last, asked_at=at
        )
        _record(row, "absence.asked", by, at)
    return row


def enter_absence(*, staff: int, kind: str, first: date, last: date, by: Actor, at: datetime) -> Absence:
    """Enter days off for somebody who asked in another way; it is approved with that.

    Raises NotPermitted (nobody enters their own), and Refused for days that cannot be meant, for who is not on a roster,
    and for days with published duties, which have to be given to somebody else first.
    """
    with write():
        terms = terms_of(staff, at.date())
        check(terms is not None and may_plan(by, terms.station.region) and staff != by.id)
        assert terms is not None
        _check_days(kind, first, last, at)
        row = Absence(
            staff=staff, station_id=terms.station_id, kind=kind, first=first, last=last, asked_at=at,
            state=Answer.APPROVED, decided_by=by.id, decided_at=at,
        )  # fmt: skip
        _check_off_duty(row)
        row.save()
        _record(row, "absence.entered", by, at)
        _answered(row, at)
    return row


def _check_days(kind: str, first: date, last: date, at: datetime) -> None:
    if kind not in Absence.Kind.values or not at.date() <= last or not 0 <= (last - first).days < LONGEST:
        raise Refused("bad_days", "请核对起止日期。", "Please check the first and the last day.")


def _check_off_duty(row: Absence) -> None:
    if days := _on_duty(row):
        told = "、".join(f"{day:%m-%d}" for day in days[:5])
        raise Refused(
            "on_duty",
            f"这些天已经排了班：{told}。请先安排别人，再批准。",
            f"There are published duties on these days: {told}. Give them to somebody else first.",
        )


def withdraw_absence(*, absence_id: int, by: Actor, at: datetime) -> None:
    """Take back what one asked for oneself; what was approved too, as long as it has not begun. Who plans may do so for
    others. Raises NotPermitted, Refused."""
    with write():
        row = _locked(absence_id)
        own = by.kind == "staff" and row.staff == by.id
        check(own or may_plan(by, row.station.region))
        if row.state not in {Answer.ASKED, Answer.APPROVED} or (
            row.first <= at.date() and row.state == Answer.APPROVED
        ):
            raise Refused("settled", "这个申请已经办完了。", "This request is settled already.")
        row.state, row.decided_by, row.decided_at = Answer.WITHDRAWN, by.id, at
        row.save()
        _record(row, "absence.withdrawn", by, at)
        if not own:
            _answered(row, at)


def decide_absence(*, absence_id: int, approve: bool, by: Actor, at: datetime) -> Absence:
    """Answer a request. Raises NotPermitted (nobody decides their own), and Refused when it is settled, or when the
    person has published duties on these days, which have to be given to somebody else first."""
    with write():
        row = _locked(absence_id)
        check(may_plan(by, row.station.region) and row.staff != by.id)
        if row.state != Answer.ASKED:
            raise Refused("settled", "这个申请已经办完了。", "This request is settled already.")
        if approve:
            _check_off_duty(row)
        row.state = Answer.APPROVED if approve else Answer.REFUSED
        row.decided_by, row.decided_at = by.id, at
        row.save()
        _record(row, "absence.approved" if approve else "absence.refused", by, at)
        _answered(row, at)
    return row


def _answered(row: Absence, at: datetime) -> None:
    day = row.first.isoformat()
    enqueue(channel="in_app", to=str(row.staff), template="duty_answered", values={"day": day}, at=at)


def _on_duty(row: Absence) -> list[date]:
    """Published duties that touch the days: also a night that runs into the first."""
    rows = Duty.objects.filter(
        staff=row.staff, day__gte=row.first - timedelta(1), day__lte=row.last,
        roster__state=RosterMonth.State.PUBLISHED,
    ).select_related("shift")  # fmt: skip
    return sorted(
        one.day for one in rows if one.day >= row.first or any(end > 24 * 60 for _, end in one.shift.spans)
    )


def _locked(absence_id: int) -> Absence:
    row = (
        Absence.objects.select_for_update(of=("self",))
        .select_related("station")
        .filter(pk=absence_id)
        .first()
    )
    if row is None:
        raise NotPermitted
    return row


def _record(row: Absence, kind: str, by: Actor, at: datetime) -> None:
    said = {
        "absence": row.pk, "kind": row.kind, "first": row.first.isoformat(), "last": row.last.isoformat(),
    }  # fmt: skip
    append([NewEvent(staff_stream(row.staff), 0, kind, said)], by=by, at=at)
