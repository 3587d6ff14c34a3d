"""Whole invented cases: every row that a case of that life would have, chained events included."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any, cast

from bench.invent import Invented, Weighted, invent, person, phone
from bench.lives import MIX, WITH_LAWYER, Life, moments, next_columns, running, submitted_at
from bench.tables import Row
from nuanxin.audit import chain
from nuanxin.audit.models.events import canonical
from nuanxin.audit.sealing import blind_index
from nuanxin.cases.actions.move import snapshot
from nuanxin.cases.models import Case
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.grams import firm_grams, person_grams
from nuanxin.cases.rules.numbers import number_of
from nuanxin.cases.rules.states import Kind, Seat, Status
from nuanxin.cases.rules.urgency import is_urgent, queue_key

_BITS = 46
_ITEMS = Weighted((["wages"], ["wages", "overtime"], ["work_injury"], ["severance"], ["wages", "severance"]),
                  (70, 10, 8, 6, 6))  # fmt: skip
_LANES = {("severance",): "ordinary", ("wages", "severance"): "mixed"}
_DOORS = Weighted(("web", "hotline", "counter", "helper", "paper", "partner"), (45, 20, 20, 8, 4, 3))
_NEEDS = Weighted(([], ["cannot_read"], ["dialect"], ["sign_language"], ["no_calls"]), (90, 4, 3, 1, 2))
_ROSTERED = WITH_LAWYER | {Status.CLOSED}  # a group has its list of workers by then
_SIZES = Weighted((1, 2, 5, 12, 26, 73), (750, 100, 80, 50, 15, 5))


@dataclass(frozen=True, slots=True)
class World:
    """What cases are invented in: the present, the places with their agencies, the lawyers of each province."""

    now: datetime
    counties: Weighted[int]
    agencies: Mapping[int, int]  # region -> agency
    short_names: Mapping[int, str]
    lawyers: Mapping[int, list[int]]  # province -> staff ids
    chain_key: bytes


class Maker:
    """Invents the cases of one chunk: from the same number come the same cases."""

    def __init__(self, world: World, rng: Random, first_id: int) -> None:
        self.world, self.rng, self.last = world, rng, first_id

    def id(self, province: int) -> int:
        """The next row id of a province."""
        self.last += 1
        return province << _BITS | self.last

    def case(self) -> Iterator[tuple[str, Row]]:
        """Every row of one case as (model name, values), the case first."""
        rng, life = self.rng, MIX.pick(self.rng)
        place = self.world.counties.pick(rng)
        case = self._case(life, place)
        people = invent(rng, self.world.short_names[place])
        yield "Case", case
        sealed = {"province": case["province"], "case_id": case["id"]}
        worker = self.id(case["province"])
        yield from self._workers(case, people, worker, sealed)
        for seq, name in enumerate(people.firms, 1):
            yield "Respondent", {**sealed, "id": self.id(case["province"]), "seq": seq, "name": name,
                                 "role": "employer" if seq == 1 else "general_contractor"}  # fmt: skip
        yield from self._texts(case, people, sealed)
        if case["claimed_fen"]:
            yield from self._money(case, worker, sealed)
        yield from self._events(case, life)

    def _case(self, life: Life, place: int) -> dict[str, Any]:
        rng, now = self.rng, self.world.now
        region = _holder(rng, place, self.world.agencies)
        province = place // 10**10
        items = list(_ITEMS.pick(rng)) if life.kind is not Kind.QUESTION else []
        submitted = submitted_at(life, rng, now).replace(microsecond=0)
        today = now.astimezone(SHANGHAI).date()
        limitation = today + timedelta(
            days=rng.choice((2, 5)) if rng.random() < 0.015 else rng.randrange(20, 360)
        )
        lane = _LANES.get(tuple(items), "green" if items else "ordinary")
        urgent = bool(life.clocks) and is_urgent(limitation, today)
        workers = _SIZES.pick(rng) if life.kind is Kind.AID else 1
        claimed = rng.randrange(3_000, 60_000) * 100 * workers if life.kind is Kind.AID else 0
        paid = claimed * 8 // 10 if life.outcome == "recovered" else 0
        case = {
            "id": self.id(province), "province": province, "kind": str(life.kind), "door": _DOORS.pick(rng),
            "submitted_at": submitted, "version": 1 + len(life.path), "status": str(life.status), "lane": lane,
            "urgent": urgent, "limitation_on": limitation, "items": items, "needs": list(_NEEDS.pick(rng)),
            "languages": ["zh"], "workers_stated": workers, "place": place, "place_now": place,
            "holder_agency": self.world.agencies[region], "holder_region": region, "means": "exempt",
            "means_settled": True, "outcome": life.outcome, "claimed_fen": claimed,
            "awarded_fen": claimed if paid else 0, "paid_fen": paid, "confirmed_fen": paid,
            "workers_count": workers if workers == 1 or life.status in _ROSTERED else 0,
            **next_columns(life, rng, now, submitted, lane, urgent),
        }  # fmt: skip
        self._people_of_the_office(case, life, region)
        return case

    def _people_of_the_office(self, case: dict[str, Any], life: Life, region: int) -> None:
        lawyers = self.world.lawyers.get(case["province"])
        case["reviewed_by"] = 1 if "review" in life.path else 0
        case["decided_by"] = 2 if {"grant", "refuse"} & set(life.path) else 0
        if "ask_for_more" in life.path:
            case |= {"supplement_asked_at": case["submitted_at"], "supplement_items": ["id_copy"]}
        if lawyers and (life.status in WITH_LAWYER or life.outcome == "recovered"):
            case["lawyer"] = self.rng.choice(lawyers)
        if lawyers and life.status is Status.OFFERED:
            case["offered_to"] = self.rng.choice(lawyers)
        if life.status is Status.ACCEPTED and self.rng.random() < 0.05:
            self._in_transfer(case, region)
        if life.clocks and self.rng.random() < 0.002:
            case["watch_by"] = 1

    def _in_transfer(self, case: dict[str, Any], region: int) -> None:
        receiver = region - region % 10**10
        clock = running("promise.transfer_answer", case["next_by"], self.world.now)
        case |= {
            "transfer_to": self.world.agencies[receiver], "transfer_region": receiver, "seat": str(Seat.RECEIVER),
            "step": "accept_transfer", "turn": "others", "next_clock": clock.rule,
            "clocks": [*case["clocks"], clock.as_json()],
            "queue_key": queue_key(lane=case["lane"], urgent=case["urgent"], next_by=clock.due),
        }  # fmt: skip

    def _workers(self, case: Row, people: Invented, first: int, sealed: Row) -> Iterator[tuple[str, Row]]:
        count = case["workers_count"]
        grams = set[str]().union(*map(firm_grams, people.firms))
        for seq in range(1, max(1, count) + 1):
            name, number = (people.name, people.phone) if seq == 1 else (person(self.rng), phone(self.rng))
            grams |= person_grams(name)
            sums = {f"{step}_fen": case[f"{step}_fen"] // count if count else 0
                    for step in ("claimed", "awarded", "paid", "confirmed")}  # fmt: skip
            yield "Worker", {
                **sealed, **sums, "id": first if seq == 1 else self.id(case["province"]), "seq": seq,
                "representative": seq == 1 and case["workers_stated"] > 1, "name": name, "phone": number,
                "phone_index": blind_index("phone", number),
            }  # fmt: skip
        for gram in sorted(grams):
            yield "NameGram", {"gram": gram, "case_id": case["id"]}

    def _texts(self, case: Row, people: Invented, sealed: Row) -> Iterator[tuple[str, Row]]:
        rng, at, province = self.rng, case["submitted_at"], case["province"]
        yield "Entry", {**sealed, "id": self.id(province), "action": "story", "at": at, "by_kind": "worker",
                        "for_worker": True, "text": people.story}  # fmt: skip
        yield "Submission", {
            **sealed, "id": self.id(province), "key": f"{rng.getrandbits(128):032x}",
            "body": f"{rng.getrandbits(128):032x}", "answer": _answer(case), "at": at, "door": case["door"],
        }  # fmt: skip
        number = number_of(case["id"])
        values = json.dumps(
            {"number": number, "code": "00000000", "by": "2026-01-01 17:30"}, ensure_ascii=False
        )
        yield "Notice", {
            "id": self.id(province), "province": province, "case_id": case["id"], "channel": "sms",
            "phone": people.phone, "phone_index": blind_index("phone", people.phone), "language": "zh",
            "template": f"received_{case['kind']}", "values": values, "status": "sent", "tries": 1, "created_at": at,
            "sent_at": at,
        }  # fmt: skip

    def _money(self, case: Row, worker: int, sealed: Row) -> Iterator[tuple[str, Row]]:
        """One line a step: of the worker who claims alone, or of the group."""
        at = case["submitted_at"]
        alone = worker if case["workers_stated"] == 1 else None
        for step in ("claimed", "awarded", "paid", "confirmed"):
            if case[f"{step}_fen"]:
                yield "LedgerLine", {
                    **sealed, "id": self.id(case["province"]), "worker_id": alone, "step": step,
                    "fen": case[f"{step}_fen"], "way": "stated" if step == "claimed" else "document",
                    "on": at.astimezone(SHANGHAI).date(), "recorded_at": at,
                }  # fmt: skip

    def _events(self, case: Row, life: Life) -> Iterator[tuple[str, Row]]:
        plain = snapshot(cast(Case, SimpleNamespace(**{**_PLAIN, **case})))
        until = case["closed_at"] or self.world.now
        kinds = ["submitted", *life.path]
        times = [case["submitted_at"], *moments(life.path, case["submitted_at"], until)]
        last, key = chain.GENESIS, self.world.chain_key
        for seq, (kind, at) in enumerate(zip(kinds, times, strict=True), 1):
            payload = plain if seq == len(kinds) else {**plain, "to": kind, "clocks": []}
            actor = ("worker", 0) if seq == 1 else ("staff", 1)
            event: dict[str, Any] = {
                "id": self.id(case["province"]), "province": case["province"], "stream": case["id"], "seq": seq,
                "kind": f"case.{kind}", "version": 1, "recorded_at": at, "effective_on": None,
                "actor_kind": actor[0], "actor_id": actor[1], "payload": payload,
            }  # fmt: skip
            last = chain.mac(key, last, chain.row_bytes(**{**event, "payload": canonical(payload)}))
            yield "Event", {**event, "mac": last}
        proof = chain.head_proof(key, case["id"], len(kinds), last)
        yield "Head", {"stream": case["id"], "seq": len(kinds), "mac": last, "proof": proof}


# What ``snapshot`` reads of a case and most filled cases do not set.
_PLAIN = {"stage": "", "lawyer": 0, "offered_to": 0, "officer": 0, "transfer_to": 0, "next_clock": ""}


def _holder(rng: Random, place: int, agencies: Mapping[int, int]) -> int:
    """The county holds most; some went up to the city, a few to the province."""
    chance, city = rng.random(), place - place % 10**8
    if chance < 0.01 or (chance < 0.1 and city not in agencies):
        return place - place % 10**10
    return city if chance < 0.1 else place


def _answer(case: Row) -> dict[str, Any]:
    by = case["next_by"] or case["submitted_at"]
    sentence = {
        "zh": "我们会在最晚时间之前给您打电话，请保持电话畅通。",
        "en": "We shall ring you before then.",
    }
    return {
        "number": number_of(case["id"]), "status": "submitted", "lane": case["lane"], "urgent": case["urgent"],
        "agency": {"name": "法律援助中心", "place": f"{case['holder_region'] // 10**6:06d}"},
        "next": {"actor": "clerk", "by": by.isoformat(), "sentence": sentence},
    }  # fmt: skip
