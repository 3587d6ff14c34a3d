"""A person with a browser. Every page they meet is checked as it is, and each kind of page in every form it has.

The first time that a kind of page (its route, and how it was reached) is met, it is opened again beside, in the
other language and at the other width, phone or desk. On both, axe finds nothing (WCAG 2.2 AA), nothing is wider
than the screen down to 320 px, and no word of the other language stands there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import BrowserContext, Locator, Page, Request, Response

from tests.journeys.accessibility import assert_no_violations
from tests.journeys.words import assert_one_language

PHONE, DESK, NARROWEST = 360, 1280, 320
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
# What changes from case to case and not from page to page.
_NOT_A_KIND = frozenset({"number", "paper", "url", "token"})
_SORT_AND_FAULTS = (
    "[document.querySelector('[data-kind]')?.dataset.kind, document.querySelector('.errors') !== null]"
)
# Where to keep a picture of every kind of page, for whoever looks at the design; nothing is kept without it.
PICTURES = os.environ.get("JOURNEY_PICTURES", "")


class Seen:
    """Which kinds of page were checked, by any process of this run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def first(self, kind: str) -> bool:
        """True for whoever asks first."""
        try:
            (self.folder / re.sub(r"[^\w.=!-]+", "_", kind)[:180]).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


class Walker:
    """One person, one browser context, one page. ``words``: what journeys typed, which no language claims."""

    def __init__(
        self, context: BrowserContext, base: str, seen: Seen, words: set[str], language: str = "zh"
    ) -> None:
        self.context, self.base, self.seen, self.words, self.language = context, base, seen, words, language
        self.scripts = True
        self.page: Page = context.new_page()
        self.width = int((self.page.viewport_size or {"width": DESK})["width"])
        self.faults: list[str] = []
        self._beside: Page | None = None
        self._last: Request | None = None
        self._status = 0
        self.log: Callable[[], str] = str
        self._listen(self.page)

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("response", self._heard)

    def _heard(self, response: Response) -> None:
        asked = response.request
        if asked.is_navigation_request() and asked.frame == self.page.main_frame:
            self._last, self._status = asked, response.status
        if response.status >= 500 or (response.status == 404 and "/static/" in response.url):
            self.faults.append(f"{response.status} {asked.method} {response.url}")

    # going about

    def go(self, path: str) -> Walker:
        """Type an address."""
        self.page.goto(self.base + path if path.startswith("/") else path)
        self.look()
        return self

    def press(self, what: Locator | str) -> Walker:
        """Click something that leads to another page, or to the same with faults."""
        target = self.page.locator(what) if isinstance(what, str) else what
        with self.page.expect_navigation():
            target.click()
        self.look()
        return self

    def fill(self, name: str, value: str) -> Walker:
        """Type into the field of that name."""
        self.words.add(value)
        self.page.fill(f"main [name='{name}']", value)
        return self

    def tick(self, name: str, *values: str) -> Walker:
        """Choose among cards: radio buttons or check boxes."""
        for value in values:
            self.page.check(f"main input[name='{name}'][value='{value}']")
        return self

    def pick(self, name: str, value: str) -> Walker:
        """Choose from a list."""
        self.page.select_option(f"main select[name='{name}']", value)
        return self

    def text(self) -> str:
        """What the page says."""
        return self.page.locator("main").inner_text()

    def close(self) -> None:
        """Fails when anything broke on the way."""
        self.context.close()
        assert not self.faults, "\n".join(self.faults)

    # looking

    def look(self) -> None:
        """Check the page that is here now; in every form when its kind was never met."""
        if self._status >= 500:
            raise AssertionError(
                f"{self._status} at {self.page.url}: see the end of the server's log\n{self.log()}"
            )
        if not self.scripts:
            return
        kind = self.kind()
        if not self.seen.first(kind):
            return
        self._check(self.page, kind, self.width)
        if self._last is not None and self._last.method == "GET" and "!" not in kind:
            other, width = "en" if self.language == "zh" else "zh", DESK if self.width <= PHONE else PHONE
            page = self._other(other)
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(self.page.url)
            self._check(page, kind, width)

    def kind(self) -> str:
        """The route with what tells its pages apart, ``=POST`` where it was sent to and ``!`` where it shows faults."""
        address = urlsplit(self.page.url)
        try:
            found = resolve(address.path)
            parts = [
                found.route or "home",
                *(str(v) for k, v in found.kwargs.items() if k not in _NOT_A_KIND),
            ]
        except Resolver404:
            parts = ["not-found"]
        sort, faults = self.page.evaluate(_SORT_AND_FAULTS)
        if sort is not None:
            parts.append(sort)
        method = "=POST" if self._last is not None and self._last.method == "POST" else ""
        return " ".join(parts) + method + ("!" if faults else "")

    def _other(self, language: str) -> Page:
        """The same person's second page, whose browser prefers ``language``."""
        if self._beside is None:
            self._beside = self.context.new_page()
            self._listen(self._beside)
        self._beside.unroute_all()
        self._beside.route(lambda url: "/static/" not in url, lambda route: route.continue_(
            headers={**route.request.headers, "accept-language": LANGUAGES[language]}
        ))  # fmt: skip
        return self._beside

    def _check(self, page: Page, kind: str, width: int) -> None:
        """Note what is wrong; the journey goes on and fails at its end, with all of it."""
        page.wait_for_load_state("load")
        if PICTURES:
            _picture(page, kind)
        for check in (assert_no_violations, self._one_language, _fits):
            try:
                check(page)
            except AssertionError as fault:
                self.faults.append(f"{kind} ({width} px): {fault}")

    def _one_language(self, page: Page) -> None:
        assert_one_language(page, self.words)


def _fits(page: Page) -> None:
    """Nothing is wider than the screen: as it is, on a phone, and on the smallest one."""
    size = page.viewport_size or {"width": DESK, "height": 800}
    for width in dict.fromkeys((size["width"], PHONE, NARROWEST)):
        page.set_viewport_size({"width": width, "height": size["height"]})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{page.url} is {wide} px wide on a screen of {width}"
    page.set_viewport_size(size)


def _picture(page: Page, kind: str) -> None:
    size = page.viewport_size or {"width": DESK, "height": 800}
    language = page.evaluate("document.documentElement.lang")[:2]
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": size["height"]})
        name = re.sub(r"[^\w=!-]+", "_", f"{kind}_{language}_{width}")
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)
    page.set_viewport_size(size)
