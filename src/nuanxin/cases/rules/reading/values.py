"""Choices, amounts and days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from nuanxin.cases.rules.ledger import fen_of
from nuanxin.cases.rules.reading.faults import Faults, listed, value_of
from nuanxin.cases.rules.reading.words import text

MOST_CODES = 20
_MONEY = re.compile(r"\d{1,13}\.\d{2}")
_HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")
_PARTIAL = re.compile(r"(19|20)\d{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def choice(
    faults: Faults, body: dict[str, Any], path: str, allowed: Sequence[str], *, required: bool = False
) -> str:
    """One of a list of words."""
    value = value_of(body, path)
    if value is None and path.rsplit("/", 1)[1] not in body:
        if required:
            faults.required(path)
        return ""
    if not isinstance(value, str) or value not in allowed:
        words = ", ".join(str(word) for word in allowed)
        faults.add(path, "invalid_choice", f"只能是其中之一：{words}", f"One of: {words}")
        return ""
    return value


def choices(faults: Faults, body: dict[str, Any], path: str, allowed: Sequence[str]) -> tuple[str, ...]:
    """Several of a list of words, each once, in the list's order."""
    found = []
    for place, value in enumerate(listed(faults, body, path, MOST_CODES)):
        if isinstance(value, str) and value in allowed:
            found.append(value)
        else:
            words = ", ".join(allowed)
            faults.add(f"{path}/{place}", "invalid_choice", f"只能是其中之一：{words}", f"One of: {words}")
    return tuple(word for word in allowed if word in found)


def codes(faults: Faults, body: dict[str, Any], path: str, shape: re.Pattern[str]) -> tuple[str, ...]:
    """Short codes of a given shape, each once."""
    found: dict[str, None] = {}
    for place, value in enumerate(listed(faults, body, path, MOST_CODES)):
        if isinstance(value, str) and shape.fullmatch(value):
            found[value] = None
        else:
            faults.add(f"{path}/{place}", "invalid_code", "不认识这个代码", "Not a known kind of code")
    return tuple(found)


def whole(faults: Faults, body: dict[str, Any], path: str, least: int, most: int, *, default: int) -> int:
    """A whole number within bounds."""
    if path.rsplit("/", 1)[1] not in body:
        return default
    value = value_of(body, path)
    if isinstance(value, bool) or not isinstance(value, int):
        faults.wrong_type(path, "整数", "a whole number")
        return default
    if not least <= value <= most:
        faults.add(path, "out_of_range", f"要在 {least} 到 {most} 之间", f"Between {least} and {most}")
        return default
    return value


def money(faults: Faults, body: dict[str, Any], path: str) -> int | None:
    """A sum in fen from a string in yuan with two decimals, 0.01 to 10^12."""
    value = text(faults, body, path, 20)
    if not value:
        return None
    if not (value.isascii() and _MONEY.fullmatch(value)):
        faults.add(
            path,
            "invalid_money",
            "金额请写成数字，比如 5200.00，不能是负数",
            "Write the sum as digits with two decimals, for example 5200.00; never negative",
        )
        return None
    try:
        fen = fen_of(value)
    except ValueError:
        fen = -1
    if fen <= 0:
        faults.add(
            path, "out_of_range", "金额要大于 0，并且不超过一万亿元", "More than 0 and at most 10^12 yuan"
        )
        return None
    return fen


def flag(faults: Faults, body: dict[str, Any], path: str, *, default: bool) -> bool:
    """True or false."""
    if path.rsplit("/", 1)[1] not in body:
        return default
    value = value_of(body, path)
    if not isinstance(value, bool):
        faults.wrong_type(path, "是或否 (true/false)", "true or false")
        return default
    return value


def hours(faults: Faults, body: dict[str, Any], path: str) -> str:
    """Hours in which a call is safe, HH:MM-HH:MM; may run over midnight."""
    value = text(faults, body, path, 11)
    if value and not (value.isascii() and _HOURS.fullmatch(value)):
        faults.add(path, "invalid_hours", "时间请写成 18:00-21:00 这样", "Write hours like 18:00-21:00")
        return ""
    return value


NIGHT = 12 * 60  # minutes; longer hours that end before they begin are a slip, not a night


def turned(first: str, last: str) -> bool:
    """Whether hours (HH:MM each) end before they begin and are too long for a night: somebody chose them the wrong way
    round. The door takes them, since its contract does; a form asks."""
    begin, end = (int(hour[:2]) * 60 + int(hour[3:5]) for hour in (first, last))
    return end < begin and end + 24 * 60 - begin > NIGHT


def day(faults: Faults, body: dict[str, Any], path: str, *, latest: date) -> date | None:
    """A full date, not in the future."""
    value = text(faults, body, path, 10)
    if not value:
        return None
    try:
        found = date.fromisoformat(value)
    except ValueError:
        found = None
    if found is None or len(value) != 10 or found.year < 1950:
        faults.add(
            path,
            "invalid_date",
            "没有这一天，请写成 2026-03-31 这样",
            "There is no such day; write it like 2026-03-31",
        )
        return None
    if found > latest:
        faults.add(
            path, "in_future", "这一天还没到，请检查年份", "This day lies in the future; check the year"
        )
        return None
    return found


def partial_day(faults: Faults, body: dict[str, Any], path: str, *, latest: date) -> str:
    """A year, a month or a day, kept as it was told: a month stays a month."""
    value = text(faults, body, path, 10)
    if not value:
        return ""
    real = value.isascii() and _PARTIAL.fullmatch(value) is not None
    if real and len(value) == 10:
        try:
            date.fromisoformat(value)
        except ValueError:
            real = False
    if not real:
        faults.add(
            path,
            "invalid_date",
            "没有这一天，请写成 2026-03-31、2026-03 或 2026",
            "No such day; write 2026-03-31, 2026-03 or 2026",
        )
        return ""
    if value > latest.isoformat()[: len(value)]:
        faults.add(
            path, "in_future", "这一天还没到，请检查年份", "This day lies in the future; check the year"
        )
        return ""
    return value
