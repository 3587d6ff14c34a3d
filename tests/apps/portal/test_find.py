"""Finding help without a script: from a name, a position, a map; wishes; a point and its poster."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from nuanxin.network.actions import end_point, set_exception
from nuanxin.network.models import ServicePoint
from tests.apps.portal.advising import text_of
from tests.factories import points, world
from tests.factories.points import LAT, LON, point

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)  # a Wednesday, 10:00 in China
NEAR = "/find/near/"


@pytest.fixture(autouse=True)
def wednesday() -> object:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def three(db: None) -> list[ServicePoint]:
    """An office 800 m east, one that is closed in the morning 1,600 m north, a mobile one far away."""
    return [
        point(800, name_zh="示例·东边的工作站", name_en="Eastern Workstation", step_free=True),
        point(0, 1_600, name_zh="示例·北边的联络点", kind="contact_point", hours="Mo-Su 14:00-22:00", services="consultation",
              languages="zh ii", verified_on=date(2025, 3, 1), phone=""),
        point(0, -40_000, name_zh="示例·流动车", kind="mobile", hours="", verified_on=None),
    ]  # fmt: skip


def _listed(page: str) -> list[str]:
    return re.findall(r'<h2><span class="pin"[^>]*>\d+</span> <a [^>]*>([^<]+)</a>', page)


def _get(client: Client, **asked: object) -> str:
    answer = client.get(NEAR, {"place": "140581", **asked})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_name_leads_to_the_list_and_may_stand_in_the_address(zh: Client, three: object) -> None:
    went = zh.post("/find/", {"go": "on", "where": "高平市"})
    assert went["Location"] == "/find/near/?place=140581"
    page = zh.get(went["Location"]).content.decode()
    assert _listed(page) == ["示例·东边的工作站", "示例·北边的联络点", "示例·流动车"]


def test_a_township_is_a_place_too(zh: Client, three: object) -> None:
    went = zh.post("/find/", {"go": "on", "where": "高平米山"})
    assert went["Location"] == "/find/near/?place=140581101"
    assert "米山镇附近的帮助" in zh.get(went["Location"]).content.decode()


def test_several_places_of_one_name_are_asked_about(zh: Client) -> None:
    page = zh.post("/find/", {"go": "on", "where": "朝阳"})
    assert page.status_code == 200
    assert "哪一个" in text_of(page.content.decode())


@pytest.mark.parametrize("typed", ["", "没有这个地方啊"])
def test_no_place_is_told_at_its_field(zh: Client, typed: str) -> None:
    page = zh.post("/find/", {"go": "on", "where": typed})
    assert page.status_code == 200
    assert 'class="errors"' in page.content.decode()


def test_each_row_tells_way_estimate_opening_and_whether_it_was_checked(zh: Client, three: object) -> None:
    said = text_of(_get(zh))
    assert "按直线距离估算" in said
    assert "现在开门，到 12:00" in said
    assert "现在没开门，今天 14:00 开" in said
    assert "6 月 1 日核实过" in said
    assert "2025 年 3 月 1 日以后没再核实" in said
    assert "还没核实过" in said
    assert said.count("虚构") == 3


def test_the_phone_button_is_there_where_a_number_is(zh: Client, three: object) -> None:
    page = _get(zh)
    assert page.count('class="button second" href="tel:03560000000"') == 2


WISHES = [
    ({"wants": "open_now"}, {"示例·东边的工作站"}),
    ({"wants": "wage_claims"}, {"示例·东边的工作站", "示例·流动车"}),
    ({"wants": ["wage_claims", "step_free"]}, {"示例·东边的工作站"}),
    ({"language": "ii"}, {"示例·北边的联络点"}),
    ({"language": "ii", "wants": "open_now"}, set()),
    ({"language": "klingon", "wants": "gold", "mode": "rocket"}, {"示例·东边的工作站", "示例·北边的联络点", "示例·流动车"}),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "found"), WISHES)
def test_wishes_narrow_the_list(zh: Client, three: object, asked: dict[str, object], found: set[str]) -> None:
    page = _get(zh, **asked)
    assert set(_listed(page)) == found
    if not found:
        assert "没有这样的地方" in text_of(page)
        assert "12348" in text_of(page)


def test_the_way_of_travel_changes_the_minutes(zh: Client, three: object) -> None:
    page = _get(zh, mode="car")
    assert "开车约" in text_of(page)
    assert "走路约" not in text_of(page)


def test_a_position_is_counted_from_but_never_stands_in_an_address(zh: Client, three: object) -> None:
    # ``plain``: what a form says where there are no scripts; other pages are then kept for the way back
    page = zh.post(NEAR, {"lon": f"{LON}", "lat": f"{LAT}", "by": "phone", "plain": "1"})
    assert page.status_code == 200
    told = page.content.decode()
    # 800 m in a straight line at 4.8 km/h over 1.3: 13 minutes
    assert "走路约 13 分钟" in text_of(told)
    assert "往东 800 米" in text_of(told)
    assert "no-store" in page["Cache-Control"]
    assert not {"kept", "sessionid"} & set(page.cookies)
    for address in re.findall(r'(?:href|action|src)="([^"]*)"', told):
        assert address.startswith("data:") or not re.search(r"112\.9|35\.79|35\.8", address), address
    assert 'value="112.924"' in told  # rounded, for the next wish


def test_a_position_in_an_address_is_not_read(zh: Client, three: object) -> None:
    assert zh.get(NEAR, {"lon": f"{LON}", "lat": f"{LAT}"})["Location"] == "/find/"
    assert zh.get(NEAR)["Location"] == "/find/"


def test_a_place_whose_middle_nobody_knows_is_not_said_to_lie_abroad(zh: Client) -> None:
    told = text_of(zh.get(NEAR, {"place": "810000"}).content.decode())
    assert "还不知道这个地方的具体位置" in told
    assert "国内" not in told


BAD = [
    {"lon": "35.8", "lat": "112.9"}, {"lon": "2.35", "lat": "48.85"}, {"lon": "nan", "lat": "35"}, {"lon": "x", "lat": "35"},
    {"lon": "inf", "lat": "35"}, {"place": "999999"}, {"place": "abc"}, {"place": "140581999"}, {"lon": "9" * 400, "lat": "35"},
    {"lon": "112.9", "lat": "35.8", "across": "x"}, {"lon": "112.9", "lat": "35.8", "across": "0"},
]  # fmt: skip


@pytest.mark.parametrize("asked", BAD)
def test_what_is_no_place_of_the_country_leads_back_to_the_question(
    zh: Client, asked: dict[str, str]
) -> None:
    page = zh.post(NEAR, asked)
    assert page.status_code == 200
    assert "没找到这个地方，或者它不在国内" in text_of(page.content.decode())


def test_pressing_the_map_looks_from_there(zh: Client, three: object) -> None:
    where = {"lon": "112.924", "lat": "35.798", "by": "phone", "across": "4800"}
    # 480 pixels are 4,800 m: 80 pixels right of the middle is 800 m east, where the first point stands
    page = zh.post(NEAR, {**where, "large.x": "320", "large.y": "240"}).content.decode()
    assert "您点的地方附近的帮助" in page
    assert "走路约 1 分钟" in text_of(page)
    # the keyboard presses the corner: nothing was meant
    page = zh.post(NEAR, {**where, "small.x": "0", "small.y": "0"}).content.decode()
    assert "您身边的帮助" in page


def test_the_map_of_the_country_is_pressed_three_times(zh: Client, three: object) -> None:
    page = zh.get("/find/map/").content.decode()
    for step in range(3):
        assert f'data-kind="{step}"' in page
        fields = dict(re.findall(r'name="(lon|lat|step)" value="([^"]+)"', page))
        page = zh.post("/find/map/", {**fields, "small.x": "149", "small.y": "148"}).content.decode()
    assert "您点的地方附近的帮助" in page


def test_the_map_says_when_nothing_was_pressed_or_abroad(zh: Client) -> None:
    fields = {"lon": "104.3", "lat": "36.2", "step": "0"}
    nothing = text_of(zh.post("/find/map/", {**fields, "small.x": "0", "small.y": "0"}).content.decode())
    assert "请用手指或鼠标点地图" in nothing
    abroad = text_of(zh.post("/find/map/", {**fields, "small.x": "5", "small.y": "290"}).content.decode())
    assert "这里不在国内" in abroad
    assert zh.post("/find/map/", {"lon": "x", "step": "99"}).status_code == 200


def test_who_has_no_point_is_sent_to_the_telephone(zh: Client) -> None:
    said = text_of(_get(zh))
    assert "还没有登记服务点" in said
    assert "山西省晋城市" in said  # the middle of Gaoping is in no table


def test_what_lies_far_away_is_told_only_where_there_is_hardly_anything_else(zh: Client) -> None:
    for number, north in enumerate((1_000, -300_000, -301_000)):
        place = 140581_000000 if north > 0 else 411327_000000  # Sheqi, Henan
        point(0, north, name_zh=f"示例·{number}", place=place)
    page = _get(zh)
    assert _listed(page) == ["示例·0", "示例·1"]


def test_a_point_tells_its_public_facts(zh: Client, three: list[ServicePoint]) -> None:
    first = three[0]
    set_exception(first.pk, day=date(2026, 12, 1), hours="09:00-11:00", note="盘点", by=points.SYSTEM, at=AT)
    page = zh.get(f"/points/{first.pk}/", {"from": "140581"}).content.decode()
    said = text_of(page)
    assert "法律援助工作站" in said
    assert "从山西省晋城市高平市的中心出发" in said
    assert re.search(r'<tr class="today"><th scope="row">星期三', page)
    assert "8:30–12:00" in said
    assert "12 月 1 日: 9:00–11:00 盘点" in said
    assert "欠薪求助" in said
    assert "门口没有台阶" in said
    assert 'href="geo:35.79800,112.93' in page
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="qr"' in page or 'class="qr"' in page


def test_a_point_in_english_marks_what_is_only_known_in_chinese(three: list[ServicePoint]) -> None:
    english = Client(headers={"accept-language": "en"})
    named = english.get(f"/points/{three[0].pk}/").content.decode()
    assert "<h1>Eastern Workstation</h1>" in named
    chinese = english.get(f"/points/{three[1].pk}/").content.decode()
    assert '<h1 lang="zh-Hans">示例·北边的联络点</h1>' in chinese
    assert "Not checked since 1 March 2025" in chinese
    assert "Yi" in text_of(chinese)


def test_hours_that_are_not_known_are_not_told_as_closed_days(zh: Client, three: list[ServicePoint]) -> None:
    said = text_of(zh.get(f"/points/{three[2].pk}/").content.decode())
    assert "开门时间没有登记" in said
    assert "星期一" not in said


def test_a_holiday_has_its_own_hours_and_marks_no_weekday(zh: Client, three: list[ServicePoint]) -> None:
    with time_machine.travel(datetime(2026, 10, 1, 2, tzinfo=UTC), tick=False):  # National Day, a Thursday
        page = zh.get(f"/points/{three[0].pk}/").content.decode()
    assert 'class="today"' not in page
    assert "今天是节假日或调休上班日" in text_of(page)
    assert "现在没开门" in text_of(page)


def test_a_year_whose_holidays_are_not_published_is_said_to_be_uncertain(
    zh: Client, three: list[ServicePoint]
) -> None:
    page = f"/points/{three[0].pk}/"
    assert "节假日还没有公布" not in text_of(zh.get(page).content.decode())
    with time_machine.travel(datetime(2026, 12, 20, 2, tzinfo=UTC), tick=False):  # 2027 is not in the tables
        assert "节假日还没有公布" in text_of(zh.get(page).content.decode())


def test_an_ended_point_says_so_and_is_found_no_more(zh: Client, three: list[ServicePoint]) -> None:
    end_point(three[0].pk, by=points.SYSTEM, at=AT)
    assert "已经不办公了" in text_of(zh.get(f"/points/{three[0].pk}/").content.decode())
    assert "示例·东边的工作站" not in _listed(_get(zh))


def test_a_poster_has_name_hours_code_and_12348(either: Client, three: list[ServicePoint]) -> None:
    page = either.get(f"/points/{three[0].pk}/poster/").content.decode()
    said = text_of(page)
    english = either.defaults["HTTP_ACCEPT_LANGUAGE"] == "en"
    for expected in ("12348", "0356-0000000", "Monday to Friday" if english else "星期一到星期五"):
        assert expected in said
    assert 'class="qr"' in page


@pytest.mark.parametrize("number", ["0", "99999", str(2**63), "9" * 40])
def test_a_point_that_does_not_exist_is_not_found(zh: Client, number: str) -> None:
    assert zh.get(f"/points/{number}/").status_code == 404
    assert zh.get(f"/points/{number}/poster/").status_code == 404


def test_a_wrong_start_is_passed_over(zh: Client, three: list[ServicePoint]) -> None:
    page = zh.get(f"/points/{three[0].pk}/", {"from": "nowhere"})
    assert page.status_code == 200
    assert "出发" not in text_of(page.content.decode())


def test_the_case_page_and_the_first_page_lead_here(zh: Client) -> None:
    world.offices()
    receipt = world.application(world.HERE, 1)
    zh.post("/follow/", {"number": receipt["number"], "code": receipt["follow_code"]})
    assert 'href="/find/near/?place=140581"' in zh.get("/follow/case/").content.decode()
    assert 'href="/find/"' in zh.get("/").content.decode().split("<main")[1].split("</main>")[0]
