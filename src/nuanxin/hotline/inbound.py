"""Text messages: one figure answers how a call was, a word asks to be rung back or not; all else is about a case."""

from __future__ import annotations

from datetime import datetime

from nuanxin.audit.actor import NOWHERE, WORKER, Actor, Role
from nuanxin.cases import inbound
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.cases.sentences import day_and_hour
from nuanxin.hotline.actions.promises import Wish, ask_call_back, cancel
from nuanxin.hotline.actions.satisfaction import rate_by_text
from nuanxin.hotline.models import CallBack
from nuanxin.hotline.queries.callbacks import standing
from nuanxin.hotline.rules.promising import Door, Ended
from nuanxin.hotline.rules.satisfaction import is_dissatisfied, read_answer
from nuanxin.notices.actions import SafeContact
from nuanxin.notices.inbound import Reply

DISCREET = SafeContact(may_say_who=False)
RING = frozenset({"回电", "请回电", "请给我回电", "打给我", "RINGME", "CALLME", "CALLBACK"})
DO_NOT = frozenset({"不用打", "不用打了", "不要打", "STOPRING"})


def reply(*, phone: str, text: str, at: datetime) -> Reply | None:
    """The answer to one message. See ``settings.NOTICES_INBOUND_HANDLER``."""
    score = read_answer(text)
    if score is not None:
        try:
            rate_by_text(phone=phone, score=score, at=at)
        except NotPermitted:
            pass  # nobody was asked: what a figure means is for the room below to say
        else:
            return Reply("hotline_sorry" if is_dissatisfied(score) else "hotline_thanks", safe=DISCREET)
    word = "".join(letter for letter in text.upper() if letter.isalnum())
    language = "en" if word.isascii() else "zh"
    if word in RING:
        return _promised(phone, language, at)
    if word in DO_NOT and standing(phone) is not None:
        return _called_off(phone, language, at)
    return inbound.reply(phone=phone, text=text, at=at)


def _promised(phone: str, language: str, at: datetime) -> Reply | None:
    """When we ring. Who asked before not to be rung has been told how to change that, and gets no second text."""
    try:
        asked = ask_call_back(door=Door.SMS, wish=Wish(phone, language=language), by=WORKER, at=at)
    except Refused:  # no desk anywhere: the answer to a text that nobody understands says to ring
        return inbound.reply(phone=phone, text="", at=at)
    row = asked.joins or asked
    if row.due_at is None:
        return None
    zh, en = day_and_hour(row.due_at)
    return Reply("ring_back_set", {"when_zh": zh, "when_en": en}, language, safe=_safe(row))


def _called_off(phone: str, language: str, at: datetime) -> Reply:
    """Whoever holds the telephone calls off every ask for it."""
    safe = DISCREET
    while (row := standing(phone)) is not None:
        by = Actor("worker", row.pk, frozenset({str(Role.WORKER)}), NOWHERE)
        cancel(call_back_id=row.pk, reason=Ended.PERSON, by=by, at=at)
        safe = _safe(row)
    return Reply("ring_back_off", language=language, safe=safe)


def _safe(row: CallBack) -> SafeContact:
    return SafeContact(row.may_call, row.call_hours, row.may_say_who)
