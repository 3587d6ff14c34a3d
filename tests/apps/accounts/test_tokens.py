"""Tokens for programs: what they may do and when they end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from nuanxin.accounts import actions
from nuanxin.accounts.models import ApiToken
from nuanxin.accounts.queries import actor_for, actor_for_token, live_token
from nuanxin.audit.actor import NATION, NOWHERE, SYSTEM, Actor, Role
from nuanxin.audit.models import Event
from nuanxin.audit.streams import STREAM_SITE
from tests.factories.staff import AT, GAOPING, make_staff

CITY = 140500_000000
pytestmark = pytest.mark.django_db


def issue(days: float = 30, **wanted: object) -> tuple[ApiToken, str]:
    given: dict[str, object] = {
        "label": "test",
        "role": Role.PARTNER,
        "region": GAOPING,
        "expires_at": AT + timedelta(days=days),
        "by": SYSTEM,
        "at": AT,
        **wanted,
    }
    return actions.issue_token(**given)  # type: ignore[arg-type]


def acting(secret: str, after: timedelta = timedelta(0)) -> Actor | None:
    token = live_token(secret, AT + after)
    return None if token is None else actor_for_token(token, AT + after)


def test_a_partner_token_acts_as_a_partner_in_its_region() -> None:
    token, secret = issue(office=4)
    assert acting(secret) == Actor(
        "partner", token.pk, frozenset({"partner"}), (GAOPING, GAOPING + 999_999), 4
    )


def test_the_token_is_not_stored() -> None:
    token, secret = issue()
    assert secret.encode() not in bytes(token.digest)
    assert secret.startswith(token.hint)
    assert len(token.hint) == 8


def test_a_token_ends_at_its_expiry() -> None:
    _, secret = issue(days=30)
    assert acting(secret, timedelta(days=30) - timedelta(seconds=1)) is not None
    assert acting(secret, timedelta(days=30)) is None


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_a_token_expires_within_a_year(days: float) -> None:
    with pytest.raises(actions.AccountFault) as fault:
        issue(days=days)
    assert fault.value.code == "expiry"


def test_a_revoked_token_ends_at_once_and_only_once() -> None:
    token, secret = issue()
    for _ in range(2):
        actions.revoke_token(token=token, by=SYSTEM, at=AT)
    assert acting(secret) is None
    kinds = Event.objects.filter(stream=STREAM_SITE, kind__startswith="access.").values_list(
        "kind", flat=True
    )
    assert sorted(kinds) == ["access.token_issued", "access.token_revoked"]


def test_a_wrong_token_is_nobody() -> None:
    _, secret = issue()
    assert acting(secret[:-1]) is None
    assert acting("") is None


def test_a_persons_token_never_reaches_beyond_the_person() -> None:
    staff = make_staff(Role.SUPERVISOR, GAOPING)
    _, secret = issue(staff=staff, role=Role.SUPERVISOR, region=CITY)
    assert acting(secret) == actor_for(staff, AT)


def test_the_national_desk_has_no_token_for_a_county() -> None:
    desk, watcher = make_staff(Role.CLERK, 0), make_staff(Role.SUPERVISOR, 0)
    _, narrow = issue(staff=desk, role=Role.CLERK, region=GAOPING)
    _, own = issue(staff=desk, role=Role.CLERK, region=0)
    _, watching = issue(staff=watcher, role=Role.SUPERVISOR, region=GAOPING)
    acted = [acting(secret) for secret in (narrow, own, watching)]
    assert [actor.scope for actor in acted if actor] == [NOWHERE, NATION, (GAOPING, GAOPING + 999_999)]


def test_a_persons_token_dies_with_the_role() -> None:
    staff = make_staff(Role.CLERK, GAOPING)
    _, secret = issue(staff=staff, role=Role.CLERK)
    actions.revoke_role(staff=staff, role=Role.CLERK, by=SYSTEM, at=AT)
    assert acting(secret) is None


def test_a_persons_token_needs_the_role() -> None:
    with pytest.raises(actions.AccountFault) as fault:
        issue(staff=make_staff(Role.CLERK), role=Role.DECIDER)
    assert fault.value.code == "role_missing"


def test_an_ended_account_ends_its_tokens() -> None:
    staff = make_staff(Role.CLERK)
    _, secret = issue(staff=staff, role=Role.CLERK)
    actions.deactivate(staff=staff, by=SYSTEM, at=AT)
    assert acting(secret) is None


def test_only_an_administrator_of_the_region_issues() -> None:
    admin = actor_for(make_staff(Role.ADMINISTRATOR, GAOPING), AT)
    issue(by=admin)
    with pytest.raises(PermissionDenied):
        issue(by=admin, region=CITY)
