"""Everybody sees their own region and nothing beyond: every page, every role, every width of scope."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from nuanxin.accounts.scope import region_range
from nuanxin.audit.actor import Role
from nuanxin.cases.models import Case
from nuanxin.cases.queries.queue import Shelf
from tests.apps.desk.conftest import GAOPING, JINCHENG, SHENZHEN, Desk
from tests.factories.intake import open_case

REGIONS = [GAOPING, JINCHENG, 140000_000000, SHENZHEN, 0]
ROLES = [
    Role.CLERK,
    Role.DECIDER,
    Role.OPERATOR,
    Role.DUTY_LAWYER,
    Role.BUREAU,
    Role.SUPERVISOR,
    Role.AUDITOR,
]
CASE_PAGES = ("", "part/", "live/", "workers/", "add_note/", "accept/")


@pytest.fixture
def register(offices: object) -> list[Case]:
    at = timezone.now()
    cases = [open_case(place=place, at=at) for place in ("140581", "140502", "140581", "440306")]
    cases += [open_case(place=place, kind="report", at=at) for place in ("140581", "440306")]
    return cases


@pytest.mark.parametrize("role", ROLES)
def test_a_role_meets_only_cases_of_its_region(desk: Desk, register: list[Case], role: Role) -> None:
    for region in REGIONS:
        browser = desk(role, region)
        low, high = region_range(region)
        inside = {case.number for case in register if low <= case.holder_region <= high}
        for shelf in Shelf:
            answer = browser.get(f"/desk/lists/{shelf.value}/?case={register[3].number}")
            assert answer.status_code in {200, 404}
            met = set(re.findall(r"NX\d\d-\d{7,}-\d", answer.content.decode())) - {register[3].number}
            assert met <= inside
        for case in register:
            expected = 200 if case.number in inside else 404
            assert browser.get(f"/desk/cases/{case.number}/").status_code == expected
            found = browser.post("/desk/search/", {"q": case.number})
            assert found.status_code == (302 if case.number in inside else 200)


@pytest.mark.parametrize("role", [*ROLES, Role.LAWYER])
@pytest.mark.parametrize("page", CASE_PAGES)
def test_a_case_out_of_reach_is_not_there_on_any_page(
    desk: Desk, register: list[Case], role: Role, page: str
) -> None:
    browser = desk(role, SHENZHEN)
    assert browser.get(f"/desk/cases/{register[0].number}/{page}").status_code == 404
    assert browser.post(f"/desk/cases/{register[0].number}/{page}").status_code in {404, 405}
    unmask = browser.post(f"/desk/cases/{register[0].number}/unmask/", {"what": "phone", "seq": "1"})
    assert unmask.status_code == 404


def test_a_lawyer_meets_only_what_is_theirs(desk: Desk, register: list[Case]) -> None:
    browser = desk(Role.LAWYER, JINCHENG)
    mine, offered, other = register[:3]
    person = browser.person.pk  # type: ignore[attr-defined]
    Case.objects.filter(pk=mine.pk).update(lawyer=person, status="in_progress", seat="lawyer", turn="others")
    Case.objects.filter(pk=offered.pk).update(
        offered_to=person, status="offered", seat="lawyer", turn="others"
    )
    assert mine.number in browser.get("/desk/lists/own/").content.decode()
    assert offered.number in browser.get("/desk/lists/offers/").content.decode()
    assert browser.get(f"/desk/cases/{mine.number}/").status_code == 200
    assert browser.get(f"/desk/cases/{offered.number}/").status_code == 200
    assert browser.get(f"/desk/cases/{other.number}/").status_code == 404


def test_who_was_only_asked_sees_no_telephone(desk: Desk, register: list[Case]) -> None:
    browser = desk(Role.LAWYER, JINCHENG)
    person = browser.person.pk  # type: ignore[attr-defined]
    Case.objects.filter(pk=register[0].pk).update(
        offered_to=person, status="offered", seat="lawyer", turn="others"
    )
    url = f"/desk/cases/{register[0].number}/"
    assert "data-unmask" not in browser.get(url).content.decode()
    assert browser.post(f"{url}unmask/", {"what": "phone", "seq": "1"}).status_code == 404


@pytest.mark.parametrize("role", [Role.PARTNER, Role.ADMINISTRATOR])
def test_roles_without_cases_are_refused_case_pages(desk: Desk, register: list[Case], role: Role) -> None:
    browser = desk(role)
    assert browser.get(f"/desk/cases/{register[0].number}/").status_code == 403
    assert browser.post("/desk/search/", {"q": register[0].number}).status_code == 403
