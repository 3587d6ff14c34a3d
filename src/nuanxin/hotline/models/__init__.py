"""Rows of the hotline: exchanges, desks, operators, calls, records, call-backs, commands to the voice, registries."""

from nuanxin.hotline.models.answers import PublicAnswer
from nuanxin.hotline.models.callbacks import CallBack, CallBackAttempt
from nuanxin.hotline.models.calls import WITH_OPERATOR, Call, CallEvent
from nuanxin.hotline.models.codes import Category, WrapUpCode
from nuanxin.hotline.models.interpreters import Interpreter
from nuanxin.hotline.models.quality import QualityCheck, QualitySample, QualityScore
from nuanxin.hotline.models.questions import WrittenQuestion
from nuanxin.hotline.models.recordings import Recording
from nuanxin.hotline.models.records import ConsultationRecord
from nuanxin.hotline.models.register import Desk, Exchange, OperatorState
from nuanxin.hotline.models.roster_runs import DayNeed, RosterRun
from nuanxin.hotline.models.rosters import (
    Absence,
    Answer,
    Duty,
    DutyTerms,
    RosterMonth,
    ShiftTemplate,
    Station,
    StationDesk,
    Swap,
)
from nuanxin.hotline.models.satisfaction import Satisfaction
from nuanxin.hotline.models.settings import HotlineSetting
from nuanxin.hotline.models.voice import VoiceCommand

__all__ = [
    "WITH_OPERATOR",
    "Absence",
    "Answer",
    "Call",
    "CallBack",
    "CallBackAttempt",
    "CallEvent",
    "Category",
    "ConsultationRecord",
    "DayNeed",
    "Desk",
    "Duty",
    "DutyTerms",
    "Exchange",
    "HotlineSetting",
    "Interpreter",
    "OperatorState",
    "PublicAnswer",
    "QualityCheck",
    "QualitySample",
    "QualityScore",
    "Recording",
    "RosterMonth",
    "RosterRun",
    "Satisfaction",
    "ShiftTemplate",
    "Station",
    "StationDesk",
    "Swap",
    "VoiceCommand",
    "WrapUpCode",
    "WrittenQuestion",
]
