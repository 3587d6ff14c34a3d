"""What is said at the terminal when ``nuanxin hotline`` cannot do what was typed: always a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError

from nuanxin.cases.faults import Refused
from nuanxin.hotline import prompt_files, roster_commands, telephone_commands, voice_commands
from nuanxin.hotline.reconcile import BadRecords
from nuanxin.hotline.rules.callbacks import BadHours
from nuanxin.network.queries import UnknownPlace

FAULTS: tuple[type[Exception], ...] = (
    ObjectDoesNotExist, Refused, BadRecords, BadHours, UnknownPlace, roster_commands.BadInput, prompt_files.BadFolder,
    telephone_commands.BadAddress, telephone_commands.BadTelephone, voice_commands.NotSetUp, OSError,
    UnicodeDecodeError, IntegrityError,
)  # fmt: skip

# what was not found → what people call it, which argument names it, which command lists what there is
_NAMED = {
    "ApiToken": ("token", "token", "nuanxin token list"),
    "Exchange": ("exchange", "exchange", "nuanxin hotline list"),
    "Desk": ("desk", "desk", "nuanxin hotline list"),
    "Station": ("station", "station", "nuanxin hotline list"),
    "StationDesk": ("desk of a station", "desk", "nuanxin hotline list"),
    "Staff": ("account", "staff", "nuanxin staff list"),
}


def sentence(fault: Exception, given: Mapping[str, Any]) -> str:
    """A sentence in English for one of ``FAULTS``; ``given``: the arguments that were typed."""
    if isinstance(fault, ObjectDoesNotExist):
        return _not_found(fault, given)
    if isinstance(fault, Refused):
        return fault.en
    if isinstance(fault, IntegrityError):
        return "there is one already with this token, key or extension"
    if isinstance(fault, BadHours):
        return f"{fault}: give hours as HH:MM-HH:MM, such as 08:00-20:00"
    if isinstance(fault, UnicodeDecodeError):
        return f"{given.get('file', 'the file')} is not a text in UTF-8"
    if isinstance(fault, OSError) and fault.strerror:
        return f"{fault.filename or given.get('file', '')}: {fault.strerror}"
    return f"{given.get('file', '')} {fault}".strip()


def _not_found(fault: ObjectDoesNotExist, given: Mapping[str, Any]) -> str:
    model = type(fault).__qualname__.split(".")[0]
    if model not in _NAMED:
        return str(fault)
    words, argument, lists = _NAMED[model]
    which = given.get(argument, given.get(f"{argument}s", ""))
    named = " or ".join(str(one) for one in which) if isinstance(which, list) else str(which)
    return f"there is no {words} {named}; {lists} shows those that there are"
