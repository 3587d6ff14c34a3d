"""The desk keeps the service points: a file with faults, a point changed and ended, a double entry."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

import pytest
from playwright.sync_api import expect

from tests.journeys import desk
from tests.journeys.conftest import Visit
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey
HEAD = "名称,类型,地区代码,经度,纬度,服务,电话,来源编号"
_numbers = count(1)


def _keeper(visit: Visit, **more: object) -> Walker:
    keeper = desk.sign_in(visit(desk=True, **more), "clerk")
    return keeper.press(keeper.page.locator("nav a[href='/desk/points/']").first)


def _choose(keeper: Walker, *lines: str) -> Walker:
    """Choose a file of these lines, and let it be checked."""
    keeper.go("/desk/points/import/")
    text = "\n".join((HEAD, *lines)).encode("gb18030")
    keeper.page.set_input_files("[name='file']", {"name": "网点.csv", "mimeType": "text/csv", "buffer": text})
    keeper.fill("source", f"journey-{next(_numbers)}")
    return keeper.press("main form .button:not(.second)")


def test_a_file_with_faults_is_mended_and_brought_in(visit: Visit) -> None:
    keeper = _keeper(visit)
    good = "米山工地联络点,联络点,140581,112.98,35.77,consultation,0356-5550911,J1"
    _choose(keeper, good, "倒置联络点,联络点,140581,35.77,112.98,consultation,0356-5550912,J2")
    main = keeper.page.locator("main")
    expect(main).to_contain_text("经度和纬度可能写反了")
    expect(main.locator("[value='publish']")).to_have_count(0)
    with keeper.page.expect_download() as got:
        main.locator("a[href$='/faults/']").click()
    assert got.value.suggested_filename == "faults.csv"
    keeper.press("[value='drop']")
    _choose(keeper, good, "倒置联络点,联络点,140581,112.98,35.77,consultation,0356-5550912,J2")
    keeper.press("[value='publish']")
    expect(main).to_contain_text("网点已导入")
    keeper.press("main .actions a")
    keeper.fill("text", "米山工地").press("form[data-points] .button")
    expect(main.locator("tbody tr")).to_have_count(1)
    keeper.press("main tbody a")
    keeper.fill("hours", "Mo-Fr 17:00-09:00").press("[value='save']")
    expect(main).to_contain_text("结束早于开始")
    keeper.fill("hours", "Mo-Fr 09:00-17:00").press("[value='save']")
    keeper.press(main.locator("a[href$='/points/']").first).press("main a[href='/desk/points/new/']")


def test_a_point_is_put_on_file_changed_and_ended_without_a_script_in_english(visit: Visit) -> None:
    keeper = _keeper(visit, language="en", java_script_enabled=False)
    main = keeper.page.locator("main")
    keeper.press("main a[href='/desk/points/new/']")
    keeper.fill("name_zh", "寺庄法律援助工作站").fill("place", "140581").fill("lon", "35.90").fill(
        "lat", "112.90"
    )
    keeper.fill("hours", "Mo-Fr 17:00-09:00").tick("services", "consultation").press("[value='save']")
    expect(main).to_contain_text("seem to be swapped")
    expect(main).to_contain_text("ends before it begins")
    keeper.fill("lon", "112.90").fill("lat", "35.90").fill("hours", "Mo-Fr 09:00-17:00").press(
        "[value='save']"
    )
    expect(main).to_contain_text("Never checked")
    keeper.press("[value='verify']")
    expect(main).to_contain_text("Checked on")
    keeper.fill("phone", "0356-5550921").press("[value='save']")
    expect(keeper.page.locator("[name='phone']")).to_have_value("0356-5550921")
    keeper.fill("day", (date.today() + timedelta(days=30)).isoformat()).press("[value='exception']")
    expect(main).to_contain_text("closed all day")
    keeper.press("[value='end']")
    expect(main.locator("[value='reopen']")).to_be_visible()
    keeper.press(main.locator("a[href$='/points/']").first)
    expect(main).not_to_contain_text("寺庄法律援助工作站")


def test_a_double_entry_is_ended_in_favour_of_the_other_on_a_phone(visit: Visit) -> None:
    keeper = _keeper(visit, width=360)
    row = "北诗联络点,联络点,140581,113.05,35.83,consultation,0356-5550931"
    _choose(keeper, f"{row},D1", f"{row},D2").press("[value='publish']")
    keeper.go("/desk/points/duplicates/")
    main = keeper.page.locator("main")
    pair = main.locator("section", has_text="北诗联络点")
    expect(pair).to_have_count(1)
    expect(pair).to_contain_text("电话相同")
    keeper.press(pair.locator("button").first)
    expect(main.locator("section", has_text="北诗联络点")).to_have_count(0)
