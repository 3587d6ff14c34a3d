"""The two years after which labour inspection no longer takes a matter up (劳动保障监察条例 art. 20).

They are not a limitation that a demand could start anew: a report or complaint within them keeps the matter
alive, nothing lengthens them. A continuing breach counts from its end.
"""

from __future__ import annotations

from datetime import date

from nuanxin.law.basis import cite
from nuanxin.law.bilingual import Bilingual
from nuanxin.law.limitation.facts import Facts, Missing, Regime, Start
from nuanxin.law.periods.counting import add_years

_RULE = cite("劳动保障监察条例", "20")

REGIME = Regime(
    years=2,
    restarts=frozenset(),
    suspension="none",
    long_stop=None,
    court_plea=False,
    name=Bilingual("向劳动监察投诉的期限是2年", "The time for a complaint to labour inspection is two years"),
)
_NEEDS_END = Missing(
    "/breach_ended_on",
    Bilingual(
        "要知道单位违法到哪天为止：从那天起算。", "The last day of the breach: the two years count from it."
    ),
)
_FROM_END = Bilingual("违法行为结束那天起算", "It counts from the day the breach ended")
COMPLAINED = Bilingual(
    "您在期限内已经投诉过，劳动监察应当处理。",
    "You already complained in time, so labour inspection has to deal with it.",
)


def two_years(breach_ended_on: date) -> date:
    """The last day, before any roll; nothing lengthens it."""
    return add_years(breach_ended_on, REGIME.years)


def start(facts: Facts) -> Start | Missing:
    """From the last day of the breach."""
    end = facts.breach_ended_on
    if end is None:
        return _NEEDS_END
    return Start(end, end, (_RULE,), _FROM_END)
