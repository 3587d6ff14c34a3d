"""``nuanxin audit …``: exit status and words."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests.apps.audit.streams import CASE, OTHER, make_stream, sql, without_triggers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_dir(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def run(*arguments: str) -> tuple[int, str]:
    """Exit status and output."""
    out = StringIO()
    try:
        call_command("audit", *arguments, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_a_whole_record_exits_0_and_says_what_was_looked_at() -> None:
    make_stream(3)
    assert run("verify") == (0, "whole: 3 events in 1 streams; no export yet\n")
    assert run("checkpoint") == (0, "1 heads exported\n")
    status, text = run("verify", "--json")
    said = json.loads(text)
    assert (status, said["ok"], said["events"], said["streams"], said["exported"]) == (0, True, 4, 2, 1)
    assert run("checkpoint", "--restart")[0] == 0


def test_a_broken_record_exits_1_and_names_the_first_bad_row() -> None:
    rows = make_stream(3)
    make_stream(1, OTHER)
    with without_triggers():
        sql("UPDATE audit_event SET actor_id = 9 WHERE stream = %s AND seq >= 2", CASE)
    expected = f"altered: stream {CASE}, event 2, row {rows[1].id}: does not match its mac\n"
    assert run("verify") == (1, expected)
    assert run("verify", "--case", str(CASE)) == (1, expected)
    assert run("verify", "--case", str(OTHER))[0] == 0
    assert len(run("verify", "--all")[1].splitlines()) == 2
    status, text = run("verify", "--json")
    assert status == 1
    assert json.loads(text)["faults"] == [
        {"kind": "altered", "detail": "does not match its mac", "stream": CASE, "seq": 2, "row": rows[1].id}
    ]


def test_a_case_without_any_trace_exits_1() -> None:
    status, text = run("verify", "--case", "123456")
    assert status == 1
    assert "wholly removed, or never written" in text


def test_a_number_that_nobody_knows_is_said_to_be_unknown() -> None:
    for number in ("X-1", "NX14-0000001-0"):  # the second has a wrong check digit
        with pytest.raises(CommandError, match=f"no case has the number {number}") as fault:
            run("verify", "--case", number)
        assert fault.value.returncode == 2
