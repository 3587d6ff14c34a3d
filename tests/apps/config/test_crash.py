"""The crash proof, short: ``make test-crash`` runs it two hundred times."""

from __future__ import annotations

import json

import pytest

from bench import crash


@pytest.mark.database
def test_killing_the_server_under_load_loses_nothing_that_was_acknowledged(
    request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    code = crash.main(["--times", "4", "--database", str(request.config.getoption("--database"))])
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert code == 0, told
    assert told["acknowledged"] > 0
    assert (told["kills"], told["lost"], told["half_written"], told["chain_whole"]) == (4, 0, {}, True)
