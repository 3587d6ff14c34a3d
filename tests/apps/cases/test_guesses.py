"""Guessing codes: nobody finds one by trying, and nobody keeps a worker out by trying wrong ones."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from nuanxin.cases import guesses
from nuanxin.cases.codes import follow_code
from nuanxin.cases.models import Case, Worker
from nuanxin.cases.queries.opening import Opened, open_by_code
from tests.factories.agency import agency
from tests.factories.intake import AT, open_case

WRONG = "00000000"
HOME, ATTACKER = "198.51.100.1", "203.0.113.9"


@pytest.fixture(autouse=True)
def limits(db: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.RATE_LIMIT = True
    monkeypatch.setattr(guesses, "FAILURES_A_NUMBER", 12)
    monkeypatch.setattr(guesses, "FAILURES_AN_ADDRESS", 8)
    agency(140581_000000)


@pytest.fixture
def case() -> Case:
    return open_case()


def tried(case: Case, code: str = "", address: str = HOME, at: Any = AT, **more: Any) -> Opened:
    code = code or follow_code(case.pk)
    return open_by_code(number=case.number, code=code, address=address, at=at, **more)


def swarm(case: Case, failures: int) -> None:
    """Wrong codes for one case from ever new addresses."""
    for number in range(failures):
        assert tried(case, WRONG, f"203.0.113.{number}").wait == 0


def test_after_five_failures_each_further_one_waits_longer(case: Case) -> None:
    waits: list[int] = []
    for _ in range(9):
        at = AT + timedelta(seconds=sum(waits))
        opened = tried(case, WRONG, at=at)
        waits.append(opened.wait)
        if opened.wait:
            tried(case, WRONG, at=at + timedelta(seconds=opened.wait))
    assert waits[:6] == [0] * 6
    assert 0 < waits[6] < waits[7] < waits[8]


def test_who_hammers_a_number_from_one_address_keeps_nobody_else_out(case: Case) -> None:
    for minute in range(200):  # as often as an address may, for hours
        tried(case, WRONG, ATTACKER, AT + timedelta(minutes=minute))
    assert tried(case, at=AT + timedelta(minutes=200)).case == case


def test_a_number_takes_so_many_failures_wherever_they_come_from(case: Case) -> None:
    swarm(case, 12)
    opened = tried(case)
    assert opened.case is None
    assert 0 < opened.wait < 1800
    assert tried(case, at=AT + timedelta(hours=2)).case == case


def test_a_swarm_does_not_keep_out_who_has_opened_the_case_from_there_before(case: Case) -> None:
    assert tried(case).case == case
    swarm(case, 12)
    assert tried(case, at=AT + timedelta(minutes=1)).case == case
    assert tried(case, address="198.51.100.2", at=AT + timedelta(minutes=1)).wait > 0


def test_nor_the_workers_own_telephone(case: Case) -> None:
    swarm(case, 12)
    own = Worker.objects.get(case=case).phone
    assert tried(case, address=f"sms:{own}", phone=own).case == case
    assert tried(case, address="sms:13700000000", phone="13700000000").wait > 0


def test_an_address_takes_so_many_failures_over_all_numbers(case: Case) -> None:
    others = [open_case() for _ in range(8)]
    for other in others:
        assert tried(other, WRONG, ATTACKER).wait == 0
    assert tried(case, address=ATTACKER).wait > 0
    assert tried(case).case == case


def test_what_is_no_number_at_all_locks_nobody(case: Case) -> None:
    for number in range(20):
        open_by_code(number="nonsense", code=WRONG, address=f"203.0.113.{number}", at=AT)
    assert open_by_code(number="nonsense", code=WRONG, address=HOME, at=AT).wait == 0


def test_the_right_code_forgives_mistyping(case: Case) -> None:
    for _ in range(5):
        tried(case, WRONG)
    assert tried(case).case == case
    assert [tried(case, WRONG).wait for _ in range(5)] == [0] * 5


def test_nothing_of_it_says_who_tried_what(case: Case) -> None:
    from nuanxin.accounts.models import Slowdown, Window

    tried(case, WRONG)
    tried(case)
    kept = [bytes(row.key) for model in (Slowdown, Window) for row in model._default_manager.all()]
    assert kept
    assert all(len(key) == 16 for key in kept)
