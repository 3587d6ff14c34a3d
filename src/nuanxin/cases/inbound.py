"""Text messages from workers: number and code are answered with where the case stands."""

from __future__ import annotations

from datetime import datetime

from nuanxin.audit.ids import province_of
from nuanxin.cases.queries.follow import read_text, said_by_text
from nuanxin.notices.inbound import Reply


def reply(*, phone: str, text: str, at: datetime) -> Reply | None:
    """The answer to one message; None for one that names no case number. See ``settings.NOTICES_INBOUND_HANDLER``."""
    asked = read_text(text, phone, at)
    if asked is None:
        return None
    view = asked.view
    if view is None:
        return Reply("follow_unknown", language=asked.language)
    zh, en = said_by_text(view, "zh"), said_by_text(view, "en")
    values = {"number": view.number, "now_zh": zh[0], "next_zh": zh[1], "now_en": en[0], "next_en": en[1]}
    return Reply("follow_answer", values, asked.language, view.case_id, province_of(view.case_id))
