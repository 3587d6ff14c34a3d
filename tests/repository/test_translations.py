"""Chinese and English are both complete: every message has its Chinese, and pages hold no bare text."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

from tests.repository.source import PACKAGE, sources

SINGLE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CALL = re.compile(r"\b(n?p?gettext(?:_lazy|_noop)?|_)\((?=\s*u?['\"])")
PLACEHOLDER = re.compile(r"%\((\w+)\)|\{(\w+)\}")
CJK = re.compile(r"[\u3400-\u9fff]")
CONTEXT_END = "\x04"
LANGUAGE_NAMES = {"中文"}
STATIC = {"500.html"}  # sent when nothing works any more, so in both languages at once


@cache
def catalogue() -> dict[str, str]:
    """Every Chinese message of every room, read from the compiled catalogues that run."""
    merged: dict[str, str] = {}
    for path in sorted(PACKAGE.glob("*/locale/zh_Hans/LC_MESSAGES/django.mo")):
        with path.open("rb") as file:
            for key, value in gettext.GNUTranslations(file)._catalog.items():  # type: ignore[attr-defined]
                merged[key[0] if isinstance(key, tuple) else key] = value
    return merged


def _python_messages() -> Iterator[tuple[str, str]]:
    for source in sources("src"):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and (message := _message(node)) is not None:
                yield f"{source.name}:{node.lineno}", message


def _message(node: ast.Call) -> str | None:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    words = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
    texts = [word for word in words if isinstance(word, str)]
    if name in SINGLE | PLURAL and texts:
        return texts[0]
    if name in {"pgettext", "pgettext_lazy"} and len(texts) == 2:
        return texts[0] + CONTEXT_END + texts[1]
    return None


def _template_messages() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.glob("*/templates/**/*")):
        if path.suffix in {".html", ".txt"}:
            code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            for match in CALL.finditer(code):
                call = ast.parse(_whole_call(code, match.start()), mode="eval").body
                if isinstance(call, ast.Call) and (message := _message(call)) is not None:
                    yield path.relative_to(PACKAGE).as_posix(), message


def _whole_call(code: str, start: int) -> str:
    for end in range(start + 3, len(code) + 1):
        if code[end - 1] == ")":
            try:
                ast.parse(code[start:end], mode="eval")
            except SyntaxError:
                continue
            return code[start:end]
    raise AssertionError(f"no end of the message at {code[start : start + 60]!r}")


def test_every_message_has_its_chinese() -> None:
    messages = [*_python_messages(), *_template_messages()]
    missing = sorted({f"{place}: {message}" for place, message in messages if not catalogue().get(message)})
    assert missing == []


def test_messages_are_written_in_english() -> None:
    messages = [*_python_messages(), *_template_messages()]
    assert [f"{place}: {m}" for place, m in messages if _is_chinese(m)] == []


def _is_chinese(text: str) -> bool:
    """More Chinese than English: an example such as 1.2万 may stand in an English sentence."""
    return text not in LANGUAGE_NAMES and len(CJK.findall(text)) > len(re.findall(r"[A-Za-z]+", text))


def test_translations_keep_their_placeholders() -> None:
    wrong = {
        message: text
        for message, text in catalogue().items()
        if message and isinstance(text, str) and _places(message) != _places(text)
    }
    assert wrong == {}


def _places(text: str) -> set[str]:
    return {first or second for first, second in PLACEHOLDER.findall(text)}


@pytest.mark.parametrize(
    "source", sorted(PACKAGE.glob("*/locale/zh_Hans/LC_MESSAGES/django.po")), ids=lambda path: path.parts[-5]
)
def test_compiled_catalogues_are_up_to_date(source: Path) -> None:
    text = source.read_text(encoding="utf-8")
    assert "#, fuzzy" not in text.split("msgstr", 1)[1], "a guess of the tool, not a translation"
    with source.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    kept = {key[0] if isinstance(key, tuple) else key for key in compiled}
    assert {message for message in _po_messages(text) if message} <= kept, "run: nuanxin compilemessages"


def _po_messages(text: str) -> Iterator[str]:
    for block in text.split("\n\n"):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        parts = {"msgctxt": "", "msgid": ""}
        current = ""
        for line in lines:
            word, _, rest = line.partition(" ")
            if not line.startswith('"'):
                current, line = word, rest
            if current in parts:
                parts[current] += ast.literal_eval(line)
        yield parts["msgctxt"] + CONTEXT_END + parts["msgid"] if parts["msgctxt"] else parts["msgid"]


def test_pages_hold_no_chinese_of_their_own() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.glob("*/templates/**/*.html")
        if path.name not in STATIC
        and "gallery" not in path.parts  # shows components with sample content
        and CJK.search(_without(path.read_text(encoding="utf-8")))
    }
    assert found == set()


def _without(text: str) -> str:
    for name in LANGUAGE_NAMES:
        text = text.replace(name, "")
    return re.sub(r"(?s)\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", "", text)


# What is not text: comments, translated blocks, scripts, one-word blocks (CSS classes), tags of either kind.
NOT_TEXT = re.compile(
    r"(?s)\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->|\{% blocktrans.*?endblocktrans(?:late)? %\}"
    r"|<(script|style|svg)\b.*?</\1>|\{% block \w+ %\}[a-z ]*\{% endblock|\{%.*?%\}|\{\{.*?\}\}"
)
TAG = re.compile(r"(?s)<[^>]*>")
SPOKEN = re.compile(r'\b(?:aria-label|title|alt|placeholder)="([^"]*[A-Za-z]{2}[^"]*)"')
NAMES = {"SHA-256", "Enter", "English"}


def _is_said(text: str) -> bool:
    """A sentence or a label: one small word alone is a class or an attribute between two template tags."""
    return text not in NAMES and (" " in text or text[0].isupper())


def test_pages_hold_no_text_that_nobody_can_translate() -> None:
    bare = []
    for path in sorted(PACKAGE.glob("*/templates/**/*.html")):
        if "gallery" not in path.parts and path.name not in STATIC:
            text = NOT_TEXT.sub("\n", path.read_text(encoding="utf-8"))
            words = SPOKEN.findall(text) + re.findall(r"[A-Za-z][^\n]+", TAG.sub("\n", text))
            bare += [f"{path.relative_to(PACKAGE)}: {w}" for w in map(str.strip, words) if _is_said(w)]
    assert bare == []
