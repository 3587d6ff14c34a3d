"""Periods of the legal-aid agency (法律援助法 art. 43, 49; 程序规定 art. 27).

The Act says 日 and means calendar days, unlike the older rules, which said working days.
"""

from datetime import date

from nuanxin.law.basis import cite
from nuanxin.law.bilingual import Bilingual
from nuanxin.law.periods.rule import Rule

_ACT = date(2022, 1, 1)
_ORDER_148 = date(2023, 9, 1)

RULES = (
    Rule(
        "legal_aid.review", 7, "calendar", _ACT, (cite("法律援助法", "43(1)"),),
        Bilingual("法律援助机构要作出给不给援助的决定", "the legal-aid agency must decide on the application"),
    ),
    Rule(
        "legal_aid.assign", 3, "calendar", _ACT,
        (cite("法律援助法", "43(1)"), cite("办理法律援助案件程序规定", "24")),
        Bilingual("法律援助机构要指派办案人员", "the legal-aid agency must assign somebody to the case"),
    ),
    Rule(
        "legal_aid.agreement", 5, "calendar", _ORDER_148, (cite("办理法律援助案件程序规定", "27"),),
        Bilingual("承办单位要和您签委托协议", "the assigned firm must sign the agreement with the worker"),
    ),
    Rule(
        "legal_aid.objection_review", 5, "calendar", _ACT, (cite("法律援助法", "49(2)"),),
        Bilingual("司法行政部门要对异议作出决定", "the justice department must decide on the objection"),
    ),
)  # fmt: skip
