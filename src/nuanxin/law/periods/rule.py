"""What a statutory period is, and what counting one gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from nuanxin.law.basis import Basis
from nuanxin.law.bilingual import Bilingual

Unit = Literal["calendar", "working", "month", "year"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One statutory period. ``since``: first day on which it was in force in this form.

    ``name``: what has to be done within it, as it stands in a sentence.
    """

    key: str
    count: int
    unit: Unit
    since: date
    basis: tuple[Basis, ...]
    name: Bilingual


@dataclass(frozen=True, slots=True)
class Due:
    """When a period ends.

    ``strict``: before any roll; ``rolled``: past the days off on which it ends, None where that year's
    holidays are not published; ``act_by``: the day to act by, which is the earliest of these and, where a
    province has a rule of its own, of the national rule. ``missing_year``: the year that was not published.
    ``literal``: where the end falls on a worked weekend, the day it moves to if every weekend moved.
    ``provisional``: counted partly in calendar days, so never later than the true day.
    """

    rule: str
    strict: date
    rolled: date | None
    act_by: date
    provisional: bool
    day_kind: Unit
    basis: tuple[Basis, ...]
    explanation: Bilingual
    missing_year: int | None = None
    national_act_by: date | None = None
    before_in_force: bool = False
    literal: date | None = None
