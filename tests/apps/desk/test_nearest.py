"""Help near the place of a case, as an officer reads it out: a panel, and a page of its own without scripts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from nuanxin.audit.actor import Role
from tests.factories import world
from tests.factories.points import point

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)  # a Wednesday, 10:00 in China
URL = "/desk/nearest/140581/"


@pytest.fixture
def clerk(db: None) -> Client:
    world.offices()
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(world.person(Role.CLERK, world.HERE))
    return client


@pytest.fixture(autouse=True)
def wednesday() -> object:
    with time_machine.travel(AT, tick=False):
        yield


def test_the_panel_has_the_open_points_with_telephone(clerk: Client) -> None:
    point(500, name_zh="开着的工作站", phone="0356-5550001")
    point(-300, name_zh="关着的联络点", hours="Mo-Su 18:00-20:00")
    said = clerk.get(URL, headers={"X-Part": "nearest"}).content.decode()
    assert "<html" not in said
    assert "开着的工作站" in said
    assert 'href="tel:03565550001"' in said
    assert "按直线距离估算" in said
    # what is open stands first; what opens again today is told behind it
    assert said.index("开着的工作站") < said.index("关着的联络点")
    assert "现在都没开门" not in said


def test_what_lies_hours_away_is_no_help(clerk: Client) -> None:
    point(500, name_zh="近处的联络点", hours="Mo-Su 18:00-20:00")
    point(0, -300_000, name_zh="远处的工作站", hours="24/7", place=411327_000000)  # 300 km to the south
    said = clerk.get(URL, headers={"X-Part": "nearest"}).content.decode()
    assert "近处的联络点" in said
    assert "远处的工作站" not in said


def test_where_none_is_open_the_nearest_are_told_with_their_hours(clerk: Client) -> None:
    point(-500, name_zh="关着的联络点", hours="Mo-Su 18:00-20:00")
    page = clerk.get(URL).content.decode()
    assert "<html" in page
    assert "现在都没开门" in page
    assert "今天 18:00 开" in page


def test_without_any_point_it_says_so(clerk: Client) -> None:
    assert "还没有登记服务点" in clerk.get(URL).content.decode()


@pytest.mark.parametrize("place", ["999999", "abc", "000000", "140581101"])
def test_what_is_no_county_is_not_found(clerk: Client, place: str) -> None:
    assert clerk.get(f"/desk/nearest/{place}/").status_code == 404


def test_the_case_the_counter_and_its_receipt_lead_there(clerk: Client) -> None:
    case = clerk.get(f"/desk/cases/{world.application(world.HERE, 1)['number']}/").content.decode()
    assert f'data-part-url="{URL}"' in case
    assert f'href="{URL}"' in case
    assert 'data-near="/desk/nearest/000000/"' in clerk.get("/desk/new/").content.decode()
