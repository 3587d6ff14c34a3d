"""One language a page: no Chinese left on an English page, no English on a Chinese one, but names and data."""

from __future__ import annotations

import re
from collections.abc import Iterable

from playwright.sync_api import Page

# Text as it is read, without what is marked as another language, and without what people typed themselves.
_READ = """() => {
  const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  const own = document.documentElement.lang.slice(0, 2), said = [document.title];
  for (let node; node = walk.nextNode();) {
    const holder = node.parentElement, marked = holder.closest('[lang]');
    if (holder.closest('script, noscript, style, textarea, svg, .said, .number, code, kbd, blockquote, select')) continue;
    if (marked && marked.lang.slice(0, 2) !== own) continue;
    if (node.textContent.trim()) said.push(node.textContent.trim());
  }
  for (const e of document.querySelectorAll('[aria-label], [placeholder], [alt]'))
    if (!e.closest('[lang]:not(html)')) said.push(e.ariaLabel || e.placeholder || e.alt || '');
  return said;
}"""
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_ENGLISH = re.compile(r"[A-Za-z]{3,}")
# What the demonstration's people and offices are called, whatever the language.
_DATA = re.compile(r"演示[\w（）()]*|工友[\w]{2,3}|示例.某|1\.2万")
# Words that Chinese readers of such pages know by their Latin letters.
_LATIN = re.compile(
    r"NX\d|https?://\S+|\b(?:PDF|JPG|JPEG|PNG|WEBP|HEIC|CSV|XLSX|GeoJSON|WGS|SHA|SMS|Cookie|WCAG|English|Excel|WPS|nuanxin\S*|ABC|APP|app)\b"
)


def assert_one_language(page: Page, data: Iterable[str]) -> None:
    """Fails with each text that holds words of another language than the page says it is in."""
    language = str(page.evaluate("document.documentElement.lang"))[:2]
    stray = _CHINESE if language == "en" else _ENGLISH
    found = []
    for text in page.evaluate(_READ):
        rest = text
        for known in sorted(data, key=len, reverse=True):
            if len(known) > 1:
                rest = rest.replace(known, "")
        rest = _DATA.sub("", rest)
        if language == "zh":
            rest = _LATIN.sub("", rest)
        if stray.search(rest):
            found.append(text[:120])
    assert not found, f"words of the other language on a page in {language}: {found}"
