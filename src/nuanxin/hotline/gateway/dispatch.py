"""One visit to the database for everything that waits: commands of the desk, ways for callers, operators for them.

The record decides: an operator is rung only after their offer stands in it, in the same transaction in which they
were seen to be free. So no caller is given to two people and nobody is given two callers.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from nuanxin.audit.actor import NOWHERE, SYSTEM, Actor
from nuanxin.audit.transactions import write
from nuanxin.cases.faults import Refused
from nuanxin.hotline.actions import receive
from nuanxin.hotline.actions.callbacks import HELD
from nuanxin.hotline.actions.calls import About
from nuanxin.hotline.gateway.backs import RingBack, ring_of
from nuanxin.hotline.gateway.platform import busy_staff
from nuanxin.hotline.models import Call, CallBack, Desk, Exchange, OperatorState, VoiceCommand
from nuanxin.hotline.policies import check_dial
from nuanxin.hotline.queries.calls import contact_of, earlier_contacts
from nuanxin.hotline.queries.desks import desks_now
from nuanxin.hotline.queries.habits import Habits
from nuanxin.hotline.queries.owners import owner_among
from nuanxin.hotline.queries.settings import settings_now
from nuanxin.hotline.rules import routing
from nuanxin.hotline.rules.callbacks import offer_call_back
from nuanxin.hotline.rules.calls import Happening, State, Told
from nuanxin.hotline.rules.dispatch import InQueue, Ready, by_place, match
from nuanxin.hotline.rules.routing import Caller, Target
from nuanxin.hotline.rules.settings import USUAL, patience
from nuanxin.hotline.rules.voice.values import Offered, Routed, Standing, Wanted

TOO_OLD = timedelta(seconds=60)  # a wish that waited longer for the gateway is no wish any more
K = VoiceCommand.Kind


@dataclass(frozen=True, slots=True)
class ToRoute:
    """A caller whose way is asked for."""

    call: str
    caller: Caller
    phone: str
    since: datetime | None
    passed_by: int
    about: About


@dataclass
class Request:
    """What the gateway knows and the record does not. ``shun``: operators who did not pick up a moment ago."""

    routes: list[ToRoute] = field(default_factory=list)
    waiting: list[InQueue] = field(default_factory=list)
    shun: frozenset[int] = frozenset()
    habits: Habits = field(default_factory=Habits)


@dataclass
class Found:
    """What the record says, in the order in which the voice is to hear it."""

    heard: list[tuple[str, Routed | Offered | Standing | Wanted]] = field(default_factory=list)
    wants: dict[str, int] = field(default_factory=dict)  # calls sent to one person
    backs: list[RingBack] = field(default_factory=list)
    answers: list[tuple[int, str]] = field(default_factory=list)


def dispatch(exchange: Exchange, asked: Request, at: datetime) -> Found:
    """Carry out one visit. Where nothing is to be done it only reads, and takes no lock."""
    found = Found()
    wishes = list(
        VoiceCommand.objects.filter(exchange=exchange, done_at=None, taken_at=None)
        .select_related("call", "call_back").order_by("pk")
    )  # fmt: skip
    ready = _ready(exchange, asked.shun, at)
    if not (wishes or asked.routes or (asked.waiting and ready)):
        _places(asked.waiting, found)
        return found
    with write():
        visit = _Visit(exchange, asked, found, at, _ready(exchange, asked.shun, at))
        for wish in wishes:
            visit.wish(wish)
        visit.route()
        visit.offer()
    _places(visit.waiting, found)
    return found


def _places(waiting: list[InQueue], found: Found) -> None:
    before: dict[int, int] = {}
    for one in by_place(waiting):
        found.heard.append((one.call, Standing(before.get(one.desk, 0))))
        before[one.desk] = before.get(one.desk, 0) + 1


def _ready(exchange: Exchange, shun: frozenset[int], at: datetime) -> list[Ready]:
    """Operators who are ready by the record, are not being offered a call, and do not ring somebody back."""
    rows = OperatorState.objects.filter(exchange=exchange, state=OperatorState.State.READY, call=0)
    people = [Ready(row.staff, row.desk_id, row.extension, row.since) for row in rows]
    if not people:
        return []
    dialling = CallBack.objects.exclude(dialled_by=0).filter(dialled_at__gte=at - HELD)
    taken = busy_staff(exchange) | set(dialling.values_list("dialled_by", flat=True)) | shun
    return [one for one in people if one.staff not in taken]


class _Visit:
    """One visit, inside its transaction."""

    def __init__(
        self, exchange: Exchange, asked: Request, found: Found, at: datetime, ready: list[Ready]
    ) -> None:
        self.exchange, self.found, self.at, self.ready = exchange, found, at, ready
        self.waits, self.habits = USUAL, asked.habits
        self.routes, self.waiting = asked.routes, list(asked.waiting)
        self.given: set[str] = set()  # calls that have an operator since this visit
        self.taken: set[int] = set()  # and the operators

    # ---- commands

    def wish(self, row: VoiceCommand) -> None:
        """Hand a command on to the voice, or answer it at once."""
        row.taken_at = self.at
        row.save(update_fields=["taken_at"])
        if self.at - row.asked_at > TOO_OLD:
            self._answer(row, VoiceCommand.Result.TOO_LATE)
        elif row.kind == K.TAKE:
            self._take(row)
        elif row.kind == K.RING_BACK:
            self._ring_back(row)
        elif row.call is not None:
            wanted = Wanted(row.pk, row.kind, row.by, row.extension, row.call.desk_id or 0, row.asked_at)
            self.found.heard.append((row.call.external, wanted))

    def _answer(self, row: VoiceCommand, result: VoiceCommand.Result) -> None:
        row.result, row.done_at = result, self.at
        row.save(update_fields=["result", "done_at"])

    def _take(self, row: VoiceCommand) -> None:
        external = row.call.external if row.call else ""
        waiting = next((one for one in self.waiting if one.call == external), None)
        if waiting is None or waiting.call in self.given or row.by in busy_staff(self.exchange):
            self._answer(row, VoiceCommand.Result.TOO_LATE)
            return
        asker = Ready(row.by, waiting.desk, row.extension, self.at)
        if not self._give(waiting, asker, command=row.pk):
            self._answer(row, VoiceCommand.Result.TOO_LATE)

    def _ring_back(self, row: VoiceCommand) -> None:
        kept = row.call_back
        try:
            if (
                kept is None
                or kept.dialled_by != row.by
                or not kept.phone
                or row.by in busy_staff(self.exchange)
            ):
                raise Refused("not_dialled", "", "")
            check_dial(kept, by=Actor("staff", row.by, frozenset(), NOWHERE), at=self.at, held=HELD)
        except Refused:
            self._answer(row, VoiceCommand.Result.TOO_LATE)
            return
        self.found.backs.append(ring_of(row, kept))

    # ---- ways

    def route(self) -> None:
        """Find the way of every caller who asks, and put them into the queue of the desk in the record."""
        if not self.routes:
            return
        self.waits = settings_now(self.exchange.region, self.at)
        desks = desks_now(self.exchange.region, self.at)
        own = set(Desk.objects.filter(exchange=self.exchange, active=True).values_list("pk", flat=True))
        desks = [desk for desk in desks if desk.id in own]
        free = frozenset(one.staff for one in self.ready)
        for one in self.routes:
            self._route(one, desks, free)

    def _route(self, one: ToRoute, desks: list[routing.Desk], free: frozenset[int]) -> None:
        owner = 0
        if one.since is None:
            # Who is free goes first; a lawyer who is not is named all the same, so that the reason says it.
            owner = owner_among(one.phone, free, self.at) or earlier_contacts(one.phone).case_owner
        caller = replace(one.caller, case_owner=owner)
        choice = routing.route(caller, desks, free, patience=patience(self.waits))
        desk = choice.desk
        if choice.target is Target.STAFF:
            seat = next((ready for ready in self.ready if ready.staff == choice.staff), None)
            desk = seat.desk if seat else 0
            self.found.wants[one.call] = choice.staff
        if not desk:
            self.found.heard.append((one.call, Routed(0)))
            self.waiting = [other for other in self.waiting if other.call != one.call]
            return
        self._queue(one, desk)
        ahead = sum(other.desk == desk and other.call != one.call for other in self.waiting)
        on_duty = next((there.on_duty for there in desks if there.id == desk), 0)
        offer = not one.caller.emergency and bool(one.phone) and offer_call_back(
            ahead=ahead, on_duty=on_duty, mean_talk=self.habits.mean_talk(desk), contact=contact_of(one.phone),
            offer_from=timedelta(seconds=self.waits["offer_call_back"]),
        )  # fmt: skip
        self.found.heard.append((one.call, Routed(desk, choice.ask_again, ahead, offer)))
        self.waiting = [other for other in self.waiting if other.call != one.call]
        wants = choice.staff if choice.target is Target.STAFF else 0
        self.waiting.append(
            InQueue(one.call, desk, one.since or self.at, wants, one.passed_by, caller.emergency)
        )

    def _queue(self, one: ToRoute, desk: int) -> None:
        """Told where it is news: a caller who stays at their desk is not queued again."""
        call = Call.objects.filter(exchange=self.exchange, external=one.call).first()
        if call is None or call.desk_id != desk or call.state != State.QUEUED:
            self._tell(one.call, Happening.QUEUED, desk=desk, about=one.about)

    # ---- operators

    def offer(self) -> None:
        """Give callers to operators who are free."""
        free = [one for one in self.ready if one.staff not in self.taken]
        waiting = [one for one in self.waiting if one.call not in self.given]
        for caller, operator in match(waiting, free):
            self._give(caller, operator)

    def _give(self, caller: InQueue, operator: Ready, *, command: int = 0) -> bool:
        call = self._tell(caller.call, Happening.OFFERED, operator=operator.staff)
        if call.state != State.OFFERED or call.operator != operator.staff:
            return False  # the record knows better: answered, ended, or somebody else's
        self.given.add(caller.call)
        self.taken.add(operator.staff)
        self.waiting = [one for one in self.waiting if one.call != caller.call]
        self.found.heard.append((caller.call, Offered(operator.staff, operator.extension, command, self.at)))
        return True

    def _tell(
        self, external: str, kind: Happening, *, operator: int = 0, desk: int = 0, about: About | None = None
    ) -> Call:
        number = f"d:{external}:{int(self.at.timestamp() * 1000):x}{kind[0]}"
        told = Told(number, kind, self.at, 0, operator, desk)
        receipt = receive(
            exchange=self.exchange,
            external=external,
            told=told,
            about=about or About(),
            by=SYSTEM,
            at=self.at,
        )
        return receipt.call
