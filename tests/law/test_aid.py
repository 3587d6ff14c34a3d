"""Legal aid: scope, means, waiver, aid first, the agency's periods."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nuanxin.law import answer
from nuanxin.law.eligibility import (
    Applicant,
    aid_first_allowed,
    in_scope,
    is_waived,
    lane,
    means,
    split_scope,
)

D = date.fromisoformat


def ask(*items: str, received: str = "2026-03-02", **rest: Any) -> dict[str, Any]:
    """``rest``: keys of the applicant, or of the question where they belong there."""
    outer = {
        key: rest.pop(key) for key in ("place", "limitation_ends_on", "needs_preservation") if key in rest
    }
    applicant = {"migrant_worker": True, "status_document": True, **rest}
    question: dict[str, Any] = {"received_on": received, "applicant": applicant, "items": list(items)}
    return answer("aid", question | outer)


def articles(found: dict[str, Any]) -> set[str]:
    return {basis["article"] for basis in found["basis"]}


@pytest.mark.parametrize("item", ["wages", "overtime", "minimum_wage", "work_injury"])
def test_pay_and_work_injury_are_waived_with_the_document(item: str) -> None:
    found = ask(item)
    assert found["in_scope"] == [item]
    assert found["means"] == {"outcome": "exempt", "exempt_items": [item], "other_items": []}
    assert "42(3)" in articles(found)


@pytest.mark.parametrize(
    "item",
    [
        "severance",
        "unlawful_termination",
        "double_wage",
        "social_insurance",
        "labour_relationship",
        "annual_leave",
    ],
)
def test_other_labour_claims_are_in_scope_but_not_waived(item: str) -> None:
    found = ask(item)
    assert found["in_scope"] == [item]
    assert found["means"] == {"outcome": "check_or_undertaking", "exempt_items": [], "other_items": [item]}


def test_a_mixed_application_is_split_visibly() -> None:
    found = ask("wages", "severance", "wages")
    assert found["means"] == {
        "outcome": "check_or_undertaking", "exempt_items": ["wages"], "other_items": ["severance"],
    }  # fmt: skip


def test_what_is_no_labour_claim_is_out_of_scope() -> None:
    found = ask("wages", "project_payment")
    assert (found["in_scope"], found["out_of_scope"]) == (["wages"], ["project_payment"])
    alone = ask("other")
    assert (alone["in_scope"], alone["out_of_scope"]) == ([], ["other"])
    assert "不在法律援助范围" in alone["explanation"]["zh"]


def test_without_the_document_the_waiver_waits_for_it() -> None:
    found = ask("wages", status_document=False)
    assert found["means"]["outcome"] == "document_needed"
    assert found["means"]["exempt_items"] == ["wages"]


def test_an_undertaking_takes_the_documents_place() -> None:
    found = ask("wages", status_document=False, undertaking=True)
    assert found["means"]["outcome"] == "check_or_undertaking"


def test_who_is_no_migrant_worker_goes_through_the_means_step() -> None:
    found = ask("wages", migrant_worker=False)
    assert found["means"] == {"outcome": "check_or_undertaking", "exempt_items": [], "other_items": ["wages"]}


@pytest.mark.parametrize(("group", "article"), [("special_group", "42(1)"), ("social_assistance", "42(2)")])
def test_a_person_exempt_as_such_is_exempt_for_everything(group: str, article: str) -> None:
    exempt: dict[str, Any] = {group: True}
    found = ask("wages", "severance", migrant_worker=False, **exempt)
    assert found["means"]["outcome"] == "exempt"
    assert found["means"]["exempt_items"] == ["wages", "severance"]
    assert article in articles(found)


def test_an_unknown_status_is_asked_for_only_where_it_matters() -> None:
    assert (
        ask("wages", migrant_worker=None, status_document=False)["needs"][0]["path"]
        == "/applicant/migrant_worker"
    )
    assert "needs" not in ask("severance", migrant_worker=None, status_document=False)
    assert "needs" not in ask("wages", migrant_worker=None, status_document=False, special_group=True)
    assert "needs" not in ask("wages", migrant_worker=None)  # the document settles it


@pytest.mark.parametrize(
    ("ends", "preserve", "ground"),
    [
        ("2026-03-08", False, "44(1)"),  # six days left
        ("2026-03-09", False, None),  # exactly seven do not qualify (不足七日)
        ("2026-03-02", False, "44(1)"),  # the last day itself
        ("2026-03-01", False, None),  # already over: nothing left to save
        ("2026-03-09", True, "44(2)"),
        ("2026-03-08", True, "44(1)"),
        (None, True, "44(2)"),
        (None, False, None),
    ],
)
def test_aid_first(ends: str | None, preserve: bool, ground: str | None) -> None:
    asked: dict[str, Any] = {"needs_preservation": preserve}
    if ends is not None:
        asked["limitation_ends_on"] = ends
    found = ask("wages", **asked)
    assert found["aid_first"] == {"allowed": ground is not None, "ground": ground}
    assert ground is None or ground in articles(found)
    typed = aid_first_allowed(
        limitation_ends_on=D(ends) if ends else None, today=D("2026-03-02"), needs_preservation=preserve
    )
    assert typed == ground


@pytest.mark.parametrize(
    ("place", "received", "review_by"),
    [
        (None, "2026-03-02", "2026-03-09"),  # Mon + 7
        (None, "2026-02-10", "2026-02-17"),  # falls on New Year's Day: the agency acts by the strict day
        ("110105", "2026-03-02", "2026-03-09"),  # Beijing: five working days, the same Monday
        (
            "330110",
            "2026-03-02",
            "2026-03-09",
        ),  # Zhejiang gives seven working days; the Act's seven days end first
        # Beijing, Thu 29 Jan 2026: five working days end Thu 5 Feb, as do seven days
        ("110105", "2026-01-29", "2026-02-05"),
        # Beijing, Fri 8 May 2026: Sat 9 is worked, so five working days end Thu 14 May, before Fri 15
        ("110105", "2026-05-08", "2026-05-14"),
    ],
)
def test_the_agency_reviews_by_the_earlier_of_nation_and_province(
    place: str | None, received: str, review_by: str
) -> None:
    where = {} if place is None else {"place": place}
    found = ask("wages", received=received, **where)
    assert (found["review_by"], found["assign_within"]) == (review_by, 3)


def test_an_unpublished_year_is_an_error_where_the_province_counts_working_days() -> None:
    found = ask("wages", place="110105", received="2026-12-28")
    assert [(fault["path"], fault["code"]) for fault in found["errors"]] == [
        ("/received_on", "calendar_missing")
    ]
    assert ask("wages", received="2026-12-28")["review_by"] == "2027-01-04"


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (["wages"], "green"),
        (["wages", "overtime", "minimum_wage", "work_injury"], "green"),
        (["severance"], "ordinary"),
        (["labour_relationship", "other"], "ordinary"),
        (["wages", "severance"], "mixed"),
        ([], "ordinary"),
    ],
)
def test_the_lane_turns_on_the_items_alone(items: list[str], expected: str) -> None:
    assert lane(items) == expected


def test_typed_functions() -> None:
    assert in_scope("wages")
    assert not in_scope("project_payment")
    assert is_waived("work_injury")
    assert split_scope(["other", "wages"]) == (["wages"], ["other"])
    assert means(Applicant(migrant_worker=True, status_document=True), []).outcome == "check_or_undertaking"
    with pytest.raises(KeyError):
        in_scope("weather")


def test_an_item_nobody_knows_is_refused() -> None:
    assert [fault["path"] for fault in ask("wages", "gold")["errors"]] == ["/items/1"]
