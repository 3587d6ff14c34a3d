"""What the doctor says of the people whom an installation needs."""

from __future__ import annotations

import pytest
from django.utils import timezone

from nuanxin.accounts.actions import deactivate, revoke_role
from nuanxin.audit.actor import SYSTEM, Role
from nuanxin.config.doctor import CHECKS, Finding, _duty
from nuanxin.network.models import Agency
from nuanxin.network.queries import national_intake
from tests.factories.agency import agency
from tests.factories.intake import open_case
from tests.factories.staff import make_staff

pytestmark = pytest.mark.django_db
GAOPING, SHANXI, SHENZHEN = 140581_000000, 140000_000000, 440306_000000


@pytest.fixture
def offices(db: None) -> list[Agency]:
    """Two agencies, besides the national desk that every installation has."""
    return [agency(GAOPING), agency(SHENZHEN), agency(GAOPING, Agency.Kind.BUREAU)]


def told() -> dict[str, str]:
    return {finding.state: finding.detail for finding in _duty()}


def test_it_is_one_of_the_checks() -> None:
    assert _duty in CHECKS


def test_agencies_without_a_duty_lawyer_are_named(offices: list[Agency]) -> None:
    assert told()["warn"].startswith("3 of 3 agencies have no duty lawyer: National")
    make_staff(Role.DUTY_LAWYER, SHANXI)  # of the province: answers for Gaoping
    assert "2 of 3" in told()["warn"]
    assert "(440306)" in told()["warn"]
    assert "(140581)" not in told()["warn"]
    make_staff(Role.DUTY_LAWYER, SHENZHEN)
    assert "1 of 3 agencies have no duty lawyer: " in told()["warn"]
    make_staff(Role.DUTY_LAWYER, 0)
    assert list(_duty()) == [Finding("questions", "ok", "each of 3 agencies has a duty lawyer")]


def test_a_duty_lawyer_of_the_nation_answers_at_the_national_desk_alone(offices: list[Agency]) -> None:
    make_staff(Role.DUTY_LAWYER, 0)
    assert "2 of 3" in told()["warn"]
    assert "(000000)" not in told()["warn"]


def test_a_question_that_waits_where_nobody_can_answer_is_a_fault(offices: list[Agency]) -> None:
    open_case(kind="question", items=None, amount_claimed=None, place=None)
    assert national_intake().name_en in told()["fault"]
    make_staff(Role.DUTY_LAWYER, 0)
    assert "fault" not in told()


def test_who_has_lost_the_role_or_may_not_sign_in_answers_nothing(offices: list[Agency]) -> None:
    gone, ended = make_staff(Role.DUTY_LAWYER, GAOPING), make_staff(Role.DUTY_LAWYER, SHENZHEN)
    assert "1 of 3" in told()["warn"]
    revoke_role(staff=gone, role=Role.DUTY_LAWYER, by=SYSTEM, at=timezone.now())
    deactivate(staff=ended, by=SYSTEM, at=timezone.now())
    assert "3 of 3" in told()["warn"]
