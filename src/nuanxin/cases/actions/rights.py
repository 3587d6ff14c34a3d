"""What a worker asks about their own data (PIPL arts. 46, 47): put on the record for staff to answer.

Correcting and erasing are done by ``cases.actions.personal``; asking changes nothing but the record.
"""

from __future__ import annotations

from datetime import datetime

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.transactions import write
from nuanxin.cases.actions.move import Change, entry
from nuanxin.cases.faults import NoSuchCase, NotPermitted, Refused
from nuanxin.cases.queries.loading import load_for_move

ASK_CORRECTION, ASK_ERASURE = "ask_correction", "ask_erasure"
_EVENTS = {ASK_CORRECTION: "case.ask_correction", ASK_ERASURE: "case.ask_erasure"}


def ask(*, case_id: int, seq: int, what: str, text: str, by: Actor, at: datetime) -> None:
    """Put a wish for correction or erasure on the record.

    ``what`` is ASK_CORRECTION or ASK_ERASURE, ``seq`` the roster number it is about. Raises NoSuchCase,
    NotPermitted for anybody but the worker of this case, Refused for a correction without words.
    """
    if what == ASK_CORRECTION and not text.strip():
        raise Refused("text_needed", "请写明哪里不对、应该是什么。", "Say what is wrong and what is right.")
    with write():
        loaded = load_for_move(case_id)
        if loaded is None:
            raise NoSuchCase
        if by.kind not in {"worker", "helper"} or by.id != case_id:
            raise NotPermitted
        case = loaded.case
        event = NewEvent(case.id, case.province, _EVENTS[what], {"seq": seq})
        append([event], by=by, at=at, head=loaded.head)
        change = Change(text=text.strip(), data={"seq": seq})
        entry(case, what, change, by, at).save(force_insert=True)
