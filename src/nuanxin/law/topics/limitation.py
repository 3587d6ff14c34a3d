"""``limitation``: until when a claim can be made, and what moved the end.

Where the question leaves room: ``status`` is told for ``as_of``, or for ``filed_on`` where that came first. The first
and the last day of an obstacle are both blocked. An undated debt without grace counts from the first demand. An event
before the start has no effect and no end. ``pleadable`` says whether a plea would stand, so it is false before expiry.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from nuanxin.law.basis import as_json, cite
from nuanxin.law.bilingual import Bilingual, dated, join
from nuanxin.law.limitation import Event, Facts, Limitation, Missing, Obstacle
from nuanxin.law.limitation import limitation as assess
from nuanxin.law.limitation.arbitration import BEIJING_DOUBLE_WAGE
from nuanxin.law.limitation.facts import EVENT_KINDS
from nuanxin.law.question import (
    Faults,
    Shape,
    Values,
    choice,
    day,
    flag,
    in_order,
    listing,
    need,
    place,
)
from nuanxin.law.topic import (
    WORKED_WEEKEND,
    Body,
    Topic,
    ask_for,
    calendar_warning,
    reply,
    worked_weekend_readings,
)

BASIS = (
    *(cite("劳动争议调解仲裁法", article) for article in ("27(1)", "27(2)", "27(3)", "27(4)")),
    cite("劳动人事争议仲裁办案规则", "27"),
    *(
        cite("民法典", article)
        for article in ("188(1)", "188(2)", "189", "192", "193", "194", "195", "198", "202", "203")
    ),
    *(cite("诉讼时效司法解释", article) for article in ("3", "4", "15", "19")),
    cite("劳动争议司法解释一", "15"),
    cite("劳动争议司法解释二", "20"),
    cite("劳动保障监察条例", "20"),
    BEIJING_DOUBLE_WAGE,
    *WORKED_WEEKEND,
)
_MOST = 1_000
_BEIJING = "11"

SHAPE = Shape(
    {
        "claim": choice(
            "wages", "double_wage", "severance", "annual_leave", "service_pay", "iou", "inspection_complaint"
        ),
        "as_of": day,
    },
    {
        "still_employed": flag,
        "relation_ended_on": day,
        "knew_on": day,
        "due_on": day,
        "instalments": listing(day, _MOST),
        "demanded_on": day,
        "grace_until": day,
        "breach_ended_on": day,
        "filed_on": day,
        "pleaded": choice("arbitration", "first_in_court", "never"),
        "events": listing(Shape({"kind": choice(*sorted(EVENT_KINDS)), "on": day}), _MOST),
        "obstacles": listing(Shape({"from": day, "to": day}), _MOST),
        "place": place,
    },
)


def check(values: Values, faults: Faults) -> None:
    """Nothing from the future counts, spans run forward, and nobody is both employed and gone."""
    today = values.get("as_of")
    in_order(values, "demanded_on", "grace_until", faults)
    for number, obstacle in enumerate(values.get("obstacles", ())):
        in_order(obstacle, "from", "to", faults, f"/obstacles/{number}")
    if today is None:
        return
    happened = [("/knew_on", values.get("knew_on")), ("/demanded_on", values.get("demanded_on"))]
    happened += [
        (f"/events/{number}/on", event["on"]) for number, event in enumerate(values.get("events", ()))
    ]
    happened += [
        (f"/obstacles/{number}/from", obstacle["from"])
        for number, obstacle in enumerate(values.get("obstacles", ()))
    ]
    for path, on in happened:
        if on is not None and on > today:
            faults.add(path, "in_future", "这一天在 as_of 之后，还没有发生", "this day lies after as_of")
    _check_employment(values, today, faults)


def _check_employment(values: Values, today: date, faults: Faults) -> None:
    """Nobody is employed after the end, and nobody has left before it."""
    employed, ended = values.get("still_employed"), values.get("relation_ended_on")
    if employed is None or ended is None or employed == (ended > today):
        return
    if employed:
        zh, en = (
            "relation_ended_on 说已经离开，这里说还在上班",
            "relation_ended_on says that the employment is over",
        )
    else:
        zh, en = (
            "relation_ended_on 还没到，这里说已经离开",
            "relation_ended_on lies after as_of, so the employment is not over",
        )
    faults.add("/still_employed", "conflict", zh, en)


def facts_of(values: Values) -> Facts:
    """The typed facts of a question that has been read."""
    return Facts(
        claim=values["claim"],
        as_of=values["as_of"],
        still_employed=values.get("still_employed"),
        relation_ended_on=values.get("relation_ended_on"),
        knew_on=values.get("knew_on"),
        due_on=values.get("due_on"),
        instalments=tuple(values.get("instalments", ())),
        demanded_on=values.get("demanded_on"),
        grace_until=values.get("grace_until"),
        breach_ended_on=values.get("breach_ended_on"),
        filed_on=values.get("filed_on"),
        pleaded=values.get("pleaded"),
        events=tuple(Event(event["kind"], event["on"]) for event in values.get("events", ())),
        obstacles=tuple(Obstacle(one["from"], one["to"]) for one in values.get("obstacles", ())),
        place=values.get("place"),
    )


def respond(values: Values) -> Body:
    """Status, both ends, days left and the trail."""
    facts = facts_of(values)
    found = assess(facts)
    if isinstance(found, Missing):
        return ask_for([need(found.path, found.why)], BASIS[:1])
    return as_body(found, facts)


def as_body(found: Limitation, facts: Facts) -> Body:
    """A typed answer as the contract writes it."""
    body: dict[str, Any] = {
        "status": found.status,
        "strict": found.strict.isoformat() if found.strict else None,
        "rolled": found.rolled.isoformat() if found.rolled else None,
        "days_left": found.days_left,
        "trail": [
            {
                "on": step.on.isoformat(),
                "effect": step.effect,
                "ends": step.ends.isoformat() if step.ends else None,
            }
            for step in found.trail
        ],
    }
    if found.in_time is not None:
        body["in_time"] = found.in_time
    if found.pleadable is not None:
        body["pleadable"] = found.pleadable
    explanation = found.explanation
    if found.strict is not None and found.claimable_from is not None:
        daily = _day_by_day(found.strict, found.claimable_from)
        if (facts.place or "").startswith(_BEIJING):
            explanation = join(explanation, daily)
        else:
            body["readings"] = _readings(found.strict, found.claimable_from, daily)
    if found.strict is not None and found.literal is not None:
        body["readings"] = [*body.get("readings", ()), *worked_weekend_readings(found.strict, found.literal)]
    warnings = [] if found.missing_year is None else [calendar_warning(found.missing_year)]
    return reply(body, found.basis, explanation, warnings)


def _day_by_day(strict: date, first_day: date) -> Bilingual:
    end, first = dated(strict), dated(first_day)
    return Bilingual(
        f"逐日往前推一年，{first.zh}以前的部分就过期了；最后一天的部分到{end.zh}为止。",
        f"Counted back day by day, what lies before {first.en} is lost; the last day's part lasts until {end.en}.",
    )


def _readings(strict: date, first_day: date, daily: Bilingual) -> list[dict[str, Any]]:
    """Double wage outside Beijing: as one whole from its end, or counted back day by day as Beijing does."""
    end = dated(strict)
    whole = {
        "id": "whole_period",
        "date": strict.isoformat(),
        "basis": as_json([cite("劳动争议调解仲裁法", "27(1)")]),
        "explanation": Bilingual(
            f"整段二倍工资一起算，到{end.zh}为止都可以要。",
            f"The double wage as one whole can be claimed until {end.en}.",
        ).as_json(),
    }
    by_day = {
        "id": "day_by_day",
        "date": strict.isoformat(),
        "claimable_from": first_day.isoformat(),
        "basis": as_json([BEIJING_DOUBLE_WAGE]),
        "explanation": daily.as_json(),
    }
    return [whole, by_day]


TOPIC = Topic("limitation", SHAPE, respond, BASIS, check, calendar_path="/as_of")
