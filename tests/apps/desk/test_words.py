"""Every code that the desk can meet has its words, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation

import nuanxin
from nuanxin.assignment.actions import DECLINE_REASONS
from nuanxin.assignment.rules import ranking
from nuanxin.cases.policies import POLICIES
from nuanxin.cases.queries.queue import Shelf
from nuanxin.cases.rules import doubts, states
from nuanxin.cases.rules.clocks import CLOCK_RULES
from nuanxin.cases.rules.course import STEP_CODES
from nuanxin.cases.rules.ledger import Way
from nuanxin.cases.rules.stages import STEPS, Stage
from nuanxin.cases.rules.transitions import TRANSITIONS
from nuanxin.desk.carrying import FORMS
from nuanxin.desk.navigation import LISTS
from nuanxin.desk.views.search import TAKEN_FOR
from nuanxin.desk.wording import assigning, codes, speaking, told
from nuanxin.desk.wording.actions import ACTIONS, EVENTS
from nuanxin.desk.wording.prompts import PROMPTS
from nuanxin.portal import words as portal_words
from nuanxin.portal.forms.deeds import DenyForm, LawyerForm, WithdrawForm


def test_every_move_has_its_words_and_its_form() -> None:
    actions = {row.action for row in TRANSITIONS}
    assert set(ACTIONS) == actions
    assert {row.step for row in TRANSITIONS if row.step} <= actions
    assert {row.form for row in TRANSITIONS} <= set(FORMS)
    assert set(PROMPTS) <= actions


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        (codes.KINDS, set(states.Kind)),
        (codes.DOORS, set(states.Door)),
        (codes.STATUSES, set(states.Status)),
        (codes.SEATS, set(states.Seat)),
        (codes.STAGES, {stage for stage in Stage if stage}),
        (codes.ITEMS, set(states.ITEMS)),
        (codes.NEEDS, set(states.NEEDS)),
        (codes.PARTY_ROLES, set(states.PARTY_ROLES)),
        (codes.PARTY_KINDS, set(states.PARTY_KINDS)),
        (codes.RELATIONS, set(states.RELATIONS)),
        (codes.REFUSAL_GROUNDS, set(states.REFUSAL_GROUNDS)),
        (codes.TERMINATION_GROUNDS, set(states.TERMINATION_GROUNDS)),
        (codes.LEAVE_REASONS, set(states.LEAVE_REASONS)),
        (codes.CONSENTS, set(states.CONSENTS)),
        (codes.OUTCOMES, set(states.OUTCOMES)),
        (codes.WAYS, set(Way)),
        (codes.DOUBTS, {*doubts.CODES, *STEP_CODES}),
        (assigning.DECLINES, set(DECLINE_REASONS)),
        (LISTS, set(Shelf)),
    ],
)
def test_every_code_has_its_words(table: dict[str, object], wanted: set[str]) -> None:
    assert set(table) == wanted
    for language in ("zh-hans", "en"):
        with translation.override(language):
            assert all(str(words).strip() for words in table.values())


def test_every_event_that_is_written_on_a_case_has_its_words() -> None:
    written = set()
    for source in Path(nuanxin.__file__).parent.rglob("*.py"):
        if source.parts[-3:-1] != ("desk", "wording"):
            written |= set(re.findall(r'"((?:case|evidence)\.[a-z_]+)"', source.read_text(encoding="utf-8")))
    moves = {row.event for row in TRANSITIONS}
    names = {"case.number", "case.pk", "case.id", "evidence.address"}  # of fields and lists, not of events
    assert written - moves - names - set(EVENTS) == set()


def test_every_reason_of_the_ranking_has_its_words() -> None:
    from inspect import getsource

    made = set(re.findall(r'Reason\(\s*"(\w+)"', getsource(ranking)))
    assert made == assigning.REASON_CODES
    assert set(assigning.SPECIALTIES) >= set(ranking.SPECIALTIES)
    assert set(assigning.EXCLUDED) == set(re.findall(r'excluded = "(\w+)"', getsource(ranking)))


def test_clocks_steps_and_kinds_of_search_are_told_in_both_languages() -> None:
    assert all(rule.zh and rule.en for rule in CLOCK_RULES.values())
    assert all(step.zh and step.en for step in STEPS.values())
    assert TAKEN_FOR


def test_a_refusal_that_a_form_can_settle_is_one_that_policies_make() -> None:
    from inspect import getsource

    from nuanxin.desk.moves import FIRST_DO, IDLE, SETTLED_BY_FORM

    source = "".join(getsource(policy) for policy in POLICIES.values())
    assert {code for code in {*SETTLED_BY_FORM, *IDLE, *FIRST_DO} if f'"{code}"' not in source} == set()
    assert set(FIRST_DO.values()) <= {row.action for row in TRANSITIONS}


def test_what_was_chosen_on_the_portal_is_shown_in_the_language_of_the_reader() -> None:
    kept = "第 2 号：到的钱比他们说的少\n班长说还有 3000"
    with translation.override("en"):
        assert told.wish(kept) == "Worker no. 2: Less has arrived than they say\n班长说还有 3000"
        assert told.wish("我不同意。") == "我不同意。"
        assert told.relation("家人") == "Family"
        assert told.relation("表哥") == "表哥"
    with translation.override("zh-hans"):
        assert told.wish(kept) == kept
        assert told.relation("家人") == "家人"


def test_every_choice_of_the_portal_is_known() -> None:
    reasons = {str(words) for form in (DenyForm, WithdrawForm, LawyerForm) for words in form.reasons.values()}
    assert {str(words) for words in told.REASONS} == reasons
    assert {str(words) for words in told.RELATIONS} == {
        str(words) for words in portal_words.RELATION.values()
    }
    assert {code: str(words) for code, words in speaking.LANGUAGES.items() if code != "cmn"} == {
        code: str(words) for code, words in portal_words.LANGUAGES.items()
    }


def test_a_need_or_language_without_a_word_of_ours_is_told_all_the_same() -> None:
    with translation.override("en"):
        assert speaking.needs(["sign_language", "wheel_chair"]) == "sign language, another need: wheel chair"
        assert speaking.languages(["en", "zh-Hans", "xx"]) == "English, Mandarin, another language: xx"
    with translation.override("zh-hans"):
        assert speaking.needs(["fly"]) == "其他需要：fly"
        assert speaking.languages(["en"]) == "英文"
