"""The queue: the right cases, in the right order, each on one page only, and only from one's own region."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from nuanxin.audit.actor import NATION, Actor, Role
from nuanxin.cases.models import Case
from nuanxin.cases.permissions import may_read
from nuanxin.cases.queries.items import items_of
from nuanxin.cases.queries.oversight import overdue_by_office
from nuanxin.cases.queries.queue import Cursor, Shelf, counts, cursor_of, window
from nuanxin.cases.queries.reach import readable
from nuanxin.cases.rules.urgency import queue_key
from tests.factories.agency import agency
from tests.factories.intake import AT, open_case

GAOPING, JINCHENG, SHENZHEN = 140581_000000, 140500_000000, 440306_000000
SCOPES = {
    "gaoping": (140581_000000, 140581_999999),
    "city": (140500_000000, 140599_999999),
    "shanxi": (140000_000000, 149999_999999),
    "bao_an": (440306_000000, 440306_999999),
    "town": (140581_001000, 140581_001999),
    "nation": NATION,
    "nowhere": (0, 0),
}


def actor(scope: tuple[int, int], *roles: Role, id: int = 5) -> Actor:
    """A clerk; over the nation, where a clerk is of the national desk alone, who watches over it."""
    usual = Role.SUPERVISOR if scope == NATION else Role.CLERK
    return Actor("staff", id, frozenset(roles or {usual}), scope, 1)


@pytest.fixture
def register(db: None) -> list[Case]:
    """Thirty cases in two provinces; several are due at the very same second."""
    for region in (GAOPING, JINCHENG, SHENZHEN):
        agency(region)
    items = [["wages"], ["wages", "severance"], ["severance"]]
    places = ["140581", "140581", "140502", "440306"]
    cases = [
        open_case(place=places[n % 4], items=items[n % 3], at=AT + timedelta(minutes=n // 6))
        for n in range(30)
    ]
    cases.append(open_case(kind="report", items=None, amount_claimed=None))
    cases.append(open_case(kind="question", items=None, amount_claimed=None))
    return list(Case.objects.order_by("queue_key", "id"))


def walk(shelf: Shelf, by: Actor, at: datetime, size: int, *, back: bool = False) -> list[list[Cursor]]:
    """Every page of a list, one way."""
    pages, bound = [], None
    if back:
        bound = Cursor(10**17, 10**18)
    while True:
        page = window(shelf, by=by, at=at, size=size, **({"before": bound} if back else {"after": bound}))
        if page.places:
            pages.append(list(page.places))
        if not (page.newer if back else page.older) or not page.places:
            return pages
        bound = page.places[0] if back else page.places[-1]


def test_pages_show_every_case_once_and_in_order_in_both_directions(register: list[Case]) -> None:
    by = actor(NATION)
    expected = [(case.queue_key, case.pk) for case in register if case.turn == "office"]
    for size in (1, 4, 25):
        there = [place for page in walk(Shelf.MINE, by, AT, size) for place in page]
        back = [place for page in walk(Shelf.MINE, by, AT, size, back=True)[::-1] for place in page]
        assert [(place.key, place.id) for place in there] == expected
        assert back == there


def test_a_lawyer_lists_their_own_cases_and_not_those_of_their_region(register: list[Case]) -> None:
    mine = register[0]
    Case.objects.filter(pk=mine.pk).update(lawyer=5)
    by = actor(NATION, Role.LAWYER)
    listed = {shelf: [place.id for place in window(shelf, by=by, at=AT).places] for shelf in Shelf}
    assert {shelf: ids for shelf, ids in listed.items() if ids} == {Shelf.OWN: [mine.pk]}
    assert set(counts(list(Shelf), by=by, at=AT).values()) == {0, 1}
    assert overdue_by_office(by=by, at=AT + timedelta(days=90)) == ([], False)


def test_a_program_has_no_cases_of_its_own_whatever_its_id(register: list[Case]) -> None:
    Case.objects.filter(pk=register[0].pk).update(lawyer=5, offered_to=0)
    token = Actor("partner", 5, frozenset({Role.LAWYER}), NATION)  # its id is the row of the token
    assert not [shelf for shelf in Shelf if window(shelf, by=token, at=AT).places]


def test_no_list_shows_a_case_outside_the_scope(register: list[Case]) -> None:
    for scope in SCOPES.values():
        by = actor(scope, Role.CLERK, Role.SUPERVISOR)
        for shelf in Shelf:
            shown = [place.id for page in walk(shelf, by, AT, 7) for place in page]
            assert all(may_read(by, case) for case in register if case.pk in shown), (scope, shelf)
            assert counts([shelf], by=by, at=AT)[shelf] == len(shown), (scope, shelf)


def test_readable_says_what_may_read_says(register: list[Case]) -> None:
    Case.objects.filter(pk=register[0].pk).update(lawyer=5)
    Case.objects.filter(pk=register[1].pk).update(offered_to=5, transfer_to=3, transfer_region=SHENZHEN)
    for scope in SCOPES.values():
        for role in (Role.CLERK, Role.LAWYER, Role.AUDITOR, Role.PARTNER, Role.DUTY_LAWYER):
            by = actor(scope, role)
            asked = set(Case.objects.filter(readable(by)).values_list("pk", flat=True))
            assert asked == {case.pk for case in Case.objects.all() if may_read(by, case)}, (scope, role)


def test_lists_hold_what_their_names_say(register: list[Case]) -> None:
    by = actor(NATION, Role.SUPERVISOR, Role.LAWYER)
    first, second, third, fourth, fifth = [case for case in register if case.kind == "aid"][:5]
    Case.objects.filter(pk=first.pk).update(
        turn="others", seat="lawyer", step="accept_offer", offered_to=5, status="offered"
    )
    Case.objects.filter(pk=second.pk).update(step="offer", status="granted")
    Case.objects.filter(pk=third.pk).update(transfer_to=3, transfer_region=SHENZHEN)
    Case.objects.filter(pk=fourth.pk).update(watch_by=9)
    Case.objects.filter(pk=fifth.pk).update(lawyer=5, turn="others")

    def held(shelf: Shelf) -> set[int]:
        return {place.id for page in walk(shelf, by, AT, 50) for place in page}

    assert held(Shelf.ASSIGNING) == {first.pk, second.pk}
    assert held(Shelf.OFFERS) == {first.pk}
    assert held(Shelf.OWN) == {fifth.pk}
    assert held(Shelf.SENT) == held(Shelf.INCOMING) == {third.pk}
    assert held(Shelf.WATCH) == {fourth.pk}
    asked = {case.pk for case in register if case.kind == "question"}  # they wait for the duty lawyer
    assert held(Shelf.OTHERS) == {first.pk, fifth.pk} | asked
    assert not held(Shelf.MINE) & asked
    assert held(Shelf.REPORTS) == {case.pk for case in register if case.kind == "report"}
    assert held(Shelf.QUESTIONS) == {case.pk for case in register if case.kind == "question"}
    assert held(Shelf.GREEN) == {
        case.pk for case in Case.objects.filter(turn="office", lane__in=["green", "mixed"])
    }
    assert held(Shelf.STRAY) == set()
    assert held(Shelf.ALL) == {case.pk for case in register}


def test_today_and_soon_follow_the_clock(register: list[Case]) -> None:
    by, case = actor(NATION), register[-1]

    def put(moment: datetime, *, urgent: bool = False) -> tuple[bool, bool]:
        key = queue_key(lane="ordinary", urgent=urgent, next_by=moment)
        Case.objects.filter(pk=case.pk).update(next_by=moment, urgent=urgent, queue_key=key)
        found = [
            {p.id for page in walk(shelf, by, AT, 50) for p in page} for shelf in (Shelf.TODAY, Shelf.SOON)
        ]
        return case.pk in found[0], case.pk in found[1]

    midnight = datetime.fromisoformat("2026-03-03T00:00:00+08:00")
    assert put(AT - timedelta(days=3)) == (True, True)
    assert put(midnight - timedelta(seconds=1)) == (True, True)
    assert put(midnight) == (False, True)
    assert put(AT + timedelta(hours=47, minutes=59)) == (False, True)
    assert put(AT + timedelta(hours=48)) == (False, False)
    assert put(AT + timedelta(days=30), urgent=True) == (False, True)


def test_ended_cases_come_latest_first(register: list[Case]) -> None:
    for days, case in enumerate(register[:3]):
        Case.objects.filter(pk=case.pk).update(
            turn="ended",
            status="closed",
            seat="nobody",
            queue_key=int((AT + timedelta(days=days)).timestamp()),
        )
    shown = [place.id for page in walk(Shelf.CLOSED, actor(NATION), AT, 2) for place in page]
    assert shown == [case.pk for case in register[:3][::-1]]


def test_counts_stop_at_the_cap(register: list[Case]) -> None:
    assert counts([Shelf.ALL, Shelf.STRAY], by=actor(NATION), at=AT, cap=5) == {Shelf.ALL: 5, Shelf.STRAY: 0}


def test_the_database_refuses_a_case_without_a_next_step(register: list[Case]) -> None:
    for stray in ({"next_by": None}, {"holder_agency": 0}, {"seat": "nobody"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=register[0].pk).update(**stray)


def test_a_page_a_count_and_the_rows_are_one_statement_each(register: list[Case]) -> None:
    by = actor(NATION)
    with CaptureQueriesContext(connection) as asked:
        page = window(Shelf.SOON, by=by, at=AT)
        counts(list(Shelf), by=by, at=AT)
        items = items_of([place.id for place in page.places])
    assert len(asked) == 3
    assert [(item.id, item.version) for item in items] == [(place.id, place.version) for place in page.places]
    assert all(
        place.late(item.next_by) for place, item in zip(page.places, items, strict=True) if item.next_by
    )
    assert not any(place.late(AT - timedelta(days=1)) for place in page.places)
    assert all(item.name for item in items)


@pytest.mark.parametrize(
    "typed", ["", "1", "1.", ".1", "a.b", "1.2.3", "-1.2", "1e3.4", "9" * 40 + ".1", "１.２"]
)
def test_a_spoilt_cursor_is_no_cursor(typed: str) -> None:
    assert cursor_of(typed) is None or cursor_of(typed) == Cursor(1, 2)
