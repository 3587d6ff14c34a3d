"""``crime``: are the lines of refusing to pay labour remuneration met (刑法 276-1; 法释〔2013〕3号 art. 3, 4)."""

from __future__ import annotations

from typing import Any

from nuanxin.law.basis import cite
from nuanxin.law.bilingual import Bilingual, join
from nuanxin.law.money import text
from nuanxin.law.parameters import find, found_basis
from nuanxin.law.question import Shape, Values, flag, listing, money, need, number, place
from nuanxin.law.topic import Body, Topic, ask_for, reply

BASIS = (
    cite("刑法", "276-1"),
    cite("拒不支付劳动报酬司法解释", "3"),
    cite("拒不支付劳动报酬司法解释", "4"),
)
LEAST_MONTHS, LEAST_WORKERS = 3, 10
SHAPE = Shape(
    {
        "place": place,
        "workers": listing(Shape({"months": number(0, 1_200), "amount": money}), 100_000, least=1),
        "government_order": flag,
    }
)


def fen(yuan: str) -> int:
    """A sum of the parameter files in fen."""
    return int(yuan.replace(".", ""))


def respond(values: Values) -> Body:
    """Whether the amount is large, by which route, and whether the order makes the offence complete."""
    row = find("crime_thresholds", place=values["place"])
    if row is None:
        why = Bilingual(
            "这个省的数额标准不在表里，要向当地法院或公安机关问清。",
            "This province's line is not in the table; ask the local court or police for it.",
        )
        return ask_for([need("/place", why)], BASIS)
    one, ten = fen(row.value["one_worker"]), fen(row.value["ten_workers"])
    route = _route(values["workers"], one, ten)
    met = route is not None and values["government_order"]
    body: dict[str, Any] = {
        "amount_met": route is not None,
        "met": met,
        "route": route,
        "thresholds": {"one_worker": text(one), "ten_workers": text(ten)},
    }
    words = join(_amount_words(route, one, ten), _order_words(route is not None, values["government_order"]))
    return reply(body, (*BASIS, found_basis(row)), words)


def _route(workers: list[Values], one: int, ten: int) -> str | None:
    """One worker with three months' pay and the line, or ten with their total; all lines include the number."""
    if any(worker["months"] >= LEAST_MONTHS and worker["amount"] >= one for worker in workers):
        return "one_worker"
    unpaid = [worker["amount"] for worker in workers if worker["amount"]]
    return "ten_workers" if len(unpaid) >= LEAST_WORKERS and sum(unpaid) >= ten else None


def _amount_words(route: str | None, one: int, ten: int) -> Bilingual:
    if route == "one_worker":
        return Bilingual(
            f"有人被欠三个月以上工资，而且不少于{text(one)}元，达到数额标准。",
            f"Somebody is owed three months' pay or more and at least {text(one)} yuan: the amount is met.",
        )
    if route == "ten_workers":
        return Bilingual(
            f"十个以上的人加起来不少于{text(ten)}元，达到数额标准。",
            f"Ten workers or more are owed at least {text(ten)} yuan together: the amount is met.",
        )
    return Bilingual(
        f"没有达到数额标准（一人三个月以上且{text(one)}元，或十人以上合计{text(ten)}元）。",
        f"The amount is not met (one worker: three months and {text(one)} yuan; ten workers: {text(ten)} yuan in all).",
    )


def _order_words(met: bool, ordered: bool) -> Bilingual | None:
    if not met:
        return None
    if ordered:
        return Bilingual(
            "政府部门已经责令支付还不付的，可以报案。",
            "The government ordered payment and it was not paid: it may be reported.",
        )
    return Bilingual(
        "还要先由劳动监察等部门责令支付，不付的才可以报案。",
        "A government order to pay has to come first; if it is not followed, it may be reported.",
    )


TOPIC = Topic("crime", SHAPE, respond, BASIS)
