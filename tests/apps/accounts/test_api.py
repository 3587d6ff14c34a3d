"""API operations: by bearer token or by the desk's session, and by nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone
from ninja import NinjaAPI

from nuanxin.accounts import actions
from nuanxin.accounts.api import StaffAuth, StaffToken
from nuanxin.accounts.models import ApiToken, Staff
from nuanxin.audit.actor import SYSTEM, Role
from nuanxin.config import urls as root
from tests.factories.staff import GAOPING, make_staff

api = NinjaAPI(urls_namespace="staff-auth-test", docs_url=None, openapi_url=None)


@api.get("/who", auth=StaffAuth(Role.CLERK))
def who(request: HttpRequest) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    return {"kind": actor.kind, "roles": sorted(actor.roles), "scope": list(actor.scope)}


@api.post("/do", auth=StaffAuth(Role.CLERK))
def do(request: HttpRequest) -> str:
    return "done"


@api.get("/programs", auth=StaffToken(Role.CLERK))
def programs(request: HttpRequest) -> str:
    return "done"


@api.get("/nation", auth=StaffToken(Role.AUDITOR, scope="nation"))
def nation(request: HttpRequest) -> str:
    return "done"


urlpatterns = [path("api/test/", api.urls), *root.urlpatterns]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def bearer(
    staff: Staff | None, role: Role = Role.CLERK, region: int = GAOPING, **more: Any
) -> dict[str, str]:
    now = timezone.now()
    _, secret = actions.issue_token(
        label="t",
        role=role,
        region=region,
        staff=staff,
        expires_at=now + timedelta(days=1),
        by=SYSTEM,
        at=now,
    )
    return {"Authorization": f"Bearer {secret}"}


def get(url: str, headers: dict[str, str] | None = None, client: Client | None = None) -> HttpResponse:
    return (client or Client()).get(url, headers=headers)  # type: ignore[return-value]


def test_nobody_is_refused_with_401() -> None:
    assert get("/api/test/who").status_code == 401
    assert get("/api/test/who", {"Authorization": "Bearer wrong"}).status_code == 401
    assert get("/api/test/who", {"Authorization": "Basic eDp5"}).status_code == 401


def test_a_token_acts_as_its_person() -> None:
    answer = get("/api/test/who", bearer(make_staff(Role.CLERK))).json()  # type: ignore[attr-defined]
    assert answer == {"kind": "staff", "roles": ["clerk"], "scope": [GAOPING, GAOPING + 999_999]}


def test_the_wrong_role_is_forbidden() -> None:
    assert get("/api/test/who", bearer(None, Role.PARTNER)).status_code == 403


@pytest.mark.parametrize(("region", "status"), [(0, 200), (GAOPING, 403)])
def test_a_national_operation_needs_the_nation(region: int, status: int) -> None:
    assert get("/api/test/nation", bearer(None, Role.AUDITOR, region)).status_code == status


def test_a_session_reads_and_needs_the_csrf_token_to_write() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_staff(Role.CLERK))
    assert get("/api/test/who", client=client).status_code == 200
    assert client.post("/api/test/do").status_code == 403
    csrf = "a" * 32
    client.cookies["csrftoken"] = csrf
    assert client.post("/api/test/do", headers={"X-CSRFToken": csrf}).status_code == 200


def test_a_token_needs_no_csrf_token() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/api/test/do", headers=bearer(make_staff(Role.CLERK))).status_code == 200


def test_a_session_is_no_way_in_for_programs() -> None:
    client = Client()
    client.force_login(make_staff(Role.CLERK))
    assert get("/api/test/programs", client=client).status_code == 401


def test_a_bad_token_is_not_mended_by_a_session() -> None:
    client = Client()
    client.force_login(make_staff(Role.CLERK))
    assert get("/api/test/who", {"Authorization": "Bearer wrong"}, client).status_code == 401


def test_the_last_use_is_noted_once_an_hour() -> None:
    headers = bearer(make_staff(Role.CLERK))
    get("/api/test/who", headers)
    first = ApiToken.objects.get().used_at
    get("/api/test/who", headers)
    assert first is not None
    assert ApiToken.objects.get().used_at == first
