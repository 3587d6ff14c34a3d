"""The generated pages: as the modules are now, with an example for every topic and for every divided reading."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from nuanxin.config import documents, law_pages
from nuanxin.config.law_pages import examples, shapes, topic_page
from nuanxin.law import answer
from nuanxin.law.basis import Mark, provisions
from nuanxin.law.parameters.tables import OUTSIDE_TOPICS, TABLES
from nuanxin.law.periods import RULES
from nuanxin.law.question import Faults
from nuanxin.law.topics import TOPICS
from tests.repository.source import ROOT

DOCS = ROOT / "docs"
TOPIC_FILES = ROOT / "src" / "nuanxin" / "law" / "topics"
MAKE = {"reading", "_reading", "_as_reading", "worked_weekend_readings"}
BY_HAND = {"mutation.md"}
LINK = re.compile(r"\]\(([^)#]+)(#[^)]*)?\)")
ALL = [(name, one) for name in TOPICS for one in examples.shown(name).examples]


@pytest.fixture(scope="module")
def generated() -> dict[str, str]:
    return documents.generated()


def test_the_pages_stand_as_the_tables_and_modules_are_now(generated: dict[str, str]) -> None:
    stale = [name for name, text in generated.items() if not _stands(DOCS / name, text)]
    assert stale == [], "run make docs and commit what it writes"


def _stands(page: Path, text: str) -> bool:
    return page.exists() and page.read_text(encoding="utf-8") == text


def test_no_page_is_left_of_a_topic_that_is_gone(generated: dict[str, str]) -> None:
    standing = {
        str(page.relative_to(DOCS)) for page in (DOCS / "law").rglob("*.md") if page.name not in BY_HAND
    }
    assert standing <= generated.keys()


def test_every_link_between_the_pages_leads_somewhere(generated: dict[str, str]) -> None:
    missing = {
        (name, target)
        for name, text in generated.items()
        for target, _ in LINK.findall(text)
        if not (DOCS / name).parent.joinpath(target).exists()
    }
    assert missing == set()


@pytest.mark.parametrize(("topic", "example"), ALL, ids=[f"{name}-{one.story.en[:30]}" for name, one in ALL])
def test_an_example_is_a_question_that_the_topic_answers(topic: str, example: examples.Example) -> None:
    found = answer(topic, json.loads(example.question))
    assert "errors" not in found
    assert "needs" not in found or topic == "claim"


def test_a_topic_without_an_example_is_named_with_the_way_out() -> None:
    with pytest.raises(examples.MissingExample, match=r"\[moonlight\].*run make docs"):
        examples.shown("moonlight")


def test_every_place_that_divides_an_answer_is_shown_by_an_example(monkeypatch: pytest.MonkeyPatch) -> None:
    reached = set(_reached(monkeypatch))
    unseen = [
        f"{file.relative_to(TOPIC_FILES)}:{first} has no example in {examples.FILE.name}"
        for file, first, last in _places_that_divide()
        if not any(where == str(file) and first <= line <= last for where, line in reached)
    ]
    assert unseen == []


def _places_that_divide() -> Iterator[tuple[Path, int, int]]:
    """Where a topic that is asked makes a reading, by file and lines."""
    for file in sorted(TOPIC_FILES.rglob("*.py")):
        if file.relative_to(TOPIC_FILES).with_suffix("").parts[0] not in TOPICS:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKE:
                yield file, node.lineno, node.end_lineno or node.lineno


def _reached(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    seen: list[tuple[str, int]] = []

    def noting(make: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*given: Any, **named: Any) -> Any:
            caller = sys._getframe(1)
            seen.append((caller.f_code.co_filename, caller.f_lineno))
            return make(*given, **named)

        return noted

    for name, module in list(sys.modules.items()):
        if name.startswith("nuanxin.law.topics"):
            for made in MAKE & vars(module).keys():
                monkeypatch.setattr(module, made, noting(getattr(module, made)))
    for _, example in ALL:
        example.answer()
    yield from seen


def test_a_page_tells_every_key_and_every_provision_of_its_topic(generated: dict[str, str]) -> None:
    for name, topic in TOPICS.items():
        page = generated[f"law/topics/{name}.md"]
        assert all(f"| `/{key}` |" in page for key in topic.shape.checks)
        for one in topic.basis:
            assert f"| {one.instrument} | {one.article} |" in page


def test_every_period_table_and_unchecked_article_stands_on_its_page(generated: dict[str, str]) -> None:
    assert all(f"| `{rule}` |" in generated["law/periods.md"] for rule in RULES)
    assert all(f"\n## {table}\n" in generated["law/parameters.md"] for table in TABLES)
    for one in provisions().values():
        listed = f"| {one.basis.mark} | {one.basis.instrument} | {one.basis.article} |"
        assert (listed in generated["law/to-check.md"]) == (one.basis.mark is not Mark.VERIFIED)


def test_every_dated_table_is_used_by_an_example_or_by_another_room() -> None:
    used = {table for topic in TOPICS.values() for table in topic_page.tables_of(topic)}
    assert used == set(TABLES) - set(OUTSIDE_TOPICS)


def test_keys_inside_lists_and_objects_are_told_with_their_place() -> None:
    told = {key.path: key for key in shapes.keys_of(TOPICS["final_award"].shape)}
    assert told["/items/[]/kind"].needed
    assert told["/items/[]/kind"].told.startswith("one of: `wages`")
    assert not told["/minimum_wage"].needed
    assert told["/items"].told == "a list of 1 to 1,000: an object"


def test_a_check_that_tells_nothing_of_itself_is_named() -> None:
    def silent(value: Any, path: str, faults: Faults) -> Any:
        return value

    with pytest.raises(LookupError, match="silent needs a docstring"):
        shapes.told(silent)


def test_the_command_writes_them_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert documents.main(["--into", str(tmp_path)]) == 0
    written = {str(page.relative_to(tmp_path)) for page in tmp_path.rglob("*.md")}
    assert written == {"cases/transitions.md", *(f"law/{name}" for name in law_pages.pages())}
    assert str(tmp_path / "law" / "README.md") in capsys.readouterr().out
