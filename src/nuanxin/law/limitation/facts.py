"""What a limitation question knows, and what an answer says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from nuanxin.law.basis import Basis
from nuanxin.law.bilingual import Bilingual

Claim = Literal[
    "wages", "double_wage", "severance", "annual_leave", "service_pay", "iou", "inspection_complaint"
]
EventKind = Literal["demand", "complaint", "promise", "agreement", "mediation", "suit"]
Effect = Literal["starts", "restarts", "suspended", "no_effect", "too_late"]
Status = Literal["open", "expired", "not_running"]
Pleaded = Literal["arbitration", "first_in_court", "never"]

EVENT_KINDS: frozenset[str] = frozenset({"demand", "complaint", "promise", "agreement", "mediation", "suit"})
CONSENT: frozenset[str] = frozenset({"promise", "agreement"})


@dataclass(frozen=True, slots=True)
class Event:
    """Something that may start the period anew."""

    kind: EventKind
    on: date


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A time in which the worker could not claim; first and last day both blocked."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a limitation question may tell; None where nobody has said."""

    claim: Claim
    as_of: date
    still_employed: bool | None = None
    relation_ended_on: date | None = None
    knew_on: date | None = None
    due_on: date | None = None
    instalments: tuple[date, ...] = ()
    demanded_on: date | None = None
    grace_until: date | None = None
    breach_ended_on: date | None = None
    filed_on: date | None = None
    pleaded: Pleaded | None = None
    events: tuple[Event, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Regime:
    """How one kind of limitation runs.

    ``restarts``: events that start it anew. ``suspension``: an obstacle counts at ``any_time``, only in the
    ``last_six_months``, or never. ``long_stop``: years from the harm after which nothing helps.
    ``court_plea``: whether pleading it first in court is in time.
    """

    years: int
    restarts: frozenset[str]
    suspension: Literal["any_time", "last_six_months", "none"]
    long_stop: int | None
    court_plea: bool
    name: Bilingual


@dataclass(frozen=True, slots=True)
class Start:
    """The day the period starts from (not counted), when the harm was done, and why."""

    on: date
    harm_on: date
    basis: tuple[Basis, ...]
    why: Bilingual


@dataclass(frozen=True, slots=True)
class NotRunning:
    """The period has not begun, and why."""

    basis: tuple[Basis, ...]
    why: Bilingual


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact without which nothing can be said: JSON pointer and why it is needed."""

    path: str
    why: Bilingual


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the trail: what happened, what it did, and the strict end after it (None before a start)."""

    on: date
    effect: Effect
    ends: date | None


@dataclass(frozen=True, slots=True)
class Limitation:
    """The answer. ``strict``: before any roll; ``rolled``: None where that year is not published.

    ``days_left`` counts from ``as_of`` to ``strict``, negative once past. ``in_time`` and ``pleadable`` are
    None where the facts say nothing of a filing or a plea. ``claimable_from``: for double wage counted back
    day by day, the first day that a filing on ``as_of`` (or ``filed_on``) still reaches. ``literal``: where
    ``strict`` is a weekend day worked in exchange, the day it moves to if every weekend moved.
    """

    status: Status
    strict: date | None
    rolled: date | None
    days_left: int | None
    trail: tuple[Step, ...]
    basis: tuple[Basis, ...]
    explanation: Bilingual
    in_time: bool | None = None
    pleadable: bool | None = None
    missing_year: int | None = None
    claimable_from: date | None = None
    literal: date | None = None
