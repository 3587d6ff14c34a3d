"""A worker asks to be rung back on a small phone, an operator dials from the desk, and safe contact holds."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from playwright.sync_api import expect

from nuanxin.hotline.rules.callbacks import SHANGHAI
from tests.journeys import desk
from tests.journeys.conftest import Visit
from tests.journeys.server import Server
from tests.journeys.test_hotline import Telephone

pytestmark = pytest.mark.journey
PAGE = "/desk/hotline/call-backs/"
NUMBER, OTHER = "19000064321", "19000065432"
# Tests run at any hour of the day, and a page offers no hours round the clock.
AT_ANY_HOUR = """
import django; django.setup()
from nuanxin.hotline.models import CallBack
print(CallBack.objects.filter(call_hours="").update(call_hours="00:00-00:00"))
"""
CLOSE_THE_TALK = """
import django; django.setup()
from django.utils import timezone
from nuanxin.accounts.models import Staff
from nuanxin.accounts.queries import actor_for
from nuanxin.hotline.actions import wrap_up
from nuanxin.hotline.models import Call
at = timezone.now()
for call in Call.objects.exclude(rings_back=0).filter(state="on_call"):
    who = actor_for(Staff.objects.get(pk=call.operator), at)
    print(wrap_up(call_id=call.pk, code="wrong_number", by=who, at=at).state)
"""


def test_asked_in_three_presses_and_rung_from_the_desk(visit: Visit, server: Server) -> None:
    Telephone(server)
    operator = desk.sign_in(visit(desk=True), "operator").go(PAGE)
    worker = visit()
    worker.go("/").press("main a[href='/ring-me/']")
    worker.page.fill("[name='phone']", NUMBER)
    worker.press("main form .actions button.button")
    expect(worker.page).to_have_url(re.compile(r"/ring-me/receipt/"))
    expect(worker.page.locator("main .receipt .number")).to_have_text(re.compile(r"\d{8}"))

    row = operator.page.locator("tr", has_text="190****4321")
    expect(row).to_be_visible()  # by itself, without a reload
    server.python(AT_ANY_HOUR)
    operator.go(PAGE).press(row.locator("form[action$='/dial/'] button"))
    expect(operator.page.locator("main")).to_contain_text(NUMBER)
    operator.press("main button[value='reached']")
    expect(operator.page.locator("main a[href$='/new/']")).to_be_visible()
    operator.press("main a[href*='?record=']")  # the talk is a call of its own, with its record
    expect(operator.page.locator("main [data-live='record'] textarea").first).to_be_visible()
    server.python(CLOSE_THE_TALK)
    worker.go("/ring-me/receipt/")
    expect(worker.page.locator("main h1")).to_have_text("已经通过电话了")


def test_nobody_is_rung_outside_the_hours_they_named(visit: Visit, server: Server) -> None:
    Telephone(server)
    worker, hour = visit(), datetime.now(SHANGHAI).hour
    worker.go("/ring-me/")
    worker.page.fill("[name='phone']", OTHER)
    worker.page.locator("main details", has=worker.page.locator("[name='from_hour']")).locator(
        "summary"
    ).click()
    first, last = ("10:00", "11:00") if hour < 9 or hour > 11 else ("14:00", "15:00")
    worker.page.select_option("[name='from_hour']", first)
    worker.page.select_option("[name='to_hour']", last)
    worker.page.locator("label", has=worker.page.locator("[name='may_say_who'][value='no']")).click()
    worker.press("main form .actions button.button")
    operator = desk.sign_in(visit(desk=True), "operator").go(PAGE)
    row = operator.page.locator("tr", has_text="190****5432")
    expect(row).to_contain_text("不在对方方便的时间")
    expect(row.locator("form[action$='/dial/']")).to_have_count(0)
