"""Help near a place: from its name, from the phone's position, from a map; filters, a point, its poster."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
from playwright.sync_api import expect

from tests.journeys import desk, portal
from tests.journeys.conftest import Visit
from tests.journeys.people import somebody
from tests.journeys.portal import GO
from tests.journeys.server import Server
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey
MOST_BYTES = 50 * 1024
GAOPING = (112.92, 35.80)
SHOW = "main form:not(.map) button.second"


def _near(worker: Walker, name: str) -> Walker:
    """From the first page to what is near a place."""
    worker.go("/").press("main a[href='/find/']")
    worker.fill("where", name).press(GO)
    if worker.page.locator("main [name='spot']").count():
        worker.page.locator("main [name='spot']").first.check()
        worker.press(GO)
    expect(worker.page.locator(".spots li").first).to_be_visible()
    return worker


def _wish(worker: Walker, **wishes: str) -> Walker:
    """Open the wishes above the list, choose, show."""
    if not worker.page.locator("main details[open]").count():
        worker.page.click("main summary")
    for name, value in wishes.items():
        if name == "language":
            worker.pick(name, value)
        else:
            worker.tick(name, value)
    return worker.press(SHOW)


def test_help_from_a_place_name_with_filters_to_a_point_and_its_poster(visit: Visit) -> None:
    worker = _near(visit(), "高平市")
    assert "/find/near/?place=140581" in worker.page.url
    expect(worker.page.locator("main")).to_contain_text("按直线距离估算")
    everything = worker.page.locator(".spots h2 a").all_inner_texts()
    _wish(worker, wants="wage_claims", mode="car")
    expect(worker.page.locator(".spots li").first).to_contain_text("开车")
    assert 0 < worker.page.locator(".spots li").count() <= len(everything)
    worker.press(worker.page.locator(".spots h2 a").first)
    main = worker.page.locator("main")
    expect(main).to_contain_text("能办什么")
    expect(main.locator(".hours tr")).to_have_count(8)
    assert (main.locator("a[href^='tel:']").first.get_attribute("href") or "") != "tel:12348"
    assert re.match(
        r"geo:\d\d\.\d+,\d{2,3}\.\d+", main.locator("a[href^='geo:']").get_attribute("href") or ""
    )
    expect(main.locator("svg.qr")).to_be_visible()
    assert "高平市的中心出发" in main.inner_text()
    worker.press("main a[href$='/poster/']")
    expect(worker.page.locator("main")).to_contain_text("12348")
    with pikepdf.open(io.BytesIO(worker.page.pdf(format="A4", prefer_css_page_size=True))) as paper:
        assert len(paper.pages) == 1


def test_the_same_in_english_without_a_script_on_the_smallest_phone(visit: Visit) -> None:
    worker = _near(visit(language="en", width=320, java_script_enabled=False), "gaoping, jincheng")
    assert not worker.page.locator("[data-position]").is_visible()
    _wish(worker, wants="open_now")
    main = worker.page.locator("main")
    if worker.page.locator(".spots li").count():
        expect(worker.page.locator(".spots li").first).to_contain_text("Open")
    else:
        expect(main).to_contain_text("12348")
    worker.go("/find/near/?place=140581").press(worker.page.locator(".spots h2 a").first)
    expect(main).to_contain_text("What is done here")
    worker.press("main a[href$='/poster/']")
    expect(worker.page.locator("main")).to_contain_text("Help is free")


def test_the_position_of_the_phone_is_asked_for_and_leaves_no_trace_in_the_address(
    visit: Visit, server: Server
) -> None:
    lon, lat = GAOPING
    worker = visit(geolocation={"longitude": lon + 0.00012345, "latitude": lat}, permissions=["geolocation"])
    worker.go("/find/")
    worker.press("[data-position-ask]")
    expect(worker.page.locator("h1")).to_have_text("您身边的帮助")
    assert worker.page.url.endswith("/find/near/")
    assert worker.page.input_value("form.map [name='lon']") == "112.92"
    _wish(worker, mode="bus")
    expect(worker.page.locator(".spots li").first).to_contain_text("坐公交")
    assert worker.page.url.endswith("/find/near/")
    assert all(
        "112.9" not in (link.get_attribute("href") or "") for link in worker.page.locator("main h2 a").all()
    )
    assert "112.92" not in server.log.read_text(encoding="utf-8")


def test_a_phone_that_does_not_tell_where_it_is_says_so(visit: Visit) -> None:
    worker = visit()
    worker.go("/find/")
    worker.page.click("[data-position-ask]")
    expect(worker.page.locator("[data-position-said]")).to_contain_text("请写个地名")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_map_pressed_three_times_leads_to_help(visit: Visit, scripts: bool) -> None:
    worker = visit(java_script_enabled=scripts, width=1280)
    worker.go("/find/map/")
    for step in range(3):
        expect(worker.page.locator("h1")).to_have_attribute("data-kind", str(step))
        image = worker.page.locator("form.map input.large")
        with worker.page.expect_navigation():
            # the first press: Shanxi lies east of the middle; then about the middle
            image.click(position={"x": 305, "y": 245} if step == 0 else {"x": 240, "y": 250})
        worker.look()
    expect(worker.page.locator("h1")).to_have_text("您点的地方附近的帮助")
    with worker.page.expect_navigation():
        worker.page.locator("form.map input.large").click(position={"x": 100, "y": 100})
    worker.look()
    expect(worker.page.locator("h1")).to_have_text("您点的地方附近的帮助")
    assert worker.page.url.endswith("/find/near/")


def test_an_officer_reads_out_the_nearest_open_points_at_the_counter_and_on_the_case(visit: Visit) -> None:
    said = somebody()
    got = portal.report(visit(), name=said.name, phone=said.phone, story="（演示）工钱没给。", where="高平市")
    clerk = desk.sign_in(visit(desk=True), "clerk")
    clerk.go("/desk/new/")
    clerk.page.fill("[name='place_text']", "高平")
    clerk.page.locator("#places li").first.click()
    expect(clerk.page.locator(".near-points li").first).to_contain_text("夜间服务点")  # open round the clock
    desk.open_case(clerk, got.number)
    clerk.page.click("[data-part-url] a")
    expect(clerk.page.locator(".near-points li").first).to_contain_text("夜间服务点")
    clerk.go("/desk/nearest/140581/")
    expect(clerk.page.locator(".near-points a[href^='tel:']").first).to_be_visible()


def test_the_pages_of_finding_help_are_light(visit: Visit) -> None:
    worker, loaded = visit(), []
    worker.page.on("response", lambda response: loaded.append(response))
    worker.go("/find/near/?place=140581")
    sizes = [response.request.sizes() for response in loaded]
    assert sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes) <= MOST_BYTES
