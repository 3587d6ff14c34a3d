"""Periods for going to court after an award, and for appeals (调解仲裁法 art. 48 to 50; 民事诉讼法 art. 171)."""

from datetime import date

from nuanxin.law.basis import cite
from nuanxin.law.bilingual import Bilingual
from nuanxin.law.periods.rule import Rule

_ACT = date(2008, 5, 1)
_CODE = date(1991, 4, 9)
_LAW = "劳动争议调解仲裁法"
_CIVIL = "民事诉讼法"
_ROLL = cite(_CIVIL, "85")

RULES = (
    Rule(
        "court.sue_after_award", 15, "calendar", _ACT, (cite(_LAW, "48"), cite(_LAW, "50"), _ROLL),
        Bilingual("不服裁决要向法院起诉", "whoever does not accept the award must sue"),
    ),
    Rule(
        "court.set_aside_final_award", 30, "calendar", _ACT, (cite(_LAW, "49(1)"), _ROLL),
        Bilingual("用人单位可以申请撤销终局裁决", "the employer may ask for the final award to be set aside"),
    ),
    Rule(
        "court.appeal_judgment", 15, "calendar", _CODE, (cite(_CIVIL, "171(1)"), _ROLL),
        Bilingual("不服判决要上诉", "whoever does not accept the judgment must appeal"),
    ),
    Rule(
        "court.appeal_ruling", 10, "calendar", _CODE, (cite(_CIVIL, "171(2)"), _ROLL),
        Bilingual("不服裁定要上诉", "whoever does not accept the ruling must appeal"),
    ),
)  # fmt: skip
