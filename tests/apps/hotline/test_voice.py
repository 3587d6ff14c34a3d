"""The voice of one call by tables: what is heard, to what is ordered and told. And at random: one owner, one end, no leg."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nuanxin.hotline.rules.callbacks import Attempt
from nuanxin.hotline.rules.calls import Happening, State
from nuanxin.hotline.rules.life import tell
from nuanxin.hotline.rules.voice import Line, arrive, hear, ring_back
from nuanxin.hotline.rules.voice.names import Role, read_name
from nuanxin.hotline.rules.voice.prompts import PROMPTS
from nuanxin.hotline.rules.voice.values import (
    Answer,
    AskRoute,
    Entered,
    Gone,
    Heard,
    Keep,
    Key,
    NotPickedUp,
    Offered,
    Order,
    Out,
    Played,
    Recorded,
    Rings,
    Routed,
    Stage,
    Tell,
    Tick,
    Tried,
    Wanted,
)

AT = datetime.fromisoformat("2026-03-02T03:00:00+00:00")
CALL = "1.1"
H = Happening


class Scene:
    """One line, the outs so far, and a clock."""

    def __init__(self, line: Line | None = None, *, comes_in: bool = False) -> None:
        comes_in = comes_in or line is None
        self.line = line or Line(CALL, CALL, phone="13900001234")
        self.at, self.gone = AT, set[str]()
        self.outs: list[Out] = list(arrive(self.line, AT) if comes_in else ring_back(self.line, AT))

    def hear(self, *heard: Heard) -> Scene:
        for one in heard:
            self.at += timedelta(seconds=1)
            if isinstance(one, Gone):
                self.gone.add(one.channel)
            self.outs += hear(self.line, one, self.at)
        return self

    def wait(self, seconds: float) -> Scene:
        self.at += timedelta(seconds=seconds)
        self.outs += hear(self.line, Tick(), self.at)
        return self

    def keys(self, digits: str) -> Scene:
        return self.hear(*(Key(CALL, digit) for digit in digits))

    def queue(self, digits: str = "1111") -> Scene:
        """The first key cuts the greeting short and counts as the language."""
        return self.keys(digits[1:]).hear(Routed(7, timedelta(seconds=120), 2, offer=True))

    def talk(self) -> Scene:
        self.queue().hear(Offered(5, "801"))
        return self.hear(Rings(self.line.leg), Entered(self.line.leg))

    @property
    def told(self) -> list[Happening]:
        return [one.told.kind for one in self.outs if isinstance(one, Tell)]

    @property
    def orders(self) -> list[tuple[str, str]]:
        return [(one.operation, one.on) for one in self.outs if isinstance(one, Order)]

    def played(self) -> list[str]:
        return [
            one.given["media"].rsplit("/")[-1]
            for one in self.outs
            if isinstance(one, Order) and one.operation == "play"
        ]

    def answers(self) -> dict[int, str]:
        return {one.command: one.result for one in self.outs if isinstance(one, Answer)}

    def legs(self) -> set[str]:
        """Legs that were rung, are not gone and were not closed."""
        rung = {on for operation, on in self.orders if operation in {"ring_up", "ring_out", "snoop"}}
        return rung - {on for operation, on in self.orders if operation == "hang_up"} - self.gone

    def bridges(self) -> set[str]:
        return {on for op, on in self.orders if op == "bridge"} - {
            on for op, on in self.orders if op == "drop_bridge"
        }


def test_the_whole_menu_in_order() -> None:
    scene = Scene()
    for _ in range(4):
        scene.hear(Played(scene.line.playing))
        if scene.line.stage is not Stage.ROUTING:
            scene.keys({Stage.LANGUAGE: "2", Stage.TOPIC: "1", Stage.CONSENT: "1"}[scene.line.stage])
    assert scene.played() == ["welcome", "languages", "topics", "consent", "hold"]
    assert (scene.line.language, scene.line.topic, scene.line.consent) == ("yue", "wages", "agreed")
    assert scene.line.consent_at is not None
    assert AskRoute(CALL) in scene.outs


@pytest.mark.parametrize(
    ("keys", "consent", "records"),
    [("111", "agreed", True), ("112", "refused", False), ("118", "", False)],
)  # fmt: skip
def test_only_agreement_records(keys: str, consent: str, records: bool) -> None:
    scene = Scene().keys(keys).hear(Routed(7), Offered(5, "801"))
    scene.hear(Entered(scene.line.leg))
    assert scene.line.consent == consent
    assert any(operation == "record_bridge" for operation, _ in scene.orders) is records


def test_silence_in_every_menu_still_leads_to_the_queue_and_records_nothing() -> None:
    scene = Scene()
    for _ in range(30):
        scene.wait(61)
        if scene.line.stage is Stage.ROUTING:
            break
    assert (scene.line.language, scene.line.topic, scene.line.consent) == ("zh", "", "")
    assert scene.played() == ["welcome", "languages", "languages", "topics", "topics", "consent", "hold"]


def test_danger_skips_the_question_about_recording() -> None:
    scene = Scene().keys("19")
    assert scene.line.emergency
    assert scene.played()[-1] == "danger"
    assert "consent" not in scene.played()


def test_nobody_takes_it_the_next_one_is_rung_and_the_place_is_kept() -> None:
    scene = Scene().queue().hear(Offered(5, "801"))
    since, first = scene.line.since, scene.line.leg
    scene.wait(21)
    assert scene.line.stage == Stage.QUEUE
    assert scene.told[-1] == H.NOT_TAKEN
    assert NotPickedUp(5) in scene.outs
    assert ("hang_up", first) in scene.orders
    scene.hear(Offered(6, "802"), Entered(first))  # the first picks up too late: not joined
    assert scene.line.stage.value == "offer"
    scene.hear(Entered(scene.line.leg))
    assert (scene.line.stage, scene.line.staff, scene.line.since) == (Stage.TALK, 6, since)
    assert scene.told.count(H.ANSWERED) == 1


@pytest.mark.parametrize("cause", [17, 19, 20, 21, 34, 0])
def test_a_bounced_ring_goes_on_to_the_next(cause: int) -> None:
    scene = Scene().queue().hear(Offered(5, "801", command=9))
    scene.hear(Gone(scene.line.leg, cause), Gone(scene.line.leg, cause))
    assert scene.line.stage == Stage.QUEUE
    assert scene.told.count(H.NOT_TAKEN) == 1
    assert scene.answers()[9] == ("failed" if cause in {0, 20, 34} else "not_reached")


def test_the_place_and_the_offer_to_be_rung() -> None:
    scene = Scene().queue().wait(46)
    assert scene.played()[-1] == "call-back-offer"
    scene.hear(Played(scene.line.playing)).keys("1")
    assert scene.told[-1] == H.CALL_BACK_ASKED
    scene.hear(Played(scene.line.playing))
    assert scene.orders[-1] == ("hang_up", CALL)
    scene.wait(11)  # the end is never told
    assert scene.told[-1].value == "hung_up"
    assert tell(one.told for one in scene.outs if isinstance(one, Tell)).outcome == "call_back"


def test_a_key_before_the_offer_keeps_no_place() -> None:
    assert H.CALL_BACK_ASKED not in Scene().queue().keys("1").told


def test_patience_over_asks_for_the_way_and_leads_to_a_message() -> None:
    scene = Scene().queue()
    asked = scene.outs.count(AskRoute(CALL))
    scene.wait(121)
    assert scene.outs.count(AskRoute(CALL)) == asked + 1
    scene.hear(Routed(0))
    scene.hear(Played(scene.line.playing))
    scene.hear(Recorded(scene.line.recording, 20))
    assert scene.told[-2:] == [H.VOICEMAIL_ENTERED, H.MESSAGE_LEFT]
    kept = next(one for one in scene.outs if isinstance(one, Keep))
    assert (kept.seconds, kept.by) == (20, 0)


def test_a_message_that_the_hang_up_ends_still_counts() -> None:
    scene = Scene().keys("111").hear(Routed(0))
    scene.hear(Played(scene.line.playing))
    name = scene.line.recording
    scene.hear(Gone(CALL), Recorded(name, 9))
    assert scene.line.done
    assert tell(one.told for one in scene.outs if isinstance(one, Tell)).outcome == "call_back"


def test_nothing_said_is_no_message_and_is_thrown_away() -> None:
    scene = Scene().keys("111").hear(Routed(0))
    scene.hear(Played(scene.line.playing))
    scene.hear(Recorded(scene.line.recording, 1))
    assert H.MESSAGE_LEFT not in scene.told
    assert [one.seconds for one in scene.outs if isinstance(one, Keep)] == [0]


def test_an_interpreter_joins_and_leaves_and_the_talk_goes_on() -> None:
    scene = Scene().talk().hear(Wanted(1, "add_interpreter", 5, "990"))
    third = next(iter(scene.line.interpreters))
    scene.hear(Entered(third))
    assert scene.answers()[1] == "done"
    assert ("join", scene.line.bridge) in scene.orders
    scene.hear(Wanted(2, "drop_interpreter", 5), Gone(third))
    assert scene.line.stage is Stage.TALK
    assert scene.answers()[2] == "done"
    scene.hear(Wanted(3, "add_interpreter", 5, "991")).wait(21)
    assert scene.answers()[3] == "not_reached"
    assert scene.legs() == {scene.line.leg}


def test_a_supervisor_hears_and_is_not_heard() -> None:
    scene = Scene().talk().hear(Wanted(1, "listen_in", 8, "700"))
    phone = next(iter(scene.line.listeners))
    scene.hear(Entered(phone))
    snoop = next(one for one in scene.outs if isinstance(one, Order) and one.operation == "snoop")
    assert snoop.given == {"channel": scene.line.leg, "spy": "both", "whisper": "none"}
    scene.hear(Entered(snoop.on))
    assert scene.answers()[1] == "done"
    joined = [
        one
        for one in scene.outs
        if isinstance(one, Order) and one.operation == "join" and one.given["channel"] == phone
    ]
    assert [one.given.get("mute") for one in joined] == ["true"]
    assert joined[0].on != scene.line.bridge
    scene.hear(Wanted(2, "stop_listening", 8))
    assert scene.legs() == {scene.line.leg}
    assert scene.bridges() == {scene.line.bridge}
    assert scene.line.stage is Stage.TALK


def test_a_call_passed_on_lets_the_operator_go_and_waits_again() -> None:
    scene = Scene().talk()
    leg = scene.line.leg
    scene.hear(Wanted(4, "follow", 5, desk=9))
    assert (scene.line.stage, scene.line.desk, scene.line.passed_by) == (Stage.QUEUE, 9, 5)
    assert ("hang_up", leg) in scene.orders
    assert scene.legs() == set()
    scene.hear(Gone(leg))
    assert scene.line.stage == Stage.QUEUE


@pytest.mark.parametrize(
    "stage", ["greeting", "language", "topic", "consent", "routing", "queue", "offer", "talk", "mail", "bye"]
)
def test_a_hang_up_in_every_state_ends_it_once_and_leaves_nothing(stage: str) -> None:
    scene = Scene()
    {
        "greeting": lambda: scene,
        "language": lambda: scene.hear(Played(scene.line.playing)),
        "topic": lambda: scene.keys("1"),
        "consent": lambda: scene.keys("11"),
        "routing": lambda: scene.keys("111"),
        "queue": lambda: scene.queue(),
        "offer": lambda: scene.queue().hear(Offered(5, "801")),
        "talk": lambda: scene.talk(),
        "mail": lambda: scene.keys("111").hear(Routed(0)),
        "bye": lambda: scene.queue().wait(46).keys("1"),
    }[stage]()
    assert scene.line.stage == stage
    scene.hear(Gone(CALL, 16), Gone(CALL, 16))
    assert scene.told.count(H.HUNG_UP) == 1
    assert scene.line.stage is Stage.OVER
    assert scene.legs() == set()
    assert scene.bridges() == set()
    life = tell(one.told for one in scene.outs if isinstance(one, Tell))
    assert life.state is (State.WRAP_UP if stage == "talk" else State.ENDED)


@pytest.mark.parametrize(
    ("cause", "attempt", "result"),
    [
        (17, Attempt.BUSY, "not_reached"),  # 486
        (19, Attempt.NO_ANSWER, "not_reached"),  # 480
        (21, Attempt.DECLINED, "not_reached"),  # 603
        (1, Attempt.UNOBTAINABLE, "not_reached"),  # 404
        (28, Attempt.UNOBTAINABLE, "not_reached"),  # 484
        (22, Attempt.UNOBTAINABLE, "not_reached"),  # 410
        (16, Attempt.NO_ANSWER, "not_reached"),
        (18, Attempt.NOT_COUNTED, "failed"),  # 408, and nothing ever rang: nobody answers at the trunk
        (34, Attempt.NOT_COUNTED, "failed"),  # 503
        (0, Attempt.NOT_COUNTED, "failed"),  # found gone after a lost connection
    ],
)
def test_ringing_back_says_what_the_network_says(cause: int, attempt: Attempt, result: str) -> None:
    scene = Scene(Line(CALL, "", phone="13900001234", back=True, staff=5, extension="801", command=3))
    scene.hear(Entered(scene.line.leg))
    assert scene.orders[-1][0] == "ring_out"
    scene.hear(Gone(scene.line.channel, cause))
    assert [one for one in scene.outs if isinstance(one, Tried)] == [Tried(3, result, attempt, scene.at)]
    assert scene.answers() == {}  # the attempt says it too, in one piece
    assert scene.legs() == set()
    assert scene.told == []


def test_a_clock_set_back_does_not_turn_the_order_round() -> None:
    scene = Scene().queue()
    scene.at -= timedelta(hours=1)
    scene.hear(Gone(CALL))
    moments = [one.told.at for one in scene.outs if isinstance(one, Tell)]
    assert moments == sorted(moments)
    assert len(set(moments)) == len(moments)


def test_every_sentence_that_can_be_played_is_on_the_list_of_those_to_record() -> None:
    scene = Scene().queue()
    for ahead in range(12):
        scene.line.ahead = ahead
        scene.wait(46).hear(Played(scene.line.playing))
    assert set(scene.played()) <= set(PROMPTS)


def _heard() -> st.SearchStrategy[list[tuple[str, int]]]:
    names = ["caller", "leg", "old", "ear", "third", "play", "record", "key", "tick", "route", "mail", "offer", "rings",
             "interpret", "drop", "listen", "stop", "follow", "hang", "agrees", "refuses"]  # fmt: skip
    return st.lists(st.tuples(st.sampled_from(names), st.integers(0, 9)), max_size=40)


@settings(max_examples=300, deadline=None)
@given(_heard(), st.booleans())
def test_whatever_comes_in_whatever_order(events: list[tuple[str, int]], start_in_queue: bool) -> None:
    """Lost, doubled and disordered: at every moment one leg of an operator at most, one owner by the record; after the
    end nothing is left at the engine, and it was told once."""
    scene = Scene()
    if start_in_queue:
        scene.queue()
    for name, number in events:
        scene.hear(_make(scene, name, number))
        operators = [one for one in scene.legs() if (n := read_name(one)) and n.role is Role.OPERATOR]
        assert len(operators) <= 1
        assert scene.line.stage is not Stage.TALK or operators == [scene.line.leg]
        assert not scene.line.recording or scene.line.stage is Stage.MAIL or scene.line.consent == "agreed"
    scene.hear(Gone(CALL, 16))
    assert scene.line.stage is Stage.OVER
    assert scene.legs() == set()
    assert scene.bridges() == set()
    assert scene.told.count(H.HUNG_UP) == 1
    life = tell(one.told for one in scene.outs if isinstance(one, Tell))
    assert life.state in {State.ENDED, State.WRAP_UP}
    asked = {
        number
        for name, number in events
        if name in {"interpret", "drop", "listen", "stop", "follow", "hang", "agrees", "refuses"}
    }
    assert {100 + number for number in asked} <= set(scene.answers())


def _make(scene: Scene, name: str, number: int) -> Heard:
    line = scene.line
    old = str(read_name(f"nx_o_5_{number}_{CALL}"))
    ears = [ear.snoop for ear in line.listeners.values()] + list(line.listeners) + [old]
    thirds = [*line.interpreters, old]
    kinds = {"interpret": "add_interpreter", "drop": "drop_interpreter", "listen": "listen_in", "stop": "stop_listening",
             "follow": "follow", "hang": "hang_up", "agrees": "record", "refuses": "stop_recording"}  # fmt: skip
    if name in kinds:
        return Wanted(100 + number, kinds[name], 5, "990", 7)
    choices: dict[str, Heard] = {
        "caller": Entered(CALL), "leg": Entered(line.leg or old) if number % 2 else Gone(line.leg or old, 17),
        "old": Entered(old) if number % 2 else Gone(old), "ear": Entered(ears[0]) if number % 3 else Gone(ears[0]),
        "third": Entered(thirds[0]) if number % 3 else Gone(thirds[0]), "play": Played(line.playing or "y"),
        "record": Recorded(line.recording or "r", number), "key": Key(CALL, str(number)), "tick": Tick(),
        "route": Routed(7, timedelta(seconds=number), number, offer=True), "mail": Routed(0),
        "offer": Offered(5 + number % 3, "801"), "rings": Rings(line.leg or old),
    }  # fmt: skip
    if name == "tick":
        scene.at += timedelta(seconds=number * 10)
    return choices[name]
