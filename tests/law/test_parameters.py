"""Dated values: found by place and day, refused when not fit to be relied on."""

from __future__ import annotations

import runpy
from datetime import date
from pathlib import Path

import pytest

from nuanxin.law import calendar, parameters
from nuanxin.law.calendar import store as calendar_store
from nuanxin.law.parameters import __main__ as validator
from nuanxin.law.parameters import store

WAGE = "minimum_wage_month"


@pytest.fixture
def own(tmp_path: Path) -> object:
    yield tmp_path
    store._folders[:] = [store.SHIPPED]
    store.load.cache_clear()
    calendar_store._folders[:] = [calendar_store.SHIPPED]
    calendar_store.year_table.cache_clear()


def value(place: str | None, on: date | None, table: str = WAGE) -> object:
    row = parameters.find(table, place=place, on=on)
    return None if row is None else row.value


@pytest.mark.parametrize(
    ("place", "on", "yuan"),
    [
        ("110105", date(2025, 9, 1), "2540.00"),  # a county takes its city's row
        ("110000", date(2025, 8, 31), "2420.00"),  # the day before the rise
        ("110000", date(2023, 8, 31), None),  # before the first row nothing is guessed
        ("310000", date(2026, 1, 1), None),  # no row for Shanghai
        ("110000", None, "2540.00"),  # without a day: the newest
        (None, date(2026, 1, 1), None),  # there is no national minimum wage
    ],
)
def test_the_value_of_that_place_and_day(place: str | None, on: date | None, yuan: str | None) -> None:
    assert value(place, on) == yuan


def test_a_row_is_cited_with_source_and_day_checked() -> None:
    row = parameters.find(WAGE, place="110000", on=date(2026, 1, 1))
    assert row is not None
    assert parameters.found_basis(row).as_json() == {
        "instrument": "关于调整北京市2025年最低工资标准的通知（京人社劳发〔2025〕7号）",
        "article": "1",
        "checked": "2026-11-28",
        "mark": "V",
    }


def test_a_row_without_an_article_is_cited_as_a_whole() -> None:
    row = parameters.find("lpr_one_year", place=None, on=date(2019, 9, 1))
    assert row is not None
    assert parameters.found_basis(row).article == "全文"


ROW = """
[[row]]
place = "310115"
value = "3000.00"
from = 2025-07-01
until = 2026-06-30
instrument = "某通知"
source = "某网页"
mark = "V"
checked = 2026-11-23
persons = ["甲", "乙"]
"""


def write(folder: Path, *rows: str, table: str = WAGE) -> None:
    (folder / "own.toml").write_text(f'table = "{table}"\n' + "".join(rows), encoding="utf-8")


def test_a_deployment_adds_rows_and_the_narrower_place_wins(own: Path) -> None:
    write(
        own, ROW, ROW.replace("310115", "310000").replace("3000", "2900").replace("until = 2026-06-30\n", "")
    )
    parameters.add_folder(own)
    parameters.add_folder(own)
    assert value("310115", date(2026, 1, 1)) == "3000.00"
    assert value("310115", date(2026, 7, 1)) == "2900.00"  # the county's row is over, the city's still holds
    assert value("310101", date(2026, 1, 1)) == "2900.00"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('value = "3000.00"', "value = 3000", "value must be"),
        ("from = 2025-07-01\n", "", "from is missing"),
        ('mark = "V"', 'mark = "?"', "mark must be"),
        ("checked = 2026-11-23", 'checked = "now"', "checked must be a date"),
        ("from = 2025-07-01", "from = 2025-07-01T00:00:00", "from must be a date"),
        ('place = "310115"', 'place = "31"', "six digits"),
        ('place = "310115"', 'city = "上海"', "city is not a known key"),
        ('["甲", "乙"]', '["甲", "甲"]', "persons must name the two"),
        ("until = 2026-06-30", "until = 2024-06-30", "ends before it begins"),
    ],
)
def test_a_row_not_fit_to_rely_on_is_refused(own: Path, old: str, new: str, says: str) -> None:
    write(own, ROW.replace(old, new))
    parameters.add_folder(own)
    with pytest.raises(ValueError, match=says):
        parameters.load()


def test_rows_that_contradict_each_other_are_refused(own: Path) -> None:
    write(own, ROW, ROW, ROW.replace("2025-07-01", "2026-01-01").replace("2026-06-30", "2026-12-31"))
    parameters.add_folder(own)
    with pytest.raises(ValueError, match="two rows begin on 2025-07-01") as caught:
        parameters.load()
    assert "ends after the row of 2026-01-01 begins" in str(caught.value)


@pytest.mark.parametrize(
    ("table", "value_"),
    [
        ("legal_aid_periods", '{ count = 0, unit = "working" }'),
        ("legal_aid_periods", '{ count = 5, unit = "weeks" }'),
        ("legal_aid_periods", '"5"'),
        ("crime_thresholds", '{ one_worker = "1.0", ten_workers = "2.00" }'),
        ("crime_thresholds", '{ one_worker = "1.00" }'),
        ("crime_thresholds", '"1.00"'),
    ],
)
def test_each_table_knows_what_its_values_look_like(own: Path, table: str, value_: str) -> None:
    write(own, ROW.replace('"3000.00"', value_), table=table)
    parameters.add_folder(own)
    with pytest.raises(ValueError, match="value must be"):
        parameters.load()


def test_a_table_nobody_knows_is_refused(own: Path) -> None:
    write(own, ROW, table="lucky_numbers")
    parameters.add_folder(own)
    with pytest.raises(ValueError, match="table must be one of"):
        parameters.load()


def test_a_file_that_is_no_toml_is_named(own: Path) -> None:
    (own / "broken.toml").write_text("= 1", encoding="utf-8")
    parameters.add_folder(own)
    with pytest.raises(ValueError, match=r"broken\.toml"):
        parameters.load()


def test_the_validator_passes_what_is_shipped(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert validator.main([]) == 0
    assert "fit to use" in capsys.readouterr().out


def test_the_validator_names_what_is_wrong(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(own, ROW.replace("310115", "3101"))
    assert validator.main([str(own)]) == 1
    assert "own.toml row 1: place must be six digits" in capsys.readouterr().out


def test_shipped_years_and_rows_are_all_loadable() -> None:
    assert parameters.load()
    assert calendar.known_years()


@pytest.mark.filterwarnings("ignore:.*found in sys.modules")
def test_the_validator_runs_as_a_module(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["parameters"])
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("nuanxin.law.parameters", run_name="__main__")
    assert caught.value.code == 0
