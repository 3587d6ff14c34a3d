"""The life of a call: the table, lost, doubled and disordered events, a hang-up in every state."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from nuanxin.hotline.rules.calls import Happening, Outcome, Owner, OwnerKind, State, Told
from nuanxin.hotline.rules.life import ROWS, Life, advance, comes_last, row_for, tell

AT = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
ANNA, BO, DESK, OTHER = 11, 12, 5, 6
H = Happening


def told(kind: Happening, second: int, *, operator: int = 0, desk: int = 0, code: str = "") -> Told:
    return Told(f"{kind}-{second}-{operator}", kind, AT + timedelta(seconds=second), 0, operator, desk, code)


ORDINARY = [
    told(H.ARRIVED, 0),
    told(H.MENU_ENTERED, 1),
    told(H.QUEUED, 20, desk=DESK),
    told(H.OFFERED, 40, operator=ANNA),
    told(H.RINGING, 41, operator=ANNA),
    told(H.ANSWERED, 45, operator=ANNA),
    told(H.HUNG_UP, 400),
    told(H.WRAPPED_UP, 460, operator=ANNA, code="advised"),
]
# The state after each of these, and who owns the call then.
PATH = [
    (State.ARRIVING, Owner(OwnerKind.PLATFORM, 0)),
    (State.MENU, Owner(OwnerKind.PLATFORM, 0)),
    (State.QUEUED, Owner(OwnerKind.DESK, DESK)),
    (State.OFFERED, Owner(OwnerKind.OPERATOR, ANNA)),
    (State.RINGING, Owner(OwnerKind.OPERATOR, ANNA)),
    (State.ON_CALL, Owner(OwnerKind.OPERATOR, ANNA)),
    (State.WRAP_UP, Owner(OwnerKind.OPERATOR, ANNA)),
    (State.ENDED, Owner(OwnerKind.OPERATOR, ANNA)),
]


def test_an_ordinary_call_goes_its_way() -> None:
    lives = [tell(ORDINARY[: count + 1]) for count in range(len(ORDINARY))]
    assert [(life.state, life.owner) for life in lives] == PATH
    end = lives[-1]
    assert (end.outcome, end.code) == (Outcome.ANSWERED, "advised")
    assert end.waited(AT + timedelta(days=1)) == timedelta(seconds=25)  # 20 → 45
    assert end.closed_at == AT + timedelta(seconds=400)


@pytest.mark.parametrize(
    ("heard", "state", "outcome"),
    [
        (1, State.ENDED, Outcome.ABANDONED),  # arriving
        (2, State.ENDED, Outcome.ABANDONED),  # in the menu
        (3, State.ENDED, Outcome.ABANDONED),  # queued
        (4, State.ENDED, Outcome.ABANDONED),  # offered
        (5, State.ENDED, Outcome.ABANDONED),  # ringing
        (6, State.WRAP_UP, Outcome.NONE),  # talking: the record is still to be written
        (7, State.WRAP_UP, Outcome.NONE),
        (8, State.ENDED, Outcome.ANSWERED),
    ],
)
def test_a_hang_up_in_every_state(heard: int, state: State, outcome: Outcome) -> None:
    life = tell([*ORDINARY[:heard], told(H.HUNG_UP, 500)])
    assert (life.state, life.outcome) == (state, outcome)


def test_a_hang_up_in_voicemail_and_after_a_promise() -> None:
    recording = [*ORDINARY[:3], told(H.VOICEMAIL_ENTERED, 600)]
    assert tell([*recording, told(H.HUNG_UP, 610)]).outcome is Outcome.ABANDONED
    # The message is stored after the line has closed: told later, it makes a call-back of it.
    late = tell([*recording, told(H.HUNG_UP, 610), told(H.MESSAGE_LEFT, 612)])
    assert (late.state, late.outcome, late.owner) == (
        State.ENDED,
        Outcome.CALL_BACK,
        Owner(OwnerKind.DESK, DESK),
    )
    kept = [*ORDINARY[:3], told(H.CALL_BACK_ASKED, 60)]
    assert tell(kept).state is State.CALL_BACK
    assert tell([*kept, told(H.HUNG_UP, 61)]).outcome is Outcome.CALL_BACK
    assert tell(kept).queued_at == AT + timedelta(seconds=20)  # the place is kept


def test_two_operators_take_one_call_and_the_first_has_it() -> None:
    both = [
        *ORDINARY[:3],
        told(H.ANSWERED, 45, operator=ANNA),
        told(H.ANSWERED, 46, operator=BO),
        told(H.WRAPPED_UP, 47, operator=BO),
    ]
    life = tell(both)
    assert (life.state, life.operator) == (State.ON_CALL, ANNA)
    # The same instant to the millisecond: still one, and always the same one.
    tie = [*ORDINARY[:3], told(H.ANSWERED, 45, operator=ANNA), told(H.ANSWERED, 45, operator=BO)]
    assert tell(tie).operator == tell(reversed(tie)).operator == ANNA


def test_who_does_not_pick_up_gives_the_call_back_with_its_place() -> None:
    life = tell([*ORDINARY[:5], told(H.NOT_TAKEN, 60, operator=BO)])
    assert life.state is State.RINGING  # it was not Bo's to decline
    life = tell([*ORDINARY[:5], told(H.NOT_TAKEN, 60, operator=ANNA)])
    assert (life.state, life.owner) == (State.QUEUED, Owner(OwnerKind.DESK, DESK))
    assert life.queued_at == AT + timedelta(seconds=20)


def test_a_call_that_is_passed_on_is_ended_by_the_second_only() -> None:
    passed = [*ORDINARY[:6], told(H.PASSED_ON, 100, operator=ANNA, desk=OTHER)]
    assert tell(passed).owner == Owner(OwnerKind.DESK, OTHER)
    noted = [*passed, told(H.WRAPPED_UP, 110, operator=ANNA)]  # Anna closes her own part
    assert tell(noted).state is State.QUEUED
    assert tell([*noted, told(H.HUNG_UP, 200)]).outcome is Outcome.ABANDONED
    taken = [*noted, told(H.ANSWERED, 130, operator=BO), told(H.HUNG_UP, 200)]
    life = tell([*taken, told(H.WRAPPED_UP, 220, operator=BO)])
    assert (life.outcome, life.operator) == (Outcome.ANSWERED, BO)


@pytest.mark.parametrize("lost", range(len(ORDINARY) - 1))
def test_any_one_event_may_be_lost(lost: int) -> None:
    """The last of the eight closes the record, so the end is the same whichever of the others is missing."""
    life = tell(event for place, event in enumerate(ORDINARY) if place != lost)
    assert (life.state, life.outcome, life.operator) == (State.ENDED, Outcome.ANSWERED, ANNA)


def test_silence_ends_a_call_and_the_truth_told_later_corrects_it() -> None:
    silent = [*ORDINARY[:3], told(H.GIVEN_UP, 7200)]
    assert tell(silent).outcome is Outcome.LOST
    assert tell([*silent, told(H.HUNG_UP, 90)]).outcome is Outcome.ABANDONED
    assert tell([*silent, told(H.HUNG_UP, 9000)]).outcome is Outcome.ABANDONED  # a clock that ran ahead
    answered = tell([*silent, *ORDINARY[3:]])
    assert (answered.outcome, answered.operator) == (Outcome.ANSWERED, ANNA)
    talked = [*ORDINARY[:7], told(H.GIVEN_UP, 7200)]  # the operator's browser died: no record was closed
    assert tell(talked).outcome is Outcome.ANSWERED
    assert tell([*talked, told(H.WRAPPED_UP, 9000, operator=ANNA, code="advised")]).code == "advised"


def test_a_clock_that_jumps_back_makes_no_abandoned_call_of_an_answered_one() -> None:
    """The exchange's clock was set back an hour between the answer and the hang-up."""
    jumped = [
        replace(event, at=event.at - timedelta(hours=1)) if event.kind is H.HUNG_UP else event
        for event in ORDINARY
    ]
    life = tell(jumped)
    assert (life.state, life.outcome, life.operator) == (State.ENDED, Outcome.ANSWERED, ANNA)
    assert life.waited(AT) >= timedelta(0)


def test_every_row_of_the_table_is_reached_by_some_call() -> None:
    reached = set()
    shuffler = random.Random(5)
    for _ in range(4000):
        life = Life()
        for event in _random_events(shuffler):
            reached.add(row_for(life, event))
            life = advance(life, event)
    assert [row for row in ROWS if row not in reached] == []


def _random_events(shuffler: random.Random) -> list[Told]:
    kinds = shuffler.choices(list(H), k=7)
    return [
        told(kind, second, operator=shuffler.choice((0, ANNA, BO)), desk=shuffler.choice((0, DESK)))
        for second, kind in enumerate(kinds)
    ]


EVENTS = st.lists(
    st.builds(
        Told,
        id=st.integers(0, 40).map(str),
        kind=st.sampled_from(Happening),
        at=st.integers(0, 6).map(lambda second: AT + timedelta(seconds=second)),
        sequence=st.integers(0, 3),
        operator=st.sampled_from((0, ANNA, BO)),
        desk=st.sampled_from((0, DESK, OTHER)),
    ),
    max_size=14,
    unique_by=lambda event: event.id,
)


@settings(deadline=None)
@given(EVENTS, st.randoms(use_true_random=False))
def test_order_of_arrival_and_doubles_change_nothing(events: list[Told], shuffler: random.Random) -> None:
    mixed = [*events, *shuffler.sample(events, len(events) // 2)]
    shuffler.shuffle(mixed)
    assert tell(mixed) == tell(events)


@settings(deadline=None)
@given(EVENTS)
def test_any_events_at_all_leave_one_owner_and_one_outcome(events: list[Told]) -> None:
    for count in range(len(events) + 1):
        life = tell(events[:count])
        assert (life.state is State.ENDED) == (life.outcome is not Outcome.NONE)
        assert (life.state is State.ENDED) == (life.ended_at is not None)
        assert life.owner.kind is OwnerKind.PLATFORM or life.owner.id
        if life.state in {State.OFFERED, State.RINGING, State.ON_CALL, State.WRAP_UP}:
            assert life.owner.kind is OwnerKind.OPERATOR
        if life.state in {State.ARRIVING, State.MENU, State.QUEUED, State.VOICEMAIL, State.CALL_BACK}:
            assert life.owner.kind is not OwnerKind.OPERATOR
    last = told(H.GIVEN_UP, 9000)
    assert tell([*events, last]).state is State.ENDED


class OneCall(RuleBasedStateMachine):
    """An exchange and two operators at one call, and a line between them that loses, doubles and delays.

    The platform applies what comes at once where it can (``advance``), and reads all again where it must.
    """

    def __init__(self) -> None:
        super().__init__()
        self.second = 0
        self.happened: list[Told] = []
        self.delayed: list[Told] = []
        self.known: dict[str, Told] = {}
        self.life = Life()

    def _receive(self, event: Told) -> None:
        if event.id in self.known:
            return
        self.known[event.id] = event
        last = comes_last(self.life, event)
        self.life = advance(self.life, event) if last else tell(self.known.values())

    @rule(kind=st.sampled_from(Happening), operator=st.sampled_from((0, ANNA, BO)),
          desk=st.sampled_from((0, DESK, OTHER)), fate=st.sampled_from(("comes", "late", "lost")),
          jump=st.integers(-3, 5))  # fmt: skip
    def something_happens(self, kind: Happening, operator: int, desk: int, fate: str, jump: int) -> None:
        self.second += jump
        event = Told(str(len(self.happened)), kind, AT + timedelta(seconds=self.second), 0, operator, desk)
        self.happened.append(event)
        if fate == "comes":
            self._receive(event)
        elif fate == "late":
            self.delayed.append(event)

    @precondition(lambda self: self.delayed)
    @rule(pick=st.integers(0, 100))
    def a_late_one_comes(self, pick: int) -> None:
        self._receive(self.delayed.pop(pick % len(self.delayed)))

    @precondition(lambda self: self.known)
    @rule(pick=st.integers(0, 100))
    def one_comes_again(self, pick: int) -> None:
        before = self.life
        self._receive(list(self.known.values())[pick % len(self.known)])
        assert self.life == before

    @rule()
    def both_press_take_at_once(self) -> None:
        """Whoever writes first has it; the second is refused by the state that the first has left."""
        winners = []
        for operator in (ANNA, BO):
            press = Told(f"press-{len(self.happened)}-{operator}", H.ANSWERED, self._now(), 0, operator)
            if advance(self.life, press).operator == operator and self.life.state is State.QUEUED:
                self.happened.append(press)
                self._receive(press)
                winners.append(operator)
        assert len(winners) <= 1
        assert not winners or (self.life.operator == winners[0] and self.life.state is State.ON_CALL)

    def _now(self) -> datetime:
        latest = max((event.at for event in self.known.values()), default=AT)
        return latest + timedelta(seconds=1)

    @invariant()
    def reading_all_again_gives_the_same(self) -> None:
        assert self.life == tell(self.known.values())

    @invariant()
    def one_outcome_once_ended(self) -> None:
        assert (self.life.state is State.ENDED) == (self.life.outcome is not Outcome.NONE)

    def teardown(self) -> None:
        """Silence ends whatever is left."""
        self._receive(Told("end", H.GIVEN_UP, AT + timedelta(days=2)))
        assert self.life.state is State.ENDED
        assert self.life.outcome is not Outcome.NONE


TestOneCall = OneCall.TestCase
TestOneCall.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
