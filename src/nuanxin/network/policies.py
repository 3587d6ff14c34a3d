"""When a change of the network is allowed. Each check raises ValidationError with a sentence for each field."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nuanxin.network.models import Agency, PointException, ProvinceSetting, ServicePoint, ServicePromise
from nuanxin.network.rules.gazetteer import Level, UnknownPlace, gazetteer, superiors
from nuanxin.network.rules.hours import Hours, HoursFault, parse_hours
from nuanxin.network.rules.point_facts import FieldFault, PointFacts, faults_of
from nuanxin.network.rules.promises import Unit, faults

FARTHEST_DAY = timedelta(days=731)


def check_region(field: str, region: int, *, deepest: Level = Level.COUNTY) -> None:
    """The region exists, is in force, and is no smaller than ``deepest``."""
    try:
        place = gazetteer().place(region)
    except UnknownPlace:
        raise ValidationError(
            {field: _("There is no region with this code. Check the six digits.")}
        ) from None
    if not place.current:
        raise ValidationError({field: _("This region code was abolished. Use the code that took over.")})
    if place.level > deepest:
        raise ValidationError({field: _("Choose a province, or 000000 for the nation.")})


def check_agency(agency: Agency) -> None:
    """Region, superior and names fit together; the national intake desk stays national and open."""
    check_region("region", agency.region)
    if agency.kind == Agency.Kind.NATIONAL_INTAKE and (agency.region != 0 or not agency.active):
        raise ValidationError({"region": _("The national intake desk serves the nation and never closes.")})
    above, seen = agency.superior, {agency.pk}
    while above is not None:
        if above.pk in seen:
            raise ValidationError({"superior": _("An office cannot be above itself.")})
        seen.add(above.pk)
        above = above.superior
    if agency.superior is not None and agency.superior.region not in (
        agency.region,
        *superiors(agency.region),
    ):
        raise ValidationError({"superior": _("The superior serves the same region or one above it.")})
    agency.full_clean()


def check_promise(row: ServicePromise) -> None:
    """Known key and unit, a number that can be kept, days in order."""
    check_region("region", row.region)
    row.clean_fields()
    sentences = {
        "amount_out_of_range": {"amount": _("Give a number from 1 to 365.")},
        "same_day_needs_cut_off": {
            "cut_off": _("A same-day promise needs the time of day and the number 1.")
        },
        "cut_off_only_same_day": {"cut_off": _("Only a same-day promise has a time of day. Leave it empty.")},
    }
    for code in faults(Unit(row.unit), row.amount, row.cut_off):
        raise ValidationError(sentences[code])
    if row.valid_until is not None and row.valid_until < row.valid_from:
        raise ValidationError({"valid_until": _("The last day lies before the first.")})


def check_province_setting(row: ProvinceSetting) -> None:
    """A province or the nation; a key in plain letters; a source."""
    check_region("province", row.province, deepest=Level.PROVINCE)
    row.clean_fields()


def facts_of(point: ServicePoint) -> PointFacts:
    """What is said of a point, as the rules look at it."""
    return PointFacts(**{each.name: getattr(point, each.name) for each in fields(PointFacts)})


def check_point(point: ServicePoint, today: date) -> None:
    """Every fault of a service point at once, by field; its hours are brought into their canonical form.

    Raises ValidationError.
    """
    found: dict[str, list[str]] = {}
    for fault in faults_of(facts_of(point), today):
        found.setdefault(fault.field, []).append(_said(fault))
    if point.agency is not None and not point.agency.active:
        found.setdefault("agency", []).append(_("This office has ended its work."))
    if _key_is_taken(point):
        found.setdefault("reference", []).append(_("Another point has this key of the same source."))
    if found:
        raise ValidationError(found)
    point.hours = str(parse_hours(point.hours))


def check_exception(row: PointException, today: date) -> None:
    """The day is to come and its hours can be read; they are brought into their canonical form.

    Raises ValidationError: a day that is over, or far off, is a slip of the year and would change nothing unseen.
    """
    if not today <= row.day <= today + FARTHEST_DAY:
        raise ValidationError({"day": _("Choose a day from today on, at most two years ahead.")})
    try:
        hours = parse_hours(row.hours)
    except HoursFault as fault:
        raise ValidationError({"hours": _said(fault)}) from None
    if len(set(hours.days[:7])) > 1 or (hours.days[7] and hours.days[7] != hours.days[0]):
        raise ValidationError({"hours": _("Write the hours of this day only, such as 09:00-12:00.")})
    row.hours = str(Hours((*hours.days[:7], ()))).removeprefix("Mo-Su ").removesuffix("; PH off")
    row.clean_fields(exclude=["point"])


def _key_is_taken(point: ServicePoint) -> bool:
    if not point.reference:
        return False
    same = ServicePoint.objects.filter(source=point.source, reference=point.reference)
    return same.exclude(pk=point.pk).exists()


def _said(fault: HoursFault | FieldFault) -> str:
    return fault.zh if (get_language() or "zh").startswith("zh") else fault.en
