"""A talk is drawn, a supervisor scores it, who talked objects, and another supervisor decides."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from nuanxin.hotline.rules.quality import POINTS
from tests.journeys import desk
from tests.journeys.conftest import Visit
from tests.journeys.server import Server
from tests.journeys.test_hotline import Telephone
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey
PAGE = "/desk/hotline/quality/"
OBJECTION = "（演示）已经告诉来电人下一步了，请再听一遍。"
# As the operator does at the console, which has journeys of its own.
CLOSE = """
import django; django.setup()
from django.utils import timezone
from nuanxin.accounts.models import Staff
from nuanxin.accounts.queries import actor_for
from nuanxin.hotline.actions.records import Typed, close
from nuanxin.hotline.models import Call
at, call = timezone.now(), Call.objects.get(external="q1")
by = actor_for(Staff.objects.get(pk=call.operator), at)
close(call_id=call.pk, typed=Typed({"reply": "（演示）先申请劳动仲裁"}, category="wages"), code="advised", by=by, at=at)
"""


def _scores(checker: Walker, address: str, *, next_step: int) -> None:
    checker.go(address)
    for point in POINTS:
        checker.tick(point, str(next_step if point == "next_step" else 2))
    checker.press("main form.counter .actions button.button")


def test_a_talk_that_was_drawn_is_scored_objected_to_and_decided(visit: Visit, server: Server) -> None:
    telephone = Telephone(server, "质检专席")
    telephone.tell("q1", "arrived", caller="19000067890")
    telephone.tell("q1", "queued", queue="migrant", topic="wages", language="zh")
    telephone.tell("q1", "answered", extension="802")
    assert telephone.tell("q1", "hung_up") == "wrap_up"
    server.python(CLOSE)
    server.job("hotline", "draw_calls_to_check", hours=7 * 24 + 6)  # as on the Monday after

    checker = desk.sign_in(visit(desk=True), "supervisor_province").go(PAGE)
    drawn = checker.page.locator("main section", has_text="待质检的电话").locator(
        "tbody tr", has_text="质检专席"
    )
    expect(drawn).to_contain_text("演示话务员")
    address = drawn.locator("a").get_attribute("href") or ""
    operator = desk.sign_in(visit(desk=True), "operator")
    operator.go(address)
    # Nobody knows beforehand that a talk of theirs was drawn.
    expect(operator.page.locator("main")).not_to_contain_text("质检专席")
    _scores(checker, address, next_step=0)

    operator.go(PAGE).press(operator.page.locator("main tbody tr", has_text="质检专席").locator("a"))
    expect(operator.page.locator("main")).to_contain_text("10 / 12")
    operator.fill("text", OBJECTION).press("main form[action$='/object/'] button")
    expect(operator.page.locator("main")).to_contain_text(OBJECTION)
    checker.go(address)  # whoever has scored it does not score it again
    expect(checker.page.locator("main form.counter")).to_have_count(0)

    _scores(desk.sign_in(visit(desk=True), "supervisor_nation"), address, next_step=2)
    operator.go(PAGE)
    row = operator.page.locator("main tbody tr", has_text="质检专席")
    expect(row).to_contain_text("12 / 12")
