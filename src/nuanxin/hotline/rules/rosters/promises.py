"""What the callers of a desk are promised, and within which bounds each figure may lie. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nuanxin.law.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Promise:
    """One figure: the least and the most it may be, and what it is."""

    least: int
    most: int
    name: Bilingual


PROMISES: dict[str, Promise] = {
    "at_least": Promise(0, 200, Bilingual("至少几人在岗", "people")),
    "in_time": Promise(1, 99, Bilingual("按时接通的比例（%）", "percent of callers answered in time")),
    "seconds": Promise(0, 3600, Bilingual("几秒内算按时", "what is in time")),
    "abandoned": Promise(1, 100, Bilingual("最多挂断的比例（%）", "percent of callers who hang up, at most")),
    "handling": Promise(
        1, 7200, Bilingual("一次接听连同记录的秒数", "mean seconds of a call with its record")
    ),
    "patience": Promise(
        0, 7200, Bilingual("来电人平均愿等的秒数", "mean seconds a caller waits; 0: nobody hangs up")
    ),
    "away": Promise(
        0, 90, Bilingual("工时中不在电话旁的比例（%）", "percent of paid time away from the telephone")
    ),
}


def beyond(told: Mapping[str, int]) -> list[str]:
    """The figures that lie outside their bounds, in their order."""
    return [
        name for name, one in PROMISES.items() if name in told and not one.least <= told[name] <= one.most
    ]
