"""A month of duty from nothing, by pages alone: a station with its shift and people, the month worked out and published, a
duty exchanged by two people at two browsers and approved by who plans."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from nuanxin.hotline.queries.rosters import month_end, month_start
from nuanxin.law.calendar import CalendarMissing, kind_of
from tests.journeys import desk
from tests.journeys.conftest import Visit
from tests.journeys.server import Server
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey
NAMED = {"上午班", "山西热线", "上午专席"}  # as the station's people named them: no translation exists


def _month() -> date:
    """Next month, whose duties have not begun; its holidays have to be known."""
    month = month_start(datetime.now(UTC).date(), 1)
    try:
        kind_of(month_end(month))
    except CalendarMissing:
        pytest.skip(f"the holidays of {month.year} are not entered yet, and no month is planned without them")
    return month


def _run(server: Server, *command: str) -> str:
    done = server.run(*command)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().rpartition("\n")[2]


def _desk(server: Server) -> None:
    """A desk open in the mornings: the administrator's register has it already."""
    token = json.loads(
        _run(server, "token", "issue", "roster", "--role", "partner", "--region", "140000", "--json")
    )
    exchange = _run(
        server, "hotline", "exchange", "roster", "--token", str(token["id"]), "--region", "140000"
    )
    _run(
        server, "hotline", "desk", "mornings", "上午专席", "--name-en", "Morning desk", "--exchange", exchange,
        "--kind", "special", "--region", "140000", "--hours", "08:00-12:00",
    )  # fmt: skip


def _station(planner: Walker, month: date) -> str:
    """Opened by pages, with its shift and its lawyer; its number."""
    planner.go("/desk/hotline/stations/new/")
    page = planner.page
    page.fill("[name='name_zh']", "山西热线")
    page.locator(".option", has_text="上午专席").click()
    page.locator(
        ".option", has_text="至少有一名律师"
    ).click()  # not here: one lawyer cannot have every morning
    planner.press("main button[value='save']")
    expect(page.locator("main .faults")).to_contain_text("还没有班次")
    station = page.url.partition("?")[0]
    planner.press("main a[href$='/shifts/new/']")
    page.fill("[name='name_zh']", "上午班")
    page.fill("[name='code']", "A")
    page.fill("[name='first_start']", "8")
    page.fill("[name='first_end']", "07:00")  # on the next day: 23 hours
    planner.press("main button[value='save']")
    expect(page.locator("main .fault").first).to_contain_text("合计不超过11小时")
    page.fill("[name='first_end']", "12:00")
    planner.press("main button[value='save']")
    planner.press("main a[href$='/people/new/']")
    value = page.locator("[name='staff'] option", has_text="(duty_lawyer)").get_attribute("value")
    page.select_option("[name='staff']", value)
    page.select_option("[name='since']", month.isoformat())
    page.locator(".option", has_text="以律师身份值班").click()
    planner.press("main button[value='save']")
    return station.rstrip("/").rpartition("/")[2]


def _published(planner: Walker, station: str, month: date) -> None:
    """Worked out and published."""
    page = planner.page
    planner.go(f"/desk/hotline/roster/?station={station}&month={month:%Y-%m}")
    expect(page.locator("main")).to_contain_text("还没有开始")
    planner.press("main button[value='solve']")
    # By itself, without a reload.
    expect(page.locator("main")).to_contain_text("已排满全月", timeout=60_000)
    planner.press("main button[value='publish']")
    expect(page.locator("main")).to_contain_text("已发布")


def _asks_for_another(lawyer: Walker, month: date) -> None:
    """Of the first days whose exchange breaks no rule, a morning of mine for one of the operator's."""
    mine = lawyer.page.locator("main .duty-days a[href$='/exchange/']")
    for number in range(mine.count()):
        lawyer.press(mine.nth(number))
        if lawyer.page.locator("[name='in_return']").count():
            lawyer.page.locator("main .option").first.click()
            lawyer.press("main form:has([name='in_return']) .button:not(.second)")
        if "/exchange/" not in lawyer.page.url:
            break
        lawyer.go(f"/desk/hotline/duty/?month={month:%Y-%m}")
    expect(lawyer.page.locator("main .record-lines").first).to_contain_text("等同事答复")


def test_a_month_is_planned_by_pages_and_a_duty_exchanged(visit: Visit, server: Server) -> None:
    month = _month()
    _desk(server)
    planner = desk.sign_in(visit(desk=True), "supervisor_province")
    planner.words |= NAMED
    station = _station(planner, month)
    _run(server, "hotline", "roster", "terms", "operator", "--station", station)
    _published(planner, station, month)

    lawyer = desk.sign_in(visit(desk=True), "duty_lawyer")
    lawyer.words |= NAMED
    lawyer.go(f"/desk/hotline/duty/?month={month:%Y-%m}")
    expect(lawyer.page.locator("main .duty-days")).to_contain_text("08:00–12:00")
    with lawyer.page.expect_download() as download:
        lawyer.page.locator("main a[download]").click()
    assert download.value.suggested_filename == "duty.ics"
    _asks_for_another(lawyer, month)

    operator = desk.sign_in(visit(desk=True), "operator")
    operator.words |= NAMED
    operator.go(f"/desk/hotline/duty/?month={month:%Y-%m}")
    operator.press("main button[value='take']")
    # The lawyer sees it without a reload, and so does who plans.
    expect(lawyer.page.locator("main .record-lines").first).to_contain_text("同事已同意，等批准")
    asked = planner.page.locator("main", has_text=re.compile("换班.*↔", re.DOTALL))
    expect(asked).to_be_visible()
    planner.press(planner.page.locator("main button[value='yes']").first)
    expect(lawyer.page.locator("main")).not_to_contain_text("同事已同意，等批准")
