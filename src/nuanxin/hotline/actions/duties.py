"""The months of a station: begun as a draft, changed by hand, published. What breaks a rule is refused with its reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from nuanxin.audit.actor import Actor
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline.actions.roster_news import lapse, record, tell
from nuanxin.hotline.models import Duty, RosterMonth, RosterRun, ShiftTemplate, Station
from nuanxin.hotline.permissions import check, may_plan
from nuanxin.hotline.queries.rosters import as_duty, moment, month_start, plain_month
from nuanxin.hotline.rules.rosters import month as plain
from nuanxin.hotline.rules.rosters.check import Fault, check_roster
from nuanxin.hotline.rules.rosters.faults import told_of


def begin_month(*, station: Station, month: date, by: Actor, at: datetime) -> RosterMonth:
    """The roster of a month; a new draft where there is none. Raises NotPermitted."""
    check(may_plan(by, station.region))
    first = month.replace(day=1)
    with write():
        row, new = RosterMonth.objects.get_or_create(station=station, month=first)
        if new:
            record(row, "roster.begun", {}, by, at)
    return row


def keep_duties(*, roster: RosterMonth, duties: Collection[plain.Duty], by: Actor, at: datetime) -> None:
    """Take the solver's answer as the draft, in place of what stood there. Raises Refused for a published month."""
    with write():
        row = locked(roster.pk)
        if row.state != RosterMonth.State.DRAFT:
            raise Refused(
                "published", "本月值班表已经发布。", "The roster of this month is published already."
            )
        shifts = {
            one.pk: one for one in ShiftTemplate.objects.filter(pk__in={int(one.shift) for one in duties})
        }
        Duty.objects.filter(roster=row).delete()
        Duty.objects.bulk_create(_row(row, one, shifts[int(one.shift)]) for one in duties)
        raised(row)
        record(row, "roster.solved", {"duties": len(duties)}, by, at)


def set_duty(
    *,
    roster_id: int,
    staff: int,
    day: date,
    shift: int = 0,
    desk: int = 0,
    seen: int,
    by: Actor,
    at: datetime,
) -> list[Fault]:
    """Give a person a shift at a desk on a day, or (``shift`` 0) none. Returns the faults that the month has with it.

    In a draft a change may leave faults: they are shown. In a published month one that makes a fault is refused, and the
    person is told. Raises NotPermitted, and Refused when somebody changed the month since ``seen``.
    """
    with write():
        row = locked(roster_id)
        check(may_plan(by, row.station.region))
        if row.version != seen:
            raise Refused(
                "stale",
                "您打开页面后，别人改了值班表。请看过再改。",
                "Somebody changed the roster after you opened the page. Look at it, then change it.",
            )
        asked = plain_month(row)
        before = [as_duty(one) for one in Duty.objects.filter(roster=row)]
        after = [one for one in before if (one.person, one.day) != (str(staff), day)]
        if shift:
            after.append(plain.Duty(day, str(staff), str(shift), str(desk)))
        faults = _checked(asked, before, after, strict=row.state == RosterMonth.State.PUBLISHED)
        moved = Duty.objects.filter(roster=row, staff=staff, day=day).values_list("pk", flat=True)
        lapse(list(moved), by=by, at=at)
        with watching(following(row)):
            _put(row, staff, day, shift, desk)
        raised(row)
        said = {"staff": staff, "day": day.isoformat(), "shift": shift, "desk": desk}
        record(row, "roster.duty_set", said, by, at)
        if row.state == RosterMonth.State.PUBLISHED:
            tell(row, [staff], "duty_changed", {"day": day.isoformat()}, at)
    return faults


def _checked(
    asked: plain.Month, before: list[plain.Duty], after: list[plain.Duty], *, strict: bool
) -> list[Fault]:
    """What the roster breaks after a change. Raises Refused for what is not there, and where nothing new may break."""
    known = (
        {one.code for one in asked.people},
        {one.code for one in asked.shifts},
        {one.code for one in asked.desks},
    )
    for one in after:
        if one.shift not in known[1] or (
            one not in before and (one.person not in known[0] or one.desk not in known[2])
        ):
            raise Refused(
                "choose_one", "没有这个人、班次或者座席。", "There is no such person, shift or desk."
            )
    if any(not asked.first <= one.day <= asked.last for one in after):
        raise Refused("bad_days", "这一天不在本月。", "This day does not lie in the month.")
    faults = check_roster(asked, after)
    if strict and (new := [one for one in faults if one not in check_roster(asked, before)]):
        refuse(asked, new)
    return faults


@contextmanager
def watching(rows: Iterable[RosterMonth]) -> Iterator[None]:
    """Raises Refused when what is done inside breaks in one of these months what was not broken before."""
    watched = sorted(rows, key=lambda row: row.month)
    before = {row.pk: check_roster(plain_month(row), _duties_of(row)) for row in watched}
    yield
    for row in watched:
        asked = plain_month(row)
        if new := [one for one in check_roster(asked, _duties_of(row)) if one not in before[row.pk]]:
            refuse(asked, new)


def following(row: RosterMonth) -> list[RosterMonth]:
    """The published month after a published one: the last nights of the one reach into the other."""
    if row.state != RosterMonth.State.PUBLISHED:
        return []
    return list(
        RosterMonth.objects.select_related("station").filter(
            station=row.station_id, month=month_start(row.month, 1), state=RosterMonth.State.PUBLISHED
        )
    )


def _duties_of(row: RosterMonth) -> list[plain.Duty]:
    return [as_duty(one) for one in Duty.objects.filter(roster=row)]


def refuse(asked: plain.Month, faults: list[Fault]) -> None:
    """Raises Refused with the first reasons why a change cannot stand."""
    texts = [told_of(asked, fault) for fault in faults[:3]]
    raise Refused("breaks_rule", "".join(one.zh for one in texts), " ".join(one.en for one in texts))


def _put(row: RosterMonth, staff: int, day: date, shift: int, desk: int) -> None:
    Duty.objects.filter(roster=row, staff=staff, day=day).delete()
    if shift:
        duty = plain.Duty(day, str(staff), str(shift), str(desk))
        _row(row, duty, ShiftTemplate.objects.get(pk=shift)).save(force_insert=True)


def publish(*, roster_id: int, by: Actor, at: datetime) -> RosterMonth:
    """Publish a month and tell each person in it.

    Raises NotPermitted, and Refused while a search runs or anything is left open or broken: a part of a roster is never
    published as a whole one.
    """
    with write():
        row = locked(roster_id)
        check(may_plan(by, row.station.region))
        if row.state == RosterMonth.State.PUBLISHED:
            return row  # pressed twice
        if RosterRun.objects.filter(roster=row, state__in=RosterRun.OPEN).exists():
            raise Refused(
                "solving",
                "正在排班，请等它完成或者先停下来。",
                "The roster is being worked out: wait, or stop it first.",
            )
        asked = plain_month(row)
        duties = [as_duty(one) for one in Duty.objects.filter(roster=row)]
        if faults := check_roster(asked, duties):
            refuse(asked, faults)
        row.state, row.published_at, row.published_by = RosterMonth.State.PUBLISHED, at, by.id
        raised(row)
        record(row, "roster.published", {"duties": len(duties), "version": row.version}, by, at)
        people = sorted({int(one.person) for one in duties})
        tell(row, people, "duty_published", {"month": f"{row.month:%Y-%m}"}, at)
    return row


def locked(roster_id: int) -> RosterMonth:
    """A month to be changed. Raises NotPermitted where there is none: the same as for one out of reach."""
    row = (
        RosterMonth.objects.select_for_update(of=("self",))
        .select_related("station")
        .filter(pk=roster_id)
        .first()
    )
    if row is None:
        raise NotPermitted
    return row


def _row(roster: RosterMonth, duty: plain.Duty, shift: ShiftTemplate) -> Duty:
    return Duty(
        roster=roster, staff=int(duty.person), desk_id=int(duty.desk), shift=shift, day=duty.day,
        starts_at=moment(duty.day, shift.spans[0][0]), ends_at=moment(duty.day, shift.spans[-1][1]),
    )  # fmt: skip


def raised(row: RosterMonth) -> None:
    """A new version of the month."""
    row.version += 1
    row.save()
