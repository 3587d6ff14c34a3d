"""Hours of calls through the gateway's switchboard and a simulated engine, with faults: none lost, none doubled, no leg left."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nuanxin.hotline.rules.calls import Happening, Outcome, State
from nuanxin.hotline.simulator.people import Crowd, Habits
from nuanxin.hotline.simulator.virtual import Faults, VirtualExchange
from tests.apps.hotline.paper import START, Paper


class Behind(VirtualExchange):
    """Tells the first event of each channel last: a caller's end comes before their beginning."""

    def __init__(self, record: Paper) -> None:
        super().__init__(record, START)
        self.held: list[dict[str, Any]] = []

    def _event(self, event: dict[str, Any]) -> None:
        if event["type"] == "StasisStart" and not self.held:
            self.held.append(event)
        else:
            super()._event(event)

    def tell_the_first(self) -> None:
        super()._event(self.held[0])
        self.settle()


class Shift:
    """A desk, callers, and operators who close their records."""

    def __init__(
        self, seed: int, *, operators: int = 3, faults: Faults | None = None, habits: Habits | None = None
    ) -> None:
        self.paper = Paper(operators)
        self.exchange = VirtualExchange(self.paper, START, seed=seed, faults=faults)
        self.crowd = Crowd(self.exchange.engine, seed, habits, talk_over=self._wrap_up)
        self.calls = 0

    def _wrap_up(self, call: str, staff: int) -> None:
        time = self.exchange.time
        time.later(20, lambda: self.paper.wrap_up(call, staff, time.now))

    def ring(self, count: int, every: float) -> None:
        """Callers, one after the other."""
        for number in range(count):
            self.calls += 1
            name = f"1772420400.{self.calls}"
            self.exchange.time.later(number * every, partial(self.crowd.arrive, name))

    def engine_dies(self) -> None:
        self.exchange.crash_engine()
        self.exchange.reconnect()

    def run(self, seconds: float) -> None:
        self.exchange.run(self.exchange.time.now + timedelta(seconds=seconds))

    def lose_connection(self) -> None:
        """Nothing is heard for a while; then the connection is back."""
        self.exchange.faults = Faults(lost=1.0)
        self.exchange.time.later(15, self._connect_again)

    def _connect_again(self) -> None:
        self.exchange.faults = Faults()
        self.exchange.reconnect()

    def close(self) -> None:
        """Everybody hangs up in the end, and what was lost on the way is found by connecting anew."""
        self.run(3600)
        self.exchange.reconnect()
        for call in [one for one in self.exchange.engine.channels if not one.startswith("nx_")]:
            self.exchange.engine.close(call)
        self.exchange.settle()
        self.run(60)
        self.exchange.reconnect()
        self.run(120)
        self.exchange.flush()

    def check(self) -> Counter[Outcome]:
        """Each call known, ended, with one outcome; nothing left at the engine; nobody told of two owners at once."""
        engine = self.exchange.engine
        assert engine.broken == []
        assert engine.channels == {}
        assert engine.bridges == {}
        assert self.exchange.board.lines == {}
        numbers: dict[str, tuple[str, Happening]] = {}
        for one in self.paper.tells:  # a number stands for one happening, however often it is told
            told = (one.call, one.told.kind)
            assert numbers.setdefault(one.told.id, told) == told
        outcomes: Counter[Outcome] = Counter()
        for call in self.paper.events:
            life = self.paper.life(call)
            if life.state is State.WRAP_UP:  # nobody was there to close its record
                self.paper.wrap_up(call, life.operator, self.exchange.time.now)
                life = self.paper.life(call)
            assert life.state is State.ENDED, (call, life, self.paper.events[call])
            outcomes[life.outcome] += 1
        return outcomes


def test_a_quiet_shift_without_faults() -> None:
    shift = Shift(1)
    shift.ring(60, 60)
    shift.run(60 * 60)
    shift.close()
    outcomes = shift.check()
    assert sum(outcomes.values()) == 60
    assert outcomes[Outcome.LOST] == 0
    talked = {call for call in shift.paper.events if shift.paper.life(call).talked}
    assert talked == shift.crowd.seen.talked
    assert outcomes[Outcome.ANSWERED] > 20
    kinds = {one.told.kind for one in shift.paper.tells}
    assert {
        Happening.ARRIVED,
        Happening.MENU_ENTERED,
        Happening.RINGING,
        Happening.ANSWERED,
        Happening.HUNG_UP,
    } <= kinds


@pytest.mark.parametrize("seed", range(4))
def test_too_few_operators_and_a_line_that_loses_doubles_and_delays(seed: int) -> None:
    shift = Shift(
        seed, operators=2, faults=Faults(lost=0.03, doubled=0.05, late=0.05), habits=Habits(talk=200)
    )
    shift.ring(80, 30)
    shift.run(3600)
    shift.close()
    outcomes = shift.check()
    # A caller whose every event was lost was never known; what is known has one outcome.
    assert sum(outcomes.values()) >= 75


@pytest.mark.parametrize("seed", range(4))
def test_who_was_left_alone_while_nobody_listened_is_not_greeted_anew(seed: int) -> None:
    shift = Shift(seed, operators=4, habits=Habits(talk=60, patience=900))
    shift.ring(80, 30)
    for number in range(40):
        shift.exchange.time.later(number * 60 + 30, shift.lose_connection)
    shift.run(2600)
    shift.close()
    shift.check()
    greeted = [one.call for one in shift.paper.tells if one.told.kind is Happening.ARRIVED]
    assert len(greeted) == len(set(greeted))


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 10**6), st.lists(st.floats(0, 1500), max_size=4), st.lists(st.floats(0, 1500), max_size=2)
)
def test_a_gateway_that_dies_at_any_moment_loses_no_call(
    seed: int, deaths: list[float], engine_deaths: list[float]
) -> None:
    shift = Shift(seed, operators=2, habits=Habits(talk=120))
    shift.ring(20, 40)
    time = shift.exchange.time
    for death in deaths:
        time.later(death, shift.exchange.crash_gateway)
    for death in engine_deaths:
        time.later(death, shift.engine_dies)
    shift.run(1600)
    shift.close()
    outcomes = shift.check()
    assert sum(outcomes.values()) == 20
    assert outcomes[Outcome.LOST] == 0
    talked = {call for call in shift.paper.events if shift.paper.life(call).talked}
    assert shift.crowd.seen.talked <= talked


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.lists(st.integers(1, 60), min_size=1, max_size=8))
def test_a_gateway_that_is_killed_between_any_two_steps_loses_no_call(seed: int, lives: list[int]) -> None:
    """Before the journal is written, between journal and orders, between two orders, before the record is told."""
    shift = Shift(seed, operators=2, habits=Habits(talk=60, hidden=0))
    shift.ring(8, 20)
    exchange = shift.exchange
    deaths = 0
    for life in lives:
        exchange.dies_in = life
        before = exchange.time.now
        while exchange.dies_in and exchange.time.now < before + timedelta(seconds=600):
            shift.run(5)
        deaths += not exchange.dies_in
    exchange.dies_in = 0
    shift.close()
    outcomes = shift.check()
    assert sum(outcomes.values()) == shift.crowd.seen.arrived
    assert outcomes[Outcome.LOST] == 0
    talked = {call for call in shift.paper.events if shift.paper.life(call).talked}
    assert shift.crowd.seen.talked <= talked


def test_a_caller_whose_end_was_told_before_their_beginning_is_offered_to_nobody() -> None:
    paper = Paper()
    exchange = Behind(paper)
    exchange.engine.call_in("1772420400.1", "13900000001")
    exchange.engine.close("1772420400.1")
    exchange.settle()
    exchange.tell_the_first()
    exchange.run(START + timedelta(minutes=5))
    exchange.flush()
    kinds = [told.kind for told in paper.events["1772420400.1"]]
    assert Happening.HUNG_UP in kinds
    assert Happening.OFFERED not in kinds
    assert paper.life("1772420400.1").outcome == Outcome.ABANDONED
    assert exchange.board.lines == {}
    assert exchange.engine.broken == []
