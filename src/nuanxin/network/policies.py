"""When a change of the network is allowed. Each check raises ValidationError with a sentence for each field."""

from __future__ import annotations

import math
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nuanxin.network.models import Agency, PointException, ProvinceSetting, ServicePoint, ServicePromise
from nuanxin.network.rules.coordinates import CoordinateFault, coordinate_fault
from nuanxin.network.rules.gazetteer import Level, UnknownPlace, gazetteer, superiors
from nuanxin.network.rules.hours import Hours, HoursFault, parse_hours
from nuanxin.network.rules.points import LANGUAGES, SERVICES
from nuanxin.network.rules.promises import Unit, faults
from nuanxin.network.rules.townships import townships


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


def check_point(point: ServicePoint) -> None:
    """Every fault of a service point at once, by field; its hours are brought into their canonical form.

    Raises ValidationError.
    """
    found: dict[str, list[str]] = {}
    for check in (_point_place, _point_offers, _point_hours, _point_position):
        for field, sentence in check(point):
            found.setdefault(field, []).append(sentence)
    try:
        point.full_clean(exclude=["version", *found], validate_constraints=False)
    except ValidationError as fault:
        for field, sentences in fault.message_dict.items():
            found.setdefault(field, []).extend(sentences)
    if found:
        raise ValidationError(found)


def check_exception(row: PointException) -> None:
    """The hours of one day can be read; they are brought into their canonical form. Raises ValidationError."""
    try:
        hours = parse_hours(row.hours)
    except HoursFault as fault:
        raise ValidationError({"hours": _said(fault)}) from None
    if len(set(hours.days[:7])) > 1 or (hours.days[7] and hours.days[7] != hours.days[0]):
        raise ValidationError({"hours": _("Write the hours of this day only, such as 09:00-12:00.")})
    row.hours = str(Hours((*hours.days[:7], ()))).removeprefix("Mo-Su ").removesuffix("; PH off")
    row.clean_fields(exclude=["point"])


Faults = Iterator[tuple[str, str]]


def _said(fault: HoursFault | CoordinateFault) -> str:
    return fault.zh if (get_language() or "zh").startswith("zh") else fault.en


def _point_place(point: ServicePoint) -> Faults:
    code = point.place or 0
    known = code in townships() or (code in gazetteer().places and gazetteer().place(code).current)
    if not known or code == 0:
        yield "place", _("There is no region with this code now. Choose a county, or a township in it.")


def _point_offers(point: ServicePoint) -> Faults:
    if point.services < 0 or point.services >> len(SERVICES):
        yield "services", _("There is no such service.")
    if point.languages < 0 or point.languages >> len(LANGUAGES):
        yield "languages", _("There is no such language.")


def _point_hours(point: ServicePoint) -> Faults:
    try:
        point.hours = str(parse_hours(point.hours))
    except HoursFault as fault:
        yield "hours", _said(fault)


def _point_position(point: ServicePoint) -> Faults:
    if point.lon is None or point.lat is None or not (math.isfinite(point.lon) and math.isfinite(point.lat)):
        yield "lon", _("Give longitude and latitude in degrees, such as 113.2945 and 23.1012.")
        return
    fault = coordinate_fault(point.lon, point.lat)
    if fault is not None:
        yield fault.field, _said(fault)
