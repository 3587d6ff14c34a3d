"""Months of duty through the actions: drafts, changes by hand, publishing, leave, swaps, and who may do what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from nuanxin.accounts.queries import actor_for
from nuanxin.audit.actor import SYSTEM, Role
from nuanxin.audit.models import Event
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline.actions import absences, swaps
from nuanxin.hotline.actions.duties import begin_month, publish, set_duty
from nuanxin.hotline.actions.stations import add_shift
from nuanxin.hotline.actions.terms import set_terms
from nuanxin.hotline.models import Absence, Duty, RosterMonth, Swap
from nuanxin.hotline.queries.rosters import (
    as_duty,
    carried,
    duties_of,
    duty_now,
    moment,
    month_start,
    on_duty,
    plain_month,
    works_at,
)
from nuanxin.hotline.rules.rosters.check import check_roster
from nuanxin.notices.models import Notice
from tests.factories.rosters import APRIL, Rostered, open_station_here
from tests.factories.staff import AT, make_staff

pytestmark = pytest.mark.django_db
NIGHT = [(1380, 1920)]
SPLIT = [(540, 720), (840, 1080)]


@pytest.fixture
def here() -> Rostered:
    return open_station_here()


def _publish(here: Rostered) -> RosterMonth:
    roster = here.month()
    here.filled(roster)
    return publish(roster_id=roster.pk, by=here.planner, at=AT)


def _version(roster: RosterMonth) -> int:
    return RosterMonth.objects.get(pk=roster.pk).version


def test_a_whole_month_is_published_once_and_each_person_hears_of_it(here):
    roster = _publish(here)
    publish(roster_id=roster.pk, by=here.planner, at=AT)
    assert roster.state == RosterMonth.State.PUBLISHED
    told = Notice.objects.filter(template="duty_published")
    assert set(told.values_list("staff_id", flat=True)) == {one.id for one in here.people[:2]}
    assert Event.objects.filter(kind="roster.published").count() == 1
    assert [one.day for one in duties_of(here.people[0].id, APRIL, APRIL + timedelta(6))] == [
        APRIL + timedelta(n) for n in range(4)
    ]


def test_a_part_of_a_month_is_never_published(here):
    roster = here.month()
    duties = here.filled(roster)
    set_duty(
        roster_id=roster.pk,
        staff=duties[9].staff,
        day=duties[9].day,
        seen=_version(roster),
        by=here.planner,
        at=AT,
    )
    with pytest.raises(Refused) as refused:
        publish(roster_id=roster.pk, by=here.planner, at=AT)
    assert "2026年4月10日08:00–16:00还缺1人" in refused.value.zh
    assert "10 April 2026, 08:00–16:00: 1 missing" in refused.value.en
    roster.refresh_from_db()
    assert roster.state == RosterMonth.State.DRAFT


def test_a_change_by_hand_answers_with_its_faults(here):
    roster = here.month()
    duties = here.filled(roster)
    day = duties[0].day
    # The lawyer of the first day in the late shift: the desk has nobody in its hours, and the next morning is too near.
    faults = set_duty(
        roster_id=roster.pk, staff=duties[0].staff, day=day, shift=here.late.pk, desk=here.hotline.desk.pk,
        seen=_version(roster), by=here.planner, at=AT,
    )  # fmt: skip
    assert {one.code for one in faults} == {"demand", "rest"}
    with pytest.raises(Refused, match="stale"):
        set_duty(roster_id=roster.pk, staff=duties[0].staff, day=day, seen=0, by=here.planner, at=AT)


@pytest.mark.parametrize("what", [{"shift": 10**6}, {"desk": 10**6}, {"staff": 10**6}])
def test_what_is_not_there_cannot_be_set(here, what):
    roster = here.month()
    given = {"staff": here.people[0].id, "shift": here.early.pk, "desk": here.hotline.desk.pk} | what
    with pytest.raises(Refused, match="choose_one"):
        set_duty(roster_id=roster.pk, day=APRIL, seen=0, by=here.planner, at=AT, **given)


def test_a_published_month_takes_no_change_that_breaks_a_rule(here):
    roster = _publish(here)
    duty = Duty.objects.get(roster=roster, day=APRIL)
    with pytest.raises(Refused, match="breaks_rule"):
        set_duty(
            roster_id=roster.pk, staff=duty.staff, day=APRIL, seen=roster.version, by=here.planner, at=AT
        )
    assert Duty.objects.filter(pk=duty.pk).exists()
    set_duty(  # the third person sits there too: nothing breaks, and they are told
        roster_id=roster.pk, staff=here.people[2].id, day=APRIL, shift=here.early.pk, desk=here.hotline.desk.pk,
        seen=roster.version, by=here.planner, at=AT,
    )  # fmt: skip
    assert Notice.objects.get(template="duty_changed").staff_id == here.people[2].id


def test_only_who_plans_the_region_plans(here):
    roster = here.month()
    elsewhere = actor_for(make_staff(Role.DECIDER, 440306_000000), AT)
    for actor in (here.people[0], elsewhere):
        with pytest.raises(NotPermitted):
            begin_month(station=here.station, month=APRIL, by=actor, at=AT)
        with pytest.raises(NotPermitted):
            publish(roster_id=roster.pk, by=actor, at=AT)
        with pytest.raises(NotPermitted):
            set_terms(staff=1, station=here.station, by=actor, at=AT)


@pytest.mark.parametrize("spans", [[(600, 540)], [(0, 12 * 60)], []])
def test_shifts_that_nobody_may_work_are_refused(here, spans):
    with pytest.raises(Refused, match="bad_shift"):
        add_shift(station=here.station, code="X", name_zh="班", spans=spans, by=SYSTEM, at=AT)


def test_approved_leave_stands_in_the_month_and_a_wish_holds(here):
    worker, day = here.people[0], APRIL + timedelta(2)
    leave = absences.ask_absence(kind="leave", first=day, last=day, by=worker, at=AT)
    wish = absences.ask_absence(
        kind="wish", first=day + timedelta(1), last=day + timedelta(1), by=worker, at=AT
    )
    roster = here.month()
    assert all(not one.leave for one in plain_month(roster).people)
    for row in (leave, wish):
        absences.decide_absence(absence_id=row.pk, approve=True, by=here.planner, at=AT)
    asked = plain_month(roster)
    assert {one.code: one.leave for one in asked.people}[str(worker.id)] == {day}
    assert [(one.person, one.day, one.shift) for one in asked.fixed] == [
        (str(worker.id), day + timedelta(1), None)
    ]
    here.filled(roster)
    codes = {one.code for one in check_roster(asked, [as_duty(one) for one in Duty.objects.all()])}
    assert codes == {"leave", "fixed"}
    assert Notice.objects.filter(template="duty_answered", staff_id=worker.id).count() == 2


def test_leave_waits_until_somebody_else_has_the_duty(here):
    _publish(here)
    row = absences.ask_absence(kind="leave", first=APRIL, last=APRIL, by=here.people[0], at=AT)
    with pytest.raises(Refused, match="on_duty"):
        absences.decide_absence(absence_id=row.pk, approve=True, by=here.planner, at=AT)
    with pytest.raises(NotPermitted):
        absences.decide_absence(absence_id=row.pk, approve=False, by=here.people[1], at=AT)
    absences.withdraw_absence(absence_id=row.pk, by=here.people[0], at=AT)
    assert Absence.objects.get(pk=row.pk).state == "withdrawn"


@pytest.mark.parametrize(
    ("first", "last"), [(APRIL, APRIL - timedelta(1)), (date(2026, 1, 1), date(2026, 1, 2))]
)
def test_days_that_cannot_be_meant(here, first, last):
    with pytest.raises(Refused, match="bad_days"):
        absences.ask_absence(kind="leave", first=first, last=last, by=here.people[0], at=AT)


def test_a_swap_is_offered_taken_and_approved(here):
    _publish(here)
    giver, taker = here.people[:2]
    duty = Duty.objects.get(staff=giver.id, day=APRIL + timedelta(3))
    swap = swaps.offer(duty_id=duty.pk, by=giver, at=AT)
    assert swaps.offer(duty_id=duty.pk, by=giver, at=AT).pk == swap.pk
    with pytest.raises(NotPermitted):
        swaps.take(swap_id=swap.pk, by=giver, at=AT)
    swaps.take(swap_id=swap.pk, by=taker, at=AT)
    with pytest.raises(Refused, match="settled"):
        swaps.take(swap_id=swap.pk, by=here.people[2], at=AT)
    with pytest.raises(NotPermitted):
        swaps.decide(swap_id=swap.pk, approve=True, by=taker, at=AT)
    swaps.decide(swap_id=swap.pk, approve=True, by=here.planner, at=AT)
    duty.refresh_from_db()
    assert duty.staff == taker.id
    assert [one.kind for one in Event.objects.filter(kind__startswith="swap.").order_by("id")] == [
        "swap.offered", "swap.taken", "swap.approved",
    ]  # fmt: skip


def test_a_swap_that_breaks_a_rule_cannot_be_approved(here):
    """The third person is no lawyer, and the desk must have one in its hours."""
    _publish(here)
    duty = Duty.objects.get(day=APRIL)
    swap = swaps.offer(duty_id=duty.pk, by=here.people[0], at=AT)
    swaps.take(swap_id=swap.pk, by=here.people[2], at=AT)
    with pytest.raises(Refused) as refused:
        swaps.decide(swap_id=swap.pk, approve=True, by=here.planner, at=AT)
    assert "律师" in refused.value.zh
    assert Swap.objects.get(pk=swap.pk).state == Swap.State.TAKEN
    swaps.withdraw(swap_id=swap.pk, by=here.people[2], at=AT)
    assert Swap.objects.get(pk=swap.pk).state == Swap.State.OFFERED
    duty.refresh_from_db()
    assert duty.staff == here.people[0].id


def test_a_change_on_the_last_day_spares_the_month_that_follows(here):
    """The third person has the early shift of 1 May: on the evening of 30 April they may not have the late one."""
    april = _publish(here)
    may = here.month(month_start(APRIL, 1))
    here.filled(may)
    third, desk = here.people[2].id, here.hotline.desk.pk
    set_duty(
        roster_id=may.pk, staff=third, day=may.month, shift=here.early.pk, desk=desk, seen=_version(may),
        by=here.planner, at=AT,
    )  # fmt: skip
    publish(roster_id=may.pk, by=here.planner, at=AT)
    given = {"staff": third, "desk": desk, "day": may.month - timedelta(1), "by": here.planner, "at": AT}
    with pytest.raises(Refused) as refused:
        set_duty(roster_id=april.pk, shift=here.late.pk, seen=_version(april), **given)
    assert "2026年5月1日：离上一个班不到11小时" in refused.value.zh
    set_duty(roster_id=april.pk, shift=here.early.pk, seen=_version(april), **given)


def test_who_is_on_duty_now(here):
    _publish(here)
    lawyer, desk = here.people[0].id, here.hotline.desk.pk
    table = {
        (0, 479): [],
        (0, 480): [lawyer],
        (0, 959): [lawyer],
        (0, 960): [],
        (4, 600): [here.people[1].id],
    }
    for (day, minute), people in table.items():
        assert on_duty(desk, moment(APRIL + timedelta(day), minute)) == people
    now = duty_now(lawyer, moment(APRIL, 500))
    assert now is not None
    assert now.day == APRIL


def test_a_split_shift_has_a_pause_and_a_night_reaches_into_the_morning(here):
    split = add_shift(station=here.station, code="S", name_zh="两头班", spans=SPLIT, by=SYSTEM, at=AT)
    night = add_shift(station=here.station, code="N", name_zh="夜班", spans=NIGHT, by=SYSTEM, at=AT)
    for shift, minutes in ((split, {539: False, 540: True, 719: True, 780: False, 840: True, 1080: False}),
                           (night, {1379: False, 1380: True, 1919: True, 1920: False})):  # fmt: skip
        duty = Duty(day=APRIL, shift=shift)
        assert {minute: works_at(duty, moment(APRIL, minute)) for minute in minutes} == minutes


def test_debts_of_past_months_are_carried_and_newcomers_owe_nothing(here):
    """April: the two lawyers have 16 and 14 late shifts (nights: they end at midnight), so a newcomer has the mean, 15."""
    roster = here.month()
    here.filled(roster)
    for duty in Duty.objects.all():
        duty.shift = here.late
        duty.save()
    RosterMonth.objects.update(state=RosterMonth.State.PUBLISHED)
    nights, holidays = carried(here.station, month_start(APRIL, 1), [one.id for one in here.people])
    assert [nights[one.id] for one in here.people] == [16, 14, 15]
    # Tomb-sweeping day, 5 April 2026, is the fifth day: the second lawyer's. The mean of 0 and 1 is rounded to 0.
    assert [holidays[one.id] for one in here.people] == [0, 1, 0]
