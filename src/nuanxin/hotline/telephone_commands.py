"""The part of ``nuanxin hotline`` for telephones: where browsers reach an exchange, which seat has which, pjsip.conf."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from nuanxin.audit.actor import SYSTEM
from nuanxin.hotline.actions import telephones
from nuanxin.hotline.models import Exchange, OperatorState
from nuanxin.hotline.rules.telephones import BadAddress, BadTelephone, pjsip

__all__ = ["BadAddress", "BadTelephone", "add_arguments", "give", "printed", "web_socket"]


def add_arguments(does: Any, seat: ArgumentParser) -> None:
    """Two sub-commands, and what ``seat`` takes besides."""
    socket: ArgumentParser = does.add_parser("web-socket", help="say where browsers reach an exchange")
    socket.add_argument("address", help='wss://host:port/ws; "" for none')
    socket.add_argument("--exchange", type=int, required=True)
    phones: ArgumentParser = does.add_parser(
        "pjsip", help="print the telephones of all seats for Asterisk's pjsip.conf, passwords too"
    )
    phones.add_argument("--exchange", type=int, required=True)
    phone = seat.add_mutually_exclusive_group()  # without: the telephone stays as it is
    phone.add_argument("--browser-phone", action="store_true", help="the telephone is in the browser")
    phone.add_argument("--desk-phone", action="store_true", help="the telephone stands on the desk")
    seat.add_argument("--new-password", action="store_true", help="a new password for the telephone")


def web_socket(*, exchange: int, address: str, at: datetime) -> None:
    """Say where browsers telephone. Raises Exchange.DoesNotExist, BadAddress."""
    row = Exchange.objects.get(pk=exchange)
    telephones.set_web_socket(exchange=row, address=address, by=SYSTEM, at=at)


def printed(*, exchange: int, at: datetime) -> str:
    """What Asterisk must know of the telephones. Raises Exchange.DoesNotExist, BadTelephone."""
    row = Exchange.objects.get(pk=exchange)
    return pjsip(row.pk, telephones.hand_out(exchange=row, by=SYSTEM, at=at))


def give(
    seat: OperatorState, *, at: datetime, browser_phone: bool, desk_phone: bool, new_password: bool, **_: Any
) -> None:
    """Give a seat the telephone that was asked for; without a word it keeps what it has."""
    if browser_phone or desk_phone or new_password:
        browser = browser_phone or (seat.browser_phone and not desk_phone)
        telephones.give_telephone(staff=seat.staff, browser=browser, renew=new_password, by=SYSTEM, at=at)
