"""Figures of a month of questions, counted by hand beside."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from nuanxin.audit.actor import Role
from nuanxin.hotline.actions import answers, questions
from nuanxin.hotline.queries.asks import Figures, figures, month_range
from tests.factories.agency import agency
from tests.factories.hotline import WORKDAY, open_hotline
from tests.factories.questions import CLEAN, asked, person
from tests.factories.staff import GAOPING

HOUR = timedelta(hours=1)
MARCH = date(2026, 3, 17)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("month", "days"), [(date(2026, 2, 28), 28), (date(2028, 2, 1), 29), (date(2026, 12, 31), 31)]
)
def test_a_month_is_that_of_shanghai(month: date, days: int) -> None:
    low, high = month_range(month)
    assert (high - low, low.isoformat()[8:]) == (timedelta(days=days), "01T00:00:00+08:00")


def test_asked_answered_kept_and_the_median() -> None:
    agency(GAOPING)
    line = open_hotline()
    # Five working hours are promised; asked Monday 11:00 in Shanghai.
    after = {"a": 1 * HOUR, "b": 2 * HOUR, "c": 30 * HOUR}  # c: the next evening, too late
    for key, wait in after.items():
        case = asked(key)
        questions.answer(case_id=case.pk, text="可以。", by=line.lawyer, at=WORKDAY + wait)
        if key == "a":
            row = answers.propose(
                case_id=case.pk, wording=CLEAN, law_on=date(2026, 3, 2), by=line.lawyer, at=WORKDAY + wait
            )
            answers.approve(answer_id=row.pk, by=person(Role.DECIDER), at=WORKDAY + wait)
    asked("d")  # never answered
    asked("e", kind="report")  # no question
    asked("f", at=datetime.fromisoformat("2026-04-01T00:00:00+08:00"))  # the next month
    late = WORKDAY + timedelta(days=3)
    assert figures(GAOPING, MARCH, at=late) == Figures(GAOPING, 4, 3, 2, 1, 2.0, 1)
    assert figures(140000_000000, MARCH, at=late).asked == 4  # the province holds its county
    assert figures(440000_000000, MARCH, at=late) == Figures(440000_000000, 0, 0, 0, 0, None, 0)
    assert figures(GAOPING, MARCH, at=WORKDAY + 2 * HOUR).open_late == 0
