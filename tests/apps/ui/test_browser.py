"""The look in a real browser: readable by everybody at every width, and the scripts do what they promise."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.journeys.accessibility import assert_no_violations
from tests.journeys.browser import wait_for_offline_page

pytestmark = [pytest.mark.journey, pytest.mark.django_db]

PAGES = (
    "public",
    "home",
    "question",
    "faults",
    "follow",
    "staff",
    "list",
    "case",
    "confirm",
    "plain",
    "print",
)
OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[OpenPage]:
    """``open_page("home", width=320)``: the page, with every console error and page error a failure."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def start(
        path: str, *, width: int = 360, theme: str = "light", language: str = "zh-CN", **more: Any
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 780},
            color_scheme=theme,  # type: ignore[arg-type]  # "light" or "dark"
            locale=language,
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.goto(live_server.url + (path if path.startswith("/") else f"/ui/gallery/{path}/"))
        return page

    yield start
    for context in contexts:
        context.close()
    assert [fault for fault in faults if "ERR_INTERNET_DISCONNECTED" not in fault] == []


def _quiet_polls(page: Page) -> None:
    page.route("**/ui/gallery/live/**", lambda route: route.fulfill(status=304))


@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_use_it(open_page: OpenPage, name: str) -> None:
    for width, language, theme in ((360, "zh-CN", "light"), (1280, "en-GB", "dark")):
        page = open_page(name, width=width, theme=theme, language=language)
        _quiet_polls(page)
        assert_no_violations(page)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_a_small_phone(open_page: OpenPage, name: str) -> None:
    for language in ("zh-CN", "en-GB"):
        page = open_page(name, width=320, language=language)
        _quiet_polls(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", ["home", "question", "follow", "list"])
def test_targets_are_as_large_as_a_thumb(open_page: OpenPage, name: str) -> None:
    page = open_page(name)
    _quiet_polls(page)
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, .action, .option, input:not([type=radio],[type=hidden]), .call a')]
        .filter(e => e.offsetParent && e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 90))"""
    )
    assert small == []


def test_everything_works_without_a_script(open_page: OpenPage) -> None:
    page = open_page("question", java_script_enabled=False)
    expect(page.get_by_role("button", name="朗读")).to_have_count(0)
    expect(page.locator("[data-keep]")).to_be_hidden()
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_have_text("Who called you to the work?")


def test_faults_take_the_focus_and_lead_to_their_field(open_page: OpenPage) -> None:
    page = open_page("faults")
    expect(page.locator(".errors")).to_be_focused()
    page.locator(".errors a").nth(1).click()
    expect(page.locator("#id_phone")).to_be_focused()
    expect(page.locator("#id_phone")).to_have_value("1381234567")


def test_a_double_press_sends_once(open_page: OpenPage) -> None:
    page = open_page("question")
    sent: list[str] = []
    page.route("**/ui/gallery/question/", lambda route: sent.append(route.request.method))
    page.evaluate("() => { const b = document.querySelector('.button'); b.click(); b.click(); }")
    page.wait_for_timeout(300)
    assert sent == ["POST"]


def test_the_page_is_read_aloud_and_stops(open_page: OpenPage) -> None:
    page = open_page("home")
    page.evaluate("""() => { window.said = []; speechSynthesis.speak = u => { window.said.push([u.lang, u.text]);
        document.body.dataset.said = window.said.length;
        if (window.said.length < 3) setTimeout(() => u.onend(), 5); }; speechSynthesis.cancel = () => {}; }""")
    button = page.locator("[data-read]")
    button.click()
    expect(button).to_have_text("停下")
    expect(page.locator("body")).to_have_attribute("data-said", "3")
    said = page.evaluate("window.said")
    assert said[0] == ["zh-CN", "没拿到工资？\n我们免费帮您要。"]
    assert "我要讨薪" in said[2][1]
    expect(page.locator(".reading")).to_have_count(1)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".reading")).to_have_count(0)


def test_nothing_is_kept_on_a_phone_unless_its_owner_says_so(open_page: OpenPage) -> None:
    page = open_page("/offline/")
    page.fill("#id_name", "王某")
    assert page.evaluate("Object.keys(localStorage)") == []
    page.get_by_role("button", name="留在我手机上").click()
    page.fill("#id_story", "三个月没发")
    page.reload()
    expect(page.locator("#id_name")).to_have_value("王某")
    expect(page.locator("#id_story")).to_have_value("三个月没发")
    expect(page.locator("[data-keep-back]")).to_be_visible()
    page.get_by_role("button", name="擦掉，不留了").click()
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_change_of_language_keeps_what_was_typed(open_page: OpenPage) -> None:
    page = open_page("/offline/")
    page.fill("#id_name", "王某")
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_have_text("There is no network now")
    expect(page.locator("#id_name")).to_have_value("王某")
    assert page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]") == []


def test_without_a_network_the_helpline_and_a_place_to_write_remain(open_page: OpenPage) -> None:
    page = open_page("home")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    wait_for_offline_page(page)
    page.reload()
    page.context.set_offline(True)
    page.goto(page.url)
    expect(page.locator("h1")).to_have_text("现在没有网")
    expect(page.locator(".top")).to_have_css("border-bottom-width", "3px")
    page.context.set_offline(False)


def test_the_queue_is_worked_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("list", width=1280)
    _quiet_polls(page)
    page.keyboard.press("j")
    expect(page.locator(".queue .do").nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(".queue .do").nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator(".queue .do").nth(0)).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("jk?")
    expect(page.locator("#search")).to_have_value("jk?")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("[data-keys]")).to_be_visible()
    page.locator("[data-keys-off]").uncheck()
    page.keyboard.press("Escape")
    expect(page.locator("[data-keys]")).to_be_hidden()
    page.locator(".queue .do").nth(2).focus()
    page.keyboard.press("j")
    expect(page.locator(".queue .do").nth(2)).to_be_focused()


def test_only_the_part_that_changed_is_fetched(open_page: OpenPage) -> None:
    page = open_page("list", width=1280)
    state: dict[str, Any] = {"version": "1", "polls": 0, "parts": 0}

    def poll(route: Route) -> None:
        state["polls"] += 1
        tag = f'"{state["version"]}"'
        if route.request.headers.get("if-none-match") == tag:
            route.fulfill(status=304, headers={"ETag": tag})
        else:
            route.fulfill(status=200, headers={"ETag": tag}, body=json.dumps({"queue": state["version"]}))

    def part(route: Route) -> None:
        state["parts"] += 1
        route.fulfill(
            status=200,
            body='<table class="queue"><tr><td><a class="do" href="#new">fresh</a></td></tr></table>',
        )

    page.route("**/ui/gallery/live/**", poll)
    page.route("**/ui/gallery/live-part/**", part)
    page.wait_for_timeout(2500)
    assert (state["parts"], state["polls"] >= 2) == (0, True)
    page.locator(".queue .do").nth(1).focus()
    state["version"] = "2"
    expect(page.get_by_role("link", name="fresh")).to_be_focused(timeout=4000)
    expect(page.locator("[data-live-say]")).not_to_be_empty()
    page.wait_for_timeout(1500)
    assert state["parts"] == 1


def test_a_lost_connection_is_said(open_page: OpenPage) -> None:
    page = open_page("list", width=1280)
    page.route("**/ui/gallery/live/**", lambda route: route.abort("internetdisconnected"))
    expect(page.locator("[data-lost]")).to_be_visible(timeout=12000)


def test_the_way_back_to_a_page_that_answered_a_form_is_open(open_page: OpenPage) -> None:
    page = open_page("/report/")
    page.locator("main .actions .button").click()  # nothing filled in: the page answers with its faults
    expect(page.locator(".errors")).to_be_visible()
    page.goto(page.url.replace("/report/", "/about/"))
    page.go_back()
    expect(page.locator("#id_name")).to_be_visible()


def test_without_scripts_the_way_back_is_open_too_and_keeps_what_was_typed(open_page: OpenPage) -> None:
    page = open_page("/report/", java_script_enabled=False)
    page.fill("#id_name", "王某")
    page.locator("main .actions .button").click()
    expect(page.locator(".errors")).to_be_visible()
    page.goto(page.url.partition("/report/")[0] + "/about/")
    page.go_back()
    expect(page.locator(".errors")).to_be_visible()
    expect(page.locator("#id_name")).to_have_value("王某")
    page.locator("main .actions .button").click()  # and the form on it can be sent
    expect(page.locator(".errors")).to_be_visible()
