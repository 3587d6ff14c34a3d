"""The demo's roster keeps every rule whatever day the demo is started on, and none of its pages is empty."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from nuanxin.accounts.actions import create_staff, grant_role
from nuanxin.audit.actor import SYSTEM, Role
from nuanxin.hotline import demo_roster
from nuanxin.hotline.demo import load as load_hotline
from nuanxin.hotline.models import Absence, Duty, RosterMonth, Station, Swap
from nuanxin.hotline.queries.rosters import as_duty, plain_month
from nuanxin.hotline.rules.rosters.check import check_roster
from tests.factories.agency import agency
from tests.factories.staff import GAOPING

PROVINCE = 140000_000000


def begin(at: datetime) -> None:
    office = agency(GAOPING).pk
    for name, role in (
        ("operator", Role.OPERATOR), ("duty_lawyer", Role.DUTY_LAWYER), ("decider", Role.DECIDER),
    ):  # fmt: skip
        staff = create_staff(
            username=name, name=name, password=None, office=office if role is Role.DECIDER else 0, must_change_password=False, by=SYSTEM,
            at=at - timedelta(days=90),
        )  # fmt: skip
        grant_role(staff=staff, role=role, region=PROVINCE, by=SYSTEM, at=at - timedelta(days=90))
    load_hotline(at, lambda n: f"1900000{n:04d}")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 3, 2, 6, tzinfo=UTC),
        datetime(2026, 9, 15, 6, tzinfo=UTC),  # the draft has the holidays of October, when weeks are shorter
        datetime(2026, 11, 28, 20, tzinfo=UTC),
    ],
)
def test_one_month_stands_and_the_next_is_a_draft_without_a_fault(at: datetime) -> None:
    begin(at)
    demo_roster.load(at)
    demo_roster.load(at)  # once
    assert Station.objects.count() == 1
    this, following = RosterMonth.objects.order_by("month")
    assert (this.state, following.state) == ("published", "draft")
    for roster in (this, following):
        assert check_roster(plain_month(roster), map(as_duty, Duty.objects.filter(roster=roster))) == []
    assert Absence.objects.get().state == "asked"
    assert Swap.objects.get().state == "offered"


@pytest.mark.django_db
def test_a_year_without_known_holidays_leaves_drafts_and_on_the_last_evening_nothing_is_offered() -> None:
    at = datetime(2027, 3, 31, 15, 30, tzinfo=UTC)
    begin(at)
    demo_roster.load(at)
    assert set(RosterMonth.objects.values_list("state", flat=True)) == {"draft"}
    assert not Swap.objects.exists()
    assert Duty.objects.filter(day=date(2027, 4, 1)).count() == 3
