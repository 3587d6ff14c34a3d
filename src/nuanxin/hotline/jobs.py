"""Background work of the hotline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from nuanxin.hotline.actions import close_silent, forget_callers, forget_records
from nuanxin.hotline.actions.answers import empty_unpublished
from nuanxin.hotline.actions.quality import draw_due
from nuanxin.hotline.actions.questions import release_silent
from nuanxin.hotline.actions.recordings import delete_old
from nuanxin.hotline.models import RosterRun


def close_silent_calls(at: datetime) -> int:
    """Close calls of which nothing was told for too long."""
    return close_silent(at=at)


def forget_old_callers(at: datetime) -> int:
    """Take the telephone out of calls that nobody needs it for any more."""
    return forget_callers(at=at)


def delete_old_recordings(at: datetime) -> int:
    """Delete the recordings whose time is over."""
    return delete_old(at=at)


def forget_old_records(at: datetime) -> int:
    """Take what was told out of records that nobody needs any more."""
    return forget_records(at=at)


def solve_rosters(at: datetime) -> int:
    """Search for the next roster that was asked for. It takes minutes, on this job's own thread."""
    if not RosterRun.objects.filter(state__in=RosterRun.OPEN).exists():
        return 0
    from nuanxin.hotline.rostering import run_waiting  # loads the solver, which only a search needs

    return run_waiting(at)


def draw_calls_to_check(at: datetime) -> int:
    """Draw last week's calls that are to be checked."""
    return draw_due(at=at)


def release_silent_questions(at: datetime) -> int:
    """Put questions back whose lawyer's page has gone silent."""
    return release_silent(at=at)


def empty_unpublished_answers(at: datetime) -> int:
    """Empty texts for the public that nobody let out."""
    return empty_unpublished(at=at)


PERIODIC: tuple[tuple[str, int, Callable[[datetime], int]], ...] = (
    ("hotline.close_silent_calls", 60, close_silent_calls),
    ("hotline.draw_calls_to_check", 3600, draw_calls_to_check),
    ("hotline.delete_old_recordings", 3600, delete_old_recordings),
    ("hotline.solve_rosters", 2, solve_rosters),
    ("hotline.forget_old_callers", 3600, forget_old_callers),
    ("hotline.forget_old_records", 3600, forget_old_records),
    ("hotline.release_silent_questions", 60, release_silent_questions),
    ("hotline.empty_unpublished_answers", 3600, empty_unpublished_answers),
)
