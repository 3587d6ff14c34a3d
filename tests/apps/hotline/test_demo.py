"""The demo's hotline: a week of calls through the real actions, with numbers that nobody has."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from nuanxin.accounts.actions import create_staff, grant_role
from nuanxin.accounts.queries import actor_for
from nuanxin.audit.actor import SYSTEM, Role
from nuanxin.config import demo_hotline
from nuanxin.hotline.demo import load
from nuanxin.hotline.models import Call, CallBack, OperatorState, PublicAnswer, QualityCheck, Satisfaction
from nuanxin.hotline.queries.board import board
from nuanxin.hotline.queries.calls import waiting
from tests.factories.agency import agency
from tests.factories.staff import GAOPING, make_staff

AT = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
PROVINCE = 140000_000000


def number(n: int) -> str:
    return f"1900000{n:04d}"


@pytest.mark.django_db
def test_the_pages_of_the_demo_are_not_empty_and_its_numbers_are_nobodys() -> None:
    office = agency(GAOPING)
    for name, role in (
        ("operator", Role.OPERATOR), ("duty_lawyer", Role.DUTY_LAWYER), ("decider", Role.DECIDER),
        ("supervisor_city", Role.SUPERVISOR),
    ):  # fmt: skip
        staff = create_staff(
            username=name, name=name, password=None, office=office.pk if role is Role.DECIDER else 0, must_change_password=False, by=SYSTEM,
            at=AT - timedelta(days=90),
        )  # fmt: skip
        grant_role(staff=staff, role=role, region=PROVINCE, by=SYSTEM, at=AT - timedelta(days=90))
    assert load(AT, number) == 143
    assert load(AT, number) == 0  # once
    assert {phone[:7] for phone in Call.objects.values_list("phone", flat=True)} == {"1900000"}
    overseer = actor_for(make_staff(Role.SUPERVISOR, PROVINCE, at=AT), AT)
    desks = board(overseer, AT)
    assert [one.waiting for one in desks].count(0) == 1  # the emergency line
    assert sum(one.tally.asked for one in desks) > 5
    assert len(waiting(overseer)) == 3
    assert CallBack.objects.filter(status="promised").exists()
    assert set(OperatorState.objects.values_list("state", flat=True)) == {"ready"}
    assert not Call.objects.filter(state__in=["on_call", "wrap_up"]).exists()

    demo_hotline.load(AT)
    demo_hotline.load(AT)  # once
    assert sorted(PublicAnswer.objects.values_list("state", flat=True)) == [
        "approved",
        "approved",
        "proposed",
    ]
    assert all("（演示）" in row.question_zh for row in PublicAnswer.objects.all())
    assert QualityCheck.objects.filter(total=11).count() == 1
    assert QualityCheck.objects.filter(total=None).exists()
    assert sorted(row.score or 0 for row in Satisfaction.objects.exclude(score=None)) == [2, 4, 5, 5]
    back = CallBack.objects.get(reason="dissatisfied")
    assert (back.status, (back.joins or back).due_at is not None) in {("promised", True), ("joined", True)}
