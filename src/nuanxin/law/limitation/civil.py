"""Civil limitation: three years, for pay under a service contract and for IOUs (民法典 art. 188 to 195)."""

from __future__ import annotations

from datetime import date

from nuanxin.law.basis import cite
from nuanxin.law.bilingual import Bilingual
from nuanxin.law.limitation.facts import EVENT_KINDS, Facts, Missing, Regime, Start

_YEARS, _KNOWING = cite("民法典", "188(1)"), cite("民法典", "188(2)")
_INSTALMENTS, _UNDATED = cite("民法典", "189"), cite("诉讼时效司法解释", "4")
RUNNING = (cite("民法典", "194"), cite("民法典", "195"))
PLEA = (cite("民法典", "193"), cite("诉讼时效司法解释", "3"))
IOU_TO_COURT = cite("劳动争议司法解释一", "15")
JOINT_DEBTORS = cite("诉讼时效司法解释", "15")
JOINT = Bilingual(
    "几个人一起欠的，向其中一个要过，对其他人也算数。",
    "Of several joint debtors, what was asked of one counts against the others too.",
)

REGIME = Regime(
    years=3,
    restarts=EVENT_KINDS,
    suspension="last_six_months",
    long_stop=20,
    court_plea=True,
    name=Bilingual("诉讼时效是3年", "The civil limitation is three years"),
)
_NEEDS_DUE = Missing(
    "/due_on",
    Bilingual(
        "要知道约定哪天付钱；没有约定的，要知道您第一次要钱是哪天。",
        "The day payment was due; if none was agreed, the day you first asked for it (/demanded_on).",
    ),
)


_FROM_DUE = Bilingual("约定付钱那天起算", "It counts from the day payment was due")
_FROM_LAST = Bilingual(
    "分期付的，从最后一期到期那天起算", "Paid in instalments, it counts from the last due date"
)
_FROM_GRACE = Bilingual(
    "没写哪天付的，从给对方的宽限期满那天起算", "With no due date it counts from the end of the grace given"
)
_FROM_DEMAND = Bilingual(
    "没写哪天付、也没给宽限期的，稳妥起见从第一次要钱那天起算",
    "With no due date and no grace it counts, to be safe, from the first demand",
)
_FROM_KNOWING = Bilingual(
    "知道权利受损和该谁付钱那天起算", "It counts from the day you knew of the harm and of the debtor"
)


def start(facts: Facts) -> Start | Missing:
    """From the last due date; for an undated debt from the end of the grace after the first demand.

    Without a grace period the demand itself is taken: the earliest day, so that nobody comes too late. Where
    the worker learned of the harm or the debtor only later, from that day; the long-stop counts from the harm.
    """
    due = _due(facts)
    if due is None:
        if facts.knew_on is None:
            return _NEEDS_DUE
        return Start(facts.knew_on, facts.knew_on, (_YEARS, _KNOWING), _FROM_KNOWING)
    if facts.knew_on is not None and facts.knew_on > due.on:
        return Start(facts.knew_on, due.on, (_YEARS, _KNOWING), _FROM_KNOWING)
    return due


def _due(facts: Facts) -> Start | None:
    """When the debt fell due: instalments, an agreed day, the grace, the first demand."""
    if facts.instalments:
        last = max(facts.instalments)
        return Start(last, last, (_YEARS, _INSTALMENTS), _FROM_LAST)
    if facts.due_on is not None:
        return Start(facts.due_on, facts.due_on, (_YEARS, _KNOWING), _FROM_DUE)
    if facts.grace_until is not None:
        return Start(facts.grace_until, facts.grace_until, (_YEARS, _UNDATED), _FROM_GRACE)
    demand = facts.demanded_on or _first_demand(facts)
    return None if demand is None else Start(demand, demand, (_YEARS, _UNDATED), _FROM_DEMAND)


def _first_demand(facts: Facts) -> date | None:
    """The first demand among the events, for a debt without a due date."""
    return min((event.on for event in facts.events if event.kind == "demand"), default=None)
