"""An Asterisk without a folder of recordings, as some packages install it, answers 500 where others have an empty list."""

from __future__ import annotations

from pathlib import Path

import pytest

from nuanxin.hotline.models import Call
from nuanxin.hotline.rules.calls import State
from tests.apps.hotline.test_gateway import CALL, House, play

pytestmark = pytest.mark.django_db(transaction=True)


def test_without_a_folder_of_recordings_people_talk_all_the_same(tmp_path: Path) -> None:
    async def scene(house: House) -> None:
        await house.stop()
        house.engine.has_folder = False
        await house.open()
        await house.talking()
        house.engine.close(CALL)
        await house.until(lambda: Call.objects.filter(external=CALL, state=State.WRAP_UP).exists())

    play(tmp_path, scene)
