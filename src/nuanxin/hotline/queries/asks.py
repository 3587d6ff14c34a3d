"""Figures of the written questions of a month: asked, answered within the promise, how long it took, published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from statistics import median

from nuanxin.accounts.scope import region_range
from nuanxin.audit.models import Event
from nuanxin.cases.models import Case
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.states import Kind
from nuanxin.hotline.models import PublicAnswer

PROMISE, FIRST_ANSWER = "promise.answer", "case.answer"


@dataclass(frozen=True, slots=True)
class Figures:
    """One region and month. ``open_late``: without an answer though the promise is over.

    ``hours``: the median from question to first answer, round the clock; None without an answer.
    """

    region: int
    asked: int
    answered: int
    in_promise: int
    open_late: int
    hours: float | None
    published: int


def month_range(month: date) -> tuple[datetime, datetime]:
    """A month of the calendar in Shanghai, half open."""
    first = month.replace(day=1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    low, high = (datetime.combine(day, time(), tzinfo=SHANGHAI) for day in (first, after))
    return low, high


def figures(region: int, month: date, *, at: datetime) -> Figures:
    """The figures of a region and all inside it for questions asked in a month. Three statements.

    Questions that became applications for aid count as the questions they began as.
    """
    low, high = month_range(month)
    inside = region_range(region)
    # By where the question is held now: one that was sent on is counted where it is answered.
    cases = Case.objects.filter(
        submitted_at__gte=low,
        submitted_at__lt=high,
        holder_region__gte=inside[0],
        holder_region__lte=inside[1],
    )
    events = Event.objects.filter(stream__in=cases.values("pk"))
    begun = events.filter(kind="case.submitted").iterator()
    asked = {row.stream: row for row in begun if row.payload.get("kind") == Kind.QUESTION}
    answers: dict[int, Event] = {}
    for row in events.filter(kind=FIRST_ANSWER).order_by("seq"):
        answers.setdefault(row.stream, row)
    out = PublicAnswer.objects.filter(
        state=PublicAnswer.State.APPROVED, decided_at__gte=low, decided_at__lt=high,
        region__gte=inside[0], region__lte=inside[1],
    ).count()  # fmt: skip
    return _counted(region, list(asked.values()), answers, out, at)


def _counted(
    region: int, asked: Sequence[Event], answers: dict[int, Event], published: int, at: datetime
) -> Figures:
    kept = late = 0
    took: list[float] = []
    for begun in asked:
        due, answer = due_of(begun.payload.get("clocks", ())), answers.get(begun.stream)
        if answer is not None:
            took.append((answer.recorded_at - begun.recorded_at).total_seconds() / 3600)
            kept += due is None or answer.recorded_at <= due
        else:
            late += due is not None and due < at
    middle = round(median(took), 1) if took else None
    return Figures(region, len(asked), len(took), kept, late, middle, published)


def due_of(clocks: Iterable[dict[str, object]]) -> datetime | None:
    """When the promise of an answer ended, as the first event of the question says it."""
    found = next((clock for clock in clocks if clock.get("rule") == PROMISE), None)
    return datetime.fromisoformat(str(found["due"])) if found else None
