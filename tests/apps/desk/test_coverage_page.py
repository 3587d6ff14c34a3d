"""The half-hour circle on the desk: what is asked, what is told, what stands on the map."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import numpy as np
import pytest
import time_machine

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
GAOPING, JINCHENG, SHANXI = 140581_000000, 140500_000000, 140000_000000
URL, CSV = "/desk/network/coverage/", "/desk/network/coverage/gaps.csv"
Desk = Callable[..., "Client"]


@pytest.fixture(autouse=True)
def villages(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """Four places in a row, 4 km apart, with 100, 200, 300 and 400 people; it is a Wednesday in November 2026."""
    from django.conf import settings

    from nuanxin.network import cells, picture, roads
    from tests.factories.points import AT, LAT, LON

    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    monkeypatch.setattr(picture, "FRESH", -1.0)
    file = tmp_path / "people.csv"
    rows = [f"{LON + n * 4000 / 90_190.0},{LAT},{(n + 1) * 100},140581" for n in range(4)]
    file.write_text("lon,lat,people,place\n" + "\n".join(rows) + "\n")
    cells.import_cells(file)
    roads.forget()
    with time_machine.travel(AT, tick=False):
        yield


def words(client: Client, **asked: object) -> str:
    """The page as one reads it."""
    page = client.get(f"{URL}?{urlencode(asked)}")
    assert page.status_code == 200, page.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_a_supervisor_sees_the_share_of_their_region_and_closing_a_station_enlarges_the_gap(
    desk: Desk,
) -> None:
    from nuanxin.audit.actor import SYSTEM
    from nuanxin.network import actions
    from tests.factories.points import AT, point

    point(0)
    second = point(8000)
    supervisor = desk("supervisor", JINCHENG)
    before = words(supervisor)
    assert "Half an hour to help: Jincheng, Shanxi" in before
    assert "40.0%" in before  # 100 and 300 of 1,000 people
    assert "( 2 / 4)" in before or "(2 / 4)" in before
    assert "2 places are out of reach." in before
    assert "All minutes are an estimate by straight line" in before
    assert "taken from the file that this installation has loaded" in before
    actions.end_point(second.pk, by=SYSTEM, at=AT)
    after = words(supervisor)
    assert "10.0%" in after
    assert "3 places are out of reach." in after


def test_what_is_open_and_does_the_work_at_a_time_counts(desk: Desk) -> None:
    from tests.factories.points import point

    point(0, hours="Mo-Fr 09:00-17:00")
    point(4000, services="notary", hours="24/7", languages="zh ii")
    client = desk("decider")
    assert "30.0%" in words(client, day=2, hour=10)
    assert "20.0%" in words(client, day=2, hour=20)
    assert "10.0%" in words(client, day=2, hour=10, service="wage_claims")
    assert "0.0%" in words(client, day=6, hour=10, service="wage_claims")
    assert "20.0%" in words(client, language="ii")
    assert "100.0%" in words(client, mode="car")


def test_regions_below_lead_on_and_those_above_lead_back(desk: Desk) -> None:
    client = desk("supervisor", SHANXI)
    page = client.get(URL, {"mode": "car"}).content.decode()
    assert "?region=140500&amp;mode=car" in page
    assert "?region=000000&amp;mode=car" in page
    county = client.get(URL, {"region": "140581"}).content.decode()
    assert "?region=140500&amp;mode=walk" in county
    assert "The regions below" not in county


def test_a_region_is_found_by_name_and_several_are_offered(desk: Desk) -> None:
    client = desk("supervisor", SHANXI)
    assert "Half an hour to help: Gaoping, Jincheng, Shanxi" in words(client, where="高平", region="140000")
    assert "Half an hour to help: Nationwide" in words(client, where="全国")
    # 朝阳: a district of Beijing, one of Changchun, a city of Liaoning
    offered = client.get(URL, {"where": "朝阳区", "mode": "bus"}).content.decode()
    assert "Several regions fit" in offered
    assert "mode=bus&amp;region=110105" in offered
    assert client.get(URL, {"where": "qqqqq"}).status_code == 422
    kept = client.get(URL, {"where": "Jincheng, Shanxi", "region": "140500"}).content.decode()
    assert 'value="Jincheng, Shanxi"' in kept


@pytest.mark.parametrize(
    "asked",
    [
        {"region": "999999"}, {"region": "abc"}, {"mode": "boat"}, {"day": "7"}, {"hour": "24", "day": "1"},
        {"service": "baking"}, {"language": "klingon"}, {"sites": "0"}, {"sites": "101"}, {"sites": "many"},
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_read_is_said_and_not_guessed(desk: Desk, asked: dict[str, str]) -> None:
    client = desk("supervisor", SHANXI)
    page = client.get(URL, asked)
    assert page.status_code == 422
    assert "of the people" not in page.content.decode()
    assert client.get(CSV, asked).status_code == 422


def test_where_nobody_is_counted_it_says_so(desk: Desk) -> None:
    for region in ("710000", "440300"):
        page = words(desk("supervisor", SHANXI), region=region, sites=3, week="on")
        assert "No people are on file for this region" in page


def test_the_change_since_last_month_is_told_or_why_not(desk: Desk) -> None:
    from nuanxin.audit.actor import SYSTEM
    from nuanxin.network import figures
    from nuanxin.network.actions.coverage import keep_figures
    from nuanxin.network.coverage import Circle, coverage
    from nuanxin.network.finding import Mode
    from nuanxin.network.models import CoverageFigure
    from tests.factories.points import AT, point

    client, question, october = desk("supervisor", JINCHENG), (Mode.WALK, "any", "any"), date(2026, 10, 1)
    point(0)
    assert "There is no figure of last month yet." in words(client)
    keep_figures(question, [coverage(JINCHENG, Circle())], month=october, by=SYSTEM, at=AT)
    assert "±0 percentage points since last month (10.0%)." in words(client)
    point(8000)
    assert "+30.0 percentage points since last month (10.0%)." in words(client)
    assert "There is no figure of last month yet." in words(client, mode="bus")
    assert "Not kept month by month." in words(client, language="zh")
    assert "Not kept month by month." in words(client, region="140581")
    CoverageFigure.objects.update(people=2000)
    assert "the two cannot be compared" in words(client)
    assert figures.question_of(Circle()) == question


def test_the_week_is_worked_out_when_asked_for(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from nuanxin.desk.circle import sheet
    from tests.factories.points import point

    point(4000, hours="Mo-Fr 09:00-17:00")
    client = desk("supervisor", JINCHENG)
    assert 'class="week"' not in client.get(URL).content.decode()
    page = client.get(URL, {"week": "on"}).content.decode()
    cells = re.findall(r'<td class="num shade(\d)">([^<]*)</td>', page)
    assert len(cells) == 168
    assert cells[9] == ("1", "20")
    assert [n for n, (_shade, percent) in enumerate(cells) if percent == "20"] == [
        day * 24 + hour for day in range(5) for hour in range(9, 17)
    ]
    monkeypatch.setattr(sheet, "WEEK_SECONDS", -1.0)
    assert "It took too long to work out every hour" in words(client, week="on")


def test_new_points_are_proposed_and_drawn(desk: Desk) -> None:
    from tests.factories.points import point

    point(12_000)
    client = desk("supervisor", JINCHENG)
    page = client.get(URL, {"sites": 2, "proof": "on"}).content.decode()
    assert "From 40.0% to 90.0% of the people." in page
    assert "this is proved" in page
    assert page.count('class="site" d="M') == 3  # two on the map, one in the legend
    assert "this is proved" not in words(client, sites=2)
    for east in (0, 4000, 8000):
        point(east)
    assert "No new point is needed" in words(client, sites=2)


def test_the_map_tells_reach_by_shape(desk: Desk) -> None:
    from tests.factories.points import point

    point(0)
    page = desk("supervisor", JINCHENG).get(URL).content.decode()
    drawn = page.split('<svg class="reach"')[1].split("</svg>")[0]
    assert (drawn.count('class="in"'), drawn.count('class="out"'), drawn.count('class="part"')) == (1, 3, 0)
    assert drawn.count('class="point"') == 1
    assert (
        'aria-label="Map of Jincheng, Shanxi. Places out of reach: 3; within reach: 1; service points: 1."'
        in page
    )


def test_the_gaps_come_as_a_table(desk: Desk) -> None:
    from tests.factories.points import point

    point(0)
    answer = desk("supervisor", JINCHENG).get(CSV)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="gaps-140500.csv"' in answer["Content-Disposition"]
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["people_estimated"], row["county"], row["minutes"]) for row in rows] == [
        ("400", "140581", "195.0"),
        ("300", "140581", "130.0"),
        ("200", "140581", "65.0"),
    ]


def test_who_has_no_business_there_is_kept_out(desk: Desk) -> None:
    from django.test import Client

    for path in (URL, CSV):
        assert desk("lawyer").get(path).status_code == 403
        assert Client().get(path).status_code == 302
    page = desk("supervisor", SHANXI, language="zh-hans").get(URL).content.decode()
    assert 'aria-current="page"' in page
    assert "半小时" in page


def test_a_share_that_is_not_whole_is_never_told_as_whole() -> None:
    from nuanxin.desk.circle.sheet import about, share

    assert [share(part).text for part in (None, 0.0, 0.0001, 0.4, 0.99996, 1.0)] == [
        "—", "0.0%", "0.1%", "40.0%", "99.9%", "100.0%",
    ]  # fmt: skip
    assert [about(people) for people in (0, 7.4, 999, 1234, 1_409_778_724)] == [
        "0", "7", "999", "1,230", "1,410,000,000",
    ]  # fmt: skip


def test_places_that_lie_close_are_drawn_as_one() -> None:
    from nuanxin.desk.circle.drawing import frame, marks
    from nuanxin.network.rules.people import Cells

    rng = np.random.default_rng(5)
    many = 5_000
    cells = Cells(
        rng.uniform(110, 114, many),
        rng.uniform(34, 38, many),
        rng.uniform(1, 9, many),
        np.zeros(many, np.int64),
    )
    covered = rng.random(many) < 0.5
    shown = frame(cells)
    found = marks(cells, covered, shown)
    assert found.together
    assert len(found.x) < many
    assert found.people.sum() == pytest.approx(cells.people.sum())
    assert (found.people * found.share).sum() == pytest.approx(cells.people[covered].sum())
    assert shown.shows(found.x, found.y).all()
    one = Cells(np.array([112.0]), np.array([35.0]), np.array([5.0]), np.array([GAOPING]))
    alone = marks(one, np.array([True]), frame(one))
    assert (alone.x.tolist(), alone.y.tolist()) == (
        [pytest.approx(320.0)],
        [pytest.approx(frame(one).height / 2)],
    )


def test_minutes_by_road_are_told_apart_from_estimates(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nuanxin.desk.circle import sheet
    from nuanxin.network import roads
    from nuanxin.network.spatial.roads.storing import import_extract
    from tests.apps.network.spatial.towns import write_pbf
    from tests.factories.points import LAT, LON, point

    point(0)
    nodes = {n: (LON + n * 4000 / 90_190.0, LAT) for n in range(3)}
    ways = [([0, 1, 2], {"highway": "residential"})]
    import_extract(write_pbf(tmp_path / "valley.osm.pbf", nodes, ways), roads.home())
    roads.forget()
    client = desk("supervisor", JINCHENG)
    page = words(client, sites=1)
    assert "Minutes of 3 places are by road; those of 1 are an estimate by straight line." in page
    assert "(by road)" in page
    assert "From 10.0% to" in page
    monkeypatch.setattr(sheet, "MOST_ROAD_PLACES", 2)
    assert "By road this takes too long for a region of this size." in words(client, sites=1)
    roads.forget()


def test_names_on_the_map_do_not_run_into_each_other_and_cannot_break_it() -> None:
    from nuanxin.desk.circle.drawing import Name, draw, frame, marks
    from nuanxin.network.rules.people import Cells

    cells = Cells(
        np.array([112.0, 113.0]), np.array([35.0, 35.5]), np.array([5.0, 9.0]), np.zeros(2, np.int64)
    )
    shown, none = frame(cells), (np.zeros(0), np.zeros(0))
    names = [
        Name(112.0, 35.2, "高平"),
        Name(112.01, 35.2, "hidden"),
        Name(112.6, 35.3, "<b>"),
        Name(120.0, 35.0, "away"),
    ]
    svg = draw(
        shown, marks(cells, np.array([True, False]), shown), none, none, names, label='a "map"', scale="20 km"
    )
    assert re.findall(r'class="name"[^>]*>([^<]*)<', svg) == ["高平", "&lt;b&gt;"]
    assert 'aria-label="a &quot;map&quot;"' in svg
    assert 'class="point"' not in svg
