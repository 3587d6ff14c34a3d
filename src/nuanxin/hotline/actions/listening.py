"""A supervisor listens in: openly, with the caller's consent, and on the record of the call."""

from __future__ import annotations

from datetime import datetime

from nuanxin.audit.actor import Actor
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.hotline.actions.voice import ask
from nuanxin.hotline.models import Call, VoiceCommand
from nuanxin.hotline.permissions import check, may_listen
from nuanxin.hotline.queries.recordings import region_of

Kind = VoiceCommand.Kind


def listen(*, call_id: int, extension: str, by: Actor, at: datetime) -> VoiceCommand:
    """Ask the voice to let ``extension`` hear a call; whoever talks sees who listens. The request is the event.

    A third person who hears a private talk needs the caller's consent as a recording does, so it hangs on the same
    answer. Raises NotPermitted, and Refused without consent, for a call of one's own, and as ``voice.ask``.
    """
    call = _call(call_id, by)
    if call.recording != "agreed":
        raise Refused(
            "no_consent",
            "来电人没有同意录音和监听，不能旁听。",
            "The caller has not agreed to be recorded and listened to.",
        )
    if call.operator == by.id:
        raise Refused("own_call", "这是您自己的通话。", "This is your own call.")
    return ask(call=call, kind=Kind.LISTEN_IN, by=by, at=at, extension=extension.strip())


def stop(*, call_id: int, by: Actor, at: datetime) -> VoiceCommand:
    """Hear it no more. Raises NotPermitted, and Refused as ``voice.ask``."""
    return ask(call=_call(call_id, by), kind=Kind.STOP_LISTENING, by=by, at=at)


def _call(call_id: int, by: Actor) -> Call:
    call = Call.objects.select_related("desk", "exchange").filter(pk=call_id).first()
    if call is None:
        raise NotPermitted  # the same as for one out of reach
    check(may_listen(by, region_of(call)))
    return call
