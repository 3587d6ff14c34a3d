"""What was told as questions to the engine, by tables: owed, until, payers, and what is handed over."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nuanxin.portal.rules import route
from nuanxin.portal.rules.advice import handover, owed, payers, told, until
from nuanxin.portal.rules.advice.paths import DOORS, HOW_LONG, OWED, WHO_PAYS
from nuanxin.portal.rules.body import body_of

Answers = dict[str, dict[str, Any]]
TODAY = date(2026, 11, 27)
OVER: Answers = {"still": {"still": "no"}, "ended": {"ended": "2026-08-31"}}
MONTH: Answers = {
    "items": {"items": ["wages"]}, "caller": {"caller": "company"}, "where": {"place": "140581"},
    "pay": {"pay": "month"}, "rate_month": {"rate_month": "6000.00"},
    "unpaid": {"first": "2026-06-01", "last": "2026-08-31"}, "paid": {"paid": "2000.00"}, **OVER,
}  # fmt: skip


def asked(door: str, answers: Answers) -> list[str]:
    """The questions of a door, in order."""
    return route.asked(answers, DOORS[door])


def test_only_what_the_heads_need_is_asked() -> None:
    wages: Answers = {"items": {"items": ["wages"]}, "caller": {"caller": "company"}}
    assert asked("owed", wages) == ["items", "caller", "where", "pay", "still"]
    assert "began" not in asked("owed", wages)
    leave = {"items": {"items": ["annual_leave"]}}
    assert {"wage", "leave", "leave_used", "full_year", "began"} <= set(asked("owed", leave))
    assert "pay" not in asked("owed", leave)


@pytest.mark.parametrize(
    ("pay", "keys"),
    [
        ("month", ["pay", "rate_month", "unpaid", "paid"]),
        ("day", ["pay", "rate_day", "days", "paid"]),
        ("hour", ["pay", "rate_hour", "hours", "paid"]),
        ("piece", ["pay", "rate_piece", "units", "paid"]),
        ("sum", ["pay", "rate_sum", "paid"]),
    ],
)
def test_each_way_of_paying_has_its_own_questions(pay: str, keys: list[str]) -> None:
    answers = {"items": {"items": ["wages"]}, "caller": {"caller": "company"}, "pay": {"pay": pay}}
    order = asked("owed", answers)
    assert order[order.index("pay") : order.index("still")] == keys


def test_the_dates_are_asked_for_a_day_wage_only_where_nobody_counted_the_days() -> None:
    answers: Answers = {"items": {"items": ["wages"]}, "pay": {"pay": "day"}}
    assert "unpaid" not in asked("owed", answers)
    assert "unpaid" in asked("owed", {**answers, "days": {}})
    assert "unpaid" not in asked("owed", {**answers, "days": {"days": "26"}})


@pytest.mark.parametrize(
    ("answers", "keys"),
    [
        ({"caller": {"caller": "unknown"}}, ["caller", "began", "still"]),
        ({"caller": {"caller": "platform"}}, ["caller", "station", "began", "still"]),
        ({"caller": {"caller": "agency"}}, ["caller", "sender", "began", "still"]),
        (
            {"caller": {"caller": "contractor"}, "site": {"site": "no"}},
            ["caller", "site", "above", "began", "still"],
        ),
        (
            {"caller": {"caller": "contractor"}, "site": {"site": "yes"}, "above": {"above": "builder"}},
            ["caller", "site", "above", "lent", "owner", "began", "still"],
        ),
        (
            {"caller": {"caller": "company"}, "site": {"site": "yes"}, "main": {"main": "main"}},
            ["caller", "site", "main", "owner", "began", "still"],
        ),
    ],
)
def test_who_must_pay_asks_along_the_chain(answers: Answers, keys: list[str]) -> None:
    assert asked("who-pays", answers) == keys


def test_no_door_asks_who_somebody_is() -> None:
    personal = {"who", "you", "identity", "helper", "firms", "contact", "story"}
    assert personal.isdisjoint({*OWED, *HOW_LONG, *WHO_PAYS})


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-08-31", date(2026, 8, 31), date(2026, 8, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2026-11", date(2026, 11, 1), TODAY),  # not after today
    ],
)
def test_a_month_or_a_year_is_a_span_and_no_day(text: str, first: date, last: date) -> None:
    assert told.bounds(text, TODAY) == (first, last)


def test_a_month_wage_becomes_the_question_of_the_contract() -> None:
    built = owed.build(MONTH, TODAY)
    assert built.lacking == {}
    assert built.question == {
        "as_of": "2026-11-27", "place": "140581", "relation": "employment", "ended_on": "2026-08-31",
        "still_employed": False, "monthly_wage": "6000.00",
        "arrears": {
            "pay": {"basis": "month", "amount": "6000.00"}, "from": "2026-06-01", "to": "2026-08-31",
            "paid": ["2000.00"],
        },
    }  # fmt: skip


LEFT_OUT: list[tuple[Answers, str, str]] = [
    ({"paid": {}}, "arrears", "paid"),
    ({"pay": {}}, "arrears", "pay"),
    ({"items": {"items": ["overtime"]}, "overtime": {"workday": "30"}}, "overtime", "overtime_paid"),
    ({"items": {"items": ["overtime"]}, "overtime_paid": {"overtime_paid": "0.00"}}, "overtime", "overtime"),
    ({"items": {"items": ["double_wage"]}}, "double_wage", "signed"),
    ({"items": {"items": ["double_wage"]}, "signed": {"signed": "yes"}}, "double_wage", "signed_on"),
    (
        {"items": {"items": ["double_wage"]}, "signed": {"signed": "no"}, "ended": {"ended": "2026-08"}},
        "double_wage",
        "ended",
    ),
    ({"items": {"items": ["annual_leave"]}, "leave": {"leave": "5"}}, "annual_leave", "leave_used"),
]


@pytest.mark.parametrize(("more", "topic", "lacking"), LEFT_OUT)
def test_a_head_that_lacks_a_fact_is_not_asked_with_a_guess(more: Answers, topic: str, lacking: str) -> None:
    built = owed.build({**MONTH, **more}, TODAY)
    assert topic not in built.question
    assert lacking in built.lacking


def test_what_the_engine_misses_names_the_question_that_asks_for_it() -> None:
    # by the piece, without the number of pieces and without the price
    answers = {**MONTH, "pay": {"pay": "piece"}}
    assert set(owed.ask(answers, TODAY).lacking) == {"rate_piece", "units"}
    # severance is not owed while the work goes on
    still = {
        **MONTH,
        "items": {"items": ["severance"]},
        "still": {"still": "yes"},
        "began": {"began": "2024-01-01"},
    }
    found = owed.ask(still, TODAY)
    assert "still" in found.lacking
    assert found.body["items"] == []


def test_every_pointer_of_the_engine_leads_to_a_question_that_is_asked() -> None:
    keys = set(owed.POINTS.values()) | set(until.POINTS.values())
    assert keys <= {*OWED, *HOW_LONG}


def test_a_head_whose_facts_clash_is_left_out_and_the_others_answered() -> None:
    # the last unpaid day before the first cannot be; the overtime stands
    answers: Answers = {
        **MONTH, "items": {"items": ["wages", "overtime"]}, "pay": {"pay": "day"},
        "rate_day": {"rate_day": "200.00"}, "days": {"days": "20"}, "wage": {"wage": "6000.00"},
        "overtime": {"workday": "10"}, "overtime_paid": {"overtime_paid": "0.00"},
    }  # fmt: skip
    found = owed.ask({**answers, "unpaid": {}}, TODAY)
    assert found.faults == {}
    clash = owed.ask({**answers, "days": {}, "unpaid": {"first": "2026-08-31", "last": "2026-06-01"}}, TODAY)
    assert "unpaid" in clash.faults
    assert [one["kind"] for one in clash.body["items"]] == ["overtime"]


def limits(answers: Answers) -> list[tuple[str, str, str, str | None]]:
    """Seen how, status, counted from which end, strict end."""
    return [(one.seen, one.status, one.counted, one.strict) for one in until.ask(answers, TODAY)]


WAGES: Answers = {"items": {"items": ["wages"]}, "caller": {"caller": "company"}, "iou": {"iou": "no"}}
TIMES: list[tuple[Answers, list[tuple[str, str, str, str | None]]]] = [
    ({**WAGES, **OVER}, [("employment", "open", "", "2027-08-31")]),
    # the first and the last day of August; each a year
    (
        {**WAGES, "still": {"still": "no"}, "ended": {"ended": "2026-08"}},
        [("employment", "open", "first", "2027-08-01"), ("employment", "open", "last", "2027-08-31")],
    ),
    ({**WAGES, "still": {"still": "yes"}}, [("employment", "not_running", "", None)]),
    (WAGES, [("employment", "needs", "", None)]),
    # an IOU: three years from the day it falls due, and no second way of seeing it
    (
        {**WAGES, "caller": {"caller": "contractor"}, "iou": {"iou": "yes"}, "due": {"due": "2026-01-31"}},
        [("iou", "open", "", "2029-01-31")],
    ),
    # called by a contractor: an employment or not; one year from the end, three from the due day
    (
        {**WAGES, **OVER, "caller": {"caller": "contractor"}, "due": {"due": "2026-09-10"}},
        [("employment", "open", "", "2027-08-31"), ("service", "open", "", "2029-09-10")],
    ),
    # a demand on 2 October 2026 starts the year anew
    (
        {**WAGES, **OVER, "since": {"since": ["demand"]}, "on_demand": {"last": "2026-10-02", "before": ""}},
        [("employment", "open", "", "2027-10-02")],
    ),
    # no contract: begun 1 March 2026, ended 31 August 2026, before the second wage runs out by itself
    (
        {
            **OVER,
            "items": {"items": ["double_wage"]},
            "began": {"began": "2026-03-01"},
            "signed": {"signed": "no"},
        },
        [("employment", "open", "", "2027-08-31")],
    ),
    (
        {"items": {"items": ["work_injury"]}, "hurt": {"hurt": "2026-03-02"}},
        [("injury", "open", "", "2027-03-02")],
    ),
    ({"items": {"items": ["work_injury"]}}, [("injury", "needs", "", None)]),
]


@pytest.mark.parametrize(("answers", "found"), TIMES)
def test_how_long_asks_once_for_each_way_of_seeing_it(
    answers: Answers, found: list[tuple[str, str, str, str | None]]
) -> None:
    assert limits(answers) == found


def test_the_first_end_that_is_still_to_come_is_the_one_to_act_by() -> None:
    answers = {**WAGES, **OVER, "caller": {"caller": "contractor"}, "due": {"due": "2026-09-10"}}
    first = until.act_by(until.ask(answers, TODAY))
    assert first is not None
    assert first.strict == "2027-08-31"


@pytest.mark.parametrize(
    ("ends", "urgent"), [("2026-12-04", False), ("2026-12-03", True), ("2026-11-27", True)]
)
def test_fewer_than_seven_days_are_urgent(ends: str, urgent: bool) -> None:
    assert until.is_urgent(until.Answered(("wages",), "employment", {"strict": ends}), TODAY) is urgent


def test_labour_inspection_takes_what_ended_within_two_years() -> None:
    gone = {**WAGES, "still": {"still": "no"}, "ended": {"ended": "2025-03-01"}}
    body = until.inspection(gone, TODAY)
    assert body is not None
    assert body["strict"] == "2027-03-01"
    assert until.inspection({**gone, "ended": {"ended": "2024-03-01"}}, TODAY) is None


SITE: Answers = {
    "caller": {"caller": "contractor"}, "site": {"site": "yes"}, "above": {"above": "sub"}, "lent": {"lent": "no"},
    "licence": {"licence": "yes"}, "board": {"board": "yes"}, "owner": {"owner": "firm"},
    "owner_paid": {"owner_paid": "no"}, "permit": {}, "began": {"began": "2026-03"}, **OVER,
}  # fmt: skip
CHAINS: list[tuple[Answers, list[tuple[str, str, str | None, str | None]]]] = [
    (
        {},
        [
            ("leader", "team_leader", "individual", "sub"),
            ("sub", "subcontractor", "licensed_unit", "builder"),
            ("builder", "general_contractor", "licensed_unit", "owner"),
            ("owner", "owner", "licensed_unit", None),
        ],
    ),
    (
        {"above": {"above": "builder"}, "owner": {}},
        [
            ("leader", "team_leader", "individual", "builder"),
            ("builder", "general_contractor", "licensed_unit", None),
        ],
    ),
    (
        {"lent": {"lent": "yes"}, "board": {}, "licence": {}, "owner": {"owner": "person"}},
        [
            ("leader", "team_leader", "individual", "lender"),
            ("lender", "name_lender", "licensed_unit", "sub"),
            ("sub", "subcontractor", None, None),
            ("owner", "owner", "individual", None),
        ],
    ),
    (
        {"site": {"site": "no"}, "above": {"above": "firm"}},
        [("leader", "team_leader", "individual", "firm"), ("firm", "employer", "licensed_unit", None)],
    ),
    (
        {"site": {"site": "no"}, "above": {"above": "person"}},
        [("leader", "team_leader", "individual", None)],
    ),
    (
        {"caller": {"caller": "company"}, "main": {"main": "main"}, "owner": {}},
        [("builder", "general_contractor", "licensed_unit", None)],
    ),
    (
        {"caller": {"caller": "agency"}, "sender": {"sender": "person"}},
        [("sender", "dispatcher", "individual", "user"), ("user", "user_unit", "licensed_unit", None)],
    ),
    ({"caller": {"caller": "platform"}, "station": {}}, []),
    ({"caller": {"caller": "unknown"}}, []),
]


@pytest.mark.parametrize(("more", "chain"), CHAINS)
def test_the_chain_holds_who_is_known_and_nobody_else(
    more: Answers, chain: list[tuple[str, str, str | None, str | None]]
) -> None:
    said = route.relevant({**SITE, **more}, WHO_PAYS)
    found = payers.parties(said)
    assert [(p["id"], p["role"], p.get("kind"), p.get("engaged_by")) for p in found] == chain


def test_the_main_builder_pays_first_whatever_the_sum() -> None:
    found = payers.ask(SITE, TODAY)
    assert [one.licence for one in found.found] == [""]
    assert found.found[0].body["respondents"][0]["id"] == "builder"
    assert found.lacking == ()


def test_an_unknown_licence_is_asked_both_ways_and_named_as_lacking() -> None:
    found = payers.ask({**SITE, "licence": {}}, TODAY)
    assert [one.licence for one in found.found] == ["yes", "no"]
    assert found.lacking == ("licence",)


def test_without_a_time_of_work_no_law_can_be_chosen() -> None:
    found = payers.ask({**SITE, "still": {}}, TODAY)
    assert (found.found, found.lacking) == ((), ("still",))


def test_what_is_handed_over_is_what_the_application_asks() -> None:
    answers = {**MONTH, **SITE}
    body = owed.ask(answers, TODAY).body
    given = handover.filled(answers, body=body, story="一个月多少钱？ 6,000.00 元")
    assert given["amount"] == {"amount": "16000.00"}  # 3 × 6,000 − 2,000
    assert given["items"] == {"items": ["wages"]}
    assert given["where"] == {"place": "140581"}
    assert (given["began"], given["ended"]) == ({"began": "2026-03"}, {"ended": "2026-08-31"})
    sent = body_of(given, language="zh", consent=True)
    assert sent["respondents"] == [
        {"role": "team_leader", "kind": "individual"}, {"role": "subcontractor", "kind": "licensed_unit"},
        {"role": "general_contractor"}, {"role": "owner"},
    ]  # fmt: skip
    assert sent["worked"] == {"from": "2026-03", "to": "2026-08-31"}


def test_a_party_that_the_worker_names_is_not_there_twice() -> None:
    given = handover.filled(SITE, body={}, story="")
    named = {**given, "firms": {"leader": "王老板", "company": "演示建筑公司"}}
    roles = [party["role"] for party in body_of(named, language="zh", consent=True)["respondents"]]
    assert roles == ["team_leader", "employer", "general_contractor", "owner"]


def test_another_caller_makes_another_chain() -> None:
    given = handover.filled(SITE, body={}, story="")
    changed = {**given, "caller": {"caller": "platform"}}
    assert body_of(changed, language="zh", consent=True)["respondents"] == []


def test_the_end_of_the_work_is_handed_over_as_what_it_brings() -> None:
    said: Answers = {"items": {"items": ["wages", "severance", "overtime"]}}
    body = {"items": [{"kind": "unlawful_termination", "amount": "12000.00"}]}
    assert handover.items_of(said, body) == ["wages", "unlawful_termination", "overtime"]
    assert handover.items_of(said, {"items": []}) == ["wages", "severance", "overtime"]


def test_what_was_typed_in_the_draft_stays() -> None:
    given: Answers = {
        "items": {"items": ["overtime"]}, "amount": {"amount": "9.00"}, "began": {"began": "2020"},
        "told": {"caller": "", "parties": [], "amount": "9.00", "story": ""},
    }  # fmt: skip
    draft: Answers = {
        "items": {"items": ["wages"]},
        "amount": {"amount": "5.00"},
        "began": {"began": "2026-03"},
    }
    found = handover.merged(draft, given)
    assert found["items"] == {"items": ["wages", "overtime"]}
    assert found["amount"] == {"amount": "9.00"}
    assert found["began"] == {"began": "2026-03"}
    group: Answers = {**draft, "who": {"who": "group"}}
    assert handover.merged(group, given)["amount"] == {"amount": "5.00"}
    assert "amount" not in handover.merged({"who": {"who": "group"}}, given)
