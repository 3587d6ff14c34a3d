"""Who may: every row of the table with every role, near and far, own and of others."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from nuanxin.audit.actor import DESK_AS_REGION, DESK_ROLES, NATION, NOWHERE, Actor, Role
from nuanxin.cases.actions.move import move
from nuanxin.cases.faults import Refused
from nuanxin.cases.permissions import above, may, may_read
from nuanxin.cases.rules.transitions import TRANSITIONS, Transition
from tests.factories.story import AT, GAOPING, LAWYER, Story, person, worker_of

ROWS = pytest.mark.parametrize("row", TRANSITIONS, ids=lambda row: row.action)
PUBLIC = {Role.WORKER, Role.HELPER}
HERE, THERE, BEYOND = (
    (140581_000000, 140581_999999),
    (140522_000000, 140522_999999),
    (330100_000000, 330199_999999),
)


@dataclass
class Held:
    id: int = 77
    holder_region: int = 140581_000000
    transfer_region: int = 140522_000000
    sent_from: int = 0
    lawyer: int = 5
    offered_to: int = 6


def staff(role: str, scope: tuple[int, int], id: int = 9) -> Actor:
    return Actor("staff", id, frozenset({role}), scope)


@ROWS
@pytest.mark.parametrize("role", sorted(set(Role) - PUBLIC - {Role.LAWYER, Role.SYSTEM}))
def test_an_office_role_moves_what_its_region_holds_and_nothing_else(row: Transition, role: str) -> None:
    named = role in row.roles
    mine, others = (THERE, HERE) if row.scope == "receiver" else (HERE, THERE)
    assert may(staff(role, mine), row, Held()) is named
    assert may(staff(role, (140500_000000, 140599_999999)), row, Held()) is named
    desk = role in DESK_ROLES and row.scope != "any"
    assert may(staff(role, NATION), row, Held()) is (
        named and not desk
    )  # the nation's is the national desk's
    for scope in (others, BEYOND, NOWHERE):
        assert not may(staff(role, scope), row, Held())


@ROWS
@pytest.mark.parametrize("role", sorted(DESK_ROLES))
def test_the_national_desk_moves_what_it_holds_itself_or_is_asked_to_take(row: Transition, role: str) -> None:
    named = role in row.roles
    own, asked = Held(holder_region=0, transfer_region=0), Held(transfer_region=DESK_AS_REGION)
    takes = row.scope == "receiver"
    assert may(staff(role, NATION), row, own) is (named and not takes)
    assert may(staff(role, NATION), row, asked) is (named and takes)
    assert not may(staff(role, HERE), row, own)


@ROWS
def test_who_watches_over_the_nation_may_work_at_its_desk_too_but_not_at_the_countys(row: Transition) -> None:
    both = Actor("staff", 9, frozenset({Role.SUPERVISOR, Role.CLERK}), NATION)
    assert may(both, row, Held()) is (Role.SUPERVISOR in row.roles)
    assert may_read(both, Held())


@ROWS
@pytest.mark.parametrize("role", sorted(PUBLIC))
def test_the_public_moves_its_own_case_through_its_code(row: Transition, role: str) -> None:
    assert may(Actor(role, 77, frozenset({role}), NOWHERE), row, Held()) is (role in row.roles)
    assert not may(Actor(role, 78, frozenset({role}), NOWHERE), row, Held())
    assert not may(Actor(role, 0, frozenset({role}), NOWHERE), row, Held())
    assert not may(Actor("staff", 77, frozenset({role}), NATION), row, Held())


@ROWS
def test_a_lawyer_moves_their_own_case_and_answers_their_own_offer(row: Transition) -> None:
    named = Role.LAWYER in row.roles
    answers = row.scope == "offered"
    assert may(staff(Role.LAWYER, NATION, id=5), row, Held()) is (named and not answers)
    assert may(staff(Role.LAWYER, NATION, id=6), row, Held()) is (named and answers)
    assert not may(staff(Role.LAWYER, NATION, id=7), row, Held())
    assert not may(staff(Role.LAWYER, NATION, id=0), row, Held(lawyer=0, offered_to=0))
    assert not may(Actor("partner", 5, frozenset({Role.LAWYER}), NATION), row, Held())


@ROWS
def test_the_system_makes_the_moves_that_name_it(row: Transition) -> None:
    assert may(Actor("system", 0, frozenset({Role.SYSTEM}), NATION), row, Held()) is (
        Role.SYSTEM in row.roles
    )


@ROWS
def test_nobody_without_a_role_moves_anything(row: Transition) -> None:
    assert not may(Actor("staff", 5, frozenset(), NATION), row, Held())


@pytest.mark.parametrize("role", sorted(set(Role) - PUBLIC - {Role.SYSTEM}))
def test_who_reads_a_case(role: str) -> None:
    reads = role in {"supervisor", "auditor", "bureau", "operator", "clerk", "decider", "duty_lawyer"}
    assert may_read(staff(role, HERE), Held()) is reads
    assert may_read(staff(role, THERE), Held()) is reads  # asked to take it over
    assert not may_read(staff(role, BEYOND), Held())
    assert may_read(staff(role, BEYOND), Held(sent_from=330102_000000)) is reads  # sent it on
    assert not may_read(staff(role, NOWHERE), Held(transfer_region=0))
    assert may_read(staff(role, NATION), Held(holder_region=0)) is reads
    assert may_read(staff(role, NATION), Held(sent_from=DESK_AS_REGION)) is reads  # the desk passed it on
    assert may_read(staff(role, NATION), Held()) is (reads and role not in DESK_ROLES)


def test_a_case_is_read_by_its_lawyer_its_worker_and_whoever_is_asked() -> None:
    assert may_read(staff(Role.LAWYER, NOWHERE, id=5), Held())
    assert may_read(staff(Role.LAWYER, NOWHERE, id=6), Held())
    assert not may_read(staff(Role.LAWYER, NATION, id=7), Held())
    assert may_read(Actor("worker", 77, frozenset({Role.WORKER}), NOWHERE), Held())
    assert not may_read(Actor("worker", 78, frozenset({Role.WORKER}), NOWHERE), Held())
    # A partner's number is of another register than a lawyer's.
    assert not may_read(Actor("partner", 5, frozenset({Role.PARTNER}), NOWHERE), Held())


def test_only_a_wider_scope_is_above_an_office() -> None:
    assert not above(staff(Role.CLERK, HERE), 140581_000000)
    assert above(staff(Role.CLERK, (140500_000000, 140599_999999)), 140581_000000)
    assert not above(staff(Role.CLERK, THERE), 140581_000000)
    assert above(staff(Role.CLERK, NATION), 0)
    assert not above(staff(Role.CLERK, NOWHERE), 140581_000000)


@pytest.mark.django_db
@ROWS
def test_the_action_itself_asks_for_permission_before_it_looks_at_anything_else(
    row: Transition, story: Story
) -> None:
    for role in Role:
        actor = worker_of(story.case_id) if role in PUBLIC else person(LAWYER, GAOPING, role)
        actor = Actor(role, story.case_id, frozenset({role}), NOWHERE) if role in PUBLIC else actor
        with pytest.raises(Refused) as refusal:
            move(row.action, case_id=story.case_id, by=actor, at=AT, version=10**6)
        assert refusal.value.code == ("stale" if may(actor, row, story.case) else "not_permitted")
