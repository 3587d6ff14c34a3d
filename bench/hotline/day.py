"""A day of calls at one special desk: the real switchboard, routing and database, a simulated engine, faults on purpose.

Time is virtual: nothing waits for a clock, everything else is as on a working day. Waiting times are held against
Erlang A, counts against what a witness outside the platform saw.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import groupby
from typing import Any

import numpy as np

from bench.hotline.house import Room
from bench.hotline.witness import Witness
from nuanxin.accounts.queries import actor_for
from nuanxin.audit.actor import SYSTEM
from nuanxin.audit.verify import verify
from nuanxin.cases.faults import Refused
from nuanxin.hotline import actions
from nuanxin.hotline.gateway.dispatch import Found, Request
from nuanxin.hotline.gateway.platform import Away, Told
from nuanxin.hotline.models import Call, CallEvent, OperatorState
from nuanxin.hotline.reconcile import reconcile
from nuanxin.hotline.rules.calls import Happening, Outcome, State
from nuanxin.hotline.rules.life import tell
from nuanxin.hotline.rules.simulation import Band, band
from nuanxin.hotline.rules.staffing import Service, Traffic, service_of
from nuanxin.hotline.rules.voice.values import Tell
from nuanxin.hotline.simulator.people import Habits
from nuanxin.hotline.simulator.virtual import DatabaseRecord, Faults, VirtualExchange

START = datetime(2026, 3, 2, tzinfo=UTC)
DAY = 86_400.0
IN_TIME = 20.0  # seconds: what "answered in time" means in the print
WRITING = 20.0  # mean seconds that an operator writes after a talk
# Everybody asks for wages in Mandarin, nobody takes the offer to be rung, and nobody in the queue leaves but for want
# of patience, so that all wait in one queue and the formula speaks of the same thing as the day.
HABITS = Habits(
    hasty=0.0,
    keep_place=0.0,
    patience=300.0,
    talk=250.0,
    not_there=0.01,
    busy=0.005,
    languages=("1",),
    topics=("1",),
)
USUAL = Faults(doubled=0.02, late=0.02)
DROPPED = Faults(lost=1.0)


@dataclass(frozen=True, slots=True)
class Trouble:
    """How often a day something breaks."""

    drops: int = 24  # of the connection to the engine, for one to twenty seconds; its events are lost
    gateway: int = 12  # deaths of the gateway
    engine: int = 3  # deaths of the engine: every call on the line is cut off
    database: int = 12  # times that the database is away, for two to thirty seconds


class Record(DatabaseRecord):
    """The database, away at times."""

    away = False

    def tell(self, tells: Sequence[Tell], at: datetime) -> Told:
        if Record.away:
            raise Away
        return super().tell(tells, at)

    def dispatch(self, asked: Request, at: datetime) -> Found:
        if Record.away:
            raise Away
        return super().dispatch(asked, at)


class Day:
    """One run."""

    def __init__(self, room: Room, calls: int, seats: int, seed: int, trouble: Trouble) -> None:
        self.room, self.calls, self.seats, self.seed = room, calls, seats, seed
        self.exchange = VirtualExchange(Record(room.exchange), START, seed=seed, faults=USUAL)
        self.time = self.exchange.time
        self.crowd = Witness(self.exchange.engine, seed, HABITS, talk_over=self._talk_over,
                             nobody_there=self._nobody_there)  # fmt: skip
        self.random = random.Random(seed + 1)
        self.staff = {one.pk: one for one in room.staff}
        self.happened: Counter[str] = Counter()
        # The same traffic for each seat whatever the number of calls: a short run is a short day, not a quiet one.
        self.seconds = DAY * calls / 20_000 * 60 / seats
        self._plan(trouble)

    def _plan(self, trouble: Trouble) -> None:
        moment = 0.0
        for number in range(self.calls):
            moment += self.random.expovariate(self.calls / self.seconds)
            self.time.later(moment, partial(self.crowd.arrive, f"{int(START.timestamp())}.{number}"))
        part = self.seconds / DAY
        for count, act in (
            (trouble.drops, self._drop), (trouble.gateway, self._gateway_dies), (trouble.engine, self._engine_dies),
            (trouble.database, self._database_away),
        ):  # fmt: skip
            for _ in range(max(round(count * part), 1) if count else 0):
                self.time.later(self.random.uniform(0, self.seconds), act)

    # ---- trouble

    def _drop(self) -> None:
        self.happened["connection lost"] += 1
        self.exchange.faults = DROPPED
        self.time.later(self.random.uniform(1, 20), self._back)

    def _back(self) -> None:
        self.exchange.faults = USUAL
        self.exchange.reconnect()

    def _gateway_dies(self) -> None:
        self.happened["gateway died"] += 1
        self.exchange.crash_gateway()

    def _engine_dies(self) -> None:
        self.happened["engine died"] += 1
        self.crowd.engine_died()
        self.exchange.crash_engine()
        self.exchange.reconnect()

    def _database_away(self) -> None:
        self.happened["database away"] += 1
        Record.away = True
        self.time.later(self.random.uniform(2, 30), self._database_back)

    def _database_back(self) -> None:
        Record.away = False

    # ---- operators

    def _talk_over(self, call: str, staff: int) -> None:
        self.time.later(self.random.expovariate(1 / WRITING), partial(self._wrap_up, call, staff))

    def _nobody_there(self, call: str, staff: int) -> None:
        """A telephone that rang is quiet again. Where the desk says that the operator has had the call all the same
        (the caller hung up as it was picked up), they close it."""
        for seconds in (10, 60, 300):
            self.time.later(seconds, partial(self._close_empty, call, staff))

    def _close_empty(self, external: str, staff: int) -> None:
        call = Call.objects.filter(exchange=self.room.exchange, external=external, operator=staff).first()
        if call is not None and call.state == State.WRAP_UP and not Record.away:
            self.happened["picked up as the caller hung up"] += 1
            self._wrap_up(external, staff)

    def _wrap_up(self, external: str, staff: int) -> None:
        call = Call.objects.filter(exchange=self.room.exchange, external=external).first()
        if Record.away or call is None or call.state not in {State.ON_CALL, State.WRAP_UP}:
            # The desk shows no call to close yet; the operator presses again.
            if call is None or call.state != State.ENDED:
                self.time.later(5, partial(self._wrap_up, external, staff))
            return
        at = self.time.now
        try:
            actions.wrap_up(call_id=call.pk, code="wrong_number", by=actor_for(self.staff[staff], at), at=at)
        except Refused:
            self.happened["record refused"] += 1

    # ---- the whole of it

    def run(self) -> dict[str, Any]:
        """Let the day pass, everybody hang up, and look at what is on record."""
        wall, cpu = time.perf_counter(), time.process_time()
        for hour in range(1, 11):
            self.exchange.run(START + timedelta(seconds=self.seconds * hour / 10))
            _say(f"{hour * 10} % of the day, {time.perf_counter() - wall:.0f} s")
        self._close()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        told = CallEvent.objects.filter(exchange=self.room.exchange).count()
        return {
            "calls": self.calls, "seats": self.seats, "seed": self.seed, "hours": round(self.seconds / 3600, 2),
            "trouble": dict(self.happened),
            "wall_seconds": round(wall, 1), "cpu_seconds": round(cpu, 1),
            "times_faster_than_life": round(self.seconds / wall, 1),
            "events_kept": told, "events_per_cpu_second": round(told / cpu, 1),
            "cpu_ms_a_call": round(cpu * 1e3 / self.calls, 2),
            "integrity": self._integrity(), "queue": self._queue(),
        }  # fmt: skip

    def _close(self) -> None:
        self.exchange.run(self.time.now + timedelta(hours=1))
        for call in [one for one in self.exchange.engine.channels if one in self.crowd.calls]:
            self.exchange.engine.close(call)
        self.exchange.settle()
        self.exchange.run(self.time.now + timedelta(minutes=10))
        self.exchange.reconnect()
        self.exchange.run(self.time.now + timedelta(minutes=10))

    def _integrity(self) -> dict[str, Any]:
        """Nothing lost, nothing doubled, one owner, one outcome: by the platform's rows and by the witness."""
        rows = Call.objects.filter(exchange=self.room.exchange)
        known = rows.count()
        seats = dict(OperatorState.objects.values_list("staff", "extension"))
        records = self.crowd.records(seats)
        report = reconcile(
            exchange=self.room.exchange, records=records, by=SYSTEM, at=self.time.now + timedelta(hours=1)
        )
        left = OperatorState.objects.exclude(call=0).count()
        return {
            "arrived": self.crowd.seen.arrived, "known_before_reconciling": known, "known": rows.count(),
            "agree_with_records": report.agree, "adopted_from_records": report.adopted,
            "completed_from_records": report.completed, "contradictions": len(report.differ),
            # The record says that an operator picked up; the exchange saw no talk, since the caller was gone by then.
            "picked_up_as_the_caller_hung_up": self.happened["picked up as the caller hung up"],
            "contradiction_kinds": dict(Counter(code for _, code in report.differ)),
            "outcomes": dict(Counter(rows.values_list("outcome", flat=True))),
            "not_ended": rows.exclude(state=State.ENDED).count(),
            "talks_of_two_at_once": len(self.crowd.two_at_once),
            "talked_by_witness": len(self.crowd.seen.talked),
            "talked_but_not_answered_on_record": self._unanswered(rows),
            "rows_other_than_their_events": self._other_than_events(),
            "operators_left_with_a_call": left, "left_at_the_engine": len(self.exchange.engine.channels),
            "requests_against_the_contract": len(self.exchange.engine.broken),
            "faults_in_the_audit_chain": sum(1 for _ in verify()),
        }  # fmt: skip

    def _unanswered(self, rows: Any) -> int:
        answered = set(rows.filter(outcome=Outcome.ANSWERED).values_list("external", flat=True))
        return len(self.crowd.seen.talked - answered)

    def _other_than_events(self) -> int:
        """Calls whose row is not what their events say, all told anew."""
        wrong = 0
        events = CallEvent.objects.order_by("call_id").select_related("call")
        for _, group in groupby(events.iterator(2000), key=lambda event: event.call_id):
            found = list(group)
            row, life = found[0].call, tell(event.as_told() for event in found)
            wrong += (row.state, row.outcome, row.operator) != (life.state, life.outcome, life.operator)
        return wrong

    # ---- waiting

    def _queue(self) -> dict[str, Any]:
        """What callers met in the queue, beside Erlang A for the same traffic."""
        waits, served, busy, first, last = self._waits()
        traffic = Traffic((len(waits) - 1) / (last - first), float(np.mean(busy)), HABITS.patience)
        formula = service_of(traffic, self.seats, IN_TIME)
        met = self._met(waits, served)
        expected = _expected(formula)
        return {
            "queued": len(waits), "hung_up_while_it_rang": int(served.sum()) - self._talked(), "calls_a_second": round(traffic.calls, 5),
            "handling_seconds": round(traffic.handling, 2), "patience_seconds": HABITS.patience,
            "erlangs": round(traffic.load, 2), "formula": "Erlang A (M/M/n+M)",
            "figures": {
                name: {
                    "measured": round(found.mean, 4), "band": [round(found.mean - found.half, 4), round(found.mean + found.half, 4)],
                    "formula": round(expected[name], 4), "within": expected[name] in found,
                }
                for name, found in met.items()
            },
            "band": "95 %, 20 batch means, the first 5 % of calls left out",
        }  # fmt: skip

    def _waits(self) -> tuple[Any, Any, list[float], float, float]:
        """For each call that was queued, by its place: seconds until its service began or until it left, and whether
        it was served; then how long each service took, and the first and last place.

        A service begins with the offer: from then on an operator is taken up. A caller who hangs up while that
        operator's telephone rings has been served for those seconds and has not abandoned the queue.
        """
        offered, wrapped = self._moments()
        waits, served, busy, places = [], [], [], []
        rows = Call.objects.filter(queued_at__isnull=False).order_by("queued_at")
        for pk, queued, closed in rows.values_list("pk", "queued_at", "closed_at"):
            begun, gone = queued.timestamp(), closed.timestamp()  # type: ignore[union-attr]
            taken_up = pk in offered
            waits.append(max((offered[pk] if taken_up else gone) - begun, 0.0))
            served.append(taken_up)
            places.append(begun)
            if taken_up:
                busy.append(wrapped.get(pk, gone) - offered[pk])
        return np.array(waits), np.array(served), busy, places[0], places[-1]

    def _talked(self) -> int:
        return Call.objects.filter(queued_at__isnull=False, talked=True).count()

    def _moments(self) -> tuple[dict[int, float], dict[int, float]]:
        """Of each call the offer that stood when its wait ended, and when its record was closed."""
        offered: dict[int, float] = {}
        wrapped: dict[int, float] = {}
        kinds = {Happening.OFFERED, Happening.NOT_TAKEN, Happening.WRAPPED_UP}
        events = CallEvent.objects.filter(kind__in=kinds).order_by("at", "id")
        for call, kind, at in events.values_list("call_id", "kind", "at").iterator():
            if kind == Happening.NOT_TAKEN:
                offered.pop(call, None)
            else:
                (offered if kind == Happening.OFFERED else wrapped)[call] = at.timestamp()
        return offered, wrapped

    def _met(self, waits: Any, served: Any) -> dict[str, Band]:
        in_time = served & (waits <= IN_TIME)
        # An offer is made in the second in which the caller is queued or with the next look at who is free.
        return {
            "mean_wait_seconds": band(waits, 0.95),
            "share_waiting": band(waits > self.exchange.beat, 0.95),
            "share_abandoned": band(~served, 0.95),
            "share_answered_in_20_seconds": band(in_time, 0.95),
        }


def _expected(formula: Service) -> dict[str, float]:
    return {
        "mean_wait_seconds": formula.mean_wait, "share_waiting": formula.waiting,
        "share_abandoned": formula.abandoned, "share_answered_in_20_seconds": formula.answered_in_time,
    }  # fmt: skip


def _say(text: str) -> None:
    import sys

    print(text, file=sys.stderr, flush=True)
