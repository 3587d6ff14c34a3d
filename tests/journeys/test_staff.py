"""The desk beyond the straight way: hand over, refuse, object, withdraw, watch, change, and two at the same page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import desk, portal
from tests.journeys.conftest import Visit
from tests.journeys.people import at_counter, counter_form, followed, granted, somebody, with_lawyer
from tests.journeys.server import Server

pytestmark = pytest.mark.journey


def test_another_agency_takes_over_and_the_sender_answers_until_then(visit: Visit, server: Server) -> None:
    said = somebody()
    sender, receiver = desk.sign_in(visit(desk=True), "clerk_140502"), desk.sign_in(visit(desk=True), "clerk")
    got = at_counter(sender, said, place_text="140502")
    desk.do(sender, got.number, "accept")
    desk.attempt(sender, got.number, "transfer", sought="高平", text="工地在高平，请贵中心办理。")
    assert desk.listed(sender, said.name, "sent")
    worker = followed(visit(), got)
    expect(worker.page.locator("main")).to_contain_text("城区")  # still the sender's
    assert desk.listed(receiver, said.name, "incoming")
    desk.do(receiver, got.number, "accept_transfer")
    server.message(got.number, "另一机构")
    worker.go("/follow/case/")
    expect(worker.page.locator("main")).to_contain_text("高平市法律援助中心")
    assert desk.listed(receiver, said.name, "mine")
    assert not desk.listed(sender, said.name, "mine")


def test_a_withdrawal_is_confirmed_by_an_officer_who_has_not_handled_the_case(
    visit: Visit, server: Server
) -> None:
    said = somebody()
    clerk, decider = desk.sign_in(visit(desk=True), "clerk"), desk.sign_in(visit(desk=True), "decider")
    got = at_counter(clerk, said)
    desk.do(clerk, got.number, "accept")
    worker = followed(visit(), got)
    portal.deed(worker, "request_withdrawal", reason="pressed", text="老板说撤了才给钱")
    desk.open_case(clerk, got.number)
    expect(clerk.page.locator("main")).to_contain_text("没有经手")
    expect(clerk.page.locator(f"main a[href^='/desk/cases/{got.number}/confirm_withdrawal/']")).to_have_count(
        0
    )
    desk.do(decider, got.number, "confirm_withdrawal", text="本人意思，钱已拿到，没人施压。")
    server.message(got.number, "撤回")
    worker.go("/follow/case/")
    expect(worker.page.locator("main")).to_contain_text("撤回")


def test_the_bureau_answers_an_objection(visit: Visit, server: Server) -> None:
    said = somebody(items=("severance",))
    clerk, decider = desk.sign_in(visit(desk=True), "clerk"), desk.sign_in(visit(desk=True), "decider")
    got = at_counter(clerk, said)
    desk.do(clerk, got.number, "accept")
    desk.do(clerk, got.number, "review", recommend="refuse", text="不符合条件。")
    desk.do(decider, got.number, "refuse", grounds=["means"], text="经济状况不符合条件。")
    server.message(got.number, "没有批准")
    worker = followed(visit(), got)
    expect(worker.page.locator("main")).to_contain_text("经济状况不符合条件")
    portal.deed(worker, "object", text="我家里确实困难。")
    bureau = desk.sign_in(visit(desk=True), "bureau")
    assert desk.listed(bureau, said.name, "objections")
    desk.do(bureau, got.number, "sustain_objection", text="补充的证明成立。")
    server.message(got.number, "成立")
    desk.open_case(clerk, got.number)
    assert "律师" in desk.next_step(clerk)


def test_a_higher_level_asks_and_the_holder_answers(visit: Visit) -> None:
    clerk, _decider, got = granted(visit, said := somebody())
    supervisor = desk.sign_in(visit(desk=True), "supervisor_province")
    supervisor.go("/desk/overdue/")
    assert desk.listed(supervisor, said.name, "all")
    desk.do(supervisor, got.number, "open_watch", text="（演示）为什么还没有指派律师？")
    assert desk.listed(clerk, said.name, "watch")
    desk.open_case(clerk, got.number)
    expect(clerk.page.locator("main")).to_contain_text("为什么还没有指派律师")
    desk.do(clerk, got.number, "answer_watch", text="（演示）今天指派。")
    desk.open_case(supervisor, got.number)
    expect(supervisor.page.locator("main")).to_contain_text("今天指派")
    assert not desk.listed(supervisor, said.name, "watch")


def test_the_worker_gets_another_lawyer(visit: Visit, server: Server) -> None:
    clerk, _decider, got = granted(visit, somebody())
    first = with_lawyer(visit, clerk, got)
    worker = followed(visit(), got)
    portal.deed(worker, "ask_other_lawyer", reason="silent", text="打电话不接")
    desk.open_case(clerk, got.number)
    expect(clerk.page.locator("main")).to_contain_text("打电话不接")
    desk.do(clerk, got.number, "change_lawyer", text="工友要求更换。")
    server.message(got.number, "换律师")
    first.go(f"/desk/cases/{got.number}/")
    expect(first.page.locator("h1")).not_to_contain_text(got.number)  # no longer the first one's to read
    second = with_lawyer(visit, clerk, got)
    desk.open_case(second, got.number)


def test_a_lawyer_declines_with_a_reason(visit: Visit) -> None:
    clerk, _decider, got = granted(visit, said := somebody())
    lawyer = desk.sign_in(visit(desk=True), desk.username_of(name := desk.offer(clerk, got.number)))
    assert desk.listed(lawyer, said.name, "offers")
    desk.do(lawyer, got.number, "decline_offer", reason="too_busy", text="这个月满了。")
    assert desk.offer(clerk, got.number) != name


def test_an_offer_without_an_answer_is_taken_back_by_itself(visit: Visit, server: Server) -> None:
    clerk, _decider, got = granted(visit, said := somebody())
    lawyer = desk.sign_in(visit(desk=True), desk.username_of(name := desk.offer(clerk, got.number)))
    assert desk.listed(lawyer, said.name, "offers")
    server.job("assignment", "recall_silent_offers", hours=24 * 14)
    assert not desk.listed(lawyer, said.name, "offers")
    desk.open_case(clerk, got.number)
    assert "律师" in desk.next_step(clerk)
    assert desk.offer(clerk, got.number) != name


def test_two_officers_at_one_case_lose_nothing(visit: Visit) -> None:
    said = somebody()
    one, two = desk.sign_in(visit(desk=True), "clerk"), desk.sign_in(visit(desk=True), "decider")
    got = at_counter(one, said)
    desk.do(one, got.number, "accept")
    for officer in (one, two):
        officer.go(f"/desk/cases/{got.number}/review/")
    desk.put(one, {"recommend": "grant", "text": "第一位的意见。"})
    one.press("main form .actions button.button")
    desk.put(two, {"recommend": "refuse", "text": "第二位打了很久的字。"})
    two.press("main form .actions button.button")
    expect(two.page.locator("main .banner.late")).to_be_visible()
    expect(two.page.locator("main [name='text']")).to_have_value("第二位打了很久的字。")


def test_a_second_click_makes_no_second_move(visit: Visit) -> None:
    clerk = desk.sign_in(visit(desk=True), "clerk")
    got = at_counter(clerk, somebody())
    desk.open_case(clerk, got.number)
    button = desk.choice(clerk, got.number, "accept")
    with clerk.page.expect_navigation():
        button.dblclick(no_wait_after=True)
    clerk.look()
    desk.open_case(clerk, got.number)
    expect(clerk.page.locator("#timeline li", has_text="受理了")).to_have_count(1)


def test_a_number_shown_whole_is_on_the_record(visit: Visit, server: Server) -> None:
    said, clerk = somebody(), desk.sign_in(visit(desk=True), "clerk")
    got = at_counter(clerk, said)
    desk.open_case(clerk, got.number)
    assert said.phone not in clerk.page.content()
    before = server.count_events("personal.unmasked")
    clerk.page.locator("form[data-unmask] button").first.click()
    expect(clerk.page.locator(".whole").first).to_have_text(said.phone)
    expect(clerk.page.locator("#timeline li", has_text="看了一个完整号码")).to_have_count(
        1
    )  # the page is live …
    expect(clerk.page.locator(".whole").first).to_have_text(said.phone)  # … and the number stays
    clerk.words.add(said.phone)
    desk.open_case(clerk, got.number)
    assert said.phone not in clerk.page.content()
    assert server.count_events("personal.unmasked") == before + 1
    verified = server.run("audit", "verify", "--case", got.number)
    assert verified.returncode == 0, verified.stdout


def test_an_earlier_case_of_the_same_person_is_shown_before_a_new_one(visit: Visit) -> None:
    said, clerk = somebody(), desk.sign_in(visit(desk=True), "clerk")
    first = at_counter(clerk, said)
    clerk.go("/desk/new/")
    desk.put(clerk, counter_form(said))
    clerk.press("main form .actions button.button")
    expect(clerk.page.locator("main")).to_contain_text(first.number)
    clerk.press("main form .actions button.button")
    second = clerk.page.locator(".receipt .number").first.inner_text()
    assert second != first.number


def test_search_finds_by_number_by_telephone_and_by_a_part_of_the_name(visit: Visit) -> None:
    said, clerk = somebody(), desk.sign_in(visit(desk=True), "clerk")
    got = at_counter(clerk, said)
    for typed in (got.number, said.phone, said.name[2:]):
        clerk.go("/desk/")
        clerk.page.fill("#search", typed)
        clerk.words.add(typed)
        with clerk.page.expect_navigation():
            clerk.page.press("#search", "Enter")
        clerk.look()
        expect(clerk.page.locator("main")).to_contain_text(said.name)
        assert said.phone not in clerk.page.url


@pytest.mark.parametrize(
    "username",
    [
        "operator",
        "duty_lawyer",
        "lawyer2",
        "bureau",
        "supervisor_nation",
        "auditor",
        "decider",
        "administrator",
        "partner",
    ],
)
def test_everybody_finds_their_desk(visit: Visit, username: str) -> None:
    staff = desk.sign_in(visit(desk=True), username, anew=True)  # it is signed out below
    for link in staff.page.locator(".side nav a").evaluate_all("all => all.map(a => a.getAttribute('href'))"):
        staff.go(link)
    staff.press("form[action*='logout'] button")
