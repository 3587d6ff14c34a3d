"""Every rule names an article, and every article named was checked."""

from __future__ import annotations

from datetime import date
from importlib import import_module

import pytest

from nuanxin.law import basis
from nuanxin.law.periods import RULES
from nuanxin.law.topics import TOPICS


@pytest.mark.parametrize("topic", TOPICS.values(), ids=lambda topic: topic.name)
def test_every_topic_cites(topic: object) -> None:
    module = import_module(f"nuanxin.law.topics.{topic.name}")  # type: ignore[attr-defined]
    assert module.TOPIC is topic
    assert module.BASIS
    assert set(module.BASIS) <= {one.basis for one in basis.provisions().values()}


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.key)
def test_every_period_cites(rule: object) -> None:
    assert rule.basis  # type: ignore[attr-defined]


def test_every_citation_says_what_the_article_holds_and_when_it_was_checked() -> None:
    for found in basis.provisions().values():
        assert found.gloss
        assert found.title
        assert found.source
        assert found.en.isascii()
        assert found.basis.checked >= date(2026, 11, 23)
        assert found.basis.mark in set(basis.Mark)


def test_an_article_nobody_checked_cannot_be_cited() -> None:
    with pytest.raises(KeyError):
        basis.cite("劳动争议调解仲裁法", "999")


def test_a_single_article_may_carry_its_own_mark() -> None:
    assert basis.cite("民法典", "509(1)").mark == "M"
    assert basis.cite("民法典", "188(1)").mark == "V"


def test_citations_are_given_once_each_in_order() -> None:
    one, two = basis.cite("民法典", "202"), basis.cite("民法典", "203")
    assert [found["article"] for found in basis.as_json([two, one, two])] == ["203", "202"]


def test_an_instrument_has_a_name_for_english_sentences() -> None:
    assert basis.in_english("法律援助法") == "Legal Aid Law"
    with pytest.raises(KeyError):
        basis.in_english("没有的法")
