"""A supervisor listens in: openly, with the caller's consent, and on the record of the call."""

from __future__ import annotations

from datetime import datetime

from nuanxin.audit.actor import Actor
from nuanxin.cases.faults import NotPermitted
from nuanxin.hotline.actions.voice import ask
from nuanxin.hotline.models import Call, VoiceCommand
from nuanxin.hotline.permissions import check, may_listen
from nuanxin.hotline.queries.recordings import region_of

Kind = VoiceCommand.Kind


def listen(*, call_id: int, extension: str, by: Actor, at: datetime) -> VoiceCommand:
    """Ask the voice to let ``extension`` hear a call; whoever talks sees who listens. The request is the event.

    Raises NotPermitted, and Refused without the caller's consent, for a call of one's own, and as ``voice.ask``.
    """
    return ask(call=_call(call_id, by), kind=Kind.LISTEN_IN, by=by, at=at, extension=extension.strip())


def stop(*, call_id: int, by: Actor, at: datetime) -> VoiceCommand:
    """Hear it no more. Raises NotPermitted, and Refused as ``voice.ask``."""
    return ask(call=_call(call_id, by), kind=Kind.STOP_LISTENING, by=by, at=at)


def _call(call_id: int, by: Actor) -> Call:
    call = Call.objects.select_related("desk", "exchange").filter(pk=call_id).first()
    if call is None:
        raise NotPermitted  # the same as for one out of reach
    check(may_listen(by, region_of(call)))
    return call
