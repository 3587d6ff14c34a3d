"""Telephones of the people who answer: where browsers reach the exchange, which seat has which, their passwords."""

from __future__ import annotations

import secrets
from datetime import datetime

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.streams import STREAM_SITE
from nuanxin.audit.transactions import write
from nuanxin.hotline.actions.register import add_operator
from nuanxin.hotline.models import Desk, Exchange, OperatorState
from nuanxin.hotline.permissions import check, may_keep
from nuanxin.hotline.rules.telephones import Telephone, read_web_socket

_BYTES = 24  # of a password that nobody types


def set_web_socket(*, exchange: Exchange, address: str, by: Actor, at: datetime) -> Exchange:
    """Say where browsers reach an exchange; empty: nowhere. Raises NotPermitted, BadAddress."""
    check(may_keep(by, exchange.region))
    kept = read_web_socket(address)
    with write():
        row = Exchange.objects.select_for_update().get(pk=exchange.pk)
        if row.web_socket != kept:
            row.web_socket = kept
            row.save(update_fields=["web_socket"])
            _record("hotline.web_socket_set", {"exchange": row.pk, "web_socket": kept}, by, at)
    return row


def give_telephone(
    *, staff: int, browser: bool, renew: bool = False, by: Actor, at: datetime
) -> OperatorState:
    """Give the seat of a person a telephone in the browser, or on the desk, with a password of its own.

    A new password is made for the first telephone, for one of the other kind, and with ``renew``; the record says
    that it was, never which. Raises NotPermitted, OperatorState.DoesNotExist.
    """
    with write():
        row = OperatorState.objects.select_for_update(of=("self",)).select_related("desk").get(staff=staff)
        check(may_keep(by, row.desk.region))
        if row.phone_secret and row.browser_phone == browser and not renew:
            return row
        row.browser_phone, row.phone_secret = browser, secrets.token_urlsafe(_BYTES)
        row.save(update_fields=["browser_phone", "phone_secret"])
        _record("hotline.telephone_given", {"staff": staff, "desk": row.desk_id, "browser": browser}, by, at)
    return row


def seat_with_telephone(
    *, staff: int, desk: Desk, extension: str, lawyer: bool, browser_phone: bool, by: Actor, at: datetime
) -> OperatorState:
    """Seat a person and say which telephone they have, in one. Raises as ``register.add_operator``."""
    with write():
        row = add_operator(staff=staff, desk=desk, extension=extension, lawyer=lawyer, by=by, at=at)
        if row.browser_phone != browser_phone:
            row = give_telephone(staff=staff, browser=browser_phone, by=by, at=at)
    return row


def hand_out(*, exchange: Exchange, by: Actor, at: datetime) -> list[Telephone]:
    """The telephones of an exchange with their passwords, for its configuration; a seat that has none yet is given
    one on the desk. That they were handed out is on the record. Raises NotPermitted."""
    check(may_keep(by, exchange.region))
    with write():
        seats = list(OperatorState.objects.filter(exchange=exchange).order_by("extension"))
        seats = [
            seat if seat.phone_secret else give_telephone(staff=seat.staff, browser=False, by=by, at=at)
            for seat in seats
        ]
        _record("hotline.telephones_handed_out", {"exchange": exchange.pk, "seats": len(seats)}, by, at)
    return [Telephone(seat.extension, seat.phone_secret or "", seat.browser_phone) for seat in seats]


def _record(kind: str, payload: dict[str, object], by: Actor, at: datetime) -> None:
    append([NewEvent(STREAM_SITE, 0, kind, payload)], by=by, at=at)
