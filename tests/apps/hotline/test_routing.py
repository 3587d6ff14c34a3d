"""Where a caller goes: one line of the table after the other, each with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nuanxin.hotline.rules.routing import (
    LONGEST,
    Caller,
    Desk,
    DeskKind,
    Target,
    read_language,
    read_topic,
    route,
)

GAOPING, LINGCHUAN, YUCI, SHENZHEN = 140581_000000, 140524_000000, 140702_000000, 440300_000000
PROVINCE = 140000_000000
SPECIAL = Desk(1, DeskKind.SPECIAL, GAOPING, lawyers=1, ready=1)
GENERAL = Desk(2, DeskKind.GENERAL, GAOPING, ready=1)
NEXT_COUNTY = Desk(3, DeskKind.GENERAL, LINGCHUAN, ready=1)
OTHER_CITY = Desk(4, DeskKind.GENERAL, YUCI, ready=1)
FAR = Desk(5, DeskKind.GENERAL, SHENZHEN, ready=1, languages=frozenset({"zh", "yue"}))
DANGER = Desk(6, DeskKind.EMERGENCY, PROVINCE, ready=1)
ALL = (SPECIAL, GENERAL, NEXT_COUNTY, OTHER_CITY, FAR, DANGER)
CALLER = Caller(topic="wages", place=GAOPING)


@pytest.mark.parametrize(
    ("waited", "desk", "code", "again"),
    [
        (0, 1, "special", 120),
        (119, 1, "special", 1),
        (120, 2, "general", 120),
        (240, 3, "elsewhere", 360),  # the nearest other county
        (599, 3, "elsewhere", 1),
    ],
)
def test_overflow_by_the_time_waited(waited: int, desk: int, code: str, again: int) -> None:
    choice = route(replace(CALLER, waited=timedelta(seconds=waited)), ALL)
    assert (choice.target, choice.desk, choice.reason.code) == (Target.DESK, desk, code)
    assert choice.ask_again == timedelta(seconds=again)


def test_after_ten_minutes_everybody_is_rung_back() -> None:
    choice = route(replace(CALLER, waited=LONGEST), ALL)
    assert choice.target is Target.VOICEMAIL
    assert [reason.code for reason in choice.passed][-3:] == ["waited", "waited", "waited"]


def test_who_has_nowhere_else_to_go_stays_in_the_queue() -> None:
    choice = route(replace(CALLER, waited=timedelta(seconds=300)), [SPECIAL])
    assert (choice.desk, choice.ask_again) == (1, timedelta(seconds=300))
    assert route(replace(CALLER, waited=LONGEST), [SPECIAL]).target is Target.VOICEMAIL


@pytest.mark.parametrize(
    ("change", "passed"),
    [
        ({"open": False}, "closed"),
        ({"on_duty": 0}, "nobody"),
        ({"lawyers": 0}, "no_lawyer"),
        ({"languages": frozenset({"ug"})}, "language"),
        ({"topics": frozenset({"injury"})}, "topic"),
    ],
)
def test_a_special_desk_that_cannot_take_the_call_says_why(change: dict[str, object], passed: str) -> None:
    choice = route(CALLER, [replace(SPECIAL, **change), GENERAL])  # type: ignore[arg-type]
    assert choice.desk == 2
    assert [reason.code for reason in choice.passed] == ["not_asked", "not_asked", passed]


def test_another_kind_of_question_goes_to_the_general_queue() -> None:
    assert route(replace(CALLER, topic="other"), ALL).desk == 2


def test_a_caller_with_an_open_case_goes_to_whoever_has_it_while_on_duty() -> None:
    owned = replace(CALLER, case_owner=77)
    choice = route(owned, ALL, frozenset({77}))
    assert (choice.target, choice.staff, choice.ask_again) == (Target.STAFF, 77, timedelta(seconds=30))
    assert route(owned, ALL).passed[1].code == "owner_off"
    late = route(replace(owned, waited=timedelta(seconds=30)), ALL, frozenset({77}))
    assert (late.desk, late.passed[1].code) == (1, "waited")


def test_a_language_is_found_where_it_is_spoken() -> None:
    choice = route(replace(CALLER, language="yue"), ALL)
    assert (choice.desk, choice.reason.code) == (5, "language_elsewhere")
    assert route(replace(CALLER, language="bo"), ALL).target is Target.VOICEMAIL


def test_danger_goes_first_and_waits_for_no_language() -> None:
    danger = replace(CALLER, emergency=True, case_owner=77, language="bo")
    assert route(danger, ALL, frozenset({77})).desk == 6
    nobody = [replace(DANGER, on_duty=0), replace(GENERAL, ready=0), FAR]
    choice = route(danger, nobody)
    assert (choice.desk, choice.reason.code) == (5, "emergency_any")
    assert "110" in choice.reason.zh


def test_among_equals_who_can_answer_at_once_then_who_is_near_then_the_shorter_queue() -> None:
    busy = replace(NEXT_COUNTY, ready=0)
    elsewhere = replace(CALLER, waited=timedelta(seconds=240))
    assert route(elsewhere, [busy, OTHER_CITY, FAR]).desk == 4
    both = [replace(busy, id=8, waiting=6, on_duty=3), replace(busy, id=9, waiting=3, on_duty=1)]
    assert route(elsewhere, both).desk == 8  # two each, against three


def test_a_desk_of_the_province_is_everybodys_own() -> None:
    assert route(CALLER, [replace(GENERAL, region=PROVINCE)]).reason.code == "general"
    assert route(replace(CALLER, place=0), [GENERAL]).reason.code == "general"


@settings(deadline=None)
@given(
    st.builds(
        Caller,
        language=st.sampled_from(("zh", "yue", "bo")),
        topic=st.sampled_from(("", "wages", "other")),
        place=st.sampled_from((0, GAOPING, SHENZHEN)),
        emergency=st.booleans(),
        case_owner=st.sampled_from((0, 77)),
        waited=st.integers(0, 900).map(lambda second: timedelta(seconds=second)),
    ),
    st.lists(
        st.builds(replace, st.sampled_from(ALL), open=st.booleans(), on_duty=st.integers(0, 2)), max_size=5
    ),
)
def test_there_is_always_one_answer_and_never_to_a_closed_desk(caller: Caller, desks: list[Desk]) -> None:
    desks = [replace(desk, id=place) for place, desk in enumerate(desks, 1)]
    choice = route(caller, desks, frozenset({77}))
    if choice.target is Target.DESK:
        chosen = desks[choice.desk - 1]
        assert chosen.open
        assert chosen.on_duty
        assert caller.emergency or (chosen.kind is not DeskKind.EMERGENCY and caller.waited < LONGEST)
    assert choice.ask_again is None or choice.ask_again > timedelta(0)


def test_the_menu_sends_nobody_away() -> None:
    assert read_language("2", tries=1).language == "yue"
    assert read_language("", tries=1).again
    silent = read_language("", tries=2)
    assert (silent.language, silent.again) == ("zh", False)
    assert read_topic("1", language="yue", tries=1).topic == "wages"
    assert read_topic("9", language="zh", tries=1).emergency
    assert read_topic("#", language="zh", tries=1).again
    assert (read_topic("#", language="zh", tries=2).topic, read_topic("#", language="zh", tries=2).again) == (
        "",
        False,
    )
