"""The talk of a ring-back is a call of its own on record: with its owner, its consultation record and its end."""

from __future__ import annotations

from datetime import datetime, timedelta

from nuanxin.audit.actor import Actor
from nuanxin.audit.ids import next_id
from nuanxin.hotline.actions.calls import About, keep
from nuanxin.hotline.models import Call, CallBack
from nuanxin.hotline.models.calls import BY_HAND
from nuanxin.hotline.queries.callbacks import exchange_of, talk_of
from nuanxin.hotline.rules.calls import Happening, Told


def begin_talk(row: CallBack, *, by: Actor, at: datetime) -> Call | None:
    """The call of who was just reached, in the caller's transaction: the one that our gateway has told of already, or
    a new one where it was dialled by hand. None where no exchange is known."""
    known = talk_of(row, by.id)
    exchange = exchange_of(row)
    if known is not None or exchange is None:
        return known
    call = Call(
        id=next_id(exchange.region // 10**10), province=exchange.region // 10**10, exchange=exchange,
        external=f"{BY_HAND}{row.pk}", arrived_at=at, heard_at=at, case=row.case,
    )  # fmt: skip
    call.save(force_insert=True)
    about = About(row.phone or "", row.language, row.topic, row.place, rings_back=row.pk)
    queued = Told(f"own:{call.pk}:0:queued", Happening.QUEUED, at, desk=row.desk_id or 0)
    answered = Told(
        f"own:{call.pk}:1:answered", Happening.ANSWERED, at + timedelta(microseconds=1), operator=by.id
    )
    for told in (queued, answered):
        keep(call, told, about=about, by=by, at=at)
    return call
