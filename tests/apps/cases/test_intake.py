"""What a door may bring in: every fault at once, with its place, a stable code and a sentence that says what to do."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.cases.rules.intake import BadIntake, Intake, read_intake
from tests.factories.intake import body

TODAY = date(2026, 3, 2)
PLACES = {"140581", "140502", "330103"}


def read(sent: object) -> Intake:
    return read_intake(sent, place_known=PLACES.__contains__, today=TODAY)


def faults(sent: object) -> list[tuple[str, str]]:
    with pytest.raises(BadIntake) as bad:
        read(sent)
    for fault in bad.value.faults:
        assert set(fault["message"]) == {"zh", "en"}
        assert all(fault["message"].values())
    return [(fault["path"], fault["code"]) for fault in bad.value.faults]


def person(**changes: Any) -> dict[str, Any]:
    return {"name": "田某某", "phone": "13800000000", **changes}


def test_a_plain_application_is_taken() -> None:
    intake = read(body(ended_on="2026-01-31", worked={"from": "2025-03", "to": "2026-01-31"}, workers=26))
    assert (intake.kind, intake.place, intake.amount_fen, intake.workers) == ("aid", "140581", 520_000, 26)
    assert intake.ended_on == date(2026, 1, 31)


def test_a_report_needs_a_name_a_number_and_one_sentence_or_a_place() -> None:
    short = {"door": "web", "kind": "report", "applicant": person(), "consent": True}
    assert read({**short, "story": {"text": "老板跑了"}}).items == ("wages",)
    assert read({**short, "place": "140581"}).place == "140581"
    assert faults(short) == [("/story", "required")]


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        (
            {"applicant": {"resident_id": "110105194912310021"}},
            "/applicant/resident_id",
            "invalid_resident_id",
        ),
        ({"applicant": {"resident_id": "1101051949123100"}}, "/applicant/resident_id", "invalid_resident_id"),
        ({"applicant": {"phone": "1380000000a"}}, "/applicant/phone", "invalid_phone"),
        ({"applicant": {"phone": "12345"}}, "/applicant/phone", "invalid_phone"),
        ({"applicant": {"phone": 13800000000}}, "/applicant/phone", "invalid_type"),
        ({"applicant": {"phone": ""}}, "/applicant/phone", "required"),
        ({"applicant": {"name": "<script>alert(1)</script>"}}, "/applicant/name", "invalid_name"),
        ({"applicant": {"name": "田\u0000某"}}, "/applicant/name", "invalid_characters"),
        ({"applicant": {"name": "田\u202e某"}}, "/applicant/name", "invalid_characters"),
        ({"applicant": {"name": "田" * 101}}, "/applicant/name", "too_long"),
        ({"applicant": {"name": "  "}}, "/applicant/name", "required"),
        ({"applicant": {"languages": ["chinese!"]}}, "/applicant/languages/0", "invalid_code"),
        ({"applicant": {"needs": "sign"}}, "/applicant/needs", "invalid_type"),
        ({"applicant": {"safe_contact": {"hours": "6pm"}}}, "/applicant/safe_contact/hours", "invalid_hours"),
        (
            {"applicant": {"safe_contact": {"may_call": "no"}}},
            "/applicant/safe_contact/may_call",
            "invalid_type",
        ),
        ({"applicant": {"safe_contact": {"calls": True}}}, "/applicant/safe_contact/calls", "unknown_key"),
        ({"place": "999999"}, "/place", "unknown_place"),
        ({"place": "１４０５８１"}, "/place", "unknown_place"),
        ({"place": None}, "/place", "required"),
        ({"items": []}, "/items", "required"),
        ({"items": ["gold"]}, "/items/0", "invalid_choice"),
        ({"items": "wages"}, "/items", "invalid_type"),
        ({"workers": 0}, "/workers", "out_of_range"),
        ({"workers": 100_001}, "/workers", "out_of_range"),
        ({"workers": "26"}, "/workers", "invalid_type"),
        ({"workers": True}, "/workers", "invalid_type"),
        ({"workers": 2.5}, "/workers", "invalid_type"),
        ({"amount_claimed": "-1.00"}, "/amount_claimed", "invalid_money"),
        ({"amount_claimed": "5200"}, "/amount_claimed", "invalid_money"),
        ({"amount_claimed": "1e9"}, "/amount_claimed", "invalid_money"),
        ({"amount_claimed": 5200}, "/amount_claimed", "invalid_type"),
        ({"amount_claimed": "0.00"}, "/amount_claimed", "out_of_range"),
        ({"amount_claimed": "9999999999999.00"}, "/amount_claimed", "out_of_range"),
        ({"ended_on": "2026-02-30"}, "/ended_on", "invalid_date"),
        ({"ended_on": "20260228"}, "/ended_on", "invalid_date"),
        ({"ended_on": "1899-01-01"}, "/ended_on", "invalid_date"),
        ({"ended_on": "2026-03-03"}, "/ended_on", "in_future"),
        ({"worked": {"from": "2026-13"}}, "/worked/from", "invalid_date"),
        ({"worked": {"from": "2026-02-30"}}, "/worked/from", "invalid_date"),
        ({"worked": {"from": "2025-06", "to": "2025-05"}}, "/worked/to", "out_of_order"),
        ({"worked": {"to": "2026-04"}}, "/worked/to", "in_future"),
        ({"relation": "slave"}, "/relation", "invalid_choice"),
        ({"respondents": [{"uscc": "91140000MA0000000A"}]}, "/respondents/0/uscc", "invalid_uscc"),
        ({"respondents": [{"role": "boss"}]}, "/respondents/0/role", "invalid_choice"),
        ({"respondents": [{"name": "<b>"}]}, "/respondents/0/name", "invalid_name"),
        ({"respondents": ["甲公司"]}, "/respondents/0", "invalid_type"),
        ({"respondents": [{}] * 51}, "/respondents", "too_many"),
        ({"story": {"text": "x" * 20_001}}, "/story/text", "too_long"),
        ({"story": "没给钱"}, "/story", "invalid_type"),
        ({"story": {"text": "甲", "language": "Chinese"}}, "/story/language", "invalid_language"),
        ({"helper": {"name": "帮办"}}, "/helper/phone", "required"),
        ({"door": "window"}, "/door", "invalid_choice"),
        ({"kind": "wish"}, "/kind", "invalid_choice"),
        ({"consent": "yes"}, "/consent", "required"),
        ({"consent": None}, "/consent", "required"),
        ({"salary": 1}, "/salary", "unknown_key"),
        ({"a/b~c": 1}, "/a~1b~0c", "unknown_key"),
    ],
)
def test_bad_input_is_told_with_its_place(changes: dict[str, Any], path: str, code: str) -> None:
    assert (path, code) in faults(body(**changes))


@pytest.mark.parametrize("sent", [None, [], "aid", 3, True])
def test_something_else_than_an_object_is_told(sent: object) -> None:
    assert faults(sent) == [("", "invalid_type")]


def test_every_fault_is_told_at_once() -> None:
    found = faults({"door": "web", "kind": "aid", "applicant": {"name": "", "phone": "1"}, "workers": 0})
    assert {path for path, _ in found} == {
        "/applicant/name", "/applicant/phone", "/workers", "/items", "/place", "/consent",
    }  # fmt: skip


def test_nothing_at_all_names_what_is_needed() -> None:
    assert {("/door", "required"), ("/kind", "required"), ("/applicant", "required")} <= set(faults({}))


def test_names_of_every_people_are_names() -> None:
    for name in ("阿依古丽·买买提", "次仁多吉", "李㛃", "O'Neill Smith-Jones", "𠮷田"):
        assert read(body(applicant={"name": name})).applicant.name == name


def test_words_are_trimmed_and_made_one_form() -> None:
    assert read(body(applicant={"name": " Jose\u0301 "})).applicant.name == "José"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = [*body(), "helper", "worked", "relation", "ended_on"]


@given(st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=6), json_values, max_size=10), st.booleans())
def test_whatever_comes_is_taken_or_told_never_a_crash(sent: dict[str, Any], whole: bool) -> None:
    told = {**body(), **sent} if whole else sent
    try:
        read(told)
    except BadIntake as bad:
        assert json.dumps(bad.faults, ensure_ascii=True) != "[]"  # noqa: PT017 - either way is right
