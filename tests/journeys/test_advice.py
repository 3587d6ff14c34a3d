"""The pages of advice in a real browser: one question at a time, the answer, one printed page, and on to an application.

Every kind of page met here is looked at by axe in both languages and at every width (tests/journeys/walker.py).
"""

from __future__ import annotations

import io

import pikepdf
import pytest
from playwright.sync_api import expect

from tests.journeys import desk, portal
from tests.journeys.conftest import Visit
from tests.journeys.people import somebody
from tests.journeys.portal import GO, SKIP
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey


def _day(worker: Walker, name: str, day: str) -> None:
    for part, text in zip(("year", "month", "day"), day.split("-"), strict=False):
        worker.fill(f"{name}_{part}", text)


def _answer(worker: Walker, door: str, said: dict[str, object]) -> None:
    """Go through a door from the home page; a question without an answer is left out."""
    worker.go("/")
    worker.press(f"main a[href='/advice/{door}/']")
    worker.press("main a.button")
    for _ in range(50):
        key = worker.page.url.rstrip("/").rsplit("/", 1)[1]
        if key == "answer":
            return
        told = said.get(key)
        if told is None:
            worker.press(SKIP)
            continue
        if isinstance(told, dict):
            for name, day in told.items():
                _day(worker, name, day)
        elif isinstance(told, tuple):
            worker.tick(key, *told)
        else:
            worker.fill(key, str(told))
        worker.press(GO)
    raise AssertionError(f"{door} does not end: {worker.page.url}")


def _printed_pages(worker: Walker) -> int:
    with pikepdf.open(io.BytesIO(worker.page.pdf(format="A4", prefer_css_page_size=True))) as paper:
        return len(paper.pages)


def test_what_am_i_owed_ends_in_an_application_with_the_facts_in_it(visit: Visit) -> None:
    worker, said = visit(), somebody()
    _answer(worker, "owed", {
        "items": ("wages", "overtime", "double_wage", "severance", "annual_leave", "work_injury"),
        "caller": ("company",), "where": "高平市", "pay": ("month",), "rate_month": "6000",
        "unpaid": {"first": "2026-06-01", "last": "2026-08-31"}, "paid": "2000",
        "signed": ("no",), "began": {"began": "2025-09-01"}, "still": ("no",),
        "ended": {"ended": "2026-08-31"}, "reason": ("worker_for_employer_breach",), "average": "6300",
        "leave": ("5",), "leave_used": "0", "full_year": ("yes",), "grade": "9", "local": "7000",
    })  # fmt: skip
    # three months less what was paid, severance, leave and the payment for the injury
    expect(worker.page.locator(".receipt .number")).to_contain_text("元")
    expect(worker.page.locator(".worth h2").first).to_contain_text("16,000.00")
    assert _printed_pages(worker) == 1
    worker.press("main button:has-text('带着这些去申请')")
    assert worker.page.url.endswith("/apply/who/")
    portal.answer(worker, said)
    got = portal.send(worker)
    clerk = desk.sign_in(visit(desk=True), "clerk")
    desk.open_case(clerk, got.number)
    assert desk.ledger(clerk)["claimed"] > 1_600_000
    expect(clerk.page.locator("main")).to_contain_text("2026-08-31")


def test_how_long_do_i_have_without_a_script_on_the_smallest_phone(visit: Visit) -> None:
    worker = visit(java_script_enabled=False, width=320)
    facts: dict[str, object] = {
        "items": ("wages", "severance"), "caller": ("contractor",), "iou": ("no",), "due": {"due": "2024-09-01"},
        "still": ("no",), "ended": {"ended": "2024-08-31"}, "since": ("demand",), "on_demand": {"last": "2024-12-01"},
    }  # fmt: skip
    _answer(worker, "how-long", facts)
    assert "还能怎么办" in worker.text()
    seeing = visit()
    _answer(seeing, "how-long", facts)
    for told in ("2025 年 12 月 1 日", "2027 年 12 月 1 日"):  # if it is an employment, and if it is none
        expect(seeing.page.locator("main")).to_contain_text(told)
    assert _printed_pages(seeing) == 1


def test_who_must_pay_names_the_main_builder_first_and_helps_on(visit: Visit) -> None:
    worker = visit()
    _answer(worker, "who-pays", {
        "caller": ("contractor",), "site": ("yes",), "above": ("sub",), "lent": ("no",), "board": ("yes",),
        "owner": ("firm",), "owner_paid": ("no",), "permit": ("yes",), "began": {"began": "2026-03-01"},
        "still": ("no",), "ended": {"ended": "2026-08-31"},
    })  # fmt: skip
    expect(worker.page.locator(".payers li").first).to_contain_text("先付")
    expect(worker.page.locator("main")).to_contain_text("看这些")  # the licence is not known
    assert _printed_pages(worker) == 1
    worker.press("main button:has-text('带着这些去申请')")
    portal.answer(worker, somebody(), until="firms")
    assert worker.page.url.endswith("/apply/firms/")
