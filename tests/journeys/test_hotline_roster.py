"""A month of duty from nothing: worked out by the machine, published by who plans, seen by who is on duty."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.journeys import desk
from tests.journeys.conftest import Visit
from tests.journeys.server import Server

pytestmark = pytest.mark.journey
MONTH = "2026-12"  # a month whose holidays are known


def _run(server: Server, *command: str) -> str:
    done = server.run(*command)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().rpartition("\n")[2]


def _station(server: Server) -> None:
    """A desk open in the mornings, one shift, and two people in turn."""
    token = json.loads(
        _run(server, "token", "issue", "roster", "--role", "partner", "--region", "140000", "--json")
    )
    exchange = _run(
        server, "hotline", "exchange", "roster", "--token", str(token["id"]), "--region", "140000"
    )
    row = _run(
        server, "hotline", "desk", "mornings", "上午专席", "--name-en", "Morning desk", "--exchange", exchange,
        "--kind", "special", "--region", "140000", "--hours", "08:00-12:00",
    )  # fmt: skip
    station = _run(server, "hotline", "roster", "station", "山西热线", "--desks", row, "--region", "140000")
    _run(server, "hotline", "roster", "shift", "A", "上午班", "08:00-12:00", "--station", station)
    for person in ("operator", "duty_lawyer"):
        _run(server, "hotline", "roster", "terms", person, "--station", station)


def test_a_month_is_worked_out_published_and_seen(visit: Visit, server: Server) -> None:
    _station(server)
    planner = desk.sign_in(visit(desk=True), "supervisor_province")
    planner.words |= {"上午班", "山西热线", "上午专席"}  # as the station named them: no translation exists
    planner.go(f"/desk/hotline/roster/?month={MONTH}")
    expect(planner.page.locator("main")).to_contain_text("还没有开始")
    planner.press("main button[value='solve']")
    # By itself, without a reload.
    expect(planner.page.locator("main")).to_contain_text("已排满全月", timeout=60_000)
    planner.press("main button[value='publish']")
    expect(planner.page.locator("main")).to_contain_text("已发布")

    lawyer = desk.sign_in(visit(desk=True), "duty_lawyer")
    lawyer.go(f"/desk/hotline/duty/?month={MONTH}")
    expect(lawyer.page.locator("main .duty-days")).to_contain_text("08:00–12:00")
    with lawyer.page.expect_download() as download:
        lawyer.page.locator("main a[download]").click()
    assert download.value.suggested_filename == "duty.ics"
