"""Background work of the network: (name, every so many seconds, what to run)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from nuanxin.audit.actor import SYSTEM
from nuanxin.network import figures, picture
from nuanxin.network.actions.coverage import keep_figures
from nuanxin.network.coverage import coverage_below

log = logging.getLogger(__name__)


def count_month(at: datetime) -> int:
    """Count the coverage of this month once; how many questions were answered.

    Each question is kept when it is answered, so that a run that was broken off goes on with the next one. A network
    without points is not counted: the first figures would tell of a growth that was an import.
    """
    month = figures.month_of(at)
    left = figures.questions_left(month)
    if not left or not len(picture.picture().points):
        return 0
    regions = figures.kept_regions()
    done = len(figures.QUESTIONS) - len(left)
    for number, question in enumerate(left, done + 1):
        found = coverage_below(regions, figures.circle_of(question))
        keep_figures(question, found, month=month, by=SYSTEM, at=at)
        log.info(
            "coverage of %s: %d of %d questions counted", f"{month:%Y-%m}", number, len(figures.QUESTIONS)
        )
    return len(left)


def draw_points(at: datetime) -> int:
    """Keep a new picture of all points on disk when too many have changed since the last; whether it did."""
    if not picture.is_stale():
        return 0
    picture.draw()
    return 1


PERIODIC: tuple[tuple[str, int, Callable[[datetime], int]], ...] = (
    ("network.draw_points", 60, draw_points),
    ("network.count_month", 3600, count_month),
)
