"""The topics that answer by themselves, one module each; a new topic is one module and one entry here."""

from __future__ import annotations

from nuanxin.law.topic import Topic
from nuanxin.law.topics import (
    aid,
    annual_leave,
    arrears,
    crime,
    deduction,
    double_wage,
    extra_compensation,
    fees,
    final_award,
    group,
    identifier,
    injury,
    interest,
    liability,
    limitation,
    minimum_wage,
    overtime,
    payday,
    period,
    retirement,
    severance,
)

_MODULES = (
    period,
    payday,
    limitation,
    aid,
    identifier,
    group,
    liability,
    final_award,
    crime,
    fees,
    retirement,
    interest,
    overtime,
    severance,
    double_wage,
    arrears,
    minimum_wage,
    deduction,
    annual_leave,
    extra_compensation,
    injury,
)
SINGLE: dict[str, Topic] = {module.TOPIC.name: module.TOPIC for module in _MODULES}
