"""Case numbers: short enough to say on the telephone, with a check digit that catches one wrong digit.

``NX14-0012345-7``: province, serial, check. The number is made from the 64-bit id, so it costs no counter.
"""

from __future__ import annotations

import re

_SHIFT = 46
_SHAPE = re.compile(r"(?:NX)?(\d{2})(\d{7,14})(\d)")


def _check(digits: str) -> str:
    """Luhn's digit over all that stands before it."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def number_of(case_id: int) -> str:
    """The number that people use for this id."""
    province, serial = case_id >> _SHIFT, case_id & ((1 << _SHIFT) - 1)
    body = f"{province:02d}{serial:07d}"
    return f"NX{body[:2]}-{body[2:]}-{_check(body)}"


def case_id_of(typed: str) -> int | None:
    """The id of a number as somebody typed it (spaces, hyphens, case and the letters do not matter); None if wrong."""
    match = _SHAPE.fullmatch(re.sub(r"[\s\-–—]", "", typed).upper())
    if match is None or _check(match[1] + match[2]) != match[3]:
        return None
    serial = int(match[2])
    return (int(match[1]) << _SHIFT | serial) if serial < 1 << _SHIFT else None
