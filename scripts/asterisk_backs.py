"""The ring-backs of what ``scripts.try_asterisk`` tries: reached, not reached for every reason, killed in between."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from scripts.asterisk_stage import CALLER, VOICES, Stage, until
from scripts.asterisk_talks import over
from scripts.sip_telephone import Talk


def _at_any_hour(back: Any) -> None:
    """The person may be rung now, whatever the hour of the trial."""
    type(back).objects.filter(pk=back.pk).update(call_hours="00:00-00:00")


async def call_back(stage: Stage) -> str:
    """Keep the place, hang up, be rung back: the operator first, then the person; both hear each other."""
    from nuanxin.hotline.actions.callbacks import ring_back
    from nuanxin.hotline.models import CallBack, VoiceCommand

    stage.state("operator", "ready")
    stage.phones["801"].answers = lambda _talk: None
    first, _ = await stage.caller()
    await until(lambda: stage.phones["801"].came, 10, "rung")
    talk, record = await stage.caller()
    await until(lambda: stage.sentence(talk) == "call-back-offer", 70, f"offer: {stage.sentence(talk)}")
    talk.press("1")
    await until(lambda: stage.sentence(talk) == "call-back-kept", 10, "kept")
    await asyncio.wait_for(talk.over.wait(), 10)
    await until(lambda: record().state == "ended", 10, "ended")
    assert record().outcome == "call_back", record().outcome
    first.hang_up()
    await asyncio.sleep(2)
    back = CallBack.objects.get(call=record())
    _at_any_hour(back)
    stage.phones["802"].came.clear()
    by = stage.actor("duty_lawyer")
    ring_back(call_back_id=back.pk, by=by, at=datetime.now(UTC))
    ring = await until(lambda: stage.phones["802"].came and stage.phones["802"].came[-1], 10, "operator rung")
    person = await until(lambda: stage.trunk.came and stage.trunk.came[-1], 10, "person rung")
    shown = person.invite.get("from") if person.invite else ""
    await until(lambda: CALLER in ring.hears(CALLER), 8, "the operator hears the person")
    await until(lambda: VOICES["802"] in person.hears(VOICES["802"]), 8, "the person hears the operator")
    command = VoiceCommand.objects.filter(kind="ring_back").latest("pk")
    assert command.result == "done", command.result
    person.hang_up()
    await asyncio.wait_for(ring.over.wait(), 5)
    return f"shown: {shown}; number rung: {person.invite.first if person.invite else ''}"


async def _rung_back(stage: Stage, answers: Callable[[Talk], None]) -> tuple[Any, Any]:
    """A message is left, and its call-back dialled: the person's telephone does ``answers``. Call-back and command."""
    from nuanxin.hotline.actions.callbacks import ring_back
    from nuanxin.hotline.models import CallBack, VoiceCommand

    talk, record = await stage.caller("110")
    await until(lambda: stage.sentence(talk) == "voicemail", 20, "voicemail")
    await asyncio.sleep(5)
    talk.press("#")
    await over(stage, record, "ended")
    back = await until(lambda: CallBack.objects.filter(call=record()).first(), 5, "call-back")
    _at_any_hour(back)
    stage.trunk.answers = answers
    ring_back(call_back_id=back.pk, by=stage.actor("operator"), at=datetime.now(UTC))
    return back, VoiceCommand.objects.filter(kind="ring_back").latest("pk")


async def _noted(back: Any, command: Any) -> str:
    """What was noted in the instant in which the command was answered."""
    from nuanxin.hotline.models import CallBackAttempt, VoiceCommand

    await until(lambda: VoiceCommand.objects.get(pk=command.pk).result, 30, "answered")
    (found,) = CallBackAttempt.objects.filter(call_back=back).values_list("result", flat=True)
    return str(found)


TRIES = {
    "486 Busy Here": "busy", "603 Decline": "declined", "480 Temporarily Unavailable": "no_answer",
    "404 Not Found": "unobtainable", "484 Address Incomplete": "unobtainable", "410 Gone": "unobtainable",
    "503 Service Unavailable": "not_counted", "403 Forbidden": "not_counted",
}  # fmt: skip


async def person_not_reached(stage: Stage) -> str:
    """Who is rung back and is busy, declines, is not there: one try with its reason, the operator is free again."""
    for status, noted in TRIES.items():
        refuse = lambda call, status=status: stage.trunk.refuse(call, status)  # noqa: E731
        back, command = await _rung_back(stage, refuse)
        found = await _noted(back, command)
        assert found == noted, f"{status}: {found}"
        await until(lambda: stage.channels() == 0, 8, "channels")
    return ", ".join(f"{status.partition(' ')[0]} {noted}" for status, noted in TRIES.items())


async def person_rings_on(stage: Stage) -> None:
    """Nobody picks up for 45 seconds: no answer, once."""
    back, command = await _rung_back(stage, lambda _talk: None)
    await asyncio.sleep(20)
    assert await _noted(back, command) == "no_answer"
    await until(lambda: stage.channels() == 0, 8, "channels")


async def machine(stage: Stage) -> None:
    """A machine picks up and is put down after three seconds: one counted try, once the record is closed."""
    from nuanxin.hotline.models import Call, CallBackAttempt

    back, _command = await _rung_back(stage, stage.trunk.pick_up)
    talk = await until(lambda: Call.objects.filter(rings_back=back.pk, state="on_call").first(), 20, "talk")
    await asyncio.sleep(3)
    stage.trunk.came[-1].hang_up()
    await until(lambda: Call.objects.filter(pk=talk.pk, state="wrap_up").exists(), 10, "over")
    stage.wrap_up("operator")
    assert list(CallBackAttempt.objects.filter(call_back=back).values_list("result", flat=True)) == [
        "machine"
    ]


async def gateway_killed_while_ringing(stage: Stage) -> None:
    """The gateway is killed while the person's telephone rings: started again it goes on; a refusal meanwhile is one
    try that does not count."""
    from nuanxin.hotline.models import Call

    back, _command = await _rung_back(stage, lambda _talk: None)
    person = await until(lambda: stage.trunk.came and stage.trunk.came[-1], 10, "person rung")
    stage.kill_gateway()
    await asyncio.sleep(1)
    await stage.start_gateway()
    stage.trunk.pick_up(person)
    await until(lambda: Call.objects.filter(rings_back=back.pk, state="on_call").exists(), 10, "talk")
    person.hang_up()
    await until(lambda: Call.objects.filter(rings_back=back.pk, state="wrap_up").exists(), 10, "over")
    stage.wrap_up("operator")
    await until(lambda: stage.channels() == 0, 8, "channels")
    stage.trunk.came.clear()
    stage.state("operator", "off")  # nobody takes the next caller, who leaves a message
    back, command = await _rung_back(stage, lambda _talk: None)
    person = await until(lambda: stage.trunk.came and stage.trunk.came[-1], 10, "person rung")
    stage.kill_gateway()
    stage.trunk.refuse(person, "486 Busy Here")
    await asyncio.sleep(1)
    await stage.start_gateway()
    assert await _noted(back, command) == "not_counted"
    await until(lambda: stage.channels() == 0, 8, "channels")


async def ring_back_recorded(stage: Stage) -> str:
    """A ring-back is recorded from the spoken yes on; taken back, nothing is kept, at Asterisk neither."""
    from nuanxin.hotline.actions import recordings
    from nuanxin.hotline.models import Call, Recording

    lengths = []
    for takes_back in (False, True):
        back, _command = await _rung_back(stage, stage.trunk.pick_up)
        talking = Call.objects.filter(rings_back=back.pk, state="on_call")
        talk = await until(talking.all().first, 20, "talk")
        await asyncio.sleep(2)
        by = stage.actor("operator")
        recordings.agree(call_id=talk.pk, by=by, at=datetime.now(UTC))
        await asyncio.sleep(4)
        if takes_back:
            recordings.withdraw(call_id=talk.pk, by=by, at=datetime.now(UTC))
            await asyncio.sleep(1)
        stage.trunk.came[-1].hang_up()
        closed = Call.objects.filter(rings_back=back.pk, state="wrap_up")
        await until(closed.all().exists, 10, "over")
        await until(lambda: stage.stored() == [], 10, "nothing is left at Asterisk")
        lengths.append(list(Recording.objects.filter(call=talk).values_list("seconds", flat=True)))
        stage.wrap_up("operator")
        stage.state("operator", "off")
        stage.trunk.came.clear()
    assert [len(one) for one in lengths] == [1, 0], lengths
    return f"{lengths[0][0]} s recorded of a talk of more"
