"""Answering a claim: heads, items, total, routes, evidence, and what is still needed.

``total`` is the sum of the items with one amount. ``total_confirmed`` is that part of it which no time limit
endangers: the item's limitation has not begun, is open, or can no longer be pleaded, whatever way the relation is
seen. What ran out may still be paid, since nobody raises it but the other side, so it stays in ``total``; but it is
promised to nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from nuanxin.law.basis import as_json, cite
from nuanxin.law.bilingual import Bilingual, join
from nuanxin.law.money import text
from nuanxin.law.question import BadQuestion, Values, need
from nuanxin.law.topic import Body, calendar_warning
from nuanxin.law.topics.claim.asking import Answering, ask_heads, ask_others
from nuanxin.law.topics.claim.evidence import evidence
from nuanxin.law.topics.claim.finality import Finality
from nuanxin.law.topics.claim.items import KIND_OF, Item
from nuanxin.law.topics.claim.question import Part
from nuanxin.law.topics.claim.routes import Way, routes
from nuanxin.law.topics.claim.time_limits import Limit, TimeLimits
from nuanxin.law.written import Fixed

BASIS = (cite("法律援助法", "42(3)"), cite("劳动争议调解仲裁法", "5"))
_UNITS = frozenset({"licensed_unit"})
_NO_TOPIC = Bilingual(
    "请说明要什么：工资、加班费、二倍工资、经济补偿等，各写一项。",
    "Say what is claimed: arrears, overtime, double_wage, severance and so on, each as a key.",
)
_RELATION = Bilingual(
    "是劳动关系还是劳务、平台用工：决定能要什么、去哪里要、多久之内要。",
    "Whether it is an employment, a service contract or platform work: it decides what is due, where to go and how long "
    "there is.",
)


def answer(values: Values) -> Body:
    """Items, totals, routes, evidence and needs; the basis of each item stands with it."""
    parts: Mapping[str, Part] = values["parts"]
    asked = Answering(values, parts, values.get("relation"), is_acknowledged(parts))
    if asked.relation is None:
        asked.ask_for(need("/relation", _RELATION))
    if not parts:
        asked.ask_for(need("", _NO_TOPIC))
    ask_heads(asked)
    own = values_of(parts, "limitation")
    limits = TimeLimits(values, own, asked.relation, acknowledged=asked.acknowledged)
    found = [_limit(item, limits) for item in asked.items]
    finality = Finality(values, values_of(parts, "final_award"), asked.relation)
    for entry in (*(one for limit in found for one in limit.needs), *(finality.needs if asked.items else ())):
        asked.ask_for(entry)
    ask_others(asked, found)
    if asked.faults.found:
        raise BadQuestion(asked.faults.found)
    return _body(asked, limits, found, finality)


def _body(asked: Answering, limits: TimeLimits, found: list[Limit], finality: Finality) -> Body:
    items = [
        item.as_json(limit.body, finality.of(item)) for item, limit in zip(asked.items, found, strict=True)
    ]
    pairs = list(zip(asked.items, found, strict=True))
    total = sum(item.amount for item in asked.items if item.amount is not None)
    confirmed = sum(item.amount for item, limit in pairs if item.amount is not None and _stands(item, limit))
    body: Body = {
        "items": items,
        "total": text(total),
        "total_confirmed": text(confirmed),
        "needs": list(asked.needs.values()),
        "basis": as_json((*BASIS, *finality.basis)),
    }
    if asked.answers:
        body["answers"] = asked.answers
    warnings = _warnings(asked, found, finality)
    if warnings:
        body["warnings"] = warnings
    body["explanation"] = _words(asked, total, confirmed).as_json()
    body["routes"] = routes(_way(asked, limits, found))
    body["evidence"] = _evidence(asked)
    return body


def _warnings(asked: Answering, found: list[Limit], finality: Finality) -> list[dict[str, Any]]:
    """Years that are not published, and figures of the tables that nobody compared with their source."""
    years = {limit.missing_year for limit in found if limit.missing_year is not None}
    remembered = finality.warnings if asked.items else ()
    return [
        *(calendar_warning(year) for year in sorted(years)),
        *({**one, "path": asked.pointer(one["path"])} for one in remembered),
    ]


def is_acknowledged(parts: Mapping[str, Part]) -> bool:
    """Whether the sum was put in writing: an IOU or a settlement."""
    return "arrears" in parts and parts["arrears"].values.get("pay", {}).get("basis") == "sum"


def values_of(parts: Mapping[str, Part], name: str) -> Values | None:
    """What the claim asks of one topic; None where it does not ask."""
    return parts[name].values if name in parts else None


def _limit(item: Item, limits: TimeLimits) -> Limit:
    """Nothing limits what is not due, or what a judgment gave already."""
    return limits.of(item.kind, last_day(item)) if any(item.sums) and not item.adjudged else Limit()


def last_day(item: Item) -> date | None:
    """The last day a double wage is for, on any reading: its limitation counts from there."""
    return max(_days(item, "to"), default=None)


def _stands(item: Item, limit: Limit) -> bool:
    """An item of nothing needs no time limit; a double wage stands only if its first day is still within reach."""
    return not item.amount or limit.stands(min(_days(item, "from"), default=None))


def _days(item: Item, key: str) -> list[date]:
    if item.kind != "double_wage":
        return []
    told = [one.get(key) for one in (item.body, *item.readings)]
    return [date.fromisoformat(day) for day in told if day is not None]


def _way(asked: Answering, limits: TimeLimits, found: list[Limit]) -> Way:
    arrears = values_of(asked.parts, "arrears") or {}
    ends = [day for day in (asked.values.get("ended_on"), arrears.get("to")) if day is not None]
    parties = (values_of(asked.parts, "liability") or asked.values).get("parties", ())
    return Way(
        shared=asked.values,
        relation=asked.relation,
        kinds=_kinds(asked),
        acknowledged=asked.acknowledged,
        labour=[limit.labour for limit in found if limit.labour is not None],
        civil=[limit.civil for limit in found if limit.civil is not None],
        breach_ended_on=limits.breach_ended_on or max(ends, default=None),
        crime=asked.answers.get("crime"),
        units=any(party["kind"] in _UNITS for party in parties),
    )


def _kinds(asked: Answering) -> set[str]:
    """What is claimed: also what cannot be counted yet, and what the application for aid names."""
    named = (values_of(asked.parts, "aid") or {}).get("items", ())
    heads = (KIND_OF[topic] for topic in asked.parts if topic in KIND_OF)
    return {*(item.kind for item in asked.items), *heads, *named}


def _evidence(asked: Answering) -> list[Fixed]:
    severance = values_of(asked.parts, "severance") or {}
    return evidence(
        asked.parts.keys(),
        asked.relation,
        acknowledged=asked.acknowledged,
        end_reason=severance.get("end_reason"),
        has=asked.values.get("evidence", ()),
    )


def _words(asked: Answering, total: int, confirmed: int) -> Bilingual:
    return join(*_sentences(asked, total, confirmed))


def _sentences(asked: Answering, total: int, confirmed: int) -> Iterator[Bilingual | None]:
    contested = sum(item.amount is None for item in asked.items)
    single = len(asked.items) - contested
    if single:
        yield Bilingual(
            f"能算出一个数的{single}项合计{text(total)}元。",
            f"The {single} items with one figure come to {text(total)} yuan.",
        )
    if single and confirmed != total:
        yield Bilingual(
            f"其中{text(confirmed)}元没有过时效的风险。",
            f"No time limit endangers {text(confirmed)} yuan of it.",
        )
    if contested:
        yield Bilingual(
            f"另有{contested}项各地算法不同或者要先确认，没有算进合计，各种算法都列出来了。",
            f"{contested} more are read in different ways or have to be settled first; they are not in the total, and every "
            "reading is given.",
        )
    if asked.needs:
        yield Bilingual(
            f"还缺{len(asked.needs)}个事实，补上就能算得更全。",
            f"{len(asked.needs)} facts are still missing; with them more can be said.",
        )
    if not single and not contested and not asked.needs:
        yield Bilingual("没有要算钱的项目。", "No sum of money is claimed.")
