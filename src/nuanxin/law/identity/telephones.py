"""Telephone numbers of the mainland: mobiles of eleven digits, landlines with their area code."""

from __future__ import annotations

import re

from nuanxin.law.identity.checked import Checked, compact, invalid

_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_MOBILE_LENGTH = 11
_COUNTRY = re.compile(r"(?:\+|00)?86(?=1\d{10}$)", re.ASCII)
_LANDLINE = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))([2-8]\d{6,7})", re.ASCII)
_EXTENSION = re.compile(r"(?:转|EXT\.?|,|#|X)(\d{1,6})$", re.ASCII)


def normalise_mobile(value: str) -> str:
    """Digits only, without the country code; says nothing about validity."""
    return _COUNTRY.sub("", compact(value), count=1)


def check_mobile(value: str) -> Checked:
    """Whether ``value`` can be a mobile number: eleven digits beginning 13 to 19."""
    number = normalise_mobile(value)
    if _MOBILE.fullmatch(number):
        return Checked(True, number)
    if check_landline(value).valid:
        return invalid("landline")
    if not (number.isascii() and number.isdigit()):
        return invalid("wrong_characters")
    return invalid("wrong_prefix" if len(number) == _MOBILE_LENGTH else "wrong_length")


def check_landline(value: str) -> Checked:
    """Whether ``value`` can be a landline number with its area code; normalised as ``0356-5550123``.

    An extension is kept behind a hyphen of its own.
    """
    number = compact(value).removeprefix("+86").removeprefix("0086")
    extension = _EXTENSION.search(number)
    plain = number[: extension.start()] if extension else number
    if not plain.startswith("0"):
        plain = "0" + plain if number != compact(value) else plain
    found = _LANDLINE.fullmatch(plain)
    if found is None:
        return invalid("not_a_landline")
    tail = f"-{extension.group(1)}" if extension else ""
    return Checked(True, f"{found.group(1)}-{found.group(2)}{tail}")
