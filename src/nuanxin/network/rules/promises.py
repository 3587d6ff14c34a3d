"""What the service promises where nobody has promised otherwise, and which promise of several holds. Pure.

These are promises of service, not periods of law: the law engine has those. A province, city or county may
set its own for its region; the nearest one that is in force on the day holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from nuanxin.network.rules.gazetteer import NATION, superiors


class UnknownPromise(KeyError):
    """No promise has that key."""


class Unit(StrEnum):
    """What an amount counts."""

    SAME_DAY = "same_day"  # the working day itself, until the cut-off; later arrivals: the next working day
    HOURS = "hours"  # round the clock
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise for one region and its time. ``cut_off`` is Shanghai time and belongs to ``same_day``."""

    key: str
    region: int
    unit: Unit
    amount: int
    cut_off: time | None = None
    valid_from: date | None = None
    valid_until: date | None = None  # the last day

    def holds(self, on: date) -> bool:
        """Whether the promise is in force on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_until is None or on <= self.valid_until
        )


@dataclass(frozen=True, slots=True)
class Kind:
    """A promise that the platform knows: its name and the national default."""

    key: str
    zh: str
    en: str
    unit: Unit
    amount: int
    cut_off: time | None = None

    @property
    def default(self) -> Promise:
        """The national promise where no row says otherwise."""
        return Promise(self.key, NATION, self.unit, self.amount, self.cut_off)


_KINDS = (
    Kind("same_day", "绿色通道当天审查", "Green lane: reviewed the same day", Unit.SAME_DAY, 1, time(17, 30)),
    Kind("call_back", "线索回电", "A report is called back", Unit.WORKING_HOURS, 2),
    Kind("answer", "咨询答复", "A question is answered", Unit.WORKING_HOURS, 5),
    Kind("supplement", "补充材料", "Missing papers are handed in", Unit.CALENDAR_DAYS, 15),
    Kind("transfer_answer", "接收转交", "The other agency accepts or declines", Unit.WORKING_DAYS, 2),
    Kind(
        "withdrawal_callback", "撤回前回访", "Another officer rings before withdrawal", Unit.WORKING_DAYS, 2
    ),
    Kind("watch_answer", "督办答复", "A case under watch is answered for", Unit.WORKING_DAYS, 3),
    Kind("offer_answer", "律师答复指派", "The lawyer answers an offer", Unit.WORKING_HOURS, 8),
    Kind("first_meeting", "约见受援人", "The lawyer meets the worker", Unit.WORKING_DAYS, 5),
    Kind("progress_report", "报告进展", "The lawyer tells the worker how it stands", Unit.CALENDAR_DAYS, 30),
    Kind("formalities", "补办手续", "Papers follow where aid came first", Unit.CALENDAR_DAYS, 30),
    Kind("payment_answer", "确认到账", "The worker confirms the money", Unit.CALENDAR_DAYS, 7),
    Kind("denial_answer", "查没收到的钱", "Money that did not come is looked into", Unit.WORKING_DAYS, 5),
    Kind("file_check", "案卷检查", "The closed file is checked", Unit.CALENDAR_DAYS, 30),
    Kind("subsidy", "发放补贴", "The lawyer's subsidy is paid", Unit.CALENDAR_DAYS, 30),
    Kind("follow_up", "结案回访", "The worker is called after closing", Unit.CALENDAR_DAYS, 30),
    Kind("next_contact", "下次联系", "The next contact with the worker", Unit.WORKING_DAYS, 5),
)
KINDS: Mapping[str, Kind] = {kind.key: kind for kind in _KINDS}


def faults(unit: Unit, amount: int, cut_off: time | None) -> list[str]:
    """Codes of what is wrong with a promise; empty when it can be kept and counted."""
    found = []
    if not 1 <= amount <= 365:
        found.append("amount_out_of_range")
    if unit is Unit.SAME_DAY and (cut_off is None or amount != 1):
        found.append("same_day_needs_cut_off")
    if unit is not Unit.SAME_DAY and cut_off is not None:
        found.append("cut_off_only_same_day")
    return found


def in_force(key: str, region: int, on: date, rows: Iterable[Promise]) -> Promise:
    """The promise that holds: the nearest region's, there the one that began last; else the national default.

    ``rows`` are the promises that were set for this key. Raises UnknownPromise.
    """
    if key not in KINDS:
        raise UnknownPromise(key)
    by_region: dict[int, list[Promise]] = {}
    for row in rows:
        if row.holds(on):
            by_region.setdefault(row.region, []).append(row)
    for code in (region, *superiors(region)):
        if code in by_region:
            return max(by_region[code], key=lambda p: p.valid_from or date.min)
    return KINDS[key].default
