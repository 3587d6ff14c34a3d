"""A message that somebody has spoken is kept, whatever dies or is not told meanwhile."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from nuanxin.hotline.actions import recordings
from nuanxin.hotline.models import Call, CallBack, CallEvent, OperatorState, Recording
from nuanxin.hotline.rules.calls import Happening, Outcome, State
from nuanxin.hotline.rules.voice.values import UNKNOWN, Gone, Keep, Played, Routed, Stage
from tests.apps.hotline.test_gateway import CALL, House, now, play
from tests.apps.hotline.test_voice import CALL as LINE
from tests.apps.hotline.test_voice import Scene
from tests.threads import in_thread

pytestmark = pytest.mark.django_db(transaction=True)


async def speaking(house: House, keys: str = "110") -> None:
    """Nobody is on duty, and a caller speaks after the tone."""
    await in_thread(OperatorState.objects.update, state=OperatorState.State.OFF)
    await house.to_queue(keys=keys)
    await house.until(lambda: house.engine.live)
    await asyncio.sleep(0.3)


async def kept(house: House) -> Call:
    """The message is on file, its call-back promised, nothing left at the engine."""
    await house.until(lambda: Recording.objects.filter(call__external=CALL).exists())
    call: Call = await in_thread(lambda: Call.objects.get(external=CALL))
    assert (call.state, call.outcome, call.recording) == (State.ENDED, Outcome.CALL_BACK, "agreed")
    assert await in_thread(lambda: CallBack.objects.filter(call=call).count()) == 1
    assert await in_thread(lambda: CallEvent.objects.filter(call=call, kind="message_left").count()) == 1
    await house.until(lambda: not house.engine.stored)
    return call


def long_enough(house: House) -> None:
    """The simulated clock is fast: the message has lasted ten seconds."""
    for one in house.engine.live.values():
        one.began -= timedelta(seconds=10)


@pytest.mark.parametrize("keys", ["110", "112"])
def test_a_message_of_who_refused_that_a_talk_is_recorded_is_kept_too(tmp_path: Path, keys: str) -> None:
    async def scene(house: House) -> None:
        await speaking(house, keys)
        long_enough(house)
        house.engine.press(CALL, "#")
        await house.until(lambda: Call.objects.filter(external=CALL, state=State.ENDED).exists())
        call = await kept(house)
        # Taken back, it is gone, and no old event brings the consent again.
        by = house.line.operator
        await in_thread(lambda: recordings.withdraw(call_id=call.pk, by=by, at=now()))
        assert not await in_thread(Recording.objects.filter(deleted_at=None).exists)

    play(tmp_path, scene)


def test_a_message_whose_speaker_hangs_up_while_the_gateway_is_dead_is_kept(tmp_path: Path) -> None:
    async def scene(house: House) -> None:
        await speaking(house)
        await house.die()
        house.engine.close(CALL)
        await house.open()
        await kept(house)
        await house.die()
        await house.open()
        await kept(house)

    play(tmp_path, scene)


@pytest.mark.parametrize("stays", [False, True])
def test_a_message_whose_end_is_never_told_is_fetched_all_the_same(stays: bool) -> None:
    scene = Scene().keys("111").hear(Routed(0))
    scene.hear(Played(scene.line.playing))
    assert scene.line.stage is Stage.MAIL
    if not stays:
        scene.hear(Gone(LINE))
    scene.wait(300)
    (one,) = [out for out in scene.outs if isinstance(out, Keep)]
    assert one.seconds == UNKNOWN
    assert Happening.MESSAGE_LEFT in scene.told
    assert not scene.line.recordings
