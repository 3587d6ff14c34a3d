"""The network between gateway and Asterisk, for ``scripts.try_asterisk``: cut or silent in every state of a call."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from scripts.asterisk_stage import CALLER, VOICES, Stage, until
from scripts.asterisk_talks import over, talk_with
from scripts.sip_telephone import Talk

AWAY = 3.0  # seconds without a connection


async def _cut(stage: Stage, meanwhile: Callable[[], object] = lambda: None) -> None:
    """Cut, let something happen, mend, and wait until the gateway has caught up."""
    stage.network.cut()
    await asyncio.sleep(1)
    meanwhile()
    await asyncio.sleep(AWAY)
    stage.network.mend()
    await until(lambda: stage.network.open, 45, "connected again")
    await asyncio.sleep(2)  # for agreeing


async def cut_in_the_menu(stage: Stage) -> None:
    """Cut in the menu: who stays goes on with it, who hangs up meanwhile is closed in the record."""
    talk, record = await stage.caller("1")
    await until(lambda: stage.sentence(talk) == "topics", 12, lambda: f"topics: {stage.sentence(talk)}")
    await _cut(stage)
    talk.press("1")
    await until(lambda: stage.sentence(talk) == "consent", 12, lambda: f"consent: {stage.sentence(talk)}")
    talk.press("1")
    await until(lambda: record().state == "voicemail", 12, lambda: f"nobody is on duty: {record().state}")
    talk.hang_up()
    await over(stage, record, "ended")
    talk, record = await stage.caller("1")
    await _cut(stage, talk.hang_up)
    await over(stage, record, "ended")


async def cut_in_the_queue(stage: Stage) -> None:
    """Cut while waiting: the next operator is rung; who hangs up meanwhile is closed in the record."""
    first, ring, its = await _ringing(stage)
    talk, record = await stage.caller()
    await until(lambda: record().state == "queued", 15, lambda: f"queued: {record().state}")
    await _cut(stage, ring.hang_up)  # and the first is back at the head of the queue
    stage.state("duty_lawyer", "ready")
    await until(lambda: its().state == "on_call", 30, lambda: f"the first: {its().state}")
    assert record().state == "queued"
    await _cut(stage, talk.hang_up)
    await until(lambda: record().state == "ended", 15, lambda: f"ended: {record().state}")
    first.hang_up()
    await over(stage, its)


async def _ringing(stage: Stage) -> tuple[Talk, Talk, Callable[[], Any]]:
    stage.phones["801"].came.clear()
    stage.phones["801"].answers = lambda _talk: None
    stage.state("operator", "ready")
    talk, record = await stage.caller()
    ring = await until(lambda: stage.phones["801"].came and stage.phones["801"].came[-1], 20, "rung")
    return talk, ring, record


async def cut_while_ringing(stage: Stage) -> str:
    """Cut while the operator's telephone rings, who picks up meanwhile: the caller gets through in the end."""
    talk, ring, record = await _ringing(stage)
    await _cut(stage, lambda: stage.phones["801"].pick_up(ring))
    came = len(stage.phones["801"].came)
    stage.phones["801"].answers = stage.phones["801"].pick_up
    stage.state("duty_lawyer", "ready")
    await until(lambda: record().state == "on_call", 40, lambda: f"talk: {record().state}")
    how = (
        "joined at once" if came == len(stage.phones["801"].came) and not ring.over.is_set() else "rung anew"
    )
    talk.hang_up()
    await over(stage, record)
    return how


async def cut_in_the_talk(stage: Stage) -> None:
    """Cut in a talk: they talk on and the end is told; ended meanwhile, the record closes it and has its recording."""
    from nuanxin.hotline.models import Recording

    caller, ring, record = await talk_with(stage)
    await _cut(stage)
    assert caller.hears(VOICES["801"])
    assert ring.hears(CALLER)
    assert record().state == "on_call"
    caller.hang_up()
    await over(stage, record)
    stage.wrap_up("operator")
    caller, ring, record = await talk_with(stage)
    await _cut(stage, ring.hang_up)
    await over(stage, record)
    await until(lambda: Recording.objects.filter(call=record()).exists(), 15, "recording")
    assert caller.over.is_set()


async def cut_in_a_message(stage: Stage) -> None:
    """Cut while somebody speaks a message, who hangs up meanwhile: it is kept."""
    from nuanxin.hotline.models import Recording

    talk, record = await stage.caller("110")
    await until(lambda: stage.sentence(talk) == "voicemail", 20, "voicemail")
    await asyncio.sleep(5)
    await _cut(stage, talk.hang_up)
    await over(stage, record, "ended")
    await until(
        lambda: Recording.objects.filter(call=record()).exists(), 60, lambda: f"message; {record().outcome}"
    )


async def silent_in_the_talk(stage: Stage) -> str:
    """The network swallows everything, and the caller hangs up meanwhile: found, and closed in the record."""
    caller, _ring, record = await talk_with(stage)
    began = asyncio.get_running_loop().time()
    before = stage.said("the engine")
    stage.network.silent = True
    await asyncio.sleep(1)
    caller.hang_up()
    await until(lambda: stage.said("the engine") > before, 60, "found")
    found = asyncio.get_running_loop().time() - began
    stage.network.cut()
    stage.network.mend()
    await over(stage, record)
    return f"found after {found:.0f} s, closed after {asyncio.get_running_loop().time() - began:.0f} s"


TRIALS = (
    cut_in_the_menu, cut_in_the_queue, cut_while_ringing, cut_in_the_talk, cut_in_a_message, silent_in_the_talk,
)  # fmt: skip
