"""Text messages from workers: number and code are answered with where the case stands."""

from __future__ import annotations

from datetime import datetime

from nuanxin.audit.ids import province_of
from nuanxin.cases.queries.follow import read_text, said_by_text
from nuanxin.cases.sentences import day_words
from nuanxin.notices.inbound import Reply


def reply(*, phone: str, text: str, at: datetime) -> Reply | None:
    """The answer to one message; None for one that names no case number. See ``settings.NOTICES_INBOUND_HANDLER``."""
    asked = read_text(text, phone, at)
    if asked is None:
        return None
    if asked.left is not None:
        number, (zh, en) = asked.left[0], day_words(asked.left[1])
        return Reply("follow_left", {"number": number, "day_zh": zh, "day_en": en}, asked.language)
    view = asked.view
    if view is None:
        return Reply("follow_unknown", language=asked.language)
    said = said_by_text(view, "zh"), said_by_text(view, "en")
    values = {"number": view.number, "now_zh": said[0][0], "next_zh": said[0][1]}
    values |= {"now_en": said[1][0], "next_en": said[1][1]}
    return Reply("follow_answer", values, asked.language, view.case_id, province_of(view.case_id))
