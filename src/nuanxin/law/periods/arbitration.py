"""Periods of labour arbitration (劳动争议调解仲裁法 art. 29 to 43).

办案规则 art. 80: periods of three, five and ten days are working days, fifteen and forty-five natural days.
"""

from datetime import date

from nuanxin.law.basis import cite
from nuanxin.law.bilingual import Bilingual
from nuanxin.law.periods.rule import Rule

_ACT = date(2008, 5, 1)
_LAW = "劳动争议调解仲裁法"
_DAYS = cite("劳动人事争议仲裁办案规则", "80")

RULES = (
    Rule(
        "arbitration.accept", 5, "working", _ACT, (cite(_LAW, "29"), _DAYS),
        Bilingual("仲裁委要决定受理还是不受理", "the arbitration commission must accept or refuse"),
    ),
    Rule(
        "arbitration.serve", 5, "working", _ACT, (cite(_LAW, "30(1)"), _DAYS),
        Bilingual("仲裁委要把申请书送给对方", "the arbitration commission must serve the request"),
    ),
    Rule(
        "arbitration.answer", 10, "working", _ACT, (cite(_LAW, "30(2)"), _DAYS),
        Bilingual("对方要交答辩书", "the other side must hand in its answer"),
    ),
    # Counted forward from the day the notice was given: the first day on which the hearing may be held.
    Rule(
        "arbitration.hearing_notice", 5, "working", _ACT, (cite(_LAW, "35"), _DAYS),
        Bilingual("通知后最早可以开庭", "the hearing may be held at the earliest after the notice"),
    ),
    Rule(
        "arbitration.award", 45, "calendar", _ACT, (cite(_LAW, "43(1)"), _DAYS),
        Bilingual("仲裁庭要作出裁决", "the tribunal must give its award"),
    ),
    # 45 days and at most 15 more, both counted from acceptance as one run of natural days.
    Rule(
        "arbitration.award_extended", 60, "calendar", _ACT, (cite(_LAW, "43(1)"), _DAYS),
        Bilingual("延期后仲裁庭要作出裁决", "the tribunal must give its award after an extension"),
    ),
)  # fmt: skip
