"""What is kept of an answer: sums, days, ways, who must pay and what was missing, with the articles; no sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Body = Mapping[str, Any]


def outline(answer: Body) -> dict[str, Any]:
    """The outline of an answer to ``claim``; of one with faults, the faults' pointers and codes."""
    if "errors" in answer:
        return {"errors": [[fault["path"], fault["code"]] for fault in answer["errors"]]}
    return {
        "items": [_item(item) for item in answer["items"]],
        "total": answer["total"],
        "confirmed": answer["total_confirmed"],
        "routes": [[one["route"], one["available"], _until(one.get("clock"))] for one in answer["routes"]],
        "payers": [
            [one["id"], one["share"], one["ground"], one["cap"]]
            for one in answer.get("answers", {}).get("liability", {}).get("respondents", ())
        ],
        "needs": [need["path"] for need in answer["needs"]],
    }


def _item(item: Body) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": item["kind"], "waiver": item["waiver"], "until": limits_of(item)}
    if "amount" in item:
        found["amount"] = item["amount"]
    else:
        found["readings"] = [[one["id"], one.get("amount")] for one in item["readings"]]
    if item["final_award"] is not None:
        found["final"] = item["final_award"]["final"]
    found["basis"] = [f"{one['instrument']} {one['article']}" for one in item["basis"]]
    return found


def limits_of(item: Body) -> list[list[Any]]:
    """The limitations of an item, one for each way the relation is seen: reading, status, strict, rolled."""
    limit = item["limitation"]
    if limit is None:
        return []
    told = limit["readings"] if "status" not in limit else [limit]
    return [
        [one.get("id", ""), one["status"], one["strict"], one["rolled"]] for one in told if "status" in one
    ]


def _until(clock: Body | None) -> str | None:
    return clock["act_by"] if clock else None


def sums_changed(old: Body | None, new: Body) -> list[list[Any]]:
    """Items whose sums are not what they were: kind, old sums, new sums; an item has several where it is contested."""
    before, after = _sums(old or {}), _sums(new)
    kinds = dict.fromkeys((*before, *after))
    return [
        [kind, before.get(kind, []), after.get(kind, [])]
        for kind in kinds
        if before.get(kind) != after.get(kind)
    ]


def _sums(kept: Body) -> dict[str, list[str]]:
    found = {}
    for item in kept.get("items", ()):
        told = (
            [item["amount"]] if "amount" in item else [amount for _id, amount in item["readings"] if amount]
        )
        found[item["kind"]] = told
    return found


def total_of(kept: Body | None) -> str | None:
    """The total of an outline; None where there was none, or no single sum stood behind it."""
    if kept is None or not any("amount" in item for item in kept.get("items", ())):
        return None
    total: str = kept["total"]
    return total
