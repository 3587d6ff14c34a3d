"""The command line: one table, clear faults, exit codes 0, 1 and 2."""

from __future__ import annotations

import importlib
import io
import json
import subprocess
import sys
from typing import Any

import pytest
from django.core.management import get_commands

from nuanxin.config import cli, law
from nuanxin.config.serve import port_fault


def test_help_has_one_line_for_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    for command in cli.COMMANDS:
        assert sum(line.split()[:1] == [command.name] for line in lines) == 1


def test_every_command_of_the_table_is_there() -> None:
    known = get_commands()
    for command in cli.COMMANDS:
        if command.target:
            module, function = command.target.split(":")
            assert callable(getattr(importlib.import_module(module), function))
        else:
            assert command.name in known


def test_no_command_is_bad_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([]) == 2


@pytest.mark.parametrize(
    ("name", "told"), [("nosuch", "no command nosuch"), ("audti", "Did you mean audit?")]
)
def test_a_command_that_does_not_exist_is_bad_arguments(
    name: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([name]) == 2
    assert told in capsys.readouterr().err


def test_help_and_law_start_without_django() -> None:
    code = "import sys; from nuanxin.config import cli, law; cli.run(['--help']); sys.exit('django' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=False).returncode == 0
    )


def _ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str, *words: str) -> Any:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    code = law.main(list(words))
    return code, capsys.readouterr().out


GOOD = {"rule": "arbitration.accept", "start": "2025-03-03"}


def test_a_question_is_answered_with_exit_0(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = _ask(monkeypatch, capsys, json.dumps(GOOD), "period")
    assert code == 0
    assert json.loads(out)["strict"] == "2025-03-10"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"rule": NaN}', '{"nonsense": 1}', "[" * 100_000])
def test_a_bad_question_is_told_with_exit_2(
    text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = _ask(monkeypatch, capsys, text, "period")
    assert code == 2
    assert all({"path", "code", "message"} <= set(error) for error in json.loads(out)["errors"])


def test_a_batch_answers_line_by_line_in_order(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [
        {"topic": "period", "question": GOOD},
        {"topic": "period"},
        {"topic": "period", "question": GOOD},
    ]
    text = "\n".join(json.dumps(line) for line in asked) + "\n"
    code, out = _ask(monkeypatch, capsys, text, "--batch")
    first, second, third = map(json.loads, out.splitlines())
    assert code == 2
    assert first == third
    assert second["errors"][0]["path"] == "/question"


def test_a_port_in_use_is_told_in_one_line() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        fault = port_fault("127.0.0.1", taken.getsockname()[1])
    assert fault is not None
    assert "\n" not in fault
