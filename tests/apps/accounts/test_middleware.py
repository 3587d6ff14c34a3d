"""What every request costs and carries before its own work begins."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from nuanxin.accounts.middleware import ActorMiddleware
from nuanxin.accounts.models import Staff
from nuanxin.audit.actor import WORKER, Actor
from tests.factories.staff import make_staff

NOW = datetime(2026, 4, 7, 1, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def passed(user: object) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = user  # type: ignore[assignment]
    kept: list[HttpRequest] = []

    def inner(came: HttpRequest) -> HttpResponse:
        kept.append(came)
        return HttpResponse()

    with time_machine.travel(NOW, tick=False):
        ActorMiddleware(inner)(request)
    return kept[0]


def test_one_instant_a_request() -> None:
    assert passed(None).at == NOW  # type: ignore[attr-defined]


def test_nobody_is_a_worker_without_a_query() -> None:
    from django.contrib.auth.models import AnonymousUser

    with CaptureQueriesContext(connection) as made:
        assert passed(AnonymousUser()).actor == WORKER  # type: ignore[attr-defined]
    assert len(made) == 0


def test_a_signed_in_person_is_looked_up_when_asked_for_and_once() -> None:
    staff = Staff.objects.get(pk=make_staff(at=NOW).pk)
    with CaptureQueriesContext(connection) as made:
        request = passed(staff)
        assert len(made) == 0
        actors: list[Actor] = [request.actor for _ in range(3)]  # type: ignore[attr-defined]
        assert {actor.id for actor in actors} == {staff.pk}
    assert len(made) == 1


def test_a_public_page_costs_no_query(client: Client) -> None:
    with CaptureQueriesContext(connection) as made:
        client.get("/accounts/login/")
    assert [q["sql"] for q in made] == []


def test_a_staff_page_costs_a_session_and_one_look_up(client: Client) -> None:
    client.force_login(make_staff())
    client.get("/accounts/inactive/")
    with CaptureQueriesContext(connection) as made:
        client.get("/accounts/password/")
    assert len(made) == 2
