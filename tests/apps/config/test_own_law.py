"""A deployment's own dated values: used by every door, and refused whole when one of them is not fit."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from nuanxin.config import cli, doctor, own_law
from nuanxin.config.environment import EnvironmentFault, read_environment
from nuanxin.law import calendar
from nuanxin.law.calendar import store as calendar_store
from nuanxin.law.parameters import store

ROW = """table = "minimum_wage_month"
[[row]]
place = "540100"
value = "2500.00"
from = 2026-01-01
instrument = "某通知"
source = "某网页"
mark = "V"
checked = 2026-01-02
persons = ["甲", "乙"]
"""
YEAR = """year = 2041
notices = ["试验"]
regulation = "试验"
source = "试验"
mark = "V"
checked = 2026-11-01
[statutory]
"2041-01-01" = "元旦"
[moved]
off = []
work = []
"""
ASKED = {
    "place": "540102",
    "applied_on": "2026-03-02",
    "items": [{"id": "a", "kind": "wages", "amount": "30000.00"}],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("LAW_DATA", str(tmp_path))
    (tmp_path / "calendar").mkdir()
    yield tmp_path
    store._folders[:] = [store.SHIPPED]
    store.load.cache_clear()
    calendar_store._folders[:] = [calendar_store.SHIPPED]
    calendar_store.year_table.cache_clear()


def asked(monkeypatch: pytest.MonkeyPatch, *arguments: str, question: object = ASKED) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(question) + "\n"))
    return cli.run(["law", *arguments])


def test_the_command_answers_with_rows_and_years_of_the_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "wages.toml").write_text(ROW, encoding="utf-8")
    (folder / "calendar" / "2041.toml").write_text(YEAR, encoding="utf-8")
    assert asked(monkeypatch, "final_award") == 0
    assert json.loads(capsys.readouterr().out)["line"] == "30000.00"  # twelve times 2,500
    assert 2041 in calendar.known_years()


def test_a_batch_in_several_processes_answers_with_them_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "wages.toml").write_text(ROW, encoding="utf-8")
    whole = {"topic": "final_award", "question": ASKED}
    assert asked(monkeypatch, "--batch", "--processes", "2", question=whole) == 0
    assert json.loads(capsys.readouterr().out)["line"] == "30000.00"


def test_a_folder_with_a_fault_stops_the_command_in_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "wages.toml").write_text(ROW.replace('["甲", "乙"]', '["甲"]'), encoding="utf-8")
    assert asked(monkeypatch, "final_award") == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "wages.toml row 1: persons must name the two people" in said.err


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [("year = 2041", "year = 2040", "file is named 2041"), ('mark = "V"', 'mark = "?"', "mark must be")],
)
def test_a_holiday_year_with_a_fault_is_named(folder: Path, old: str, new: str, says: str) -> None:
    (folder / "calendar" / "2041.toml").write_text(YEAR.replace(old, new), encoding="utf-8")
    with pytest.raises(EnvironmentFault, match=says):
        own_law.use_own()


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="there is no folder"):
        own_law.add(tmp_path / "missing")


def test_without_the_variable_nothing_is_added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LAW_DATA", raising=False)
    before = list(store._folders)
    own_law.use_own()
    assert store._folders == before
    assert read_environment({}).law_data is None


@pytest.mark.parametrize(
    ("years", "day", "state"),
    [
        ((2025, 2026), "2026-11-30", "ok"),
        ((2025, 2026), "2026-12-01", "warn"),
        ((2025,), "2026-01-01", "warn"),
    ],
)
def test_the_doctor_says_when_the_holidays_of_the_coming_year_are_missing(
    monkeypatch: pytest.MonkeyPatch, years: tuple[int, ...], day: str, state: str
) -> None:
    import time_machine

    monkeypatch.setattr(calendar, "known_years", lambda: years)
    with time_machine.travel(f"{day}T04:00:00+00:00", tick=False):
        (found,) = doctor._law()
    assert (found.state, f"end of {years[-1]}" in found.detail) == (state, True)
