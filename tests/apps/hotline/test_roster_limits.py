"""The limits of rosters as dated law values, with their articles; protected and part-time people before the solver."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from nuanxin.hotline.rules.rosters.answer import NoRoster, Roster
from nuanxin.hotline.rules.rosters.check import Fault, check_roster
from nuanxin.hotline.rules.rosters.faults import told_of
from nuanxin.hotline.rules.rosters.limits import LimitsMissing, limits_on
from nuanxin.hotline.rules.rosters.month import Demand, Month, Person
from nuanxin.hotline.rules.rosters.solve import solve_month
from nuanxin.law.basis import provisions
from nuanxin.law.parameters import store
from tests.apps.hotline.months import MONDAY, days, month, people

OWN = """table = "duty_hours"
[[row]]
place = "140581"
key = "week"
value = 2640
from = 2026-07-01
instrument = "高平市综合计算工时批复"
source = "the approval"
mark = "V"
checked = 2026-06-30
persons = ["王芳", "李强"]
"""


@pytest.fixture
def own_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    monkeypatch.setattr(store, "_folders", [store.SHIPPED, tmp_path])
    store.load.cache_clear()
    limits_on.cache_clear()
    yield
    store.load.cache_clear()
    limits_on.cache_clear()


def test_the_limits_that_ship():
    """8 and 40 hours (provisions, art. 3), 3 and 36 hours of overtime (Labour Law art. 41), one day in seven (art. 38)."""
    found = limits_on(date(2026, 4, 1))
    assert (found.day, found.week, found.overtime_day, found.overtime_month) == (480, 2400, 180, 2160)
    assert (found.rest, found.rest_day, found.days_with_rest, found.night) == (660, 1440, 7, (1320, 1800))
    marks = {key: str(row.mark) for key, row in found.rows.items()}
    assert {key for key, mark in marks.items() if mark == "M"} == {"night_from", "night_until"}
    assert {key for key, mark in marks.items() if mark == "I"} == {
        "rest_between",
        "rest_day",
        "days_with_rest",
    }


def test_every_article_of_a_limit_stands_in_the_citations():
    cited = {
        (row.instrument, row.article) for row in limits_on(date(2026, 4, 1)).rows.values() if row.article
    }
    assert cited <= set(provisions())


def test_before_the_laws_began_there_are_no_limits_and_none_are_guessed():
    with pytest.raises(LimitsMissing) as missing:
        limits_on(date(1995, 3, 1))
    assert missing.value.keys == ("day", "week")


@pytest.mark.usefixtures("own_rows")
def test_a_centre_with_an_approved_system_has_its_own_from_its_day_at_its_place():
    assert limits_on(date(2026, 7, 1), "140581").week == 44 * 60
    assert limits_on(date(2026, 6, 30), "140581").week == 40 * 60
    assert limits_on(date(2026, 7, 1), "140500").week == 40 * 60


def test_faults_are_told_with_their_article_in_both_languages():
    asked = month(MONDAY, MONDAY + timedelta(6), people=people(1))
    table = {
        "overtime": ("本月加班超过36小时（《劳动法》第41条）", "Labour Law art. 41"),
        "rest": ("离上一个班不到11小时（平台规则）", "the platform's own rule"),
        "no_nights": (
            "不能上夜班（《劳动法》第61条、第63条）",
            "Labour Law art. 61, 63",
        ),
        "twice": ("同一天排了两个班", "two shifts on one day"),
        "week": ("超过合同约定的工时", "than the contract says"),
    }
    for code, (zh, en) in table.items():
        told = told_of(asked, Fault(code, MONDAY, "p0"))
        assert told.zh.startswith("甲02026年3月2日：")
        assert zh in told.zh
        assert en in told.en


def _five_days(person: Person, other: Person) -> Month:
    """Two weeks with one early shift each day."""
    demands = tuple(Demand("general", day, 480, 960, 1) for day in days(MONDAY, 14))
    return month(MONDAY, MONDAY + timedelta(13), people=(person, other), demands=demands)


def test_a_part_timer_works_no_more_than_the_contract_says():
    """Of seven shifts a week one who has 16 hours takes two, the other five."""
    asked = _five_days(Person("half", "王芳", week=16 * 60, share=40), Person("full", "李强"))
    found = solve_month(asked, 6.0)
    assert isinstance(found, Roster)
    assert check_roster(asked, found.duties) == []
    assert sum(one.person == "half" for one in found.duties) == 4


def test_a_month_that_only_overtime_of_a_protected_person_could_fill_says_so():
    """Seven shifts a week and nobody else but one with 8 hours: the protected one would need six, 48 hours."""
    asked = _five_days(Person("p0", "王芳", overtime=False), Person("p1", "李强", week=8 * 60))
    found = solve_month(asked, 6.0)
    assert isinstance(found, NoRoster)
    assert found.proved
    told = " ".join(one.text.en for one in found.reasons)
    assert "王芳 does not work overtime." in told
    assert isinstance(solve_month(replace(asked, people=people(2)), 6.0), Roster)
