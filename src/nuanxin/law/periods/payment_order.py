"""Periods of the payment order (民事诉讼法 art. 226, 227)."""

from datetime import date

from nuanxin.law.basis import cite
from nuanxin.law.bilingual import Bilingual
from nuanxin.law.periods.rule import Rule

_CODE = date(1991, 4, 9)
_LAW = "民事诉讼法"
_ROLL = cite(_LAW, "85")

RULES = (
    Rule(
        "payment_order.accept", 5, "calendar", _CODE, (cite(_LAW, "226"), _ROLL),
        Bilingual("法院要通知是否受理支付令申请", "the court must say whether it accepts the request"),
    ),
    Rule(
        "payment_order.issue", 15, "calendar", _CODE, (cite(_LAW, "227(1)"), _ROLL),
        Bilingual("法院要发出支付令", "the court must issue the payment order"),
    ),
    Rule(
        "payment_order.debtor_objection", 15, "calendar", _CODE, (cite(_LAW, "227(2)"), _ROLL),
        Bilingual("对方要付清或者书面提出异议", "the debtor must pay or object in writing"),
    ),
)  # fmt: skip
