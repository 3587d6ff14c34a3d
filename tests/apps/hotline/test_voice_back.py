"""Ringing a person back, as the voice does it: what is told of it, and what is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nuanxin.hotline.rules.callbacks import Attempt, talked
from nuanxin.hotline.rules.calls import State
from nuanxin.hotline.rules.life import tell
from nuanxin.hotline.rules.voice import Line
from nuanxin.hotline.rules.voice.names import read_name
from nuanxin.hotline.rules.voice.values import (
    Answer,
    Entered,
    Gone,
    Heard,
    Keep,
    Key,
    Recorded,
    Rings,
    Stage,
    Tell,
    Tick,
    Tried,
    Wanted,
)
from tests.apps.hotline.test_voice import CALL, Scene


def ring_back() -> Scene:
    """The operator's telephone is rung, for the call-back 9."""
    line = Line(
        "back-3",
        "",
        phone="13900001234",
        back=True,
        rings_back=9,
        desk=7,
        staff=5,
        extension="801",
        command=3,
    )
    return Scene(line)


def tries(scene: Scene) -> list[Attempt]:
    return [one.attempt for one in scene.outs if isinstance(one, Tried)]


def test_the_talk_of_a_ring_back_is_told_from_its_first_word_to_its_end() -> None:
    scene = ring_back()
    scene.hear(Entered(scene.line.leg))
    assert scene.told == []  # nobody was reached yet
    scene.hear(Entered(scene.line.channel))
    scene.hear(Gone(scene.line.channel))
    life = tell(one.told for one in scene.outs if isinstance(one, Tell))
    assert (life.state, life.operator, life.desk) == (State.WRAP_UP, 5, 7)
    assert {(one.call, one.phone, one.rings_back) for one in scene.outs if isinstance(one, Tell)} == {
        ("back-3", "13900001234", 9)
    }


def test_of_a_ring_back_that_reached_nobody_no_call_is_told() -> None:
    scene = ring_back()
    scene.hear(Entered(scene.line.leg))
    scene.hear(Gone(scene.line.channel, 19))
    assert scene.told == []
    assert scene.legs() == set()


def test_a_person_who_is_rung_back_talks_and_nothing_is_told_of_the_old_call() -> None:
    scene = Scene(Line(CALL, "", phone="13900001234", back=True, staff=5, extension="801", command=3))
    scene.hear(Entered(scene.line.leg))
    scene.hear(Entered(scene.line.channel))
    assert scene.answers() == {3: "done"}
    scene.hear(Wanted(4, "hang_up", 5))
    assert scene.told == []
    assert scene.legs() == set()


def test_a_ring_back_is_recorded_from_the_spoken_yes_to_the_no() -> None:
    scene = ring_back()
    scene.hear(Entered(scene.line.leg)).hear(Entered(scene.line.channel))
    assert not [one for one in scene.orders if one[0] == "record_bridge"]  # the default
    said = scene.at - timedelta(milliseconds=400)
    scene.hear(Wanted(8, "record", 5, at=said), Wanted(9, "record", 5))
    (name,) = scene.line.recordings
    assert [one for one in scene.orders if one[0] == "record_bridge"] == [
        ("record_bridge", scene.line.bridge)
    ]
    assert scene.answers() == {3: "done", 8: "done", 9: "done"}
    scene.hear(Wanted(10, "stop_recording", 5))
    assert ("stop_recording", name) in scene.orders
    assert (scene.line.consent, scene.line.recording) == ("refused", "")
    scene.hear(Recorded(name, 7))
    (kept,) = [one for one in scene.outs if isinstance(one, Keep)]  # the record decides that it goes
    assert (kept.name, kept.consent_at, kept.by) == (name, said, 5)


@pytest.mark.parametrize(("rang", "attempt"), [(True, Attempt.NO_ANSWER), (False, Attempt.NOT_COUNTED)])
def test_a_telephone_that_rang_in_vain_counts_and_a_silent_network_does_not(
    rang: bool, attempt: Attempt
) -> None:
    for end in (Gone("", 18), Tick()):
        scene = ring_back().hear(Entered("nx_o_5_1_back-3"))
        if rang:
            scene.hear(Rings(scene.line.channel))
        if isinstance(end, Gone):
            scene.hear(Gone(scene.line.channel, 18))
        else:
            scene.wait(46)
        assert tries(scene) == [attempt]
        assert scene.legs() == set()


@pytest.mark.parametrize(
    ("seconds", "attempt"), [(None, "reached"), (0, "machine"), (9, "machine"), (10, "reached")]
)
def test_how_long_a_talk_must_last_to_be_one(seconds: int | None, attempt: str) -> None:
    assert talked(None if seconds is None else timedelta(seconds=seconds)) == attempt


def _heard() -> st.SearchStrategy[list[tuple[str, int]]]:
    names = [
        "leg",
        "leg gone",
        "person",
        "person gone",
        "rings",
        "old",
        "tick",
        "key",
        "hang",
        "agrees",
        "refuses",
    ]
    return st.lists(st.tuples(st.sampled_from(names), st.integers(0, 34)), max_size=25)


def _make(scene: Scene, name: str, number: int) -> Heard:
    line = scene.line
    old = str(read_name(f"nx_p_0_{number}_back-3"))
    if name == "tick":
        scene.at += timedelta(seconds=number * 3)
    choices: dict[str, Heard] = {
        "leg": Entered(line.leg or old), "leg gone": Gone(line.leg or old, number), "person": Entered(line.channel or old),
        "person gone": Gone(line.channel or old, number), "rings": Rings(line.channel or old), "old": Entered(old), "tick": Tick(),
        "key": Key(line.channel or old, str(number % 10)), "hang": Wanted(100 + number, "hang_up", 5),
        "agrees": Wanted(200 + number, "record", 5), "refuses": Wanted(300 + number, "stop_recording", 5),
    }  # fmt: skip
    return choices[name]


@settings(max_examples=300, deadline=None)
@given(_heard())
def test_whatever_comes_the_wish_has_one_answer_and_the_person_one_try_at_most(
    events: list[tuple[str, int]],
) -> None:
    """Lost, doubled and disordered: the person is rung once, at most one try is noted, and never of who was reached;
    recorded is only who has agreed; after the end the wish has been answered exactly once and no leg is left."""
    scene = ring_back()
    for name, number in events:
        scene.hear(_make(scene, name, number))
        assert sum(operation == "ring_out" for operation, _ in scene.orders) <= 1
        assert not scene.line.recording or scene.line.consent == "agreed"
    for _ in range(3):
        scene.wait(60)
    scene.hear(Gone(scene.line.channel, 16), Gone(scene.line.leg, 16))
    assert scene.line.stage is Stage.OVER
    assert scene.legs() == set()
    assert scene.bridges() == set()
    answered = [one for one in scene.outs if isinstance(one, Answer | Tried) and one.command == 3]
    assert len(answered) == 1
    reached = any(isinstance(one, Tell) for one in scene.outs)
    assert not (reached and tries(scene))
    assert reached is (isinstance(answered[0], Answer) and answered[0].result == "done")
