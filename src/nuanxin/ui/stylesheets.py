"""One stylesheet for a public page and one for a staff page, joined from the sources in ``styles/``.

A page must load one file (each request costs a phone on a village network half a second), and a token must
be born in one place; so the sources are joined here and the result is committed. ``make styles`` writes it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

_ROOM: Final = Path(__file__).parent
_COLOUR: Final = re.compile(r"--([\w-]+): (#[0-9a-f]{6})")
SHEETS: Final[dict[str, tuple[str, ...]]] = {
    "public": ("tokens", "base", "forms", "parts", "public", "print"),
    "staff": ("tokens", "base", "forms", "parts", "staff", "hotline", "print"),
}


def joined(sheet: str) -> str:
    """The finished text of one stylesheet, without comments and indentation. Raises KeyError for an unknown one."""
    sources = [(_ROOM / "styles" / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS[sheet]]
    text = re.sub(r"/\*.*?\*/", "", "\n".join(sources), flags=re.DOTALL)
    lines = (re.sub(r"\s*([{};,])\s*", r"\1", line.strip()) for line in text.splitlines())
    return "\n".join(line for line in lines if line) + "\n"


@cache
def colours(theme: str) -> Mapping[str, str]:
    """The colours of a theme, ``light`` or ``dark``, by token: for drawings that stylesheets do not reach."""
    light, dark = (_ROOM / "styles" / "tokens.css").read_text(encoding="utf-8").split("@media", 1)
    found = dict(_COLOUR.findall(light))
    return found | dict(_COLOUR.findall(dark)) if theme == "dark" else found


def finished_file(sheet: str) -> Path:
    """Where the finished stylesheet lies, as the pages ask for it."""
    return _ROOM / "static" / "ui" / f"{sheet}.css"


def write_all() -> list[Path]:
    """Write every finished stylesheet and say which files they are."""
    written = []
    for sheet in SHEETS:
        path = finished_file(sheet)
        path.write_text(joined(sheet), encoding="utf-8")
        written.append(path)
    return written


if __name__ == "__main__":
    for finished in write_all():
        print(f"{finished.name} {finished.stat().st_size} bytes")
