"""Aid first, papers later (法律援助法 art. 44)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from nuanxin.law.basis import cite

DAYS = 7
BASIS = (cite("法律援助法", "44(1)"), cite("法律援助法", "44(2)"), cite("民法典", "1259"))

Ground = Literal["44(1)", "44(2)"]


def aid_first_allowed(
    *, limitation_ends_on: date | None, today: date, needs_preservation: bool
) -> Ground | None:
    """The ground on which aid may come before the papers, or None.

    44(1): fewer than seven days are left, so six qualify and exactly seven do not (民法典 art. 1259); the last
    day itself still qualifies, a limitation that has run out does not. 44(2): preservation or advance
    enforcement is needed at once. ``limitation_ends_on`` is the strict end, before any roll.
    """
    if limitation_ends_on is not None and 0 <= (limitation_ends_on - today).days < DAYS:
        return "44(1)"
    return "44(2)" if needs_preservation else None
