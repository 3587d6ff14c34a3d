"""On the desk: the answer to money that did not come, and a worker who is not reached about it."""

from __future__ import annotations

from typing import Any

import pytest

from nuanxin.cases.models import Case, Worker
from nuanxin.cases.rules.ledger import MoneyStep
from nuanxin.network.models import Agency
from tests.factories.story import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(offices: dict[int, Agency]) -> Story:
    one = Story(workers=2, amount_claimed="200.00", applicant={"name": "田某某"}).in_progress()
    one.roster([{"name": "田某某", "claimed": "100.00"}, {"name": "乙", "claimed": "100.00"}])
    return one.money(MoneyStep.PAID, {1: 10_000, 2: 2_000})


def move(browser: Any, case: Case, action: str, **typed: str) -> Any:
    case.refresh_from_db()
    return browser.post(f"/desk/cases/{case.number}/{action}/", {"version": case.version, **typed})


def test_the_answer_is_given_to_who_said_it(desk: Any, story: Story) -> None:
    clerk, case = desk("clerk"), story.case
    assert "answer_denial" not in clerk.get(f"/desk/cases/{case.number}/").content.decode()
    story.deny(2)
    assert (
        f"/desk/cases/{case.number}/answer_denial/"
        in clerk.get(f"/desk/cases/{case.number}/").content.decode()
    )
    form = clerk.get(f"/desk/cases/{case.number}/answer_denial/").content.decode()
    assert 'name="worker"' not in form  # only one waits
    assert move(clerk, case, "answer_denial", text="银行退回了，下周重付。").status_code == 302
    assert Worker.objects.get(case=case.pk, seq=2).denial_answered_at is not None
    assert move(clerk, case, "answer_denial", text="再说一遍。").status_code != 302


def test_an_attempt_is_counted_for_one_of_the_group(desk: Any, story: Story) -> None:
    clerk, case = desk("clerk"), story.case
    assert move(clerk, case, "not_reached", worker="2", way="visit", text="锁着门。").status_code == 302
    assert Worker.objects.get(case=case.pk, seq=2).missed == 1
    again = move(clerk, case, "not_reached", worker="1", way="", text="关机。")
    assert again.status_code == 422
    page = clerk.get(f"/desk/cases/{case.number}/").content.decode()
    assert "attempt 1" in page or "第 1 次" in page
