"""Taking a call where our voice leads the exchange: the operator's own telephone rings first, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from nuanxin.audit.actor import Actor
from nuanxin.desk.wording.hotline import NOT_TAKEN
from nuanxin.hotline.models import Call, Exchange, OperatorState
from nuanxin.hotline.queries.voice import newest_take
from nuanxin.ui.parts import Text

# Longer than a telephone is rung and a wish may wait for the voice: after that nothing rings any more.
UNANSWERED = timedelta(seconds=90)
SHOWN = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Ringing:
    """``rings``: the telephone at ``extension`` rings now; ``failed``: why no call came of it, while that is news."""

    rings: bool = False
    extension: str = ""
    failed: Text = ""


def ringing_of(seat: OperatorState | None, call: Call | None, by: Actor, at: datetime) -> Ringing:
    """For the person at this seat; nothing with a call in hand. One statement where our voice leads the exchange."""
    if seat is None or call is not None or seat.exchange.kind != Exchange.Kind.ARI:
        return Ringing()
    wish = newest_take(by, since=at - UNANSWERED - SHOWN)
    if wish is None:
        return Ringing()
    if wish.done_at is None:
        if at - wish.asked_at < UNANSWERED:
            return Ringing(rings=True, extension=wish.extension)
        return Ringing(failed=NOT_TAKEN["unanswered"])
    why = NOT_TAKEN.get(wish.result, "")
    return Ringing(failed=why) if why and at - wish.done_at < SHOWN else Ringing()
