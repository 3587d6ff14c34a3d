"""The consultation record with browsers that die, two windows at once, and cases that grow out of calls."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys import desk
from tests.journeys.conftest import Visit
from tests.journeys.server import Server
from tests.journeys.test_hotline import PAGE, Telephone
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey
STORY = "三号楼砌墙，四个月没发钱"
KEPT = re.compile(r"已保存")


def step(person: Walker, name: str) -> Locator:
    """A field of the record, its step opened."""
    field = person.page.locator(f"main [name='{name}']").first
    folder = field.locator("xpath=ancestor::details[not(@open)]")
    if folder.count():
        folder.locator("summary").click()
    return field


def tell(person: Walker, **told: str) -> None:
    """Type into the record as an operator does, and wait until it is kept."""
    for name, value in told.items():
        person.words.add(value)
        field = step(person, name)
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    expect(person.page.locator("[data-kept]")).to_have_text(KEPT)
    expect(person.page.locator("[data-live='record']")).to_have_count(1)  # nothing is unsent any more


def ready(person: Walker) -> None:
    """At the page, ready to take calls."""
    person.go(PAGE)
    button = person.page.locator("main button[value='ready']")
    if button.count():
        person.press(button)


def wraps_up(person: Walker, code: str) -> None:
    person.tick("code", code).press("main button[formaction*='/wrap-up/']")
    expect(person.page.locator("main")).to_contain_text("空闲")


def test_a_record_outlives_its_browser_and_grows_into_a_case(visit: Visit, server: Server) -> None:
    telephone = Telephone(server)
    operator, lawyer = (desk.sign_in(visit(desk=True), who) for who in ("operator", "duty_lawyer"))
    for person in (operator, lawyer):
        ready(person)
    telephone.tell("r1", "arrived", caller="19000065678")
    telephone.tell("r1", "queued", queue="migrant", topic="wages", language="zh")
    for person in (operator, lawyer):
        expect(person.page.locator("main tbody tr")).to_have_count(1)

    lawyer.page.route("**/hotline/live/**", lambda route: route.abort())  # still shows the call as waiting
    operator.press("main tbody button")
    lawyer.press("main tbody button")
    expect(lawyer.page.locator("main .banner.wait").first).to_contain_text("已经有人接了")
    lawyer.page.unroute("**/hotline/live/**")

    tell(
        operator, story=STORY, place_text="140581", wage="6000", since="2026-03", until="2026-06", paid="1000"
    )
    expect(operator.page.locator("[data-live='law']")).to_contain_text("23,000.00")
    expect(operator.page.locator("[data-live='near'] li").first).to_be_visible()
    operator.look()
    second = operator.context.new_page()  # the same record in another window
    second.goto(server.url + PAGE)
    second.locator("main [name='reply']").fill("先申请劳动仲裁")
    expect(second.locator("[data-kept]")).to_have_text(KEPT)
    step(operator, "story").fill(STORY + "了")
    expect(operator.page.locator("[data-conflict]")).to_contain_text("另一个窗口")
    second.close()
    operator.context.close()  # and with it what was not kept

    again = desk.sign_in(visit(desk=True), "operator")
    again.words |= operator.words
    _goes_on_elsewhere(again)
    assert telephone.tell("r1", "hung_up") == "ended"


def _goes_on_elsewhere(again: Walker) -> None:
    """The draft is there on another machine, grows into an application with everything filled in, and is closed."""
    again.go(PAGE)
    expect(again.page.locator("main [name='story']")).to_have_value(STORY)
    expect(again.page.locator("main [name='reply']")).to_have_value("先申请劳动仲裁")
    tell(again, name="贺再来", hirer="leader", employer="老周", builder="高平建工", left="2026-06-30")
    again.press("main button[value='new']")
    for name, value in {
        "name": "贺再来",
        "phone": "19000065678",
        "amount": "23000.00",
        "party2_name": "高平建工",
    }.items():
        expect(again.page.locator(f"main [name='{name}']")).to_have_value(value)
    desk.put(again, {"consent": True})
    again.press("main form .actions button.button")
    expect(again.page).to_have_url(re.compile(r"/desk/new/NX"))
    again.words |= set(again.page.locator(".receipt .number").all_inner_texts())
    again.go(PAGE)
    wraps_up(again, "application")


def test_a_duty_lawyer_grows_a_case_and_sees_what_was_advised_before(visit: Visit, server: Server) -> None:
    telephone = Telephone(server)
    lawyer = desk.sign_in(visit(desk=True), "duty_lawyer")
    ready(lawyer)
    for call in ("s1", "s2"):
        telephone.tell(call, "arrived", caller="19000069876")
        telephone.tell(call, "queued", queue="migrant", topic="wages", language="zh")
        expect(lawyer.page.locator("main tbody tr")).to_have_count(1)
        lawyer.press("main tbody button")
        if call == "s1":
            tell(lawyer, reply="带上聊天记录来", name="贺律师办", place_text="140581", amount="5200")
            lawyer.press("main button[value='new']")
            desk.put(lawyer, {"consent": True})
            lawyer.press("main form .actions button.button")
            lawyer.words |= set(lawyer.page.locator(".receipt .number").all_inner_texts())
            lawyer.go(PAGE)
        else:
            expect(lawyer.page.locator("[data-live='known']")).to_contain_text("带上聊天记录来")
            tell(lawyer, reply="案件已经受理")
        wraps_up(lawyer, "advised")
    assert server.count_events("call.record_closed") >= 2


def test_who_is_on_the_line_comes_before_the_record_of_who_has_gone(visit: Visit, server: Server) -> None:
    """The telephone rings while a record is written up, and is picked up: the words of the next caller do not get into
    the record of the one before, which is kept as it was."""
    telephone = Telephone(server)
    operator = desk.sign_in(visit(desk=True), "operator")
    ready(operator)
    for call, caller in (("v1", "19000061111"), ("v2", "19000062222")):
        telephone.tell(call, "arrived", caller=caller)
        telephone.tell(call, "answered", extension="802")
        if call == "v1":
            operator.page.locator("main [name='story']").fill(STORY)  # and the hand stays in the field
            telephone.tell(call, "hung_up")
    operator.words |= {STORY}
    expect(operator.page.locator("main [name='story']")).to_have_value("")
    telephone.tell("v2", "hung_up")
    found = set()
    for _ in range(2):
        operator.go(PAGE)
        found.add(operator.page.locator("main [name='story']").input_value())
        operator.tick("code", "other").press("main button[formaction*='/wrap-up/']")
    assert found == {STORY, ""}
