"""Waits and limits of the hotline that a region may set for itself, and which of several holds. Pure.

They are promises and habits of the service, not periods of law. Of the rows in force on a day the nearest region's
holds, there the one that began last; without one, the platform's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from nuanxin.hotline.rules.callbacks import OFFER_FROM
from nuanxin.hotline.rules.calls import State
from nuanxin.hotline.rules.routing import MENU_TRIES, ROUTES
from nuanxin.network.rules.gazetteer import NATION, superiors


class UnknownSetting(KeyError):
    """No setting has that key."""


class Unit(StrEnum):
    """What a value counts."""

    SECONDS = "seconds"
    MINUTES = "minutes"
    TIMES = "times"


@dataclass(frozen=True, slots=True)
class Kind:
    """A setting that the platform knows: its name, what it counts, its value where nobody says otherwise, and
    between which values it may be set."""

    key: str
    zh: str
    en: str
    unit: Unit
    usual: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Setting:
    """One value for one region and its time."""

    key: str
    region: int
    value: int
    valid_from: date
    valid_until: date | None = None  # the last day

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


def _patience(way: str) -> int:
    """The seconds of a way in the routing table."""
    found = next(row.patience for row in ROUTES if row.name == way)
    assert found is not None
    return int(found.total_seconds())


_S, _M = Unit.SECONDS, Unit.MINUTES
# What they are for; the texts are those of the register page.
_KINDS = (
    Kind("patience_case_owner", "等承办人的时间", "Wait for whoever has the case", _S, _patience("case_owner"), 0, 600),
    Kind("patience_special", "等农民工专席的时间", "Wait for the migrant workers' desk", _S, _patience("special"), 10, 1800),
    Kind("patience_general", "等综合席位的时间", "Wait for the general desk, in all", _S, _patience("general"), 10, 1800),
    Kind("patience_elsewhere", "最长等待，之后请留言回电",
         "Longest wait; then a message and a call-back", _S, _patience("elsewhere"), 30, 3600),
    Kind("ring", "一个人的电话响多久", "How long one person's telephone rings", _S, 20, 5, 120),
    Kind("menu_tries", "语音菜单重问几次", "How often the menu asks", Unit.TIMES, MENU_TRIES, 1, 5),
    Kind("offer_call_back", "预计再等多久就提出回电",
         "Expected wait from which a call-back is offered", _S, int(OFFER_FROM.total_seconds()), 30, 1800),
    Kind("silent_on_call", "通话没有消息多久算结束", "A call with no word is over after", _M, 240, 30, 1440),
    Kind("silent_wrap_up", "记录没有写完多久自动结束", "A record left open is closed after", _M, 60, 10, 1440),
    Kind("silent_else", "其他状态没有消息多久算结束", "Any other silence ends a call after", _M, 60, 10, 1440),
    Kind("alarm_wait", "等待超过多久就报警", "A wait that raises the alarm", _S, 180, 10, 1800),
    Kind("answer_within", "接听快慢的标准", "Answered in time: within", _S, 30, 5, 600),
    Kind("short_abandon", "多快挂断不算放弃", "Hung up so fast counts as no abandoned call", _S, 5, 0, 60),
)  # fmt: skip
KINDS: Mapping[str, Kind] = {kind.key: kind for kind in _KINDS}
USUAL: Mapping[str, int] = {kind.key: kind.usual for kind in _KINDS}
_SILENCES = {State.ON_CALL: "silent_on_call", State.WRAP_UP: "silent_wrap_up"}


def faults(key: str, value: int) -> list[str]:
    """Codes of what is wrong with a value; empty when it may be set. Raises UnknownSetting."""
    if key not in KINDS:
        raise UnknownSetting(key)
    kind = KINDS[key]
    return [] if kind.least <= value <= kind.most else ["out_of_range"]


def in_force(region: int, on: date, rows: Iterable[Setting]) -> dict[str, int]:
    """Every setting's value for a region on a day, in its unit. Rows of unknown keys are passed over."""
    by_place: dict[tuple[str, int], Setting] = {}
    for row in rows:
        if not row.holds(on):
            continue
        known = by_place.get((row.key, row.region))
        if known is None or known.valid_from < row.valid_from:
            by_place[row.key, row.region] = row
    places = _upwards(region)
    return {
        key: next((by_place[key, place].value for place in places if (key, place) in by_place), kind.usual)
        for key, kind in KINDS.items()
    }


def _upwards(region: int) -> tuple[int, ...]:
    return (region, *superiors(region)) if region else (NATION,)


def patience(values: Mapping[str, int]) -> dict[str, timedelta]:
    """The waits by the names of the routing table's ways, for ``routing.route``."""
    return {
        row.name: timedelta(seconds=values[f"patience_{row.name}"])
        for row in ROUTES
        if f"patience_{row.name}" in values
    }


def silence(state: State, values: Mapping[str, int]) -> timedelta:
    """After how long without a word a live call in a state is over."""
    return timedelta(minutes=values[_SILENCES.get(state, "silent_else")])
