"""The register of firms, lawyers and clients: kept by administrators in their region, on the record, never deleted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client as Browser

from nuanxin.accounts.models import Staff
from nuanxin.assignment.actions import add_firm, alter_client, alter_firm, register_lawyer
from nuanxin.assignment.models import Client, Firm, Lawyer
from nuanxin.assignment.policies import check_client
from nuanxin.audit.actor import NATION, SYSTEM, Actor, Role
from nuanxin.audit.models import Event
from nuanxin.cases.models import Case
from tests.factories.lawyer import AT, GAOPING, JINCHENG, client_of, firm, lawyer
from tests.factories.staff import make_staff

pytestmark = pytest.mark.django_db
SHANXI, SHENZHEN = 140000_000000, 440300_000000
CODE = "91350100M000100Y43"


def keeper(scope: tuple[int, int] = (140000_000000, 149999_999999), *roles: Role) -> Actor:
    return Actor("staff", 9, frozenset(roles or {Role.ADMINISTRATOR}), scope)


def kinds() -> list[str]:
    found = Event.objects.filter(kind__startswith="assignment").order_by("stream", "seq")
    return list(found.values_list("kind", flat=True))


class TestActions:
    @pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR, Role.SYSTEM}))
    def test_only_administrators_of_the_region_keep_it(self, role: str) -> None:
        for by in (keeper(NATION, Role(role)), keeper((440000_000000, 449999_999999)), keeper((0, 0))):
            with pytest.raises(PermissionDenied):
                add_firm(name_zh="甲", name_en="", place=JINCHENG, by=by, at=AT)
        add_firm(name_zh="甲", name_en="", place=JINCHENG, by=keeper(), at=AT)

    def test_a_firm_does_not_move_out_of_reach(self) -> None:
        one = firm()
        with pytest.raises(PermissionDenied):
            alter_firm(one.pk, region=SHENZHEN, by=keeper(), at=AT)
        one.refresh_from_db()
        assert one.region == JINCHENG

    def test_every_change_is_on_the_record_and_no_change_is_none(self) -> None:
        one = firm()
        alter_firm(one.pk, active=True, by=SYSTEM, at=AT)
        alter_firm(one.pk, active=False, by=SYSTEM, at=AT)
        row = client_of(one, "甲公司")
        alter_client(row.pk, until=date(2026, 1, 1), by=SYSTEM, at=AT)
        lawyer(one)
        assert kinds() == [
            "assignment.firm_added", "assignment.firm_altered", "assignment.client_declared",
            "assignment.client_altered", "assignment.lawyer_registered",
        ]  # fmt: skip
        assert "甲公司" not in str(list(Event.objects.values_list("payload", flat=True)))

    @pytest.mark.parametrize(
        "wrong",
        [
            {"staff": 10**9}, {"place": 999999_000000}, {"specialties": ["magic"]}, {"languages": ["Chinese"]},
            {"capacity": -1}, {"capacity": 501},
        ],
    )  # fmt: skip
    def test_a_lawyer_who_cannot_be_is_refused(self, wrong: dict[str, Any]) -> None:
        staff = make_staff(Role.LAWYER, JINCHENG)
        said: dict[str, Any] = {
            "staff": staff.pk, "firm": None, "place": GAOPING, "specialties": ["labour"], "languages": ["zh", "sign"],
            "capacity": 20,
        }  # fmt: skip
        with pytest.raises(ValidationError):
            register_lawyer(**{**said, **wrong}, by=SYSTEM, at=AT)
        register_lawyer(**said, by=SYSTEM, at=AT)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": "", "uscc": ""}, {"uscc": "123"}, {"until": date(2019, 1, 1)}, {"firm": None},
        ],
    )  # fmt: skip
    def test_a_client_who_cannot_be_is_refused(self, wrong: dict[str, Any]) -> None:
        said: dict[str, Any] = {"firm": firm(), "name": "甲公司", "uscc": CODE, "since": date(2020, 1, 1)}
        with pytest.raises(ValidationError):
            check_client(Client(**{**said, **wrong}))
        check_client(Client(**said))
        with pytest.raises(ValidationError):
            check_client(Client(**said, lawyer=lawyer()))


@pytest.fixture
def pages(client: Browser) -> Browser:
    client.force_login(make_staff(Role.ADMINISTRATOR, SHANXI))
    return client


def post(pages: Browser, url: str, data: dict[str, Any]) -> Any:
    return pages.post(f"/admin/assignment/{url}", data)


class TestPages:
    def test_a_firm_is_added_and_altered_through_the_record(self, pages: Browser) -> None:
        form = {"name_zh": "甲律所", "name_en": "", "region": "140500", "active": "on"}
        assert post(pages, "firm/add/", form).status_code == 302
        row = Firm.objects.get()
        assert "140500" in pages.get(f"/admin/assignment/firm/{row.pk}/change/").content.decode()
        del form["active"]
        assert post(pages, f"firm/{row.pk}/change/", form).status_code == 302
        row.refresh_from_db()
        assert not row.active
        assert kinds() == ["assignment.firm_added", "assignment.firm_altered"]

    @pytest.mark.parametrize(
        ("region", "about"), [("440300", "region"), ("999999", "region"), ("", "region")]
    )
    def test_a_fault_is_told_and_what_was_typed_stays(self, pages: Browser, region: str, about: str) -> None:
        answer = post(pages, "firm/add/", {"name_zh": "乙律所", "region": region, "active": "on"})
        assert answer.status_code == 200
        assert about in answer.context["adminform"].form.errors
        assert "乙律所" in answer.content.decode()
        assert not Firm.objects.exists()

    def test_a_lawyer_is_registered_by_user_name(self, pages: Browser) -> None:
        staff = make_staff(Role.LAWYER, JINCHENG, username="wang")
        form = {"staff": "Wang", "firm": firm().pk, "region": "140581", "specialties": ["labour", "group"],
                "languages": "zh，ii, zh", "capacity": "12", "active": "on"}  # fmt: skip
        assert post(pages, "lawyer/add/", form).status_code == 302
        row = Lawyer.objects.get()
        assert (row.staff, row.specialties, row.languages, row.capacity) == (
            staff.pk,
            ["labour", "group"],
            ["zh", "ii"],
            12,
        )
        page = pages.get(f"/admin/assignment/lawyer/{row.pk}/change/").content.decode()
        assert 'value="wang"' in page
        assert post(pages, f"lawyer/{row.pk}/change/", {**form, "capacity": "3"}).status_code == 302
        row.refresh_from_db()
        assert row.capacity == 3
        assert (
            Staff.objects.get(pk=row.staff).name
            in pages.get("/admin/assignment/lawyer/?q=wang").content.decode()
        )
        for wrong in ({"staff": "nobody"}, {"staff": "wang"}):
            assert post(pages, "lawyer/add/", {**form, **wrong}).status_code == 200

    def test_a_client_is_declared_and_ended(self, pages: Browser) -> None:
        one = lawyer()
        name = Staff.objects.get(pk=one.staff).username
        form = {"firm": "", "lawyer": name, "name": "甲公司", "uscc": "", "since": "2020-01-01", "until": ""}
        assert post(pages, "client/add/", form).status_code == 302
        row = Client.objects.get()
        assert row.lawyer == one
        ended = {"name": "甲公司", "uscc": CODE, "since": "2020-01-01", "until": "2026-01-01"}
        assert post(pages, f"client/{row.pk}/change/", ended).status_code == 302
        row.refresh_from_db()
        assert (row.until, row.lawyer) == (date(2026, 1, 1), one)
        for wrong in ({"lawyer": ""}, {"lawyer": "nobody"}, {"firm": firm().pk}):
            answer = post(pages, "client/add/", {**form, **wrong})
            assert answer.status_code == 200
            assert answer.context["adminform"].form.errors

    @pytest.mark.parametrize("model", ["firm", "lawyer", "client"])
    def test_what_lies_elsewhere_is_not_seen_and_nothing_is_deleted(self, pages: Browser, model: str) -> None:
        here, there = firm("本地", JINCHENG), firm("外地", SHENZHEN)
        rows = {
            "firm": (here, there),
            "lawyer": (lawyer(here), lawyer(there, SHENZHEN)),
            "client": (client_of(here, "甲"), client_of(there, "乙")),
        }[model]
        assert pages.get(f"/admin/assignment/{model}/").status_code == 200
        assert pages.get(f"/admin/assignment/{model}/{rows[0].pk}/change/").status_code == 200
        assert pages.get(f"/admin/assignment/{model}/{rows[1].pk}/change/").status_code == 302
        assert (
            pages.post(f"/admin/assignment/{model}/{rows[0].pk}/delete/", {"post": "yes"}).status_code == 403
        )

    @pytest.mark.parametrize("model", ["lawyer", "client"])
    def test_a_list_costs_the_same_for_many(
        self, pages: Browser, model: str, django_assert_max_num_queries: Any
    ) -> None:
        of = firm()
        for n in range(12):
            client_of(lawyer(of if n % 2 else None), f"甲{n}公司")
        with django_assert_max_num_queries(12):
            assert pages.get(f"/admin/assignment/{model}/").status_code == 200

    @pytest.mark.parametrize("role", [Role.CLERK, Role.LAWYER, Role.SUPERVISOR, Role.AUDITOR])
    def test_nobody_else_sees_the_register(self, client: Browser, role: Role) -> None:
        client.force_login(make_staff(role, SHANXI if role is Role.SUPERVISOR else JINCHENG))
        assert client.get("/admin/assignment/client/").status_code == 403


def test_cases_are_never_changed_on_administration_pages() -> None:
    rooms = {model._meta.app_label for model in admin.site._registry}
    assert not {"cases", "documents", "audit"} & rooms
    assert Case not in admin.site._registry


def test_administration_has_a_page_for_everything_that_is_configured() -> None:
    names = {f"{model._meta.app_label}.{model.__name__}" for model in admin.site._registry}
    assert names >= {
        "accounts.Staff", "accounts.Grant", "network.Agency", "network.ServicePromise", "network.ProvinceSetting",
        "notices.Template", "assignment.Firm", "assignment.Lawyer", "assignment.Client",
    }  # fmt: skip
