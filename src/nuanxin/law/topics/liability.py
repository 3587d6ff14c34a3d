"""``liability``: who must pay the arrears, who pays first (保障农民工工资支付条例 art. 16 to 37).

The lowest licensed unit of a chain hired the workers; a firm between two licensed ones is refused. ``refused`` names
party, ground and why. A period across 2020-05-01 follows the Regulation, with a warning to split it.
"""

from __future__ import annotations

from typing import Any

from nuanxin.law.basis import Basis, as_json
from nuanxin.law.bilingual import Bilingual, join
from nuanxin.law.liability import Chain, Liability, Party, Refused, Respondent, liability
from nuanxin.law.liability.assess import BASIS, IN_FORCE
from nuanxin.law.liability.parties import KINDS, ROLES
from nuanxin.law.money import text as money_text
from nuanxin.law.question import Faults, Shape, Values, choice, day, flag, in_order, listing, money, text
from nuanxin.law.topic import Body, Topic, reply

_ID = text(100)
_PARTY = Shape(
    {"id": _ID, "role": choice(*ROLES), "kind": choice(*KINDS)},
    {
        "engaged_by": _ID,
        "unpaid_to_next": money,
        "caused_arrears": flag,
        "paid_in_full": flag,
        "recontracted": flag,
    },
)
SHAPE = Shape(
    {
        "arrears": money,
        "period": Shape({"from": day, "to": day}),
        "parties": listing(_PARTY, 200, least=1),
    },
    {"project": Shape({}, {"has_planning_permission": flag}), "claimed_profit": money},
)


def check(values: Values, faults: Faults) -> None:
    """The period runs forward; every party has its own id; nobody engaged themselves, directly or in a ring."""
    in_order(values.get("period", {}), "from", "to", faults, "/period")
    parties = values.get("parties", ())
    above: dict[str, str | None] = {}
    for number, party in enumerate(parties):
        if party["id"] in above:
            faults.add(f"/parties/{number}/id", "duplicate", "编号重复", "this id is used twice")
        above.setdefault(party["id"], party.get("engaged_by"))
    for number, party in enumerate(parties):
        if _in_ring(party["id"], above):
            faults.add(
                f"/parties/{number}/engaged_by",
                "ring",
                "发包关系绕成了圈",
                "the parties engage each other in a ring",
            )
        if party.get("paid_in_full") and party.get("unpaid_to_next"):
            faults.add(
                f"/parties/{number}/paid_in_full",
                "conflict",
                "已经付清就不会还欠钱",
                "unpaid_to_next says that it still owes money",
            )


def _in_ring(start: str, above: dict[str, str | None]) -> bool:
    """Whether going up from ``start`` comes back to it; other rings further up end the walk."""
    seen: set[str] = set()
    where = above.get(start)
    while where is not None and where not in seen:
        if where == start:
            return True
        seen.add(where)
        where = above.get(where)
    return False


def respond(values: Values) -> Body:
    """Respondents with who must pay first on top, what is refused, and which links are unknown."""
    chain = Chain(
        parties=tuple(Party(**party) for party in values["parties"]),
        project="project" in values,
        planning_permission=values.get("project", {}).get("has_planning_permission"),
    )
    period = values["period"]
    found = liability(
        chain, first=period["from"], last=period["to"], claimed_profit=values.get("claimed_profit")
    )
    body: dict[str, Any] = {
        "respondents": [_respondent(one) for one in found.respondents],
        "refused": [_refused(one) for one in found.refused],
        "unknown": [{"link": one.link, "why": one.why.as_json()} for one in found.unknown],
    }
    basis: list[Basis] = [basis for one in found.respondents for basis in one.basis]
    basis += [basis for one in found.refused for basis in one.basis]
    warnings = [{"code": "split_period", "on": IN_FORCE.isoformat()}] if found.split else []
    return reply(body, basis or BASIS[:1], _words(found, values["arrears"]), warnings)


def _respondent(one: Respondent) -> dict[str, Any]:
    return {
        "id": one.id,
        "ground": one.ground,
        "share": one.share,
        "cap": None if one.cap is None else money_text(one.cap),
        "basis": as_json(one.basis),
        "explanation": one.why.as_json(),
    }


def _refused(one: Refused) -> dict[str, Any]:
    found: dict[str, Any] = {"id": one.id or None, "ground": one.ground}
    if one.amount is not None:
        found["amount"] = money_text(one.amount)
    return {**found, "basis": as_json(one.basis), "why": one.why.as_json()}


def _words(found: Liability, arrears: int) -> Bilingual:
    sum_ = money_text(arrears)
    if not found.respondents:
        first = Bilingual(
            f"欠薪{sum_}元。凭现在知道的，还说不出谁必须付。",
            f"{sum_} yuan are owed. What is known does not yet say who must pay.",
        )
    else:
        top = found.respondents[0]
        limit = None if top.cap is None else money_text(top.cap)
        first = Bilingual(
            f"欠薪{sum_}元，先找{top.id}：{top.why.zh}" + (f"最多{limit}元。" if limit else ""),
            f"{sum_} yuan are owed; first ask {top.id}: {top.why.en}"
            + (f" At most {limit} yuan." if limit else ""),
        )
    return join(first, _others(found), _version(found), _gaps(found))


def _others(found: Liability) -> Bilingual | None:
    others = list(dict.fromkeys(one.id for one in found.respondents[1:] if one.id != found.respondents[0].id))
    if not others:
        return None
    return Bilingual(f"还可以找：{'、'.join(others)}。", f"Also liable: {', '.join(others)}.")


def _version(found: Liability) -> Bilingual | None:
    if found.old_law:
        return Bilingual(
            "这段时间在2020年5月1日以前，按当时的法律。",
            "The work was done before 1 May 2020; the law of that time applies.",
        )
    if found.split:
        return Bilingual(
            "2020年5月1日以前的部分适用以前的法律，请分开问。",
            "The part before 1 May 2020 falls under earlier law; ask about it separately.",
        )
    return None


def _gaps(found: Liability) -> Bilingual | None:
    if not found.unknown:
        return None
    count = len(found.unknown)
    return Bilingual(
        f"还有{count}处不清楚，补上后再看一次。", f"{count} links are not known; ask again when they are."
    )


TOPIC = Topic("liability", SHAPE, respond, BASIS, check)
