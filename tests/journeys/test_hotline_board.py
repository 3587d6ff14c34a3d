"""The board with two browsers: somebody takes a call, and who oversees the desk sees it without a reload."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import desk
from tests.journeys.conftest import Visit
from tests.journeys.server import Server
from tests.journeys.test_hotline import PAGE, Telephone

pytestmark = pytest.mark.journey


def test_who_oversees_sees_a_call_taken_within_a_second(visit: Visit, server: Server) -> None:
    telephone = Telephone(server, "看板上的专席")
    operator = desk.sign_in(visit(desk=True), "operator")
    overseer = desk.sign_in(visit(desk=True), "supervisor_province")
    operator.go(PAGE).press("main button[value='ready']")
    overseer.go("/desk/hotline/board/")
    row = overseer.page.locator("main table.board tbody tr", has_text="看板上的专席")
    expect(row.locator("td").nth(0)).to_have_text("0")

    telephone.tell("b1", "arrived", caller="19000061235")
    telephone.tell("b1", "queued", queue="migrant", topic="wages")
    expect(row.locator("td").nth(0)).to_have_text("1")  # by itself
    operator.press("main tbody button")
    expect(row.locator("td").nth(0)).to_have_text("0")
    expect(row.locator("td").nth(2)).to_have_text("1")  # on a call
    assert telephone.tell("b1", "hung_up") == "wrap_up"
    expect(row.locator("td").nth(2)).to_have_text("0")
