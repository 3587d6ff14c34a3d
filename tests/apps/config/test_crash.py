"""The crash proof, short: ``make test-crash`` runs it two hundred times."""

from __future__ import annotations

import json

import pytest

from bench import crash


def test_killing_the_server_under_load_loses_nothing_that_was_acknowledged(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = crash.main(["--times", "3"])
    result = json.loads(capsys.readouterr().out.splitlines()[0])
    assert code == 0, result
    assert result["acknowledged"] > 0
    assert result["lost"] == 0
    assert result["chain_whole"] is True
