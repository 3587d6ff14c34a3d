"""Many questions: in order, in several processes, in memory that does not grow, whatever one of them holds."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import nuanxin
from nuanxin.config import law, law_batch

GOOD = {"topic": "period", "question": {"rule": "arbitration.accept", "start": "2025-03-03"}}


def line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def run(text: str, processes: int = 1) -> tuple[int, list[Any]]:
    out = io.StringIO()
    status = law_batch.batch(io.StringIO(text), out, processes)
    return status, [json.loads(one) for one in out.getvalue().splitlines()]


def days(count: int) -> str:
    """So many questions, no two with the same answer next to each other."""
    return "".join(
        line(
            {
                "topic": "period",
                "question": {"custom": {"count": n % 900 + 1, "unit": "calendar"}, "start": "2024-03-03"},
            }
        )
        for n in range(count)
    )


def test_several_processes_give_the_answers_of_one_in_the_order_of_the_questions() -> None:
    text = days(1_500) + line({"topic": "weather", "question": {}})
    status, answers = run(text, processes=2)
    assert (status, answers) == run(text)
    assert status == 2
    assert answers[0]["strict"] == "2024-03-04"
    assert answers[899]["strict"] == "2026-08-20"  # 900 days after 2024-03-03
    assert answers[-1]["errors"][0]["code"] == "unknown_topic"


def test_empty_lines_are_passed_over_and_the_last_line_needs_no_end() -> None:
    assert len(run("\n \n" + line(GOOD) + "\n" + line(GOOD).strip())[1]) == 2


def test_no_questions_no_answers() -> None:
    assert run("") == (0, [])


@pytest.mark.parametrize(
    ("asked", "path", "code"),
    [
        ({"question": {}}, "/topic", "required"),
        ({"topic": "period"}, "/question", "required"),
        ({**GOOD, "colour": 1}, "/colour", "unknown_key"),
        ({"topic": 5, "question": {}}, "/topic", "invalid_type"),
        ([], "", "not_an_object"),
    ],
)
def test_a_line_that_is_no_question_is_told(asked: Any, path: str, code: str) -> None:
    status, answers = run(line(asked))
    assert status == 2
    assert [(fault["path"], fault["code"]) for fault in answers[0]["errors"]] == [(path, code)]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (
            '{"topic":"payday","question":{"agreed":"2026-03-02","agreed":"2026-03-03"}}',
            [("/agreed", "duplicate_key")],
        ),
        # what else is wrong is told with it
        (
            '{"topic":"payday","topic":"payday","question":{"agreed":"soon","x":1}}',
            [("/topic", "duplicate_key"), ("/agreed", "invalid_date"), ("/x", "unknown_key")],
        ),
        ('[{"a":1,"a":2}]', [("/0/a", "duplicate_key")]),
    ],
)
def test_a_key_that_stands_twice_is_no_question(text: str, faults: list[tuple[str, str]]) -> None:
    status, answers = run(text)
    assert status == 2
    assert [(fault["path"], fault["code"]) for fault in answers[0]["errors"]] == faults


def test_a_byte_order_mark_is_passed_over() -> None:
    assert run("\ufeff" + line(GOOD))[0] == 0


def test_a_line_that_is_too_long_is_refused_and_the_next_one_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(law_batch, "MOST", 200)
    long = line({"topic": "period", "question": "x" * 1_000})
    _, answers = run(long + line(GOOD) + long)
    assert [one.get("errors", [{}])[0].get("code") for one in answers] == ["too_long", None, "too_long"]


def test_a_line_of_just_the_most_characters_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(law_batch, "MOST", len(line(GOOD)))
    status, answers = run(line(GOOD) * 2)
    assert (status, len(answers)) == (0, 2)


def test_bytes_that_are_no_utf_8_spoil_their_own_question_only() -> None:
    asked = b'{"topic": "\xff"}\n' + line(GOOD).encode()
    command = [sys.executable, "-m", "nuanxin", "law", "--batch"]
    ours = {**os.environ, "PYTHONPATH": str(Path(nuanxin.__file__).parent.parent)}
    done = subprocess.run(command, input=asked, stdout=subprocess.PIPE, env=ours, check=False)
    first, second = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 2
    assert first["errors"][0]["code"] == "not_json"
    assert second["strict"] == "2025-03-10"


def test_half_a_character_in_a_key_comes_back_as_it_was_sent() -> None:
    text = '{"topic": "payday", "question": {"agreed": "2026-03-15", "\\ud800": 1}}\n'
    _, answers = run(text)
    assert answers[0]["errors"][0]["path"] == "/\ud800"


def test_half_a_character_in_a_single_question_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"agreed": "2026-03-15", "\\ud800": 1}'))
    assert law.main(["payday"]) == 2
    assert json.loads(capsys.readouterr().out)["errors"][0]["code"] == "unknown_key"


@pytest.mark.parametrize(
    "words", [["--batch", "--processes", "0"], ["period", "--processes", "2"], [], ["a", "--batch"]]
)
def test_arguments_that_do_not_fit_are_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        law.main(words)
    assert left.value.code == 2


class Endless(io.TextIOBase):
    """Lines made as they are read, so that only what the batch keeps takes memory."""

    def __init__(self, count: int) -> None:
        self._lines: Iterator[str] = (line(GOOD) for _ in range(count))

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        return next(self._lines, "")


class Counted(io.TextIOBase):
    """Counts what is written and keeps none of it."""

    def __init__(self) -> None:
        self.characters = 0

    def write(self, text: str, /) -> int:
        self.characters += len(text)
        return len(text)


def test_memory_does_not_grow_with_the_number_of_questions() -> None:
    peaks = []
    for count in (3_000, 12_000):
        out = Counted()
        tracemalloc.start()
        law_batch.batch(Endless(count), out)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert out.characters > count * 300
    assert peaks[1] < peaks[0] * 1.2 + 100_000
