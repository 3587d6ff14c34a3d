"""Changes of the network: allowed, checked, on the record."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from nuanxin.audit.actor import SYSTEM, WORKER, Actor, Role
from nuanxin.audit.models import Event
from nuanxin.network import queries
from nuanxin.network.actions import (
    alter_agency,
    create_agency,
    load_regions,
    set_promise,
    set_province_setting,
)
from nuanxin.network.demo import PLACES, load_demo_agencies
from nuanxin.network.models import Agency, Edition, Region, ServicePromise
from tests.factories.agency import OPENED_AT, administrator, agency

pytestmark = pytest.mark.django_db
SHANXI, JINCHENG, GAOPING = 140000 * 10**6, 140500 * 10**6, 140581 * 10**6


@pytest.fixture
def by() -> Actor:
    return administrator()


@pytest.fixture
def at() -> datetime:
    return OPENED_AT


DAY = date(2026, 3, 2)


def kinds() -> list[str]:
    return list(Event.objects.order_by("seq").values_list("kind", flat=True))


def test_every_region_is_in_its_table_and_loading_again_changes_nothing(by: Actor, at: datetime) -> None:
    load_regions(by=by, at=at)
    row = Region.objects.select_related("parent", "successor").get(code=330103 * 10**6)
    assert (row.name_zh, row.valid_until) == ("下城区", 2020)
    assert row.parent is not None
    assert row.parent.name_zh == "杭州市"
    assert row.successor is not None
    assert row.successor.name_zh == "拱墅区"
    assert load_regions(by=by, at=at) == 0


def test_a_new_edition_is_loaded_over_the_old_one_and_recorded(by: Actor, at: datetime) -> None:
    load_regions(by=by, at=at)
    Edition.objects.update(regions="older")
    Region.objects.filter(code=GAOPING).update(name_zh="旧名")
    assert load_regions(by=by, at=at) == Region.objects.count()
    assert Region.objects.get(code=GAOPING).name_zh == "高平市"
    assert kinds()[-1] == "regions.loaded"


def test_opening_and_altering_an_agency_is_on_the_record_without_its_names(by: Actor, at: datetime) -> None:
    office = agency(GAOPING)
    alter_agency(office.pk, phone="0356-5550123", two_person_decision=True, by=by, at=at)
    created, altered = Event.objects.order_by("seq")
    assert (created.kind, created.province) == ("agency.created", 14)
    assert created.payload["region"] == GAOPING
    assert altered.payload["fields"] == ["phone", "two_person_decision"]
    assert "5550123" not in str(altered.payload)
    assert (altered.actor_id, altered.recorded_at) == (7, at)


def test_a_change_that_changes_nothing_writes_nothing(by: Actor, at: datetime) -> None:
    office = agency(GAOPING)
    alter_agency(office.pk, name_zh=office.name_zh, by=by, at=at)
    assert kinds() == ["agency.created"]


@pytest.mark.parametrize("actor", [WORKER, Actor("staff", 3, frozenset({Role.CLERK}), (0, 10**12 - 1))])
def test_only_administrators_change_the_network(actor: Actor, at: datetime) -> None:
    office = agency(GAOPING)
    with pytest.raises(PermissionDenied):
        agency(JINCHENG, by=actor)
    with pytest.raises(PermissionDenied):
        alter_agency(office.pk, active=False, by=actor, at=at)
    with pytest.raises(PermissionDenied):
        set_promise(key="answer", region=GAOPING, unit="hours", amount=1, valid_from=DAY, by=actor, at=at)
    with pytest.raises(PermissionDenied):
        set_province_setting(province=SHANXI, key="a", value="1", source="x", checked=DAY, by=actor, at=at)
    with pytest.raises(PermissionDenied):
        load_regions(by=actor, at=at)


def test_an_administrator_of_one_province_keeps_that_province_only(at: datetime) -> None:
    shanxi = administrator((SHANXI, SHANXI + 10**10 - 1))
    office = agency(GAOPING, by=shanxi)
    with pytest.raises(PermissionDenied):
        agency(110000 * 10**6, by=shanxi)
    with pytest.raises(PermissionDenied):
        alter_agency(office.pk, region=110000 * 10**6, by=shanxi, at=at)
    with pytest.raises(PermissionDenied):
        set_promise(key="answer", region=0, unit="hours", amount=1, valid_from=DAY, by=shanxi, at=at)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"region": 140599 * 10**6}, "region"),
        ({"region": 330103 * 10**6}, "region"),
        ({"name_zh": ""}, "name_zh"),
        ({"phone": "call me"}, "phone"),
        ({"kind": "bakery"}, "kind"),
        ({"name_en": "x" * 200}, "name_en"),
    ],
)
def test_a_faulty_agency_is_refused_by_field(
    fields: dict[str, Any], wrong: str, by: Actor, at: datetime
) -> None:
    good: dict[str, Any] = {"kind": "legal_aid", "region": GAOPING, "name_zh": "甲", "name_en": "A"}
    with pytest.raises(ValidationError) as fault:
        create_agency(**{**good, **fields}, by=by, at=at)
    assert wrong in fault.value.message_dict
    assert kinds() == []


def test_a_superior_lies_above_and_never_in_a_ring(by: Actor, at: datetime) -> None:
    city, county = agency(JINCHENG), agency(GAOPING)
    with pytest.raises(ValidationError):
        alter_agency(city.pk, superior=county, by=by, at=at)
    with pytest.raises(ValidationError):
        alter_agency(county.pk, superior=county, by=by, at=at)


def test_there_is_one_national_desk_and_it_never_closes(by: Actor, at: datetime) -> None:
    desk = queries.national_intake()
    with pytest.raises(ValidationError):
        alter_agency(desk.pk, active=False, by=by, at=at)
    with pytest.raises(ValidationError):
        alter_agency(desk.pk, region=SHANXI, by=by, at=at)
    with pytest.raises(ValidationError):
        create_agency(kind="national_intake", region=0, name_zh="乙", name_en="B", by=by, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.filter(pk=desk.pk).update(active=False)
    assert alter_agency(desk.pk, phone="12348", opening_hours="00:00-24:00", by=by, at=at).active


def test_a_promise_is_corrected_in_place_and_replaced_by_a_later_one(by: Actor, at: datetime) -> None:
    def promise(amount: int, since: date) -> ServicePromise:
        return set_promise(
            key="call_back",
            region=JINCHENG,
            unit="working_hours",
            amount=amount,
            valid_from=since,
            by=by,
            at=at,
        )

    assert promise(4, DAY).pk == promise(3, DAY).pk
    promise(1, date(2026, 4, 1))
    assert queries.promise("call_back", GAOPING, DAY).amount == 3
    assert queries.promise("call_back", GAOPING, date(2026, 4, 1)).amount == 1
    assert kinds() == ["promise.set"] * 3


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"key": "tea"}, "key"),
        ({"unit": "moons"}, "unit"),
        ({"amount": 0}, "amount"),
        ({"amount": -1}, "amount"),
        ({"unit": "same_day"}, "cut_off"),
        ({"cut_off": time(17)}, "cut_off"),
        ({"valid_until": date(2026, 3, 1)}, "valid_until"),
        ({"region": 999999 * 10**6}, "region"),
    ],
)
def test_a_faulty_promise_is_refused_by_field(
    changes: dict[str, Any], wrong: str, by: Actor, at: datetime
) -> None:
    good = {"key": "answer", "region": GAOPING, "unit": "hours", "amount": 5, "valid_from": DAY}
    bad: Any = {**good, **changes}
    with pytest.raises((ValidationError, PermissionDenied)) as fault:
        set_promise(**bad, by=by, at=at)
    if isinstance(fault.value, ValidationError):
        assert wrong in fault.value.message_dict


def test_a_setting_belongs_to_a_province_and_needs_a_source(by: Actor, at: datetime) -> None:
    for changes in ({"province": GAOPING}, {"source": ""}, {"key": "Not A Key"}, {"value": ""}):
        values: Any = {
            "province": SHANXI,
            "key": "a.b",
            "value": "1",
            "source": "x",
            "checked": DAY,
            **changes,
        }
        with pytest.raises(ValidationError):
            set_province_setting(**values, by=by, at=at)


def test_the_demo_has_an_office_for_every_province_and_demo_place(at: datetime) -> None:
    offices = load_demo_agencies(by=SYSTEM, at=at)
    assert offices[GAOPING].name_zh == "高平市法律援助中心"
    assert offices[GAOPING].name_en == "Gaoping Legal Aid Centre"
    assert queries.agency_for(queries.parse_place("321003")).name_en == "Hanjiang District Legal Aid Centre"
    assert queries.bureau_for(GAOPING).name_zh == "高平市司法局"
    assert queries.bureau_for(SHANXI).name_zh == "山西省司法厅"
    assert len({region // 10**10 for region in offices}) == 31
    for text in PLACES:
        assert queries.agency_for(queries.parse_place(text)).region == queries.parse_place(text)
    phones = [agency.phone for agency in queries.agencies() if agency.region]
    assert all("-555" in phone for phone in phones)
    assert len(set(phones)) == len(phones)
    assert offices[GAOPING].superior == offices[JINCHENG]


def test_loading_the_demo_twice_adds_nothing(at: datetime) -> None:
    load_demo_agencies(by=SYSTEM, at=at)
    count = Agency.objects.count()
    load_demo_agencies(by=SYSTEM, at=at)
    assert Agency.objects.count() == count
