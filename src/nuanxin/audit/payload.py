"""What an event may carry: row ids and coded values, never a person's data or free text. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

MAX_CODE = 64
MAX_DEPTH = 6

# Keys that would announce personal data, in any spelling this code base uses.
PERSONAL_KEYS = frozenset({
    "name", "full_name", "names", "phone", "phones", "mobile", "telephone", "tel", "email", "mail",
    "resident_id", "id_number", "id_card", "idcard", "identity_number", "bank", "bank_card",
    "bank_account", "card_number", "account_number", "address", "home_address", "passphrase",
    "password", "secret", "token", "follow_code", "story", "text", "note", "notes", "comment",
    "remark", "free_text", "message", "body", "content", "subject", "wechat", "qq", "birth_date",
    "birthday", "born_on", "safe_contact", "transcript", "query_string", "cookie", "authorization",
})  # fmt: skip
_KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")
_CODE = re.compile(r"[A-Za-z0-9_.:/+-]{0,64}")
_PUNCTUATION = re.compile(r"[.:/+_-]")
PHONE = re.compile(r"(?:86|0086)?1[3-9]\d{9}")
RESIDENT_ID = re.compile(r"[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]")


class UnfitPayload(ValueError):
    """An event was about to carry something that may not enter the log. Names the place, never the value."""


def check(payload: dict[str, Any]) -> None:
    """Raise UnfitPayload unless every key is a plain code and every value an id, a code, a flag, or lists.

    Money goes in as integer fen and days as ISO text. A string that looks like a telephone number or a
    resident ID is refused whatever its key.
    """
    if not isinstance(payload, dict):
        raise UnfitPayload("a payload is a dict")
    _check_dict(payload, "payload", 0)


def _check_dict(value: dict[Any, Any], where: str, depth: int) -> None:
    for key, item in value.items():
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            raise UnfitPayload(f"{where}: keys are snake_case codes")
        if key in PERSONAL_KEYS:
            raise UnfitPayload(f"{where}.{key}: personal data stays in its own row; put the row's id here")
        _check_value(item, f"{where}.{key}", depth + 1)


def _check_list(value: Any, where: str, depth: int) -> None:
    for index, item in enumerate(value):
        _check_value(item, f"{where}[{index}]", depth + 1)


def _check_code(value: str, where: str, _depth: int) -> None:
    if not _CODE.fullmatch(value):
        raise UnfitPayload(f"{where}: a short code (letters, digits, . : / + _ -), not text")
    if len(value) >= 11 and looks_personal(value):
        raise UnfitPayload(f"{where}: looks like a telephone number or a resident ID")


def looks_personal(value: str) -> bool:
    """Whether a code, or a part of it between punctuation, has the form of a mobile number or resident ID."""
    parts = {_PUNCTUATION.sub("", value), *_PUNCTUATION.split(value)}
    return any(PHONE.fullmatch(part) or RESIDENT_ID.fullmatch(part) for part in parts)


def _accept(_value: Any, _where: str, _depth: int) -> None:
    """Flags, ids and nothing."""


_CHECKS: dict[type, Callable[[Any, str, int], None]] = {
    str: _check_code, dict: _check_dict, list: _check_list, tuple: _check_list,
    bool: _accept, int: _accept, type(None): _accept,
}  # fmt: skip


def _check_value(value: Any, where: str, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise UnfitPayload(f"{where}: nested too deep")
    look = _CHECKS.get(type(value))
    if look is None and isinstance(value, str | int):  # a StrEnum or IntEnum is stored as its value
        look = _check_code if isinstance(value, str) else _accept
    if look is None:
        raise UnfitPayload(
            f"{where}: {type(value).__name__} is no coded value; use an int, a code or ISO text"
        )
    look(value, where, depth)
