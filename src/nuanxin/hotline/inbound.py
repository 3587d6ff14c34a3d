"""Text messages: one figure answers how a call was; everything else is about a case."""

from __future__ import annotations

from datetime import datetime

from nuanxin.cases import inbound
from nuanxin.cases.faults import NotPermitted
from nuanxin.hotline.actions.satisfaction import rate_by_text
from nuanxin.hotline.rules.satisfaction import is_dissatisfied, read_answer
from nuanxin.notices.actions import SafeContact
from nuanxin.notices.inbound import Reply

DISCREET = SafeContact(may_say_who=False)


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
    return inbound.reply(phone=phone, text=text, at=at)
