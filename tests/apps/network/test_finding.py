"""The nearest help: by line and by road, with filters, hours and exceptions, always as the tables are now."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.conf import settings

from nuanxin.audit.actor import SYSTEM
from nuanxin.network import actions, picture, roads
from nuanxin.network.finding import Mode, Spot, nearest
from nuanxin.network.models import PointChange, ServicePoint
from nuanxin.network.opening import day_type
from nuanxin.network.rules.hours import CHINA, DayType
from nuanxin.network.rules.points import Kind, Need
from nuanxin.network.spatial.roads.storing import import_extract
from tests.apps.network.spatial.towns import write_pbf
from tests.factories.points import AT, LAT, LON, point

pytestmark = pytest.mark.database


def find(
    k: int = 5, mode: Mode = Mode.WALK, at: datetime = AT, lon: float = LON, **need: Any
) -> tuple[Spot, ...]:
    return nearest(lon=lon, lat=LAT, k=k, need=Need(**need), mode=mode, at=at)


def ids(spots: tuple[Spot, ...]) -> list[int]:
    return [spot.point.pk for spot in spots]


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for changes at every question."""
    monkeypatch.setattr(picture, "FRESH", -1.0)


def test_points_come_in_the_order_of_time_and_say_that_it_is_a_straight_line(db: None) -> None:
    far, near = point(3000), point(0, 500)
    first, second = find()
    assert ids((first, second)) == [near.pk, far.pk]
    assert (first.estimate, first.distance_m) == ("straight_line", 500)
    assert first.minutes == 9  # 500 m x 1.3 at 80 m a minute: 8.1
    assert second.minutes == 49
    assert find(mode=Mode.CAR)[1].minutes == 9  # 3 km at 28 km/h / 1.3: 8.4 minutes


def test_nothing_on_file_finds_nothing(db: None) -> None:
    assert find() == ()
    with pytest.raises(ValueError, match="between 1 and 50"):
        find(k=0)


def test_filters_leave_out_what_does_not_fit(db: None) -> None:
    plain = point(100)
    yi = point(200, languages="zh ii")
    stairs_free = point(300, step_free=True)
    other = point(400, services="notary")
    helper = point(500, kind="village_helper")
    assert ids(find()) == [plain.pk, yi.pk, stairs_free.pk, other.pk, helper.pk]
    assert ids(find(language="ii")) == [yi.pk]
    assert ids(find(step_free=True)) == [stairs_free.pk]
    assert ids(find(services=frozenset({"notary"}))) == [other.pk]
    assert ids(find(services=frozenset({"notary", "wage_claims"}))) == []
    assert ids(find(kinds=frozenset({Kind.VILLAGE_HELPER, Kind.PLATFORM}))) == [helper.pk]


def test_open_now_follows_weekday_clock_and_exceptions(db: None) -> None:
    always = point(900, hours="24/7")
    office = point(100)
    unknown = point(50, hours="")
    assert ids(find(open_now=True)) == [office.pk, always.pk]
    assert ids(find(open_now=True, at=AT + timedelta(hours=3))) == [always.pk]  # 13:00, noon break
    actions.set_exception(office.pk, day=date(2026, 11, 25), hours="", by=SYSTEM, at=AT)
    actions.set_exception(unknown.pk, day=date(2026, 11, 25), hours="09:00-11:00", by=SYSTEM, at=AT)
    picture.forget()
    assert ids(find(open_now=True)) == [unknown.pk, always.pk]


def test_hours_say_when_a_point_closes_or_opens(db: None) -> None:
    point(100)
    point(200, hours="24/7")
    point(300, hours="")
    (office, always, unknown) = find()
    assert (office.open_now, office.open_until) == (True, datetime(2026, 11, 25, 12, 0, tzinfo=CHINA))
    assert (always.open_now, always.open_until, always.opens_next) == (True, None, None)
    assert (unknown.open_now, unknown.opens_next) == (False, None)
    friday_night = datetime(2026, 11, 27, 20, 0, tzinfo=CHINA)
    assert find(at=friday_night)[0].opens_next == datetime(2026, 11, 30, 8, 30, tzinfo=CHINA)


def test_national_day_is_a_holiday_and_a_make_up_sunday_is_a_working_day(db: None) -> None:
    point(100)
    holiday = datetime(2026, 10, 1, 10, 0, tzinfo=CHINA)
    assert find(at=holiday)[0].open_now is False
    assert day_type(date(2026, 10, 1)) == (DayType.HOLIDAY, True)
    assert day_type(date(2026, 9, 20)) == (DayType.WORKING, True)  # worked for the National Day
    assert find(at=datetime(2026, 9, 20, 10, 0, tzinfo=CHINA))[0].open_now is True
    assert day_type(date(2031, 10, 1)) == (DayType.ORDINARY, False)


def test_a_change_shows_at_the_next_question(db: None, fresh: None) -> None:
    first, second = point(100), point(200)
    assert ids(find()) == [first.pk, second.pk]
    actions.alter_point(first.pk, lon=LON + 0.01, by=SYSTEM, at=AT)
    assert ids(find()) == [second.pk, first.pk]
    actions.end_point(second.pk, by=SYSTEM, at=AT)
    assert ids(find()) == [first.pk]
    actions.end_point(second.pk, by=SYSTEM, at=AT, reopen=True)
    assert ids(find()) == [second.pk, first.pk]
    third = point(5)
    assert ids(find(k=1)) == [third.pk]


def test_many_changes_are_read_anew(db: None, fresh: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "OVERLAID", 1)
    points = [point(100 * n) for n in range(4)]
    assert len(find()) == 4
    for each in points[:3]:
        actions.end_point(each.pk, by=SYSTEM, at=AT)
    assert ids(find()) == [points[3].pk]


def test_a_drawn_picture_is_used_by_the_next_process(db: None, fresh: None) -> None:
    first = point(100)
    picture.draw()
    state = PointChange.objects.get()
    assert (state.pictured, picture.is_stale()) == (state.last, False)
    second = point(50)
    picture.forget()
    assert ids(find()) == [second.pk, first.pk]
    folder = Path(settings.DATA_DIR) / "points"
    assert [p.name for p in folder.iterdir()] == [state.picture]
    picture.draw()
    assert len(list(folder.iterdir())) == 1
    for file in folder.rglob("*.npy"):
        file.unlink()
    picture.forget()
    assert ids(find()) == [second.pk, first.pk]  # the tables are the truth


def test_many_points_are_renewed_beside_the_requests(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "MANY", 1)
    monkeypatch.setattr(picture, "FRESH_MANY", -1.0)
    started: list[str] = []
    monkeypatch.setattr("threading.Thread.start", lambda thread: started.append(thread.name))
    first = point(100)
    assert ids(find()) == [first.pk]
    point(50)
    assert ids(find()) == [first.pk]
    assert started
    picture._renew()
    assert len(find()) == 2


@pytest.mark.django_db(databases=["default"])
def test_at_most_two_queries_and_one_for_the_state(db: None, django_assert_num_queries: Any) -> None:
    for n in range(6):
        point(100 * n)
    find(open_now=True)
    with django_assert_num_queries(2):
        assert len(find(open_now=True)) == 5


# 0 ── 1 ── 2 ── 3: a road of 3 km northwards; a river: the point at (900, 0) lies near 0 but only 3 leads there
ROAD = {n: (LON, LAT + n * 1000 / 111_195.0) for n in range(4)}
FAR_BANK = {10: (LON + 900 / 90_190.0, LAT), 11: (LON + 900 / 90_190.0, LAT + 3000 / 111_195.0)}


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    ways = [([0, 1, 2, 3, 11, 10], {"highway": "residential"})]
    import_extract(write_pbf(tmp_path / "town.osm.pbf", ROAD | FAR_BANK, ways), roads.home())  # type: ignore[arg-type]
    roads.forget()


def test_by_road_the_other_bank_is_far(db: None, town: None) -> None:
    across, north = point(900, 0), point(0, 2000)
    first, second = find()
    assert ids((first, second)) == [north.pk, across.pk]
    assert (first.minutes, first.estimate) == (25, "road")  # 2 km at 80 m a minute
    assert (second.minutes, second.distance_m) == (87, 900)  # 3 + 0.9 + 3 km
    assert find(mode=Mode.CAR)[1].minutes == 21  # 6.9 km at 20 km/h


def test_off_the_road_the_way_to_it_counts_and_far_off_a_line_is_drawn(db: None, town: None) -> None:
    door = point(200, 1000)  # 200 m beside the road
    elsewhere = point(30_000, 0)
    first, second = find()
    assert ids((first, second)) == [door.pk, elsewhere.pk]
    assert (first.minutes, first.estimate) == (16, "road")  # 1,000 m, and 260 m to the door
    assert second.estimate == "straight_line"
    assert find(lon=LON + 0.3)[0].estimate == "straight_line"


def test_filters_hold_on_roads_too(db: None, town: None) -> None:
    point(0, 1000)
    yi, shut = point(0, 2000, languages="ii"), point(0, 500, hours="Mo 01:00-02:00")
    assert ids(find(language="ii")) == [yi.pk]
    assert shut.pk not in ids(find(open_now=True))


def test_a_hundred_made_points_come_in_the_order_of_distance(db: None) -> None:
    rng = np.random.default_rng(1)
    made = [point(float(x), float(y)) for x, y in rng.normal(0, 4000, (100, 2))]
    away = {p.pk: (p.lon - LON) ** 2 * 90_190.0**2 + (p.lat - LAT) ** 2 * 111_195.0**2 for p in made}
    assert ids(find(k=50)) == sorted(away, key=away.__getitem__)[:50]
    assert ServicePoint.objects.count() == 100
