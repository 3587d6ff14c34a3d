"""Periods for having a work injury recognised (工伤保险条例 art. 17)."""

from datetime import date

from nuanxin.law.basis import cite
from nuanxin.law.bilingual import Bilingual
from nuanxin.law.periods.rule import Rule

_SINCE = date(2004, 1, 1)

RULES = (
    Rule(
        "work_injury.worker_application", 1, "year", _SINCE, (cite("工伤保险条例", "17(2)"),),
        Bilingual("本人、家属或工会要申请工伤认定", "the worker, kin or union must apply for recognition"),
    ),
    Rule(
        "work_injury.employer_report", 30, "calendar", _SINCE, (cite("工伤保险条例", "17(1)"),),
        Bilingual("单位要申请工伤认定", "the employer must apply for recognition"),
    ),
)  # fmt: skip
