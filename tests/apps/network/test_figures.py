"""Figures of coverage month by month: counted once, resumed after a break, compared with the month before."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied

from nuanxin.audit.actor import SYSTEM, WORKER
from nuanxin.network import cells, figures, jobs, picture, roads
from nuanxin.network.actions.coverage import keep_figures
from nuanxin.network.coverage import Circle, coverage, coverage_below, minute_of
from nuanxin.network.finding import Mode
from nuanxin.network.models import CoverageFigure
from nuanxin.network.queries import NATION
from nuanxin.network.rules.points import Need
from tests.factories.points import GAOPING, LAT, LON, point

pytestmark = pytest.mark.database

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
AT = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)
SHANXI, JINCHENG = 140000000000, 140500000000
ANY = (Mode.WALK, "any", "any")


@pytest.fixture(autouse=True)
def villages(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two places 4 km apart, with 100 and 200 people."""
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    monkeypatch.setattr(picture, "FRESH", -1.0)
    file = tmp_path / "people.csv"
    file.write_text(f"lon,lat,people,place\n{LON},{LAT},100,140581\n{LON + 4000 / 90_190},{LAT},200,140581\n")
    cells.import_cells(file)
    roads.forget()


def people_covered(region: int, question: figures.Question, month: date = NOVEMBER) -> int:
    found = figures.figure(region, question, month)
    assert found is not None
    return found.people_covered


def test_a_month_is_counted_once_for_every_question_and_region() -> None:
    point(0)
    assert jobs.count_month(AT) == len(figures.QUESTIONS) == 24
    regions = figures.kept_regions()
    assert CoverageFigure.objects.count() == 24 * len(regions)
    assert {NATION, SHANXI, JINCHENG} <= set(regions)
    assert GAOPING not in regions
    found = figures.figure(JINCHENG, ANY, NOVEMBER)
    assert found is not None
    assert (found.places, found.places_covered, found.people, found.people_covered, found.points) == (
        2,
        1,
        300,
        100,
        1,
    )
    assert found.share == pytest.approx(1 / 3)
    # 10:30 on a Wednesday it is open, at 20:30 and on Sunday not
    shares = {time: people_covered(SHANXI, (Mode.WALK, time, "wage_claims")) for time in figures.TIMES}
    assert shares == {"any": 100, "wed_1030": 100, "wed_2030": 0, "sun_1030": 0}
    point(4000)
    assert jobs.count_month(AT) == 0  # this month is done
    assert people_covered(JINCHENG, ANY) == 100


def test_a_run_that_broke_off_goes_on_with_the_next_question(monkeypatch: pytest.MonkeyPatch) -> None:
    point(0)
    asked: list[Circle] = []

    def breaks(regions: list[int], circle: Circle) -> object:
        if len(asked) == 5:
            raise RuntimeError("the power failed")
        asked.append(circle)
        return coverage_below(regions, circle)

    monkeypatch.setattr(jobs, "coverage_below", breaks)
    with pytest.raises(RuntimeError):
        jobs.count_month(AT)
    assert figures.questions_left(NOVEMBER) == list(figures.QUESTIONS[5:])
    monkeypatch.setattr(jobs, "coverage_below", coverage_below)
    assert jobs.count_month(AT) == 19
    assert figures.questions_left(NOVEMBER) == []
    assert figures.questions_left(DECEMBER) == list(figures.QUESTIONS)


def test_counting_a_question_again_replaces_what_was_counted() -> None:
    first = point(0)
    for expected in (100, 300):
        keep_figures(ANY, [coverage(JINCHENG, Circle())], month=NOVEMBER, by=SYSTEM, at=AT)
        assert people_covered(JINCHENG, ANY) == expected
        point(4000)
    assert CoverageFigure.objects.count() == 1
    assert first.active


def test_a_network_without_points_is_not_counted() -> None:
    assert jobs.count_month(AT) == 0
    assert not CoverageFigure.objects.exists()


def test_the_month_is_that_of_china() -> None:
    assert figures.month_of(datetime(2026, 11, 30, 15, 59, tzinfo=UTC)) == NOVEMBER
    assert figures.month_of(datetime(2026, 11, 30, 16, 0, tzinfo=UTC)) == DECEMBER
    assert figures.month_before(DECEMBER) == NOVEMBER
    assert figures.month_before(date(2026, 1, 1)) == date(2025, 12, 1)


def test_only_the_platform_counts_and_a_month_begins_on_its_first_day() -> None:
    with pytest.raises(PermissionDenied):
        keep_figures(ANY, [], month=NOVEMBER, by=WORKER, at=AT)
    with pytest.raises(ValueError, match="first day"):
        keep_figures(ANY, [], month=date(2026, 11, 2), by=SYSTEM, at=AT)


def test_a_circle_is_known_for_a_kept_question_or_for_none() -> None:
    assert [figures.question_of(figures.circle_of(one)) for one in figures.QUESTIONS] == list(
        figures.QUESTIONS
    )
    wages = Need(services=frozenset({"wage_claims"}))
    assert figures.question_of(Circle(Mode.CAR, need=wages, minute=minute_of(6, 10, 30))) == (
        Mode.CAR,
        "sun_1030",
        "wage_claims",
    )
    assert figures.question_of(Circle(minutes=20)) is None
    assert figures.question_of(Circle(minute=minute_of(2, 11, 30))) is None
    assert figures.question_of(Circle(need=Need(language="ii"))) is None


def test_points_are_drawn_when_the_picture_is_old(monkeypatch: pytest.MonkeyPatch) -> None:
    point(0)
    assert jobs.draw_points(AT) == 0
    monkeypatch.setattr(picture, "is_stale", lambda: True)
    assert jobs.draw_points(AT) == 1
    assert len(picture.picture().points) == 1
