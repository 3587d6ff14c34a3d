"""Texts: places, optional parts, segments; and every message of the catalogue."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.notices.rules.catalogue import CATALOGUE, DISCREET_SIGNATURE, LANGUAGES, SIGNATURE, Message
from nuanxin.notices.rules.rendering import BadText, check_text, render, segments

# The longest values that really occur.
VALUES = {
    "number": "NX14-00123456-7",
    "by": "2026-03-05 17:00",
    "code": "ABCD2345",
    "money": "1,234,567.00",
    "step_zh": "劳动仲裁已开庭",
    "step_en": "heard by the arbitration commission",
    "day_zh": "2026年12月31日",
    "day_en": "31 December 2026",
    "when_zh": "2026年12月31日09:30",
    "when_en": "31 December 2026, 09:30",
    "place": "市仲裁院三楼",
    "until": "31 December 2026",
    "month": "2026-12",
    "day": "2026-12-31",
    "other": "2026-12-30",
    "right": "不服裁决起诉最晚2026年12月31日",
    "contest": "不服最晚2026年12月31日起诉",
    "now_zh": "律师在办，最晚2026-03-05 17:00向您说一次进展。",
    "now_en": "Your lawyer is working on it and reports by 2026-03-05 17:00 at the latest.",
    "next_zh": "",
    "next_en": "",
    "task_zh": "审查",
    "task_en": "review",
    "site": "https://www.example.gov.cn",
}
messages = pytest.mark.parametrize("message", CATALOGUE.values(), ids=list(CATALOGUE))


@messages
@pytest.mark.parametrize("discreet", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_can_be_written_and_fits_two_sms(
    message: Message, language: str, discreet: bool
) -> None:
    signature = (DISCREET_SIGNATURE if discreet else SIGNATURE)[language]
    text = signature + render(message.text(language, discreet=discreet), VALUES)
    assert segments(text) <= 2
    assert not set("{}[") & set(text.removeprefix(signature))


@messages
def test_most_chinese_texts_are_one_sms(message: Message) -> None:
    two = {"received_aid", "received_report", "received_question", "follow_answer", "follow_unknown"}
    text = SIGNATURE["zh"] + render(message.zh, VALUES)
    assert segments(text) == 1 or message.key in two


@messages
def test_without_a_date_every_sentence_is_whole(message: Message) -> None:
    values = {**VALUES, "by": ""}
    for language in LANGUAGES:
        text = render(message.text(language), values)
        assert "by ." not in text
        assert "，前" not in text
        assert "  " not in text


@messages
def test_a_discreet_text_does_not_show_what_it_is_about(message: Message) -> None:
    telling = (
        "薪",
        "工资",
        "欠",
        "法律",
        "援助",
        "律师",
        "仲裁",
        "案",
        "wage",
        "legal",
        "lawyer",
        "claim",
        "money",
        "aid",
    )
    for language in LANGUAGES:
        text = (DISCREET_SIGNATURE[language] + message.text(language, discreet=True)).lower()
        assert not [word for word in telling if word in text]


@messages
def test_a_discreet_text_says_how_to_look(message: Message) -> None:
    if message.key in {"follow_unknown", "offer_waiting", "task_due"} or message.key.startswith(
        ("ring_back_", "duty_", "hotline_")
    ):
        return  # an answer to who looked just now; messages to staff, who have a desk; calls have no case
    for language in LANGUAGES:
        text = message.text(language, discreet=True)
        assert "{number}" in text
        assert "{site}/f" in text
        assert ("{by}" in text) == ("{by}" in message.text(language))


def test_a_report_of_unpaid_wages_is_called_by_its_name() -> None:
    assert "线索" not in CATALOGUE["received_report"].zh


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("{a}和{b}", {"a": "1", "b": "2"}, "1和2"),
        ("好[，{by}前]。", {"by": "周五"}, "好，周五前。"),
        ("好[，{by}前]。", {"by": ""}, "好。"),
        ("[{a}]{b}[{c}]", {"a": "", "b": "2", "c": "3"}, "23"),
        ("{a}", {"a": "{b} [x]"}, "{b} [x]"),  # a value is never read as text with places
        ("【暖薪】{a}", {"a": "1", "other": "2"}, "【暖薪】1"),
    ],
)
def test_places_and_optional_parts(text: str, values: dict[str, str], expected: str) -> None:
    assert render(text, values) == expected


def test_a_missing_value_is_named() -> None:
    with pytest.raises(BadText, match="by"):
        render("{number}，{by}前", {"number": "1"})


@pytest.mark.parametrize(
    "text", ["{name}", "{", "}", "{Number}", "{number!r}", "[", "]", "[a[b]]", "{number"]
)
def test_bad_texts_are_refused(text: str) -> None:
    with pytest.raises(BadText):
        check_text(text, frozenset({"number"}))


@given(st.text(max_size=60))
def test_a_text_that_passes_can_be_rendered(text: str) -> None:
    try:
        check_text(text, frozenset({"a", "b"}))
    except BadText:
        return
    assert isinstance(render(text, {"a": "x", "b": ""}), str)


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 1), ("中" * 70, 1), ("中" * 71, 2), ("中" * 134, 2), ("中" * 135, 3), ("a" * 160, 1), ("a" * 161, 2),
     ("a" * 69 + "中", 1), ("a" * 70 + "中", 2), ("𠮷" * 35, 1), ("𠮷" * 36, 2)],
)  # fmt: skip
def test_segments_are_counted_as_they_are_charged(text: str, count: int) -> None:
    assert segments(text) == count
