"""A region's own ring time and menu tries reach the voice; a desk's own talks make the guess at a wait."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from nuanxin.hotline.actions.calls import About
from nuanxin.hotline.gateway.dispatch import Found, Request, ToRoute, dispatch
from nuanxin.hotline.gateway.switchboard import Switchboard
from nuanxin.hotline.models import HotlineSetting
from nuanxin.hotline.queries.habits import ENOUGH, MEAN_TALK, Habits, habits_of
from nuanxin.hotline.rules.calls import Happening
from nuanxin.hotline.rules.dispatch import InQueue
from nuanxin.hotline.rules.routing import Caller
from nuanxin.hotline.rules.voice.values import Entered, Key, Offered, Order, Played, Routed
from tests.factories.hotline import PHONE, WORKDAY, Hotline, open_hotline
from tests.factories.staff import GAOPING

H = Happening


def _talks(line: Hotline, count: int, seconds: int, *, first: int = 0, days_ago: int = 1) -> None:
    for number in range(first, first + count):
        start, call = number * 3600 // 60 - days_ago * 86400, f"t{days_ago}-{number}"
        line.tell(H.ARRIVED, start, call=call)
        line.tell(H.QUEUED, start + 5, call=call, desk=True)
        line.tell(H.ANSWERED, start + 10, call=call, by=line.operator)
        line.tell(H.HUNG_UP, start + 10 + seconds, call=call)
        line.tell(H.WRAPPED_UP, start + 12 + seconds, call=call, by=line.operator)


@pytest.mark.django_db
def test_the_region_s_own_waits_in_force_are_the_gateway_s() -> None:
    line = open_hotline()
    assert habits_of(line.exchange, WORKDAY) == Habits(timedelta(seconds=20), 2, {})
    for key, value in (("ring", 35), ("menu_tries", 4)):
        HotlineSetting.objects.create(key=key, region=GAOPING, value=value, valid_from=date(2026, 1, 1))
    assert habits_of(line.exchange, WORKDAY) == Habits(timedelta(seconds=35), 4, {})


@pytest.mark.django_db
def test_a_mean_needs_enough_talks_of_the_last_weeks() -> None:
    line = open_hotline()
    _talks(line, ENOUGH - 1, 40)
    _talks(line, 5, 900, days_ago=40)  # too long ago to count
    assert habits_of(line.exchange, WORKDAY).mean_talk(line.desk.pk) == MEAN_TALK
    _talks(line, 1, 100, first=ENOUGH - 1)
    # 29 talks of 40 s and one of 100 s: (29 x 40 + 100) / 30 = 42 s.
    assert habits_of(line.exchange, WORKDAY).mean_talk(line.desk.pk) == timedelta(seconds=42)
    assert habits_of(line.exchange, WORKDAY).mean_talk(line.desk.pk + 1) == MEAN_TALK


@pytest.mark.django_db
@pytest.mark.parametrize(("mean", "offered"), [(30, False), (240, True)])
def test_a_call_back_is_offered_by_the_desk_s_own_talks(mean: int, offered: bool) -> None:
    # Two on duty, one ahead: 2 x 30 / 2 = 30 s is less than the three minutes, 2 x 240 / 2 = 240 s more.
    line = open_hotline()
    desk = line.desk.pk
    habits = Habits(mean_talks={desk: timedelta(seconds=mean)})
    ahead = InQueue("c0", desk, WORKDAY)
    asks = ToRoute("c1", Caller("zh", "wages"), PHONE, None, 0, About(PHONE, "zh", "wages"))
    line.tell(H.ARRIVED, 0)
    both = frozenset({line.operator.id, line.lawyer.id})
    found = dispatch(line.exchange, Request([asks], [ahead], both, habits), WORKDAY + timedelta(minutes=1))
    routed = next(heard for call, heard in found.heard if call == "c1" and isinstance(heard, Routed))
    assert (routed.ahead, routed.offer) == (1, offered)


def _pass(board: Switchboard, seconds: float) -> list[Order]:
    board.effects()
    board.tick(WORKDAY + timedelta(seconds=seconds))
    return board.effects().orders


def test_the_telephone_rings_as_long_as_the_region_says() -> None:
    board = Switchboard()
    board.habits = Habits(ring=timedelta(seconds=35), menu_tries=1)
    board.hear(Entered("1.1", PHONE), WORKDAY)
    for _ in range(3):
        board.hear(Key("1.1", "1"), WORKDAY)
    found = Found(heard=[("1.1", Routed(7)), ("1.1", Offered(5, "801"))])
    board.found(found, WORKDAY)
    leg = board.lines["1.1"].leg
    assert ("hang_up", leg) not in [(one.operation, one.on) for one in _pass(board, 34)]
    assert ("hang_up", leg) in [(one.operation, one.on) for one in _pass(board, 36)]


@pytest.mark.parametrize("tries", [1, 3])
def test_a_menu_asks_as_often_as_the_region_says(tries: int) -> None:
    board = Switchboard()
    board.habits = Habits(menu_tries=tries)
    board.hear(Entered("1.1", PHONE), WORKDAY)
    asked, at = 0, WORKDAY
    for _ in range(60):
        orders = board.effects().orders
        asked += sum(one.given.get("media") == "sound:nuanxin/languages" for one in orders)
        playing = board.lines["1.1"].playing
        if playing:
            board.hear(Played(playing), at)
        at += timedelta(seconds=2)
        board.tick(at)
    assert asked == tries
