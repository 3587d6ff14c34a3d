"""Working days, rest days and statutory holidays, as the State Council arranged them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.law import calendar
from nuanxin.law.calendar import store

KNOWN = st.dates(date(2007, 1, 1), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 11, 23), "working"),  # an ordinary Monday
        (date(2026, 11, 22), "rest"),  # an ordinary Sunday
        (date(2026, 2, 16), "statutory"),  # New Year's Eve is a statutory holiday from 2025
        (date(2024, 2, 9), "working"),  # but New Year's Eve of 2024 was a working day
        (date(2026, 2, 20), "rest"),  # moved to rest for the Spring Festival
        (date(2026, 2, 28), "working"),  # a Saturday worked in exchange
        (date(2025, 5, 2), "statutory"),  # 2 May became a statutory holiday in 2025
        (date(2024, 5, 2), "rest"),  # before, it was only a day off
        (date(2013, 2, 9), "statutory"),  # 2008 to 2013: New Year's Eve and the first two days
        (date(2013, 2, 12), "rest"),
        (date(2014, 2, 2), "statutory"),  # 2014: the first three days, this one a Sunday
        (date(2007, 5, 3), "statutory"),  # until 2007 three days in May
    ],
)
def test_a_day_has_the_kind_of_that_years_notice(day: date, kind: str) -> None:
    assert calendar.kind_of(day) == kind
    assert calendar.is_working_day(day) == (kind == "working")


def test_all_years_from_2007_to_2026_are_shipped() -> None:
    assert calendar.known_years() == tuple(range(2007, 2027))


@pytest.mark.parametrize(
    ("year", "days"), [(2007, 10), (2009, 10), (2013, 11), (2020, 11), (2024, 11), (2025, 13), (2026, 13)]
)
def test_a_year_has_the_statutory_days_of_its_regulation(year: int, days: int) -> None:
    # ten days until 2007, eleven from 2008, thirteen from 2025; in 2009 two of them fell on 3 October
    assert len(store.year_table().years[year].statutory) == days


@pytest.mark.parametrize("day", [date(2027, 1, 1), date(2006, 12, 31)])
def test_an_unpublished_year_raises(day: date) -> None:
    with pytest.raises(
        calendar.CalendarMissing, match=f"no published holiday calendar for {day.year}$"
    ) as caught:
        calendar.kind_of(day)
    assert caught.value.year == day.year


def test_a_year_is_known_to_its_last_day_and_no_further() -> None:
    assert calendar.kind_of(date(2026, 12, 31)) == calendar.kind_of(date(2026, 12, 30)) == "working"
    assert sum(date.fromordinal(day).year == 2024 for day in store.year_table().kinds) == 366
    assert max(store.year_table().kinds) == date(2026, 12, 31).toordinal()


def test_a_gap_between_known_years_is_never_counted_through(own_years: Path) -> None:
    (own_years / "2028.toml").write_text(GOOD.replace("2027", "2028"), encoding="utf-8")
    calendar.add_folder(own_years)
    assert calendar.add_working_days(date(2028, 1, 2), 1) == date(2028, 1, 3)
    for count in (1, 40, 300):
        with pytest.raises(calendar.CalendarMissing) as caught:
            calendar.add_working_days(date(2026, 12, 31) - timedelta(days=count), 2 * count)
        assert caught.value.year == 2027


def test_rolling_forward_and_back() -> None:
    # 15 to 23 February 2026 are all days off; the Saturday before is worked, the Tuesday after too
    assert calendar.next_working_day(date(2026, 2, 15)) == date(2026, 2, 24)
    assert calendar.previous_working_day(date(2026, 2, 23)) == date(2026, 2, 14)
    assert calendar.next_working_day(date(2026, 2, 24)) == date(2026, 2, 24)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        # Mon 2 March 2026: Tue 3, Wed 4, Thu 5, Fri 6, Mon 9
        (date(2026, 3, 2), 5, date(2026, 3, 9)),
        # Thu 12 Feb: Fri 13, Sat 14 (worked), then off until Tue 24, Wed 25, Thu 26
        (date(2026, 2, 12), 5, date(2026, 2, 26)),
        (date(2026, 12, 30), 1, date(2026, 12, 31)),
        (date(2006, 12, 31), 1, date(2007, 1, 4)),  # the start day itself need not be known
        # over the end of a year: Wed 31 Dec 2025, off until Sat 3, Sun 4 worked, Mon 5
        (date(2025, 12, 30), 3, date(2026, 1, 5)),
    ],
)
def test_working_days_are_counted_from_the_next_day(start: date, count: int, end: date) -> None:
    assert calendar.add_working_days(start, count) == end


@pytest.mark.parametrize(
    ("start", "count", "year"),
    [
        (date(2026, 12, 31), 1, 2027),
        (date(2026, 12, 30), 2, 2027),  # one more than the last that is known
        (date(2026, 12, 1), 40, 2027),
        (date(2030, 1, 1), 1, 2030),
    ],
)
def test_a_count_through_an_unpublished_year_raises(start: date, count: int, year: int) -> None:
    with pytest.raises(calendar.CalendarMissing) as caught:
        calendar.add_working_days(start, count)
    assert caught.value.year == year


@given(KNOWN, st.integers(1, 20))
def test_the_nth_working_day_is_a_working_day_with_n_of_them_behind_it(start: date, count: int) -> None:
    try:
        end = calendar.add_working_days(start, count)
    except calendar.CalendarMissing:
        assert start > date(2026, 11, 1)
        return
    between = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert calendar.is_working_day(end)
    assert sum(calendar.is_working_day(day) for day in between) == count


@given(KNOWN)
def test_rolling_never_goes_the_wrong_way(day: date) -> None:
    assert calendar.previous_working_day(day + timedelta(days=7)) >= day - timedelta(days=14)
    assert calendar.next_working_day(day) >= day


GOOD = """
year = 2027
notices = ["国务院办公厅关于2027年部分节假日安排的通知"]
regulation = "全国年节及纪念日放假办法（2024）"
source = "test"
mark = "V"
checked = 2026-11-30
[statutory]
"2027-01-01" = "元旦"
[moved]
off = []
work = []
"""


@pytest.fixture
def own_years(tmp_path: Path) -> object:
    yield tmp_path
    store._folders[:] = [store.SHIPPED]
    store.year_table.cache_clear()


def test_a_deployment_adds_a_year_without_touching_the_code(own_years: Path) -> None:
    (own_years / "2027.toml").write_text(GOOD, encoding="utf-8")
    calendar.add_folder(own_years)
    calendar.add_folder(own_years)
    assert calendar.kind_of(date(2027, 1, 1)) == "statutory"
    # Thu 31 Dec 2026, then Fri 1 Jan off, Sat, Sun, Mon 4 Jan
    assert calendar.add_working_days(date(2026, 12, 31), 1) == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "year = 2027",
            "year = 2028",
            "^2027.toml: file is named 2027, year says 2028; a day lies in another year$",
        ),
        ('mark = "V"', 'mark = "X"', "^2027.toml: mark must be V, M or I$"),
        ("checked = 2026-11-30", 'checked = "yesterday"', "^2027.toml: checked must be a date$"),
        ('"2027-01-01" = "元旦"', '"2026-01-01" = "元旦"', "^2027.toml: a day lies in another year$"),
        ("off = []", "off = [2026-01-02]", "a day lies in another year"),
        ("work = []", "work = [2028-01-08]", "a day lies in another year"),
        ("off = []", "off = [2027-01-02]", "^2027.toml: off lists a weekend$"),  # a Saturday
        ("work = []", "work = [2027-01-08]", "^2027.toml: work lists a weekday$"),  # a Friday
        ("off = []", "off = [2027-01-01]", "^2027.toml: a day is both statutory and moved$"),
        ("notices = [", "announcements = [", "^2027.toml: KeyError.*notices"),
        ('"2027-01-01" = "元旦"', '"new year" = "元旦"', "^2027.toml: ValueError.*new year"),
        ("off = []", "off = 5", "^2027.toml: TypeError"),
        ('["国务院办公厅关于2027年部分节假日安排的通知"]', "[]", "^2027.toml: notices may not be empty$"),
    ],
)
def test_a_faulty_year_is_refused(own_years: Path, old: str, new: str, says: str) -> None:
    file = own_years / "2027.toml"
    file.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=says):
        calendar.read_year(file)


@pytest.mark.parametrize("mark", ["V", "M", "I"])
def test_a_year_says_where_it_comes_from(own_years: Path, mark: str) -> None:
    file = own_years / "2027.toml"
    file.write_text(GOOD.replace('mark = "V"', f'mark = "{mark}"'), encoding="utf-8")
    assert calendar.read_year(file) == calendar.CalendarYear(
        year=2027,
        notices=("国务院办公厅关于2027年部分节假日安排的通知",),
        regulation="全国年节及纪念日放假办法（2024）",
        source="test",
        mark=mark,
        checked=date(2026, 11, 30),
        statutory={date(2027, 1, 1): "元旦"},
        off=frozenset(),
        work=frozenset(),
    )


def test_a_holiday_cannot_be_a_day_worked_in_exchange(own_years: Path) -> None:
    file = own_years / "2027.toml"
    file.write_text(
        GOOD.replace("01-01", "01-02").replace("work = []", "work = [2027-01-02]"), encoding="utf-8"
    )
    with pytest.raises(ValueError, match=r"both statutory and moved$"):
        calendar.read_year(file)


def test_working_and_paid_days_of_a_month() -> None:
    # October 2025: 23 weekdays less 1 to 3 and 6 (statutory), 7 and 8 (moved), and the 11th worked: 18; paid 22
    assert calendar.working_and_paid_days(date(2025, 10, 1), date(2025, 10, 31)) == (18, 22)
    assert calendar.working_and_paid_days(date(2025, 10, 11), date(2025, 10, 11)) == (1, 1)
    assert calendar.working_and_paid_days(date(2025, 10, 2), date(2025, 10, 1)) == (0, 0)


@pytest.mark.parametrize(
    ("first", "last", "year"),
    [
        (date(2026, 12, 31), date(2027, 1, 1), 2027),
        (date(2026, 1, 1), date(2029, 1, 1), 2027),  # the first year that is missing
        (date(2006, 12, 31), date(2007, 1, 1), 2006),
        (date(2031, 5, 1), date(2031, 5, 2), 2031),
    ],
)
def test_days_of_an_unpublished_year_are_not_counted(first: date, last: date, year: int) -> None:
    with pytest.raises(calendar.CalendarMissing) as caught:
        calendar.working_and_paid_days(first, last)
    assert caught.value.year == year
