"""The money at the desk: each figure goes to the worker it was meant for, and nothing is entered in silence."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from nuanxin.cases.models import Case, LedgerLine, Worker
from tests.factories.intake import open_case


@pytest.fixture
def group(clerk: Client) -> Case:
    """Three workers with a roster; nothing was decided yet."""
    case = open_case(at=timezone.now(), workers=3, amount_claimed="30000.00", applicant={"name": "田某某"})
    post(clerk, case, "accept")
    table = "姓名,主张\n田某某,12000\n工友二,9000\n工友三,9000"
    assert post(clerk, case, "import_roster", table=table, enter="1") == 302
    return case


def post(who: Client, case: Case, action: str, **typed: Any) -> int:
    status: int = answer(who, case, action, **typed).status_code
    return status


def answer(who: Client, case: Case, action: str, **typed: Any) -> Any:
    case.refresh_from_db()
    return who.post(f"/desk/cases/{case.number}/{action}/", {"version": case.version, **typed})


def money(**typed: Any) -> dict[str, Any]:
    return {"way": "document", "on_year": "2026", "on_month": "1", "on_day": "5", **typed}


def awarded(case: Case) -> dict[int, tuple[int, bool]]:
    rows = Worker.objects.filter(case=case).values_list("seq", "awarded_fen", "dismissed_on")
    return {seq: (fen, on is not None) for seq, fen, on in rows}


def test_an_award_by_worker_tells_nothing_from_not_decided(clerk: Client, group: Case) -> None:
    typed = money(spread="lines", line_1="12000", line_2="0")  # no. 3 is left out
    assert post(clerk, group, "record_award", **typed) == 302
    assert awarded(group) == {1: (1_200_000, False), 2: (0, True), 3: (0, False)}
    assert post(clerk, group, "record_award", **money(spread="lines", line_2="0", correction="on")) == 302
    assert awarded(group)[2] == (0, False)


def test_one_figure_says_that_nobody_was_given_anything(clerk: Client, group: Case) -> None:
    assert post(clerk, group, "record_award", **money(spread="by_claim", total="0")) == 302
    assert awarded(group) == {1: (0, True), 2: (0, True), 3: (0, True)}


def test_a_share_that_rounds_to_nothing_is_no_dismissal(clerk: Client, group: Case) -> None:
    assert post(clerk, group, "record_award", **money(spread="evenly", total="0.02")) == 302
    assert awarded(group) == {1: (1, False), 2: (1, False), 3: (0, False)}


@pytest.mark.parametrize("action", ["record_claim", "record_payment"])
def test_nothing_else_may_be_nothing(clerk: Client, group: Case, action: str) -> None:
    before = LedgerLine.objects.count()
    assert post(clerk, group, action, **money(spread="lines", line_2="0")) == 422
    assert LedgerLine.objects.count() == before
