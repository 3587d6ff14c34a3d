"""Rosters found by the solver, looked over by a checker that shares nothing with it; months without one, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nuanxin.hotline.rules.rosters import solve
from nuanxin.hotline.rules.rosters.answer import NoRoster, Reason, Roster
from nuanxin.hotline.rules.rosters.check import check_roster
from nuanxin.hotline.rules.rosters.demand import lawyer_at
from nuanxin.hotline.rules.rosters.explain import reasons_of
from nuanxin.hotline.rules.rosters.month import Demand, Duty, Fixed, Month, Person
from nuanxin.hotline.rules.rosters.solve import solve_month
from nuanxin.hotline.rules.rosters.weights import cost_of
from tests.apps.hotline.months import EARLY, GENERAL, LATE, MONDAY, WAGES, days, month, people

EFFORT = 6.0


def _round_the_clock(count: int) -> tuple[Demand, ...]:
    return tuple(Demand("general", day, 480 if day == MONDAY else 0, 1440, 1) for day in days(MONDAY, count))


def _weeks(**more: Any) -> Month:
    told = {"people": people(7), "demands": _round_the_clock(14)} | more
    return month(MONDAY, MONDAY + timedelta(13), **told)


def test_two_weeks_round_the_clock_are_shared_fairly():
    found = solve_month(_weeks(), EFFORT)
    assert isinstance(found, Roster)
    assert check_roster(_weeks(), found.duties) == []
    assert (found.proved, found.cost) == (True, 0)
    assert found.night_spread <= 1
    # 14 early, 14 late and 13 nights are enough; cost 0 says that nobody sits there without need.
    assert len(found.duties) == 41


def test_the_same_month_gives_the_same_roster():
    assert solve_month(_weeks(), EFFORT) == solve_month(_weeks(), EFFORT)


def test_carried_nights_even_out():
    """Late and night shifts both touch the night: 27 of them; who has had five already gets fewer."""
    tired = (replace(people(7)[0], carried_nights=4), *people(7)[1:])
    found = solve_month(_weeks(people=tired), EFFORT)
    assert isinstance(found, Roster)
    assert found.night_spread <= 1
    nights = [duty for duty in found.duties if duty.person == "p0" and duty.shift != "early"]
    # 27 nights and 4 carried are 31 for 7 people: 4 or 5 each, so at most one more for p0.
    assert len(nights) <= 1


def test_special_desks_have_a_lawyer_and_wishes_hold():
    asked = month(
        MONDAY,
        MONDAY + timedelta(6),
        desks=(WAGES, GENERAL),
        people=people(8, lawyers=4),
        demands=tuple(
            one
            for day in days(MONDAY, 7)
            for one in (*lawyer_at("wages", day, [(480, 1440)]), Demand("general", day, 480, 960, 1))
        ),
        fixed=(Fixed("p0", MONDAY, "late", "wages"), Fixed("p5", MONDAY, None)),
    )
    found = solve_month(asked, EFFORT)
    assert isinstance(found, Roster)
    assert check_roster(asked, found.duties) == []
    assert Duty(MONDAY, "p0", "late", "wages") in found.duties


TINY = st.fixed_dictionaries(
    {
        "demands": st.lists(
            st.builds(
                Demand,
                desk=st.just("general"),
                day=st.sampled_from(days(MONDAY, 3)),
                start=st.sampled_from([480, 720]),
                end=st.sampled_from([900, 1200]),
                people=st.integers(1, 2),
                skills=st.sampled_from([frozenset(), frozenset({"lawyer"})]),
            ),
            min_size=1,
            max_size=4,
        ).map(tuple),
        "people": st.tuples(
            *(
                st.builds(
                    Person,
                    code=st.just(f"p{n}"),
                    name=st.just(f"甲{n}"),
                    skills=st.just(frozenset({"lawyer"} if n else ())),
                    leave=st.frozensets(st.sampled_from(days(MONDAY, 3)), max_size=1),
                )
                for n in range(2)
            )
        ),
    }
)


def _rosters(asked: Month) -> Iterator[list[Duty]]:
    """Every roster that there is: each person free, early or late on each day."""
    for choice in product((None, "early", "late"), repeat=6):
        cells = zip(product(days(MONDAY, 3), ("p0", "p1")), choice, strict=True)
        yield [Duty(day, who, shift, "general") for (day, who), shift in cells if shift]


@settings(max_examples=20, deadline=None)
@given(TINY)
def test_the_solver_agrees_with_trying_everything(told):
    asked = month(MONDAY, MONDAY + timedelta(2), shifts=(EARLY, LATE), **told)
    good = [duties for duties in _rosters(asked) if not check_roster(asked, duties)]
    found = solve_month(asked, EFFORT)
    if isinstance(found, NoRoster):
        assert not good
        assert found.reasons
    else:
        assert check_roster(asked, found.duties) == []
        assert found.proved
        assert found.cost == min(cost_of(asked, duties) for duties in good)


def _codes(asked: Month) -> tuple[list[str], tuple[Reason, ...]]:
    found = solve_month(asked, EFFORT)
    assert isinstance(found, NoRoster)
    assert found.proved
    assert all(reason.text.zh and reason.text.en for reason in found.reasons)
    return sorted(reason.code for reason in found.reasons), found.reasons


def test_a_desk_without_its_lawyer_says_who_is_away():
    wang, li = people(2, lawyers=1)
    wang = replace(wang, name="王芳", leave=frozenset({MONDAY}))
    asked = month(
        MONDAY,
        MONDAY,
        desks=(WAGES,),
        people=(wang, li),
        demands=lawyer_at("wages", MONDAY, [(480, 960)]),
    )
    codes, reasons = _codes(asked)
    assert codes == ["demand", "leave", "too_few"]
    assert reasons[0].text.en == (
        "Wages desk on 2 March 2026, 08:00–16:00, needs 1 person (lawyer); 0 can sit there; "
        "on leave that day: 王芳."
    )
    assert reasons[0].text.zh == (
        "欠薪专席2026年3月2日08:00–16:00需要1人（律师），可安排的有0人；当天请假：王芳。"
    )
    assert reasons[-1].text.zh == "至少还缺1人（律师）。"


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        # No shift begins before 8:00 when nights are struck out.
        ({"shifts": (EARLY, LATE), "demands": (Demand("general", MONDAY, 420, 540, 1),)}, ["no_shift"]),
        # The first morning belongs to the night before, which nobody was named for.
        ({"demands": (Demand("general", MONDAY, 0, 480, 1),)}, ["before"]),
        # One person late today and early tomorrow.
        (
            {
                "people": people(1),
                "demands": (
                    Demand("general", MONDAY, 960, 1300, 1),
                    Demand("general", MONDAY + timedelta(1), 480, 960, 1),
                ),
            },
            ["demand", "demand", "rest"],
        ),
        # Seven early shifts for one person leave no day of rest.
        (
            {
                "people": people(1),
                "demands": tuple(Demand("general", day, 480, 960, 1) for day in days(MONDAY, 7)),
            },
            ["demand"] * 7 + ["rest_day"],
        ),
        # The night is asked of one who does not work at night.
        (
            {"people": people(1, nights=False), "demands": (Demand("general", MONDAY, 1390, 1440, 1),)},
            ["demand", "no_nights"],
        ),
        # Two agreed things that cannot both be.
        (
            {"fixed": (Fixed("p0", MONDAY, "late"), Fixed("p0", MONDAY + timedelta(1), "early"))},
            ["fixed", "fixed", "rest"],
        ),
        # A swap into a day of leave.
        (
            {"people": people(1, leave=frozenset({MONDAY})), "fixed": (Fixed("p0", MONDAY, "early"),)},
            ["fixed", "leave"],
        ),
    ],
)
def test_a_month_without_a_roster_names_a_small_set_of_rules(told, codes):
    asked = month(MONDAY, MONDAY + timedelta(6), **told)
    assert _codes(asked)[0] == codes


def test_hours_that_no_month_allows():
    """One person, six days a week: 8 hours of overtime a week, more than 15 in two weeks."""
    demands = tuple(Demand("general", day, 480, 960, 1) for day in days(MONDAY, 14) if day.weekday() < 6)
    asked = _weeks(people=people(1), demands=demands)
    asked = replace(asked, limits=replace(asked.limits, overtime_month=15 * 60))
    codes, reasons = _codes(asked)
    assert codes == ["demand"] * 12 + ["overtime"]
    assert any("Labour Law art. 41" in one.text.en for one in reasons)  # the 40 hours: the provisions, art. 3
    assert isinstance(
        solve_month(replace(asked, limits=replace(asked.limits, overtime_month=16 * 60))), Roster
    )


def test_every_reason_is_needed():
    """Without any one of the demands named there is a roster of the rest: nothing is named in vain."""
    asked = month(MONDAY, MONDAY + timedelta(6), people=people(2), demands=_round_the_clock(7))
    asked = replace(asked, limits=replace(asked.limits, rest=0))  # so that one day alone can be had
    reasons = reasons_of(asked)
    demands = [reason.demand for reason in reasons if reason.demand]
    assert demands
    assert reasons_of(replace(asked, demands=tuple(demands)))
    for left_out in demands:
        assert reasons_of(replace(asked, demands=tuple(one for one in demands if one != left_out))) == ()


def test_a_wrong_question_is_refused_with_every_fault():
    with pytest.raises(ValueError, match=r"demand 0: .*; fixed nobody"):
        solve_month(
            month(
                MONDAY,
                MONDAY,
                demands=(Demand("nowhere", MONDAY, 0, 60, 1),),
                fixed=(Fixed("nobody", MONDAY, None),),
            )
        )


def test_a_month_that_is_not_decided_says_which_hours_stay_open(monkeypatch):
    """Where nothing is proved: the best roster that keeps all rules but some demands, and those in words."""
    asked = month(MONDAY, MONDAY + timedelta(6), people=people(2), demands=_round_the_clock(7))
    monkeypatch.setattr(solve, "reasons_of", lambda *_: ())
    found = solve_month(asked, EFFORT)
    assert isinstance(found, NoRoster)
    assert not found.proved
    assert {fault.code for fault in check_roster(asked, found.best)} == {"demand"}
    assert {reason.code for reason in found.reasons} == {"open"}
    assert len(found.reasons) < 7
    assert "The best roster found lacks 1 here" in found.reasons[0].text.en
    assert "还缺1人" in found.reasons[0].text.zh
