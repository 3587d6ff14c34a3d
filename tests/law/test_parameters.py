"""Dated values: found by place and day, refused when not fit to be relied on."""

from __future__ import annotations

import runpy
from datetime import date, timedelta
from pathlib import Path

import pytest

from nuanxin.law import calendar, parameters
from nuanxin.law.calendar import store as calendar_store
from nuanxin.law.identity.regions import regions
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
        ("110000", date(2019, 6, 30), None),  # before the first row nothing is guessed
        ("650100", date(2025, 1, 1), None),  # no row for Urumqi
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


class TestShippedRowsFromMemory:
    """Shanghai ships 2690 from 2023-07-01, 2740 from 2025-07-01 to 2026-06-30, all from memory."""

    def test_give_way_to_an_own_row_of_the_same_day(self, own: Path) -> None:
        write(own, ROW.replace("310115", "310000").replace("until = 2026-06-30\n", ""))
        parameters.add_folder(own)
        assert value("310000", date(2025, 7, 1)) == "3000.00"
        assert value("310000", date(2025, 6, 30)) == "2690.00"

    def test_end_the_day_before_an_own_row_begins(self, own: Path) -> None:
        write(own, ROW.replace("310115", "310000").replace("from = 2025-07-01", "from = 2026-01-01"))
        parameters.add_folder(own)
        assert value("310000", date(2025, 12, 31)) == "2740.00"
        assert value("310000", date(2026, 1, 1)) == "3000.00"

    def test_fall_away_where_an_own_row_already_holds(self, own: Path) -> None:
        write(own, ROW.replace("310115", "310000").replace("from = 2025-07-01", "from = 2025-06-01"))
        parameters.add_folder(own)
        assert [value("310000", date(2025, month, 1)) for month in (5, 6, 7)] == [
            "2690.00",
            "3000.00",
            "3000.00",
        ]

    def test_stay_where_an_own_row_says_nothing(self, own: Path) -> None:
        write(
            own, ROW.replace("310115", "310000").replace("2025-07-01", "2027-01-01").replace("2026-", "2027-")
        )
        parameters.add_folder(own)
        assert value("310000", date(2026, 6, 30)) == "2740.00"
        assert value("310000", date(2026, 7, 1)) is None

    def test_verified_rows_do_not(self, own: Path) -> None:
        write(own, ROW.replace("310115", "110000").replace("from = 2025-07-01", "from = 2025-09-01"))
        parameters.add_folder(own)
        with pytest.raises(ValueError, match="minimum_wage_month 110000: two rows begin on 2025-09-01"):
            parameters.load()


def test_one_row_may_hold_at_several_places(own: Path) -> None:
    write(own, ROW.replace('"310115"', '["650104", "650105"]'))
    parameters.add_folder(own)
    assert [value(place, date(2026, 1, 1)) for place in ("650104", "650105", "650106")] == [
        "3000.00",
        "3000.00",
        None,
    ]


@pytest.mark.parametrize("places", ["[]", '["650104", "6501"]', "[650104]"])
def test_every_place_of_a_row_is_checked(own: Path, places: str) -> None:
    write(own, ROW.replace('"310115"', places))
    parameters.add_folder(own)
    with pytest.raises(ValueError, match="place must be six digits, or a list of such"):
        parameters.load()


class TestShippedMinimumWages:
    ROWS = tuple(row for (table, _, _), rows in parameters.load().items() if table == WAGE for row in rows)

    @pytest.mark.parametrize(
        ("place", "on", "yuan"),
        [
            ("310115", date(2025, 6, 30), "2690.00"),
            ("310115", date(2025, 7, 1), "2740.00"),
            ("310115", date(2026, 7, 1), None),  # nobody saw what held then
            ("440305", date(2025, 3, 1), "2520.00"),  # 深圳 has a figure of its own
            ("440106", date(2025, 3, 1), "2500.00"),
            ("441900", date(2025, 2, 28), "1900.00"),  # 东莞 has no counties
            ("330106", date(2024, 1, 1), "2490.00"),
            ("330127", date(2024, 1, 1), "2260.00"),  # 淳安 lies in 杭州 and in another category
            ("330100", date(2024, 1, 1), None),  # 杭州 as a whole has two categories
            ("330000", date(2024, 1, 1), None),
            ("230111", date(2024, 6, 1), None),  # 呼兰: not in the city's category
            ("410105", date(2025, 11, 30), "2100.00"),
            ("410105", date(2025, 12, 1), "2350.00"),
        ],
    )
    def test_a_place_has_its_own_category_or_none(self, place: str, on: date, yuan: str | None) -> None:
        assert value(place, on) == yuan

    def test_a_whole_province_has_a_row_only_where_it_has_one_category(self) -> None:
        assert {row.place for row in self.ROWS if row.place.endswith("0000")} == {
            "110000", "120000", "310000", "540000", "630000",
        }  # fmt: skip

    def test_thirty_provinces_have_some_place(self) -> None:
        assert len({row.place[:2] for row in self.ROWS}) == 30

    def test_every_place_is_one_of_today(self) -> None:
        assert {row.place for row in self.ROWS} <= {code for code, one in regions().items() if not one.until}

    def test_from_memory_they_end_and_begin_with_a_month(self) -> None:
        for row in self.ROWS:
            assert row.since.day == 1
            assert row.mark == "V" or row.until is not None
            if row.until is not None:
                assert (row.until + timedelta(days=1)).day == 1

    def test_a_later_figure_of_a_place_is_higher(self) -> None:
        by_place: dict[str, list[parameters.Row]] = {}
        for row in self.ROWS:
            by_place.setdefault(row.place, []).append(row)
        for rows in by_place.values():
            newest_first = [float(row.value) for row in rows]
            assert newest_first == sorted(newest_first, reverse=True)
            assert len(set(newest_first)) == len(newest_first)


def test_an_answer_warns_of_a_figure_from_memory() -> None:
    remembered = parameters.find(WAGE, place="310000", on=date(2025, 7, 1))
    verified = parameters.find(WAGE, place="110000", on=date(2025, 9, 1))
    assert remembered is not None
    assert verified is not None
    assert parameters.memory_warnings(remembered, "/minimum") == [
        {"code": "figure_from_memory", "path": "/minimum", "value": "2740.00", "since": "2025-07-01"}
    ]
    assert parameters.memory_warnings(verified, "/minimum") == []


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
        ("living_cost_share", '"70.00"'),
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
