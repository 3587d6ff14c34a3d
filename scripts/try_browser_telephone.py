"""Try the telephone in the browser against a real Asterisk: register, ring, talk both ways, hang up, lose the network.

Not a test of the suite: it wants an Asterisk that this machine may command. It starts a demonstration of its own,
gives its operator a telephone in the browser, writes what ``nuanxin hotline pjsip`` prints where Asterisk includes it,
and lets Asterisk call. docs/howto/browser-telephone.md says how Asterisk is set up for it::

    .venv/bin/python -m scripts.try_browser_telephone --include /etc/asterisk/pjsip_nuanxin.conf \\
        --asterisk "asterisk -rx" --web-socket ws://127.0.0.1:8088/ws
"""

from __future__ import annotations

import argparse
import contextlib
import json
import shlex
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Error, Page, expect, sync_playwright

from tests.journeys.browser import FLAGS, chromium_path
from tests.journeys.server import Server

EXTENSION, WAIT = "801", 20_000
PASSWORD = "nuanxin-demo"  # noqa: S105 - of the demonstration, which shows it to everybody


class Network:
    """What lies between the browser and the exchange: passes bytes on until it is cut, or swallows them in silence."""

    def __init__(self, target: tuple[str, int]) -> None:
        self.target, self.up, self.silent = target, True, False
        self.open: list[socket.socket] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            near, _ = self.listener.accept()
            if not self.up:
                near.close()
                continue
            far = socket.create_connection(self.target)
            self.open += [near, far]
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._pass_on, args=(source, sink), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                if not self.silent:
                    sink.sendall(data)
        except OSError:
            pass
        for end in (source, sink):
            end.close()

    def cut(self) -> None:
        """Break every connection, and take no new one."""
        self.up = False
        for end in self.open:
            end.close() if end.fileno() < 0 else end.shutdown(socket.SHUT_RDWR)
        self.open.clear()

    def mend(self) -> None:
        """Pass on again."""
        self.up, self.silent = True, False


class Exchange:
    """Asterisk, by its command line."""

    def __init__(self, command: str, include: Path) -> None:
        self.command, self.include = shlex.split(command), include

    def do(self, line: str) -> str:
        """One line of Asterisk's console, and what it answers."""
        done = subprocess.run([*self.command, line], capture_output=True, text=True, check=True, timeout=30)
        return done.stdout

    def ring(self, application: str) -> None:
        """Call the browser and join it with an application of the dialplan."""
        self.do(f"channel originate PJSIP/{EXTENSION} application {application}")

    def has_telephone(self) -> bool:
        """Whether the browser's telephone is registered; no while Asterisk is starting."""
        try:
            return f"{EXTENSION}/sip:" in self.do("pjsip show contacts")
        except subprocess.CalledProcessError:
            return False

    def talks(self) -> int:
        """How many channels there are."""
        return int(self.do("core show channels count").split()[0])


def set_up(server: Server, exchange: Exchange, address: str) -> None:
    """One exchange, one desk, the demonstration's operator with a telephone in the browser."""

    def run(*command: str) -> str:
        done = server.run(*command)
        if done.returncode:
            raise SystemExit(done.stderr)
        return done.stdout

    token = json.loads(run("token", "issue", "try", "--role", "partner", "--region", "140000", "--json"))
    number = run("hotline", "exchange", "try", "--token", str(token["id"]), "--region", "140000").split()[-1]
    run("hotline", "web-socket", address, "--exchange", number)
    row = run("hotline", "desk", "try", "试线", "--exchange", number, "--region", "140000").split()[-1]
    run("hotline", "seat", "operator", "--desk", row, "--extension", EXTENSION, "--browser-phone")
    exchange.include.write_text(run("hotline", "pjsip", "--exchange", number), encoding="utf-8")
    exchange.do("channel request hangup all")
    exchange.do("module reload res_pjsip.so")


def sign_in(context: BrowserContext, url: str) -> Page:
    """The operator at the console."""
    page = context.new_page()
    page.goto(f"{url}/desk/")
    page.fill("[name='login']", "operator")
    page.fill("[name='password']", PASSWORD)
    with page.expect_navigation():
        page.click("main form .button")
    page.goto(f"{url}/desk/hotline/")
    return page


def stands(page: Page, part: str, word: str, within: int = WAIT) -> None:
    """Wait until a part of the telephone says that word."""
    expect(page.locator(f"[data-{part}]")).to_have_attribute("data-now", word, timeout=within)


def until(what: Callable[[], bool], within: float = 20) -> None:
    """Wait for something at the exchange, ``within`` seconds."""
    deadline = time.monotonic() + within
    while not what():
        if time.monotonic() > deadline:
            raise AssertionError("the exchange did not come to it in time")
        time.sleep(0.3)


def packets(page: Page) -> int:
    """How many packets of sound the browser has got in this talk."""
    return int(page.locator("[data-voice]").get_attribute("data-packets") or 0)


def told(text: str) -> None:
    """One line for each thing that was seen."""
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)


def calls(window: Page, console: Page, exchange: Exchange) -> None:
    """Ring, talk, mute, hold; each side hangs up once; one call is not taken; one is answered on the console."""
    exchange.ring("Milliwatt")
    stands(window, "talk", "ringing")
    stands(console, "talk", "ringing")
    window.click("[data-do=answer]")
    stands(window, "talk", "talking")
    time.sleep(4)
    told(f"answered in the window; {packets(window)} packets of sound came")
    assert packets(window) > 100
    heard = exchange.do("pjsip show channelstats")
    told("what Asterisk counts (received, lost … sent):\n" + heard.rstrip())
    for word, button in (("muted", "mute"), ("talking", "mute"), ("held", "hold"), ("talking", "hold")):
        window.click(f"[data-do={button}]")
        stands(window, "talk", word)
        stands(console, "talk", word)
        told(f"{button} pressed: {window.locator('[data-talk]').inner_text()}")
        time.sleep(1)
    before = packets(window)
    time.sleep(2)
    assert packets(window) > before
    told("sound goes on after mute and hold")
    console.click("[data-do=hang-up]")
    stands(window, "talk", "ended")
    until(lambda: exchange.talks() == 0)
    told("hung up on the console; Asterisk has no channel left")
    exchange.ring("Echo")
    stands(console, "talk", "ringing")
    console.click("[data-do=answer]")
    stands(console, "talk", "talking")
    time.sleep(3)
    assert packets(window) > 50
    told(f"answered on the console; {packets(window)} packets of the own voice came back")
    console.reload()
    stands(console, "talk", "talking")
    told("the console was loaded anew: the talk goes on")
    exchange.do("channel request hangup all")
    stands(window, "talk", "ended")
    told("hung up by the exchange")
    exchange.ring("Echo")
    stands(window, "talk", "ringing")
    window.click("[data-do=decline]")
    until(lambda: exchange.talks() == 0)
    told("a call that was not taken is over at the exchange too")


def breaks(window: Page, exchange: Exchange, network: Network) -> None:
    """The network goes and comes; in a talk, in silence, and with a new Asterisk."""
    network.cut()
    stands(window, "line", "lost")
    network.mend()
    stands(window, "line", "connected", 60_000)
    told("network cut and mended: connected again")
    exchange.ring("Milliwatt")
    stands(window, "talk", "ringing")
    window.click("[data-do=answer]")
    stands(window, "talk", "talking")
    time.sleep(2)
    network.cut()
    stands(window, "line", "lost")
    time.sleep(3)
    before = packets(window)
    time.sleep(3)
    told(
        f"network of the signals cut in a talk: {packets(window) - before} packets in three seconds, {exchange.talks()} channels"
    )
    network.mend()
    stands(window, "line", "connected", 60_000)
    told(f"connected again; the talk stands at {window.locator('[data-talk]').get_attribute('data-now')}")
    if window.locator("[data-do=hang-up]").is_visible():
        window.click("[data-do=hang-up]")
    until(lambda: exchange.talks() == 0)
    told("hung up after the break; Asterisk has no channel left")
    exchange.do("core restart now")
    until(exchange.has_telephone, 90)
    stands(window, "line", "connected")
    told("Asterisk restarted: connected again")
    exchange.ring("Echo")
    stands(window, "talk", "ringing")
    window.click("[data-do=answer]")
    stands(window, "talk", "talking")
    window.click("[data-do=hang-up]")
    stands(window, "talk", "ended")
    told("and it rings as before")
    silence(window, network)
    crash(window, exchange)


def silence(window: Page, network: Network) -> None:
    """A line that looks open and carries nothing, as when a cable is pulled behind a switch."""
    began = time.monotonic()
    network.silent = True
    stands(window, "line", "lost", 150_000)
    told(f"a line that swallows everything was found after {time.monotonic() - began:.0f} seconds")
    network.cut()
    network.mend()
    stands(window, "line", "connected", 90_000)
    told("connected again")


def crash(window: Page, exchange: Exchange) -> None:
    """The browser dies in a talk, without a word to anybody."""
    exchange.ring("Milliwatt")
    stands(window, "talk", "ringing")
    window.click("[data-do=answer]")
    stands(window, "talk", "talking")
    time.sleep(2)
    began = time.monotonic()
    with contextlib.suppress(Error):  # there is nobody left to answer
        window.goto("chrome://crash", timeout=2000)
    until(lambda: exchange.talks() == 0, 90)
    told(f"Asterisk has ended the talk {time.monotonic() - began:.0f} seconds later")


def main() -> int:
    """Try everything; the first thing that does not come ends it."""
    wants = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    wants.add_argument("--asterisk", default="asterisk -rx", help="command to which a console line is added")
    wants.add_argument("--include", type=Path, required=True, help="file that Asterisk's pjsip.conf includes")
    wants.add_argument("--web-socket", default="ws://127.0.0.1:8088/ws")
    given = wants.parse_args()
    exchange = Exchange(given.asterisk, given.include)
    real = urlsplit(given.web_socket)
    network = Network((real.hostname or "127.0.0.1", real.port or 8088))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / "data")
        try:
            set_up(server, exchange, f"ws://127.0.0.1:{network.port}{real.path}")
            chromium = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
            told(f"{exchange.do('core show version').split(' built')[0]}, Chromium {chromium.version}")
            context = chromium.new_context(locale="en-GB")
            console = sign_in(context, server.url)
            with context.expect_page() as opened:
                console.click("[data-open]")
            window = opened.value
            window.on("console", lambda message: told(f"browser: {message.text}"))
            window.click("[data-do=connect]")
            stands(window, "line", "connected")
            stands(console, "line", "connected")
            told("registered")
            calls(window, console, exchange)
            breaks(window, exchange, network)
        finally:
            server.stop()
    told("all of it worked")
    return 0


if __name__ == "__main__":
    sys.exit(main())
