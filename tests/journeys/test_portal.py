"""The public face: three doors, everybody's phone, every way in and back."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import FilePayload, expect

from tests.journeys import desk, portal
from tests.journeys.browser import wait_for_offline_page
from tests.journeys.conftest import Visit
from tests.journeys.people import somebody
from tests.journeys.portal import GO
from tests.journeys.server import Server
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey
MOST_BYTES = 50 * 1024


def test_a_report_takes_less_than_a_minute_and_becomes_an_application(visit: Visit, server: Server) -> None:
    said, worker = somebody(), visit()
    begun = time.monotonic()
    got = portal.report(
        worker, name=said.name, phone=said.phone, story="（演示）给人盖房子，工钱一直不给。", where="高平市"
    )
    assert time.monotonic() - begun < 60
    server.message(got.number, got.code)
    operator = desk.sign_in(visit(desk=True), "operator")
    expect(desk.row_of(operator, said.name, "reports")).to_contain_text("回电话")
    desk.do(operator, got.number, "call_failed", text="没人接。")
    server.message(got.number, "没接通")
    desk.do(operator, got.number, "call_back", text="问清楚了，想申请援助。")
    desk.do(operator, got.number, "convert", items=["wages"], text="工资 5200 元。")
    portal.follow(worker, got)
    expect(worker.page.locator("main")).to_contain_text("受理")


def test_a_question_is_answered_by_the_duty_lawyer(visit: Visit, server: Server) -> None:
    said, worker = somebody(), visit()
    ask = {
        "name": said.name,
        "phone": said.phone,
        "story": "（演示）没签合同，能要回工资吗？",
        "where": "高平市",
    }
    got = portal.report(worker, door="ask", **ask)
    lawyer = desk.sign_in(visit(desk=True), "duty_lawyer")
    desk.row_of(lawyer, said.name, "questions")
    desk.do(lawyer, got.number, "answer", text="能。没签合同也有劳动关系，工资条、考勤都能证明。")
    server.message(got.number, "已答复")
    portal.follow(worker, got)
    expect(worker.page.locator("main")).to_contain_text("没签合同也有劳动关系")
    portal.deed(worker, "close_question")


def test_somebody_applies_for_somebody_else(visit: Visit) -> None:
    said = somebody(
        who="other", helper={"name": "演示老乡", "phone": "19000020009", "relation": "workmate"},
        needs=("cannot_read",), languages=("zh",), contact={"may_say_who": "no", "passphrase": "高粱红了"},
    )  # fmt: skip
    worker = visit()
    got = portal.apply(worker, said)
    clerk = desk.sign_in(visit(desk=True), "clerk")
    expect(desk.row_of(clerk, said.name)).to_contain_text("代办")
    desk.open_case(clerk, got.number)
    for part in ("演示老乡", "不识字"):
        expect(clerk.page.locator("main")).to_contain_text(part)
    expect(clerk.page.locator("main")).not_to_contain_text("高粱红了")
    desk.unmask(clerk, "暗号")
    expect(clerk.page.locator("main")).to_contain_text("高粱红了")


def test_a_group_comes_with_a_head_count_and_a_representative(visit: Visit) -> None:
    said = somebody(who="group", workers=26, amount="13万")
    got = portal.apply(visit(), said)
    clerk = desk.sign_in(visit(desk=True), "clerk")
    expect(desk.row_of(clerk, said.name)).to_contain_text("26")
    desk.open_case(clerk, got.number)
    assert desk.ledger(clerk)["claimed"] == 13_000_000


def test_what_was_begun_on_one_phone_is_finished_on_another(visit: Visit) -> None:
    said, first = somebody(), visit()
    portal.begin(first, shared=True)
    portal.answer(first, said, until="amount")
    first.page.locator("main details summary").last.click()
    code = first.page.locator("main details .number").inner_text()
    first.press("main details a[href='/apply/stop/']")
    first.press("main button[value='stop']")
    second = visit()
    second.go("/apply/")
    second.fill("code", code).press("main button[value='resume']")
    assert second.page.url.endswith("/apply/amount/")
    portal.answer(second, said)
    got = portal.send(second)
    first.go("/apply/check/")  # nothing is left on the first phone
    assert first.page.url.endswith("/apply/")
    assert got.number


def test_all_of_it_works_without_a_script_on_the_smallest_phone(visit: Visit) -> None:
    worker = visit(java_script_enabled=False, width=320)
    got = portal.apply(worker, somebody())
    portal.follow(worker, got)
    assert got.number in worker.text()
    portal.deed(worker, "request_withdrawal", reason="no_time")
    worker.press("main .actions a.button")
    portal.deed(worker, "keep_case")


def test_the_first_page_weighs_little(visit: Visit) -> None:
    worker = visit(offline=True)
    sizes: dict[str, int] = {}

    def weigh(request: object) -> None:
        told = request.sizes()  # type: ignore[attr-defined]
        sizes[request.url] = told["responseBodySize"] + told["responseHeadersSize"]  # type: ignore[attr-defined]

    worker.page.on("requestfinished", weigh)
    worker.page.goto(worker.base + "/")
    worker.page.wait_for_load_state("networkidle")
    assert len(sizes) >= 3, "page, stylesheet, script"
    assert sum(sizes.values()) <= MOST_BYTES, sizes


def test_a_report_written_without_a_network_is_sent_later(visit: Visit) -> None:
    worker = visit(offline=True)
    worker.go("/report/")
    worker.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    wait_for_offline_page(worker.page)
    worker.page.reload()
    worker.context.set_offline(True)
    worker.page.goto(worker.base + "/report/")
    expect(worker.page.locator("h1")).to_contain_text("没有网")
    said = somebody()
    worker.fill("name", said.name).fill("phone", said.phone).fill("story", "（演示）山里没网，先写下来。")
    worker.page.locator("[data-keep-yes]").click()
    worker.context.set_offline(False)
    worker.go("/report/")
    expect(worker.page.locator("[name='story']")).to_have_value("（演示）山里没网，先写下来。")
    worker.page.check("[name='consent']")
    worker.press(GO)
    portal.receipt(worker)
    left = worker.page.evaluate("Object.keys(localStorage)")
    assert left == ["nuanxin.keep"], "the wish to keep drafts stays, what was written does not"


def test_a_shared_phone_is_offered_no_draft(visit: Visit) -> None:
    worker = visit()
    portal.begin(worker, shared=True)
    portal.answer(worker, somebody(), until="firms")
    expect(worker.page.locator("[data-keep-yes]")).to_have_count(0)


def test_two_presses_open_one_case(visit: Visit) -> None:
    said, worker = somebody(), visit()
    worker.go("/report/")
    worker.fill("name", said.name).fill("phone", said.phone).fill("story", "（演示）点了两下。").fill(
        "where", "高平市"
    )
    worker.page.check("[name='consent']")
    body = worker.page.evaluate(
        "new URLSearchParams(new FormData(document.querySelector('main form'))).toString() + '&go=on'"
    )
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Referer": worker.page.url}
    for _ in range(2):  # as a phone does that repeats a request it had no answer to
        answer = worker.context.request.post(worker.page.url, data=body, headers=headers)
        assert answer.url.endswith("/receipt/")
    clerk = desk.sign_in(visit(desk=True), "clerk")
    clerk.go("/desk/lists/reports/")
    expect(clerk.page.locator("table.queue tbody tr", has_text=said.name)).to_have_count(1)


def test_wrong_codes_wait_longer_and_longer(visit: Visit, server: Server) -> None:
    got = portal.apply(visit(), somebody())
    with server.with_limits() as base:
        guesser = visit()
        guesser.base = base
        _guess_until_told_to_wait(guesser, got.number)
        guesser.fill("number", got.number).fill("code", got.code).press("main form .button")
        expect(guesser.page.locator(".errors")).to_contain_text("秒")  # the right code waits too


def _guess_until_told_to_wait(guesser: Walker, number: str) -> None:
    """Seven guesses come to it; more on a machine so busy that a guess takes as long as the wait, which doubles."""
    for guess in range(1, 21):
        began = time.monotonic()
        guesser.go("/follow/")
        guesser.fill("number", number).fill("code", "00000000").press("main form .button")
        told = re.search(r"(\d+)\s*秒", guesser.page.locator(".errors").inner_text())
        assert guess > 5 or not told  # a slip of the finger costs nothing
        if told and int(told[1]) > 2 * (time.monotonic() - began):
            return
    raise AssertionError("twenty wrong codes, and no wait")


def test_bad_input_is_told_and_nothing_is_lost(visit: Visit) -> None:
    worker = visit()
    worker.go("/report/")
    worker.fill("name", "<b>演示</b>某").fill("phone", "1380013800a").fill("story", "（演示）写错了电话。")
    worker.press(GO)
    expect(worker.page.locator(".errors a")).to_have_count(3)  # name, number, the notice that was not ticked
    expect(worker.page.locator("[name='story']")).to_have_value("（演示）写错了电话。")
    expect(worker.page.locator("[name='name']")).to_have_value("<b>演示</b>某")
    portal.begin(worker)
    portal.answer(worker, somebody(), until="amount")
    worker.fill("amount", "-5").press(GO)
    expect(worker.page.locator(".errors")).to_be_visible()
    worker.fill("amount", "5200").press(GO)
    program: FilePayload = {"name": "工资条.jpg", "mimeType": "image/jpeg", "buffer": b"MZ" + b"\0" * 5000}
    worker.words.add(str(program["name"]))
    worker.page.set_input_files("main input[type='file']", [program])
    worker.press(GO)
    expect(worker.page.locator(".errors")).to_be_visible()
    worker.press("main button[value='skip']")
    worker.fill("name", "演示某").fill("phone", "19000060000").press(GO)
    worker.fill("resident_id", "110101199003074518").press(GO)
    expect(worker.page.locator(".errors")).to_be_visible()


def test_the_quiet_pages_are_there(visit: Visit) -> None:
    worker = visit()
    for path in ("/about/", "/privacy/", "/accessibility/", "/follow/", "/offline/", "/no-such-page/"):
        worker.go(path)
    got = portal.apply(worker, somebody())
    portal.follow(worker, got)
    worker.press("main a[href='/my-data/']")
    worker.go("/f/" + got.number + "/")


def test_an_application_in_english(visit: Visit) -> None:
    said = somebody(where="Gaoping", story="(invented) Six months of work and no pay.")
    worker = visit(language="en")
    got = portal.apply(worker, said)
    portal.follow(worker, got)
    expect(worker.page.locator("main")).to_contain_text("Gaoping Legal Aid Centre")
