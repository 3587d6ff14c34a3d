"""A small world for tests that walk every page: offices, one account for each role, applications in two places."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from django.test import Client

from nuanxin.accounts.models import Staff
from nuanxin.accounts.rules import OFFICE_ROLES, STAFF_ROLES
from nuanxin.audit.actor import SYSTEM, Role
from nuanxin.network.demo import load_demo_agencies
from nuanxin.network.models import Agency
from tests.factories.staff import make_staff

HERE, ELSEWHERE, NATION = 140581_000000, 440306_000000, 0
AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def offices() -> None:
    """The demo's agencies."""
    load_demo_agencies(by=SYSTEM, at=AT)


def person(role: Role, region: int) -> Staff:
    """An account with one role in one region, working for the office there if its role needs one."""
    kind = Agency.Kind.BUREAU if role is Role.BUREAU else Agency.Kind.LEGAL_AID
    office = Agency.objects.filter(kind=kind, region=region).values_list("pk", flat=True).first()
    return make_staff(role, region, office=office or 0, username=f"{role}.{region}", at=AT)


def everybody() -> list[tuple[Role, int, Staff]]:
    """(role, region, account) for every role here and elsewhere, and for the nation where a role may stand there."""
    found = []
    for role in sorted(STAFF_ROLES):
        regions = [HERE, ELSEWHERE] if role in OFFICE_ROLES else [HERE, ELSEWHERE, NATION]
        found += [(role, region, person(role, region)) for region in regions]
    return found


def application(place: int, number: int) -> dict[str, Any]:
    """Submit one application through the API. Returns the receipt."""
    body = {
        "door": "web",
        "kind": "aid",
        "applicant": {"name": f"测试工友{number}", "phone": f"138{number:08d}"},
        "place": str(place // 10**6),
        "items": ["wages"],
        "workers": 2,
        "amount_claimed": "12000.00",
        "respondents": [{"role": "employer", "kind": "licensed_unit", "name": f"测试公司{number}"}],
        "story": {"text": "三个月没发工资。"},
        "consent": True,
    }
    answer = Client().post(
        "/api/v1/applications",
        json.dumps(body),
        content_type="application/json",
        headers={"Idempotency-Key": f"world-{place}-{number:04d}"},
    )
    assert answer.status_code == 201, answer.content
    return dict(answer.json())
