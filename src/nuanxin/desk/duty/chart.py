"""The need of a day against the people on duty, by quarter-hour: drawn as steps, with a table that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from nuanxin.desk.duty.month import clock

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 760, 260, 34, 24, 10
QUARTERS = 96


@dataclass(frozen=True, slots=True)
class Stretch:
    """Quarters on end in which need and have stay the same."""

    hours: str
    calls: str  # calls an hour
    need: int
    have: int

    @property
    def missing(self) -> int:
        """How many people too few."""
        return max(0, self.need - self.have)


def stretches(calls: Sequence[float], need: Sequence[int], have: Sequence[int]) -> list[Stretch]:
    """The day in as few rows as say all of it."""
    found, since = [], 0
    for quarter in range(1, QUARTERS + 1):
        if quarter == QUARTERS or (need[quarter], have[quarter]) != (need[since], have[since]):
            part = calls[since:quarter]
            hourly = 4 * sum(part) / len(part)
            hours = f"{clock(since * 15)}–{clock(quarter * 15)}"
            found.append(Stretch(hours, f"{hourly:.1f}", need[since], have[since]))
            since = quarter
    return found


def chart(need: Sequence[int], have: Sequence[int], label: str) -> SafeString:
    """The drawing. ``label``: what it shows, for who listens; the table beside it has the figures."""
    top = max(*need, *have, 1)
    across = (WIDTH - LEFT) / QUARTERS
    up = (HEIGHT - BOTTOM - TOP) / top

    def point(quarter: int, people: int) -> tuple[float, float]:
        return round(LEFT + quarter * across, 1), round(HEIGHT - BOTTOM - people * up, 1)

    short = [
        _box(point(quarter, need[quarter]), point(quarter + 1, have[quarter]))
        for quarter in range(QUARTERS)
        if need[quarter] > have[quarter]
    ]
    lines = [
        format_html('<path class="grid" d="M{} {}H{}"/>', LEFT, point(0, level)[1], WIDTH)
        + format_html(
            '<text x="{}" y="{}" text-anchor="end">{}</text>', LEFT - 6, point(0, level)[1] + 4, level
        )
        for level in range(0, top + 1, max(1, -(-top // 6)))
    ]
    hours = [
        format_html(
            '<text x="{}" y="{}" text-anchor="middle">{}</text>',
            point(hour * 4, 0)[0],
            HEIGHT - 6,
            f"{hour}:00",
        )
        for hour in range(3, 24, 3)
    ]
    drawn = format_html_join(
        "",
        "{}",
        (
            (one,)
            for one in [*lines, *hours, *short, _steps("have", have, point), _steps("need", need, point)]
        ),
    )
    return format_html(
        '<svg class="duty-chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        WIDTH,
        HEIGHT,
        label,
        drawn,
    )


def _box(upper: tuple[float, float], lower: tuple[float, float]) -> SafeString:
    return format_html(
        '<rect class="short" x="{}" y="{}" width="{}" height="{}"/>',
        upper[0], upper[1], round(lower[0] - upper[0], 1), round(lower[1] - upper[1], 1),
    )  # fmt: skip


def _steps(kind: str, people: Sequence[int], point: object) -> SafeString:
    assert callable(point)
    path: list[str] = []
    for quarter, count in enumerate(people):
        x, y = point(quarter, count)
        path.append(f"{'L' if path else 'M'}{x:.1f} {y:.1f}L{point(quarter + 1, count)[0]:.1f} {y:.1f}")
    return format_html('<path class="{}" d="{}"/>', kind, "".join(path))
