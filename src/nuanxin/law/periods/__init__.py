"""Statutory periods: when each ends, strictly and rolled, and the day to act by.

Counting: 民法典 art. 200 to 203, 民事诉讼法 art. 85, 办案规则 art. 80. One module for each family of periods.
"""

from nuanxin.law.periods.due import custom, due, due_provisional, due_strictly
from nuanxin.law.periods.rule import Due, Rule, Unit
from nuanxin.law.periods.table import RULES

__all__ = ["RULES", "Due", "Rule", "Unit", "custom", "due", "due_provisional", "due_strictly"]
