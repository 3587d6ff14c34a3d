"""From the validator's findings to faults that a person can act on, in both languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from nuanxin.ui.problems import Fault

# code, Chinese, English; {…} are filled from the validator's context.
SENTENCES: dict[str, tuple[str, str, str]] = {
    "missing": ("missing", "这一项必须填写。", "This is needed."),
    "extra_forbidden": ("unknown_key", "没有这一项，请删去。", "There is no such key; remove it."),
    "string_too_short": ("too_short", "至少 {min_length} 个字。", "At least {min_length} characters."),
    "string_too_long": ("too_long", "最多 {max_length} 个字。", "At most {max_length} characters."),
    "string_pattern_mismatch": (
        "invalid_format",
        "写法不对，请核对。",
        "Not in the expected form; check it.",
    ),
    "string_type": ("not_text", "这里要填文字。", "This must be text."),
    "int_type": ("not_a_number", "这里要填整数。", "This must be a whole number."),
    "int_parsing": ("not_a_number", "这里要填整数。", "This must be a whole number."),
    "int_from_float": ("not_a_number", "这里要填整数。", "This must be a whole number."),
    "int_parsing_size": ("not_a_number", "这里要填整数。", "This must be a whole number."),
    "float_parsing": ("not_a_number", "这里要填数字。", "This must be a number."),
    "bool_type": ("not_a_boolean", "这里要填 true 或 false。", "This must be true or false."),
    "bool_parsing": ("not_a_boolean", "这里要填 true 或 false。", "This must be true or false."),
    "greater_than": ("too_small", "要大于 {gt}。", "Must be more than {gt}."),
    "greater_than_equal": ("too_small", "不能小于 {ge}。", "Must be at least {ge}."),
    "less_than": ("too_large", "要小于 {lt}。", "Must be less than {lt}."),
    "less_than_equal": ("too_large", "不能大于 {le}。", "Must be at most {le}."),
    "literal_error": ("unknown_value", "只能填：{expected}。", "Must be one of: {expected}."),
    "enum": ("unknown_value", "只能填：{expected}。", "Must be one of: {expected}."),
    "list_type": ("not_a_list", "这里要填列表。", "This must be a list."),
    "too_short": ("too_few", "至少 {min_length} 项。", "At least {min_length} entries."),
    "too_long": ("too_many", "最多 {max_length} 项。", "At most {max_length} entries."),
    "dict_type": ("not_an_object", "这里要填对象。", "This must be an object."),
    "model_type": ("not_an_object", "这里要填对象。", "This must be an object."),
    "model_attributes_type": ("not_an_object", "这里要填对象。", "This must be an object."),
}
MOMENTS = (
    "invalid_date", "时间不对，写法如 2025-03-31T09:30:00+08:00。",
    "Not a moment; write it like 2025-03-31T09:30:00+08:00.",
)  # fmt: skip
DATES = ("invalid_date", "日期不对，写法如 2025-03-31。", "Not a date; write it like 2025-03-31.")
OTHER = ("invalid", "这一项不对，请核对。", "This is not valid; check it.")


def faults_from(errors: Sequence[dict[str, Any]]) -> list[Fault]:
    """One fault for each finding, in order. A finding with zh and en in its context keeps its own words."""
    return [_fault(error) for error in errors]


def _fault(error: dict[str, Any]) -> Fault:
    kind = str(error["type"])
    context = error.get("ctx") or {}
    path = _pointer(error.get("loc", ()))
    if "zh" in context and "en" in context:
        return Fault(path, kind, str(context["zh"]), str(context["en"]))
    code, zh, en = SENTENCES.get(kind) or _of_time(kind)
    known = _Known(context | {"expected": _listed(str(context.get("expected", "…")))})
    return Fault(path, code, zh.format_map(known), en.format_map(known))


def _of_time(kind: str) -> tuple[str, str, str]:
    if kind.startswith(("datetime", "timezone")):  # one without an offset, too
        return MOMENTS
    return DATES if kind.startswith("date") else OTHER


def _listed(expected: str) -> str:
    """What may be written, one after the other: of ``'walk', 'bus' or 'car'`` as pydantic says it, walk, bus, car."""
    return ", ".join(re.findall("'([^']*)'", expected)) or expected


def _pointer(location: Sequence[Any]) -> str:
    """JSON pointer without the leading parts that only say in which argument of the view the value lies."""
    parts = [str(part) for part in location]
    if parts and parts[0] == "file":
        parts = parts[1:]
    elif parts and parts[0] in {"body", "form"}:
        parts = parts[2:]
    elif parts and parts[0] in {"query", "path", "header", "cookie"}:
        own = (
            2 if len(location) > 2 and isinstance(location[-1], int) else 1
        )  # the second value of a list: kind/1
        parts = parts[:1] + parts[1:][-own:]
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)


class _Known(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"
