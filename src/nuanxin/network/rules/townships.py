"""Townships and subdistricts (乡镇街道): the level below the counties, of one edition. Pure.

A township's code is nine digits times 1000, so that a county's range of codes contains it. The table is read
when it is first asked for, and kept as lines of text: 41,000 objects would cost more memory than they give.
Sources and licences: docs/data-sources.md.
"""

from __future__ import annotations

import gzip
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import accumulate

from nuanxin.network.rules.gazetteer import UNIT, Gazetteer, Level, Place, UnknownPlace, gazetteer, superiors

EDITION = 2023  # the year of the table; unlike counties, townships have no versions by year
STEP = 1000  # nine digits times this is a stored code

# The common kinds. A line of the table tells short and English names only where this rule does not give them.
COMMON = {"街道": "Subdistrict", "镇": "Town", "乡": "Township"}


def is_township(code: int) -> bool:
    """Whether a stored code has township digits. It may still be unknown."""
    return code % UNIT != 0


def nine_digits(code: int) -> str:
    """The code as the statistical table writes it: 140581101000 → "140581101"."""
    return f"{code // STEP:09d}"


def by_rule(name: str, pinyin: str) -> tuple[str, str]:
    """(short name, English name) of a name of a common kind; ("", "") for any other.

    ``pinyin`` is the reading of the short name, syllables apart: 米山镇, "mi shan" → 米山, Mishan Town.
    """
    for kind, english in COMMON.items():
        if name.endswith(kind) and len(name) - len(kind) > 1:
            return name[: -len(kind)], f"{joined(pinyin)} {english}"
    return "", ""


def joined(syllables: str) -> str:
    """'gao ping' → 'Gaoping'; an apostrophe where a later syllable begins with a vowel: Xi'an."""
    first, *rest = syllables.replace("v", "ü").split(" ")
    return (first + "".join("'" + s if s[:1] in "aeo" else s for s in rest)).capitalize()


class Names:
    """One way to write the names of all townships, joined by line ends so that a search runs in C."""

    def __init__(self, names: Sequence[str]) -> None:
        self._text = "\n" + "\n".join(names) + "\n"
        self._starts = list(accumulate((len(name) + 1 for name in names), initial=1))

    def find(self, sought: str, low: int, high: int, limit: int) -> list[int]:
        """The rows from ``low`` to before ``high`` that hold ``sought``, in order, at most ``limit``.

        A line end in front of ``sought`` asks for names that begin so, one behind it for names that end so.
        """
        found: list[int] = []
        at, end = self._starts[low] - 1, self._starts[high]
        while len(found) < limit:
            at = self._text.find(sought, at, end)
            if at < 0:
                break
            row = bisect_right(self._starts, at + sought.startswith("\n")) - 1
            found.append(row)
            at = self._starts[row + 1] - 1
        return found


class Townships:
    """The townships of the edition by row, in the order of their codes."""

    def __init__(self, lines: list[str], counties: Gazetteer) -> None:
        self._lines = lines
        self._counties = counties
        self.codes = [int(line[:9]) * STEP for line in lines]

    def __len__(self) -> int:
        return len(self.codes)

    def __contains__(self, code: int) -> bool:
        return self._row(code) is not None

    def _row(self, code: int) -> int | None:
        row = bisect_left(self.codes, code)
        return row if row < len(self.codes) and self.codes[row] == code else None

    def place(self, code: int) -> Place:
        """The township of a stored code. Raises UnknownPlace."""
        row = self._row(code)
        if row is None:
            raise UnknownPlace(f"{code} is not a township code")
        return self.at(row)

    def at(self, row: int) -> Place:
        """The township of a row."""
        code = self.codes[row]
        _, zh, pinyin, short, en, lon, lat = self._lines[row].split("\t")
        ruled = by_rule(zh, pinyin)
        return Place(
            code=code,
            level=Level.TOWNSHIP,
            parent=next(c for c in superiors(code) if c in self._counties.places),
            name_zh=zh,
            name_en=en or ruled[1],
            short_zh=short or ruled[0],
            pinyin=pinyin,
            valid_from=None,
            valid_until=None,
            successor=None,
            lon=float(lon) if lon else None,
            lat=float(lat) if lat else None,
            former_zh=(),
            statistical=False,
        )

    def rows(self, low: int, high: int) -> tuple[int, int]:
        """First row, and the row behind the last, of an inclusive range of codes."""
        return bisect_left(self.codes, low), bisect_right(self.codes, high)

    def within(self, code: int) -> list[Place]:
        """The townships of a county, or of any region, in the order of their codes."""
        size = next((s for s in (10**10, 10**8, UNIT) if code % s == 0), STEP)
        return [self.at(row) for row in range(*self.rows(code, code + size - 1))]

    def full_name(self, code: int, lang: str) -> str:
        """The name with those above it: 山西省晋城市高平市米山镇; Mishan Town, Gaoping, Jincheng, Shanxi.

        Raises UnknownPlace.
        """
        place = self.place(code)
        above = self._counties.full_name(place.parent or 0, lang)
        return f"{place.name_en}, {above}" if lang == "en" else above + place.name_zh

    def in_force(self, code: int) -> int:
        """The code itself; where its county was abolished since the edition, what took the county over.

        Raises UnknownPlace.
        """
        county = self.place(code).parent or 0
        now = self._counties.in_force(county)
        return code if now == county else now

    @cached_property
    def chinese(self) -> tuple[Names, ...]:
        """Full and short Chinese names."""
        places = [line.split("\t", 4)[:4] for line in self._lines]
        return (
            Names([zh for _, zh, _, _ in places]),
            Names([short or by_rule(zh, pinyin)[0] for _, zh, pinyin, short in places]),
        )

    @cached_property
    def latin(self) -> tuple[Names, ...]:
        """Readings of the short names, ü as v and as u, and English names: lower case, nothing between."""
        readings, english = [], []
        for line in self._lines:
            _, zh, pinyin, _, en, _ = line.split("\t", 5)
            readings.append(pinyin.replace(" ", ""))
            plain = (en or by_rule(zh, pinyin)[1]).lower().replace("ü", "v")
            english.append("".join(sign for sign in plain if sign.isalnum()))
        return Names(readings), Names([reading.replace("v", "u") for reading in readings]), Names(english)


@lru_cache(maxsize=1)
def townships() -> Townships:
    """The shipped townships, read once in a process when they are first asked for."""
    packed = files("nuanxin.network").joinpath("data/townships.tsv.gz").read_bytes()
    return Townships(gzip.decompress(packed).decode().splitlines(), gazetteer())
