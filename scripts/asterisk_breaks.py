"""The second half of what ``scripts.try_asterisk`` tries: messages, breaks, many callers."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime

from scripts.asterisk_stage import CALLER, PEOPLE, VOICES, Stage, until
from scripts.asterisk_talks import over, talk_with


async def voicemail(stage: Stage) -> str:
    """Nobody on duty: a message is asked for, recorded, kept, and a call-back promised; a silent one is not kept."""
    from nuanxin.hotline.models import CallBack, Recording

    talk, record = await stage.caller("110")
    await until(lambda: stage.sentence(talk) == "voicemail", 20, f"voicemail: {record().state}")
    await asyncio.sleep(6)
    talk.press("#")
    await until(lambda: stage.sentence(talk) == "message-thanks", 10, f"thanks: {stage.sentence(talk)}")
    await asyncio.wait_for(talk.over.wait(), 10)
    await over(stage, record, "ended")
    kept = await until(lambda: Recording.objects.filter(call=record()).first(), 10, "message")
    assert record().outcome == "call_back", record().outcome
    await until(lambda: CallBack.objects.filter(call=record()).exists(), 5, "call-back")
    await until(lambda: stage.stored() == [], 5, "the recording is deleted at Asterisk")
    return f"{kept.seconds} s"


async def silent_message(stage: Stage) -> None:
    """A caller who says nothing after the tone hears that no message was heard; nothing is kept."""
    from nuanxin.hotline.models import Recording

    talk, record = await stage.caller("110", hertz=0)
    await until(lambda: stage.sentence(talk) == "voicemail", 20, "voicemail")
    await until(lambda: stage.sentence(talk) == "no-message", 30, f"no message: {record().state}")
    await asyncio.wait_for(talk.over.wait(), 10)
    await over(stage, record, "ended")
    assert not Recording.objects.filter(call=record()).exists()
    await until(lambda: stage.stored() == [], 5, "the recording is deleted at Asterisk")


async def hang_up_in_message(stage: Stage) -> None:
    """A caller who hangs up while speaking has left a message all the same."""
    from nuanxin.hotline.models import CallBack, Recording

    talk, record = await stage.caller("110")
    await until(lambda: stage.sentence(talk) == "voicemail", 20, "voicemail")
    await asyncio.sleep(6)
    talk.hang_up()
    await over(stage, record, "ended")
    await until(lambda: Recording.objects.filter(call=record()).first(), 15, "message")
    assert record().outcome == "call_back", record().outcome
    await until(lambda: CallBack.objects.filter(call=record()).exists(), 5, "call-back")


async def gateway_killed(stage: Stage) -> None:
    """The gateway is killed in a talk: the talk goes on; started again it has the call, and its end is told."""
    caller, ring, record = await talk_with(stage)
    waiting, waits = await stage.caller()
    await until(lambda: waits().state == "queued", 10, "queued")
    menu, _ = await stage.caller("1")
    stage.kill_gateway()
    await asyncio.sleep(2)
    assert caller.hears(VOICES["801"])
    assert ring.hears(CALLER)
    late = await stage.trunk.call("12348", "13700000001")
    await until(lambda: stage.sentence(late) == "away", 10, "away is heard without a gateway")
    await stage.start_gateway()
    assert caller.hears(VOICES["801"])
    assert ring.hears(CALLER)
    assert record().state == "on_call"
    await until(lambda: stage.sentence(waiting) == "music", 8, f"music: {stage.sentence(waiting)}")
    await until(lambda: stage.sentence(menu) == "welcome", 8, "the one in the menu is greeted anew")
    caller.hang_up()
    await until(lambda: record().state == "wrap_up", 10, "over")
    menu.hang_up()
    waiting.hang_up()


async def gateway_killed_and_over(stage: Stage) -> None:
    """The gateway is killed in a talk, which ends while it is away: closed in the record, its recording fetched."""
    from nuanxin.hotline.models import Recording

    caller, _ring, record = await talk_with(stage)
    await asyncio.sleep(1)
    stage.kill_gateway()
    await asyncio.sleep(0.5)
    caller.hang_up()
    await asyncio.sleep(1)
    await stage.start_gateway()
    await over(stage, record)
    await until(lambda: Recording.objects.filter(call=record()).exists(), 15, "recording")
    await until(lambda: stage.stored() == [], 5, f"stored: {stage.stored()}")


async def asterisk_restarted(stage: Stage) -> str:
    """Asterisk is killed in a talk and started: the record closes the talk, the next caller is served."""
    if not stage.given.restart:
        return "NOT TRIED, no --restart was given"
    _caller, _ring, record = await talk_with(stage)
    began = asyncio.get_running_loop().time()
    await stage.restart_asterisk()
    await until(lambda: record().state == "wrap_up", 60, f"closed: {record().state}")
    seconds = asyncio.get_running_loop().time() - began
    stage.wrap_up("operator")
    stage.phones["801"].came.clear()
    caller, _ring, record = await talk_with(stage)
    caller.hang_up()
    await over(stage, record)
    return f"closed after {seconds:.0f} s"


async def many(stage: Stage) -> str:
    """Many callers at once for some minutes, three operators: nothing is lost against Asterisk's own records."""
    from nuanxin.hotline.models import Call

    began, ends = datetime.now(UTC), asyncio.get_running_loop().time() + stage.given.seconds
    for name in ("operator", "duty_lawyer", "operator3"):
        stage.state(name, "ready")

    async def person(number: int) -> int:
        calls = 0
        await asyncio.sleep(number * 0.25)
        while asyncio.get_running_loop().time() < ends:
            talk = await stage.trunk.call("12348", f"138{number:03d}{calls:05d}")
            calls += 1
            for _ in range(3):
                await asyncio.sleep(0.8)
                talk.press("1")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(talk.over.wait(), 6 + (number * 7 + calls * 5) % 20)
            talk.hang_up()
            await asyncio.sleep(0.5)
        return calls

    async def desk() -> None:
        while True:
            await asyncio.sleep(1)
            for name in PEOPLE.values():
                stage.wrap_up(name)

    working = asyncio.create_task(desk())
    made = sum(await asyncio.gather(*(person(number) for number in range(stage.given.callers))))
    working.cancel()
    await until(lambda: stage.channels() == 0, 30, "no channel left")
    await asyncio.sleep(2)
    rows = Call.objects.filter(exchange=stage.number, arrived_at__gte=began)
    assert rows.count() == made, f"{made} calls were made, {rows.count()} are on record"
    assert not rows.exclude(state__in=["ended", "wrap_up"]).exists()
    return f"{stage.given.callers} callers, {made} calls, {rows.filter(talked=True).count()} talks; {stage.reconcile(began)}"
