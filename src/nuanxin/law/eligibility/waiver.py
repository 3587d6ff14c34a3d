"""For which items the means check is waived, and the lane that follows (法律援助法 art. 42(3))."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

Lane = Literal["green", "ordinary", "mixed"]

# Pay and work-accident damages only. Overtime and the minimum-wage top-up are pay; severance, double wage,
# leave penalties and social insurance are not plainly covered.
GREEN_ITEMS = frozenset({"wages", "overtime", "minimum_wage", "work_injury"})


def is_waived(item: str) -> bool:
    """Whether the means check is waived for this item of a worker from the country."""
    return item in GREEN_ITEMS


def lane(items: Iterable[str]) -> Lane:
    """``green``: only waived items; ``ordinary``: none; ``mixed``: both. No items at all are ordinary."""
    kinds = {item in GREEN_ITEMS for item in items}
    if kinds == {True}:
        return "green"
    return "mixed" if True in kinds else "ordinary"
