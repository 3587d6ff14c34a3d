"""Long and broken chains of a building project: who hired, who only stood in between, who pays first."""

from __future__ import annotations

from typing import Any

import pytest

from nuanxin.law import answer

LICENSED, UNLICENSED, PERSON = "licensed_unit", "unlicensed_unit", "individual"


def party(id_: str, role: str, kind: str = LICENSED, by: str | None = None, **rest: Any) -> dict[str, Any]:
    return {"id": id_, "role": role, "kind": kind, **({"engaged_by": by} if by else {}), **rest}


def ask(*parties: dict[str, Any], last: str = "2026-06-30", **rest: Any) -> dict[str, Any]:
    period = {"from": last[:4] + "-01-01", "to": last}
    return answer("liability", {"arrears": "130000.00", "period": period, "parties": list(parties), **rest})


def told(found: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(one["id"], one["ground"], one["share"]) for one in found["respondents"]]


def refused(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["id"], one["ground"]) for one in found["refused"]]


OWNER = party("owner", "owner", paid_in_full=True)
GC = party("gc", "general_contractor", by="owner")


@pytest.mark.parametrize(
    ("kind", "ground", "share"), [(PERSON, "other", "joint"), (UNLICENSED, "17", "direct")]
)
def test_an_owner_that_gave_the_whole_project_to_one_without_a_licence_pays(
    kind: str, ground: str, share: str
) -> None:
    # 36(1) speaks of giving out (发包) as well as of subletting (分包); that it paid the contractor is no excuse
    found = ask(OWNER, party("gc", "general_contractor", kind, by="owner"))
    assert told(found) == [("owner", "36(1)", "direct"), ("gc", ground, share)]
    assert refused(found) == []


def test_an_unlicensed_subcontractor_makes_the_general_contractor_pay_outright() -> None:
    found = ask(OWNER, GC, party("sub", "subcontractor", UNLICENSED, by="gc"))
    assert told(found) == [("gc", "36(1)", "direct"), ("sub", "17", "direct")]


def test_a_person_who_hired_under_the_general_contractor() -> None:
    found = ask(OWNER, GC, party("boss", "employer", PERSON, by="gc"))
    assert told(found) == [("gc", "36(1)", "direct"), ("boss", "other", "joint")]


def test_who_stands_between_two_licensed_units_did_not_hire() -> None:
    found = ask(OWNER, GC, party("sub", "subcontractor", by="gc"), party("firm", "subcontractor", by="sub"))
    assert told(found) == [("gc", "30(3)", "pays_first"), ("firm", "16", "direct")]
    assert ("sub", "16") in refused(found)


def test_a_subcontractor_that_passed_its_contract_on_whole() -> None:
    found = ask(
        OWNER,
        GC,
        party("sub", "subcontractor", by="gc", recontracted=True),
        party("firm", "subcontractor", by="sub"),
    )
    assert told(found) == [("gc", "30(4)", "pays_first"), ("firm", "16", "direct")]


def test_work_sublet_between_firms_outside_building() -> None:
    # the worker's employer is the firm that hired; the one that gave out the work to a licensed firm is not liable
    found = ask(party("giver", "employer"), party("firm", "employer", by="giver"))
    assert told(found) == [("firm", "16", "direct")]
    assert refused(found) == [("giver", "16")]


def test_a_gang_under_a_gang() -> None:
    # only a unit can be the organisation that gave work to a person (劳动合同法 94): the upper leader owes as a person
    found = ask(
        OWNER,
        GC,
        party("sub", "subcontractor", by="gc"),
        party("upper", "team_leader", PERSON, by="sub"),
        party("lower", "team_leader", PERSON, by="upper"),
    )
    assert told(found) == [
        ("gc", "30(3)", "pays_first"),
        ("sub", "19(1)", "joint"),
        ("upper", "other", "joint"),
        ("lower", "other", "joint"),
    ]


def test_a_subcontractor_on_paper_that_lent_its_name_does_not_free_the_general_contractor() -> None:
    found = ask(
        OWNER,
        GC,
        party("lender", "name_lender", by="gc"),
        party("leader", "team_leader", PERSON, by="lender"),
    )
    assert told(found) == [
        ("gc", "30(3)", "pays_first"),
        ("lender", "36(2)", "direct"),
        ("leader", "other", "joint"),
    ]


def test_what_is_refused_under_the_earlier_law_cites_that_law() -> None:
    found = ask(party("giver", "employer"), party("firm", "employer", by="giver"), last="2019-12-31")
    assert refused(found) == [("giver", "other")]
    assert {basis["instrument"] for basis in found["basis"]} == {"劳动合同法"}
