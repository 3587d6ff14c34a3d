"""Which question comes next, what the answers amount to, codes for the hand."""

from __future__ import annotations

from typing import Any

import pytest

from nuanxin.cases.rules.intake import BadIntake, read_intake
from nuanxin.portal.questions import QUESTIONS
from nuanxin.portal.rules import codes, route
from nuanxin.portal.rules.body import POINTS, body_of, field_of, parties
from tests.apps.portal import walk

Answers = dict[str, dict[str, Any]]
FULL: Answers = {
    "who": {"who": "group"},
    "group": {"workers": 26},
    "items": {"items": ["wages", "severance"]},
    "caller": {"caller": "contractor"},
    "firms": {
        "leader": "王老板",
        "leader_phone": "13812345678",
        "contractor": "西安某公司",
        "others": "甲\n\n乙",
    },
    "where": {"place": "140581"},
    "began": {"began": "2026-03"},
    "still": {"still": "no"},
    "ended": {"ended": "2026-08-31"},
    "amount": {"amount": "130000.00"},
    "papers": {},
    "you": {"name": "田某某", "phone": "13912345678"},
    "identity": {"resident_id": "11010119900307002X"},
    "needs": {"languages": ["zh"], "needs": ["dialect"]},
    "contact": {
        "may_call": "yes",
        "from_hour": "18:00",
        "to_hour": "21:00",
        "may_say_who": "no",
        "passphrase": "槐树",
    },
    "story": {"story": "修车站"},
}


def test_the_table_of_questions_and_the_order_of_the_route_are_the_same() -> None:
    assert list(QUESTIONS) == list(route.ASKED)


def test_every_question_explains_why_it_is_asked() -> None:
    for asked in QUESTIONS.values():
        assert str(asked.why), asked.key
        assert str(asked.heading), asked.key


def test_only_somebody_who_helps_is_asked_who_they_are() -> None:
    assert "helper" in route.asked({"who": {"who": "other"}})
    assert "helper" not in route.asked({"who": {"who": "self"}})
    assert "group" in route.asked({"who": {"who": "group"}})
    assert {"helper", "group"} <= set(route.asked({"who": {"who": "others"}}))


def test_the_last_day_is_asked_once_the_work_has_ended() -> None:
    assert "ended" in route.asked({"still": {"still": "no"}})
    assert "ended" not in route.asked({"still": {"still": "yes"}})
    assert "ended" not in route.asked({})


def test_the_first_way_through_goes_straight_on_and_a_change_comes_back_to_the_check_page() -> None:
    assert route.after({"who": {"who": "self"}}, "who") == "items"
    assert route.after(FULL, "amount") == route.CHECK
    without = {key: value for key, value in FULL.items() if key != "ended"}
    assert route.after(without, "still") == "ended"


def test_back_leads_to_the_question_before_and_from_a_change_to_the_check_page() -> None:
    assert route.before({"who": {"who": "self"}}, "who") == ""
    assert route.before({"who": {"who": "self"}}, "items") == "who"
    assert route.before(FULL, "items") == route.CHECK


def test_an_answer_that_is_no_longer_asked_is_hidden_and_not_erased() -> None:
    changed = {**FULL, "who": {"who": "self"}, "still": {"still": "yes"}}
    body = body_of(changed, language="zh", consent=True)
    assert body["workers"] == 1
    assert "ended_on" not in body
    assert changed["ended"] == {"ended": "2026-08-31"}


def test_the_body_is_what_every_door_sends_and_passes_its_reader() -> None:
    body = body_of(FULL, language="zh", consent=True)
    intake = read_intake(body, place_known=lambda _: True, today=_day())
    assert intake.kind == "aid"
    assert intake.workers == 26
    assert intake.amount_fen == 13_000_000
    assert intake.applicant.safe.hours == "18:00-21:00"
    assert not intake.applicant.safe.may_say_who
    assert [(party.role, party.name) for party in intake.respondents] == [
        ("team_leader", "王老板"), ("general_contractor", "西安某公司"), ("", "甲"), ("", "乙"),
    ]  # fmt: skip
    assert (intake.worked_from, intake.worked_to) == ("2026-03", "2026-08-31")
    assert intake.ended_on is not None


def test_a_month_stays_a_month_and_ends_no_relation() -> None:
    body = body_of({**FULL, "ended": {"ended": "2026-08"}}, language="zh", consent=True)
    assert body["worked"]["to"] == "2026-08"
    assert "ended_on" not in body


def test_somebody_else_files_through_the_helpers_door() -> None:
    helper = {"helper_name": "李某", "helper_phone": "13712345678", "relation": "village"}
    body = body_of({**FULL, "who": {"who": "other"}, "helper": helper}, language="zh", consent=True)
    assert body["door"] == "helper"
    assert body["helper"]["name"] == "李某"


@pytest.mark.parametrize(
    ("caller", "relation"), [("platform", "platform"), ("company", "employment"), ("unknown", "unknown")]
)
def test_nothing_is_guessed_about_the_relation_but_what_was_said(caller: str, relation: str) -> None:
    assert (
        body_of({**FULL, "caller": {"caller": caller}}, language="zh", consent=True)["relation"] == relation
    )


def test_an_english_page_without_a_chosen_language_asks_for_english() -> None:
    silent = {**FULL, "needs": {}}
    assert body_of(silent, language="en", consent=True)["applicant"]["languages"] == ["en"]
    assert body_of(silent, language="zh", consent=True)["applicant"]["languages"] == []


def test_every_fault_of_the_door_has_a_page_where_it_is_mended() -> None:
    broken: Answers = {
        **FULL, "firms": {"leader": "<b>", "leader_phone": "x", "others": "{}"}, "where": {"place": "999999"},
        "amount": {"amount": "-1"}, "you": {"name": "<script>", "phone": "abc"}, "identity": {"resident_id": "1"},
        "began": {"began": "2999"}, "contact": {"from_hour": "x", "to_hour": "y", "passphrase": "x" * 99},
        "items": {"items": ["no"]}, "group": {"workers": 0}, "story": {"story": "x" * 30_000},
        "needs": {"languages": ["???"], "needs": ["???"]}, "ended": {"ended": "2026-02-30"},
    }  # fmt: skip
    with pytest.raises(BadIntake) as bad:
        read_intake(body_of(broken, language="zh", consent=False), place_known=lambda _: False, today=_day())
    for fault in bad.value.faults:
        where = field_of(fault["path"], broken)
        assert where is not None, fault
        assert where[0] in {*QUESTIONS, "send"}, fault
    assert len(bad.value.faults) >= 12


def test_every_mending_place_is_a_field_of_its_page() -> None:
    for question, field in POINTS.values():
        if question != "send":
            assert field in QUESTIONS[question].form.base_fields, (question, field)


def test_a_party_that_is_only_known_by_its_number_is_a_party() -> None:
    assert parties({"firms": {"leader_phone": "13812345678"}}) == [
        ("leader", {"role": "team_leader", "kind": "individual", "phone": "13812345678"})
    ]


def test_a_code_is_read_however_it_is_written_down() -> None:
    code = codes.new_code()
    assert codes.read_code(codes.spoken(code)) == code
    assert codes.read_code(f" {code.lower()} ") == code
    assert codes.read_code("Ｋ７Ｍ３－Ｐ９ＱＸ") == "K7M3P9QX"
    assert codes.read_code("K7M3") == ""
    assert codes.read_code("K7M3-P9Q0") == ""


def test_the_simple_walk_answers_every_question_of_a_simple_case() -> None:
    assert set(route.asked({"who": {"who": "self"}, "still": {"still": "yes"}})) == set(walk.SIMPLE)


def _day() -> Any:
    from datetime import date

    return date(2026, 11, 24)
