"""``POST /hotline/events``: an exchange that only pushes what happens to its calls.

The contract for the telephone engineer is docs/howto/connect-an-exchange.md.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, cast

from django.db.models import Case, When
from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints
from pydantic_core import PydanticCustomError

from nuanxin.accounts.api import StaffToken
from nuanxin.accounts.requests import PlatformRequest
from nuanxin.audit.actor import Role
from nuanxin.hotline.actions import receive
from nuanxin.hotline.actions.calls import About, EventReused
from nuanxin.hotline.models import Desk, Exchange, OperatorState
from nuanxin.hotline.permissions import may_tell
from nuanxin.hotline.rules.calls import Happening, Told
from nuanxin.hotline.rules.routing import DeskKind
from nuanxin.network.queries import UnknownPlace, parse_place
from nuanxin.network.rules.points import LANGUAGES
from nuanxin.ui.problems import Problem, Strict, responses

router = Router(tags=["hotline"])
MOST = 100
YEARS = (2000, 2100)


def _of_this_century(value: datetime) -> datetime:
    if not YEARS[0] <= value.year < YEARS[1]:
        raise PydanticCustomError(
            "invalid_moment", "{en}",
            {"zh": "时间不对，请核对。", "en": "Not a moment of this century; check it."},
        )  # fmt: skip
    return value


Number = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:-]{1,64}$")]
Kind = Literal[
    "arrived", "menu_entered", "queued", "offered", "ringing", "not_taken", "answered", "passed_on",
    "voicemail_entered", "message_left", "call_back_asked", "forwarded", "hung_up", "wrapped_up",
]  # fmt: skip


class EventIn(Strict):
    """One thing that happened to one call."""

    id: Number = Field(description="the exchange's number of this event; the same when it is sent again")
    call: Number = Field(description="the exchange's number of the call")
    kind: Kind
    at: Annotated[AwareDatetime, AfterValidator(_of_this_century)] = Field(
        description="when it happened, with its offset"
    )
    sequence: int = Field(
        0, ge=0, le=2**31 - 1, description="count within the call, where the exchange has one"
    )
    extension: str = Field(
        "", max_length=20, description="whose telephone, where the kind concerns one person"
    )
    queue: str = Field("", max_length=40, description="which queue, for queued and passed_on")
    caller: str = Field("", max_length=32, description="the caller's telephone; empty where it is hidden")
    language: str = Field("", max_length=8, description="chosen in the menu, such as zh or yue")
    topic: str = Field("", max_length=20, description="chosen in the menu, such as wages")
    place: str = Field("", max_length=6, description="six digits, where the exchange knows it")


class EventsIn(Strict):
    """Up to a hundred events, of any calls, in any order."""

    events: list[EventIn] = Field(min_length=1, max_length=MOST)


class ResultOut(Schema):
    """What became of one event. ``notes``: what of it was not understood; the event is kept all the same."""

    id: str
    result: Literal["kept", "known", "number_reused"]
    state: str
    notes: list[
        Literal["unknown_extension", "unknown_queue", "unknown_place", "unknown_language", "no_extension"]
    ]


class ResultsOut(Schema):
    """One result for each event, in the order in which they came."""

    results: list[ResultOut]


@router.post(
    "/events",
    auth=StaffToken(Role.PARTNER),
    response=responses({200: ResultsOut}, 401, 403),
    summary="Tell what happened to calls",
    description="Idempotent by the number of each event; late and disordered events are put in order.",
)
def events(request: HttpRequest, told: EventsIn) -> dict[str, Any]:
    """200 means that every event is kept, but for a number that stood for another event already."""
    came = cast(PlatformRequest, request)
    exchange = Exchange.objects.filter(token=came.actor.id, active=True).first()
    if exchange is None or not may_tell(came.actor, exchange.token):
        raise Problem(
            403, "not_an_exchange", "This token is not registered for an exchange.",
            zh="这个令牌没有登记为电话交换机。",
        )  # fmt: skip
    known = _Register(exchange)
    return {"results": [_one(event, exchange, known, came) for event in told.events]}


_NEEDS_PERSON = {Happening.OFFERED, Happening.RINGING, Happening.NOT_TAKEN, Happening.ANSWERED, Happening.PASSED_ON,
                 Happening.WRAPPED_UP}  # fmt: skip


class _Register:
    """Extensions and queues of an exchange, read once for a request."""

    def __init__(self, exchange: Exchange) -> None:
        self.people = dict(OperatorState.objects.filter(exchange=exchange).values_list("extension", "staff"))
        desks = Desk.objects.filter(exchange=exchange, active=True)
        self.desks = dict(desks.values_list("key", "pk"))
        general = desks.order_by(Case(When(kind=DeskKind.GENERAL, then=0), default=1), "pk")
        self.else_desk = general.values_list("pk", flat=True).first() or 0

    def desk(self, queue: str) -> int:
        """The desk of a queue. One that nobody keeps, or whose desk is closed, is shown at the general desk: somebody
        waits in it. 0 for no queue, and at an exchange without a desk."""
        return self.desks.get(queue, self.else_desk) if queue else 0


def _one(event: EventIn, exchange: Exchange, known: _Register, came: PlatformRequest) -> dict[str, Any]:
    notes = []
    operator, desk = known.people.get(event.extension, 0), known.desk(event.queue)
    if event.extension and not operator:
        notes.append("unknown_extension")
    if not event.extension and event.kind in _NEEDS_PERSON:
        notes.append("no_extension")
    if event.queue and event.queue not in known.desks:
        notes.append("unknown_queue")
    about = _about(event, notes)
    news = Told(f"x:{event.id}", Happening(event.kind), event.at, event.sequence, operator, desk)
    try:
        receipt = receive(
            exchange=exchange, external=event.call, told=news, about=about, by=came.actor, at=came.at
        )
    except EventReused:
        return {"id": event.id, "result": "number_reused", "state": "", "notes": notes}
    result = "known" if receipt.known else "kept"
    return {"id": event.id, "result": result, "state": receipt.call.state, "notes": notes}


def _about(event: EventIn, notes: list[str]) -> About:
    """What the event says of the caller. An exchange writes words where it knows no number: they are no number."""
    digits = event.caller if any(sign.isdecimal() for sign in event.caller) else ""
    place = 0
    if event.place:
        try:
            place = parse_place(event.place)
        except UnknownPlace:
            notes.append("unknown_place")
    language = event.language if event.language in LANGUAGES else ""
    if event.language and not language:
        notes.append("unknown_language")
    return About(digits, language, event.topic, place)
