"""Writing the shipped regions into their table, for the first migration and for ``actions.load_regions``."""

from __future__ import annotations

from typing import Any

from nuanxin.network.rules.gazetteer import Place, gazetteer

_UPDATED = [
    "level", "parent", "name_zh", "name_en", "lon", "lat", "valid_from", "valid_until", "successor",
    "former_names", "statistical",
]  # fmt: skip


def write_regions(model: Any) -> int:
    """Insert or update every shipped region through ``model`` (also a migration's). Returns how many.

    Codes that an older edition had stay: rows of cases may point at them.
    """
    rows = [model(code=place.code, **_values(place)) for place in gazetteer()]
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=_UPDATED)
    return len(rows)


def _values(place: Place) -> dict[str, Any]:
    return {
        "level": int(place.level),
        "parent_id": place.parent,
        "name_zh": place.name_zh,
        "name_en": place.name_en,
        "lon": place.lon,
        "lat": place.lat,
        "valid_from": place.valid_from,
        "valid_until": place.valid_until,
        "successor_id": place.successor,
        "former_names": " ".join(place.former_zh),
        "statistical": place.statistical,
    }


NATIONAL_INTAKE = {
    "name_zh": "农民工欠薪求助全国受理台",
    "name_en": "National intake desk for unpaid wages",
    "region": 0,
    "kind": "national_intake",
    "phone": "12348",
    "opening_hours": "00:00-24:00",
}


def open_national_intake(model: Any) -> None:
    """Make sure that the desk of last resort exists, whatever else is on file."""
    model.objects.get_or_create(kind="national_intake", defaults=NATIONAL_INTAKE)
