"""Keeping stations: which desks they staff together, their shifts, and who is on duty on what terms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.streams import STREAM_SITE
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import Refused
from nuanxin.hotline.models import Desk, DutyTerms, ShiftTemplate, Station, StationDesk
from nuanxin.hotline.permissions import check, may_plan
from nuanxin.hotline.policies import check_said
from nuanxin.hotline.rules.register import wrong_of_desk, wrong_of_shift
from nuanxin.hotline.rules.rosters.limits import Span, limits_on
from nuanxin.hotline.rules.rosters.month import Shift, is_in_order
from nuanxin.law.bilingual import Bilingual
from nuanxin.network.queries import six_digits
from nuanxin.network.rules.points import LANGUAGES


def open_station(*, region: int, name_zh: str, name_en: str = "", by: Actor, at: datetime) -> Station:
    """Open a station without desks. Raises NotPermitted, Refused."""
    check(may_plan(by, region))
    check_said(wrong_of_desk({"name_zh": name_zh, "name_en": name_en}))
    with write():
        row = Station.objects.create(region=region, name_zh=name_zh, name_en=name_en)
        _record("roster.station_opened", {"station": row.pk, "region": region}, by, at)
    return row


def staff_desk(*, station: Station, desk: Desk, by: Actor, at: datetime, **promises: Any) -> StationDesk:
    """Staff a desk from a station, or change what its callers are promised (fields of StationDesk). Raises NotPermitted."""
    check(may_plan(by, station.region) and may_plan(by, desk.region))
    with write():
        row, _ = StationDesk.objects.update_or_create(desk=desk, defaults={"station": station, **promises})
        _record("roster.desk_staffed", {"station": station.pk, "desk": desk.pk, **promises}, by, at)
    return row


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
        raise Refused(
            "bad_shift",
            "班次的时间写得不对，或者比一天允许的工时还长。",
            "The hours of this shift cannot be read, or are longer than a day may be.",
        )
    with write():
        if ShiftTemplate.objects.filter(station=station, code=code).exists():
            raise Refused("twice", "已经有这个代号的班次。", "There is a shift with this code already.")
        row = ShiftTemplate.objects.create(
            station=station, code=code, name_zh=name_zh, name_en=name_en, spans=[list(span) for span in spans]
        )
        _record("roster.shift_added", {"station": station.pk, "shift": row.pk, "spans": row.spans}, by, at)
    return row


def end_shift(*, shift: ShiftTemplate, by: Actor, at: datetime) -> None:
    """Use a shift no more; duties that have it keep it. Raises NotPermitted."""
    check(may_plan(by, shift.station.region))
    with write():
        ShiftTemplate.objects.filter(pk=shift.pk).update(active=False)
        _record("roster.shift_ended", {"station": shift.station_id, "shift": shift.pk}, by, at)


def set_terms(
    *, staff: int, station: Station, lawyer: bool = False, languages: Sequence[str] = (), desks: Sequence[int] = (),
    week_hours: int | None = None, share: int = 100, days_only_until: date | None = None, active: bool = True,
    by: Actor, at: datetime,
) -> DutyTerms:  # fmt: skip
    """Say on what terms a person is on duty. Raises NotPermitted, and Refused for a share outside 1 to 100."""
    check(may_plan(by, station.region))
    check_said("languages" if set(languages) - set(LANGUAGES) else "")
    if not 1 <= share <= 100 or (week_hours is not None and not 1 <= week_hours <= 80):
        raise Refused("bad_terms", "工时或者比例写得不对。", "The hours or the share cannot be meant.")
    with write():
        known = DutyTerms.objects.filter(staff=staff).select_related("station").first()
        check(known is None or may_plan(by, known.station.region))
        row, _ = DutyTerms.objects.update_or_create(
            staff=staff,
            defaults={
                "station": station, "lawyer": lawyer, "languages": list(languages), "desks": list(desks),
                "week_hours": week_hours, "share": share, "days_only_until": days_only_until, "active": active,
            },
        )  # fmt: skip
        _record(
            "roster.terms_set",
            {"staff": staff, "station": station.pk, "lawyer": lawyer, "share": share},
            by,
            at,
        )
    return row


def _record(kind: str, payload: dict[str, object], by: Actor, at: datetime) -> None:
    append([NewEvent(STREAM_SITE, 0, kind, payload)], by=by, at=at)
