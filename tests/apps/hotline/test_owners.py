"""A caller with an open case goes to who has it: the lawyer, else whoever's turn it is, of those who are free."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nuanxin.accounts.actions import grant_role
from nuanxin.accounts.queries import actor_for
from nuanxin.audit.actor import SYSTEM, Role
from nuanxin.audit.events import NewEvent, append
from nuanxin.cases.models import Case
from nuanxin.cases.rules.states import Seat, Status
from nuanxin.hotline.queries.owners import owner_among
from nuanxin.hotline.rules.routing import Caller, Target, route
from tests.factories import world
from tests.factories.staff import make_staff

pytestmark = pytest.mark.django_db
PHONE = "13800000001"
AT = world.AT + timedelta(hours=1)


@pytest.fixture
def case() -> Case:
    world.offices()
    world.application(world.HERE, 1)
    return Case.objects.get()


def at_the_office(case: Case, role: Role, *, region: int = world.HERE, office: int | None = None) -> int:
    return make_staff(role, region, office=case.holder_agency if office is None else office, at=world.AT).pk


def test_the_lawyer_comes_before_the_office(case: Case) -> None:
    clerk, lawyer = at_the_office(case, Role.CLERK), at_the_office(case, Role.LAWYER, office=0)
    Case.objects.update(lawyer=lawyer, seat=Seat.CLERK)
    assert owner_among(PHONE, frozenset({clerk, lawyer}), AT) == lawyer
    assert owner_among(PHONE, frozenset({clerk}), AT) == clerk  # the lawyer is off duty
    assert owner_among(PHONE, frozenset(), AT) == 0
    assert owner_among("", frozenset({clerk}), AT) == 0
    assert owner_among("13800000002", frozenset({clerk}), AT) == 0


def test_the_next_step_is_of_the_role_whose_turn_it_is_in_the_office_that_has_the_case(case: Case) -> None:
    clerk, decider = at_the_office(case, Role.CLERK), at_the_office(case, Role.DECIDER)
    elsewhere = at_the_office(case, Role.CLERK, office=case.holder_agency + 1)
    far = at_the_office(case, Role.CLERK, region=world.ELSEWHERE)
    everybody = frozenset({clerk, decider, elsewhere, far})
    assert case.seat == Seat.CLERK
    assert owner_among(PHONE, everybody, AT) == clerk
    assert owner_among(PHONE, everybody - {clerk}, AT) == 0
    Case.objects.update(seat=Seat.DECIDER)
    assert owner_among(PHONE, everybody, AT) == decider
    Case.objects.update(seat=Seat.WORKER)  # the worker's own turn: nobody here has it
    assert owner_among(PHONE, everybody, AT) == 0


def test_of_several_the_one_who_did_something_last(case: Case) -> None:
    first, second = at_the_office(case, Role.CLERK), at_the_office(case, Role.CLERK)
    assert owner_among(PHONE, frozenset({first, second}), AT) == min(first, second)
    staff = {one.pk: one for one in make_staff_of(first, second)}
    for pk in (first, second):
        by = actor_for(staff[pk], AT)
        append([NewEvent(case.pk, case.province, "case.looked_at", {})], by=by, at=AT)
        assert owner_among(PHONE, frozenset({first, second}), AT) == pk


def make_staff_of(*numbers: int) -> list[world.Staff]:
    return list(world.Staff.objects.filter(pk__in=numbers))


def test_who_lost_the_role_or_the_case_that_ended_does_not_count(case: Case) -> None:
    operator = at_the_office(case, Role.OPERATOR)
    Case.objects.update(seat=Seat.OPERATOR)
    free = frozenset({operator})
    assert owner_among(PHONE, free, AT) == operator
    assert owner_among(PHONE, free, world.AT - timedelta(days=1)) == 0  # before the role was given
    world.Staff.objects.filter(pk=operator).update(is_active=False)
    assert owner_among(PHONE, free, AT) == 0
    world.Staff.objects.filter(pk=operator).update(is_active=True)
    grant_role(
        staff=world.Staff.objects.get(pk=operator), role=Role.DUTY_LAWYER, region=world.HERE, by=SYSTEM, at=AT
    )
    assert owner_among(PHONE, free, AT) == operator
    Case.objects.update(seat=Seat.DUTY_LAWYER)
    assert owner_among(PHONE, free, AT) == operator
    assert case.status != Status.CLOSED


def test_the_routing_table_sends_the_caller_there() -> None:
    choice = route(Caller(case_owner=7), [], frozenset({7, 8}))
    assert (choice.target, choice.staff, choice.reason.code) == (Target.STAFF, 7, "case_owner")
