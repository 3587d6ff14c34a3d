"""The half-hour circle: counted people, hours of the week, gaps, roads; and where the next points go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.conf import settings

from nuanxin.audit.actor import SYSTEM
from nuanxin.network import actions, cells, picture, roads
from nuanxin.network.coverage import Circle, body_of, coverage, coverage_below, minute_of, week
from nuanxin.network.finding import Mode
from nuanxin.network.rules.people import people
from nuanxin.network.rules.points import Need
from nuanxin.network.siting import propose
from nuanxin.network.spatial.roads.storing import import_extract
from tests.apps.network.spatial.towns import write_pbf
from tests.factories.points import AT, GAOPING, LAT, LON, point

pytestmark = pytest.mark.database

SHANXI, JINCHENG = 140000000000, 140500000000


@pytest.fixture
def villages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four places in a row, 4 km apart, with 100, 200, 300 and 400 people."""
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    monkeypatch.setattr(picture, "FRESH", -1.0)
    rows = [f"{LON + n * 4000 / 90_190.0},{LAT},{(n + 1) * 100},140581" for n in range(4)]
    file = tmp_path / "people.csv"
    file.write_text("lon,lat,people,place\n" + "\n".join(rows) + "\n")
    cells.import_cells(file)
    roads.forget()


def covered(**circle: Any) -> tuple[int, float]:
    found = coverage(GAOPING, Circle(**circle))
    return found.places_covered, found.people_covered


def test_people_within_half_an_hour_on_foot(db: None, villages: None) -> None:
    assert covered() == (0, 0.0)
    point(0)
    assert covered() == (1, 100.0)  # 1.85 km is half an hour
    point(8000)
    found = coverage(GAOPING, Circle())
    assert (found.places, found.places_covered, found.people, found.people_covered) == (4, 2, 1000.0, 400.0)
    assert (found.share, found.places_share, found.by_road, found.points) == (0.4, 0.5, 0, 2)
    assert [(gap.people, round(gap.minutes or 0)) for gap in found.gaps] == [(400.0, 65), (200.0, 65)]
    assert covered(mode=Mode.CAR) == (4, 1000.0)


def test_closing_one_station_enlarges_the_gap(db: None, villages: None) -> None:
    point(0)
    second = point(8000)
    before = coverage(GAOPING, Circle())
    actions.end_point(second.pk, by=SYSTEM, at=AT)
    after = coverage(GAOPING, Circle())
    assert after.people_covered == before.people_covered - 300
    assert len(after.gaps) == len(before.gaps) + 1


def test_only_open_points_that_do_the_work_count(db: None, villages: None) -> None:
    point(0, hours="Mo-Fr 09:00-17:00")
    point(4000, services="notary", hours="24/7")
    wages = Need(services=frozenset({"wage_claims"}))
    assert covered(minute=minute_of(2, 10)) == (2, 300.0)
    assert covered(minute=minute_of(2, 20)) == (1, 200.0)
    assert covered(minute=minute_of(2, 20), need=wages) == (0, 0.0)
    assert covered(minute=minute_of(5, 10), need=wages) == (0, 0.0)
    assert covered(minute=minute_of(4, 10), need=wages) == (1, 100.0)


def test_the_week_has_168_hours(db: None, villages: None) -> None:
    point(0, hours="Mo-Fr 09:00-17:00; Su 22:00-02:00")
    hours = dict(week(GAOPING, Circle()))
    assert sorted(hours) == list(range(168))
    open_hours = [hour for hour, found in hours.items() if found.people_covered]
    assert open_hours == [0, 1] + [day * 24 + hour for day in range(5) for hour in range(9, 17)] + [166, 167]


def test_an_empty_region_says_so(db: None, villages: None) -> None:
    found = coverage(SHANXI + 10**10, Circle())  # the next province: nobody of these people
    assert (found.places, found.people, found.share, found.gaps) == (0, 0.0, None, ())
    assert body_of(found, Circle())["people_share"] is None


def test_many_regions_at_once_say_what_each_says(db: None, villages: None) -> None:
    point(0)
    assert [found.people_covered for found in coverage_below([0, SHANXI, JINCHENG, GAOPING], Circle())] == [
        100.0
    ] * 4
    alone = coverage(JINCHENG, Circle(), gaps=0)
    assert coverage_below([JINCHENG], Circle()) == [alone]


def test_without_own_people_the_shipped_ones_count(db: None, villages: None) -> None:
    assert cells.cells().total == 1000.0
    assert cells.drop_cells() is True
    assert cells.cells() is people()
    assert coverage(0, Circle()).people == pytest.approx(people().total)
    assert cells.drop_cells() is False


def test_by_road_a_river_is_in_the_way(db: None, villages: None, tmp_path: Path) -> None:
    """A road along the four places, and a point 500 m south of the first that hangs on the far end."""
    east = 4000 / 90_190.0
    nodes = {n: (LON + n * east, LAT) for n in range(4)}
    nodes |= {9: (LON + 3 * east, LAT - 0.01), 8: (LON, LAT - 0.01)}
    point(0, -1112)
    assert covered() == (1, 100.0)
    import_extract(
        write_pbf(tmp_path / "valley.osm.pbf", nodes, [([0, 1, 2, 3, 9, 8], {"highway": "residential"})]),
        roads.home(),
    )
    roads.forget()
    found = coverage(GAOPING, Circle())
    assert (found.places_covered, found.by_road) == (0, 4)
    point(4000)
    assert covered() == (1, 200.0)
    assert covered(mode=Mode.CAR) == (3, 600.0) or covered(mode=Mode.CAR) == (4, 1000.0)
    proposal = propose(GAOPING, Circle(), 2)
    assert [round(site.people) for site in proposal.sites] == [400, 300]


def test_the_next_point_goes_where_most_people_are_far(db: None, villages: None) -> None:
    point(12_000)
    proposal = propose(GAOPING, Circle(), 2, proof_seconds=20)
    assert [(round((site.lon - LON) * 90_190), site.people) for site in proposal.sites] == [
        (8000, 300.0),
        (4000, 200.0),
    ]
    assert (proposal.before.people_covered, proposal.people_after, proposal.of_best) == (400.0, 900.0, 1.0)
    assert proposal.share_after == 0.9
    opened = proposal.sites[0]
    actions.open_point(
        name_zh="示例·新点",
        kind="contact_point",
        place=GAOPING,
        lon=opened.lon,
        lat=opened.lat,
        services=1,
        by=SYSTEM,
        at=AT,
    )
    assert coverage(GAOPING, Circle()).people_covered == 700.0


def test_a_point_between_two_places_reaches_both_by_car(db: None, villages: None) -> None:
    proposal = propose(GAOPING, Circle(mode=Mode.CAR), 3)
    assert (len(proposal.sites), proposal.people_after) == (1, 1000.0)


def test_where_nobody_is_far_nothing_is_proposed(db: None, villages: None) -> None:
    for n in range(4):
        point(4000 * n)
    proposal = propose(GAOPING, Circle(), 5)
    assert (proposal.sites, proposal.people_after) == ((), 1000.0)
    assert propose(SHANXI + 10**10, Circle(), 5).sites == ()
    with pytest.raises(ValueError, match="between 1 and"):
        propose(GAOPING, Circle(), 0)


def test_a_stated_share_is_never_above_one(db: None, villages: None) -> None:
    rng = np.random.default_rng(3)
    for x in rng.uniform(-1000, 13_000, 12):
        point(float(x))
    found = coverage(GAOPING, Circle())
    assert found.people_covered <= found.people
    assert found.share is not None
    assert 0.0 <= found.share <= 1.0
