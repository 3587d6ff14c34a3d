"""Lists at the desk: what they show, what they cost, and how they stay live."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nuanxin.audit.actor import Role
from nuanxin.cases.models import Case
from nuanxin.cases.queries.queue import Shelf
from tests.apps.desk.conftest import GAOPING, SHENZHEN, Desk
from tests.factories.intake import open_case

MOST_STATEMENTS = 8


def now() -> dict[str, Any]:
    return {"at": timezone.now()}


def numbers(html: str) -> list[str]:
    return re.findall(r"case=(NX\d\d-\d+-\d)\"", html)


def test_the_queue_says_what_to_do_for_whom_and_by_when(clerk: Client) -> None:
    case = open_case(
        applicant={"name": "田某某", "needs": ["sign_language"]}, workers=26, items=["wages", "severance"],
        amount_claimed="130000.00", respondents=[{"name": "高平东站工地"}], **now(),
    )  # fmt: skip
    html = clerk.get("/desk/").content.decode()
    for words in (
        "Accept the application", "田某某 and others, 26 in all", "高平东站工地 · Counter", "Wages, severance 130,000",
        "sign language", "Green lane", "split items", "Same-day promise · promise",
    ):  # fmt: skip
        assert words in html, words
    assert f"?case={case.number}" in html


def test_a_decider_is_told_to_give_aid_first_where_time_is_short(clerk: Client, decider: Client) -> None:
    case = open_case(**now())
    Case.objects.filter(pk=case.pk).update(
        urgent=True, limitation_on=timezone.localdate() + timedelta(days=4), queue_key=1
    )
    assert "Give aid first" in decider.get("/desk/").content.decode()
    html = clerk.get("/desk/").content.decode()
    assert "Accept the application" in html
    assert "limitation: 4 days left" in html


def test_whoever_is_waited_for_is_not_told_to_wait_for_themselves(desk: Desk, clerk: Client) -> None:
    lawyer, bureau = desk(Role.LAWYER), desk(Role.BUREAU)
    own, objected = open_case(**now()), open_case(**now())
    person = lawyer.person.pk  # type: ignore[attr-defined]
    at_work = {"status": "assigned", "seat": "lawyer", "turn": "others", "step": "sign_agreement"}
    Case.objects.filter(pk=own.pk).update(lawyer=person, **at_work)
    answer = {"status": "objection", "seat": "bureau", "turn": "others", "step": "sustain_objection"}
    Case.objects.filter(pk=objected.pk).update(**answer)
    for browser, page in ((lawyer, "own"), (bureau, "objections")):
        html = browser.get(f"/desk/lists/{page}/").content.decode()
        assert numbers(html), page
        assert "Waiting for" not in html
        assert '<th scope="col">Next step</th>' in html
    assert "Waiting for lawyer" in clerk.get("/desk/lists/others/").content.decode()


@pytest.mark.parametrize("shelf", list(Shelf))
def test_a_list_costs_the_same_for_three_cases_and_for_sixty(desk: Desk, shelf: Shelf) -> None:
    roles = {
        Shelf.OFFERS: Role.LAWYER,
        Shelf.OWN: Role.LAWYER,
        Shelf.OBJECTIONS: Role.BUREAU,
        Shelf.QUESTIONS: Role.DUTY_LAWYER,
    }
    browser = desk(roles.get(shelf, Role.CLERK))

    def cost() -> int:
        browser.get(f"/desk/lists/{shelf.value}/")
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(f"/desk/lists/{shelf.value}/").status_code == 200
        return len(asked)

    def fill(count: int) -> None:
        for _ in range(count):
            open_case(**now())
        seats = {
            Shelf.OTHERS: ("others", "lawyer", "sign_agreement"),
            Shelf.OBJECTIONS: ("others", "bureau", "sustain_objection"),
        }
        turn, seat, step = seats.get(shelf, ("office", "clerk", "offer"))
        person = browser.person.pk  # type: ignore[attr-defined]
        changes = {
            Shelf.OFFERS: {"offered_to": person, "status": "offered"}, Shelf.OWN: {"lawyer": person},
            Shelf.SENT: {"transfer_to": 2, "transfer_region": SHENZHEN},
            Shelf.INCOMING: {"transfer_to": 1, "transfer_region": GAOPING}, Shelf.WATCH: {"watch_by": 9},
            Shelf.QUESTIONS: {"step": "answer"}, Shelf.REPORTS: {"step": "call_back"},
            Shelf.CLOSED: {"turn": "ended", "status": "closed"},
        }.get(shelf, {})  # fmt: skip
        Case.objects.update(**{"turn": turn, "seat": seat, "step": step, **changes})

    fill(3)
    few = cost()
    fill(27)
    many = cost()
    assert many == few <= MOST_STATEMENTS


def test_pages_lead_on_and_back_and_keep_the_chosen_case(clerk: Client) -> None:
    for _ in range(30):
        open_case(**now())
    first = clerk.get("/desk/").content.decode()
    older = re.search(r'rel="next" href="([^"]+)"', first)
    assert older is not None
    second = clerk.get(older[1]).content.decode()
    assert len(numbers(first)) == 25
    assert len(numbers(second)) == 5
    assert not set(numbers(first)) & set(numbers(second))
    newer = re.search(r'rel="prev" href="([^"]+)"', second)
    assert newer is not None
    assert numbers(clerk.get(newer[1]).content.decode()) == numbers(first)


def test_the_chosen_case_stands_beside_the_list(clerk: Client) -> None:
    case = open_case(**now())
    html = clerk.get(f"/desk/?case={case.number}").content.decode()
    assert 'class="shell beside chosen"' in html
    assert html.count('class="button"') == 1  # the next step is the only filled button


@pytest.mark.parametrize(
    "spoilt", ["after=x", "before=1.2.3", "case=nonsense", "case=NX14-0000001-0", "since=-1", "after=%00"]
)
def test_spoilt_addresses_show_the_plain_list(clerk: Client, spoilt: str) -> None:
    open_case(**now())
    assert clerk.get(f"/desk/lists/mine/?{spoilt}").status_code == 200
    assert clerk.get(f"/desk/lists/mine/live/?{spoilt}").status_code == 200


def test_a_list_that_is_not_ones_own_is_not_there(clerk: Client, desk: Desk) -> None:
    assert clerk.get("/desk/lists/objections/").status_code == 404
    assert clerk.get("/desk/lists/nonsense/").status_code == 404
    assert desk(Role.LAWYER).get("/desk/lists/mine/").status_code == 404


def test_who_has_no_lists_is_told_so(desk: Desk) -> None:
    html = desk(Role.ADMINISTRATOR).get("/desk/").content.decode()
    assert "no lists of cases" in html


def test_an_open_page_hears_of_a_new_case_within_one_question(clerk: Client) -> None:
    open_case(at=timezone.now() - timedelta(minutes=5))
    page = clerk.get("/desk/lists/mine/").content.decode()
    first = clerk.get("/desk/lists/mine/live/")
    assert first.status_code == 200
    assert f'data-version="{first.json()["queue"]}"' in page
    again = clerk.get("/desk/lists/mine/live/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    open_case(applicant={"name": "新来的"}, **now())
    later = clerk.get("/desk/lists/mine/live/", headers={"If-None-Match": first["ETag"]})
    assert later.status_code == 200
    assert later.json()["queue"] != first.json()["queue"]
    assert later.json()["nav"] != first.json()["nav"]
    part_url = re.search(r'data-live="queue" data-live-url="([^"]+)"', page)
    assert part_url is not None
    part = clerk.get(part_url[1].replace("&amp;", "&"), headers={"X-Part": "queue"}).content.decode()
    assert "新来的" in part
    assert part.count("New</span>") == 1
    assert "<html" not in part
    tabs = clerk.get("/desk/lists/mine/", headers={"X-Part": "tabs"}).content.decode()
    assert 'To do <span class="num">2</span>' in tabs
    assert "<html" not in tabs
    assert ">2</b>" in clerk.get("/desk/navigation/?current=mine").content.decode()


def test_the_question_of_an_open_page_is_cheap(clerk: Client) -> None:
    open_case(**now())
    clerk.get("/desk/lists/mine/live/")
    with CaptureQueriesContext(connection) as asked:
        clerk.get("/desk/lists/mine/live/")
    assert len(asked) <= 6


def test_no_next_step_is_always_in_sight_and_nought(clerk: Client) -> None:
    open_case(**now())
    html = clerk.get("/desk/").content.decode()
    pinned = re.search(
        r'class="pinned[^"]*"><a href="/desk/lists/stray/"[^>]*>No next step <b>(\d+)</b>', html
    )
    assert pinned is not None
    assert pinned[1] == "0"


def test_counts_are_capped_in_words(clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nuanxin.desk.navigation.counts", lambda shelves, **_: dict.fromkeys(shelves, 1000))
    assert "<b>999+</b>" in clerk.get("/desk/").content.decode()
