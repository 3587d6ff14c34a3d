"""Aid first, papers later (法律援助法 art. 44)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from nuanxin.law.basis import cite

DAYS = 7
BASIS = (cite("法律援助法", "44(1)"), cite("法律援助法", "44(2)"), cite("民法典", "1259"))

Ground = Literal["44(1)", "44(2)"]


def last_days(limitation_ends_on: date) -> tuple[date, date]:
    """First and last of the days on which fewer than seven are left; ``limitation_ends_on`` is the strict end."""
    return limitation_ends_on - timedelta(days=DAYS - 1), limitation_ends_on


def presses(limitation_ends_on: date | None, today: date) -> bool:
    """Whether fewer than seven days are left, the last one included (44(1)); what has run out presses no more."""
    if limitation_ends_on is None:
        return False
    first, last = last_days(limitation_ends_on)
    return first <= today <= last


def aid_first_allowed(
    *, limitation_ends_on: date | None, today: date, needs_preservation: bool
) -> Ground | None:
    """The ground on which aid may come before the papers, or None.

    44(1): fewer than seven days are left, so six qualify and exactly seven do not (民法典 art. 1259); the last
    day itself still qualifies, a limitation that has run out does not. 44(2): preservation or advance
    enforcement is needed at once. ``limitation_ends_on`` is the strict end, before any roll.
    """
    if presses(limitation_ends_on, today):
        return "44(1)"
    return "44(2)" if needs_preservation else None
