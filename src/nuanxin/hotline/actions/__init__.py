"""Writes of the hotline: each one transaction with its audit event."""

from nuanxin.hotline.actions.callbacks import attempted, dial, dial_by_hand, ring_back
from nuanxin.hotline.actions.calls import Receipt, close_silent, receive
from nuanxin.hotline.actions.closing import close_desk
from nuanxin.hotline.actions.forgetting import forget_callers, forget_records
from nuanxin.hotline.actions.operators import grow, pass_on, set_state, take
from nuanxin.hotline.actions.promises import Wish, ask_call_back, cancel, change_slot
from nuanxin.hotline.actions.records import wrap_up
from nuanxin.hotline.actions.register import (
    add_operator,
    alter_desk,
    alter_exchange,
    open_desk,
    register_exchange,
    remove_operator,
    reopen_desk,
)
from nuanxin.hotline.actions.settings import put_setting
from nuanxin.hotline.actions.voice import ask

__all__ = [
    "Receipt",
    "Wish",
    "add_operator",
    "alter_desk",
    "alter_exchange",
    "ask",
    "ask_call_back",
    "attempted",
    "cancel",
    "change_slot",
    "close_desk",
    "close_silent",
    "dial",
    "dial_by_hand",
    "forget_callers",
    "forget_records",
    "grow",
    "open_desk",
    "pass_on",
    "put_setting",
    "receive",
    "register_exchange",
    "remove_operator",
    "reopen_desk",
    "ring_back",
    "set_state",
    "take",
    "wrap_up",
]
