"""Reading a question: every value checked, every fault noted at once with its JSON pointer.

Checks are small functions put together once, at import; reading a question then costs little. A check takes
the value, its pointer and the faults found so far, and returns the value in its clean form or ``BAD``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

from nuanxin.law.bilingual import Bilingual
from nuanxin.law.identity.regions import is_known_province

Values = dict[str, Any]
MOST_FEN = 10**14  # 10^12 yuan
FIRST_YEAR, LAST_YEAR = 1900, 2199
_SHOWN = 40
_MONEY = re.compile(r"\d{1,13}\.\d\d", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_PLACE = re.compile(r"\d{6}", re.ASCII)


class BadQuestion(ValueError):
    """A question that cannot be answered as it stands. ``errors``: every fault with path, code and message."""

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__("; ".join(f"{error['path'] or '/'} {error['code']}" for error in errors))
        self.errors = errors


class Bad:
    """The type of :data:`BAD`, which stands for a value already reported as faulty."""


BAD: Final = Bad()


class Faults:
    """What is wrong with a question, in the order in which it was found."""

    __slots__ = ("found",)

    def __init__(self) -> None:
        self.found: list[dict[str, str]] = []

    def add(self, path: str, code: str, zh: str, en: str) -> Bad:
        """Note one fault and return ``BAD``."""
        self.found.append({"path": path, "code": code, "message": f"{zh} / {en}"})
        return BAD

    def raise_if_any(self) -> None:
        """Raise :class:`BadQuestion` with all faults, if there are any."""
        if self.found:
            raise BadQuestion(self.found)


Check = Callable[[Any, str, Faults], Any]


def pointer(path: str, key: str) -> str:
    """The JSON pointer of ``key`` under ``path``; overlong keys are cut."""
    return f"{path}/{key[:_SHOWN].replace('~', '~0').replace('/', '~1')}"


class Shape:
    """An object with its needed and its optional keys; unknown keys are refused."""

    __slots__ = ("checks", "needed")

    def __init__(self, needed: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> None:
        self.checks: dict[str, Check] = {**needed, **(optional or {})}
        self.needed = frozenset(needed)

    def __call__(self, value: Any, path: str, faults: Faults) -> Any:
        if type(value) is not dict:
            return faults.add(path, "invalid_type", "这里要填一个对象", "this must be an object")
        clean: Values = {}
        checks = self.checks
        for key, given in value.items():
            check = checks.get(key)
            if check is None:
                faults.add(
                    pointer(path, str(key)),
                    "unknown_key",
                    "没有这一项，请检查拼写",
                    "no such key; check its spelling",
                )
                continue
            read = check(given, f"{path}/{key}", faults)
            if read is not BAD:
                clean[key] = read
        if not self.needed <= value.keys():
            for key in self.checks:
                if key in self.needed and key not in value:
                    faults.add(f"{path}/{key}", "required", "这一项要填", "this is needed")
        return clean


@lru_cache(maxsize=65536)
def _as_day(value: str) -> date | None:
    if not _DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def day(value: Any, path: str, faults: Faults) -> Any:
    """A date, ``YYYY-MM-DD``, between 1900 and 2199."""
    found = _as_day(value) if type(value) is str else None
    if found is None:
        return faults.add(
            path,
            "invalid_date",
            "没有这一天，请写成 2026-03-31 这样",
            "there is no such day; write it like 2026-03-31",
        )
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        return faults.add(
            path,
            "out_of_range",
            f"年份要在 {FIRST_YEAR} 到 {LAST_YEAR} 之间",
            f"the year must lie between {FIRST_YEAR} and {LAST_YEAR}",
        )
    return found


def money(value: Any, path: str, faults: Faults) -> Any:
    """A sum in yuan as a string with two decimals, never negative; read as fen."""
    if type(value) is not str or not _MONEY.fullmatch(value):
        return faults.add(
            path,
            "invalid_money",
            '金额要写成带两位小数的字符串，比如 "5200.00"，不能是负数',
            'money is a string with two decimals such as "5200.00", never negative',
        )
    fen = int(value[:-3] + value[-2:])
    if fen > MOST_FEN:
        return faults.add(path, "out_of_range", "金额不能超过一万亿元", "at most 10^12 yuan")
    return fen


_ANNUAL = Shape({"annual": money})


def money_a_month(value: Any, path: str, faults: Faults) -> Any:
    """A sum a month, or ``{"annual": sum}`` shared out over twelve months; read as exact fen a month."""
    if type(value) is dict:
        year = _ANNUAL(value, path, faults)
        return Fraction(year["annual"], 12) if "annual" in year else BAD
    read = money(value, path, faults)
    return read if read is BAD else Fraction(read)


def flag(value: Any, path: str, faults: Faults) -> Any:
    """True or false."""
    if type(value) is not bool:
        return faults.add(path, "invalid_type", "这里要填 true 或 false", "this must be true or false")
    return value


def flag_or_null(value: Any, path: str, faults: Faults) -> Any:
    """True, false, or null for not known."""
    return None if value is None else flag(value, path, faults)


def place(value: Any, path: str, faults: Faults) -> Any:
    """A GB/T 2260 code: six digits in a known province."""
    if type(value) is not str or not _PLACE.fullmatch(value) or not is_known_province(value):
        return faults.add(
            path,
            "unknown_place",
            "不认识这个地方，请用六位行政区划代码，比如 110105",
            "not a known place; use the six-digit code, such as 110105",
        )
    return value


def whole(least: int, most: int) -> Check:
    """A whole number from ``least`` to ``most``."""

    def check(value: Any, path: str, faults: Faults) -> Any:
        if type(value) is float and value.is_integer():
            value = int(value)
        if type(value) is not int:
            return faults.add(path, "invalid_type", "这里要填整数", "this must be a whole number")
        if not least <= value <= most:
            return faults.add(
                path,
                "out_of_range",
                f"要在 {least} 到 {most} 之间",
                f"this must lie between {least} and {most}",
            )
        return value

    return check


def number(least: int, most: int) -> Check:
    """A number from ``least`` to ``most``, not necessarily whole."""

    def check(value: Any, path: str, faults: Faults) -> Any:
        if type(value) not in (int, float):
            return faults.add(path, "invalid_type", "这里要填数字", "this must be a number")
        if not least <= value <= most:  # also refuses what is not a number
            return faults.add(
                path,
                "out_of_range",
                f"要在 {least} 到 {most} 之间",
                f"this must lie between {least} and {most}",
            )
        return value

    return check


def choice(*allowed: str) -> Check:
    """One of a few words."""
    words = frozenset(allowed)
    listed = ", ".join(allowed)

    def check(value: Any, path: str, faults: Faults) -> Any:
        if type(value) is not str or value not in words:
            return faults.add(path, "invalid_choice", f"只能是其中之一：{listed}", f"one of: {listed}")
        return value

    return check


def text(most: int) -> Check:
    """A text that is not empty."""

    def check(value: Any, path: str, faults: Faults) -> Any:
        if type(value) is not str:
            return faults.add(path, "invalid_type", "这里要填文字", "this must be text")
        if not 1 <= len(value) <= most:
            return faults.add(
                path, "out_of_range", f"要有 1 到 {most} 个字", f"this must have 1 to {most} characters"
            )
        return value

    return check


def listing(check_one: Check, most: int, least: int = 0) -> Check:
    """A list; what is wrong in it is reported entry by entry."""

    def check(value: Any, path: str, faults: Faults) -> Any:
        if type(value) is not list:
            return faults.add(path, "invalid_type", "这里要填列表", "this must be a list")
        if not least <= len(value) <= most:
            return faults.add(
                path,
                "out_of_range",
                f"要有 {least} 到 {most} 项",
                f"this must have {least} to {most} entries",
            )
        before = len(faults.found)
        read = [check_one(entry, f"{path}/{place}", faults) for place, entry in enumerate(value)]
        return read if len(faults.found) == before else BAD

    return check


def in_order(values: Values, earlier: str, later: str, faults: Faults, path: str = "") -> None:
    """Note a fault when the day ``later`` lies before the day ``earlier``; missing ones are passed over."""
    first, last = values.get(earlier), values.get(later)
    if first is not None and last is not None and last < first:
        faults.add(
            f"{path}/{later}",
            "dates_out_of_order",
            f"这一天早于 {earlier}，请检查",
            f"this day lies before {earlier}; check both",
        )


def need(path: str, why: Bilingual) -> dict[str, Any]:
    """One entry of ``needs``: a fact on which the answer turns."""
    return {"path": path, "why": why.as_json()}
