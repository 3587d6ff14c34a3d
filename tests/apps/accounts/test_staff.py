"""Accounts and roles: who becomes which actor, and what is recorded."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nuanxin.accounts import actions
from nuanxin.accounts.models import Grant, Staff
from nuanxin.accounts.queries import actor_for, holders_of, staff_in_scope, staff_with_grants
from nuanxin.accounts.scope import NotARegion
from nuanxin.audit.actor import NOWHERE, SYSTEM, Actor, Role
from nuanxin.audit.models import Event
from nuanxin.audit.streams import staff_stream
from tests.factories.staff import AT, GAOPING, make_staff

CITY, PROVINCE = 140500_000000, 140000_000000
pytestmark = pytest.mark.django_db


def administrator(region: int) -> Actor:
    return actor_for(make_staff(Role.ADMINISTRATOR, region), AT)


def test_a_clerk_is_an_actor_with_the_scope_of_the_county() -> None:
    staff = make_staff(Role.CLERK, GAOPING, office=9)
    actor = actor_for(staff, AT)
    assert actor == Actor("staff", staff.pk, frozenset({"clerk"}), (GAOPING, GAOPING + 999_999), 9)
    assert actor.in_scope(140581_101000)
    assert not actor.in_scope(140582_000000)


def test_two_roles_share_one_region() -> None:
    staff = make_staff(Role.CLERK, GAOPING)
    actions.grant_role(staff=staff, role=Role.DECIDER, region=GAOPING, by=SYSTEM, at=AT)
    assert actor_for(staff, AT).roles == {"clerk", "decider"}
    with pytest.raises(actions.AccountFault) as fault:
        actions.grant_role(staff=staff, role=Role.SUPERVISOR, region=CITY, by=SYSTEM, at=AT)
    assert fault.value.code == "another_region"


def test_rows_that_should_not_exist_never_widen_a_scope() -> None:
    staff = make_staff(Role.CLERK, GAOPING)
    Grant.objects.create(staff=staff, role="supervisor", region=0, since=AT)
    assert actor_for(staff, AT).scope == (GAOPING, GAOPING + 999_999)


def test_a_role_holds_from_its_beginning_until_just_before_its_end() -> None:
    staff = make_staff(None)
    end = AT + timedelta(days=30)
    actions.grant_role(staff=staff, role=Role.LAWYER, region=CITY, until=end, by=SYSTEM, at=AT)
    second = timedelta(seconds=1)
    held = [bool(actor_for(staff, at).roles) for at in (AT - second, AT, end - second, end)]
    assert held == [False, True, True, False]


def test_a_revoked_role_is_gone_at_once_and_may_be_given_again() -> None:
    staff = make_staff(Role.CLERK, GAOPING)
    later = AT + timedelta(hours=1)
    actions.revoke_role(staff=staff, role=Role.CLERK, by=SYSTEM, at=later)
    gone = actor_for(staff, later)
    assert (gone.roles, gone.scope) == (frozenset(), NOWHERE)
    actions.grant_role(staff=staff, role=Role.CLERK, region=CITY, by=SYSTEM, at=later)
    assert actor_for(staff, later).roles == {"clerk"}


def test_a_role_that_ran_out_may_be_given_again() -> None:
    staff = make_staff(None)
    end = AT + timedelta(days=1)
    actions.grant_role(staff=staff, role=Role.LAWYER, region=CITY, until=end, by=SYSTEM, at=AT)
    actions.grant_role(staff=staff, role=Role.LAWYER, region=GAOPING, by=SYSTEM, at=end)
    assert actor_for(staff, end).in_scope(GAOPING)


def test_the_same_role_twice_is_refused() -> None:
    staff = make_staff(Role.CLERK, GAOPING)
    with pytest.raises(actions.AccountFault) as fault:
        actions.grant_role(staff=staff, role=Role.CLERK, region=GAOPING, by=SYSTEM, at=AT)
    assert fault.value.code == "held_already"


def test_the_session_lookup_and_the_actor_cost_one_query() -> None:
    staff = make_staff(Role.CLERK, GAOPING)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = staff_with_grants(staff.pk)
        assert found is not None
        assert actor_for(found, AT).roles == {"clerk"}
    assert len(queries) == 1


def test_an_ended_account_has_no_session_and_no_role() -> None:
    staff = make_staff(Role.CLERK, GAOPING)
    actions.deactivate(staff=staff, by=SYSTEM, at=AT + timedelta(hours=1))
    assert staff_with_grants(staff.pk) is None
    assert actor_for(staff, AT).roles == frozenset()


def test_every_change_is_an_event_of_the_account() -> None:
    staff = make_staff(Role.CLERK, GAOPING)
    actions.revoke_role(staff=staff, role=Role.CLERK, by=SYSTEM, at=AT)
    actions.reset_password(staff=staff, by=SYSTEM, at=AT)
    actions.reset_second_factor(staff=staff, by=SYSTEM, at=AT)
    actions.deactivate(staff=staff, by=SYSTEM, at=AT)
    kinds = list(
        Event.objects.filter(stream=staff_stream(staff.pk)).order_by("seq").values_list("kind", flat=True)
    )
    assert kinds == [
        "staff.created",
        "staff.role_granted",
        "staff.role_revoked",
        "staff.password_reset",
        "staff.second_factor_reset",
        "staff.deactivated",
    ]


def test_a_reset_password_opens_once_and_must_be_changed() -> None:
    staff = make_staff()
    given = actions.reset_password(staff=staff, by=SYSTEM, at=AT)
    staff.refresh_from_db()
    assert staff.check_password(given)
    assert staff.must_change_password


@pytest.mark.parametrize("username", ["x", "Grüße", "two words", "-first", "a" * 65])
def test_bad_user_names_are_refused_with_words(username: str) -> None:
    with pytest.raises(ValidationError):
        make_staff(None, username=username)


def test_a_weak_password_is_refused() -> None:
    with pytest.raises(ValidationError):
        make_staff(None, password="password")


def test_a_user_name_is_taken_in_any_spelling() -> None:
    make_staff(None, username="zhang.san")
    with pytest.raises(actions.AccountFault) as fault:
        make_staff(None, username=" Zhang.San ")
    assert fault.value.code == "username_taken"


def test_a_telephone_number_is_sealed_at_rest() -> None:
    staff = actions.create_staff(
        username="sealed", name="测试", password=None, phone="13800001111", by=SYSTEM, at=AT
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM accounts_staff WHERE id = %s", [staff.pk])
        stored = cursor.fetchone()[0]
    assert "13800001111" not in stored
    assert Staff.objects.get(pk=staff.pk).phone == "13800001111"


class TestWhoMayManage:
    def test_an_administrator_works_inside_their_own_region(self) -> None:
        admin, staff = administrator(CITY), make_staff(None)
        actions.grant_role(staff=staff, role=Role.CLERK, region=GAOPING, by=admin, at=AT)
        with pytest.raises(PermissionDenied):
            actions.grant_role(staff=make_staff(None), role=Role.SUPERVISOR, region=PROVINCE, by=admin, at=AT)
        with pytest.raises(PermissionDenied):
            actions.grant_role(staff=make_staff(None), role=Role.SUPERVISOR, region=0, by=admin, at=AT)

    def test_nobody_else_gives_roles(self) -> None:
        clerk = actor_for(make_staff(Role.CLERK, GAOPING), AT)
        with pytest.raises(PermissionDenied):
            actions.grant_role(staff=make_staff(None), role=Role.CLERK, region=GAOPING, by=clerk, at=AT)
        with pytest.raises(PermissionDenied):
            actions.create_staff(username="new", name="新", password=None, by=clerk, at=AT)

    def test_an_administrator_cannot_touch_an_account_beyond_their_region(self) -> None:
        admin, other = administrator(CITY), make_staff(Role.SUPERVISOR, PROVINCE)
        for action in (actions.deactivate, actions.reset_password, actions.reset_second_factor):
            with pytest.raises(PermissionDenied):
                action(staff=other, by=admin, at=AT)

    def test_nobody_ends_their_own_account_or_administrators_role(self) -> None:
        staff = make_staff(Role.ADMINISTRATOR, CITY)
        admin = actor_for(staff, AT)
        with pytest.raises(actions.AccountFault, match="own account"):
            actions.deactivate(staff=staff, by=admin, at=AT)
        with pytest.raises(actions.AccountFault):
            actions.revoke_role(staff=staff, role=Role.ADMINISTRATOR, by=admin, at=AT)

    def test_a_number_that_is_no_region_is_refused(self) -> None:
        with pytest.raises(NotARegion):
            actions.grant_role(staff=make_staff(None), role=Role.CLERK, region=140581, by=SYSTEM, at=AT)

    def test_an_administrator_sees_the_accounts_of_their_region(self) -> None:
        admin = administrator(CITY)
        inside, outside, without = (
            make_staff(Role.CLERK),
            make_staff(Role.CLERK, 110101_000000),
            make_staff(None),
        )
        seen = set(staff_in_scope(admin, AT))
        assert {inside, without} <= seen
        assert outside not in seen


def test_holders_of_a_role_are_found_in_wider_regions_too() -> None:
    near, wide = make_staff(Role.SUPERVISOR, CITY), make_staff(Role.SUPERVISOR, 0)
    make_staff(Role.SUPERVISOR, 110000_000000)
    assert set(holders_of(Role.SUPERVISOR, GAOPING, AT)) == {near, wide}
