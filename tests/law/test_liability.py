"""Who must pay, who pays first, on which ground; what is refused and what is unknown."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.law import answer
from nuanxin.law.liability.parties import KINDS, ROLES

LICENSED, UNLICENSED, PERSON = "licensed_unit", "unlicensed_unit", "individual"


def party(id_: str, role: str, kind: str = LICENSED, by: str | None = None, **rest: Any) -> dict[str, Any]:
    return {"id": id_, "role": role, "kind": kind, **({"engaged_by": by} if by else {}), **rest}


def ask(
    *parties: dict[str, Any], first: str = "2026-01-01", last: str = "2026-06-30", **rest: Any
) -> dict[str, Any]:
    return answer(
        "liability",
        {"arrears": "130000.00", "period": {"from": first, "to": last}, "parties": list(parties), **rest},
    )


def told(found: dict[str, Any]) -> list[tuple[str, str, str, str | None]]:
    return [(one["id"], one["ground"], one["share"], one["cap"]) for one in found["respondents"]]


OWNER = party("owner", "owner")
GC = party("gc", "general_contractor", by="owner")
SUB = party("sub", "subcontractor", by="gc")
LEADER = party("leader", "team_leader", PERSON, by="sub")


class TestEmployers:
    def test_an_employer_in_arrears_pays(self) -> None:
        found = ask(party("firm", "employer"))
        assert told(found) == [("firm", "16", "direct", None)]
        assert found["unknown"] == found["refused"] == []
        assert "firm" in found["explanation"]["zh"]

    def test_a_unit_without_licence_and_its_investors_pay(self) -> None:
        found = ask(party("shop", "employer", UNLICENSED), party("boss", "investor", PERSON))
        assert told(found) == [("shop", "17", "direct", None), ("boss", "17", "joint", None)]

    def test_investors_of_a_licensed_firm_pay_only_in_some_forms(self) -> None:
        found = ask(party("firm", "employer"), party("boss", "investor", PERSON))
        assert told(found) == [("firm", "16", "direct", None)]
        assert [one["link"] for one in found["unknown"]] == ["boss"]

    def test_a_person_who_engaged_workers_owes_what_was_agreed(self) -> None:
        # the greenhouse of Yanggu: an individual, no firm above
        found = ask(party("boss", "employer", PERSON))
        assert told(found) == [("boss", "other", "direct", None)]
        assert found["unknown"] == []

    def test_work_given_to_a_person_makes_the_giver_jointly_liable(self) -> None:
        found = ask(party("firm", "employer"), party("boss", "employer", PERSON, by="firm"))
        assert told(found) == [("firm", "19(1)", "joint", None), ("boss", "other", "joint", None)]

    def test_from_september_2025_the_second_interpretation_is_cited_too(self) -> None:
        def instruments(last: str) -> set[str]:
            parties = [party("firm", "employer"), party("boss", "employer", PERSON, by="firm")]
            found = ask(*parties, first="2025-01-01", last=last)
            return {basis["instrument"] for basis in found["respondents"][0]["basis"]}

        assert "劳动争议司法解释二" in instruments("2025-09-01")
        assert "劳动争议司法解释二" not in instruments("2025-08-31")


class TestDispatch:
    @pytest.mark.parametrize(
        ("kind", "ground", "share"), [(PERSON, "other", "joint"), (UNLICENSED, "17", "direct")]
    )
    def test_the_user_unit_pays_where_the_sender_may_not_dispatch(
        self, kind: str, ground: str, share: str
    ) -> None:
        found = ask(party("plant", "user_unit"), party("sender", "dispatcher", kind, by="plant"))
        assert told(found) == [("plant", "18", "direct", None), ("sender", ground, share, None)]

    def test_a_licensed_dispatcher_is_the_employer(self) -> None:
        found = ask(party("plant", "user_unit"), party("sender", "dispatcher", by="plant"))
        assert told(found) == [("sender", "16", "direct", None)]
        assert [(one["id"], one["ground"]) for one in found["refused"]] == [("plant", "18")]

    def test_a_user_unit_that_did_the_harm_is_jointly_liable(self) -> None:
        found = ask(
            party("plant", "user_unit", caused_arrears=True), party("sender", "dispatcher", by="plant")
        )
        assert told(found) == [("sender", "16", "direct", None), ("plant", "other", "joint", None)]

    def test_the_missing_end_of_a_dispatch_is_named(self) -> None:
        assert [one["link"] for one in ask(party("sender", "dispatcher"))["unknown"]] == ["user_unit"]
        assert [one["link"] for one in ask(party("plant", "user_unit"))["unknown"]] == ["dispatcher"]


class TestBuilding:
    def test_the_general_contractor_pays_first_for_its_subcontractor(self) -> None:
        found = ask(GC | {"engaged_by": "owner"}, SUB, OWNER | {"paid_in_full": True})
        assert told(found) == [("gc", "30(3)", "pays_first", None), ("sub", "16", "direct", None)]
        assert [(one["id"], one["ground"]) for one in found["refused"]] == [("owner", "29(2)")]

    def test_even_where_it_has_paid_its_subcontractor_in_full(self) -> None:
        found = ask(
            OWNER | {"paid_in_full": True}, GC | {"paid_in_full": True, "unpaid_to_next": "0.00"}, SUB
        )
        assert told(found)[0] == ("gc", "30(3)", "pays_first", None)

    def test_the_owner_advances_up_to_what_it_still_owes(self) -> None:
        found = ask(OWNER | {"caused_arrears": True, "unpaid_to_next": "50000.00"}, GC, SUB, LEADER)
        assert told(found) == [
            ("gc", "30(3)", "pays_first", None),
            ("owner", "29(2)", "pays_first", "50000.00"),
            ("sub", "19(1)", "joint", None),
            ("leader", "other", "joint", None),
        ]

    def test_a_capped_respondent_alone_on_top_tells_its_cap(self) -> None:
        found = ask(
            OWNER | {"caused_arrears": True, "unpaid_to_next": "50000.00"},
            party("firm", "employer", by="owner"),
        )
        assert told(found)[0] == ("owner", "29(2)", "pays_first", "50000.00")
        assert "最多50000.00元" in found["explanation"]["zh"]

    @pytest.mark.parametrize(
        ("facts", "answered"),
        [
            ({}, "unknown"),
            ({"unpaid_to_next": "5.00"}, "unknown"),  # money still owed, but did that lead to the arrears?
            ({"caused_arrears": True}, "unknown"),  # how much is still owed?
            ({"caused_arrears": False}, "refused"),
            ({"caused_arrears": True, "unpaid_to_next": "0.00"}, "refused"),
            ({"paid_in_full": True}, "refused"),
        ],
    )
    def test_what_is_not_known_of_the_owner_is_said(self, facts: dict[str, Any], answered: str) -> None:
        found = ask(OWNER | facts, GC, SUB)
        assert [one[0] for one in told(found)] == ["gc", "sub"]
        assert len(found[answered]) == 1

    def test_without_planning_permission_the_owner_pays_without_a_cap(self) -> None:
        found = ask(OWNER, GC, SUB, project={"has_planning_permission": False})
        assert told(found) == [
            ("gc", "30(3)", "pays_first", None),
            ("owner", "37", "direct", None),
            ("sub", "16", "direct", None),
        ]

    def test_with_permission_it_does_not(self) -> None:
        assert "37" not in {
            one[1] for one in told(ask(OWNER, GC, SUB, project={"has_planning_permission": True}))
        }

    @pytest.mark.parametrize("kind", [PERSON, UNLICENSED])
    def test_who_gave_building_work_to_one_without_a_licence_pays(self, kind: str) -> None:
        leader = party("leader", "team_leader", kind, by="gc")
        found = ask(OWNER | {"paid_in_full": True}, GC, leader)
        assert told(found)[0] == ("gc", "36(1)", "direct", None)
        by_owner = ask(OWNER, party("leader", "team_leader", kind, by="owner"))
        assert told(by_owner)[0] == ("owner", "36(1)", "direct", None)

    def test_a_project_passed_on_whole(self) -> None:
        found = ask(OWNER | {"paid_in_full": True}, GC | {"recontracted": True}, SUB)
        assert told(found)[0] == ("gc", "30(4)", "pays_first", None)

    def test_a_general_contractor_with_nobody_below_is_the_employer(self) -> None:
        assert told(ask(party("gc", "general_contractor"))) == [("gc", "16", "direct", None)]

    def test_a_builder_that_lends_its_name_pays(self) -> None:
        # Jiangsu: 73 workers under a team leader who traded in a builder's name
        found = ask(party("leader", "team_leader", PERSON, by="builder"), party("builder", "name_lender"))
        assert told(found) == [("builder", "36(2)", "direct", None), ("leader", "other", "joint", None)]

    def test_outside_building_it_is_article_19(self) -> None:
        found = ask(party("shop", "employer", UNLICENSED, by="firm"), party("firm", "name_lender"))
        assert told(found) == [("firm", "19(2)", "direct", None), ("shop", "17", "direct", None)]


class TestMissingLinks:
    def test_a_subcontractor_without_a_general_contractor(self) -> None:
        found = ask(party("sub", "subcontractor"))
        assert told(found) == [("sub", "16", "direct", None)]
        assert [one["link"] for one in found["unknown"]] == ["sub", "general_contractor"]

    def test_somebody_named_but_not_described(self) -> None:
        found = ask(party("sub", "subcontractor", by="gc"))
        assert "gc" in [one["link"] for one in found["unknown"]]

    def test_a_team_leader_nobody_engaged_leaves_the_general_contractor_open(self) -> None:
        # Daqing: team leader and contractor each said the other should pay
        found = ask(party("leader", "team_leader", PERSON), party("gc", "general_contractor"))
        assert told(found) == [("leader", "other", "direct", None)]
        assert [one["link"] for one in found["unknown"]] == ["leader"]

    def test_a_contract_passed_on_without_a_general_contractor(self) -> None:
        found = ask(party("firm", "employer", recontracted=True))
        assert [one["link"] for one in found["unknown"]] == ["general_contractor"]

    def test_where_nobody_can_be_named_the_answer_says_so(self) -> None:
        found = ask(party("owner", "owner"))
        assert told(found) == []
        assert "说不出谁必须付" in found["explanation"]["zh"]
        assert found["basis"]


class TestProfit:
    def test_a_team_leaders_profit_is_not_wages(self) -> None:
        refused = ask(OWNER | {"paid_in_full": True}, GC, SUB, LEADER, claimed_profit="8000.00")["refused"]
        assert (refused[-1]["id"], refused[-1]["amount"]) == ("leader", "8000.00")
        assert {basis["article"] for basis in refused[-1]["basis"]} == {"52", "29"}

    def test_of_nobody_in_particular(self) -> None:
        assert ask(party("firm", "employer"), claimed_profit="8000.00")["refused"][0]["id"] is None
        assert ask(party("firm", "employer"), claimed_profit="0.00")["refused"] == []


class TestEarlierLaw:
    """Work before 2020-05-01."""

    def before(self, *parties: dict[str, Any], **rest: Any) -> dict[str, Any]:
        return ask(*parties, first="2019-03-01", last="2020-04-30", **rest)

    def test_every_ground_is_then_of_another_law(self) -> None:
        found = self.before(party("firm", "employer"))
        assert told(found) == [("firm", "other", "direct", None)]
        assert found["basis"][0]["instrument"] == "劳动合同法"
        assert "2020年5月1日以前" in found["explanation"]["zh"]

    def test_owner_and_general_contractor_were_capped(self) -> None:
        owing = {"caused_arrears": True, "unpaid_to_next": "5000.00"}
        assert told(self.before(OWNER | owing, GC | owing, SUB)) == [
            ("owner", "other", "pays_first", "5000.00"),
            ("gc", "other", "pays_first", "5000.00"),
            ("sub", "other", "direct", None),
        ]

    def test_a_general_contractor_that_had_paid_was_not_liable(self) -> None:
        found = self.before(OWNER | {"paid_in_full": True}, GC | {"paid_in_full": True}, SUB)
        assert [(one["id"], one["ground"]) for one in found["refused"]] == [
            ("owner", "other"),
            ("gc", "other"),
        ]

    def test_what_was_not_known_stays_unknown(self) -> None:
        found = self.before(OWNER | {"paid_in_full": True}, GC, SUB)
        assert [one["link"] for one in found["unknown"]] == ["gc"]

    def test_giving_work_to_a_person_was_joint(self) -> None:
        found = self.before(
            OWNER | {"paid_in_full": True}, GC, party("leader", "team_leader", PERSON, by="gc")
        )
        assert told(found)[0] == ("gc", "other", "joint", None)

    def test_the_law_of_that_time_had_no_article_37(self) -> None:
        found = self.before(
            OWNER, party("firm", "employer", by="owner"), project={"has_planning_permission": False}
        )
        assert [one["id"] for one in found["refused"]] == ["owner"]

    def test_a_licensed_dispatchers_user_unit(self) -> None:
        found = self.before(party("plant", "user_unit"), party("sender", "dispatcher", by="plant"))
        assert [(one["id"], one["ground"]) for one in found["refused"]] == [("plant", "other")]

    def test_a_period_across_the_change_is_to_be_split(self) -> None:
        found = ask(party("firm", "employer"), first="2020-04-30", last="2020-05-01")
        assert told(found) == [("firm", "16", "direct", None)]
        assert found["warnings"] == [{"code": "split_period", "on": "2020-05-01"}]
        assert "warnings" not in ask(party("firm", "employer"), first="2020-05-01", last="2020-05-01")


class TestBadQuestions:
    def codes(self, *parties: dict[str, Any], **rest: Any) -> dict[str, str]:
        return {fault["path"]: fault["code"] for fault in ask(*parties, **rest)["errors"]}

    def test_a_period_runs_forward(self) -> None:
        assert self.codes(party("a", "employer"), first="2026-02-01", last="2026-01-31") == {
            "/period/to": "dates_out_of_order"
        }

    def test_an_id_stands_for_one_party(self) -> None:
        assert self.codes(party("a", "employer"), party("a", "owner")) == {"/parties/1/id": "duplicate"}

    def test_nobody_engages_themselves(self) -> None:
        assert self.codes(party("a", "employer", by="a")) == {"/parties/0/engaged_by": "ring"}
        ring = [party("a", "owner", by="b"), party("b", "employer", by="c"), party("c", "employer", by="b")]
        assert self.codes(*ring) == {"/parties/1/engaged_by": "ring", "/parties/2/engaged_by": "ring"}

    def test_who_has_paid_in_full_owes_nothing(self) -> None:
        assert self.codes(OWNER | {"paid_in_full": True, "unpaid_to_next": "1.00"}) == {
            "/parties/0/paid_in_full": "conflict"
        }


FLAGS = st.sampled_from([None, True, False])
PARTIES = st.lists(
    st.fixed_dictionaries(
        {
            "role": st.sampled_from(ROLES),
            "kind": st.sampled_from(KINDS),
            "up": st.integers(-1, 3),
            "flags": st.tuples(FLAGS, FLAGS, FLAGS),
        }
    ),
    min_size=1,
    max_size=5,
)
ORDER = {"pays_first": 0, "direct": 1, "joint": 2}


@given(
    PARTIES, st.sampled_from(["2019-12-31", "2024-12-31", "2026-06-30"]), st.sampled_from([None, True, False])
)
def test_any_chain_is_answered_with_who_pays_first_on_top(
    parties: Any, last: str, permission: bool | None
) -> None:
    asked = []
    for number, drawn in enumerate(parties):
        above = f"p{drawn['up']}" if 0 <= drawn["up"] < number else None
        names = ("caused_arrears", "paid_in_full", "recontracted")
        flags = {name: flag for name, flag in zip(names, drawn["flags"], strict=True) if flag is not None}
        asked.append(party(f"p{number}", drawn["role"], drawn["kind"], above, **flags))
    project = {} if permission is None else {"project": {"has_planning_permission": permission}}
    found = ask(*asked, first="2018-01-01", last=last, **project)
    assert "errors" not in found
    ranks = [(ORDER[share], cap is not None) for _, _, share, cap in told(found)]
    assert ranks == sorted(ranks)
    assert all(one["basis"] for one in found["respondents"])
    assert found["respondents"] or found["unknown"] or found["refused"]
