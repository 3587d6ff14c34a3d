"""A question from a phone: answered at the desk, read, and let out to others without anything that points to the asker."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import desk, portal
from tests.journeys.conftest import Visit
from tests.journeys.people import somebody
from tests.journeys.server import Server

pytestmark = pytest.mark.journey
FIRM = "鸿运达"


def test_a_question_is_answered_and_others_may_read_it(visit: Visit, server: Server) -> None:
    said, worker = somebody(), visit()
    got = portal.report(
        worker, door="ask", share="yes", name=said.name, phone=said.phone, where="高平市",
        story=f"（演示）我叫{said.name}，在{FIRM}建筑有限公司干活，没签合同，欠三个月工资，打{said.phone}。",
    )  # fmt: skip
    lawyer = desk.sign_in(visit(desk=True), "duty_lawyer")
    lawyer.go("/desk/hotline/questions/")
    row = lawyer.page.locator("main tbody tr", has_text=got.number)
    lawyer.press(row.locator("button"))
    expect(lawyer.page).to_have_url(re.compile(r"/answer/"))
    lawyer.fill("text", f"{said.name}您好，没签合同满一个月起可以要二倍工资，《劳动合同法》第八十二条。")
    lawyer.press("main form .actions button.button")
    server.message(got.number, "已答复")
    portal.follow(worker, got)
    expect(worker.page.locator("main")).to_contain_text("二倍工资")

    lawyer.go("/desk/hotline/answers/")
    lawyer.press(f"main a[href$='/new/{got.number}/']")
    for name in ("question_zh", "answer_zh"):
        struck = lawyer.page.locator(f"[name='{name}']").input_value()
        assert not [word for word in (said.name, FIRM, said.phone) if word in struck]
    expect(lawyer.page.locator("main s").first).to_be_visible()
    desk.put(lawyer, {"topic": "contract", "question_zh": "没签合同，欠三个月工资，能要二倍工资吗？"})
    lawyer.press("main form .actions button.button")
    decider = desk.sign_in(visit(desk=True), "decider")
    decider.go("/desk/hotline/answers/").press("main section li a")
    decider.press("main button[value='yes']")

    reader = visit()
    reader.go("/answers/?q=二倍工资")
    reader.press("main .spots a")
    expect(reader.page.locator("main")).to_contain_text("第八十二条")
    assert not [word for word in (said.name, FIRM, said.phone, got.number) if word in reader.page.content()]
    worker.press("main button[name='share']")  # and back: gone at once
    expect(worker.page.locator("main")).to_contain_text("没有公开")
    assert server.get(reader.page.url.removeprefix(server.url))[0] == 404
