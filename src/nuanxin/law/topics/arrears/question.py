"""What may be asked about unpaid work, and which facts contradict each other."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from nuanxin.law.question import (
    Faults,
    Shape,
    Values,
    choice,
    day,
    in_order,
    listing,
    money,
    number,
    whole,
)
from nuanxin.law.wages.arrears import DAY_HOURS, TIER_READINGS, calendar_days

_MOST_DAYS, _MOST_HOURS, _MOST_UNITS = 40_000, 1_000_000, 10**9
_MOST_TIERS, _MOST_PAYMENTS = 100, 10_000

_up_to = whole(1, _MOST_UNITS)


def up_to(value: Any, path: str, faults: Faults) -> Any:
    """The last piece of a tier, or null for no end."""
    return None if value is None else _up_to(value, path, faults)


SHAPE = Shape(
    {
        "pay": Shape(
            {"basis": choice("month", "day", "hour", "piece", "sum")},
            {
                "amount": money,
                "tiers": listing(Shape({"up_to": up_to, "price": money}), _MOST_TIERS, least=1),
                "tier_reading": choice(*TIER_READINGS),
            },
        )
    },
    {
        "from": day,
        "to": day,
        "days": number(0, _MOST_DAYS),
        "hours": number(0, _MOST_HOURS),
        "units": number(0, _MOST_UNITS),
        "paid": listing(money, _MOST_PAYMENTS),
    },
)


def check(values: Values, faults: Faults) -> None:
    """Days in order, no more days and hours than there were, tiers that rise and belong to piece work."""
    in_order(values, "from", "to", faults)
    _check_time(values, faults)
    pay = values.get("pay", {})
    tiers = pay.get("tiers")
    if tiers is None:
        return
    if pay.get("basis", "piece") != "piece":
        faults.add("/pay/tiers", "conflict", "只有计件才有分档单价", "only piece work has tiers")
    elif "amount" in pay:
        faults.add(
            "/pay/tiers", "conflict", "单价和分档单价只填一样", "give one price or the tiers, not both"
        )
    _check_rising(tiers, faults)


def _check_time(values: Values, faults: Faults) -> None:
    first, last = values.get("from"), values.get("to")
    days, hours = values.get("days"), values.get("hours")
    span = None if first is None or last is None or last < first else calendar_days(first, last)
    if span is not None and days is not None and days > span:
        faults.add(
            "/days",
            "conflict",
            f"这段时间只有{span}天",
            f"there are only {span} days in that time",
        )
    most = [count for count in (span, days) if count is not None]
    if hours is not None and most and hours > DAY_HOURS * min(most):
        faults.add(
            "/hours",
            "conflict",
            f"一天没有超过{DAY_HOURS}小时的，请检查天数和小时数",
            f"a day has {DAY_HOURS} hours; check days and hours",
        )


def _check_rising(tiers: list[Values], faults: Faults) -> None:
    """Each tier ends above the one before it; only the last may have no end."""
    for place, (tier, following) in enumerate(pairwise(tiers), start=1):
        end, next_end = tier["up_to"], following["up_to"]
        if end is None:
            faults.add(
                f"/pay/tiers/{place - 1}/up_to",
                "out_of_order",
                "只有最后一档可以没有上限",
                "only the last tier may have no end",
            )
        elif next_end is not None and next_end <= end:
            faults.add(
                f"/pay/tiers/{place}/up_to",
                "out_of_order",
                "每一档的上限要比前一档高",
                "each tier ends above the one before it",
            )
