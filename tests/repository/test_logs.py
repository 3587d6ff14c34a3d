"""Nothing about a person reaches a log line: not by a page, not by an error, not by a job."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve

from nuanxin.config.middleware import RequestLog
from tests.factories import world

PERSONAL = ("测试工友7", "13800000007", "三个月没发工资", "测试公司7")


@pytest.mark.django_db
def test_an_application_and_its_following_leave_no_trace_of_the_person(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    world.offices()
    receipt = world.application(world.HERE, 7)
    client = Client(raise_request_exception=False)
    client.get(f"/api/v1/applications/{receipt['number']}", {"code": receipt["follow_code"]})
    client.get(f"/api/v1/applications/{receipt['number']}", {"code": "13800000007"})
    client.get("/desk/search/", {"q": "测试工友7"})
    client.get("/nowhere/13800000007/", {"name": "测试工友7"})
    written = "".join(capfd.readouterr()) + caplog.text
    assert "request" in written
    found = [word for word in (*PERSONAL, receipt["follow_code"]) if word in written]
    assert found == [], [line for line in written.splitlines() if any(word in line for word in found)]


def test_a_request_is_logged_by_its_route_without_numbers_or_query(
    caplog: pytest.LogCaptureFixture,
) -> None:
    request = RequestFactory().get("/desk/cases/N14-2026-000001/", {"q": "13800000007"})
    request.resolver_match = resolve("/desk/cases/N14-2026-000001/")
    RequestLog(lambda _: HttpResponse())(request)
    assert "desk/cases/<slug:number>/" in caplog.text
    assert "N14-2026" not in caplog.text
    assert "138" not in caplog.text
