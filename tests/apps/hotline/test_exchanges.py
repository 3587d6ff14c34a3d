"""A duty for a duty: both checked at once, agreed by the colleague, approved where the station says so, and moved together
or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from nuanxin.audit.actor import SYSTEM, Actor
from nuanxin.audit.models import Event
from nuanxin.audit.verify import verify
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline.actions import swaps
from nuanxin.hotline.actions.duties import keep_duties, publish, set_duty
from nuanxin.hotline.models import Duty, RosterMonth, Station, Swap
from nuanxin.hotline.queries.rosters import as_duty, month_start, plain_month
from nuanxin.hotline.rules.rosters import month as plain
from nuanxin.hotline.rules.rosters.check import check_roster
from nuanxin.notices.models import Notice
from tests.apps.hotline.test_races import together
from tests.factories.rosters import APRIL, Rostered, open_station_here
from tests.factories.staff import AT

LATER = AT + timedelta(minutes=5)


@pytest.fixture
def here() -> Rostered:
    """The two lawyers have four days each in turn: the first 1 to 4 April, the second 5 to 8, and so on."""
    here = open_station_here()
    roster = here.month()
    here.filled(roster)
    publish(roster_id=roster.pk, by=here.planner, at=AT)
    return here


def _on(here: Rostered, person: int, day: int) -> Duty:
    return Duty.objects.get(staff=here.people[person].id, day=APRIL + timedelta(day - 1))


def _proposed(here: Rostered, mine: int = 3, theirs: int = 6) -> Swap:
    """The first lawyer's day for the second's."""
    return swaps.propose(
        duty_id=_on(here, 0, mine).pk, in_return=_on(here, 1, theirs).pk, by=here.people[0], at=AT
    )


def _whose(*duties: Duty) -> list[int]:
    return [Duty.objects.get(pk=one.pk).staff for one in duties]


def _code(act: Callable[[], Any]) -> str:
    try:
        act()
    except Refused as refused:
        return refused.code
    return ""


@pytest.mark.django_db
def test_both_duties_move_once_it_is_agreed_and_approved(here):
    first, second = here.people[:2]
    mine, theirs = _on(here, 0, 3), _on(here, 1, 6)
    swap = _proposed(here)
    assert _proposed(here).pk == swap.pk  # pressed twice
    assert Notice.objects.get(template="duty_exchange").staff_id == second.id
    with pytest.raises(NotPermitted):  # it was not offered to everybody
        swaps.take(swap_id=swap.pk, by=here.people[2], at=LATER)
    with pytest.raises(Refused, match="settled"):
        swaps.decide(swap_id=swap.pk, approve=True, by=here.planner, at=LATER)
    swaps.take(swap_id=swap.pk, by=second, at=LATER)
    assert _whose(mine, theirs) == [first.id, second.id]
    swaps.decide(swap_id=swap.pk, approve=True, by=here.planner, at=LATER)
    assert _whose(mine, theirs) == [second.id, first.id]
    moved = Event.objects.filter(kind="roster.swapped").order_by("id")
    assert [(one.payload["staff"], one.payload["to"]) for one in moved] == [
        (first.id, second.id), (second.id, first.id),
    ]  # fmt: skip
    roster = RosterMonth.objects.get()
    assert not check_roster(plain_month(roster), [as_duty(one) for one in Duty.objects.all()])
    assert list(verify()) == []


@pytest.mark.django_db
def test_where_the_station_asks_for_no_approval_agreeing_is_enough(here):
    Station.objects.update(approves_swaps=False)
    mine, theirs = _on(here, 0, 3), _on(here, 1, 6)
    swap = _proposed(here)
    swaps.take(swap_id=swap.pk, by=here.people[1], at=LATER)
    assert _whose(mine, theirs) == [here.people[1].id, here.people[0].id]
    assert Swap.objects.get().state == Swap.State.APPROVED


@pytest.mark.django_db
def test_two_shifts_of_one_day_change_hands():
    """Both have a shift on the fourth: for no moment may one of them have two. On the second the late shift would end eight
    hours before the first lawyer's next early one."""
    here = _whole_month(open_station_here(lawyer=False))
    first, third = here.people[0], here.people[2]
    for seen, day in enumerate((2, 4), start=RosterMonth.objects.get().version):
        set_duty(
            roster_id=RosterMonth.objects.get().pk, staff=third.id, day=APRIL + timedelta(day - 1),
            shift=here.late.pk, desk=here.hotline.desk.pk, seen=seen, by=here.planner, at=AT,
        )  # fmt: skip
    with pytest.raises(Refused) as refused:
        swaps.propose(duty_id=_on(here, 0, 2).pk, in_return=_on(here, 2, 2).pk, by=first, at=AT)
    assert "不到11小时" in refused.value.zh
    early, late = _on(here, 0, 4), _on(here, 2, 4)
    swap = swaps.propose(duty_id=early.pk, in_return=late.pk, by=first, at=AT)
    swaps.take(swap_id=swap.pk, by=third, at=LATER)
    swaps.decide(swap_id=swap.pk, approve=True, by=here.planner, at=LATER)
    assert _whose(early, late) == [third.id, first.id]


@pytest.mark.django_db
def test_what_one_of_the_two_would_break_is_refused_before_anybody_is_asked(here):
    """The third person is no lawyer: their day for a lawyer's leaves the desk without one."""
    roster = RosterMonth.objects.get()
    third, day = here.people[2], APRIL + timedelta(5)
    set_duty(
        roster_id=roster.pk, staff=third.id, day=day, shift=here.late.pk, desk=here.hotline.desk.pk,
        seen=roster.version, by=here.planner, at=AT,
    )  # fmt: skip
    theirs = Duty.objects.get(staff=third.id)
    before = sorted(Duty.objects.values_list("pk", "staff"))
    with pytest.raises(Refused) as refused:
        swaps.propose(duty_id=_on(here, 0, 3).pk, in_return=theirs.pk, by=here.people[0], at=AT)
    assert "律师" in refused.value.zh
    assert sorted(Duty.objects.values_list("pk", "staff")) == before
    assert not Swap.objects.exists()


@pytest.mark.django_db
def test_an_exchange_over_two_months_is_checked_in_both(here):
    may = here.month(month_start(APRIL, 1))
    here.filled(may)
    publish(roster_id=may.pk, by=here.planner, at=AT)
    mine = _on(here, 0, 3)
    theirs = Duty.objects.filter(roster=may, staff=here.people[1].id).earliest("day")
    swap = swaps.propose(duty_id=mine.pk, in_return=theirs.pk, by=here.people[0], at=AT)
    swaps.take(swap_id=swap.pk, by=here.people[1], at=LATER)
    versions = dict(RosterMonth.objects.values_list("pk", "version"))
    swaps.decide(swap_id=swap.pk, approve=True, by=here.planner, at=LATER)
    assert _whose(mine, theirs) == [here.people[1].id, here.people[0].id]
    assert all(
        version == versions[pk] + 1 for pk, version in RosterMonth.objects.values_list("pk", "version")
    )


@pytest.mark.django_db
def test_it_is_turned_down_or_taken_back_before_it_is_decided(here):
    swap = _proposed(here)
    swaps.withdraw(swap_id=swap.pk, by=here.people[1], at=LATER)
    assert Swap.objects.get().state == Swap.State.REFUSED
    assert Notice.objects.filter(template="duty_answered", staff_id=here.people[0].id).exists()
    again = _proposed(here)
    swaps.take(swap_id=again.pk, by=here.people[1], at=LATER)
    swaps.withdraw(swap_id=again.pk, by=here.people[0], at=LATER)
    with pytest.raises(Refused, match="settled"):
        swaps.decide(swap_id=again.pk, approve=True, by=here.planner, at=LATER)
    assert _whose(_on(here, 0, 3), _on(here, 1, 6)) == [here.people[0].id, here.people[1].id]


@pytest.mark.django_db
def test_one_duty_is_promised_to_one(here):
    """The second lawyer is asked twice for the same day; what is promised to one is not promised to another."""
    one, two = _proposed(here, 3, 6), _proposed(here, 4, 6)
    swaps.take(swap_id=one.pk, by=here.people[1], at=LATER)
    with pytest.raises(Refused, match="promised"):
        swaps.take(swap_id=two.pk, by=here.people[1], at=LATER)
    with pytest.raises(Refused, match="promised"):
        swaps.offer(duty_id=_on(here, 1, 6).pk, by=here.people[1], at=LATER)
    swaps.decide(swap_id=one.pk, approve=True, by=here.planner, at=LATER)
    two.refresh_from_db()
    assert two.state == Swap.State.WITHDRAWN  # the day it asked for has gone
    assert Event.objects.filter(kind="swap.lapsed").count() == 1


@pytest.mark.django_db
def test_a_duty_that_was_offered_to_all_may_be_promised_in_return(here):
    """The offer ends with the promise; one that somebody has taken already stands in its way."""
    swap, offered = _proposed(here), swaps.offer(duty_id=_on(here, 1, 6).pk, by=here.people[1], at=AT)
    swaps.take(swap_id=swap.pk, by=here.people[1], at=LATER)
    offered.refresh_from_db()
    assert offered.state == Swap.State.WITHDRAWN
    with pytest.raises(Refused, match="settled"):
        swaps.take(swap_id=offered.pk, by=here.people[2], at=LATER)
    other, taken = _proposed(here, 4, 7), swaps.offer(duty_id=_on(here, 1, 7).pk, by=here.people[1], at=AT)
    swaps.take(swap_id=taken.pk, by=here.people[2], at=LATER)
    with pytest.raises(Refused, match="promised"):
        swaps.take(swap_id=other.pk, by=here.people[1], at=LATER)


@pytest.mark.django_db
def test_a_duty_that_moved_meanwhile_takes_the_swap_with_it(here):
    swap = _proposed(here)
    swaps.take(swap_id=swap.pk, by=here.people[1], at=LATER)
    roster = RosterMonth.objects.get()
    third = here.people[2]
    theirs = _on(here, 1, 6)
    # Who plans gives the sixth, with a lawyer besides, to somebody else: first one more, then one fewer would break it;
    # so the shift is set anew, which is another duty.
    set_duty(
        roster_id=roster.pk, staff=here.people[1].id, day=theirs.day, shift=here.early.pk,
        desk=here.hotline.desk.pk, seen=roster.version, by=here.planner, at=LATER,
    )  # fmt: skip
    with pytest.raises(Refused, match="settled"):
        swaps.decide(swap_id=swap.pk, approve=True, by=here.planner, at=LATER)
    assert Event.objects.filter(kind="swap.lapsed").count() == 1
    assert {here.people[0].id, here.people[1].id} <= set(
        Notice.objects.filter(template="duty_answered").values_list("staff_id", flat=True)
    )
    # Moved by other hands, and still the same row.
    again = _proposed(here, 3, 7)
    Duty.objects.filter(returns=again).update(staff=third.id)
    with pytest.raises(Refused, match="moved"):
        swaps.take(swap_id=again.pk, by=here.people[1], at=LATER)


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["own", "elsewhere", "draft", "begun"])
def test_what_cannot_be_asked_for(here, what):
    mine = _on(here, 0, 3)
    given = {"duty_id": mine.pk, "in_return": _on(here, 1, 6).pk, "by": here.people[0], "at": AT}
    if what == "own":
        given["in_return"] = _on(here, 0, 4).pk
    elif what == "elsewhere":
        given["in_return"] = 10**9
    elif what == "draft":
        may = here.month(month_start(APRIL, 1))
        here.filled(may)
        given["in_return"] = Duty.objects.filter(roster=may, staff=here.people[1].id).earliest("day").pk
    else:
        given["at"] = Duty.objects.get(pk=given["in_return"]).starts_at
    with pytest.raises((NotPermitted, Refused)):
        swaps.propose(**given)
    assert not Swap.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_accept_at_the_same_instant() -> None:
    """An open offer has one taker; two exchanges that promise one duty have one, too; every duty keeps one person."""
    here = _whole_month(open_station_here())
    first, second = here.people[:2]

    def take(swap: Swap, by: Actor) -> str:
        return _code(lambda: swaps.take(swap_id=swap.pk, by=by, at=LATER))

    for day in (1, 2, 3):
        swap = swaps.offer(duty_id=_on(here, 0, day).pk, by=first, at=AT)
        told = together(lambda: take(swap, second), lambda: take(swap, here.people[2]))  # noqa: B023
        assert sorted(told) == ["", "settled"]
    for mine, other, theirs in ((9, 10, 5), (11, 12, 6)):
        one, two = _proposed(here, mine, theirs), _proposed(here, other, theirs)
        told = together(lambda: take(one, second), lambda: take(two, second))  # noqa: B023
        assert sorted(told) == ["", "promised"]
    assert Duty.objects.count() == 30
    assert list(verify()) == []


@pytest.mark.django_db(transaction=True)
def test_an_exchange_approved_while_who_plans_moves_the_duty() -> None:
    """Either the exchange stands and the plan is refused as stale, or the plan stands and the exchange is gone."""
    here = _whole_month(open_station_here())
    for mine, theirs in ((1, 5), (2, 6), (3, 7)):
        swap = _proposed(here, mine, theirs)
        swaps.take(swap_id=swap.pk, by=here.people[1], at=LATER)
        seen, other = RosterMonth.objects.get().version, _on(here, 1, theirs)
        told = together(
            lambda: _code(lambda: swaps.decide(swap_id=swap.pk, approve=True, by=here.planner, at=LATER)),  # noqa: B023
            lambda: _code(
                lambda: set_duty(
                    roster_id=other.roster_id, staff=here.people[1].id, day=other.day, shift=here.early.pk,  # noqa: B023
                    desk=here.hotline.desk.pk, seen=seen, by=here.planner, at=LATER,  # noqa: B023
                )
            ),
        )  # fmt: skip
        assert told in (["", "stale"], ["settled", ""]), told
        assert Duty.objects.count() == 30
        roster = RosterMonth.objects.get()
        assert not check_roster(plain_month(roster), [as_duty(one) for one in Duty.objects.all()])
        if told[0]:  # the exchange is gone; the next round begins from the same month
            assert not Swap.objects.filter(pk=swap.pk).exists()
    assert list(verify()) == []


def _whole_month(here: Rostered) -> Rostered:
    roster = here.month()
    days = [APRIL + timedelta(n) for n in range(30)]
    duties = [
        plain.Duty(day, str(here.people[n // 4 % 2].id), str(here.early.pk), str(here.hotline.desk.pk))
        for n, day in enumerate(days)
    ]
    keep_duties(roster=roster, duties=duties, by=SYSTEM, at=AT)
    publish(roster_id=roster.pk, by=here.planner, at=AT)
    return here
