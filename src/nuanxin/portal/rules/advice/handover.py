"""What the pages of advice know, as answers to the guided application: nothing has to be typed twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from nuanxin.portal.rules.advice import told
from nuanxin.portal.rules.advice.paths import ALL
from nuanxin.portal.rules.advice.payers import LICENSED, parties
from nuanxin.portal.rules.advice.told import value
from nuanxin.portal.rules.route import TOLD, Answers, for_group, relevant

Filled = dict[str, dict[str, Any]]
# Pages of the application that are the same question there.
_SAME = ("caller", "where", "began", "still", "ended")
NOTHING = "0.00"


def filled(answers: Answers, *, body: Mapping[str, Any], story: str) -> Filled:
    """Answers of the application. ``body``: what ``claim`` answered; ``story``: what was told, in plain lines."""
    said = relevant(answers, ALL)
    found: Filled = {key: dict(said[key]) for key in _SAME if said.get(key)}
    if items := items_of(said, body):
        found["items"] = {"items": items}
    if body.get("total", NOTHING) != NOTHING:
        found["amount"] = {"amount": body["total"]}
    found[TOLD] = {
        "caller": value(said, "caller") or "",
        "parties": known_parties(said),
        "amount": found.get("amount", {}).get("amount", ""),
        "story": story,
    }
    return found


def items_of(said: Answers, body: Mapping[str, Any]) -> list[str]:
    """The heads that were ticked; the end of the work as what the engine found to be due for it."""
    heads = list(told.items(said))
    due = {one["kind"] for one in body.get("items", ()) if one.get("amount") != NOTHING}
    ending = [kind for kind in ("severance", "unlawful_termination") if kind in due]
    if "severance" in heads and ending:
        place = heads.index("severance")
        heads[place : place + 1] = ending
    return heads


def known_parties(said: Answers) -> list[dict[str, str]]:
    """Who is in the chain, without a name; the kind only of a person or where the worker told it."""
    told_kind = value(said, "licence") or value(said, "sender")
    found = []
    for party in parties(said):
        row = {"role": party["role"]}
        own = party["role"] in {"employer", "subcontractor", "dispatcher"} and told_kind is not None
        if "kind" in party and (own or party["kind"] != LICENSED):
            row["kind"] = party["kind"]
        found.append(row)
    return found


def merged(draft: Answers, given: Filled) -> Filled:
    """A draft with what was handed over: what was typed there stays; heads are added, the sum is the new one.

    A group's sum is what all of them together are owed, so that of one worker does not replace it.
    """
    found: Filled = {**given, **{key: dict(said) for key, said in draft.items()}}
    found[TOLD] = given[TOLD]
    if "items" in given and "items" in draft:
        found["items"] = {"items": _union(draft["items"].get("items", ()), given["items"]["items"])}
    if for_group(draft):
        if "amount" not in draft:
            found.pop("amount", None)
    elif "amount" in given:
        found["amount"] = given["amount"]
    return found


def _union(first: Iterable[str], second: Iterable[str]) -> list[str]:
    return list(dict.fromkeys((*first, *second)))


def without_lone_sum(answers: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Answers of somebody who now speaks for a group: the sum of one worker is no answer for all of them."""
    sum_ = answers.get(TOLD, {}).get("amount")
    one = for_group(answers) and sum_ and answers.get("amount", {}).get("amount") == sum_
    return {key: said for key, said in answers.items() if not (one and key == "amount")}
