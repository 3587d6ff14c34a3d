"""Resident identity numbers (GB 11643-1999): 18 characters, the last a check over the other seventeen.

Codes of abolished counties stay valid: a number keeps the county of its first issue. The residence permits
of Hong Kong, Macao and Taiwan residents (810000, 820000, 830000) and the foreign permanent-residence card
(beginning with 9) have the same form.
"""

from __future__ import annotations

from datetime import date

from stdnum.cn import ric

from nuanxin.law.identity.checked import Checked, compact, invalid
from nuanxin.law.identity.regions import is_known_province, is_known_region

_LENGTH, _OLD_LENGTH = 18, 15
_PERMITS = frozenset({"810000", "820000", "830000"})
_OLDEST = 1850


def normalise_resident_id(value: str) -> str:
    """Plain characters without separators, X upper case; says nothing about validity."""
    return compact(value)


def check_resident_id(value: str) -> Checked:
    """Whether ``value`` can be a resident identity number.

    Fifteen-digit numbers are obsolete; they are kept as they are, with the warning ``legacy_15_digits``.
    """
    number = compact(value)
    if len(number) == _OLD_LENGTH:
        return _check_old(number)
    if len(number) != _LENGTH:
        return invalid("wrong_length")
    if not (number.isascii() and number[:17].isdigit() and (number[17].isdigit() or number[17] == "X")):
        return invalid("wrong_characters")
    if not _is_day(number[6:14]):
        return invalid("wrong_birth_date")
    if ric.calc_check_digit(number) != number[17]:
        return invalid("wrong_check_digit")
    place = number[:6]
    if place in _PERMITS:
        return Checked(True, number, ("residence_permit",))
    if place[0] == "9":
        return Checked(True, number, ("permanent_residence_card",))
    if not is_known_province(place):
        return invalid("unknown_region")
    return Checked(True, number, () if is_known_region(place) else ("unknown_region",))


def _check_old(number: str) -> Checked:
    if not (number.isascii() and number.isdigit()):
        return invalid("wrong_characters")
    if not _is_day("19" + number[6:12]):
        return invalid("wrong_birth_date")
    if not is_known_province(number[:6]):
        return invalid("unknown_region")
    return Checked(True, number, ("legacy_15_digits",))


def _is_day(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return day.year >= _OLDEST
