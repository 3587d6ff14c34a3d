"""Administration pages: what an administrator sees and changes, and what is refused with what was typed kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from nuanxin.audit.actor import Role
from nuanxin.audit.models import Event
from nuanxin.network import queries
from nuanxin.network.models import Agency, ProvinceSetting, ServicePromise
from tests.factories.agency import agency
from tests.factories.staff import make_staff

pytestmark = pytest.mark.django_db
SHANXI, GAOPING = 140000 * 10**6, 140581 * 10**6
OFFICE = {
    "kind": "legal_aid",
    "name_zh": "高平市法律援助中心",
    "name_en": "Gaoping Legal Aid Centre",
    "region": "140581",
    "phone": "0356-5550123",
    "active": "on",
}


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(make_staff(Role.ADMINISTRATOR, 0))
    return client


@pytest.fixture
def of_shanxi(client: Client) -> Client:
    client.force_login(make_staff(Role.ADMINISTRATOR, SHANXI))
    return client


def post(client: Client, url: str, data: dict[str, Any]) -> Any:
    return client.post(f"/admin/network/{url}", data)


def test_an_agency_is_opened_and_altered_through_the_record(administrator: Client) -> None:
    assert post(administrator, "agency/add/", OFFICE).status_code == 302
    office = queries.agency_for(GAOPING)
    assert office.name_en == "Gaoping Legal Aid Centre"
    changed = {**OFFICE, "two_person_decision": "on"}
    assert post(administrator, f"agency/{office.pk}/change/", changed).status_code == 302
    assert queries.decides_with_two(office.pk)
    kinds = list(
        Event.objects.filter(kind__startswith="agency").order_by("seq").values_list("kind", flat=True)
    )
    assert kinds == ["agency.created", "agency.altered"]


@pytest.mark.parametrize("region", ["140599", "330103", "14", "abcdef", ""])
def test_a_wrong_region_is_explained_and_what_was_typed_stays(administrator: Client, region: str) -> None:
    answer = post(administrator, "agency/add/", {**OFFICE, "region": region})
    assert answer.status_code == 200
    assert "region" in answer.context["adminform"].form.errors
    assert "高平市法律援助中心" in answer.content.decode()
    assert not Agency.objects.filter(kind="legal_aid").exists()


def test_an_administrator_of_a_province_keeps_that_province(of_shanxi: Client) -> None:
    answer = post(of_shanxi, "agency/add/", {**OFFICE, "region": "110105"})
    assert answer.status_code == 200
    assert "region" in answer.context["adminform"].form.errors
    assert post(of_shanxi, "agency/add/", OFFICE).status_code == 302
    beijing = agency(110000 * 10**6)
    assert post(of_shanxi, f"agency/{beijing.pk}/change/", OFFICE).status_code == 403


def test_a_promise_is_set_and_a_faulty_one_explained(administrator: Client) -> None:
    promise = {
        "key": "same_day",
        "region": "140500",
        "unit": "same_day",
        "amount": "1",
        "valid_from": "2026-01-01",
    }
    answer = post(administrator, "servicepromise/add/", promise)
    assert "cut_off" in answer.context["adminform"].form.errors
    assert post(administrator, "servicepromise/add/", {**promise, "cut_off": "16:00"}).status_code == 302
    row = ServicePromise.objects.get()
    page = administrator.get(f"/admin/network/servicepromise/{row.pk}/change/").content.decode()
    assert "晋城市" in page or "Jincheng" in page
    changed = {"unit": "same_day", "amount": "1", "cut_off": "15:30"}
    assert post(administrator, f"servicepromise/{row.pk}/change/", changed).status_code == 302
    row.refresh_from_db()
    assert (row.region, row.cut_off and row.cut_off.hour) == (140500 * 10**6, 15)


def test_a_setting_of_a_province_is_set(administrator: Client) -> None:
    setting = {
        "province": "140000",
        "key": "subsidy.case",
        "value": "1800",
        "source": "省厅文件",
        "checked": "2026-01-01",
    }
    assert post(administrator, "provincesetting/add/", setting).status_code == 302
    row = ProvinceSetting.objects.get()
    assert (
        post(administrator, f"provincesetting/{row.pk}/change/", {**setting, "value": "1900"}).status_code
        == 302
    )
    assert queries.province_setting(GAOPING, "subsidy.case") == "1900"
    answer = post(administrator, "provincesetting/add/", {**setting, "province": "140581"})
    assert "province" in answer.context["adminform"].form.errors


@pytest.mark.parametrize(
    "page", ["agency/", "agency/add/", "servicepromise/", "provincesetting/", "region/?q=高平"]
)
def test_every_list_opens(administrator: Client, page: str) -> None:
    agency(GAOPING)
    assert administrator.get(f"/admin/network/{page}").status_code == 200


def test_regions_and_agencies_are_never_deleted_here(administrator: Client) -> None:
    office = agency(GAOPING)
    assert administrator.get(f"/admin/network/agency/{office.pk}/delete/").status_code == 403
    assert administrator.get(f"/admin/network/region/{GAOPING}/delete/").status_code == 403
    assert administrator.get("/admin/network/region/add/").status_code == 403
    assert administrator.get(f"/admin/network/region/{GAOPING}/change/").status_code == 200


def test_others_do_not_come_in(client: Client) -> None:
    client.force_login(make_staff(Role.CLERK))
    assert client.get("/admin/network/agency/").status_code == 403
