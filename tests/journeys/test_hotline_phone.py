"""The telephone in the browser, with a stand-in for JsSIP: it rings, is steered from the page, and is in one window."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys import desk
from tests.journeys.accessibility import assert_no_violations
from tests.journeys.conftest import Visit
from tests.journeys.server import Server

pytestmark = pytest.mark.journey
CONSOLE, WINDOW = "/desk/hotline/", "/desk/hotline/telephone/"
ADDRESS = "ws://127.0.0.1:9/ws"
# What phone.js uses of JsSIP, moved by the test through ``exchange``: nothing leaves the browser.
STAND_IN = """
(() => {
  class Told { constructor() { this.acts = {}; }
    on(kind, act) { (this.acts[kind] = this.acts[kind] || []).push(act); }
    tell(kind, told) { (this.acts[kind] || []).forEach((act) => act(told || {})); } }
  class UA extends Told {
    constructor(given) { super(); this.given = given; exchange.phone = this; exchange.started += 1; }
    start() { setTimeout(() => this.tell("registered"), 20); }
    stop() { exchange.stopped += 1; }
    isConnected() { return true; } }
  class Session extends Told {
    answer() { exchange.did.push("answer"); this.tell("accepted"); }
    terminate(how) { exchange.did.push(how ? `terminate ${how.status_code}` : "terminate"); this.tell(how ? "failed" : "ended"); }
    mute() { this.tell("muted"); } unmute() { this.tell("unmuted"); }
    hold() { this.tell("hold", { originator: "local" }); } unhold() { this.tell("unhold", { originator: "local" }); } }
  const exchange = { started: 0, stopped: 0, did: [], phone: null, session: null,
    ring() { this.session = new Session(); this.phone.tell("newRTCSession", { originator: "remote", session: this.session }); } };
  window.exchange = exchange;
  window.JsSIP = { UA, WebSocketInterface: class { constructor(url) { this.url = url; } } };
})();
"""


def _set_up(server: Server) -> None:
    """The operator with a telephone in the browser, set up as a telephone engineer does."""

    def run(*command: str) -> str:
        done = server.run(*command)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip().rpartition("\n")[2]

    token = json.loads(run("token", "issue", "phones", "--role", "partner", "--region", "140000", "--json"))
    exchange = run("hotline", "exchange", "phones", "--token", str(token["id"]), "--region", "140000")
    run("hotline", "web-socket", ADDRESS, "--exchange", exchange)
    names = ("hotline", "desk", "phones", "电话席", "--name-en", "Telephones")
    row = run(*names, "--exchange", exchange, "--region", "140000")
    run("hotline", "seat", "operator", "--desk", row, "--extension", "811", "--browser-phone")


def _stands(page: Page, part: str, word: str) -> None:
    expect(page.locator(f"[data-{part}]")).to_have_attribute("data-now", word)


def _stand_in(route: Route) -> None:
    route.fulfill(body=STAND_IN, content_type="text/javascript")


def test_it_rings_is_answered_from_the_page_and_lives_in_one_window(visit: Visit, server: Server) -> None:
    _set_up(server)
    operator = visit(desk=True)
    operator.context.route(re.compile(r"/vendor/jssip"), _stand_in)
    desk.sign_in(operator, "operator").go(WINDOW).go(CONSOLE)  # both looked at in both languages and widths
    console = operator.page
    expect(console.locator("[data-telephone-panel]")).to_contain_text("来电打不进来")
    with operator.context.expect_page() as opened:
        console.click("[data-open]")
    window = opened.value
    _stands(window, "line", "off")
    window.click("[data-do=connect]")
    for page in (window, console):
        _stands(page, "line", "connected")
    given = window.evaluate("[exchange.phone.given.uri, exchange.phone.given.sockets[0].url]")
    assert given == ["sip:811@127.0.0.1", ADDRESS]
    _talk(window, console)
    beside = operator.context.new_page()
    beside.goto(server.url + WINDOW)
    _move(window, beside, console)
    _lose(beside, console)


def _talk(window: Page, console: Page) -> None:
    """It rings on both, is answered with the keyboard on the page, and outlives that page."""
    window.evaluate("exchange.ring()")
    for page in (window, console):
        _stands(page, "talk", "ringing")
        expect(page).to_have_title(re.compile("☎ 来电话了"))
    console.locator("[data-do=answer]").focus()
    console.keyboard.press("Enter")
    _stands(window, "talk", "talking")
    for page in (window, console):
        assert_no_violations(page)
    window.evaluate("exchange.second = exchange.session; exchange.ring(); exchange.session = exchange.second")
    assert window.evaluate("exchange.did") == ["answer", "terminate 486"]  # busy; the talk goes on
    console.click("[data-do=mute]")
    _stands(window, "talk", "muted")
    console.reload()
    _stands(console, "talk", "muted")
    expect(console.locator("[data-do=mute]")).to_have_attribute("aria-pressed", "true")


def _move(window: Page, beside: Page, console: Page) -> None:
    """A second window has no telephone; it gets it when it asks and the talk is over."""
    beside.click("[data-do=connect]")
    _stands(beside, "line", "elsewhere")
    beside.click("[data-do=move]")
    _stands(beside, "line", "waiting")
    _stands(window, "talk", "muted")
    console.click("[data-do=hang-up]")
    _stands(window, "line", "elsewhere")
    _stands(beside, "line", "connected")
    assert window.evaluate("[exchange.did.at(-1), exchange.stopped]") == ["terminate", 1]


def _lose(beside: Page, console: Page) -> None:
    """A call that is not taken; the line breaks; the window is shut."""
    beside.evaluate("exchange.ring()")
    beside.click("[data-do=decline]")
    assert beside.evaluate("exchange.did") == ["terminate 480"]
    beside.evaluate("exchange.phone.tell('disconnected')")
    _stands(beside, "line", "lost")
    expect(console.locator("[data-telephone-panel]")).to_contain_text("怎么办请看电话窗口")
    beside.close()
    _stands(console, "line", "closed")
