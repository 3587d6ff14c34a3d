"""Rows of the hotline: exchanges, desks, operators, calls and what was told of them, call-backs, commands to the voice."""

from nuanxin.hotline.models.callbacks import CallBack, CallBackAttempt
from nuanxin.hotline.models.calls import WITH_OPERATOR, Call, CallEvent
from nuanxin.hotline.models.register import Desk, Exchange, OperatorState
from nuanxin.hotline.models.voice import VoiceCommand

__all__ = [
    "WITH_OPERATOR",
    "Call",
    "CallBack",
    "CallBackAttempt",
    "CallEvent",
    "Desk",
    "Exchange",
    "OperatorState",
    "VoiceCommand",
]
