"""The keys of every answer, to the letter, and the kind of value behind each: others read them by name."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from nuanxin.law import answer

DAY = re.compile(r"\d{4}-\d\d-\d\d")
MONEY = re.compile(r"\d+\.\d\d")
PARTIES = [
    {
        "id": "owner",
        "role": "owner",
        "kind": "licensed_unit",
        "caused_arrears": True,
        "unpaid_to_next": "5.00",
    },
    {"id": "gc", "role": "general_contractor", "kind": "licensed_unit", "engaged_by": "owner"},
    {"id": "sub", "role": "subcontractor", "kind": "licensed_unit", "engaged_by": "gc"},
    {"id": "leader", "role": "team_leader", "kind": "individual"},
]
ASKED: list[tuple[str, dict[str, Any], set[str]]] = [
    ("period", {"rule": "court.appeal_ruling", "start": "2026-03-02"}, {"strict", "rolled", "act_by", "day_kind"}),
    ("payday", {"agreed": "2026-03-15"}, {"due_by"}),
    (
        "limitation",
        {"claim": "wages", "as_of": "2026-03-02", "relation_ended_on": "2025-03-10"},
        {"status", "strict", "rolled", "days_left", "trail"},
    ),
    (
        "limitation",
        {
            "claim": "iou", "as_of": "2026-03-02", "due_on": "2025-03-10",
            "filed_on": "2026-03-02", "pleaded": "never",
        },
        {"status", "strict", "rolled", "days_left", "trail", "in_time", "pleadable", "warnings"},
    ),
    (
        "liability",
        {"arrears": "1.00", "period": {"from": "2026-01-01", "to": "2026-02-28"}, "parties": PARTIES},
        {"respondents", "refused", "unknown"},
    ),
    (
        "aid",
        {
            "received_on": "2026-03-02",
            "applicant": {"migrant_worker": True, "status_document": True},
            "items": ["wages", "severance"],
        },
        {"in_scope", "out_of_scope", "means", "aid_first", "review_by", "assign_within"},
    ),
    ("group", {"workers": 12, "forum": "court"}, {"representatives"}),
    ("fees", {"kind": "payment_order", "amount": "8000.00"}, {"amount"}),
    ("retirement", {"sex": "male", "born_on": "1965-01-17"}, {"on"}),
    ("identifier", {"kind": "region", "value": "110103"}, {"valid", "normalised", "warnings"}),
    (
        "final_award",
        {
            "place": "110105",
            "applied_on": "2026-03-02",
            "items": [{"id": "a", "kind": "wages", "amount": "1.00"}],
        },
        {"line", "items"},
    ),
    (
        "crime",
        {"place": "430000", "workers": [{"months": 3, "amount": "9000.00"}], "government_order": True},
        {"amount_met", "met", "route", "thresholds"},
    ),
]  # fmt: skip
NEEDING: list[tuple[str, dict[str, Any], str]] = [
    ("limitation", {"claim": "wages", "as_of": "2026-03-02"}, "/relation_ended_on"),
    ("limitation", {"claim": "wages", "as_of": "2026-03-02", "still_employed": False}, "/relation_ended_on"),
    ("limitation", {"claim": "double_wage", "as_of": "2026-03-02", "relation_ended_on": "2025-05-06"}, "/knew_on"),
    ("limitation", {"claim": "iou", "as_of": "2026-03-02"}, "/due_on"),
    ("limitation", {"claim": "inspection_complaint", "as_of": "2026-03-02"}, "/breach_ended_on"),
    ("retirement", {"sex": "female", "born_on": "1980-01-01"}, "/post"),
    (
        "final_award",
        {
            "place": "540000",
            "applied_on": "2026-03-02",
            "items": [{"id": "a", "kind": "wages", "amount": "1.00"}],
        },
        "/minimum_wage",
    ),
    (
        "crime",
        {"place": "540000", "workers": [{"months": 9, "amount": "900000.00"}], "government_order": True},
        "/place",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("topic", "asked", "keys"), ASKED)
def test_an_answer_has_the_keys_of_the_contract_and_no_others(
    topic: str, asked: dict[str, Any], keys: set[str]
) -> None:
    found = answer(topic, asked)
    assert found.keys() == keys | {"basis", "explanation"}
    for entry in found["basis"]:
        assert entry["instrument"]
        assert entry["article"]
        assert DAY.fullmatch(entry["checked"])


@pytest.mark.parametrize(("topic", "asked", "path"), NEEDING)
def test_where_a_deciding_fact_is_missing_it_is_named_and_no_figure_given(
    topic: str, asked: dict[str, Any], path: str
) -> None:
    found = answer(topic, asked)
    assert found.keys() == {"needs", "basis", "explanation"}
    assert [need["path"] for need in found["needs"]] == [path]
    assert not MONEY.search(json.dumps(found["needs"]))


def test_counts_are_numbers_and_money_is_text() -> None:
    by_topic = {topic: answer(topic, asked) for topic, asked, _ in ASKED}
    assert type(by_topic["aid"]["assign_within"]) is int
    assert all(type(count) is int for count in by_topic["group"]["representatives"].values())
    assert type(by_topic["limitation"]["days_left"]) is int
    assert MONEY.fullmatch(by_topic["fees"]["amount"])
    assert MONEY.fullmatch(by_topic["final_award"]["line"])
    assert all(MONEY.fullmatch(sum_) for sum_ in by_topic["crime"]["thresholds"].values())


def test_the_inner_keys_of_an_answer() -> None:
    by_topic = {topic: answer(topic, asked) for topic, asked, _ in ASKED}
    assert by_topic["aid"]["means"].keys() == {"outcome", "exempt_items", "other_items"}
    assert by_topic["aid"]["aid_first"] == {"allowed": False, "ground": None}
    assert by_topic["limitation"]["trail"][0].keys() == {"on", "effect", "ends"}
    assert by_topic["limitation"]["warnings"] == [{"code": "calendar_missing", "year": 2028}]
    assert by_topic["final_award"]["items"] == [{"id": "a", "final": True}]
    liability = by_topic["liability"]
    assert {"id", "ground", "share", "cap", "basis"} <= liability["respondents"][0].keys()
    assert [one.keys() for one in liability["unknown"]] == [{"link", "why"}]
    assert [one["cap"] for one in liability["respondents"] if one["id"] == "owner"] == ["5.00"]
