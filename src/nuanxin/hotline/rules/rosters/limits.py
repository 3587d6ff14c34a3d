"""What the law allows of a person on duty, from its dated values: ``law/parameters/data/duty_hours.toml``. Pure.

A centre with another approved system of hours (Labour Law art. 39) has rows of its own for its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from nuanxin.law.basis import in_english
from nuanxin.law.bilingual import Bilingual
from nuanxin.law.parameters import Row, find

DAY = 24 * 60
Span = tuple[int, int]  # minutes, the end not included
_TABLE = "duty_hours"
_KEYS = (
    "day", "week", "overtime_day", "overtime_month", "rest_between", "rest_day", "days_with_rest", "night_from",
    "night_until", "protected_pregnant_month", "protected_nursing_months",
)  # fmt: skip


class LimitsMissing(Exception):
    """Nobody entered these values for the day. ``keys``: which."""

    def __init__(self, keys: tuple[str, ...], day: date) -> None:
        super().__init__(f"{_TABLE} has no {', '.join(keys)} on {day}")
        self.keys, self.day = keys, day


@dataclass(frozen=True, slots=True)
class Limits:
    """Minutes and days that may not be passed.

    A statutory holiday (Labour Law art. 40) lowers the week by one day; work on it is paid apart (art. 44) and fills no
    week. ``days_with_rest``: one of so many days running is a day of rest, so that a month's edge hides nothing.
    ``rows``: what each rests on.
    """

    day: int
    week: int
    overtime_day: int
    overtime_month: int
    rest: int
    rest_day: int
    days_with_rest: int
    night: Span
    rows: Mapping[str, Row] = field(default_factory=dict, compare=False)

    def at_night(self, spans: tuple[Span, ...]) -> bool:
        """Whether any of these spans of a day touches the night, that of the day before included."""
        nights = (self.night, (self.night[0] - DAY, self.night[1] - DAY))
        return any(start < until and since < end for start, end in spans for since, until in nights)

    def source(self, *keys: str) -> Bilingual:
        """The articles that some of the limits rest on, in brackets; the platform's own rule is called so."""
        rows = [self.rows[key] for key in keys if key in self.rows]
        lawful = [row for row in rows if row.article]
        if not lawful:
            return Bilingual("（平台规则）", " (the platform's own rule)")
        cited: dict[str, list[str]] = {}
        for row in lawful:
            if row.article not in cited.setdefault(row.instrument, []):
                cited[row.instrument].append(row.article)
        zh = "、".join(
            f"《{name}》" + "、".join(f"第{one}条" for one in articles) for name, articles in cited.items()
        )
        en = "; ".join(f"{_english(name)} art. {', '.join(articles)}" for name, articles in cited.items())
        return Bilingual(f"（{zh}）", f" ({en})")


def _english(instrument: str) -> str:
    try:
        return in_english(instrument)
    except KeyError:  # an instrument of a deployment's own row
        return instrument


@lru_cache(maxsize=64)
def limits_on(day: date, place: str | None = None) -> Limits:
    """The limits that hold on a day at a place (six digits); :class:`LimitsMissing` names every value that is not there."""
    found = {key: find(_TABLE, place=place, on=day, key=key) for key in _KEYS}
    rows = {key: row for key, row in found.items() if row is not None}
    if missing := tuple(key for key in _KEYS if key not in rows):
        raise LimitsMissing(missing, day)
    value = {key: int(row.value) for key, row in rows.items()}
    return Limits(
        value["day"], value["week"], value["overtime_day"], value["overtime_month"], value["rest_between"],
        value["rest_day"], value["days_with_rest"], (value["night_from"], value["night_until"]), rows,
    )  # fmt: skip
