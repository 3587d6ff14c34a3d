"""Which published answers a lawyer must read once more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from nuanxin.hotline.rules.answers import TABLES, LookAgain, look_again
from nuanxin.hotline.rules.topics import TOPICS
from nuanxin.law.parameters import store
from nuanxin.law.parameters.tables import TABLES as KNOWN

ROW = """
[[row]]
place = "{place}"
value = "2200.00"
from = {since}
instrument = "invented"
source = "invented for a test"
mark = "V"
checked = 2026-07-01
persons = ["甲", "乙"]
"""


@pytest.fixture
def raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In Shanxi the minimum wage rises on 1 July 2026, in the nation nothing else does."""
    text = 'table = "minimum_wage_month"\n' + ROW.format(place="140000", since="2026-07-01")
    (tmp_path / "minimum_wage_month.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(store, "_folders", [tmp_path])
    store.load.cache_clear()
    yield
    store.load.cache_clear()


def due(topic: str, law_on: date, today: date, place: str = "140581") -> LookAgain | None:
    return look_again(topic, place=place, law_on=law_on, today=today)


def test_a_changed_figure_asks_for_it_from_its_first_day(raised: None) -> None:
    written, eve, day = date(2026, 3, 2), date(2026, 6, 30), date(2026, 7, 1)
    assert due("wages", written, eve) is None
    assert due("wages", written, day) == LookAgain("minimum_wage_month", day)
    assert due("wages", day, date(2026, 9, 1)) is None  # written by the new figure, or read again since
    assert due("proof", written, day) is None  # names no figure
    assert due("wages", written, day, place="110105") is None  # another province


def test_after_a_year_it_is_due_whatever_has_happened(raised: None) -> None:
    assert due("proof", date(2026, 3, 2), date(2027, 3, 1)) is None
    assert due("proof", date(2026, 3, 2), date(2027, 3, 2)) == LookAgain("", date(2027, 3, 2))
    assert due("proof", date(2028, 2, 29), date(2029, 2, 28)) == LookAgain("", date(2029, 2, 28))


def test_the_rule_knows_the_topics_and_the_tables() -> None:
    assert set(TABLES) <= set(TOPICS)
    assert {table for tables in TABLES.values() for table in tables} <= set(KNOWN)
