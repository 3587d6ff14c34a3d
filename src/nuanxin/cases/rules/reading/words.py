"""Words and numbers that name somebody or something: names, telephones, identity, codes of firms."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from nuanxin.cases.rules.reading.faults import Faults, value_of
from nuanxin.law.identity import check_landline, check_mobile, check_resident_id, check_uscc

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")
CODE = re.compile(r"[a-z][a-z0-9_]{1,29}")
_CARD = re.compile(r"\d{12,19}")
_NOT_IN_NAMES = set('<>{}[]\\|`$%^*="')
# Signs that turn the direction of what follows: in a name they make it read as another one.
_TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
MOST_NAME, MOST_FIRM = 100, 200


def text(
    faults: Faults, body: dict[str, Any], path: str, most: int, *, required: bool = False, lines: bool = False
) -> str:
    """Plain text without control characters, trimmed."""
    value = value_of(body, path)
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
    if any(unicodedata.category(c) in {"Cc", "Cs", "Co"} and c not in allowed for c in value) or (
        not lines and _TURNING & set(value)
    ):
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


def bank_card(faults: Faults, body: dict[str, Any], path: str) -> str:
    """A bank card: 12 to 19 digits, however they were spaced."""
    value = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text(faults, body, path, 40)))
    if value and not (value.isascii() and _CARD.fullmatch(value)):
        faults.add(path, "invalid_bank_card", "银行卡号是 12 到 19 位数字", "A bank card has 12 to 19 digits")
        return ""
    return value


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


def language(faults: Faults, body: dict[str, Any], path: str) -> str:
    """A language tag such as zh, en, ii or zh-yue."""
    value = text(faults, body, path, 20)
    if value and not LANGUAGE.fullmatch(value):
        faults.add(path, "invalid_language", "不认识这个语言代码", "Not a language code")
        return ""
    return value
