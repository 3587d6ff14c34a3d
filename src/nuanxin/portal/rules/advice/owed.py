"""What was told as a question to the engine's ``claim``, and which facts are lacking. Nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nuanxin.law import answer as law
from nuanxin.portal.rules.advice import told
from nuanxin.portal.rules.advice.paths import ALL
from nuanxin.portal.rules.advice.told import value
from nuanxin.portal.rules.route import Answers, relevant

# What each way of paying counts by: the question and the key of the engine.
COUNTS: Mapping[str, tuple[str, str]] = {
    "day": ("days", "days"),
    "hour": ("hours", "hours"),
    "piece": ("units", "units"),
}
# Where the engine misses or doubts a fact -> the question that asks for it. The longest fitting pointer wins.
POINTS: Mapping[str, str] = {
    "/arrears/pay": "pay",
    "/arrears/days": "days",
    "/arrears/hours": "hours",
    "/arrears/units": "units",
    "/arrears/from": "unpaid",
    "/arrears/to": "unpaid",
    "/arrears/paid": "paid",
    "/place": "where",
    "/relation": "caller",
    "/started_on": "began",
    "/ended_on": "ended",
    "/still_employed": "still",
    "/due_on": "due",
    "/monthly_wage": "wage",
    "/overtime": "overtime",
    "/double_wage/signed_on": "signed_on",
    "/severance/end_reason": "reason",
    "/severance/average_wage": "average",
    "/severance/wages": "average",
    "/severance/notice_given": "notice",
    "/severance/last_month_wage": "last_wage",
    "/annual_leave/entitled_days": "leave",
    "/annual_leave/used_days": "leave_used",
    "/annual_leave/continuous_12_months": "full_year",
    "/injury/grade": "grade",
    "/local_average_wage": "local",
    "/limitation/events": "since",
    "/limitation/demanded_on": "demanded",
}
# The engine's topic -> the head that the worker ticked.
HEADS: Mapping[str, str] = {
    "arrears": "wages", "overtime": "overtime", "double_wage": "double_wage", "severance": "severance",
    "annual_leave": "annual_leave", "injury": "work_injury",
}  # fmt: skip


@dataclass(slots=True)
class Built:
    """A question, and the questions of the page without whose answer it cannot be complete, in their order."""

    question: dict[str, Any]
    lacking: dict[str, None] = field(default_factory=dict)

    def lack(self, *keys: str) -> None:
        """Note what is not known."""
        self.lacking.update(dict.fromkeys(keys))


@dataclass(frozen=True, slots=True)
class Owed:
    """The engine's answer; ``lacking``: questions to answer; ``faults``: question or head -> what cannot be right."""

    body: Mapping[str, Any]
    lacking: tuple[str, ...]
    faults: Mapping[str, str]
    needs: tuple[Mapping[str, Any], ...]  # what the engine misses and no page asks for


def build(answers: Answers, today: date) -> Built:
    """The question of the contract for these answers."""
    said = relevant(answers, ALL)
    employed = told.still_employed(said)
    facts: dict[str, Any] = {
        "place": said.get("where", {}).get("place"),
        "relation": told.relation(said),
        "started_on": told.whole_day(value(said, "began")),
        "ended_on": told.whole_day(told.ended(said)),
        "still_employed": employed,
        "due_on": value(said, "due"),
        "monthly_wage": told.monthly_wage(said),
        "local_average_wage": value(said, "local"),
    }
    found = Built({"as_of": today.isoformat(), **{key: one for key, one in facts.items() if one is not None}})
    if not told.items(said):
        found.lack("items")
    for head in told.items(said):
        _HEADS[head](said, found)
    if employed is None:
        found.lack("still")
    elif not employed and facts["ended_on"] is None:
        found.lack("ended")
    limitation = {"events": told.events(said), "demanded_on": value(said, "demanded")}
    if any(limitation.values()):
        found.question["limitation"] = {key: one for key, one in limitation.items() if one}
    return found


def _wages(said: Answers, found: Built) -> None:
    basis, paid = value(said, "pay"), value(said, "paid")
    if basis is None:
        return found.lack("pay")
    rate, unpaid = value(said, f"rate_{basis}"), said.get("unpaid", {})
    asked: dict[str, Any] = {"pay": {"basis": basis}}
    if rate is None:
        found.lack(f"rate_{basis}")
    else:
        asked["pay"]["amount"] = rate
    if basis in COUNTS:
        key, name = COUNTS[basis]
        if (count := value(said, key)) is not None:
            asked[name] = told.number(count)
    if unpaid.get("first") and unpaid.get("last") and basis in {"month", "day"}:
        asked |= {"from": unpaid["first"], "to": unpaid["last"]}
    if paid is None:
        # without what was paid the sum would be too high
        return found.lack("paid")
    found.question["arrears"] = {**asked, "paid": [paid]}
    return None


def _overtime(said: Answers, found: Built) -> None:
    hours = {kind: told.number(count) for kind, count in said.get("overtime", {}).items() if count}
    paid = value(said, "overtime_paid")
    if not hours:
        found.lack("overtime")
    if paid is None:
        found.lack("overtime_paid")
    if hours and paid is not None:
        found.question["overtime"] = {"hours": hours, "paid": paid}


def _double_wage(said: Answers, found: Built) -> None:
    signed, on = value(said, "signed"), value(said, "signed_on")
    if signed is None:
        return found.lack("signed")
    if signed == "yes" and on is None:
        return found.lack("signed_on")
    if told.still_employed(said) is None or (told.ended(said) and not told.whole_day(told.ended(said))):
        return found.lack("ended")
    found.question["double_wage"] = {"signed_on": on} if on else {}
    return None


def _severance(said: Answers, found: Built) -> None:
    notice = value(said, "notice")
    asked = {
        "end_reason": value(said, "reason"),
        "average_wage": value(said, "average"),
        "last_month_wage": value(said, "last_wage"),
        "notice_given": None if notice is None else notice == "yes",
    }
    found.question["severance"] = {key: one for key, one in asked.items() if one is not None}


def _annual_leave(said: Answers, found: Built) -> None:
    used, days, full = value(said, "leave_used"), value(said, "leave"), value(said, "full_year")
    if used is None:
        # days taken that nobody tells would make the sum too high
        return found.lack("leave_used")
    asked: dict[str, Any] = {"used_days": told.number(used)}
    if days is not None:
        asked["entitled_days"] = int(days)
    if full is not None:
        asked["continuous_12_months"] = full == "yes"
    found.question["annual_leave"] = asked
    return None


def _work_injury(said: Answers, found: Built) -> None:
    grade = value(said, "grade")
    found.question["injury"] = {} if grade is None else {"grade": int(grade)}


_HEADS = {
    "wages": _wages, "overtime": _overtime, "double_wage": _double_wage, "severance": _severance,
    "annual_leave": _annual_leave, "work_injury": _work_injury,
}  # fmt: skip


def question_at(pointer: str) -> str:
    """The question that answers a pointer of the engine; empty for one that no page asks."""
    fitting = [known for known in POINTS if pointer == known or pointer.startswith(f"{known}/")]
    return POINTS[max(fitting, key=len)] if fitting else ""


def ask(answers: Answers, today: date) -> Owed:
    """The engine's answer. A head that cannot be answered as told is left out and told as a fault."""
    built = build(answers, today)
    faults: dict[str, str] = {}
    body = law("claim", built.question)
    while "errors" in body:
        topics = set()
        for error in body["errors"]:
            topic = error["path"].split("/")[1] if "/" in error["path"] else ""
            faults.setdefault(question_at(error["path"]) or HEADS.get(topic, "items"), error["message"])
            topics.add(topic)
        known = topics & built.question.keys()
        if not known - {"as_of"}:
            return Owed({}, tuple(built.lacking), faults, ())
        for topic in known - {"as_of"}:
            del built.question[topic]
        body = law("claim", built.question)
    other = []
    for need in body["needs"]:
        if key := _need_at(need["path"], answers):
            built.lack(key)
        elif need["path"] not in _QUIET:
            other.append(need)
    return Owed(body, tuple(built.lacking), faults, tuple(other))


# Only the line of a final award turns on it: nothing that a worker can find or has to know.
_QUIET = frozenset({"/minimum_wage", "/final_award/minimum_wage", ""})


def _need_at(pointer: str, answers: Answers) -> str:
    key = question_at(pointer)
    if key == "pay":
        return f"rate_{value(answers, 'pay')}"
    if key == "wage" and value(answers, "pay") == "month" and "wages" in told.items(answers):
        return "rate_month"
    if key == "ended" and told.still_employed(answers):
        return "still"  # what the end of the work brings is not owed yet
    return key
