"""Reading one value out of JSON: its check, its fault, its clean form. Used by ``intake``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

from nuanxin.cases.rules.ledger import fen_of
from nuanxin.law.identity import check_landline, check_mobile, check_resident_id, check_uscc

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")
CODE = re.compile(r"[a-z][a-z0-9_]{1,29}")
_MONEY = re.compile(r"\d{1,13}\.\d{2}")
_HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")
_PARTIAL = re.compile(r"(19|20)\d{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_NOT_IN_NAMES = set('<>{}[]\\|`$%^*="')
MOST_CODES = 20
MOST_NAME, MOST_FIRM = 100, 200


class Faults:
    """Faults found so far, each with pointer, code and sentences."""

    def __init__(self) -> None:
        self.found: list[dict[str, Any]] = []

    def add(self, path: str, code: str, zh: str, en: str) -> None:
        """Note one fault."""
        self.found.append({"path": path, "code": code, "message": {"zh": zh, "en": en}})

    def has(self, path: str) -> bool:
        """Whether this value already has a fault."""
        return any(fault["path"] == path for fault in self.found)

    def unknown(self, body: dict[str, Any], known: set[str], where: str) -> None:
        """Refuse keys that mean nothing here: a misspelt one would otherwise be lost in silence."""
        for key in body:
            if key not in known:
                name = str(key)[:40].encode("utf-8", "replace").decode().replace("~", "~0").replace("/", "~1")
                self.add(
                    f"{where}/{name}",
                    "unknown_key",
                    "没有这一项，请检查拼写",
                    "No such key; check its spelling",
                )

    def wrong_type(self, path: str, zh: str, en: str) -> None:
        """Note a value of the wrong kind."""
        self.add(path, "invalid_type", f"这里要填{zh}", f"This must be {en}")

    def required(self, path: str) -> None:
        """Note a value that is missing."""
        self.add(path, "required", "这一项要填", "This is needed")


def _get(body: dict[str, Any], path: str) -> Any:
    return body.get(path.rsplit("/", 1)[1])


def text(
    faults: Faults, body: dict[str, Any], path: str, most: int, *, required: bool = False, lines: bool = False
) -> str:
    """Plain text without control characters, trimmed."""
    value = _get(body, path)
    if value is None or (isinstance(value, str) and not value.strip()):
        if required:
            faults.required(path)
        elif value is None and path.rsplit("/", 1)[1] in body:
            faults.wrong_type(path, "文字", "text")
        return ""
    if not isinstance(value, str):
        faults.wrong_type(path, "文字", "text")
        return ""
    value = unicodedata.normalize("NFC", value.strip())
    allowed = "\n\r\t" if lines else ""
    if any(unicodedata.category(c) in {"Cc", "Cs", "Co"} and c not in allowed for c in value):
        faults.add(
            path,
            "invalid_characters",
            "里面有看不见的符号，请重新打一遍",
            "It contains invisible characters; type it again",
        )
        return ""
    if len(value) > most:
        faults.add(path, "too_long", f"太长了，最多 {most} 个字", f"Too long; {most} characters at most")
        return ""
    return value


def _named(faults: Faults, body: dict[str, Any], path: str, most: int, *, required: bool) -> str:
    value = text(faults, body, path, most, required=required)
    if value and _NOT_IN_NAMES & set(value):
        faults.add(
            path,
            "invalid_name",
            "名字里不能有 < > { } 这类符号，请只写名字",
            "A name has no signs like < > { }; write the name only",
        )
        return ""
    return value


def name(faults: Faults, body: dict[str, Any], path: str) -> str:
    """A person's name: any script, middle dot included; no markup."""
    return _named(faults, body, path, MOST_NAME, required=True)


def firm(faults: Faults, body: dict[str, Any], path: str) -> str:
    """A firm's or site's name, where it is known."""
    return _named(faults, body, path, MOST_FIRM, required=False)


def phone(faults: Faults, body: dict[str, Any], path: str, *, required: bool = False) -> str:
    """A mainland mobile or landline number, as digits (landlines with their hyphen)."""
    value = text(faults, body, path, 30, required=required)
    if not value:
        return ""
    mobile = check_mobile(value)
    if mobile.valid:
        return mobile.normalised
    fixed = check_landline(value)
    if fixed.valid:
        return fixed.normalised
    faults.add(
        path, "invalid_phone", "电话号码不对：手机是 1 开头的 11 位数字，座机请加区号，比如 0356-5550123",
        "Not a telephone number: a mobile has 11 digits and begins with 1; a landline needs its area code",
    )  # fmt: skip
    return ""


def resident_id(faults: Faults, body: dict[str, Any], path: str) -> str:
    """An 18-character resident ID (GB 11643-1999) whose check digit is right."""
    value = text(faults, body, path, 30)
    if not value:
        return ""
    answer = check_resident_id(value)
    if not answer.valid:
        faults.add(
            path, "invalid_resident_id", "身份证号不对，请对着证件再看一遍（18 位，最后一位可能是 X）",
            "Not a resident ID number; look at the card again (18 characters, the last may be X)",
        )  # fmt: skip
        return ""
    return answer.normalised


def uscc(faults: Faults, body: dict[str, Any], path: str) -> str:
    """A unified social credit code (GB 32100-2015) whose check character is right."""
    value = text(faults, body, path, 30)
    if not value:
        return ""
    answer = check_uscc(value)
    if not answer.valid:
        faults.add(
            path, "invalid_uscc", "统一社会信用代码不对，请对着营业执照再看（18 位）",
            "Not a unified social credit code; look at the licence again (18 characters)",
        )  # fmt: skip
        return ""
    return answer.normalised


def choice(
    faults: Faults, body: dict[str, Any], path: str, allowed: Sequence[str], *, required: bool = False
) -> str:
    """One of a list of words."""
    value = _get(body, path)
    if value is None and path.rsplit("/", 1)[1] not in body:
        if required:
            faults.required(path)
        return ""
    if not isinstance(value, str) or value not in allowed:
        words = ", ".join(str(word) for word in allowed)
        faults.add(path, "invalid_choice", f"只能是其中之一：{words}", f"One of: {words}")
        return ""
    return value


def _list(faults: Faults, body: dict[str, Any], path: str, most: int) -> list[Any]:
    value = _get(body, path)
    if value is None and path.rsplit("/", 1)[1] not in body:
        return []
    if not isinstance(value, list):
        faults.wrong_type(path, "一个列表", "a list")
        return []
    if len(value) > most:
        faults.add(path, "too_many", f"最多 {most} 项", f"{most} at most")
        return []
    return value


def choices(faults: Faults, body: dict[str, Any], path: str, allowed: Sequence[str]) -> tuple[str, ...]:
    """Several of a list of words, each once, in the list's order."""
    found = []
    for place, value in enumerate(_list(faults, body, path, MOST_CODES)):
        if isinstance(value, str) and value in allowed:
            found.append(value)
        else:
            words = ", ".join(allowed)
            faults.add(f"{path}/{place}", "invalid_choice", f"只能是其中之一：{words}", f"One of: {words}")
    return tuple(word for word in allowed if word in found)


def codes(faults: Faults, body: dict[str, Any], path: str, shape: re.Pattern[str]) -> tuple[str, ...]:
    """Short codes of a given shape, each once."""
    found: dict[str, None] = {}
    for place, value in enumerate(_list(faults, body, path, MOST_CODES)):
        if isinstance(value, str) and shape.fullmatch(value):
            found[value] = None
        else:
            faults.add(f"{path}/{place}", "invalid_code", "不认识这个代码", "Not a known kind of code")
    return tuple(found)


def language(faults: Faults, body: dict[str, Any], path: str) -> str:
    """A language tag such as zh, en, ii or zh-yue."""
    value = text(faults, body, path, 20)
    if value and not LANGUAGE.fullmatch(value):
        faults.add(path, "invalid_language", "不认识这个语言代码", "Not a language code")
        return ""
    return value


def whole(faults: Faults, body: dict[str, Any], path: str, least: int, most: int, *, default: int) -> int:
    """A whole number within bounds."""
    if path.rsplit("/", 1)[1] not in body:
        return default
    value = _get(body, path)
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
    value = _get(body, path)
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


def part(
    faults: Faults, body: dict[str, Any], path: str, known: set[str], *, required: bool = False
) -> dict[str, Any] | None:
    """An object inside the body; its unknown keys are refused."""
    if path.rsplit("/", 1)[1] not in body:
        if required:
            faults.required(path)
        return None
    value = _get(body, path)
    if not isinstance(value, dict):
        faults.wrong_type(path, "一个对象", "an object")
        return None
    faults.unknown(value, known, path)
    return value


def rows(
    faults: Faults, body: dict[str, Any], path: str, most: int, known: set[str]
) -> list[tuple[int, dict[str, Any]]]:
    """A list of objects, each with its place in the list."""
    found = []
    for place, value in enumerate(_list(faults, body, path, most)):
        if isinstance(value, dict):
            faults.unknown(value, known, f"{path}/{place}")
            found.append((place, value))
        else:
            faults.wrong_type(f"{path}/{place}", "一个对象", "an object")
    return found
