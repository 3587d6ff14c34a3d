"""The pages of stations: what can be kept by whom, every fault with what was typed, changes from a month on, ended and
taken up again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from nuanxin.accounts.models import Staff
from nuanxin.accounts.queries import actor_for
from nuanxin.audit.actor import SYSTEM, Actor, Role
from nuanxin.audit.models import Event
from nuanxin.hotline import actions
from nuanxin.hotline.actions.duties import publish
from nuanxin.hotline.actions.terms import set_terms
from nuanxin.hotline.models import Absence, DutyTerms, ShiftTemplate, Station, StationDesk
from nuanxin.hotline.models import Desk as HotlineDesk
from nuanxin.hotline.queries.rosters import plain_month
from nuanxin.hotline.queries.terms import desks_in, terms_in
from nuanxin.hotline.rules.routing import DeskKind
from tests.factories.rosters import APRIL, Rostered, open_station_here
from tests.factories.staff import AT, GAOPING, make_staff

pytestmark = pytest.mark.django_db
ALL = "/desk/hotline/stations/"
MARCH, MAY = date(2026, 3, 1), date(2026, 5, 1)
PROMISES = {
    "since": "2026-05-01", "lawyer": "on", "at_least": "2", "in_time": "80", "seconds": "20", "abandoned": "5",
    "handling": "400", "patience": "90", "away": "10",
}  # fmt: skip
SHIFT = {"code": "S", "name_zh": "两头班", "name_en": "split", "first_start": "9", "first_end": "12:00"}
TERMS = {"since": "2026-05-01", "lawyer": "on", "languages": ["yue"], "share": "50", "week_hours": "20"}


@pytest.fixture
def here() -> Iterator[Rostered]:
    with time_machine.travel(AT + timedelta(minutes=5), tick=False):
        yield open_station_here()


def _client(actor: Actor, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(Staff.objects.get(pk=actor.id))
    return client


@pytest.fixture
def planner(here: Rostered) -> Client:
    return _client(here.planner)


def _page(here: Rostered, *parts: object) -> str:
    return f"{ALL}{here.station.pk}/" + "".join(f"{part}/" for part in parts)


def _free_desk(here: Rostered) -> HotlineDesk:
    return actions.open_desk(
        exchange=here.hotline.exchange, key="general", kind=DeskKind.GENERAL, region=GAOPING, name_zh="综合席",
        name_en="General desk", by=SYSTEM, at=AT,
    )  # fmt: skip


def test_who_plans_the_region_keeps_its_stations(here: Rostered, planner: Client) -> None:
    assert planner.get(ALL)["Location"] == _page(here)
    assert "Gaoping hotline" in planner.get(ALL + "?all").content.decode()
    far = _client(actor_for(make_staff(Role.DECIDER, 440306_000000), AT))
    assert "No station yet" in far.get(ALL).content.decode()
    addresses = [
        _page(here), _page(here, "name"), _page(here, "desks", here.hotline.desk.pk), _page(here, "shifts", "new"),
        _page(here, "shifts", here.early.pk), _page(here, "people", here.people[0].id), _page(here, "people", "new"),
    ]  # fmt: skip
    for address in addresses:
        assert planner.get(address).status_code == 200, address
        assert far.get(address).status_code == 404, address
        assert far.post(address, {"do": "end", "since": "2026-05-01"}).status_code in {404, 405}, address
        assert _client(here.people[0]).get(address).status_code == 403, address
    assert planner.get(_page(here, "people", 10**9)).status_code == 404
    assert planner.get(_page(here, "desks", 10**9)).status_code == 404
    assert planner.get(_page(here, "shifts", 10**9)).status_code == 404
    assert planner.post(_page(here, "name"), {"do": "burn"}).status_code == 404


def test_a_station_is_opened_with_its_desks_and_says_what_is_missing(here: Rostered, planner: Client) -> None:
    desk = _free_desk(here)
    told = {
        "name_zh": "高平综合站",
        "name_en": "General station",
        "region": "140581",
        "desks": [str(desk.pk)],
        "lawyer": "on",
    }
    wrong = planner.post(ALL + "new/", {**told, "name_zh": "", "region": "Atlantis"})
    assert (wrong.status_code, set(wrong.context["sent"].errors)) == (422, {"name_zh", "region"})
    assert 'value="General station"' in wrong.content.decode()
    elsewhere = planner.post(ALL + "new/", {**told, "region": "440306"})
    assert set(elsewhere.context["sent"].errors) == {"region"}
    assert Station.objects.count() == 1
    done = planner.post(ALL + "new/", told)
    row = Station.objects.get(name_zh="高平综合站")
    assert done["Location"] == f"{ALL}{row.pk}/?done"
    assert (row.approves_swaps, StationDesk.objects.get(station=row).lawyer) == (False, True)
    text = planner.get(done["Location"]).content.decode()
    assert "There is no shift yet." in text
    assert "Nobody is on its rosters yet." in text
    # The first station's desk is open from 8 to 16, and its early shift covers that.
    assert "Still missing" not in planner.get(_page(here)).content.decode()


def test_a_desk_whose_hours_no_shift_covers_is_named(here: Rostered, planner: Client) -> None:
    HotlineDesk.objects.update(hours="22:00-09:00", languages=["zh", "ug"])
    text = planner.get(_page(here)).content.decode()
    assert "no shift covers 00:00–08:00" in text
    assert "promises Uyghur, and nobody here speaks it" in text


def test_promises_change_from_a_month_on(here: Rostered, planner: Client) -> None:
    page = _page(here, "desks", here.hotline.desk.pk)
    wrong = planner.post(page, {**PROMISES, "in_time": "100", "away": "x", "since": "2026-02-01"})
    assert set(wrong.context["sent"].errors) == {"in_time", "away", "since"}
    assert 'value="100"' in wrong.content.decode()
    assert planner.post(page, PROMISES).status_code == 302
    assert [desks_in(month).get().at_least for month in (MARCH, APRIL, MAY)] == [1, 1, 2]
    text = planner.get(_page(here)).content.decode()
    assert "changes with May 2026" in text
    assert "from May 2026" in planner.get(page).content.decode()
    # May asks for two people at each moment, April for one.
    may, april = here.month(MAY), here.month(APRIL)
    assert max(one.people for one in plain_month(may).demands) == 2
    assert max(one.people for one in plain_month(april).demands) == 1
    assert planner.post(page, {"do": "end", "since": "2026-06-01"}).status_code == 302
    assert not desks_in(date(2026, 6, 1)).exists()
    assert "ends with June 2026" in planner.get(_page(here)).content.decode()
    assert planner.post(page, {**PROMISES, "since": "2026-06-01"}).status_code == 302  # and again
    assert desks_in(date(2026, 6, 1)).exists()


def test_a_desk_is_added_once(here: Rostered, planner: Client) -> None:
    assert "staffed already" in planner.get(_page(here, "desks", "new")).content.decode()
    desk = _free_desk(here)
    assert planner.post(_page(here, "desks", "new"), {**PROMISES, "desk": desk.pk}).status_code == 302
    assert "from May 2026" in planner.get(_page(here)).content.decode()
    taken = planner.post(_page(here, "desks", "new"), {**PROMISES, "desk": here.hotline.desk.pk})
    assert set(taken.context["sent"].errors) == {"desk"}


def test_shifts_split_by_night_wrong_ended_and_used_again(here: Rostered, planner: Client) -> None:
    page = _page(here, "shifts", "new")
    half = planner.post(page, {**SHIFT, "second_start": "14:00"})
    assert set(half.context["sent"].errors) == {"second_end"}
    assert 'value="14:00"' in half.content.decode()
    assert set(planner.post(page, {**SHIFT, "first_end": "25:00"}).context["sent"].errors) == {"first_end"}
    assert set(planner.post(page, {**SHIFT, "code": "A"}).context["sent"].errors) == {"code"}
    long = planner.post(page, {**SHIFT, "first_end": "08:00"})  # 23 hours
    assert "at most 11 hours" in long.content.decode()
    assert planner.post(page, {**SHIFT, "second_start": "14", "second_end": "18:00"}).status_code == 302
    assert (
        planner.post(page, {**SHIFT, "code": "N", "first_start": "23:00", "first_end": "7:30"}).status_code
        == 302
    )
    rows = dict(ShiftTemplate.objects.values_list("code", "spans"))
    assert (rows["S"], rows["N"]) == ([[540, 720], [840, 1080]], [[1380, 1890]])
    early = _page(here, "shifts", here.early.pk)
    assert "?like=" in planner.get(early).content.decode()
    assert 'value="08:00"' in planner.get(f"{page}?like={here.early.pk}").content.decode()
    assert planner.get(f"{page}?like=99999999999999999999").status_code == 200
    assert planner.post(early, {"do": "end", "since": "2026-01-01"}).status_code == 422
    assert planner.post(early, {"do": "end", "since": "2026-05-01"}).status_code == 302
    assert str(here.early.pk) not in {one.code for one in plain_month(here.month(MAY)).shifts}
    assert str(here.early.pk) in {one.code for one in plain_month(here.month(APRIL)).shifts}
    assert "last used in April 2026" in planner.get(_page(here)).content.decode()
    assert planner.post(early, {"do": "restore"}).status_code == 302
    assert str(here.early.pk) in {one.code for one in plain_month(here.month(MAY)).shifts}


def test_terms_change_from_a_month_on_are_taken_back_and_end(here: Rostered, planner: Client) -> None:
    who = here.people[2].id
    page = _page(here, "people", who)
    wrong = planner.post(page, {**TERMS, "share": "0", "week_hours": "90", "days_only_until": "2026-13-01"})
    assert wrong.status_code == 422
    assert "days_only_until" in wrong.context["sent"].errors
    assert 'value="90"' in wrong.content.decode()
    assert set(planner.post(page, {**TERMS, "week_hours": "90"}).context["sent"].errors) == {"week_hours"}
    assert set(planner.post(page, {**TERMS, "share": "0"}).context["sent"].errors) == {"share"}
    assert planner.post(page, TERMS).status_code == 302
    april, may = terms_in(APRIL, staff=who).get(), terms_in(MAY, staff=who).get()
    assert (april.lawyer, april.share, may.lawyer, may.share, may.languages) == (
        False,
        100,
        True,
        50,
        ["yue"],
    )
    event = Event.objects.filter(kind="roster.terms_set").latest("id")
    assert (event.payload["since"], event.payload["share"]) == ("2026-05-01", 50)
    assert planner.post(page, {"do": "drop", "since": "2026-05-01"}).status_code == 302
    assert terms_in(MAY, staff=who).get().share == 100
    assert planner.post(page, {"do": "drop", "since": "2026-03-01"}).status_code == 422
    assert planner.post(page, {"do": "end", "since": "2026-05-01"}).status_code == 302
    assert not terms_in(MAY, staff=who).exists()
    assert planner.post(page, {**TERMS, "since": "2026-06-01"}).status_code == 302  # back after a month
    assert [terms_in(month, staff=who).exists() for month in (APRIL, MAY, date(2026, 6, 1))] == [
        True,
        False,
        True,
    ]


def test_nobody_with_published_duties_leaves_the_roster(here: Rostered, planner: Client) -> None:
    roster = here.month()
    here.filled(roster)
    publish(roster_id=roster.pk, by=here.planner, at=AT)
    page = _page(here, "people", here.people[0].id)
    answer = planner.post(page, {"do": "end", "since": "2026-04-01"})
    assert answer.status_code == 422
    assert "04-01, 04-02" in answer.content.decode()
    assert (
        planner.post(
            _page(here, "desks", here.hotline.desk.pk), {"do": "end", "since": "2026-04-01"}
        ).status_code
        == 422
    )
    assert planner.post(_page(here, "name"), {"do": "end"}).status_code == 422
    assert planner.post(page, {"do": "end", "since": "2026-05-01"}).status_code == 302
    # A draft of later months loses the duties of who is gone.
    other = here.people[1].id
    may = here.month(MAY)
    here.filled(may)
    assert planner.post(_page(here, "people", other), {"do": "end", "since": "2026-05-01"}).status_code == 302
    may.refresh_from_db()
    assert not may.duties.filter(staff=other).exists()
    assert may.version == 2


def test_a_person_is_put_on_one_roster(here: Rostered, planner: Client) -> None:
    page, new = _page(here, "people", "new"), make_staff(Role.OPERATOR)
    far = make_staff(Role.OPERATOR, 440306_000000)
    province = make_staff(Role.OPERATOR, 140000_000000)
    nation = make_staff(Role.OPERATOR, 0)  # the national desk answers for itself alone
    text = planner.get(page).content.decode()
    assert f'value="{nation.pk}"' not in text
    assert f'value="{new.pk}"' in text
    assert f'value="{province.pk}"' in text  # the province answers for its counties, too
    assert f'value="{far.pk}"' not in text
    assert f'value="{here.people[0].id}"' not in text
    assert set(planner.post(page, {**TERMS, "staff": far.pk}).context["sent"].errors) == {"staff"}
    assert planner.post(page, {**TERMS, "staff": new.pk, "since": "2026-04-01"}).status_code == 302
    assert DutyTerms.objects.get(staff=new.pk).week_hours == 20


def test_days_off_are_entered_for_somebody_and_taken_back(here: Rostered, planner: Client) -> None:
    who = here.people[0]
    page = _page(here, "people", who.id)
    given = {"do": "absence", "kind": "wish", "first": "2026-04-10", "last": "2026-04-09"}
    assert set(planner.post(page, given).context["sent"].errors) == {"last"}
    assert planner.post(page, {**given, "last": "2026-04-10"}).status_code == 302
    row = Absence.objects.get()
    assert (row.state, row.kind, row.decided_by) == ("approved", "wish", here.planner.id)
    assert "10 April 2026" in planner.get(page).content.decode()
    assert planner.post(page, {"do": "call_off", "row": row.pk}).status_code == 302
    row.refresh_from_db()
    assert row.state == "withdrawn"
    kinds = list(
        Event.objects.filter(kind__startswith="absence.").order_by("id").values_list("kind", flat=True)
    )
    assert kinds == ["absence.entered", "absence.withdrawn"]
    roster = here.month()
    here.filled(roster)
    publish(roster_id=roster.pk, by=here.planner, at=AT)
    taken = planner.post(page, {**given, "first": "2026-04-01", "last": "2026-04-01"})
    assert "There are published duties" in taken.content.decode()


def test_a_station_is_closed_and_opened_again(here: Rostered, planner: Client) -> None:
    page = _page(here, "name")
    assert planner.post(page, {"name_zh": "高平站", "name_en": "Gaoping", "do": "save"}).status_code == 302
    here.station.refresh_from_db()
    assert (here.station.name_en, here.station.approves_swaps) == ("Gaoping", False)
    assert planner.post(page, {"do": "end"}).status_code == 302
    assert not terms_in(APRIL).exists()
    assert not desks_in(APRIL).exists()
    assert terms_in(MARCH).count() == 3  # this month stays what it was
    assert "No station is kept here yet" in planner.get("/desk/hotline/roster/").content.decode()
    assert planner.post(page, {"do": "restore"}).status_code == 302
    text = planner.get(_page(here)).content.decode()
    assert "Closed" not in text
    assert (
        planner.post(_page(here, "people", here.people[0].id), {**TERMS, "since": "2026-04-01"}).status_code
        == 302
    )
    assert terms_in(APRIL).count() == 1


def test_a_station_with_many_people_costs_no_more(
    here: Rostered, planner: Client, django_assert_max_num_queries: Any
) -> None:
    for _number in range(12):
        set_terms(staff=make_staff(Role.OPERATOR).pk, station=here.station, by=SYSTEM, at=AT)
    with django_assert_max_num_queries(14):
        planner.get(_page(here))
    with django_assert_max_num_queries(18):
        planner.get(_page(here, "people", here.people[0].id))


def test_the_need_of_a_day_leads_to_the_days_beside_it(here: Rostered, planner: Client) -> None:
    page = f"/desk/hotline/roster/need/{here.hotline.desk.pk}/"
    text = planner.get(page + "?day=2026-04-01").content.decode()
    assert "?day=2026-03-31" in text
    assert "?day=2026-04-02" in text
    assert [planner.get(f"{page}?day={day}").status_code for day in ("0001-01-01", "9999-12-31", "x")] == [
        404
    ] * 3
