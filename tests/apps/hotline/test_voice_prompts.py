"""Sentences of which the engine has no file: nobody hears silence, and nobody agrees to what they could not hear."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nuanxin.hotline.rules.calls import Happening
from nuanxin.hotline.rules.voice import Line
from nuanxin.hotline.rules.voice.values import Keep, Key, Order, Played, Routed, Stage, Unheard
from tests.apps.hotline.test_voice import CALL, Scene


def at_the_ear(scene: Scene) -> list[str]:
    """What was ordered for the caller's ear, in order: sentences with their language, tones."""
    heard = [one.given for one in scene.outs if isinstance(one, Order) and one.operation == "play"]
    return [f"{given.get('lang', '')} {given['media'].removeprefix('sound:nuanxin/')}" for given in heard]


def lacking(scene: Scene) -> Scene:
    """The engine says of what it plays now that there is no such file."""
    return scene.hear(Played(scene.line.playing, failed=True))


def at_consent(language: str = "4") -> Scene:
    """Tibetan, wages, and the question about recording is played."""
    return Scene().keys(language + "1")


def test_what_is_not_there_in_a_language_is_said_in_mandarin_and_then_by_a_tone() -> None:
    scene = at_consent()
    assert at_the_ear(scene)[-1] == "bo consent"
    lacking(scene)
    assert at_the_ear(scene)[-1] == "zh consent"
    lacking(scene)
    assert at_the_ear(scene)[-1].startswith(" tone:")
    assert [one for one in scene.outs if isinstance(one, Unheard)] == [Unheard("consent", "bo"), Unheard("consent", "zh")]  # fmt: skip


def test_the_tone_is_stopped_after_a_second_and_the_call_goes_on() -> None:
    scene = Scene()
    lacking(scene)
    tone = scene.line.playing
    scene.wait(1)
    assert ("stop_playing", tone) in scene.orders
    assert scene.line.stage is Stage.LANGUAGE
    assert at_the_ear(scene)[-1] == "zh languages"


@pytest.mark.parametrize("key", ["", "1", "2"])
def test_nobody_agrees_to_be_recorded_who_could_not_hear_the_question(key: str) -> None:
    scene = lacking(lacking(at_consent()))
    scene.keys(key).wait(2)
    assert (scene.line.consent, scene.line.stage) == ("", Stage.ROUTING)


def test_who_hears_the_question_in_mandarin_may_agree() -> None:
    scene = lacking(at_consent()).keys("1")
    assert (scene.line.consent, scene.line.language) == (
        "agreed",
        "bo",
    )  # and stays in the queue of their language


def test_an_offer_that_nobody_heard_is_not_taken_by_a_key() -> None:
    scene = Scene().queue().wait(46)
    assert at_the_ear(scene)[-1] == "zh call-back-offer"
    lacking(scene).keys("1").wait(2).keys("1")
    assert scene.line.stage is Stage.QUEUE
    scene.wait(60)
    assert at_the_ear(scene)[-1] == "zh ahead-2"
    scene.keys("1")
    assert Happening.CALL_BACK_ASKED not in scene.told


@pytest.mark.parametrize("phone", ["13900001234", ""])
def test_who_could_not_hear_that_a_message_is_recorded_is_rung_back_instead(phone: str) -> None:
    scene = Scene(Line(CALL, CALL, phone=phone), comes_in=True).keys("111").hear(Routed(0))
    lacking(scene).wait(2)
    assert not scene.line.recordings
    assert scene.line.stage is Stage.BYE
    assert at_the_ear(scene)[-1] == ("zh call-back-kept" if phone else "zh no-message")
    assert (Happening.CALL_BACK_ASKED in scene.told) is bool(phone)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from("-0123456789")), max_size=30), st.booleans())
def test_whatever_is_missing_there_is_always_something_at_the_ear(
    steps: list[tuple[bool, str]], leaves_message: bool
) -> None:
    """After each step a sentence, a tone or music sounds, or a key is waited for, or a message is recorded, or the line
    is being closed; and no talk of who could not hear the question is recorded."""
    scene, heard_consent = Scene(), False
    for missing, key in steps:
        if scene.line.stage is Stage.ROUTING:
            scene.hear(Routed(0) if leaves_message else Routed(7, None, 2, offer=True))
        if key != "-":
            scene.hear(Key(CALL, key))
        elif scene.line.playing and missing:
            lacking(scene)
        elif scene.line.playing and scene.line.spoken:
            heard_consent = heard_consent or scene.line.prompt == "consent"
            scene.hear(Played(scene.line.playing))
        else:
            scene.wait(7)
        line = scene.line
        assert (
            line.playing or line.music or line.recording or "stage" in line.timers or "closing" in line.timers
        ), line.stage
        if line.stage is Stage.BYE:
            break
    assert not [one for one in scene.outs if isinstance(one, Keep)]
