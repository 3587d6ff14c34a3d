"""The system's Chromium for tests. Where there is none, the test is reported as not run, never as passed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Each context opens a window, and each window would start a process for its address bar and another in reserve,
# which nobody here looks at: two thirds of what a context costs.
NOT_LOOKED_AT = (
    "PreloadTopChromeWebUI",
    "SpareRendererForSitePerProcess",
    "WebUIToolbar",
    "WebUIOmniboxPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxAimPopup",
)
# Chromium heeds the last list only, so ours names again what Playwright turns off.
PLAYWRIGHT_TURNS_OFF = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "TcpPortRandomizationWin",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
    "msForceBrowserSignIn",
    "msEdgeUpdateLaunchServicesPreferredVersion",
)
FLAGS = (
    f"--disable-features={','.join((*PLAYWRIGHT_TURNS_OFF, *NOT_LOOKED_AT))}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--use-fake-ui-for-media-stream",  # the microphone is allowed,
    "--use-fake-device-for-media-stream",  # and one is there, which beeps
)


def chromium_path() -> str:
    """Where Chromium lies; skips the test, saying how to get it, where it is not installed."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    pytest.skip("not run: no Chromium; on Debian or Ubuntu: sudo apt-get install chromium fonts-noto-cjk")


@dataclass(slots=True)
class _Shared:
    """The browser of this process: Playwright can be started once in a thread, and several packages ask for it."""

    playwright: Playwright | None = None
    chromium: Browser | None = None
    users: int = 0


_shared = _Shared()


def _take(path: str) -> Browser:
    if _shared.chromium is None:
        # Playwright keeps an event loop in this thread, which Django would take for an asynchronous caller.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        _shared.playwright = sync_playwright().start()
        _shared.chromium = _shared.playwright.chromium.launch(executable_path=path, args=list(FLAGS))
    _shared.users += 1
    return _shared.chromium


def _give_back() -> None:
    _shared.users -= 1
    if _shared.users or _shared.chromium is None or _shared.playwright is None:
        return
    _shared.chromium.close()
    _shared.playwright.stop()
    _shared.chromium = _shared.playwright = None
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a process, whichever package's conftest names this fixture."""
    yield _take(chromium_path())
    _give_back()


def wait_for_offline_page(page: Page) -> None:
    """Wait until the service worker keeps the page for no network.

    Asked once, by one script that waits: Playwright's own polling calls ``eval``, which our pages forbid.
    """
    kept = page.evaluate("""async () => {
        for (let n = 0; n < 500 && !(await caches.match('/offline/')); n++) await new Promise(r => setTimeout(r, 20));
        return Boolean(await caches.match('/offline/'));
    }""")
    assert kept, "the page for no network was not kept within ten seconds"
