"""A partner department hands in cases through the one door and learns what became of its own, and of nothing else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from nuanxin.audit.actor import Role
from nuanxin.audit.models import Event
from nuanxin.cases.actions.handover import take_over
from nuanxin.cases.actions.money import Sum, record
from nuanxin.cases.actions.perform import perform
from nuanxin.cases.actions.personal import correct
from nuanxin.cases.codes import follow_code
from nuanxin.cases.models import Case, Submission
from nuanxin.cases.queries.handed_in import MONEY as MONEY_CODES
from nuanxin.cases.queries.handed_in import how_far
from nuanxin.cases.rules.ledger import MoneyStep, Sums, Way
from nuanxin.cases.rules.states import Status
from nuanxin.desk.wording import partner as words
from nuanxin.network.models import Agency
from tests.apps.desk.conftest import SHENZHEN, Desk
from tests.factories.intake import open_case
from tests.factories.story import GAOPING, person

GOOD: dict[str, Any] = {
    "kind": "aid", "name": "田某某", "phone": "138 1234 5678", "place_text": "高平市", "items": ["wages"], "workers": "3人",
    "amount": "1.2万", "story": "监察大队查实欠薪", "helper_name": "王监察", "helper_phone": "0356-5551234",
    "helper_relation": "高平市劳动监察大队", "consent": "on",
}  # fmt: skip


@pytest.fixture
def partner(desk: Desk) -> Client:
    return desk(Role.PARTNER)


def handed_in(browser: Client, **typed: Any) -> Case:
    answer = browser.post("/desk/partner/new/", {**GOOD, **typed})
    assert answer.status_code == 302, re.findall(r'class="fault".*?</ul>', answer.content.decode(), re.DOTALL)
    number = answer["Location"].rstrip("/").rsplit("/", 1)[1]
    return next(case for case in Case.objects.all() if case.number == number)


def page(browser: Client, case: Case) -> str:
    answer = browser.get(f"/desk/partner/{case.number}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_handed_in_becomes_a_case_of_the_place_through_the_door_partner(
    partner: Client, clerk: Client
) -> None:
    case = handed_in(partner)
    assert (case.door, case.kind, case.lane, case.workers_stated) == ("partner", "aid", "green", 3)
    assert (case.holder_region, case.claimed_fen) == (GAOPING, 1_200_000)
    sent = Submission.objects.get(case=case.pk)
    assert (sent.by_staff, sent.helper_relation) == (partner.person.pk, "高平市劳动监察大队")  # type: ignore[attr-defined]
    event = Event.objects.get(stream=case.pk, seq=1)
    assert (event.actor_kind, event.actor_id) == ("staff", partner.person.pk)  # type: ignore[attr-defined]
    assert case.number in clerk.get("/desk/lists/mine/").content.decode()


def test_a_partners_day_begins_with_its_own_list(partner: Client, offices: dict[str, Agency]) -> None:
    assert partner.get("/desk/")["Location"] == "/desk/partner/"
    assert "Nothing yet." in partner.get("/desk/partner/").content.decode()
    case = handed_in(partner)
    html = partner.get("/desk/partner/").content.decode()
    assert case.number in html
    assert "田某某 and others, 3 in all" in html
    assert "Received. The office looks at it next." in html


def test_the_door_cannot_be_chosen(partner: Client) -> None:
    assert 'name="door"' not in partner.get("/desk/partner/new/").content.decode()
    assert handed_in(partner, door="counter").door == "partner"


def test_a_question_is_nothing_that_a_department_hands_in(partner: Client) -> None:
    assert partner.post("/desk/partner/new/", {**GOOD, "kind": "question"}).status_code == 422


def test_every_fault_stands_at_its_field_and_what_was_typed_is_kept(partner: Client) -> None:
    typed = {**GOOD, "phone": "1381234567a", "amount": "多", "helper_phone": "", "consent": ""}
    answer = partner.post("/desk/partner/new/", typed)
    html = answer.content.decode()
    assert answer.status_code == 422
    for field in ("phone", "amount", "helper_phone", "consent"):
        assert f'id="id_{field}_error"' in html, field
    assert "1381234567a" in html
    assert not Case.objects.exists()


def test_two_presses_hand_in_one_case(partner: Client) -> None:
    key = re.search(r'name="key" value="([^"]+)"', partner.get("/desk/partner/new/").content.decode())
    assert key is not None
    first, again = (handed_in(partner, key=key[1]) for _ in range(2))
    assert (first.pk, Case.objects.count()) == (again.pk, 1)
    other = partner.post("/desk/partner/new/", {**GOOD, "key": key[1], "story": "另一件事"})
    assert other.status_code == 409
    assert "This form was sent before" in other.content.decode()


def test_an_unusual_sum_is_asked_about(partner: Client) -> None:
    html = partner.post("/desk/partner/new/", {**GOOD, "amount": "1300万"}).content.decode()
    assert "Look at the figure again" in html
    assert handed_in(partner, amount="1300万", sure="监察已查实").claimed_fen == 1_300_000_000


def test_earlier_cases_of_the_person_are_not_told_to_a_department(partner: Client) -> None:
    earlier = open_case(applicant={"name": "田某某", "phone": "13812345678"})
    case = handed_in(partner)
    for html in (page(partner, case), partner.get("/desk/partner/").content.decode()):
        assert earlier.number not in html
    assert partner.post("/desk/new/earlier/", {"phone": "13812345678"}).status_code == 403


def test_each_sees_its_own_and_nothing_else(partner: Client, clerk: Client, desk: Desk) -> None:
    case, others = handed_in(partner), open_case()
    colleague = desk(Role.PARTNER)
    assert colleague.get(f"/desk/partner/{case.number}/").status_code == 404
    assert case.number not in colleague.get("/desk/partner/").content.decode()
    assert partner.get(f"/desk/partner/{others.number}/").status_code == 404
    assert partner.get("/desk/partner/NX14-0000000-0/").status_code == 404
    assert partner.get(f"/desk/cases/{case.number}/").status_code == 403
    for address in ("/desk/partner/", "/desk/partner/new/", f"/desk/partner/{case.number}/"):
        assert clerk.get(address).status_code == 403
        assert Client().get(address).status_code == 302


def test_the_page_tells_how_it_goes_and_no_more_of_the_worker_than_was_given(
    partner: Client, desk: Desk
) -> None:
    case = handed_in(partner, workers="1", amount="5200")
    at, clerk, lawyer = timezone.now(), person(101), desk(Role.LAWYER).person  # type: ignore[attr-defined]
    perform("accept", case_id=case.pk, by=clerk, at=at, form={})
    assert "Accepted; the office is reviewing it." in page(partner, case)
    Case.objects.filter(pk=case.pk).update(status="in_progress", lawyer=lawyer.pk, stage="arbitration")
    day = at.date()
    for step, fen in ((MoneyStep.AWARDED, 487_654), (MoneyStep.PAID, 487_654)):
        record(case_id=case.pk, by=clerk, at=at, entry=Sum(step, {1: fen}, Way.DOCUMENT, day))
    html = page(partner, case)
    assert "A lawyer is working on the case. Now: Labour arbitration." in html
    assert "Money was paid; the worker has not confirmed it yet." in html
    for hidden in ("13812345678", "138****5678", "4,876", lawyer.name, follow_code(case.pk), "5,200"):
        assert hidden not in html, hidden
    assert "田某某" in html
    correct(case_id=case.pk, seq=1, by=clerk, at=at, changes={"name": "田小山"})
    html = page(partner, case)
    assert "田小山" not in html
    assert "田小山" not in partner.get("/desk/partner/").content.decode()
    assert "name corrected since" in html


def test_a_case_that_goes_on_in_another_province_is_followed_there(
    partner: Client, offices: dict[str, Agency]
) -> None:
    case, at = handed_in(partner), timezone.now()
    form = {"agency": offices["shenzhen"].pk, "text": "工地在深圳。"}
    perform("transfer", case_id=case.pk, by=person(101), at=at, form=form)
    new = take_over(case_id=case.pk, by=person(101, SHENZHEN), at=at + timedelta(minutes=1))
    assert new.pk != case.pk
    html = page(partner, case)  # under the number that was given
    assert offices["shenzhen"].name_en in html
    assert "Received. The office looks at it next." in html


def test_the_list_turns_its_pages(partner: Client) -> None:
    numbers = [handed_in(partner, phone=f"139000000{n:02d}").number for n in range(27)]
    first = partner.get("/desk/partner/").content.decode()
    assert numbers[26] in first
    assert numbers[1] not in first
    older = re.search(r'href="(\?before=\d+)"', first)
    assert older is not None
    rest = partner.get(f"/desk/partner/{older[1]}").content.decode()
    assert [number in rest for number in numbers[:3]] == [True, True, False]
    assert partner.get("/desk/partner/?before=x").status_code == 200


def test_places_are_found_for_a_partner_too(partner: Client) -> None:
    assert partner.get("/desk/places/", {"q": "高平"}).json()["places"]


@pytest.mark.parametrize(
    ("sums", "code"),
    [
        (Sums(claimed=5), "none"),
        (Sums(5, 5), "awarded"),
        (Sums(5, 5, 5), "paid"),
        (Sums(5, 5, 5, 3), "part_confirmed"),
        (Sums(5, 5, 3, 3), "confirmed"),
    ],
)
def test_how_far_the_money_came_is_told_without_a_sum(sums: Sums, code: str) -> None:
    assert how_far(sums) == code


def test_every_status_and_every_step_of_the_money_has_its_words() -> None:
    assert set(words.STANDS) == set(Status)
    assert set(words.MONEY) == set(MONEY_CODES)
