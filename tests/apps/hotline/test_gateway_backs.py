"""Ringing back against the simulated engine: every try is noted once, with its reason, whoever dies in between."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from nuanxin.hotline import actions
from nuanxin.hotline.actions import recordings
from nuanxin.hotline.gateway import backs
from nuanxin.hotline.gateway.platform import Away
from nuanxin.hotline.models import (
    Call,
    CallBack,
    CallBackAttempt,
    CallEvent,
    OperatorState,
    Recording,
    VoiceCommand,
)
from nuanxin.hotline.rules.calls import Outcome, State
from nuanxin.hotline.rules.voice.names import Role
from tests.apps.hotline.test_gateway import PHONE, House, now, play
from tests.factories.hotline import wrapped_up
from tests.threads import in_thread

pytestmark = pytest.mark.django_db(transaction=True)


async def ringing(house: House) -> tuple[CallBack, str]:
    """The lawyer has picked up, the person's telephone is rung."""
    back = await in_thread(promised, house)
    await in_thread(lambda: actions.ring_back(call_back_id=back.pk, by=house.line.lawyer, at=now()))
    house.engine.pick_up(await house.until(lambda: house.leg(Role.OPERATOR)))
    return back, await house.until(lambda: house.leg(Role.PERSON))


def noted() -> list[str]:
    """What was noted of tries, in order; once the command is answered."""
    return list(CallBackAttempt.objects.order_by("pk").values_list("result", flat=True))


async def settled(house: House, result: str, attempts: list[str], counted: int) -> None:
    """The command is answered, the attempt noted in the same instant, and the call-back free again."""
    await house.until(lambda: VoiceCommand.objects.filter(result=result).exists())
    assert await in_thread(noted) == attempts
    assert await in_thread(CallBack.objects.filter(counted=counted, dialled_by=0).exists)
    await house.until(lambda: not house.engine.channels)


@pytest.mark.parametrize(
    ("cause", "attempt", "counted"),
    [
        (17, "busy", 1),
        (19, "no_answer", 1),
        (21, "declined", 1),
        (1, "unobtainable", 1),
        (28, "unobtainable", 1),
        (34, "not_counted", 0),
    ],
)
def test_who_is_not_reached_has_one_try_noted_with_its_reason(
    tmp_path: Path, cause: int, attempt: str, counted: int
) -> None:
    async def scene(house: House) -> None:
        _, person = await ringing(house)
        # Asterisk 22 says "no answer" in its Dial event of whatever is not busy.
        house.engine.refuse(person, "BUSY" if cause == 17 else "NOANSWER", cause)
        await settled(house, "not_reached" if counted else "failed", [attempt], counted)

    play(tmp_path, scene)


def test_a_gateway_that_dies_between_hearing_and_noting_notes_it_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(house: House) -> None:
        _, person = await ringing(house)
        real, heard = backs.tried, asyncio.Event()
        loop = asyncio.get_running_loop()

        def away(one: Any) -> None:
            loop.call_soon_threadsafe(heard.set)
            raise Away

        monkeypatch.setattr(backs, "tried", away)
        house.engine.refuse(person, "BUSY", 17)
        await asyncio.wait_for(heard.wait(), 10)
        await house.die()
        assert await in_thread(noted) == []
        monkeypatch.setattr(backs, "tried", real)
        await house.open()
        await settled(house, "not_reached", ["busy"], 1)
        await house.die()  # and what the journal still holds is told once more
        await house.open()
        assert await in_thread(noted) == ["busy"]

    play(tmp_path, scene)


def test_a_gateway_that_dies_between_noting_and_forgetting_notes_it_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(house: House) -> None:
        _, person = await ringing(house)
        real = backs.tried

        def kept_and_lost(one: Any) -> None:
            real(one)
            raise Away

        monkeypatch.setattr(backs, "tried", kept_and_lost)
        house.engine.refuse(person, "NOANSWER", 21)
        await house.until(lambda: noted())
        await house.die()
        monkeypatch.setattr(backs, "tried", real)
        # Dialled anew before the old try is told again: that one is not noted of the new.
        await house.open()
        await settled(house, "not_reached", ["declined"], 1)

    play(tmp_path, scene)


@pytest.mark.parametrize("meanwhile", ["nothing", "gone", "both gone"])
def test_a_gateway_that_dies_while_it_rings(tmp_path: Path, meanwhile: str) -> None:
    """Still ringing: it goes on. Gone: nobody knows why, so the try is noted and does not count."""

    async def scene(house: House) -> None:
        back, person = await ringing(house)
        await house.die()
        if meanwhile != "nothing":
            house.engine.close(person, 17)
        if meanwhile == "both gone":
            house.engine.close(house.leg(Role.OPERATOR))
        await house.open()
        if meanwhile == "nothing":
            assert house.leg(Role.PERSON) == person
            house.engine.pick_up(person)
            await house.until(lambda: Call.objects.filter(rings_back=back.pk, state=State.ON_CALL).exists())
            await house.until(lambda: VoiceCommand.objects.filter(result="done").exists())
            assert await in_thread(noted) == []
            house.engine.close(person)
            await house.until(lambda: Call.objects.filter(rings_back=back.pk, state=State.WRAP_UP).exists())
        else:
            await settled(house, "failed", ["not_counted"], 0)

    play(tmp_path, scene)


def test_a_gateway_that_dies_while_the_operator_is_rung_rings_on(tmp_path: Path) -> None:
    async def scene(house: House) -> None:
        back = await in_thread(promised, house)
        await in_thread(lambda: actions.ring_back(call_back_id=back.pk, by=house.line.lawyer, at=now()))
        operator = await house.until(lambda: house.leg(Role.OPERATOR))
        await house.die()
        await house.open()
        house.engine.pick_up(operator)
        house.engine.refuse(await house.until(lambda: house.leg(Role.PERSON)), "BUSY", 17)
        await settled(house, "not_reached", ["busy"], 1)

    play(tmp_path, scene)


@pytest.mark.parametrize("takes_back", [False, True])
def test_a_ring_back_is_recorded_once_the_person_has_said_yes(tmp_path: Path, takes_back: bool) -> None:
    async def scene(house: House) -> None:
        lawyer = house.line.lawyer
        back, person = await ringing(house)
        house.engine.pick_up(person)
        talk = await house.until(lambda: Call.objects.filter(rings_back=back.pk, state=State.ON_CALL).first())
        assert not house.engine.live
        await in_thread(lambda: recordings.agree(call_id=talk.pk, by=lawyer, at=now()))
        await house.until(lambda: house.engine.live)
        await house.until(lambda: VoiceCommand.objects.filter(kind="record", result="done").exists())
        await asyncio.sleep(0.1)
        if takes_back:
            await in_thread(lambda: recordings.withdraw(call_id=talk.pk, by=lawyer, at=now()))
            await house.until(lambda: not house.engine.live)
        house.engine.close(person)
        await house.until(lambda: Call.objects.filter(pk=talk.pk, state=State.WRAP_UP).exists())
        await house.until(
            lambda: not house.engine.stored
        )  # fetched or thrown away, in any case not left there
        kept = await in_thread(lambda: list(Recording.objects.filter(call=talk)))
        command = await in_thread(lambda: VoiceCommand.objects.get(kind="record"))
        assert [one.consent_at for one in kept] == ([] if takes_back else [command.asked_at])

    play(tmp_path, scene)


def test_a_machine_that_picks_up_is_one_counted_try(tmp_path: Path) -> None:
    """Picked up and over at once, and nobody says what it was: the person was not reached."""

    async def scene(house: House) -> None:
        back, person = await ringing(house)
        house.engine.pick_up(person)
        talk = await house.until(lambda: Call.objects.filter(rings_back=back.pk, state=State.ON_CALL).first())
        house.engine.close(person)
        await house.until(lambda: Call.objects.filter(pk=talk.pk, state=State.WRAP_UP).exists())
        await in_thread(lambda: wrapped_up(talk, by=house.line.lawyer, at=now()))
        assert await in_thread(noted) == ["machine"]
        assert await in_thread(CallBack.objects.filter(pk=back.pk, status="promised", counted=1).exists)

    play(tmp_path, scene)


def test_the_talk_of_a_ring_back_is_a_call_of_its_own_also_after_the_gateway_died(tmp_path: Path) -> None:
    async def scene(house: House) -> None:
        back = await in_thread(promised, house)
        await in_thread(web_alone, back)
        await in_thread(lambda: actions.ring_back(call_back_id=back.pk, by=house.line.lawyer, at=now()))
        house.engine.pick_up(await house.until(lambda: house.leg(Role.OPERATOR)))
        house.engine.pick_up(await house.until(lambda: house.leg(Role.PERSON)))
        talk = await house.until(lambda: Call.objects.filter(rings_back=back.pk, state=State.ON_CALL).first())
        assert (talk.operator, talk.desk_id, talk.phone) == (house.line.lawyer.id, back.desk_id, PHONE)
        assert await in_thread(OperatorState.objects.filter(call=talk.pk).exists)
        await house.die()
        await house.open()  # they talk on, and the next run knows whose call it is
        person = await house.until(lambda: house.leg(Role.PERSON))
        await asyncio.sleep(0.2)
        assert {person, house.leg(Role.OPERATOR)} <= set(house.engine.channels)
        house.engine.close(person)
        await house.until(lambda: Call.objects.filter(pk=talk.pk, state=State.WRAP_UP).exists())
        assert await in_thread(CallBack.objects.filter(status="promised").exists)
        # A talk of seconds would count as a machine: let it have been a minute.
        minute_ago = now() - timedelta(minutes=1)
        await in_thread(
            CallEvent.objects.filter(call=talk, kind__in=["queued", "answered"]).update, at=minute_ago
        )
        await in_thread(lambda: wrapped_up(talk, by=house.line.lawyer, at=now()))
        await house.until(lambda: CallBack.objects.filter(pk=back.pk, status="reached").exists())

    play(tmp_path, scene)


def web_alone(back: CallBack) -> None:
    """As if it had been asked for on a page: no call of the person's stands behind it."""
    CallBack.objects.filter(pk=back.pk).update(call=None, door="web")


def promised(house: House) -> CallBack:
    """A call-back that the lawyer has taken to dial; the person may be rung at any hour."""
    from nuanxin.hotline.actions.calls import About
    from nuanxin.hotline.rules.calls import Happening, Told

    for number, kind in enumerate((Happening.ARRIVED, Happening.CALL_BACK_ASKED, Happening.HUNG_UP)):
        told = Told(f"x{number}", kind, now())
        actions.receive(
            exchange=house.line.exchange, external="b1", told=told, about=About(phone=PHONE), by=house.line.speaks, at=now()
        )  # fmt: skip
    CallBack.objects.update(call_hours="00:00-00:00")
    back = CallBack.objects.get()
    assert back.call is not None
    assert back.call.outcome == Outcome.CALL_BACK
    actions.dial(call_back_id=back.pk, by=house.line.lawyer, at=now())
    return back
