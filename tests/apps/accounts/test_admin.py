"""Administration pages of accounts and notices, as an administrator uses them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from nuanxin.accounts.models import ApiToken, Grant, Staff
from nuanxin.accounts.queries import actor_for, actor_for_token, live_token
from nuanxin.audit.actor import SYSTEM, Role
from nuanxin.notices import actions as notices
from nuanxin.notices.models import Notice, OutgoingFreeze, Template
from nuanxin.notices.rules.catalogue import CATALOGUE
from tests.factories.staff import GAOPING, make_staff

CITY = 140500_000000
pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(make_staff(Role.ADMINISTRATOR, CITY))
    return client


def said(client: Client, url: str, data: dict[str, Any]) -> str:
    return client.post(url, data, follow=True).content.decode()


@pytest.mark.parametrize("role", [Role.CLERK, Role.SUPERVISOR, Role.AUDITOR])
def test_only_administrators_come_in(client: Client, role: Role) -> None:
    client.force_login(make_staff(role))
    assert client.get("/admin/").status_code == 403


def test_nobody_is_led_to_the_one_sign_in_page(client: Client) -> None:
    assert client.get("/admin/")["Location"].startswith("/accounts/login/")
    assert client.get("/admin/login/")["Location"] == "/accounts/login/"


@pytest.mark.parametrize(
    "path",
    ["", "accounts/staff/", "accounts/staff/add/", "accounts/grant/", "accounts/grant/add/", "accounts/apitoken/",
     "accounts/apitoken/add/", "notices/template/", "notices/template/add/", "notices/outgoingfreeze/",
     "notices/outgoingfreeze/add/", "notices/notice/"],
)  # fmt: skip
def test_every_page_is_drawn(admin: Client, path: str) -> None:
    assert admin.get(f"/admin/{path}").status_code == 200


class TestStaff:
    def add(self, admin: Client, **more: Any) -> str:
        return said(
            admin,
            "/admin/accounts/staff/add/",
            {"username": "new", "name": "新人", "phone": "", "office_id": 3, **more},
        )

    def test_a_new_account_shows_its_first_password_once(self, admin: Client) -> None:
        page = self.add(admin)
        staff = Staff.objects.get(username="new")
        given = [word for word in re.findall(r"[A-Za-z0-9_-]{16}", page) if staff.check_password(word)]
        assert len(given) == 1
        assert staff.must_change_password
        assert given[0] not in admin.get("/admin/accounts/staff/").content.decode()

    @pytest.mark.parametrize(
        "wrong", [{"username": "Two Words"}, {"username": ""}, {"name": ""}, {"username": "taken"}]
    )
    def test_a_fault_is_shown_and_nothing_is_made(self, admin: Client, wrong: dict[str, str]) -> None:
        make_staff(None, username="taken")
        before = Staff.objects.count()
        assert "errorlist" in self.add(admin, **wrong)
        assert Staff.objects.count() == before

    def test_an_account_is_altered(self, admin: Client) -> None:
        staff = make_staff(Role.CLERK, GAOPING)
        url = f"/admin/accounts/staff/{staff.pk}/change/"
        said(admin, url, {"name": "改名", "phone": "13800001111", "office_id": 5, "federated_id": ""})
        staff.refresh_from_db()
        assert (staff.name, staff.phone, staff.office_id, staff.federated_id) == (
            "改名",
            "13800001111",
            5,
            None,
        )

    def test_who_works_for_an_office_keeps_one(self, admin: Client) -> None:
        staff = make_staff(Role.CLERK, GAOPING)
        url = f"/admin/accounts/staff/{staff.pk}/change/"
        assert "errorlist" in said(admin, url, {"name": "x", "office_id": 0})

    def test_accounts_beyond_the_region_are_not_there(self, admin: Client) -> None:
        other = make_staff(Role.CLERK, 110101_000000)
        assert admin.get(f"/admin/accounts/staff/{other.pk}/change/").status_code == 302

    def test_an_account_is_ended_from_the_list(self, admin: Client) -> None:
        staff = make_staff(Role.CLERK, GAOPING)
        said(admin, "/admin/accounts/staff/", {"action": "end_accounts", "_selected_action": [staff.pk]})
        staff.refresh_from_db()
        assert not staff.is_active


class TestRoles:
    def give(self, admin: Client, staff: Staff, **more: Any) -> str:
        data = {"staff": staff.pk, "role": "clerk", "region": "140581", "until_0": "", "until_1": "", **more}
        return said(admin, "/admin/accounts/grant/add/", data)

    def test_a_role_is_given_and_ended(self, admin: Client) -> None:
        staff = make_staff(None)
        self.give(admin, staff)
        assert actor_for(staff, timezone.now()).in_scope(GAOPING)
        grant = Grant.objects.get(staff=staff)
        said(admin, "/admin/accounts/grant/", {"action": "end_roles", "_selected_action": [grant.pk]})
        assert actor_for(staff, timezone.now()).roles == frozenset()

    @pytest.mark.parametrize("region", ["1405", "gaoping", "110101", "000000", "140581x"])
    def test_a_region_that_is_none_or_not_ones_own_is_refused(self, admin: Client, region: str) -> None:
        staff = make_staff(None)
        assert "errorlist" in self.give(admin, staff, region=region)
        assert not Grant.objects.filter(staff=staff).exists()

    def test_a_rule_of_roles_is_told_in_words(self, admin: Client) -> None:
        staff = make_staff(Role.CLERK, GAOPING)
        page = self.give(admin, staff, role="supervisor", region="140500")
        assert "errorlist" in page
        assert Grant.objects.filter(staff=staff).count() == 1


class TestTokens:
    def test_a_token_is_shown_once_works_and_ends(self, admin: Client) -> None:
        now = timezone.now()
        expiry = timezone.localtime(now + timedelta(days=30))
        page = said(
            admin,
            "/admin/accounts/apitoken/add/",
            {"label": "人社", "role": "partner", "region": "140581", "office_id": 0, "staff": "",
             "expires_at_0": f"{expiry:%Y-%m-%d}", "expires_at_1": f"{expiry:%H:%M:%S}"},
        )  # fmt: skip
        secret = re.search(r"nx_[\w-]{43}", page)
        assert secret is not None
        token = live_token(secret[0], timezone.now())
        assert token is not None
        assert actor_for_token(token, now) is not None
        said(admin, "/admin/accounts/apitoken/", {"action": "revoke", "_selected_action": [token.pk]})
        assert live_token(secret[0], timezone.now()) is None
        assert ApiToken.objects.get().revoked_at is not None


class TestNotices:
    def test_messages_are_stopped_and_go_on(self, admin: Client) -> None:
        said(admin, "/admin/notices/outgoingfreeze/add/", {"reason": "演练"})
        row = OutgoingFreeze.objects.get(thawed_at=None)
        said(admin, "/admin/notices/outgoingfreeze/", {"action": "let_go", "_selected_action": [row.pk]})
        assert not OutgoingFreeze.objects.filter(thawed_at=None).exists()

    def test_a_message_is_reworded_as_its_next_version(self, admin: Client) -> None:
        for text in ("甲{number}", "乙{number}"):
            said(admin, "/admin/notices/template/add/", {"key": "accepted", "zh": text})
        assert list(Template.objects.values_list("version", "zh")) == [(2, "乙{number}"), (1, "甲{number}")]
        newest = Template.objects.first()
        assert newest is not None
        assert "{number}" in admin.get(f"/admin/notices/template/{newest.pk}/change/").content.decode()

    def test_every_text_in_force_is_shown_whole_and_opens_with_itself(self, admin: Client) -> None:
        said(admin, "/admin/notices/template/add/", {"key": "accepted", "zh": "甲{number}"})
        page = admin.get("/admin/notices/template/").content.decode()
        assert "甲{number}" in page
        for message in CATALOGUE.values():
            assert escape(message.discreet_zh) in page
            assert message.key == "accepted" or escape(message.zh) in page
        opened = admin.get("/admin/notices/template/add/?key=granted").content.decode()
        assert escape(CATALOGUE["granted"].zh) in opened

    def test_the_pages_are_chinese_for_who_reads_chinese(self, admin: Client) -> None:
        page = admin.get("/admin/", headers={"accept-language": "zh-hans"}).content.decode()
        for english in ("Model name", "Add link", "Change or view list link"):
            assert english not in page
        page = admin.get(
            "/admin/network/provincesetting/add/", headers={"accept-language": "zh-hans"}
        ).content.decode()
        assert "密钥" not in page
        assert "名称" in page

    def test_a_place_that_cannot_be_filled_is_refused(self, admin: Client) -> None:
        assert "errorlist" in said(admin, "/admin/notices/template/add/", {"key": "accepted", "zh": "{name}"})
        assert not Template.objects.exists()

    def test_what_waits_is_seen_masked_and_can_be_held_and_let_go(self, admin: Client) -> None:
        notice = notices.enqueue(
            channel="sms", to="13800001111", template="news", values={"number": "NX1"}, at=timezone.now()
        )
        page = admin.get("/admin/notices/notice/").content.decode()
        assert "138****1111" in page
        assert "13800001111" not in page
        for action, status in (("hold_back", "held"), ("try_now", "queued")):
            said(admin, "/admin/notices/notice/", {"action": action, "_selected_action": [notice]})
            assert Notice.objects.get().status == status

    def test_a_stop_by_somebody_else_meanwhile_is_no_fault_of_ours(self, admin: Client) -> None:
        notices.freeze(reason="x", by=SYSTEM, at=timezone.now())
        assert admin.get("/admin/notices/outgoingfreeze/add/").status_code == 403
