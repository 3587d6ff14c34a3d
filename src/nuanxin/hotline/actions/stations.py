"""Keeping stations: their name and rule, the desks they staff together with what callers are promised, their shifts.

Promises and shifts change from a month on: what a month was planned by stays what it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.streams import STREAM_SITE
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.hotline.models import Desk, Duty, DutyTerms, RosterMonth, ShiftTemplate, Station, StationDesk
from nuanxin.hotline.permissions import check, may_plan
from nuanxin.hotline.policies import check_said
from nuanxin.hotline.queries.rosters import month_start
from nuanxin.hotline.queries.terms import desks_in, terms_in
from nuanxin.hotline.rules.register import wrong_of_desk, wrong_of_shift
from nuanxin.hotline.rules.rosters.limits import Span, limits_on
from nuanxin.hotline.rules.rosters.month import Shift, is_in_order
from nuanxin.hotline.rules.rosters.promises import PROMISES, beyond
from nuanxin.law.bilingual import Bilingual
from nuanxin.network.queries import six_digits

MOST_AHEAD = 24  # months


def open_station(
    *, region: int, name_zh: str, name_en: str = "", approves_swaps: bool = True, by: Actor, at: datetime
) -> Station:
    """Open a station without desks. Raises NotPermitted, Refused."""
    check(may_plan(by, region))
    check_said(wrong_of_desk({"name_zh": name_zh, "name_en": name_en}))
    with write():
        row = Station.objects.create(
            region=region, name_zh=name_zh, name_en=name_en, approves_swaps=approves_swaps
        )
        record_station("roster.station_opened", {"station": row.pk, "region": region}, by, at)
    return row


def alter_station(
    station_id: int, *, name_zh: str, name_en: str, approves_swaps: bool, by: Actor, at: datetime
) -> Station:
    """Rename a station, or say whether swaps wait for who plans. Raises NotPermitted, Refused."""
    check_said(wrong_of_desk({"name_zh": name_zh, "name_en": name_en}))
    with write():
        row = station_to_keep(station_id, by)
        told = {"name_zh": name_zh, "name_en": name_en, "approves_swaps": approves_swaps}
        changed = [name for name, value in told.items() if getattr(row, name) != value]
        if changed:
            for name in changed:
                setattr(row, name, told[name])
            row.save(update_fields=changed)
            said = {"station": row.pk, "changed": changed, "approves_swaps": approves_swaps}
            record_station("roster.station_altered", said, by, at)
    return row


def close_station(station_id: int, *, by: Actor, at: datetime) -> None:
    """End a station with its desks and people from next month on. Raises NotPermitted, and Refused while published
    duties are to come."""
    with write():
        row = station_to_keep(station_id, by)
        if not row.active:
            return
        check_no_duties(Q(roster__station=row, ends_at__gt=at))
        since = month_start(today(at), 1)
        for desk in desks_in(since, station=row):
            end_row(desk, since)
        for person in terms_in(since, station=row):
            end_row(person, since)
        row.active = False
        row.save(update_fields=["active"])
        record_station("roster.station_closed", {"station": row.pk, "since": since.isoformat()}, by, at)


def reopen_station(station_id: int, *, by: Actor, at: datetime) -> None:
    """Take a closed station up again; its desks and people are put back one by one. Raises NotPermitted."""
    with write():
        row = station_to_keep(station_id, by)
        if not row.active:
            row.active = True
            row.save(update_fields=["active"])
            record_station("roster.station_reopened", {"station": row.pk}, by, at)


def staff_desk(
    *, station: Station, desk: Desk, since: date | None = None, by: Actor, at: datetime, **promises: Any
) -> StationDesk:
    """Staff a desk from a station, or change what its callers are promised (fields of StationDesk), from a month on.

    Raises NotPermitted, and Refused for a month that has passed, a closed desk, and figures out of bounds.
    """
    check(may_plan(by, station.region) and may_plan(by, desk.region))
    first = month_from(since, at)
    if wrong := beyond(promises):
        name, bounds = PROMISES[wrong[0]].name, (PROMISES[wrong[0]].least, PROMISES[wrong[0]].most)
        raise Refused(
            "bad_promise", f"{name.zh}应当在{bounds[0]}到{bounds[1]}之间。",
            f"Write a number from {bounds[0]} to {bounds[1]}: {name.en}.",
        )  # fmt: skip
    with write():
        now = desks_in(first, desk=desk).select_related("station").first()
        if now is not None and now.station_id != station.pk:
            check(may_plan(by, now.station.region))
            check_no_duties(Q(desk=desk, roster__station=now.station, day__gte=first))
            drop_drafts(Q(desk=desk), now.station_id, first)
        kept = {name: getattr(now, name) for name in ("lawyer", *PROMISES)} if now is not None else {}
        row, _new = StationDesk.objects.update_or_create(
            desk=desk, since=first, defaults={**kept, **promises, "station": station, "active": True}
        )
        said = {"station": station.pk, "desk": desk.pk, "since": first.isoformat(), **promises}
        record_station("roster.desk_staffed", said, by, at)
    return row


def unstaff_desk(*, station: Station, desk_id: int, since: date, by: Actor, at: datetime) -> None:
    """Let no roster have a desk from a month on. Raises NotPermitted, and Refused while it has published duties then."""
    check(may_plan(by, station.region))
    first = month_from(since, at)
    with write():
        row = desks_in(first, desk=desk_id, station=station).first()
        if row is None:
            return
        check_no_duties(Q(desk=desk_id, roster__station=station, day__gte=first))
        drop_drafts(Q(desk=desk_id), station.pk, first)
        StationDesk.objects.filter(desk=desk_id, since__gt=first).delete()
        end_row(row, first)
        said = {"station": station.pk, "desk": desk_id, "since": first.isoformat()}
        record_station("roster.desk_unstaffed", said, by, at)


def add_shift(
    *,
    station: Station,
    code: str,
    name_zh: str,
    name_en: str = "",
    spans: Sequence[Span],
    by: Actor,
    at: datetime,
) -> ShiftTemplate:
    """Add a shift. Raises NotPermitted, and Refused for hours that cannot be worked in a day."""
    check(may_plan(by, station.region))
    check_said(wrong_of_shift(code, name_zh, name_en))
    shift = Shift(code, Bilingual(name_zh, name_en), tuple(spans))
    limits = limits_on(at.date(), six_digits(station.region))
    if not is_in_order(shift) or shift.minutes > limits.day + limits.overtime_day:
        most = (limits.day + limits.overtime_day) // 60
        raise Refused(
            "bad_shift",
            f"班次的时间不对：每段要先开始后结束，两段不能重叠，合计不超过{most}小时。",
            f"These hours cannot be: each part ends after it begins, the two do not overlap, and together they have at most "
            f"{most} hours.",
        )  # fmt: skip
    with write():
        if ShiftTemplate.objects.filter(station=station, code=code).exists():
            raise Refused(
                "twice",
                "已经有这个代号的班次，请换一个。",
                "There is a shift with this code already: choose another.",
            )
        row = ShiftTemplate.objects.create(
            station=station, code=code, name_zh=name_zh, name_en=name_en, spans=[list(span) for span in spans]
        )
        record_station(
            "roster.shift_added", {"station": station.pk, "shift": row.pk, "spans": row.spans}, by, at
        )
    return row


def end_shift(*, shift: ShiftTemplate, since: date | None = None, by: Actor, at: datetime) -> None:
    """Use a shift no more from a month on; duties that have it keep it. Raises NotPermitted, Refused."""
    check(may_plan(by, shift.station.region))
    first = month_from(since, at)
    with write():
        until = first - timedelta(1)
        ShiftTemplate.objects.filter(pk=shift.pk).update(until=until)
        said = {"station": shift.station_id, "shift": shift.pk, "until": until.isoformat()}
        record_station("roster.shift_ended", said, by, at)


def restore_shift(*, shift: ShiftTemplate, by: Actor, at: datetime) -> None:
    """Use a shift again. Raises NotPermitted."""
    check(may_plan(by, shift.station.region))
    with write():
        ShiftTemplate.objects.filter(pk=shift.pk).update(until=None)
        record_station("roster.shift_restored", {"station": shift.station_id, "shift": shift.pk}, by, at)


def station_to_keep(station_id: int, by: Actor) -> Station:
    """The station, locked. Raises NotPermitted, also where there is none."""
    row = Station.objects.select_for_update().filter(pk=station_id).first()
    if row is None:
        raise NotPermitted
    check(may_plan(by, row.region))
    return row


def today(at: datetime) -> date:
    """The day in Shanghai."""
    return at.astimezone(SHANGHAI).date()


def month_from(since: date | None, at: datetime) -> date:
    """The first day of the month from which something holds: this one unless told. Raises Refused for a past one."""
    now = month_start(today(at))
    first = month_start(since) if since is not None else now
    if not now <= first <= month_start(now, MOST_AHEAD):
        raise Refused(
            "bad_month", "过去的月份不能再改：请选本月或者以后两年内的月份。",
            "Past months stay what they were: choose this month, or one of the next two years.",
        )  # fmt: skip
    return first


def check_no_duties(which: Q) -> None:
    """Raises Refused while there are such published duties, with their first days."""
    rows = Duty.objects.filter(which, roster__state=RosterMonth.State.PUBLISHED)
    days = sorted(set(rows.values_list("day", flat=True)))
    if days:
        zh, en = "、".join(f"{day:%m-%d}" for day in days[:5]), ", ".join(f"{day:%m-%d}" for day in days[:5])
        raise Refused(
            "on_duty",
            f"这些天已经发布了班：{zh}{'等' if len(days) > 5 else ''}。请先改排给别人，或者从以后的月份起。",
            f"There are published duties on these days: {en}{' and more' if len(days) > 5 else ''}. Give them to others "
            "first, or choose a later month.",
        )  # fmt: skip


def drop_drafts(which: Q, station: int, first: date) -> None:
    """Take such duties out of a station's drafts from a month on, and raise the versions of those."""
    rows = Duty.objects.filter(
        which, roster__station=station, roster__month__gte=first, roster__state=RosterMonth.State.DRAFT
    )
    for roster in RosterMonth.objects.filter(pk__in=set(rows.values_list("roster", flat=True))):
        roster.version += 1
        roster.save(update_fields=["version"])
    rows.delete()


def end_row(row: StationDesk | DutyTerms, first: date) -> None:
    """A row that ends another from a month on, or the same one ended where it begins then."""
    if row.since != first:
        row.pk, row.since = None, first
        row._state.adding = True
    row.active = False
    row.save()


def record_station(kind: str, payload: dict[str, object], by: Actor, at: datetime) -> None:
    """An event of a station."""
    append([NewEvent(STREAM_SITE, 0, kind, payload)], by=by, at=at)
