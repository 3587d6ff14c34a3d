"""What each route of a claim answers: the sentences and articles, and the routes that depend on no day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nuanxin.law.basis import Basis, as_json, cite
from nuanxin.law.bilingual import Bilingual, join
from nuanxin.law.written import Fixed

_ARBITRATION_LAW = "劳动争议调解仲裁法"
_INSPECTION, _ONE, _CIVIL = "劳动保障监察条例", "劳动争议司法解释一", "民事诉讼法"
_SUPERVISED = (cite(_INSPECTION, "11"), cite(_INSPECTION, "13(1)"), cite(_INSPECTION, "26"))
_TWO_YEARS, _ELSEWHERE = cite(_INSPECTION, "20"), cite(_INSPECTION, "21(2)")
_MEDIATED, _CIVIL_MEDIATED = cite(_ARBITRATION_LAW, "10"), cite(_CIVIL, "125")
_ORDER = (cite("劳动合同法", "30(2)"), cite(_ARBITRATION_LAW, "16"), cite(_CIVIL, "225"))
_AFTER_ORDER = cite(_ONE, "13")
_ARBITRATION_COMES_FIRST = (cite(_ARBITRATION_LAW, "5"), cite(_ARBITRATION_LAW, "29"))
_IOU, _SUE = cite(_ONE, "15"), cite(_CIVIL, "122")
_CRIME = (cite("刑法", "276-1"), cite("拒不支付劳动报酬司法解释", "3"), cite("拒不支付劳动报酬司法解释", "4"))
_HANDED_OVER = cite("保障农民工工资支付条例", "41(2)")
_DISPUTE = cite(_ONE, "1")
BASIS: tuple[Basis, ...] = (
    *_SUPERVISED, _TWO_YEARS, _ELSEWHERE, _MEDIATED, _CIVIL_MEDIATED, *_ORDER, _AFTER_ORDER,
    *_ARBITRATION_COMES_FIRST, _IOU, _SUE,
    *_CRIME, _HANDED_OVER, _DISPUTE,
)  # fmt: skip


def _settled(name: str, available: bool, why: Bilingual, basis: Sequence[dict[str, str]]) -> Fixed:
    """A route of which nothing depends on days."""
    return Fixed(route(name, available, why, basis))


def route(
    name: str,
    available: bool,
    why: Bilingual,
    basis: Sequence[dict[str, str]],
    runs: dict[str, Any] | None = None,
) -> dict[str, Any]:
    return {"route": name, "available": available, "why": why.as_json(), "clock": runs, "basis": basis}


ORDERS, IN_TWO_YEARS = as_json(_SUPERVISED), as_json((*_SUPERVISED, _TWO_YEARS))
FIRST = as_json(_ARBITRATION_COMES_FIRST)
COMPLAIN = Bilingual(
    "可以向干活地的劳动监察投诉，不花钱，它能责令单位付。",
    "You may complain to labour inspection where you worked; it is free and can order payment.",
)
COMPLAIN_SOME_TIME = _settled(
    "inspection",
    True,
    join(
        COMPLAIN,
        Bilingual("要在违法行为结束后两年内投诉。", "Complain within two years of the end of the breach."),
    ),
    IN_TWO_YEARS,
)
NO_UNIT = _settled(
    "inspection",
    False,
    Bilingual(
        "个人之间的劳务，劳动监察不管；工地上的活由有资质的单位发包的，把各方填上再看。",
        "Work between persons is not for labour inspection; where a licensed unit stands above the job, name the parties and "
        "ask again.",
    ),
    ORDERS,
)
NOT_SUPERVISED = _settled(
    "inspection",
    False,
    Bilingual("这些请求劳动监察不能责令支付。", "Labour inspection cannot order these to be paid."),
    ORDERS,
)
ALREADY_FILED = _settled(
    "inspection",
    False,
    Bilingual(
        "已经申请仲裁或者起诉的，劳动监察不再另外处理。",
        "What is in arbitration or court is not taken up by labour inspection beside it.",
    ),
    as_json((_ELSEWHERE,)),
)
TWO_YEARS_OVER = _settled(
    "inspection",
    False,
    Bilingual(
        "违法行为结束已过两年，劳动监察不再查处；两年内投诉过，或者违法还在继续的，除外。",
        "The breach ended more than two years ago, so inspection no longer takes it up, unless you complained in time or the "
        "breach goes on.",
    ),
    as_json((_TWO_YEARS,)),
)
MEDIATE = Bilingual(
    "随时可以申请调解，双方愿意就行，不收费。", "Mediation is open at any time if both agree; it is free."
)
MEDIATE_CIVIL = _settled("mediation", True, MEDIATE, as_json((_CIVIL_MEDIATED,)))
MEDIATE_LABOUR = _settled(
    "mediation",
    True,
    join(
        MEDIATE,
        Bilingual(
            "调解协议到期不付的，可以拿它直接申请支付令。",
            "If the agreement is not kept, it is enough to ask the court for a payment order.",
        ),
    ),
    as_json((_MEDIATED, _ORDER[1])),
)
NO_EMPLOYMENT = _settled(
    "arbitration",
    False,
    Bilingual(
        "劳务关系不归劳动仲裁，直接去法院。",
        "A service contract is not for labour arbitration; go to the court.",
    ),
    as_json((_DISPUTE,)),
)
ARBITRATE = Bilingual("可以申请劳动仲裁，不收费。", "You may apply for labour arbitration; it is free.")
ARBITRATE_RELATION = join(
    ARBITRATE,
    Bilingual("可以同时请求确认劳动关系。", "Ask at the same time for the employment to be recognised."),
)
LATE = Bilingual(
    "时效已经过了，但对方不提，仲裁和法院都不能替它提，仍可以申请。",
    "The time has run out, but nobody raises that except the other side, so you may still apply.",
)
NOT_ACKNOWLEDGED = _settled(
    "payment_order",
    False,
    Bilingual(
        "对方没有书面认过这笔钱，法院一般不发支付令。先拿到欠条、结算单或者调解协议。",
        "The other side has not put the sum in writing, so a court will hardly issue an order. Get an IOU, a settlement or a "
        "mediation agreement first.",
    ),
    as_json(_ORDER),
)
ASK_ORDER = Bilingual(
    "凭书面认下的这笔钱，可以向法院申请支付令，15天内对方不付也不异议就能强制执行。",
    "With the sum in writing you may ask the court for a payment order; if the debtor neither pays nor objects within 15 "
    "days it can be enforced.",
)
ORDER_CIVIL = _settled("payment_order", True, ASK_ORDER, as_json(_ORDER[2:]))
ORDER_LABOUR = _settled(
    "payment_order",
    True,
    join(
        ASK_ORDER,
        Bilingual(
            "对方提出异议、支付令失效的：凭调解协议申请的可以直接起诉，其他的先去仲裁。",
            "If the debtor objects: with a mediation agreement you may sue at once, otherwise arbitration comes first.",
        ),
    ),
    as_json((*_ORDER, _AFTER_ORDER)),
)
ON_IOU, IOU_BASIS = (
    Bilingual(
        "只凭欠条要这笔钱，可以不经仲裁直接起诉。",
        "For the sum of the IOU alone you may sue at once, without arbitration.",
    ),
    as_json((_IOU, _SUE)),
)
SUE_ON_IOU = _settled("court", True, ON_IOU, IOU_BASIS)
SUE_ON_IOU_ALONE = _settled(
    "court",
    True,
    join(ON_IOU, Bilingual("其他请求要另外去仲裁。", "The other claims go to arbitration separately.")),
    IOU_BASIS,
)
SUE_AT_ONCE = _settled(
    "court",
    True,
    Bilingual("劳务报酬可以直接向法院起诉。", "Pay under a service contract is claimed in court at once."),
    as_json((_SUE,)),
)
AFTER_AWARD = Bilingual(
    "要先经过劳动仲裁，对裁决不服的15天内可以起诉。",
    "Arbitration comes first; whoever does not accept the award may sue within 15 days.",
)
ARBITRATION_FIRST = _settled("court", False, AFTER_AWARD, FIRST)
REFUSED_THEN_SUE = _settled(
    "court",
    False,
    join(
        AFTER_AWARD,
        Bilingual(
            "仲裁不受理的，拿着不予受理通知书就可以起诉。",
            "If arbitration is refused, you may sue with that notice.",
        ),
    ),
    FIRST,
)
OFFENCE, REPORT = as_json(_CRIME), as_json((*_CRIME, _HANDED_OVER))
CRIME_UNKNOWN = _settled(
    "criminal_report",
    False,
    Bilingual(
        "欠的数额够大、政府部门责令后还不付的，可以报案。把每个人欠几个月、多少钱和有没有责令填上再看。",
        "A large sum that stays unpaid after a government order may be reported. Give months and sum of each worker and "
        "whether there was an order, and ask again.",
    ),
    OFFENCE,
)
CRIME_MET = _settled(
    "criminal_report",
    True,
    Bilingual(
        "数额够了，责令后仍不付，可以向公安报案；劳动监察也会移送。",
        "The amount is met and the order was not followed: it may be reported to the police, and inspection hands it over.",
    ),
    REPORT,
)
ORDER_COMES_FIRST = _settled(
    "criminal_report",
    False,
    Bilingual(
        "数额够了，还要先由劳动监察责令支付，不付的才可以报案。",
        "The amount is met; an order by labour inspection has to come first, and may be reported if it is not followed.",
    ),
    REPORT,
)
AMOUNT_NOT_MET = _settled(
    "criminal_report", False, Bilingual("没有达到当地的数额标准。", "The local line is not reached."), REPORT
)
