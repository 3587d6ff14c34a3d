"""Every request that the gateway can send and every event that the simulator sends keeps the contract."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, get_args

import pytest

from nuanxin.hotline.gateway.events import phone_of, read_event
from nuanxin.hotline.gateway.operations import BadOrder, Route, request_of
from nuanxin.hotline.rules.voice import values
from nuanxin.hotline.rules.voice.values import Entered, Gone, Key, Order, Played, Recorded, Rings
from nuanxin.hotline.simulator.contract import Broken, check_event, check_listed, match_request
from nuanxin.hotline.simulator.engine import Engine

AT = datetime.fromisoformat("2026-03-02T03:00:00+00:00")
ORDERS = (
    Order("answer", "c1"),
    Order("play", "c1", {"playbackId": "y1", "media": "sound:nuanxin/welcome", "lang": "zh"}),
    Order("stop_playing", "y1"),
    Order("music", "c1"),
    Order("stop_music", "c1"),
    Order("ring_up", "o1", {"endpoint": "801", "callerId": "13900001234"}),
    Order("ring_out", "p1", {"number": "13900001234"}),
    Order("ringback", "o1"),
    Order("no_ringback", "o1"),
    Order("bridge", "b1", {"type": "mixing"}),
    Order("join", "b1", {"channel": "c1"}),
    Order("join", "b1", {"channel": "c1", "mute": "true"}),
    Order("record_bridge", "b1", {"name": "r1", "format": "wav", "ifExists": "overwrite"}),
    Order("stop_recording", "r1"),
    Order("snoop", "s1", {"channel": "o1", "spy": "both", "whisper": "none"}),
    Order("hang_up", "o1", {"reason": "no_answer"}),
    Order("drop_bridge", "b1"),
    Order("record", "c1", {"name": "v1", "format": "wav", "beep": "true", "terminateOn": "#", "maxDurationSeconds": "180",
                           "maxSilenceSeconds": "8", "ifExists": "overwrite"}),
)  # fmt: skip


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.operation)
def test_a_request_keeps_the_contract(order: Order) -> None:
    sent = request_of(order, Route())
    match_request(sent.method, sent.path, sent.query)


def test_a_listener_hears_and_whispers_nothing() -> None:
    sent = request_of(Order("snoop", "s1", {"channel": "o1", "spy": "both", "whisper": "none"}), Route())
    assert sent.path == "/channels/o1/snoop/s1"
    assert (sent.query["spy"], sent.query["whisper"]) == ("both", "none")


@pytest.mark.parametrize(
    "number", ["", "12", "1390000@evil", "139/../x", "139&app=x", "１３９００００１２３４", "1" * 21]
)
def test_nothing_but_a_number_becomes_part_of_a_dial(number: str) -> None:
    with pytest.raises(BadOrder):
        request_of(Order("ring_out", "p1", {"number": number}), Route())


@pytest.mark.parametrize("name", ["", "../channels", "a/b", "a?b", "a b", "x" * 150])
def test_a_name_cannot_leave_its_place_in_a_path(name: str) -> None:
    with pytest.raises(BadOrder):
        request_of(Order("answer", name), Route())


def test_the_contract_refuses_what_it_does_not_know() -> None:
    for method, path, query in (
        ("POST", "/channels/c1/fly", {}),
        ("POST", "/channels/c1/answer", {"now": "yes"}),
        ("POST", "/channels/c1/play/y1", {}),
        ("DELETE", "/channels/c1", {"reason": "boredom"}),
    ):
        with pytest.raises(Broken):
            match_request(method, path, query)
    for event in (
        {"type": "Surprise"},
        {"type": "StasisEnd", "application": "a", "timestamp": "t", "channel": {}},
    ):
        with pytest.raises(Broken):
            check_event(event)


class Told:
    """Events of a simulated engine, each checked; time stands until it is moved."""

    def __init__(self) -> None:
        self.at = AT
        self.kinds: list[str] = []
        self.ahead: list[tuple[float, Any]] = []
        self.engine = Engine(lambda: self.at, lambda wait, act: self.ahead.append((wait, act)), self.tell)

    def tell(self, event: dict[str, Any]) -> None:
        check_event(event)
        self.kinds.append(event["type"])

    def ask(self, *orders: Order) -> None:
        for order in orders:
            sent = request_of(order, Route())
            status, _ = self.engine.handle(sent.method, sent.path, sent.query)
            assert status < 300, (order, status)


def test_a_whole_call_at_the_simulated_engine_sends_every_kind_of_event() -> None:
    told = Told()
    engine = told.engine
    engine.call_in("c1", "13900001234", "140581")
    told.ask(*ORDERS[:7])
    for phone in ("o1", "p1"):
        engine.rings(phone)
        engine.pick_up(phone)
    engine.press("c1", "1")
    told.ask(*ORDERS[7:13])
    told.at += timedelta(seconds=40)
    told.ask(*ORDERS[13:17])
    told.ask(ORDERS[17])
    for kind, things in (
        ("channel", "/channels"),
        ("bridge", "/bridges"),
        ("recording", "/recordings/stored"),
    ):
        status, found = engine.handle("GET", things, {})
        assert status == 200
        for thing in found:
            check_listed(kind, thing)
    assert engine.handle("GET", "/recordings/stored/r1/file", {})[1][:4] == b"RIFF"
    assert engine.handle("DELETE", "/recordings/stored/r1", {})[0] == 204
    engine.close("c1")
    assert engine.broken == []
    assert set(told.kinds) >= {
        "StasisStart", "StasisEnd", "ChannelStateChange", "ChannelDtmfReceived", "ChannelDestroyed", "Dial",
        "PlaybackStarted", "PlaybackFinished", "RecordingFinished", "ChannelEnteredBridge", "ChannelLeftBridge",
    }  # fmt: skip


CHANNEL = {"id": "c1", "state": "Ringing", "caller": {"name": "", "number": "13900001234"}}


@pytest.mark.parametrize(
    ("event", "heard"),
    [
        ({"type": "StasisStart", "args": ["caller", "140581"], "channel": CHANNEL}, Entered("c1", "13900001234", 140581 * 10**6)),
        ({"type": "StasisStart", "args": ["caller", "here"], "channel": CHANNEL}, Entered("c1", "13900001234", 0)),
        ({"type": "StasisEnd", "channel": CHANNEL}, Gone("c1")),
        ({"type": "ChannelHangupRequest", "channel": CHANNEL}, Gone("c1")),
        ({"type": "ChannelDestroyed", "cause": 17, "channel": CHANNEL}, Gone("c1", 17)),
        ({"type": "ChannelStateChange", "channel": CHANNEL}, Rings("c1")),
        ({"type": "ChannelStateChange", "channel": {**CHANNEL, "state": "Up"}}, None),
        ({"type": "ChannelDtmfReceived", "digit": "9", "channel": CHANNEL}, Key("c1", "9")),
        ({"type": "ChannelDestroyed", "cause": 21, "tech_cause": 603, "channel": CHANNEL}, Gone("c1", 21)),
        ({"type": "ChannelDestroyed", "cause": 21, "tech_cause": 403, "channel": CHANNEL}, Gone("c1", 34)),
        ({"type": "Dial", "dialstatus": "CONGESTION", "peer": CHANNEL}, None),
        ({"type": "Dial", "dialstatus": "PROGRESS", "peer": CHANNEL}, Rings("c1")),
        ({"type": "Dial", "dialstatus": "ANSWER", "peer": CHANNEL}, None),
        ({"type": "PlaybackFinished", "playback": {"id": "y1"}}, Played("y1")),
        ({"type": "RecordingFinished", "recording": {"name": "r1", "duration": 7}}, Recorded("r1", 7)),
        ({"type": "RecordingFailed", "recording": {"name": "r1", "duration": 7}}, Recorded("r1", 0)),
        ({"type": "StasisStart", "application": "other", "channel": CHANNEL}, None),
        ({"type": "StasisStart"}, None),
        ({"type": "StasisStart", "channel": None}, None),
        ({"type": "ChannelDestroyed", "cause": "x", "channel": CHANNEL}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_events_are_read_and_strange_ones_passed_over(
    event: dict[str, Any], heard: values.Heard | None
) -> None:
    assert read_event(event, "nuanxin") == heard


@pytest.mark.parametrize("number", ["", "anonymous", "Restricted", "<sip:evil>", "1" * 21])
def test_words_are_no_number(number: str) -> None:
    assert phone_of({"caller": {"number": number}}) == ""


def test_every_kind_of_thing_heard_has_its_answer() -> None:
    from nuanxin.hotline.rules.voice.machine import _HEARS

    assert set(_HEARS) == set(get_args(values.Heard))
