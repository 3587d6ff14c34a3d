"""Who acts, and where."""

from __future__ import annotations

from nuanxin.audit.actor import NATION, NOWHERE, SYSTEM, WORKER, Actor, Role

SHENZHEN = (440300_000000, 440399_999999)


def test_a_scope_is_an_inclusive_range_of_region_codes() -> None:
    clerk = Actor("staff", 1, frozenset({Role.CLERK}), SHENZHEN, 3)
    assert clerk.in_scope(440300_000000)
    assert clerk.in_scope(440399_999999)
    assert not clerk.in_scope(440400_000000)
    assert not clerk.in_scope(0)


def test_nowhere_contains_nothing_and_the_nation_everything() -> None:
    assert WORKER.scope == NOWHERE
    assert not WORKER.in_scope(0)
    assert SYSTEM.scope == NATION
    assert SYSTEM.in_scope(0)
    assert SYSTEM.in_scope(659012_000000)


def test_roles_are_plain_strings() -> None:
    clerk = Actor("staff", 1, frozenset({"clerk"}), SHENZHEN)
    assert clerk.has(Role.DECIDER, Role.CLERK)
    assert not clerk.has(Role.DECIDER)
    assert clerk.office == 0
