"""Stations and terms through the actions: who may, from which month on, and what stays as it was."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.accounts.queries import actor_for
from nuanxin.audit.actor import SYSTEM, Role
from nuanxin.audit.models import Event
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline.actions import stations, terms
from nuanxin.hotline.actions.absences import ask_absence
from nuanxin.hotline.actions.duties import publish
from nuanxin.hotline.models import DutyTerms
from nuanxin.hotline.queries.rosters import plain_month
from nuanxin.hotline.queries.terms import desks_in, terms_in, terms_of
from nuanxin.hotline.rules.rosters.answer import Because
from nuanxin.hotline.rules.rosters.hours import read_spans, uncovered
from nuanxin.hotline.rules.rosters.month import Demand
from nuanxin.hotline.rules.rosters.wording import sentence
from tests.apps.hotline.months import EARLY, LATE, MONDAY, NIGHT, month, people
from tests.factories.rosters import APRIL, Rostered, open_station_here
from tests.factories.staff import AT, GAOPING, make_staff

MARCH, MAY, JUNE = date(2026, 3, 1), date(2026, 5, 1), date(2026, 6, 1)
SHENZHEN = 440306_000000


@pytest.fixture
def here() -> Rostered:
    return open_station_here()


@pytest.mark.django_db
def test_a_month_has_the_terms_that_held_when_it_began(here):
    who = here.people[2].id
    given = {"staff": who, "station": here.station, "by": here.planner, "at": AT}
    terms.set_terms(share=50, since=MAY, **given)
    terms.set_terms(share=80, since=date(2026, 4, 15), **given)  # any day of a month means the month
    assert [terms_in(one, staff=who).get().share for one in (MARCH, APRIL, MAY, JUNE)] == [100, 80, 50, 50]
    shares = [
        {one.code: one.share for one in plain_month(here.month(m)).people}[str(who)] for m in (APRIL, MAY)
    ]
    assert shares == [80, 50]
    terms.set_terms(share=60, since=MAY, **given)  # the same month again corrects it
    assert DutyTerms.objects.filter(staff=who).count() == 3
    for past in (date(2026, 2, 1), date(2030, 1, 1)):
        with pytest.raises(Refused, match="bad_month"):
            terms.set_terms(since=past, **given)


@pytest.mark.django_db
def test_who_begins_next_month_may_ask_for_days_off_already(here):
    new = make_staff(Role.OPERATOR)
    assert terms_of(new.pk, AT.date()) is None
    terms.set_terms(staff=new.pk, station=here.station, since=MAY, by=here.planner, at=AT)
    coming = terms_of(new.pk, AT.date())
    assert coming is not None
    assert coming.since == MAY
    assert ask_absence(kind="wish", first=MAY, last=MAY, by=actor_for(new, AT), at=AT).pk


@pytest.mark.django_db
def test_a_person_goes_to_another_station_without_duties_left_behind(here):
    other = stations.open_station(region=GAOPING, name_zh="高平二站", by=SYSTEM, at=AT)
    roster = here.month()
    here.filled(roster)
    publish(roster_id=roster.pk, by=here.planner, at=AT)
    given = {"staff": here.people[0].id, "station": other, "by": here.planner, "at": AT}
    with pytest.raises(Refused, match="on_duty"):
        terms.set_terms(since=APRIL, **given)
    terms.set_terms(since=MAY, **given)
    assert [terms_in(one, staff=here.people[0].id).get().station_id for one in (APRIL, MAY)] == [
        here.station.pk, other.pk,
    ]  # fmt: skip
    far = actor_for(make_staff(Role.DECIDER, SHENZHEN), AT)
    with pytest.raises(NotPermitted):
        terms.end_terms(staff=here.people[0].id, station=other, since=JUNE, by=far, at=AT)


@pytest.mark.django_db
def test_a_desk_goes_to_another_station_with_its_promises(here):
    other = stations.open_station(region=GAOPING, name_zh="高平二站", by=SYSTEM, at=AT)
    desk = here.hotline.desk
    stations.staff_desk(station=here.station, desk=desk, in_time=70, by=here.planner, at=AT)
    stations.staff_desk(station=other, desk=desk, since=MAY, by=here.planner, at=AT)
    rows = {one: desks_in(one, desk=desk).get() for one in (APRIL, MAY)}
    assert [row.station_id for row in rows.values()] == [here.station.pk, other.pk]
    assert [row.in_time for row in rows.values()] == [70, 70]
    with pytest.raises(Refused, match="bad_promise"):
        stations.staff_desk(station=other, desk=desk, away=91, by=here.planner, at=AT)
    far = actor_for(make_staff(Role.DECIDER, SHENZHEN), AT)
    for act in (
        lambda: stations.unstaff_desk(station=other, desk_id=desk.pk, since=MAY, by=far, at=AT),
        lambda: stations.alter_station(other.pk, name_zh="x", name_en="", approves_swaps=True, by=far, at=AT),
        lambda: stations.close_station(other.pk, by=far, at=AT),
        lambda: stations.end_shift(shift=here.early, since=MAY, by=far, at=AT),
        lambda: stations.restore_shift(shift=here.early, by=far, at=AT),
    ):
        with pytest.raises(NotPermitted):
            act()


@pytest.mark.django_db
def test_every_change_is_on_record_once(here):
    before = Event.objects.count()
    given = {"name_zh": "高平站", "name_en": "Gaoping", "approves_swaps": False, "by": here.planner, "at": AT}
    stations.alter_station(here.station.pk, **given)
    stations.alter_station(here.station.pk, **given)  # nothing changes
    stations.close_station(here.station.pk, by=here.planner, at=AT)
    stations.close_station(here.station.pk, by=here.planner, at=AT)
    stations.reopen_station(here.station.pk, by=here.planner, at=AT)
    stations.reopen_station(here.station.pk, by=here.planner, at=AT)
    kinds = list(Event.objects.order_by("id").values_list("kind", flat=True))[before:]
    assert kinds == ["roster.station_altered", "roster.station_closed", "roster.station_reopened"]


SPANS = st.lists(st.tuples(st.integers(0, 1439), st.integers(1, 1440)), max_size=4)


@given(st.integers(0, 1439), st.integers(1, 1440), SPANS)
def test_uncovered_hours_are_just_those_in_which_nobody_works(start, length, drawn):
    shifts = [[(begin, begin + long)] for begin, long in drawn]
    at_work = {minute % 1440 for spans in shifts for begin, end in spans for minute in range(begin, end)}
    gaps = uncovered((start, start + length), shifts)
    inside = {minute for begin, end in gaps for minute in range(begin, end)}
    assert inside == {minute for minute in range(start, start + length) if minute % 1440 not in at_work}
    assert all(before[1] < after[0] for before, after in pairwise(gaps))


def test_spans_as_people_write_them():
    table = {
        ("08:00-16:00",): [(480, 960)],
        ("23:00-08:00",): [(1380, 1920)],
        ("09:00-12:00", "14:00-18:00"): [(540, 720), (840, 1080)],
        ("20:00-23:00", "01:00-04:00"): [(1200, 1380), (1500, 1680)],
        ("16:00-24:00",): [(960, 1440)],
    }
    assert {texts: read_spans(texts) for texts in table} == table


def test_a_reason_says_that_one_shift_does_not_reach():
    """One lawyer for 08:00 to 24:00: there is one, and they have one shift a day. With the early hours alone one can."""
    asked = month(MONDAY, MONDAY + timedelta(1), people=people(2, lawyers=1), shifts=(EARLY, LATE, NIGHT))
    long = Demand("general", MONDAY, 480, 1440, 1, frozenset({"lawyer"}))
    told = sentence(asked, Because("demand", demand=long))
    assert told.zh.endswith("可安排的有1人：甲0。一人一天只上一个班，没有一个班次能覆盖全部时间。")
    assert told.en.endswith("A person has one shift a day, and no shift covers all of these hours.")
    short = Demand("general", MONDAY, 480, 960, 1, frozenset({"lawyer"}))
    assert "one shift a day" not in sentence(asked, Because("demand", demand=short)).en
