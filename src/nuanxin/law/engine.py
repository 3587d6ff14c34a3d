"""One door for every question: topic and question in, answer out. The same for command line, batch and web."""

from __future__ import annotations

from typing import Any

from nuanxin.law.calendar import CalendarMissing
from nuanxin.law.question import BAD, BadQuestion, Faults
from nuanxin.law.topic import Body
from nuanxin.law.topics import TOPICS


def ask(topic: str, question: object) -> Body:
    """The answer to ``question``; :class:`BadQuestion` carries every fault of one that cannot be answered."""
    found = TOPICS.get(topic)
    faults = Faults()
    if found is None:
        known = ", ".join(TOPICS)
        faults.add("", "unknown_topic", f"没有这个题目；有：{known}", f"no such topic; there are: {known}")
        raise BadQuestion(faults.found)
    values: Any = found.shape(question, "", faults)
    if values is not BAD:
        found.check(values, faults)
    faults.raise_if_any()
    try:
        return found.respond(values)
    except CalendarMissing as missing:
        faults.add(
            found.calendar_path,
            "calendar_missing",
            f"{missing.year}年的放假安排还没有公布，不能推算",
            f"the holidays of {missing.year} are not published; nothing is guessed",
        )
        raise BadQuestion(faults.found) from missing


def answer(topic: str, question: object) -> Body:
    """As :func:`ask`, with a bad question answered by ``{"errors": [{"path", "code", "message"}]}``."""
    try:
        return ask(topic, question)
    except BadQuestion as bad:
        return {"errors": bad.errors}
