"""On what terms people are on duty: from a month on, ended, and what is planned taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q

from nuanxin.audit.actor import Actor
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import Refused
from nuanxin.hotline.actions.stations import (
    check_no_duties,
    drop_drafts,
    end_row,
    month_from,
    record_station,
    today,
)
from nuanxin.hotline.models import DutyTerms, Station
from nuanxin.hotline.permissions import check, may_plan
from nuanxin.hotline.policies import check_said
from nuanxin.hotline.queries.rosters import month_start
from nuanxin.hotline.queries.terms import desks_in, terms_in
from nuanxin.network.rules.points import LANGUAGES

MOST_HOURS = 80  # a week


def set_terms(
    *, staff: int, station: Station, lawyer: bool = False, languages: Sequence[str] = (), desks: Sequence[int] = (),
    week_hours: int | None = None, share: int = 100, days_only_until: date | None = None, since: date | None = None,
    by: Actor, at: datetime,
) -> DutyTerms:  # fmt: skip
    """Say on what terms a person is on duty from a month on (this one unless told); later changes stay.

    Raises NotPermitted, and Refused for hours, languages or desks that cannot be meant, a past month, and a person who
    leaves another station while they have published duties there.
    """
    check(may_plan(by, station.region))
    first = month_from(since, at)
    _check_told(station, first, languages, desks, week_hours, share)
    with write():
        now = terms_in(first, staff=staff).select_related("station").first()
        if now is not None and now.station_id != station.pk:
            check(may_plan(by, now.station.region))
            check_no_duties(Q(staff=staff, roster__station=now.station, day__gte=first))
            drop_drafts(Q(staff=staff), now.station_id, first)
        row, _ = DutyTerms.objects.update_or_create(
            staff=staff,
            since=first,
            defaults={
                "station": station, "lawyer": lawyer, "languages": list(languages), "desks": list(desks),
                "week_hours": week_hours, "share": share, "days_only_until": days_only_until, "active": True,
            },
        )  # fmt: skip
        said = {
            "staff": staff, "station": station.pk, "since": first.isoformat(), "lawyer": lawyer, "share": share,
            "week_hours": week_hours,
        }  # fmt: skip
        record_station("roster.terms_set", said, by, at)
    return row


def end_terms(*, staff: int, station: Station, since: date, by: Actor, at: datetime) -> None:
    """Take a person off the rosters from a month on, with what was planned for later.

    Raises NotPermitted, and Refused while they have published duties then.
    """
    check(may_plan(by, station.region))
    first = month_from(since, at)
    with write():
        row = terms_in(first, staff=staff, station=station).first()
        if row is None:
            return
        check_no_duties(Q(staff=staff, roster__station=station, day__gte=first))
        drop_drafts(Q(staff=staff), station.pk, first)
        DutyTerms.objects.filter(staff=staff, since__gt=first).delete()
        end_row(row, first)
        said = {"staff": staff, "station": station.pk, "since": first.isoformat()}
        record_station("roster.terms_ended", said, by, at)


def drop_planned(*, staff: int, station: Station, since: date, by: Actor, at: datetime) -> None:
    """Take back a change of terms whose month has not begun. Raises NotPermitted, and Refused for one that has."""
    check(may_plan(by, station.region))
    if since <= month_start(today(at)):
        raise Refused(
            "begun", "这次变动已经生效，不能撤回。", "This change holds already: enter a new one instead."
        )
    with write():
        rows = DutyTerms.objects.filter(staff=staff, station=station, since=since)
        if rows.exists():
            if not terms_in(since - timedelta(1), staff=staff, station=station).exists():  # they come then
                check_no_duties(Q(staff=staff, roster__station=station, day__gte=since))
                drop_drafts(Q(staff=staff), station.pk, since)
            rows.delete()
            said = {"staff": staff, "station": station.pk, "since": since.isoformat()}
            record_station("roster.terms_taken_back", said, by, at)


def _check_told(
    station: Station,
    first: date,
    languages: Sequence[str],
    desks: Sequence[int],
    week_hours: int | None,
    share: int,
) -> None:
    if not 1 <= share <= 100:
        raise Refused("bad_share", "比例请写1到100。", "Write a share from 1 to 100.")
    if week_hours is not None and not 1 <= week_hours <= MOST_HOURS:
        raise Refused(
            "bad_hours", f"每周工时请写1到{MOST_HOURS}，或者留空。",
            f"Write hours a week from 1 to {MOST_HOURS}, or leave them empty.",
        )  # fmt: skip
    check_said("languages" if set(languages) - set(LANGUAGES) else "")
    here = set(desks_in(first, station=station).values_list("desk", flat=True))
    if not set(desks) <= here:
        raise Refused("bad_desks", "这个席位不由本站值班。", "This station does not staff that desk.")
