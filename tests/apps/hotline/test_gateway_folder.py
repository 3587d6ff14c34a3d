"""Where Asterisk answers 500 and is not away: an unregistered telephone, no folder of recordings."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from nuanxin.hotline.models import Call, CallEvent
from nuanxin.hotline.rules.calls import Happening, State
from tests.apps.hotline.test_gateway import CALL, House, play

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_telephone_that_is_not_registered_sends_the_caller_on_at_once(tmp_path: Path) -> None:
    async def scene(house: House) -> None:
        house.engine.unregistered.add("PJSIP/801")
        await house.to_queue()
        rung = CallEvent.objects.filter(call__external=CALL)
        await house.until(lambda: rung.filter(kind=Happening.NOT_TAKEN).exists())
        offered = await house.until(lambda: rung.filter(kind=Happening.OFFERED).first())
        given_up = await house.until(lambda: rung.filter(kind=Happening.NOT_TAKEN).first())
        assert given_up.at - offered.at < timedelta(seconds=1)  # tried once, not three times

    play(tmp_path, scene)


def test_without_a_folder_of_recordings_people_talk_all_the_same(tmp_path: Path) -> None:
    async def scene(house: House) -> None:
        await house.stop()
        house.engine.has_folder = False
        await house.open()
        await house.talking()
        house.engine.close(CALL)
        await house.until(lambda: Call.objects.filter(external=CALL, state=State.WRAP_UP).exists())

    play(tmp_path, scene)
