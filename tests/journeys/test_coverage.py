"""The half-hour circle: a supervisor looks at a city, a station ends its work, and the gap is larger."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys import desk
from tests.journeys.conftest import Visit
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey
WITHIN = 15  # seconds, on a busy machine
SHOW = "main form.circle-form button"


def _people_in_reach(supervisor: Walker) -> float:
    """The share of the people on the page, in percent."""
    return float(supervisor.page.locator(".big-share").first.inner_text().rstrip("%"))


def _ask(supervisor: Walker) -> None:
    """On the last evening of the week, by bus, in a district of Daqing: one point of the demonstration is open then."""
    supervisor.go("/desk/network/coverage/").fill("where", "让胡路")
    for name, value in (("mode", "bus"), ("day", "6"), ("hour", "23")):
        supervisor.pick(name, value)
    supervisor.press(SHOW)
    expect(supervisor.page.locator("h1")).to_contain_text("让胡路")


def _until(supervisor: Walker, right: Callable[[float], bool]) -> None:
    """Ask until the share is right: a process looks for changed points every two seconds."""
    deadline = time.monotonic() + WITHIN
    _ask(supervisor)
    while not right(_people_in_reach(supervisor)):
        assert time.monotonic() < deadline, f"still {_people_in_reach(supervisor)} % after {WITHIN} s"
        supervisor.page.wait_for_timeout(300)
        _ask(supervisor)


def test_a_station_that_ends_its_work_makes_the_gap_larger(visit: Visit) -> None:
    supervisor, clerk = (
        desk.sign_in(visit(desk=True), "supervisor_province"),
        desk.sign_in(visit(desk=True), "clerk_230604"),
    )
    expect(supervisor.page.locator("nav a[href='/desk/network/coverage/']")).to_be_visible()
    _ask(supervisor)
    before = _people_in_reach(supervisor)
    assert before > 0
    main = supervisor.page.locator("main")
    expect(main).to_contain_text("按直线距离估算")
    expect(main).to_contain_text("人口分布为估算")
    expect(main.locator("svg.reach")).to_be_visible()

    clerk.go("/desk/points/?text=夜间服务点").press(
        clerk.page.locator("main tbody a", has_text="夜间服务点").first
    )
    clerk.press("main button[value='end']")
    expect(clerk.page.locator("main")).to_contain_text("恢复使用")
    _until(supervisor, lambda share: share < before)
    gaps = main.locator("section", has=supervisor.page.locator("a[href*='gaps.csv']"))
    assert gaps.locator("tbody tr").count() > 0
    with supervisor.page.expect_download() as table:
        gaps.locator("a[href*='gaps.csv']").click()
    assert re.fullmatch(r"gaps-230604\.csv", table.value.suggested_filename)

    supervisor.fill("sites", "1").press("main form.site-form button")
    expect(supervisor.page.locator("#sites tbody tr")).to_have_count(1)
    expect(supervisor.page.locator("svg.reach .site")).to_have_count(1)
    supervisor.press("#week a")
    expect(supervisor.page.locator("table.week tbody td")).to_have_count(7 * 24)

    clerk.press("main button[value='reopen']")  # the other journeys find the point again
    _until(supervisor, lambda share: share == before)
