"""From the first ring to the queue: greeting, language, topic, consent before recording. Nobody is sent away by a menu."""

from __future__ import annotations

from nuanxin.hotline.rules.calls import Happening
from nuanxin.hotline.rules.routing import MenuAnswer, read_language, read_topic
from nuanxin.hotline.rules.voice.line import KEY_WAIT, Turn
from nuanxin.hotline.rules.voice.values import AskRoute, Stage

AGREED, REFUSED = "agreed", "refused"
CONSENT_KEYS = {"1": AGREED, "2": REFUSED}
ASKS = frozenset({Stage.LANGUAGE, Stage.TOPIC, Stage.CONSENT})


def greet(turn: Turn) -> None:
    """A call comes in."""
    turn.tell(Happening.ARRIVED)
    turn.order("answer", turn.line.channel)
    turn.line.stage = Stage.GREETING
    turn.play("welcome")


def pressed(turn: Turn, digit: str) -> None:
    """A key, or silence (empty). Keys may be pressed while the sentence still plays."""
    stage = turn.line.stage
    if stage is Stage.GREETING:
        _ask(turn, Stage.LANGUAGE)
        if digit:  # callers who know the menu do not wait for it
            _language(turn, digit)
    elif stage is Stage.LANGUAGE:
        _language(turn, digit)
    elif stage is Stage.TOPIC:
        _topic(turn, digit)
    elif stage is Stage.CONSENT:
        _consent(turn, digit)


def played(turn: Turn) -> None:
    """The sentence of a menu is over: wait for a key."""
    if turn.line.stage is Stage.GREETING:
        _ask(turn, Stage.LANGUAGE)
    elif turn.line.stage is Stage.CONSENT and turn.line.unheard:
        _consent(turn, "")
    else:
        turn.timer("stage", KEY_WAIT)


def _ask(turn: Turn, stage: Stage) -> None:
    line = turn.line
    if stage is Stage.LANGUAGE:
        turn.tell(Happening.MENU_ENTERED)
    line.stage, line.tries = stage, 1
    turn.play(_SENTENCE[stage])


_SENTENCE = {Stage.LANGUAGE: "languages", Stage.TOPIC: "topics", Stage.CONSENT: "consent"}


def _again(turn: Turn, answer: MenuAnswer) -> bool:
    if answer.again:
        turn.line.tries += 1
        turn.play(_SENTENCE[turn.line.stage])
    return answer.again


def _language(turn: Turn, digit: str) -> None:
    answer = read_language(digit, tries=turn.line.tries, most=turn.line.most_tries)
    if not _again(turn, answer):
        turn.line.language = answer.language
        _ask(turn, Stage.TOPIC)


def _topic(turn: Turn, digit: str) -> None:
    line = turn.line
    answer = read_topic(digit, language=line.language, tries=line.tries, most=line.most_tries)
    if _again(turn, answer):
        return
    line.topic, line.emergency = answer.topic, answer.emergency
    if answer.emergency:  # danger does not wait for a question about recording
        find_way(turn, "danger")
    else:
        _ask(turn, Stage.CONSENT)


def _consent(turn: Turn, digit: str) -> None:
    """Silence and any other key: not recorded; nor whoever could not hear the question."""
    line = turn.line
    line.consent = "" if line.unheard else CONSENT_KEYS.get(digit, "")
    line.consent_at = turn.at if line.consent == AGREED else None
    find_way(turn, "hold")


def find_way(turn: Turn, prompt: str) -> None:
    """Ask the platform where the caller goes; they hear a sentence, then music."""
    line = turn.line
    line.stage, line.routing = Stage.ROUTING, True
    turn.play(prompt)
    turn.outs.append(AskRoute(line.call))
