"""Invented claims of the usual kinds, the same for the same seed: what the law engine is measured with.

Half are monthly wages, a quarter day wages, the rest piece work and IOUs. The sums are such that a worker is owed
some 12,600 yuan on average, as the 540,000 workers of 2023 got back (6.8 billion yuan); of the monthly wages one in
three asks for double wage, one in three for severance and one in four for overtime besides. Nobody in them is real.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

FIRST_DAY = date(2023, 1, 1)  # of the year whose claims these are
_PLACES = (
    ("110105", None),
    ("140581", "1980.00"),
    ("320500", "2490.00"),
    ("330110", "2490.00"),
    ("430100", "2100.00"),
)
_REASONS = ("worker_for_employer_breach", "employer_unlawful", "term_expired", "agreed_employer_proposed")
_PROOFS = ("iou", "attendance", "messages", "photos", "bank_record", "witness", "contract", "work_card")

Claim = dict[str, Any]


def claims(count: int, seed: int) -> Iterator[Claim]:
    """So many claims, in the same order for the same seed."""
    chance = Random(seed)
    for _ in range(count):
        yield claim(chance)


def lines(count: int, seed: int) -> Iterator[str]:
    """The same as lines of a batch."""
    for one in claims(count, seed):
        yield json.dumps({"topic": "claim", "question": one}, ensure_ascii=False) + "\n"


def claim(chance: Random) -> Claim:
    """One worker's claim."""
    as_of = FIRST_DAY + timedelta(days=chance.randrange(365))
    ended = as_of - timedelta(days=chance.randrange(5, 300))
    started = ended - timedelta(days=chance.randrange(40, 1_500))
    place, minimum_wage = chance.choice(_PLACES)
    found: Claim = {
        "as_of": as_of.isoformat(), "place": place, "relation": "employment",
        "started_on": started.isoformat(), "ended_on": ended.isoformat(),
        "evidence": chance.sample(_PROOFS, chance.randrange(4)),
    }  # fmt: skip
    if minimum_wage is not None:
        found["minimum_wage"] = minimum_wage
    kind = chance.choices((_monthly, _daily, _piece, _iou), (50, 25, 10, 15))[0]
    kind(chance, found, started, ended)
    return found


def _monthly(chance: Random, found: Claim, started: date, ended: date) -> None:
    wage = _money(chance, 4_000, 12_000)
    since = max(started, ended - timedelta(days=chance.randrange(5, 85)))
    found |= {
        "monthly_wage": wage,
        "pay": {"basis": "month", "amount": wage},
        "arrears": {"from": since.isoformat(), "to": ended.isoformat()},
    }
    if chance.random() < 1 / 3:
        found["double_wage"] = {}
    if chance.random() < 1 / 3:
        found["severance"] = {"end_reason": chance.choice(_REASONS), "average_wage": wage}
    if chance.random() < 1 / 4:
        hours = {"workday": chance.randrange(1, 40), "rest_day": chance.randrange(0, 33, 8)}
        found["overtime"] = {"hours": hours}
    if chance.random() < 0.1:
        found["received_on"] = found["as_of"]
        found["aid"] = {"applicant": {"migrant_worker": True, "status_document": True}}


def _daily(chance: Random, found: Claim, started: date, ended: date) -> None:
    found["pay"] = {"basis": "day", "amount": _money(chance, 150, 450)}
    found["arrears"] = {"days": chance.randrange(10, 86)}
    if chance.random() < 0.5:
        found["arrears"]["paid"] = [_money(chance, 500, 3_000)]


def _piece(chance: Random, found: Claim, started: date, ended: date) -> None:
    found["pay"] = {"basis": "piece", "tiers": [{"up_to": None, "price": _money(chance, 2, 20)}]}
    found["arrears"] = {"units": chance.randrange(200, 2_000)}


def _iou(chance: Random, found: Claim, started: date, ended: date) -> None:
    due = ended + timedelta(days=chance.randrange(60))
    found["due_on"] = due.isoformat()
    found["arrears"] = {"pay": {"basis": "sum", "amount": _money(chance, 2_000, 25_000)}}
    found["limitation"] = (
        {"events": [{"kind": "demand", "on": due.isoformat()}]} if due <= _day(found) else {}
    )


def _day(found: Claim) -> date:
    return date.fromisoformat(found["as_of"])


def _money(chance: Random, least: int, most: int) -> str:
    return f"{chance.randrange(least, most)}.{chance.choice((0, 0, 0, 50)):02d}"
