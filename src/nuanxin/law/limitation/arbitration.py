"""Limitation of labour arbitration: one year (劳动争议调解仲裁法 art. 27)."""

from __future__ import annotations

from nuanxin.law.basis import cite
from nuanxin.law.bilingual import Bilingual
from nuanxin.law.limitation.facts import EVENT_KINDS, Facts, Missing, NotRunning, Regime, Start

_LAW = "劳动争议调解仲裁法"
_GENERAL, _WAGES = cite(_LAW, "27(1)"), cite(_LAW, "27(4)")
RUNNING = (cite(_LAW, "27(2)"), cite(_LAW, "27(3)"), cite("劳动人事争议仲裁办案规则", "27"))
PLEA = (cite("民法典", "193"), cite("劳动争议司法解释二", "20"))
BEIJING_DOUBLE_WAGE = cite("北京劳动争议解答", "41")

REGIME = Regime(
    years=1,
    restarts=EVENT_KINDS,
    suspension="any_time",
    long_stop=None,
    court_plea=False,
    name=Bilingual("劳动仲裁时效是1年", "The limitation of labour arbitration is one year"),
)
_EMPLOYED = NotRunning(
    (_WAGES,),
    Bilingual(
        "还在这家单位上班的时候，追讨工资不受1年时效限制。",
        "While you still work there, no time limit runs on unpaid wages.",
    ),
)
_NOT_ARISEN = NotRunning(
    (_GENERAL,),
    Bilingual(
        "劳动关系还没有结束，这项权利还没有产生，时效没有开始。",
        "The employment has not ended, so this claim has not arisen and no time limit runs.",
    ),
)
_FROM_END = Bilingual("劳动关系结束那天起算", "It counts from the end of the employment")
_FROM_KNOWING = Bilingual(
    "知道权利被侵害那天起算", "It counts from the day you knew that your right was harmed"
)
_FROM_DUE = Bilingual("该付没付那天起算", "It counts from the day payment was due and did not come")
_FROM_BREACH = Bilingual(
    "单位违法结束那天起算", "It counts from the last day on which the employer broke the law"
)
_NEEDS_END = Missing(
    "/relation_ended_on",
    Bilingual(
        "要知道哪天离开单位：时效从那天起算。", "The day the employment ended: the time limit counts from it."
    ),
)
_NEEDS_KNOWING = Missing(
    "/knew_on",
    Bilingual(
        "要知道哪天知道权利被侵害：时效从那天起算。",
        "The day you knew of the harm: the time limit counts from it.",
    ),
)


def start(facts: Facts) -> Start | NotRunning | Missing:
    """Where the year begins for wages, double wage, severance or annual leave."""
    if facts.claim == "wages":
        return _wages(facts)
    if facts.claim == "severance":
        return _severance(facts)
    return _harmed(facts)


def _harmed(facts: Facts) -> Start | Missing:
    """27(1): the latest of knowing, due day and end of the breach, since nobody knows of a harm before it is done.

    Annual leave without any of them: from the end of the employment, when untaken leave has to be paid.
    """
    told = [
        (on, why)
        for on, why in (
            (facts.knew_on, _FROM_KNOWING), (facts.due_on, _FROM_DUE), (facts.breach_ended_on, _FROM_BREACH),
        )
        if on is not None
    ]  # fmt: skip
    if not told and facts.claim == "annual_leave" and facts.relation_ended_on is not None:
        told = [(facts.relation_ended_on, _FROM_END)]
    if not told:
        return _NEEDS_KNOWING
    begin, why = max(told, key=lambda entry: entry[0])
    return Start(begin, begin, (_GENERAL,), why)


def _wages(facts: Facts) -> Start | NotRunning | Missing:
    """27(4): nothing runs while employed; one year from the end."""
    end = facts.relation_ended_on
    if facts.still_employed or (end is not None and end > facts.as_of):
        return _EMPLOYED
    if end is None:
        return _NEEDS_END
    return Start(end, end, (_WAGES,), _FROM_END)


def _severance(facts: Facts) -> Start | NotRunning | Missing:
    """27(1): from the end of the employment, or from knowing where that came later."""
    end, knew = facts.relation_ended_on, facts.knew_on
    if end is None and facts.still_employed:
        return _NOT_ARISEN
    if end is None and knew is None:
        return _NEEDS_END
    begin = max(day for day in (end, knew) if day is not None)
    return Start(begin, begin, (_GENERAL,), _FROM_END if begin == end else _FROM_KNOWING)
