"""Waits and limits: the nearest region's holds on its days, routing and the silent calls keep to them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from nuanxin.accounts.queries import actor_for
from nuanxin.audit.actor import SYSTEM, Role
from nuanxin.audit.models import Event
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline import actions
from nuanxin.hotline.queries.calls import silent_calls
from nuanxin.hotline.queries.settings import settings_now
from nuanxin.hotline.rules.calls import Happening
from nuanxin.hotline.rules.routing import ROUTES, Caller, Desk, DeskKind, Target, read_language, route
from nuanxin.hotline.rules.settings import KINDS, USUAL, Setting, UnknownSetting, faults, in_force, patience
from tests.factories.hotline import WORKDAY, open_hotline
from tests.factories.staff import AT, GAOPING, make_staff

JINCHENG, SHANXI, NATION = 140500_000000, 140000_000000, 0
DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("rows", "region", "expected"),
    [
        ([], GAOPING, 120),  # the platform's own
        ([(NATION, 90, date(2026, 1, 1))], GAOPING, 90),
        ([(NATION, 90, date(2026, 1, 1)), (SHANXI, 60, date(2020, 1, 1))], GAOPING, 60),  # nearer, though older
        ([(JINCHENG, 50, date(2026, 1, 1)), (GAOPING, 40, date(2026, 1, 1))], GAOPING, 40),
        ([(JINCHENG, 50, date(2026, 1, 1)), (GAOPING, 40, date(2026, 1, 1))], JINCHENG, 50),  # a county is not above
        ([(GAOPING, 40, date(2026, 3, 3))], GAOPING, 120),  # begins tomorrow
        ([(GAOPING, 40, date(2026, 3, 2))], GAOPING, 40),  # begins today
        ([(GAOPING, 40, date(2026, 1, 1)), (GAOPING, 30, date(2026, 2, 1))], GAOPING, 30),  # the later one
        ([(GAOPING, 30, date(2026, 2, 1)), (GAOPING, 40, date(2026, 1, 1))], GAOPING, 30),  # in any order
        ([(SHANXI, 60, date(2020, 1, 1))], 440306_000000, 120),  # another province
        ([(SHANXI, 60, date(2020, 1, 1))], 140581_101000, 60),  # a township lies in it too
    ],
)  # fmt: skip
def test_the_nearest_region_in_force_on_the_day_holds(
    rows: list[tuple[int, int, date]], region: int, expected: int
) -> None:
    told = [Setting("patience_special", place, value, since) for place, value, since in rows]
    assert in_force(region, DAY, told)["patience_special"] == expected


def test_a_setting_ends_with_its_last_day() -> None:
    rows = [Setting("ring", GAOPING, 30, date(2026, 1, 1), date(2026, 3, 1))]
    assert in_force(GAOPING, date(2026, 3, 1), rows)["ring"] == 30
    assert in_force(GAOPING, DAY, rows)["ring"] == USUAL["ring"]
    unknown = Setting("gone", GAOPING, 1, date(2026, 1, 1))
    assert in_force(GAOPING, DAY, [unknown]) == dict(USUAL)


def test_the_usual_values_may_be_set_and_are_those_of_the_routing_table() -> None:
    assert [key for key, kind in KINDS.items() if faults(key, kind.usual)] == []
    assert patience(USUAL) == {row.name: row.patience for row in ROUTES if row.patience is not None}
    assert faults("ring", 4) == ["out_of_range"]
    with pytest.raises(UnknownSetting):
        faults("gone", 1)


def test_routing_takes_the_waits_as_plain_values() -> None:
    special = Desk(1, DeskKind.SPECIAL, GAOPING, lawyers=1)
    general = Desk(2, DeskKind.GENERAL, GAOPING)
    caller = Caller(topic="wages", place=GAOPING, waited=timedelta(seconds=60))
    assert route(caller, [special, general]).desk == 1  # two minutes as the table has it
    sooner = {"special": timedelta(seconds=45), "elsewhere": timedelta(seconds=90)}
    moved = route(caller, [special, general], patience=sooner)
    assert (moved.desk, moved.ask_again) == (2, timedelta(seconds=180))
    late = Caller(topic="wages", place=GAOPING, waited=timedelta(seconds=90))
    assert route(late, [special], patience=sooner).target is Target.VOICEMAIL  # the longest wait is 90 s now
    still = Caller(topic="wages", place=GAOPING, waited=timedelta(seconds=89))
    assert route(still, [special], patience=sooner).ask_again == timedelta(seconds=1)
    assert route(caller, [special, general], patience={}) == route(caller, [special, general])
    assert not read_language("x", tries=2).again
    assert read_language("x", tries=2, most=3).again


@pytest.mark.django_db
def test_a_region_waits_longer_before_a_silent_call_is_over() -> None:
    line = open_hotline()
    line.queued()
    hour = WORKDAY + timedelta(minutes=61)
    assert len(silent_calls(hour)) == 1
    actions.put_setting(
        key="silent_else", region=GAOPING, value=90, valid_from=DAY, by=SYSTEM, at=AT
    )  # fmt: skip
    assert silent_calls(hour) == []
    assert len(silent_calls(WORKDAY + timedelta(minutes=92))) == 1
    line.tell(Happening.ANSWERED, 20, by=line.operator)
    assert silent_calls(WORKDAY + timedelta(minutes=240)) == []  # four hours after the last word, not before
    assert len(silent_calls(WORKDAY + timedelta(minutes=241))) == 1


@pytest.mark.django_db
def test_setting_a_wait_is_on_record_once_and_only_in_the_own_region() -> None:
    by = actor_for(make_staff(Role.ADMINISTRATOR), AT)
    for _ in range(2):
        actions.put_setting(
            key="ring", region=GAOPING, value=30, valid_from=DAY, source="局办公会", by=by, at=AT
        )
    assert settings_now(GAOPING, WORKDAY)["ring"] == 30
    assert Event.objects.filter(kind="hotline.setting_put").count() == 1
    with pytest.raises(NotPermitted):
        actions.put_setting(key="ring", region=JINCHENG, value=30, valid_from=DAY, by=by, at=AT)
    with pytest.raises(Refused, match="5 to 120"):
        actions.put_setting(key="ring", region=GAOPING, value=0, valid_from=DAY, by=by, at=AT)
    with pytest.raises(Refused, match="last day"):
        actions.put_setting(
            key="ring",
            region=GAOPING,
            value=30,
            valid_from=DAY,
            valid_until=DAY - timedelta(days=1),
            by=by,
            at=AT,
        )
