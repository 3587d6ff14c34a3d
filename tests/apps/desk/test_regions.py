"""Everybody sees their own region and nothing beyond: every page, every role, every width of scope."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from nuanxin.accounts.scope import region_range
from nuanxin.audit.actor import DESK_AS_REGION, DESK_ROLES, Role
from nuanxin.cases.models import Case
from nuanxin.cases.queries.queue import Shelf
from nuanxin.network.models import Agency
from nuanxin.network.queries import national_intake
from tests.apps.desk.conftest import GAOPING, JINCHENG, SHENZHEN, Desk
from tests.factories.intake import open_case
from tests.factories.papers import photograph

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
    cases.append(open_case(place=None, kind="report", at=at))  # without a place: held by the national desk
    return cases


def reach(role: Role, region: int) -> tuple[int, int]:
    """The regions whose cases a role meets: an office role in the nation works at the national desk."""
    return (0, 0) if region == 0 and role in DESK_ROLES else region_range(region)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_meets_only_cases_of_its_region(desk: Desk, register: list[Case], role: Role) -> None:
    for region in REGIONS:
        browser = desk(role, region)
        low, high = reach(role, region)
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


def test_the_national_desk_passes_a_report_on_and_goes_on_reading_it(
    desk: Desk, register: list[Case], offices: dict[str, Agency]
) -> None:
    browser, case = desk(Role.CLERK, 0), register[-1]
    sent = {"agency": offices["gaoping"].pk, "text": "工地在高平。", "version": case.version}
    assert browser.post(f"/desk/cases/{case.number}/transfer/", sent).status_code == 302
    county = desk(Role.CLERK)
    assert case.number in county.get("/desk/lists/incoming/").content.decode()
    assert county.post(f"/desk/cases/{case.number}/accept_transfer/", {"pressed": "1"}).status_code == 302
    taken = Case.objects.get(
        continues=case.pk
    )  # the desk's number has no province: the case goes on under another
    assert taken.holder_region == GAOPING
    assert browser.get(f"/desk/cases/{case.number}/").status_code == 200
    assert browser.get(f"/desk/cases/{taken.number}/").status_code == 404


def test_a_case_sent_to_the_national_desk_is_taken_there_and_read_by_its_sender(
    desk: Desk, register: list[Case], offices: dict[str, Agency]
) -> None:
    case, county, national = register[0], desk(Role.CLERK), desk(Role.CLERK, 0)
    sent = {"agency": national_intake().pk, "text": "跨省，不知道工地在哪。", "version": case.version}
    assert national.get(f"/desk/cases/{case.number}/").status_code == 404
    assert county.post(f"/desk/cases/{case.number}/transfer/", sent).status_code == 302
    assert case.number in national.get("/desk/lists/incoming/").content.decode()
    assert national.post(f"/desk/cases/{case.number}/accept_transfer/", {"pressed": "1"}).status_code == 302
    case.refresh_from_db()
    assert (case.holder_region, case.sent_from) == (0, GAOPING)
    assert case.number in national.get("/desk/lists/mine/").content.decode()
    name = national.post("/desk/search/", {"q": case.workers.get().name}).content.decode()
    assert case.number in name  # found by name though its number is of a province
    # Back again: the desk sent it, and goes on reading it.
    back = {"agency": offices["gaoping"].pk, "text": "工地在高平。", "version": case.version}
    assert national.post(f"/desk/cases/{case.number}/transfer/", back).status_code == 302
    assert county.post(f"/desk/cases/{case.number}/accept_transfer/", {"pressed": "1"}).status_code == 302
    case.refresh_from_db()
    assert (case.holder_region, case.sent_from) == (GAOPING, DESK_AS_REGION)
    assert national.get(f"/desk/cases/{case.number}/").status_code == 200
    assert case.number not in national.get("/desk/lists/mine/").content.decode()
    assert national.get(f"/desk/cases/{case.number}/accept/").status_code == 404


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


def test_whoever_covers_both_sides_of_a_transfer_stands_on_the_side_of_their_office(
    desk: Desk, register: list[Case], offices: dict[str, Agency]
) -> None:
    case = register[0]
    url = f"/desk/cases/{case.number}/"
    both = ("accept_transfer", "revoke_transfer")

    def offered() -> list[str]:
        html = desk(Role.CLERK, JINCHENG).get(url).content.decode()
        return [action for action in both if f"{url}{action}/" in html]

    moving = {"holder_agency": offices["gaoping"].pk, "holder_region": GAOPING, "status": "accepted"}
    to_us = {"transfer_to": offices["jincheng"].pk, "transfer_region": JINCHENG, "seat": "receiver"}
    Case.objects.filter(pk=case.pk).update(**moving, **to_us)
    assert offered() == ["accept_transfer"]
    from_us = {"holder_agency": offices["jincheng"].pk, "holder_region": JINCHENG}
    to_them = {"transfer_to": offices["gaoping"].pk, "transfer_region": GAOPING}
    Case.objects.filter(pk=case.pk).update(**from_us, **to_them)
    assert offered() == ["revoke_transfer"]


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


def test_who_was_only_asked_reads_no_note_of_the_office_and_hands_in_no_paper(
    desk: Desk, register: list[Case], clerk: Client
) -> None:
    case = register[0]
    url = f"/desk/cases/{case.number}/"
    clerk.post(f"{url}add_note/", {"text": "老板是熟人，先别声张", "version": case.version})
    clerk.post(f"{url}tell_worker/", {"text": "请周三带欠条来", "version": case.version + 1})
    browser = desk(Role.LAWYER, JINCHENG)
    person = browser.person.pk  # type: ignore[attr-defined]
    asked = {"offered_to": person, "status": "offered", "seat": "lawyer", "turn": "others"}
    Case.objects.filter(pk=case.pk).update(**asked)
    html = browser.get(url).content.decode()
    assert "请周三带欠条来" in html
    assert "先别声张" not in html
    assert 'name="files"' not in html
    file = SimpleUploadedFile("a.jpg", photograph())
    assert browser.post(f"{url}evidence/", {"files": file}).status_code == 404
    Case.objects.filter(pk=case.pk).update(lawyer=person, offered_to=0, status="assigned")
    html = browser.get(url).content.decode()
    assert "先别声张" in html
    assert 'name="files"' in html


@pytest.mark.parametrize("role", [Role.PARTNER, Role.ADMINISTRATOR])
def test_roles_without_cases_are_refused_case_pages(desk: Desk, register: list[Case], role: Role) -> None:
    browser = desk(role)
    assert browser.get(f"/desk/cases/{register[0].number}/").status_code == 403
    assert browser.post("/desk/search/", {"q": register[0].number}).status_code == 403
