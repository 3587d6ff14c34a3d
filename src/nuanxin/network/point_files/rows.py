"""Rows of a file matched with the points on file and checked, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from nuanxin.audit.actor import Actor
from nuanxin.network.models import Agency, ServicePoint
from nuanxin.network.permissions import may_keep_points
from nuanxin.network.point_files.neutral import plain
from nuanxin.network.point_files.sources import RawRow
from nuanxin.network.rules.coordinates import System, to_wgs84
from nuanxin.network.rules.hours import parse_hours
from nuanxin.network.rules.point_columns import NEEDED, ReadRow, read_cells
from nuanxin.network.rules.point_facts import FieldFault, PointFacts, faults_of
from nuanxin.network.rules.points import LANGUAGES

_FACTS = tuple(each.name for each in fields(PointFacts))
_MANDARIN = 1 << LANGUAGES["zh"].bit
_APART = 1e-7  # degrees: a centimetre, which the way from one system to another may lose


@dataclass(frozen=True, slots=True)
class Checked:
    """A row with what is wrong with it, or with what it brings. ``fate``: created, changed or unchanged."""

    number: int
    cells: Mapping[str, str]
    faults: list[FieldFault]
    point: int | None
    values: dict[str, Any]
    fate: str

    def staged(self) -> dict[str, Any]:
        """As a line of the staged rows."""
        values = {name: v.isoformat() if isinstance(v, date) else v for name, v in self.values.items()}
        return {"row": self.number, "point": self.point, "values": values}


class Checker:
    """Checks rows for one actor, and remembers which keys a file has brought."""

    def __init__(self, by: Actor, today: date, source: str) -> None:
        self._by, self._today, self._source = by, today, source
        self._agencies = set(Agency.objects.filter(active=True).values_list("id", flat=True))
        self._seen: set[int] = set()  # hashes: 64 bits each, so that two million rows take little

    def saw(self, row: RawRow) -> None:
        """Remember the keys of a row that an earlier run has checked."""
        values = read_cells(_plain(row.cells)).values
        self._seen.update(self._keys(values))

    def check(self, batch: list[RawRow], system: System) -> Iterable[Checked]:
        """Each row of a batch in order: two or three queries for all of them."""
        read = [read_cells(_plain(row.cells)) for row in batch]
        by_id, by_reference = self._known(read)
        for row, told in zip(batch, read, strict=True):
            point = by_id.get(told.values.get("id", 0))
            if point is None and told.values.get("reference"):
                point = by_reference.get((self._of(told), told.values["reference"]))
            yield self._checked(row, told, point, system)

    def _known(
        self, read: list[ReadRow]
    ) -> tuple[dict[int, ServicePoint], dict[tuple[str, str], ServicePoint]]:
        ids = [told.values["id"] for told in read if "id" in told.values]
        wanted: dict[str, list[str]] = {}
        for told in read:
            if told.values.get("reference"):
                wanted.setdefault(self._of(told), []).append(told.values["reference"])
        by_reference = {
            (point.source, point.reference): point
            for source, references in wanted.items()
            for point in ServicePoint.objects.filter(source=source, reference__in=references)
        }
        return (ServicePoint.objects.in_bulk(ids) if ids else {}), by_reference

    def _of(self, told: ReadRow) -> str:
        return str(told.values.get("source") or self._source)

    def _keys(self, values: dict[str, Any]) -> list[int]:
        keys = []
        if "id" in values:
            keys.append(hash(("id", values["id"])))
        if values.get("reference"):
            keys.append(hash((values.get("source") or self._source, values["reference"])))
        return keys

    def _checked(self, row: RawRow, told: ReadRow, point: ServicePoint | None, system: System) -> Checked:
        values = dict(told.values)
        faults = [*told.faults, *_formulas(row), *self._key_faults(values, point)]
        wanted = values.pop("id", None)
        told_system = values.pop("coordinates", system)
        if values.get("reference") and not values.get("source") and self._source:
            values["source"] = self._source
        if point is None:
            values.setdefault("languages", _MANDARIN)
            faults += _missing(values, faults)
        else:
            values.pop("invented", None)  # what a point is, it stays
        faults += _position(values, told_system, faults)
        if point is not None or wanted is None:
            faults += self._facts_faults(values, point, {fault.field for fault in faults})
        fate = _settle(values, point) if not faults else ""
        return Checked(row.number, row.cells, faults, point.pk if point else None, values, fate)

    def _key_faults(self, values: dict[str, Any], point: ServicePoint | None) -> Iterable[FieldFault]:
        if "id" in values and (point is None or point.pk != values["id"]):
            yield FieldFault(
                "id",
                "unknown_point",
                "没有这个编号的网点。新网点请留空。",
                "There is no point with this number. Leave it empty for a new one.",
            )
        keys = self._keys(values)
        if not self._seen.isdisjoint(keys):
            yield FieldFault(
                "id" if "id" in values else "reference",
                "twice",
                "这个编号在文件中出现了不止一次。",
                "This key stands more than once in the file.",
            )
        self._seen.update(keys)

    def _facts_faults(
        self, values: dict[str, Any], point: ServicePoint | None, known: set[str]
    ) -> Iterable[FieldFault]:
        base = PointFacts(**{name: getattr(point, name) for name in _FACTS}) if point else PointFacts()
        facts = replace(base, **{name: value for name, value in values.items() if name in _FACTS})
        found = [fault for fault in faults_of(facts, self._today) if fault.field not in known]
        if known & {"lon", "lat"}:  # the pair is one thing
            found = [fault for fault in found if fault.field not in ("lon", "lat")]
        yield from found
        if "agency" in values and values["agency"] not in self._agencies:
            yield FieldFault(
                "agency", "unknown", "没有这个编号的机构。", "There is no office with this number."
            )
        places = {facts.place} | ({point.place} if point else set())
        if "place" not in known | {fault.field for fault in found} and not all(
            may_keep_points(self._by, place) for place in places
        ):
            yield FieldFault(
                "place", "not_yours", "这个地区不在您的管辖范围内。", "This region is outside your own."
            )


def _plain(cells: Mapping[str, str]) -> dict[str, str]:
    return {column: plain(text) for column, text in cells.items()}


def _formulas(row: RawRow) -> list[FieldFault]:
    return [
        FieldFault(
            column,
            "formula",
            "单元格是公式，没有固定的值。请粘贴为数值。",
            "This cell is a formula. Paste its value instead.",
        )
        for column in row.formulas
    ]


def _position(values: dict[str, Any], system: System, faults: list[FieldFault]) -> list[FieldFault]:
    """Bring a position into WGS-84. One that lacks its other half is a fault, unless that one is known already."""
    if "lon" in values and "lat" in values:
        values["lon"], values["lat"] = to_wgs84(values["lon"], values["lat"], system)
    elif ("lon" in values) != ("lat" in values) and not {fault.field for fault in faults} & {"lon", "lat"}:
        field = "lat" if "lon" in values else "lon"
        return [FieldFault(field, "missing", "请同时填写经度和纬度。", "Give both longitude and latitude.")]
    return []


def _missing(values: dict[str, Any], faults: list[FieldFault]) -> list[FieldFault]:
    unread = {fault.field for fault in faults}
    return [
        FieldFault(column, "missing", "此项必填。", "This is needed.")
        for column in NEEDED
        if column not in values and column not in unread
    ]


def _settle(values: dict[str, Any], point: ServicePoint | None) -> str:
    """Bring values into the form in which they are kept, and say what they will do."""
    if values.get("hours"):
        values["hours"] = str(parse_hours(values["hours"]))
    if "agency" in values:
        values["agency_id"] = values.pop("agency")
    if point is None:
        return "created"
    if (
        "lon" in values
        and abs(values["lon"] - point.lon) < _APART
        and abs(values["lat"] - point.lat) < _APART
    ):
        del values["lon"], values["lat"]
    for name in [name for name, value in values.items() if getattr(point, name) == value]:
        del values[name]
    return "changed" if values else "unchanged"
