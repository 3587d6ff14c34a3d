"""Dated values of law by place: minimum wages, thresholds, provincial periods.

Every row has a value, its first (and perhaps last) day, its source, the day it was checked and a mark. A
place or day without a row gives ``None``; the caller then asks for the figure and never guesses it.
"""

from nuanxin.law.parameters.find import begun_between, find, found_basis, memory_warnings
from nuanxin.law.parameters.store import Row, add_folder, load

__all__ = ["Row", "add_folder", "begun_between", "find", "found_basis", "load", "memory_warnings"]
