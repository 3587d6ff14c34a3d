"""axe-core on a page, by the rules of WCAG 2.2 AA."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# Off by default in axe, though WCAG 2.2 AA asks for it.
RULES = {"target-size": {"enabled": True}}


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds wrong on the page as it is now."""
    # What sticks to the edge of the screen covers a button only until one scrolls: let it go while measuring.
    page.evaluate(
        """() => document.querySelectorAll('body *').forEach(e => {
        if (getComputedStyle(e).position === 'sticky') e.style.position = 'static'; })"""
    )
    page.evaluate(_axe())
    options = {"runOnly": {"type": "tag", "values": TAGS}, "rules": RULES, "resultTypes": ["violations"]}
    found: list[dict[str, Any]] = page.evaluate(
        "options => axe.run(document, options).then(r => r.violations)", options
    )
    return found


def assert_no_violations(page: Page) -> None:
    """Fails with rule, help and the first elements of each violation."""
    told = [
        f"{fault['id']}: {fault['help']}\n"
        + "\n".join(
            f"    {node['html'][:160]}\n      {node['failureSummary']}" for node in fault["nodes"][:3]
        )
        for fault in violations(page)
    ]
    assert not told, f"{page.url}\n" + "\n".join(told)
