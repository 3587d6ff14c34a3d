"""What may be said of an exchange, a desk, a seat or a shift, whoever says it: a page, a command, a program. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from nuanxin.law.bilingual import Bilingual
from nuanxin.network.rules.points import LANGUAGES

MOST_LABEL, MOST_KEY, MOST_ZH, MOST_EN, MOST_EXTENSION = 80, 40, 80, 120, 20
MOST_CALL_BACKS = 200  # a half-hour
MOST_CODE, MOST_SHIFT_ZH, MOST_SHIFT_EN = 12, 40, 60
_CODE = re.compile(rf"\w{{1,{MOST_CODE}}}")
_EXTENSION = re.compile(rf"[A-Za-z0-9]{{1,{MOST_EXTENSION}}}")

SAYS = {
    "label": Bilingual(
        f"请写名称，一行，最多{MOST_LABEL}字。", f"Give a name: one line of at most {MOST_LABEL} characters."
    ),
    "key": Bilingual(
        f"请写队列在交换机上的名称，一行，最多{MOST_KEY}字，前后没有空格。",
        f"Give the queue as the exchange writes it: one line of at most {MOST_KEY} characters, no blank around it.",
    ),
    "name_zh": Bilingual(
        f"请写中文名称，一行，最多{MOST_ZH}字。", f"Give a Chinese name: one line of at most {MOST_ZH} characters."
    ),
    "name_en": Bilingual(
        f"英文名称请写一行，最多{MOST_EN}字。", f"An English name is one line of at most {MOST_EN} characters."
    ),
    "languages": Bilingual(
        f"请选一种或几种语言：{'、'.join(LANGUAGES)}。", f"Choose one language or more of {', '.join(LANGUAGES)}."
    ),
    "call_backs_a_slot": Bilingual(
        f"每半小时回电请写0到{MOST_CALL_BACKS}。", f"Call-backs each half hour are 0 to {MOST_CALL_BACKS}."
    ),
    "code": Bilingual(
        f"班次代号由文字、数字和下划线组成，最多{MOST_CODE}个。",
        f"The code of a shift is at most {MOST_CODE} letters, figures and underscores.",
    ),
    "shift": Bilingual(
        f"请写班次的中文名称，一行，最多{MOST_SHIFT_ZH}字；英文名称最多{MOST_SHIFT_EN}字。",
        f"Give the shift a Chinese name: one line of at most {MOST_SHIFT_ZH} characters; an English one has at most "
        f"{MOST_SHIFT_EN}.",
    ),
    "extension": Bilingual(
        f"分机号由数字和字母组成，最多{MOST_EXTENSION}位。", f"An extension is at most {MOST_EXTENSION} digits and letters."
    ),
}  # fmt: skip


def is_label(text: str) -> bool:
    """Whether a text can name an exchange."""
    return _is_line(text, MOST_LABEL)


def is_extension(text: str) -> bool:
    """Whether a text can be a telephone at an exchange, as pjsip.conf takes it too."""
    return _EXTENSION.fullmatch(text) is not None


def wrong_of_desk(said: Mapping[str, Any]) -> str:
    """The first of what is said of a desk that cannot be meant, by its name in ``SAYS``; empty where all can."""
    return next(_wrong(said), "")


def wrong_of_shift(code: str, name_zh: str, name_en: str) -> str:
    """The first of what is said of a shift that cannot be meant, by its name in ``SAYS``; empty where all can."""
    if not _CODE.fullmatch(code):
        return "code"
    if not _is_line(name_zh, MOST_SHIFT_ZH) or (name_en and not _is_line(name_en, MOST_SHIFT_EN)):
        return "shift"
    return ""


def _wrong(said: Mapping[str, Any]) -> Iterator[str]:
    if "key" in said and not (_is_line(said["key"], MOST_KEY) and said["key"] == said["key"].strip()):
        yield "key"
    if "name_zh" in said and not _is_line(said["name_zh"], MOST_ZH):
        yield "name_zh"
    if said.get("name_en") and not _is_line(said["name_en"], MOST_EN):
        yield "name_en"
    if "languages" in said and (not said["languages"] or set(said["languages"]) - set(LANGUAGES)):
        yield "languages"
    if not 0 <= said.get("call_backs_a_slot", 0) <= MOST_CALL_BACKS:
        yield "call_backs_a_slot"


def _is_line(text: str, most: int) -> bool:
    return bool(text.strip()) and len(text) <= most and text.isprintable()
