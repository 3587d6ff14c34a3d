"""The period for applying for enforcement (民事诉讼法 art. 250): two years."""

from datetime import date

from nuanxin.law.basis import cite
from nuanxin.law.bilingual import Bilingual
from nuanxin.law.periods.rule import Rule

RULES = (
    Rule(
        "enforcement.apply", 2, "year", date(2008, 4, 1), (cite("民事诉讼法", "250"), cite("民事诉讼法", "85")),
        Bilingual("要向法院申请强制执行", "enforcement must be applied for"),
    ),
)  # fmt: skip
