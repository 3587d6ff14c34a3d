"""The one day before which something has to be done about a claim: what a case file keeps its clock on.

It does not wait for the sums: the limitation of a head runs whether or not anybody knows yet what it comes to. Where
a service contract names no due day, the last day of the work stands in for it (民法典 188(2)), so that the clock is
never set later than it runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from nuanxin.law.basis import cite
from nuanxin.law.question import BAD, Faults, Values
from nuanxin.law.topics.claim import TOPIC
from nuanxin.law.topics.claim.answering import is_acknowledged, last_day, values_of
from nuanxin.law.topics.claim.asking import Answering, ask_heads
from nuanxin.law.topics.claim.items import KIND_OF
from nuanxin.law.topics.claim.time_limits import Limit, TimeLimits, earliest

BASIS = (cite("劳动争议调解仲裁法", "27(1)"), cite("劳动争议调解仲裁法", "27(4)"), cite("民法典", "188(2)"))


def deadline(question: Mapping[str, Any]) -> date | None:
    """The strict last day of the limitation that ends first among those open; where all have ended, of the last.

    ``question`` is one for ``claim``. None where no time runs, where a day it counts from is missing, and once the
    claim was filed (劳动争议调解仲裁法 27(2), 民法典 195). Faults beside the days do not matter here.
    """
    if "due_on" not in question and "ended_on" in question:
        question = {**question, "due_on": question["ended_on"]}
    values = TOPIC.shape(question, "", Faults())
    if values is BAD or "as_of" not in values or values.get("filed_on") is not None:
        return None
    found = earliest(one for limit in _limits(values) for one in limit.found)
    return None if found is None else found.strict


def _limits(values: Values) -> Iterator[Limit]:
    """The limitation of every head asked about, with its sum or before there is one."""
    relation, acknowledged = values.get("relation"), is_acknowledged(values["parts"])
    limits = TimeLimits(values, values_of(values["parts"], "limitation"), relation, acknowledged=acknowledged)
    asked = Answering(values, values["parts"], relation, acknowledged)
    ask_heads(asked)
    told = {item.kind for item in asked.items}
    for item in asked.items:
        if any(item.sums):
            yield limits.of(item.kind, last_day(item))
    for topic, kind in KIND_OF.items():
        if topic in values["parts"] and kind not in told:
            yield limits.of(kind, None)
