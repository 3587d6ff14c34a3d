"""Interpreters: keeping their register, joining one to a call, letting them go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from nuanxin.audit.actor import Actor
from nuanxin.audit.events import NewEvent, append
from nuanxin.audit.streams import STREAM_SITE
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline.actions.voice import ask
from nuanxin.hotline.models import Call, Interpreter, VoiceCommand
from nuanxin.hotline.permissions import check, may_keep
from nuanxin.hotline.queries.voice import interpreters_for
from nuanxin.hotline.rules.callbacks import BadHours, check_hours
from nuanxin.network.rules.points import LANGUAGES

MOST_LABEL = 60
_DIGITS = range(2, 9)  # of an extension or a short number; a telephone has more


def keep_interpreter(
    *, region: int, label: str, languages: Sequence[str], extension: str, hours: str = "", active: bool = True,
    by: Actor, at: datetime,
) -> Interpreter:  # fmt: skip
    """Register an interpreter, or change the one at this extension of the region.

    ``extension``: two to eight digits. A telephone outside stands behind a short number that the exchange keeps, so
    that nobody's own number lies here or on the record of a call. Raises NotPermitted, Refused.
    """
    check(may_keep(by, region))
    _check(label.strip(), languages, extension, hours)
    with write():
        row, _ = Interpreter.objects.update_or_create(
            region=region, extension=extension,
            defaults={
                "label": label.strip(), "languages": sorted(set(languages)), "hours": hours, "active": active,
            },
        )  # fmt: skip
        said = {"interpreter": row.pk, "region": region, "languages": row.languages, "active": active}
        append([NewEvent(STREAM_SITE, 0, "hotline.interpreter_kept", said)], by=by, at=at)
    return row


def _check(label: str, languages: Sequence[str], extension: str, hours: str) -> None:
    if not label or len(label) > MOST_LABEL:
        raise Refused(
            "label", f"请写名称，最多{MOST_LABEL}字。", f"Give a name of at most {MOST_LABEL} characters."
        )
    if not languages or set(languages) - set(LANGUAGES):
        raise Refused("languages", "请选一种或几种语言。", "Choose one language or more.")
    if not (extension.isascii() and extension.isdigit() and len(extension) in _DIGITS):
        raise Refused(
            "extension",
            "请填2到8位的分机号或者短号；外线电话请先在交换机上设短号。",
            "Give an extension or short number of two to eight digits; a telephone outside gets one at the exchange.",
        )
    try:
        check_hours(hours)
    except BadHours as bad:
        raise Refused(
            "hours", "时间请写成 08:00-20:00，或者不填。", "Hours are 08:00-20:00, or empty."
        ) from bad


def join(*, call_id: int, interpreter_id: int, by: Actor, at: datetime) -> VoiceCommand:
    """Ring an interpreter and join them to the call in hand. Raises NotPermitted, and Refused for one who is not
    there now, and as ``voice.ask``."""
    call = _call(call_id)
    chosen = next((one for one in interpreters_for(call, at=at) if one.pk == interpreter_id), None)
    if chosen is None:
        raise Refused(
            "not_there",
            "这位翻译现在不在，请另选一位。",
            "This interpreter is not there now: choose another.",
        )
    return ask(call=call, kind=VoiceCommand.Kind.ADD_INTERPRETER, by=by, at=at, extension=chosen.extension)


def drop(*, call_id: int, by: Actor, at: datetime) -> VoiceCommand:
    """Let the interpreter go; the caller stays. Raises NotPermitted, and Refused as ``voice.ask``."""
    return ask(call=_call(call_id), kind=VoiceCommand.Kind.DROP_INTERPRETER, by=by, at=at)


def _call(call_id: int) -> Call:
    call = Call.objects.select_related("desk", "exchange").filter(pk=call_id).first()
    if call is None:
        raise NotPermitted
    return call
