"""What comes out of a search for a roster, and how far it is. Nothing here loads the solver."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from nuanxin.hotline.rules.rosters.month import Demand, Duty
from nuanxin.law.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Because:
    """The name of a rule: ``demand``, ``leave``, ``fixed``, ``rest``, ``rest_day``, ``overtime``, ``no_overtime``,
    ``week`` or ``no_nights``."""

    code: str
    person: str = ""
    day: date | None = None
    demand: Demand | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule of a contradiction. ``text``: the rule in words; ``demand`` where it is about a desk's hours."""

    code: str
    text: Bilingual
    person: str = ""
    day: date | None = None
    demand: Demand | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster that keeps every rule. ``proved``: no better one exists; ``cost`` 0 is the best that can be.

    ``night_spread`` and ``holiday_spread``: the most that one person has more than another, carried ones included.
    """

    duties: tuple[Duty, ...]
    proved: bool
    cost: int
    bound: float
    night_spread: int
    holiday_spread: int


@dataclass(frozen=True, slots=True)
class NoRoster:
    """There is none, or none was found with the effort given.

    ``proved``: it is certain that there is none, and ``reasons`` are rules that cannot stand together. Otherwise they are
    the hours that stay open in ``best``, the best roster found that keeps every other rule; with more effort there may
    be one without. ``stopped``: somebody ended the search; ``best`` is then as far as it came.
    """

    reasons: tuple[Reason, ...]
    proved: bool = True
    best: tuple[Duty, ...] = ()
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a search stands. ``stage``: ``weeks`` one by one, ``again`` each once more, ``month`` as a whole, ``why``
    there is none. ``cost``: of the best whole roster so far; ``bound``: what none can beat; ``best``: that roster, or
    the weeks found so far."""

    stage: str = "weeks"
    done: int = 0
    of: int = 1
    cost: int | None = None
    bound: float = 0.0
    best: Collection[Duty] = field(default=())
