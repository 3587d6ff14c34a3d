"""Regions as ranges: who may see what is one comparison on an indexed column.

A region is a 12-digit integer: the GB/T 2260 county code followed by three digits of township and three of
village. The zeros at its end say how wide it is. No Django here: the law of scopes is plain arithmetic.
"""

from __future__ import annotations

from enum import StrEnum

from nuanxin.audit.actor import NATION as NATION_RANGE
from nuanxin.audit.actor import NOWHERE

NATION = 0  # the code of the whole country
HIGHEST = NATION_RANGE[1]

# Width of each level in the 12-digit code, widest first.
_WIDTHS = (10**10, 10**8, 10**6, 10**3, 1)


class Level(StrEnum):
    """How wide a region is."""

    NATION = "nation"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"
    VILLAGE = "village"


_LEVELS = (Level.PROVINCE, Level.CITY, Level.COUNTY, Level.TOWN, Level.VILLAGE)


class NotARegion(ValueError):
    """A number that cannot be a 12-digit region code."""


def _width(code: int) -> int:
    if not 0 <= code <= HIGHEST or 0 < code < 10**10:
        raise NotARegion(f"{code} is not a 12-digit region code, nor 0 for the nation")
    return next(width for width in _WIDTHS if code % width == 0)


def level_of(code: int) -> Level:
    """The level of a region; 0 is the nation. Raises NotARegion."""
    if code == NATION:
        return Level.NATION
    return _LEVELS[_WIDTHS.index(_width(code))]


def region_range(code: int) -> tuple[int, int]:
    """The inclusive range of codes that lie in a region; 0 is the nation. Raises NotARegion.

    140500000000 (a city) gives (140500000000, 140599999999).
    """
    if code == NATION:
        return NATION_RANGE
    return (code, code + _width(code) - 1)


def contains(outer: int, inner: int) -> bool:
    """Whether region ``inner`` lies in region ``outer`` (a region lies in itself). Raises NotARegion."""
    low, high = region_range(outer)
    inner_low, inner_high = region_range(inner)
    return low <= inner_low and inner_high <= high


def intersection(codes: frozenset[int]) -> tuple[int, int]:
    """The range that all regions share; NOWHERE when they share none or when there is no region.

    Used where one person holds several roles: never wider than any of them.
    """
    if not codes:
        return NOWHERE
    ranges = [region_range(code) for code in codes]
    low, high = max(r[0] for r in ranges), min(r[1] for r in ranges)
    return (low, high) if low <= high else NOWHERE
