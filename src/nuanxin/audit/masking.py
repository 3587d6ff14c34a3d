"""How personal numbers are shown: enough to recognise one's own, not enough to use. Pure."""

from __future__ import annotations

import re

_PHONES = re.compile(r"(?<!\d)(?:\+?86[ -]?)?(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)")
_RESIDENT_IDS = re.compile(r"(?<!\d)[1-9]\d{16}[\dXx](?![\dA-Za-z])")
_CARDS = re.compile(r"(?<!\d)\d{4}(?:[ -]?\d{4}){2}[ -]?\d{4,7}(?!\d)")


def _stars(value: str, head: int, tail: int) -> str:
    if len(value) <= head + tail:
        return "*" * len(value)
    return value[:head] + "*" * (len(value) - head - tail) + (value[-tail:] if tail else "")


def mask_phone(value: str) -> str:
    """``13812345678`` → ``138****5678``; a shorter number keeps its last two digits."""
    return _stars(value, 3, 4) if len(value) >= 9 else _stars(value, 0, 2)


def mask_id(value: str) -> str:
    """A resident ID: province and the last four stay, the birth date goes."""
    return _stars(value, 2, 4)


def mask_bank(value: str) -> str:
    """A bank card: the last four stay."""
    return _stars(value, 0, 4)


def mask_name(value: str) -> str:
    """``张小明`` → ``张**``."""
    return _stars(value, 1, 0)


def mask_numbers(text: str) -> str:
    """Free text with every telephone number, resident ID and bank card masked; other numbers stay."""
    text = _RESIDENT_IDS.sub(lambda m: mask_id(m[0]), text)
    text = _PHONES.sub(lambda m: f"{m[1]}****{m[2]}", text)
    return _CARDS.sub(lambda m: mask_bank(m[0]) if _luhn(m[0]) else m[0], text)


def _luhn(text: str) -> bool:
    """The check digit of bank cards: tells a card from a row id of the same length, nine times in ten."""
    digits = [int(c) for c in text if c.isdigit()]
    odd, even = digits[-1::-2], digits[-2::-2]
    return (sum(odd) + sum(d * 2 - 9 if d > 4 else d * 2 for d in even)) % 10 == 0
