"""Periods of labour inspection (劳动保障监察条例 art. 17): 60 working days from filing, at most 30 more."""

from datetime import date

from nuanxin.law.basis import cite
from nuanxin.law.bilingual import Bilingual
from nuanxin.law.periods.rule import Rule

_SINCE = date(2004, 12, 1)
_BASIS = (cite("劳动保障监察条例", "17"),)

RULES = (
    Rule(
        "inspection.decide", 60, "working", _SINCE, _BASIS,
        Bilingual("劳动监察要办完", "labour inspection must finish"),
    ),
    Rule(
        "inspection.decide_extended", 90, "working", _SINCE, _BASIS,
        Bilingual("延期后劳动监察要办完", "labour inspection must finish after an extension"),
    ),
)  # fmt: skip
