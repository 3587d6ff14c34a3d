"""From a place to those who are responsible for it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from nuanxin.audit.actor import Actor
from nuanxin.network import directory, queries
from nuanxin.network.actions import alter_agency, set_promise, set_province_setting
from nuanxin.network.models import Agency
from tests.factories.agency import OPENED_AT, administrator, agency

pytestmark = pytest.mark.django_db
SHANXI, JINCHENG, GAOPING = 140000 * 10**6, 140500 * 10**6, 140581 * 10**6


@pytest.fixture
def by() -> Actor:
    return administrator()


@pytest.fixture
def at() -> datetime:
    return OPENED_AT


@pytest.mark.parametrize(
    "text", ["", "14058", "1405810", "14058a", "１４０５８１", "999999", "000000", " 140581", "-14058"]
)
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(queries.UnknownPlace):
        queries.parse_place(text)


def test_a_place_is_read_and_an_abolished_one_too() -> None:
    assert queries.parse_place("140581") == GAOPING
    assert queries.parse_place("330103") == 330103000000
    assert queries.place_now(330103000000) == 330105000000
    assert queries.successor(330103000000) == 330105000000


def test_the_nearest_agency_takes_the_claim() -> None:
    province = agency(SHANXI)
    assert queries.agency_for(GAOPING) == province
    city = agency(JINCHENG)
    assert queries.agency_for(GAOPING) == city
    county = agency(GAOPING)
    assert queries.agency_for(GAOPING) == county
    assert queries.agency_for(140521 * 10**6) == city
    assert queries.agency_for(140100 * 10**6) == province
    assert (county.superior, city.superior, province.superior) == (city, province, None)


def test_an_abolished_place_goes_to_the_agency_of_its_successor() -> None:
    office = agency(330105 * 10**6)
    assert queries.agency_for(330103 * 10**6) == office


def test_without_an_agency_the_national_desk_takes_it() -> None:
    desk = queries.national_intake()
    assert (desk.region, desk.kind) == (0, Agency.Kind.NATIONAL_INTAKE)
    assert queries.agency_for(GAOPING) == desk
    assert queries.agency_for(0) == desk


def test_an_agency_that_closed_takes_nothing_and_stays_readable(by: Actor, at: datetime) -> None:
    county = agency(GAOPING)
    alter_agency(county.pk, active=False, by=by, at=at)
    assert queries.agency_for(GAOPING) == queries.national_intake()
    assert queries.agency(county.pk).active is False
    assert county.pk not in [a.pk for a in queries.agencies()]


def test_a_bureau_is_the_nearest_and_its_absence_an_error() -> None:
    agency(GAOPING)
    with pytest.raises(queries.NoAgency):
        queries.bureau_for(GAOPING)
    bureau = agency(JINCHENG, Agency.Kind.BUREAU)
    assert queries.bureau_for(GAOPING) == bureau
    assert queries.bureau_for(JINCHENG) == bureau


def test_agencies_are_listed_by_range_and_kind_and_found_by_name() -> None:
    city, bureau = agency(JINCHENG), agency(JINCHENG, Agency.Kind.BUREAU)
    other = agency(110000 * 10**6)
    assert queries.agencies(within=(JINCHENG, JINCHENG + 10**8 - 1)) == [bureau, city]
    assert queries.agencies(kind=Agency.Kind.LEGAL_AID) == [other, city]
    assert queries.search_agencies(f"legal_aid {JINCHENG}") == [city]
    assert queries.search_agencies("LEGAL_AID", limit=1) == [other]


def test_a_promise_is_of_the_region_and_the_day(by: Actor, at: datetime) -> None:
    day = date(2026, 3, 2)
    assert queries.promise("same_day", GAOPING, day).cut_off == time(17, 30)
    set_promise(
        key="same_day",
        region=JINCHENG,
        unit="same_day",
        amount=1,
        cut_off=time(16),
        valid_from=day,
        by=by,
        at=at,
    )
    assert queries.promise("same_day", GAOPING, day).cut_off == time(16)
    assert queries.promise("same_day", GAOPING, date(2026, 3, 1)).cut_off == time(17, 30)
    assert queries.promise("same_day", SHANXI, day).cut_off == time(17, 30)
    with pytest.raises(queries.UnknownPromise):
        queries.promise("nothing", GAOPING, day)


def test_a_provincial_setting_is_the_provinces_then_the_nations(by: Actor, at: datetime) -> None:
    day = date(2026, 3, 2)
    assert queries.province_setting(GAOPING, "subsidy.case") is None
    set_province_setting(province=0, key="subsidy.case", value="1500", source="x", checked=day, by=by, at=at)
    assert queries.province_setting(GAOPING, "subsidy.case") == "1500"
    set_province_setting(
        province=SHANXI, key="subsidy.case", value="1800", source="x", checked=day, by=by, at=at
    )
    assert queries.province_setting(GAOPING, "subsidy.case") == "1800"
    assert queries.province_setting(110000 * 10**6, "subsidy.case") == "1500"


def test_two_persons_decide_where_the_agency_says_so(by: Actor, at: datetime) -> None:
    county = agency(GAOPING)
    assert queries.decides_with_two(county.pk) is False
    alter_agency(county.pk, two_person_decision=True, by=by, at=at)
    assert queries.decides_with_two(county.pk) is True
    with pytest.raises(queries.NoAgency):
        queries.decides_with_two(0)


def test_an_intake_costs_one_query_at_most(django_assert_max_num_queries: Any, monkeypatch: Any) -> None:
    agency(GAOPING)
    queries.agency_for(GAOPING)

    def intake() -> None:
        place = queries.parse_place("140581")
        queries.place_now(place)
        queries.agency_for(place)
        queries.region_name(place, "zh")
        queries.promise("same_day", place, date(2026, 3, 2))

    with django_assert_max_num_queries(0):
        intake()
    monkeypatch.setattr(directory, "FRESH", 0.0)
    with django_assert_max_num_queries(1):
        queries.agency_for(GAOPING)


def test_another_process_follows_when_the_token_changed(monkeypatch: Any) -> None:
    queries.agency_for(GAOPING)
    stale = directory._held
    county = agency(GAOPING)
    monkeypatch.setattr(directory, "_held", stale)  # as a process that did not make the change
    assert queries.agency_for(GAOPING) == queries.national_intake()
    monkeypatch.setattr(directory, "FRESH", 0.0)
    assert queries.agency_for(GAOPING) == county


def test_the_region_names_itself_in_both_languages() -> None:
    assert queries.region_name(GAOPING, "zh-hans") == "山西省晋城市高平市"
    assert queries.region_name(GAOPING, "en", full=False) == "Gaoping"
    assert queries.region_name(0, "en") == "Nationwide"
    assert queries.province_of(GAOPING) == 14
    assert queries.region(GAOPING).short_zh == "高平"
