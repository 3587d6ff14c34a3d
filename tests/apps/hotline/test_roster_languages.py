"""A desk that promises a language has somebody on duty who speaks it, and a month that cannot have that says so."""

from __future__ import annotations

import pytest

from nuanxin.audit.actor import SYSTEM
from nuanxin.cases.faults import Refused
from nuanxin.hotline.actions.duties import publish
from nuanxin.hotline.actions.terms import set_terms
from nuanxin.hotline.models import Duty
from nuanxin.hotline.queries.rosters import as_duty, plain_month
from nuanxin.hotline.rules.rosters.answer import NoRoster, Roster
from nuanxin.hotline.rules.rosters.check import check_roster
from nuanxin.hotline.rules.rosters.demand import speaker_at
from nuanxin.hotline.rules.rosters.month import Demand, speaks
from nuanxin.hotline.rules.rosters.solve import solve_month
from tests.apps.hotline.months import MONDAY
from tests.factories.rosters import Rostered, open_station_here
from tests.factories.staff import AT


def test_a_promise_past_midnight_reaches_into_the_next_day():
    late, morning = speaker_at("general", MONDAY, [(1200, 1800)], "ug")
    assert (late.day, late.start, late.end, late.people) == (MONDAY, 1200, 1440, 1)
    assert (morning.day.day - MONDAY.day, morning.start, morning.end) == (1, 0, 360)
    assert late.skills == morning.skills == {speaks("ug")}


@pytest.fixture
def here(db):
    """Mandarin and Uyghur are promised from 08:00 to 16:00; nobody speaks Uyghur yet."""
    rostered = open_station_here(lawyer=False)
    rostered.hotline.desk.languages = ["zh", "ug"]
    rostered.hotline.desk.save()
    return rostered


def speaking(here: Rostered, *places: int) -> None:
    for place in places:
        set_terms(staff=here.people[place].id, station=here.station, languages=["ug"], by=SYSTEM, at=AT)


def test_each_day_asks_for_a_speaker_and_mandarin_is_everybodys(here):
    month = plain_month(here.month())
    asked = [one for one in month.demands if one.skills]
    desk = str(here.hotline.desk.pk)
    assert asked == [Demand(desk, day, 480, 960, 1, frozenset({"speaks:ug"})) for day in month.days]


def test_a_roster_without_a_speaker_is_not_published_and_names_the_language(here):
    roster = here.month()
    here.filled(roster)
    with pytest.raises(Refused) as refused:
        publish(roster_id=roster.pk, by=here.planner, at=AT)
    assert refused.value.code == "breaks_rule"
    assert "会说维吾尔语" in refused.value.sentence("zh-hans")
    assert "speaks Uyghur" in refused.value.sentence("en")
    speaking(here, 0)
    month, duties = plain_month(roster), [as_duty(one) for one in Duty.objects.filter(roster=roster)]
    # The first two sit in turn, four days each: 30 April days less the 16 of the first leave 14 without a speaker.
    assert [one.code for one in check_roster(month, duties)] == ["demand"] * 14
    speaking(here, 0, 1)
    assert publish(roster_id=roster.pk, by=here.planner, at=AT).state == "published"


def test_the_search_sits_speakers_there_or_says_that_they_are_missing(here):
    found = solve_month(plain_month(here.month()), effort=5.0)
    assert isinstance(found, NoRoster)
    assert found.proved
    assert any("会说维吾尔语" in one.text.zh and "speaks Uyghur" in one.text.en for one in found.reasons)
    speaking(here, 1, 2)
    month = plain_month(here.month())
    found = solve_month(month, effort=5.0)
    assert isinstance(found, Roster)
    assert check_roster(month, found.duties) == []
    assert {one.person for one in found.duties} >= {str(here.people[1].id), str(here.people[2].id)}
