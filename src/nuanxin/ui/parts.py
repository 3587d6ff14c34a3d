"""What components are made of: plain values that a view fills in and a template tag draws.

Text may be a lazy translation. Money is in yuan (``Decimal``). Nothing here looks anything up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from django.utils.functional import Promise

Text: TypeAlias = "str | Promise"

#: A chip's or notice's tone; each is also told by its words or its icon, never by colour alone.
TONES = ("plain", "green", "wait", "late")


@dataclass(frozen=True, slots=True)
class Chip:
    """A short fact in a pill: lane, clock, kind. ``tone`` is one of TONES; ``icon`` a name from icons.py."""

    text: Text
    tone: str = "plain"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question page: what stands around the form of that page."""

    heading: Text
    hint: Text = ""
    step: int = 0  # 1-based; 0 hides the progress line
    steps: int = 0
    back_url: str = ""
    why: Text = ""  # "why do we ask", one or two plain sentences
    article: Text = ""  # the article that makes us ask, such as 《保障农民工工资支付条例》第三十条
    button: Text = ""  # default: Continue
    saved: bool = False  # shows "saved by itself" beside the step
    draft: str = ""  # key under which public.js may keep what is typed on this phone
    second_button: Text = ""  # a second way on, such as "I don't know"; posts name=skip
    upload: bool = False  # the form carries files


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One of the four steps of the money. ``of`` is the full bar, normally the amount claimed."""

    label: Text
    amount: Decimal
    of: Decimal

    @property
    def share(self) -> int:
        """Length of the bar in hundredths, 0–100; a part above nothing shows at least 2."""
        if self.of <= 0 or self.amount <= 0:
            return 0
        return max(2, min(100, int(self.amount * 100 / self.of)))


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One thing that was done (or is still to come, ``done=False``; ``late``: its day has passed)."""

    when: Text
    what: Text
    done: bool = True
    late: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its value; ``note`` is smaller text behind it, ``url`` a link named ``link``."""

    label: Text
    value: Text
    note: Text = ""
    url: str = ""
    link: Text = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A row of "check your answers"; without ``change_url`` it cannot be changed."""

    label: Text
    value: Text
    change_url: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A view of a list with its count (None: no count shown)."""

    label: Text
    url: str
    count: int | str | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the staff navigation. ``pinned`` stays in sight on a phone too (no next step: 0);
    ``apart`` starts a new group; ``alarm`` marks a count above nought that should be nought."""

    label: Text
    url: str
    count: int | str | None = None  # text where the count is capped: "999+"
    current: bool = False
    pinned: bool = False
    apart: bool = False
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A row of a staff queue: what is yours to do, who, what they ask, by when."""

    url: str
    do: Text
    who: Text
    asks: Text
    due: Chip | None = None
    chips: Sequence[Chip] = field(default=())
    who_note: Text = ""
    asks_note: Text = ""
    due_note: Text = ""
    chosen: bool = False
    fresh: bool = False  # arrived since the page was opened


@dataclass(frozen=True, slots=True)
class Task:
    """A row of a task list: a part of the application with its state."""

    label: Text
    url: str
    state: Chip


@dataclass(frozen=True, slots=True)
class Check:
    """A thing that is there (✓), missing (✗), or there and to be looked at (``look``), said in words too."""

    text: Text
    there: bool
    url: str = ""
    link: Text = ""
    look: bool = False
