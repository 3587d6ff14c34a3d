"""Region codes of GB/T 2260: six digits for province, prefecture and county; abolished ones stay known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nuanxin.law.identity.checked import Checked, compact, invalid

_FILE = Path(__file__).parent / "data" / "regions.tsv"
_LENGTH, _STATISTICS_LENGTH = 6, 12
_PROVINCES = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82"
)
PROVINCES = frozenset(_PROVINCES.split())


@dataclass(frozen=True, slots=True)
class Region:
    """Years in which a code was used (0: not known) and the code that took its place, if any."""

    since: int
    until: int
    successor: str


@cache
def regions() -> dict[str, Region]:
    """Every code in the table."""
    found = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        code, since, until, successor = [*line.split("\t"), "", "", ""][:4]
        found[code] = Region(int(since or 0), int(until or 0), successor)
    return found


def is_known_province(code: str) -> bool:
    """Whether the first two digits are a province."""
    return code[:2] in PROVINCES


def is_known_region(code: str) -> bool:
    """Whether the six digits are, or were, the code of a region."""
    return code in regions()


def successor(code: str) -> str | None:
    """The code that stands today in the place of an abolished one; None where the table does not say."""
    known, seen = regions(), {code}
    while (region := known.get(code)) is not None and region.until:
        code = region.successor
        if not code or code in seen:
            return None
        seen.add(code)
    return code if region is not None else None


def normalise_region(value: str) -> str:
    """Six digits; the statistics code of twelve loses its last six. Says nothing about validity."""
    code = compact(value)
    return code[:_LENGTH] if len(code) == _STATISTICS_LENGTH else code


def check_region(value: str) -> Checked:
    """Whether ``value`` is a region code. Warnings: ``abolished`` and ``shortened`` (a statistics code)."""
    code = normalise_region(value)
    if not (len(code) == _LENGTH and code.isascii() and code.isdigit()):
        return invalid("wrong_length" if code.isdigit() else "wrong_characters")
    region = regions().get(code)
    if region is None:
        return invalid("unknown_region")
    warnings = ["abolished"] if region.until else []
    if len(compact(value)) == _STATISTICS_LENGTH:
        warnings.append("shortened")
    return Checked(True, code, tuple(warnings))
