"""Ringing a person back, as the voice does it: what is told of it, and what is not."""

from __future__ import annotations

from nuanxin.hotline.rules.calls import State
from nuanxin.hotline.rules.life import tell
from nuanxin.hotline.rules.voice import Line
from nuanxin.hotline.rules.voice.values import Entered, Gone, Tell, Wanted
from tests.apps.hotline.test_voice import CALL, Scene


def test_the_talk_of_a_ring_back_is_told_from_its_first_word_to_its_end() -> None:
    scene = Scene(
        Line(
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
    )
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
    scene = Scene(
        Line(
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
    )
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
