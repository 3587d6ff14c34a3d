"""A call in one line, for every page that shows who waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nuanxin.audit.masking import mask_phone
from nuanxin.desk.speech import said
from nuanxin.desk.wording.hotline import TOPICS, waited
from nuanxin.hotline.models import Call, Desk
from nuanxin.hotline.rules.calls import State
from nuanxin.network.rules.points import LANGUAGES
from nuanxin.ui.parts import Text

RINGS = frozenset({State.OFFERED, State.RINGING})


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call as the page shows it; ``minutes`` is the time waited."""

    id: int
    desk: str
    about: str
    phone: str
    minutes: int
    rings: bool
    closed: bool
    case: bool

    @property
    def waited(self) -> str:
        """How long they have waited, in words."""
        return waited(self.minutes)


def line_of(call: Call, at: datetime) -> CallLine:
    """The call in few words."""
    term = LANGUAGES.get(call.language)
    words: list[Text] = [TOPICS.get(call.topic, ""), said(term.zh, term.en) if term is not None else ""]
    since, until = call.queued_at or call.arrived_at, call.answered_at or at
    return CallLine(
        call.pk, desk_name(call.desk) if call.desk else "", " · ".join(str(word) for word in words if word),
        mask_phone(call.phone) if call.phone else "", max(int((until - since).total_seconds()) // 60, 0),
        call.state in RINGS, call.state in {State.WRAP_UP, State.ENDED}, bool(call.case),
    )  # fmt: skip


def desk_name(desk: Desk) -> str:
    return said(desk.name_zh, desk.name_en or desk.name_zh)
