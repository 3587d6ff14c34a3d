"""One door for every question: faults all at once, unknown keys refused, never an exception."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nuanxin.law import BadQuestion, answer, ask, question
from nuanxin.law.topics import TOPICS

# one good question for each topic
GOOD: dict[str, dict[str, Any]] = {
    "period": {"rule": "legal_aid.review", "start": "2026-03-02"},
    "payday": {"agreed": "2026-03-15"},
    "limitation": {"claim": "wages", "as_of": "2026-03-02", "relation_ended_on": "2025-10-01"},
    "aid": {
        "received_on": "2026-03-02",
        "applicant": {"migrant_worker": True, "status_document": True},
        "items": ["wages"],
    },
    "identifier": {"kind": "mobile", "value": "13812345678"},
    "group": {"workers": 26, "forum": "arbitration"},
    "liability": {
        "arrears": "130000.00",
        "period": {"from": "2026-01-01", "to": "2026-02-28"},
        "parties": [{"id": "a", "role": "employer", "kind": "licensed_unit"}],
    },
    "final_award": {
        "place": "110000",
        "applied_on": "2026-03-02",
        "items": [{"id": "1", "kind": "wages", "amount": "100.00"}],
    },
    "crime": {"place": "430000", "workers": [{"months": 3, "amount": "9000.00"}], "government_order": True},
    "fees": {"kind": "labour_suit", "amount": "100.00"},
    "retirement": {"sex": "male", "born_on": "1970-01-01"},
    "overtime": {"month_base": "5000.00", "hours": {"workday": 10.5}},
    "severance": {
        "started_on": "2020-03-01",
        "ended_on": "2024-09-30",
        "end_reason": "layoff",
        "average_wage": "6000.00",
    },
    "double_wage": {"started_on": "2025-03-01", "as_of": "2026-03-02", "monthly_wage": "5000.00"},
    "interest": {"kind": "enforcement_default", "principal": "100.00", "days": 30},
    "arrears": {"pay": {"basis": "day", "amount": "300.00"}, "days": 26, "paid": ["1000.00"]},
    "minimum_wage": {"paid": "2000.00", "place": "110105", "month": "2026-03"},
    "deduction": {"wage": "5000.00", "minimum": "2540.00", "deducted": "1500.00"},
    "annual_leave": {"month_wage": "6000.00", "entitled_days": 5, "continuous_12_months": True},
    "extra_compensation": {"due": "1000.00", "order": {"number": "1", "complied": False}},
    "injury": {"grade": 10, "month_wage": "6000.00", "local_average_wage": "9000.00"},
    "claim": {
        "as_of": "2026-03-10",
        "place": "110105",
        "relation": "employment",
        "ended_on": "2026-02-10",
        "arrears": {"pay": {"basis": "day", "amount": "300.00"}, "days": 26},
    },
}


def codes(topic: str, asked: object) -> dict[str, str]:
    return {fault["path"]: fault["code"] for fault in answer(topic, asked)["errors"]}


def test_every_topic_has_a_good_question_here() -> None:
    assert GOOD.keys() == TOPICS.keys()


@pytest.mark.parametrize("topic", GOOD)
def test_every_answer_carries_basis_and_explanation_in_both_languages(topic: str) -> None:
    found = answer(topic, GOOD[topic])
    assert found["basis"]
    assert all(entry.keys() == {"instrument", "article", "checked", "mark"} for entry in found["basis"])
    assert found["explanation"].keys() == {"zh", "en"}
    assert all(found["explanation"].values())


@pytest.mark.parametrize("topic", GOOD)
def test_an_unknown_key_is_refused_everywhere(topic: str) -> None:
    assert codes(topic, {**GOOD[topic], "colour": 1}) == {"/colour": "unknown_key"}


@pytest.mark.parametrize("topic", GOOD)
@pytest.mark.parametrize("asked", [None, [], "x", 1, True])
def test_a_question_is_an_object(topic: str, asked: object) -> None:
    assert codes(topic, asked) == {"": "invalid_type"}


@pytest.mark.parametrize("topic", GOOD)
def test_every_needed_key_is_asked_for_at_once(topic: str) -> None:
    missing = codes(topic, {})
    assert set(missing.values()) == {"required"}
    assert {f"/{key}" for key in TOPICS[topic].shape.needed} <= missing.keys()


def test_an_unknown_topic_names_those_there_are() -> None:
    found = answer("weather", {})
    assert found["errors"][0]["code"] == "unknown_topic"
    assert "limitation" in found["errors"][0]["message"]


def test_every_fault_is_told_at_once_with_its_pointer() -> None:
    asked = {
        "arrears": "-5.00",
        "period": {"from": "2026-13-01", "to": "2026-02-30", "why": "x"},
        "parties": [
            {"id": "a", "role": "boss", "kind": "licensed_unit"},
            {"role": "owner", "kind": 5, "a/b~c": 1},
            "nobody",
        ],
        "claimed_profit": 12,
    }
    assert codes("liability", asked) == {
        "/arrears": "invalid_money",
        "/period/from": "invalid_date",
        "/period/to": "invalid_date",
        "/period/why": "unknown_key",
        "/parties/0/role": "invalid_choice",
        "/parties/1/id": "required",
        "/parties/1/kind": "invalid_choice",
        "/parties/1/a~1b~0c": "unknown_key",
        "/parties/2": "invalid_type",
        "/claimed_profit": "invalid_money",
    }


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("2026-02-29", "invalid_date"),
        ("2026-2-3", "invalid_date"),
        ("20260203", "invalid_date"),
        ("２０２６-01-01", "invalid_date"),
        (20260203, "invalid_date"),
        (None, "invalid_date"),
        ("1899-12-31", "out_of_range"),
        ("2200-01-01", "out_of_range"),
    ],
)
def test_a_day_that_is_none_is_refused(value: object, code: str) -> None:
    assert codes("payday", {"agreed": value}) == {"/agreed": code}


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("12", "invalid_money"),
        ("12.5", "invalid_money"),
        ("12.345", "invalid_money"),
        ("-1.00", "invalid_money"),
        ("1,000.00", "invalid_money"),
        ("1e5", "invalid_money"),
        ("１.00", "invalid_money"),
        ("1.00\n", "invalid_money"),
        (12, "invalid_money"),
        ("1000000000000.01", "out_of_range"),
    ],
)
def test_money_is_a_string_with_two_decimals(value: object, code: str) -> None:
    assert codes("fees", {"kind": "property_suit", "amount": value}) == {"/amount": code}


@pytest.mark.parametrize("value", ["11010", "1101055", "990000", 110105, "11010a"])
def test_a_place_is_six_digits_in_a_province(value: object) -> None:
    assert codes("period", {**GOOD["period"], "place": value}) == {"/place": "unknown_place"}


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (0, "out_of_range"),
        (100_001, "out_of_range"),
        (True, "invalid_type"),
        ("10", "invalid_type"),
        (9.5, "invalid_type"),
    ],
)
def test_a_count_is_a_whole_number_in_bounds(value: object, code: str) -> None:
    assert codes("group", {"workers": value, "forum": "court"}) == {"/workers": code}


def test_a_whole_number_may_be_written_with_a_point() -> None:
    assert answer("group", {"workers": 10.0, "forum": "court"})["representatives"] == {"min": 2, "max": 5}


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (-1, "out_of_range"),
        (float("nan"), "out_of_range"),
        (float("inf"), "out_of_range"),
        ("3", "invalid_type"),
        (True, "invalid_type"),
    ],
)
def test_a_number_is_in_bounds(value: object, code: str) -> None:
    workers = [{"months": value, "amount": "1.00"}]
    assert codes("crime", {**GOOD["crime"], "workers": workers}) == {"/workers/0/months": code}


@pytest.mark.parametrize(
    ("value", "code"), [("", "out_of_range"), ("x" * 201, "out_of_range"), (5, "invalid_type")]
)
def test_a_text_is_neither_empty_nor_endless(value: object, code: str) -> None:
    parties = [{"id": value, "role": "employer", "kind": "licensed_unit"}]
    assert codes("liability", {**GOOD["liability"], "parties": parties}) == {"/parties/0/id": code}


def test_the_value_of_an_identifier_is_any_text() -> None:
    assert codes("identifier", {"kind": "mobile", "value": 13812345678}) == {"/value": "invalid_type"}


@pytest.mark.parametrize(
    ("value", "code"), [([], "out_of_range"), (["wages"] * 101, "out_of_range"), ("wages", "invalid_type")]
)
def test_a_list_has_its_bounds(value: object, code: str) -> None:
    assert codes("aid", {**GOOD["aid"], "items": value}) == {"/items": code}


def test_a_flag_is_true_or_false() -> None:
    assert codes("fees", {**GOOD["fees"], "simplified": "yes"}) == {"/simplified": "invalid_type"}


def test_ask_raises_what_answer_tells() -> None:
    with pytest.raises(BadQuestion, match="/agreed invalid_date") as caught:
        ask("payday", {"agreed": "soon"})
    assert caught.value.errors == answer("payday", {"agreed": "soon"})["errors"]
    with pytest.raises(BadQuestion, match="/ invalid_type"):
        ask("payday", 5)


def test_an_unpublished_year_is_an_error_where_working_days_are_counted() -> None:
    asked = {"rule": "arbitration.accept", "start": "2026-12-28"}
    assert codes("period", asked) == {"/start": "calendar_missing"}
    assert "2027" in answer("period", asked)["errors"][0]["message"]


def test_messages_are_plain_text_in_both_languages() -> None:
    message = answer("payday", {"agreed": "soon"})["errors"][0]["message"]
    assert isinstance(message, str)
    assert " / " in message


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(GOOD)), st.data())
def test_no_question_however_odd_raises(topic: str, data: st.DataObject) -> None:
    asked = dict(GOOD[topic])
    for key in data.draw(st.lists(st.sampled_from(sorted(TOPICS[topic].shape.checks)), max_size=3)):
        asked[key] = data.draw(JSON)
    found = answer(topic, asked)
    assert ("errors" in found) != ("basis" in found)


def test_days_in_order_passes_over_what_is_missing() -> None:
    faults = question.Faults()
    question.in_order({}, "a", "b", faults)
    assert faults.found == []
