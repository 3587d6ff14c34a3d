"""Beside the call in hand: who listens, the interpreter, the recording. A part of the operator's page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from nuanxin.accounts.queries import names_of
from nuanxin.desk.speech import between
from nuanxin.desk.views.hotline.interpreters import spoken
from nuanxin.desk.wording.hotline_quality import RESULTS
from nuanxin.hotline.models import Call, VoiceCommand
from nuanxin.hotline.queries.voice import Beside, beside, has_voice, interpreters_for
from nuanxin.hotline.rules.calls import State
from nuanxin.ui.parts import Text

TEMPLATE = "desk/hotline/call_tools.html"
_OPEN = frozenset({VoiceCommand.Result.OPEN, VoiceCommand.Result.DONE})


@dataclass(frozen=True, slots=True)
class Tools:
    """What the part shows. ``may_agree``: the caller was not asked, or said nothing; ``choices``: interpreters who can be rung now; ``joined``: one is, or is being rung."""

    call: int = 0
    listeners: str = ""
    interpreter: Text = ""
    joined: bool = False
    recorded: bool = False
    may_agree: bool = False
    choices: list[tuple[int, str, str]] = field(default_factory=list)


def tools_of(call: Call | None, at: datetime, one: Beside | None = None) -> Tools:
    """For the call in hand; nothing while nobody talks."""
    if call is None or call.state != State.ON_CALL:
        return Tools()
    one = one or beside([call.pk])[call.pk]
    asked, names = one.interpreter, names_of(set(one.listeners)) if one.listeners else {}
    adds = asked is not None and asked.kind == VoiceCommand.Kind.ADD_INTERPRETER
    joined = adds and asked is not None and asked.result in _OPEN
    voice = has_voice(call)
    choices = interpreters_for(call, at=at) if voice and not joined else []
    return Tools(
        call.pk, between().join(names.get(who, "") for who in one.listeners),
        RESULTS[asked.result] if asked is not None and adds else "", joined, call.recording == "agreed",
        call.recording == "" and voice,
        [(row.pk, row.label, spoken(row)) for row in choices],
    )  # fmt: skip


def mark_of(call: Call | None) -> str:
    """Changes with whatever the part shows; one statement while somebody talks."""
    if call is None or call.state != State.ON_CALL:
        return ""
    return repr((call.pk, call.recording, beside([call.pk])[call.pk].version))
