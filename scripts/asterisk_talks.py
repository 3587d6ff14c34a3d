"""What ``scripts.try_asterisk`` tries, one function for each; its docstring is what is said of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from scripts.asterisk_stage import CALLER, VOICES, Stage, until
from scripts.sip_telephone import Talk


async def talk_with(stage: Stage, keys: str = "111", who: str = "operator", phone: str = "801") -> tuple[Talk, Talk, Callable[[], Any]]:  # fmt: skip
    """A caller and an operator who talk."""
    stage.phones[phone].came.clear()
    stage.state(who, "ready")
    caller, record = await stage.caller(keys)
    ring = await until(
        lambda: stage.phones[phone].came and stage.phones[phone].came[-1], 15, "the telephone rings"
    )
    await until(lambda: record().state == "on_call", 10, f"on call: {record().state}")
    await until(lambda: CALLER in ring.hears(CALLER), 5, "the operator hears the caller")
    await until(lambda: VOICES[phone] in caller.hears(VOICES[phone]), 5, "the caller hears the operator")
    return caller, ring, record


async def _hears_just(talk: Talk, tones: set[int], wanted: set[int]) -> None:
    await until(lambda: talk.hears(*tones) == wanted, 8, f"hears {wanted} and no other")


async def over(stage: Stage, record: Callable[[], Any], state: str = "wrap_up") -> None:
    await until(lambda: record().state == state, 15, f"the record is {record().state}")
    await until(lambda: stage.channels() == 0, 10, "no channel left")


async def greeting_and_menus(stage: Stage) -> str:
    """A caller hears the greeting, chooses Cantonese, hears the rest in it, agrees, waits with music, hangs up."""
    talk, record = await stage.caller("")
    await until(lambda: stage.sentence(talk, "zh") == "welcome", 5, "welcome")
    await until(lambda: stage.sentence(talk, "zh") == "languages", 5, "languages")
    talk.press("2")
    await until(lambda: stage.sentence(talk, "yue") == "topics", 5, "topics in Cantonese")
    talk.press("3")
    await until(lambda: stage.sentence(talk, "yue") == "consent", 5, "consent in Cantonese")
    talk.press("1")
    await until(lambda: stage.sentence(talk, "yue") in {"hold", "voicemail"}, 5, "hold")
    row = record()
    assert (row.language, row.topic, row.recording) == ("yue", "contract", "agreed"), row.__dict__
    said = stage.sentence(talk)
    talk.hang_up()
    await over(stage, record, "ended")
    return f"then: {said}"


async def silence_ends_in_mandarin(stage: Stage) -> None:
    """A caller who presses nothing ends in the queue, in Mandarin, not recorded, with music."""
    stage.state("operator", "ready")
    stage.phones["801"].answers = lambda _talk: None
    talk, record = await stage.caller("")
    await until(lambda: record() and record().state in {"queued", "offered", "ringing"}, 90, "queue")
    assert (record().language, record().topic, record().recording) == ("zh", "", "")
    await until(lambda: stage.sentence(talk) == "music", 10, "music")
    talk.hang_up()
    await over(stage, record, "ended")


async def talk_and_record(stage: Stage) -> str:
    """Answered: both hear each other; the caller hangs up; the recording is kept and gone from Asterisk."""
    from nuanxin.hotline.models import Recording

    caller, ring, record = await talk_with(stage)
    await asyncio.sleep(3)
    caller.hang_up()
    await over(stage, record)
    assert ring.over.is_set()
    kept = await until(lambda: Recording.objects.filter(call=record()).first(), 15, "recording")
    await until(lambda: stage.stored() == [], 5, "the recording is deleted at Asterisk")
    return f"{kept.seconds} s recorded"


async def not_recorded(stage: Stage) -> None:
    """Who refuses, or is silent on it, is not recorded; the operator hangs up and the caller's line is closed."""
    from nuanxin.hotline.models import Recording

    for keys in ("112", "11"):
        caller, ring, record = await talk_with(stage, keys)
        await asyncio.sleep(1)
        assert stage.stored(live=True) == []
        ring.hang_up()
        await over(stage, record)
        assert caller.over.is_set()
        assert not Recording.objects.filter(call=record()).exists()
        stage.wrap_up("operator")


async def hang_up_everywhere(stage: Stage) -> None:
    """A caller hangs up in the greeting, in a menu, in the queue, while the telephone rings: nothing is left."""
    for keys, state in (("", "arriving"), ("1", "menu")):
        talk, record = await stage.caller(keys)
        await until(lambda r=record, s=state: r() and r().state == s, 8, state)  # type: ignore[misc]
        talk.hang_up()
        await over(stage, record, "ended")
    stage.state("operator", "ready")
    stage.phones["801"].answers = lambda _talk: None
    first, record = await stage.caller()
    await until(lambda: record().state == "ringing", 10, f"ringing: {record().state}")
    second, waits = await stage.caller()
    await until(lambda: waits().state == "queued", 10, "queued")
    second.hang_up()
    await until(lambda: waits().state == "ended", 10, "ended")
    ring = stage.phones["801"].came[-1]
    first.hang_up()
    await over(stage, record, "ended")
    assert ring.over.is_set()


async def not_picked_up(stage: Stage) -> str:
    """An offer that is not picked up goes to the next operator after the ring time; busy and declined at once."""
    stage.state("operator", "ready")
    stage.state("duty_lawyer", "ready")
    rung: list[str] = []

    def answer(name: str) -> Callable[[Talk], None]:
        def come(talk: Talk) -> None:
            rung.append(name)
            if len(rung) > 1:
                stage.phones[name].pick_up(talk)

        return come

    for name in ("801", "802"):
        stage.phones[name].answers = answer(name)
    began = asyncio.get_running_loop().time()
    caller, record = await stage.caller()
    await until(lambda: len(rung) > 1 and record().state == "on_call", 40, f"the next: {rung}")
    seconds = asyncio.get_running_loop().time() - began
    assert rung[0] != rung[1]
    caller.hang_up()
    await over(stage, record)
    return f"{seconds:.0f} s from the first ring of the call to the answer"


async def busy_and_declined(stage: Stage) -> None:
    """A telephone that declines sends the caller back to the queue at once."""
    stage.state("operator", "ready")
    stage.phones["801"].answers = lambda talk: talk.hang_up()
    caller, record = await stage.caller()
    await until(lambda: stage.phones["801"].came, 10, "rung")
    await until(lambda: record().state == "queued", 5, f"queued: {record().state}")
    await until(lambda: stage.sentence(caller) == "music", 10, "music")
    caller.hang_up()
    await over(stage, record, "ended")


async def take_from_console(stage: Stage) -> None:
    """An operator takes a waiting caller from the console: the telephone rings, they talk; hung up from the console."""
    from nuanxin.hotline import actions
    from nuanxin.hotline.actions.voice import Kind, ask

    stage.state("operator", "ready")
    stage.phones["801"].answers = lambda _talk: None
    other, _ = await stage.caller()  # keeps the ready one busy
    await until(lambda: stage.phones["801"].came, 10, "rung")
    caller, record = await stage.caller()
    await until(lambda: record().state == "queued", 10, "queued")
    by = stage.actor("duty_lawyer")
    actions.take(call_id=record().pk, by=by, at=datetime.now(UTC))
    await until(
        lambda: record().state == "on_call" and record().operator == by.id, 10, f"taken: {record().state}"
    )
    await until(lambda: VOICES["802"] in caller.hears(VOICES["802"]), 5, "sound")
    ask(call=record(), kind=Kind.HANG_UP, by=by, at=datetime.now(UTC))
    await until(lambda: record().state == "wrap_up", 10, "over")
    assert caller.over.is_set()
    other.hang_up()


async def pass_on(stage: Stage) -> None:
    """Passed on to another desk: the first operator is let go, the caller hears music, the next one talks."""
    from nuanxin.hotline import actions
    from nuanxin.hotline.models import Desk

    caller, ring, record = await talk_with(stage)
    other = Desk.objects.get(pk=stage.desks["special"])
    actions.pass_on(call_id=record().pk, desk=other, by=stage.actor("operator"), at=datetime.now(UTC))
    await asyncio.wait_for(ring.over.wait(), 5)
    await until(lambda: stage.sentence(caller) == "music", 5, "music")
    stage.state("operator3", "ready")
    await until(lambda: VOICES["803"] in caller.hears(VOICES["803"]), 10, "the next one")
    caller.hang_up()
    await over(stage, record)


async def interpreter(stage: Stage) -> None:
    """An interpreter as third voice: all three hear each other; goes, and the two go on."""
    from nuanxin.hotline.actions.voice import Kind, ask

    caller, ring, record = await talk_with(stage)
    by = stage.actor("operator")
    ask(call=record(), kind=Kind.ADD_INTERPRETER, by=by, at=datetime.now(UTC), extension="803")
    third = await until(lambda: stage.phones["803"].came and stage.phones["803"].came[-1], 15, "rung")
    everybody = {CALLER, VOICES["801"], VOICES["803"]}
    for talk, own in ((caller, CALLER), (ring, VOICES["801"]), (third, VOICES["803"])):
        await _hears_just(talk, everybody, everybody - {own})
    ask(call=record(), kind=Kind.DROP_INTERPRETER, by=by, at=datetime.now(UTC))
    await asyncio.wait_for(third.over.wait(), 5)
    await until(lambda: caller.hears(*everybody) == {VOICES["801"]}, 5, "two again")
    caller.hang_up()
    await over(stage, record)


async def listening_in(stage: Stage) -> None:
    """A supervisor hears both and is heard by nobody; goes, and the two go on."""
    from nuanxin.hotline.actions.listening import listen, stop

    caller, ring, record = await talk_with(stage)
    by = stage.actor("supervisor_province")
    listen(call_id=record().pk, extension="804", by=by, at=datetime.now(UTC))
    ear = await until(lambda: stage.phones["804"].came and stage.phones["804"].came[-1], 15, "rung")
    both, own = {CALLER, VOICES["801"]}, VOICES["804"]
    await until(lambda: ear.hears(*both, own) == both, 8, f"hears {ear.hears(*both, own)}")
    await asyncio.sleep(1)
    assert own not in caller.hears(own) | ring.hears(own)
    assert caller.hears(*both) == {VOICES["801"]}
    stop(call_id=record().pk, by=by, at=datetime.now(UTC))
    await asyncio.wait_for(ear.over.wait(), 5)
    await asyncio.sleep(0.5)
    assert caller.hears(*both) == {VOICES["801"]}
    caller.hang_up()
    await over(stage, record)


async def sentences_missing(stage: Stage) -> str:
    """No file of a sentence: Mandarin in its place, then a tone; who could not hear the question is not recorded."""
    from nuanxin.hotline.models import Recording

    if stage.given.sounds is None:
        return "NOT TRIED, no --sounds was given"
    aside = [stage.given.sounds / where / "nuanxin" / name for where, name in MISSING]
    for file in aside:
        file.rename(file.with_suffix(".aside"))
    try:
        talk, _ = await stage.caller("4")
        await until(lambda: stage.sentence(talk, "zh") == "topics", 8, "the topics in Mandarin")
        talk.press("1")
        await until(
            lambda: stage.sentence(talk, "bo") == "consent", 8, "the consent in Tibetan, which is there"
        )
        talk.hang_up()
        stage.state("operator", "ready")
        talk, record = await stage.caller("11")
        await until(lambda: talk.hears(425), 8, "the tone in the place of the question")
        talk.press("1")
        await until(lambda: record().state == "on_call", 20, f"talk: {record().state}")
        await asyncio.sleep(1)
        assert stage.stored(live=True) == []
        talk.hang_up()
        await over(stage, record)
        assert (record().recording, Recording.objects.filter(call=record()).exists()) == ("", False)
    finally:
        for file in aside:
            file.with_suffix(".aside").rename(file)
    return "Tibetan lacked its topics, every language but Tibetan its consent"


MISSING = [
    ("bo", "topics.wav"), ("en", "topics.wav"),  # Asterisk itself would take the English
    ("zh", "consent.wav"), ("en", "consent.wav"),
]  # fmt: skip
