"""From the answer of a head of claim to the items that a claim lists, and what the relation does to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nuanxin.law.basis import as_json, cite
from nuanxin.law.bilingual import Bilingual
from nuanxin.law.eligibility import GREEN_ITEMS
from nuanxin.law.question import Values
from nuanxin.law.topic import Body

# topic → the item it gives; severance gives up to three
KIND_OF: Mapping[str, str] = {
    "arrears": "wages",
    "overtime": "overtime",
    "minimum_wage": "minimum_wage",
    "deduction": "deduction",
    "double_wage": "double_wage",
    "severance": "severance",
    "annual_leave": "annual_leave",
    "injury": "work_injury",
    "extra_compensation": "extra_compensation",
    "interest": "interest",
}
# severance: the key of its answer → the item
PARTS_OF_SEVERANCE: Mapping[str, str] = {
    "compensation": "severance",
    "unlawful_termination": "unlawful_termination",
    "notice_pay": "notice_pay",
}

_NOT_DETAIL = frozenset(
    {"amount", "readings", "basis", "explanation", "steps", "warnings", *PARTS_OF_SEVERANCE}
)
_EMPLOYMENT = as_json((cite("劳动争议司法解释一", "1"), cite("确立劳动关系通知", "1")))
_INTEREST = as_json((cite("劳动争议司法解释一", "15"), cite("民法典", "577")))
_IF_EMPLOYMENT = Bilingual("认定为劳动关系的，有这一项。", "If it is an employment, this is due.")
_IF_SERVICE = Bilingual("认定为劳务关系的，没有这一项。", "If it is a service contract, this is not due.")
_ONLY_EMPLOYMENT = Bilingual(
    "只有劳动关系才有这一项。如果您受单位管理、按单位安排干活，可能就是劳动关系，请把关系改成“不清楚”再看。",
    "Only an employment gives this. If you worked under the unit's rules and orders it may be one: ask again with the "
    "relation unknown.",
)
_CONTESTED = Bilingual(
    "要先确认是不是劳动关系，所以没有算进合计。",
    "Whether it is an employment has to be settled first, so it is not in the total.",
)
_NO_INTEREST = Bilingual(
    "劳动仲裁追工资，一般不支持利息。", "Labour arbitration normally awards no interest on wages."
)
_INTEREST_AWARDED = Bilingual(
    "有欠条、和解协议或者属于劳务的，可以要利息。",
    "With an IOU, a settlement or a service contract interest can be claimed.",
)
_MORE = Bilingual(
    "加付多少由劳动监察决定，所以没有算进合计。",
    "Labour inspection decides how much it is, so it is not in the total.",
)
_LEAST, _MOST = (
    Bilingual("最少加付一半。", "At least half as much again."),
    Bilingual("最多再加一倍。", "At most as much again."),
)


@dataclass(slots=True)
class Item:
    """One sum of the claim. ``amount`` in fen; None where there are ``readings``.

    ``part``: the key of its sum where the head's answer has several. ``adjudged``: it follows from a judgment that was
    not obeyed, so no limitation of the claim and no award touch it.
    """

    kind: str
    amount: int | None
    readings: list[dict[str, Any]]
    body: Body
    explanation: dict[str, str]
    part: str = ""
    adjudged: bool = False

    @property
    def sums(self) -> list[int]:
        """The amount, or that of every reading that has one."""
        if self.amount is not None:
            return [self.amount]
        return [fen(one["amount"]) for one in self.readings if "amount" in one]

    def as_json(self, limitation: Body | None, final_award: Body | None) -> dict[str, Any]:
        """The item as the contract writes it; ``detail``: what else its head says, such as years and base."""
        body, found = self.body, {"kind": self.kind}  # type: tuple[Body, dict[str, Any]]
        if self.amount is None:
            found["readings"] = self.readings
        else:
            found["amount"] = body[self.part or "amount"] if self.amount else "0.00"
        found |= {
            "limitation": limitation,
            "final_award": final_award,
            "waiver": self.kind in GREEN_ITEMS,
            "basis": body["basis"],
            "explanation": self.explanation,
        }
        for key in ("steps", "warnings"):
            if key in body:
                found[key] = body[key]
        detail = {key: value for key, value in body.items() if key not in _NOT_DETAIL}
        if detail:
            found["detail"] = detail
        return found


def fen(yuan: str) -> int:
    """A sum of an answer in fen."""
    return int(yuan.replace(".", ""))


def items_of(
    topic: str, values: Values, body: Body, relation: str | None, *, acknowledged: bool
) -> list[Item]:
    """The items that the answer of a head gives.

    ``acknowledged``: the pay was put in writing as a sum (an IOU or settlement). An item that only an employment gives
    is nothing under a service contract, and contested where the relation is not settled; pay itself is owed for the
    work under whatever contract it was done.
    """
    if topic == "interest":
        adjudged = values["kind"] == "enforcement_default"
        civil = adjudged or acknowledged or relation == "service"
        return [_interest(_single("interest", body), civil=civil, adjudged=adjudged)]
    found = _severance(body) if topic == "severance" else [_single(KIND_OF[topic], body)]
    if relation == "employment" or topic == "arrears":
        return found
    return [_by_relation(item, relation) for item in found]


def _single(kind: str, body: Body) -> Item:
    if "amount" in body:
        return Item(kind, fen(body["amount"]), [], body, body["explanation"])
    if "readings" in body:
        return Item(kind, None, body["readings"], body, body["explanation"])
    readings = [
        _reading("least", body["from"], body["basis"], _LEAST),
        _reading("most", body["to"], body["basis"], _MOST),
    ]
    return Item(kind, None, readings, body, _joined(body["explanation"], _MORE))


def _severance(body: Body) -> list[Item]:
    """Each part that is due as an item of its own; where none is, one item that says so."""
    told = body.get("readings", (body,))
    due = []
    for part, kind in PARTS_OF_SEVERANCE.items():
        sums = [fen(one[part]) for one in told]
        if len(set(sums)) > 1:
            due.append(Item(kind, None, [_only(one, part) for one in told], body, body["explanation"], part))
        elif sums[0]:
            due.append(Item(kind, sums[0], [], {**body, part: told[0][part]}, body["explanation"], part))
    return due or [_single("severance", body)]


def _only(one: dict[str, Any], part: str) -> dict[str, Any]:
    """A reading of all parts as a reading of this one."""
    kept = {key: value for key, value in one.items() if key not in PARTS_OF_SEVERANCE and key != "steps"}
    return {**kept, "amount": one[part]}


def _by_relation(item: Item, relation: str | None) -> Item:
    """What an item that only an employment gives comes to where there is none, or where that is open."""
    if not any(item.sums):
        return item
    if relation == "service":
        item.amount, item.readings = 0, []
        item.explanation = _joined(_ONLY_EMPLOYMENT.as_json(), Bilingual(**item.explanation))
        return item
    given = item.readings or [
        _reading("employment", item.body[item.part or "amount"], item.body["basis"], _IF_EMPLOYMENT)
    ]
    item.amount, item.readings = None, [*given, _reading("service", "0.00", _EMPLOYMENT, _IF_SERVICE)]
    item.explanation = _joined(item.explanation, _CONTESTED)
    return item


def _interest(item: Item, *, civil: bool, adjudged: bool) -> Item:
    """On wages of an employment as a rule not awarded, so never promised; on civil debts and judgments it is due."""
    item.adjudged = adjudged
    if civil or not item.amount:
        return item
    none = _reading("not_awarded", "0.00", _INTEREST, _NO_INTEREST)
    awarded = _reading("awarded", item.body["amount"], item.body["basis"], _INTEREST_AWARDED)
    item.amount, item.readings = None, [none, awarded]
    return item


def _reading(id_: str, amount: str, basis: list[dict[str, str]], words: Bilingual) -> dict[str, Any]:
    return {"id": id_, "amount": amount, "basis": basis, "explanation": words.as_json()}


def _joined(first: Mapping[str, str], then: Bilingual) -> dict[str, str]:
    return {"zh": first["zh"] + then.zh, "en": f"{first['en']} {then.en}"}
