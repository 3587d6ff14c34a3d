"""A claim of three workers, walked through the desk by everybody who has a part in it, with nothing but a browser."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from nuanxin.assignment.actions import register_lawyer
from nuanxin.audit.actor import SYSTEM, Role
from nuanxin.cases.models import Case
from tests.apps.desk.conftest import GAOPING, JINCHENG, Desk
from tests.factories.intake import open_case

TODAY = date.today


def filled(html: str) -> dict[str, Any]:
    """What the form of a page sends when nothing is typed: hidden values, checked boxes, chosen options."""
    found: dict[str, Any] = {}
    form = html[html.index("<form", html.index('class="case-title"')) :]
    for tag in re.findall(r"<input[^>]*>", form[: form.index("</form>")]):
        told = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if told.get("type") in {"radio", "checkbox"} and " checked" not in tag:
            continue
        if told.get("name"):
            found[told["name"]] = unescape(told.get("value", ""))
    return found


def take(browser: Client, case: Case, action: str, **typed: Any) -> Case:
    """Open the form of a move, fill it in, send it."""
    url = f"/desk/cases/{case.number}/{action}/"
    page = browser.get(url)
    assert page.status_code == 200, (action, page.status_code)
    answer = browser.post(url, {**filled(page.content.decode()), **typed})
    assert answer.status_code == 302, (action, errors(answer.content.decode()))
    return Case.objects.get(pk=case.pk)


def errors(html: str) -> list[str]:
    return re.findall(r'role="alert"[^>]*>(.*?)</div>', html, re.DOTALL)


def expected(browser: Client, case: Case) -> str:
    """The only filled button of the case page."""
    html = browser.get(f"/desk/cases/{case.number}/").content.decode()
    panel = html[html.index("<section") :]
    buttons = re.findall(r'class="button"[^>]*>([^<]+)<', panel)
    return buttons[0] if buttons else ""


@pytest.fixture
def lawyer(desk: Desk) -> Client:
    browser = desk(Role.LAWYER, JINCHENG)
    register_lawyer(
        staff=browser.person.pk, firm=None, place=GAOPING, specialties=["labour"], languages=[],  # type: ignore[attr-defined]
        capacity=9, by=SYSTEM, at=timezone.now(),
    )  # fmt: skip
    return browser


def test_from_the_application_to_the_money_in_hand(
    clerk: Client, decider: Client, lawyer: Client, desk: Desk
) -> None:
    case = open_case(at=timezone.now(), workers=3, amount_claimed="9000.00", applicant={"name": "田某某"})
    assert expected(clerk, case) == "Accept"
    case = take(clerk, case, "accept")
    case = take(clerk, case, "ask_for_more", missing=["roster", "debt"], text="欠条拍清楚一点")
    assert case.status == "awaiting_material"
    case = take(clerk, case, "supply")
    roster = {"table": "姓名,金额\n田某某,3000\n王二,3000\n李三,3000", "version": case.version, "enter": "1"}
    assert clerk.post(f"/desk/cases/{case.number}/import_roster/", roster).status_code == 302
    case.refresh_from_db()
    assert (case.workers_count, case.claimed_fen) == (3, 900000)
    case = take(clerk, case, "review", recommend="grant", text="齐了")
    assert expected(decider, case) == "Give aid"
    case = take(decider, case, "grant", status_document="on")
    assert expected(clerk, case) == "Offer it to a lawyer"
    case = take(clerk, case, "offer")
    assert case.status == "offered"
    assert case.number in lawyer.get("/desk/lists/offers/").content.decode()
    case = take(lawyer, case, "accept_offer")
    case = take(lawyer, case, "sign_agreement")
    case = take(lawyer, case, "record_meeting", text="见过了")
    case = take(lawyer, case, "record_step", taken="arbitration.filed")
    case = take(lawyer, case, "report_progress", text="已经申请仲裁")
    case = take(lawyer, case, "record_award", spread="by_claim", total="9000", way="document")
    case = take(lawyer, case, "record_payment", spread="evenly", total="9,000元", way="bank_proof")
    assert "confirm_payment" not in lawyer.get(f"/desk/cases/{case.number}/").content.decode()
    assert lawyer.get(f"/desk/cases/{case.number}/confirm_payment/").status_code == 404
    case = take(clerk, case, "confirm_payment", spread="lines", line_1="3000", way="phone")
    assert case.confirmed_fen == 300000
    case = take(clerk, case, "confirm_payment", spread="outstanding", way="in_person")
    assert case.sums.as_yuan() == dict.fromkeys(("claimed", "awarded", "paid", "confirmed"), "9000.00")
    case = take(lawyer, case, "report_closing", outcome="recovered", text="全部到账")
    case = take(clerk, case, "pass_file")
    case = take(clerk, case, "pay_subsidy", amount="1500")
    case = take(clerk, case, "record_follow_up", reached="yes", satisfied="5", text="满意")
    case = take(clerk, case, "rate", stars="5")
    assert expected(clerk, case) == "Close the case"
    case = take(clerk, case, "close")
    assert (case.status, case.turn, case.rating, case.subsidy_fen) == ("closed", "ended", 5, 150000)
    assert case.number in clerk.get("/desk/lists/closed/").content.decode()


def let_the_pause_pass(case: Case) -> None:
    """As if the last call had been made two days ago."""
    ago = timedelta(days=2)
    case.clocks = [replace(clock, started_at=clock.started_at - ago).as_json() for clock in case.clock_list()]
    case.save(update_fields=["clocks"])


def test_a_report_is_rung_back_and_becomes_an_application(desk: Desk) -> None:
    operator = desk(Role.OPERATOR)
    case = open_case(at=timezone.now(), kind="report", items=None, amount_claimed=None)
    assert case.number in operator.get("/desk/lists/reports/").content.decode()
    for text in ("", "占线", ""):
        case = take(operator, case, "call_failed", text=text)
        again = operator.get(f"/desk/cases/{case.number}/call_failed/").content.decode()
        assert "The last call was not long ago" in again or "last call that failed" in again
        let_the_pause_pass(case)
    assert "3 calls failed" in operator.get("/desk/lists/reports/").content.decode()
    assert (
        operator.get(f"/desk/cases/{case.number}/call_failed/")
        .content.decode()
        .count("last call that failed")
        >= 1
    )
    case = take(operator, case, "call_back", text="通了")
    case = take(operator, case, "convert", items=["wages"])
    assert (case.kind, case.status) == ("aid", "accepted")


def test_a_question_is_answered_by_the_duty_lawyer(desk: Desk) -> None:
    duty = desk(Role.DUTY_LAWYER)
    case = open_case(at=timezone.now(), kind="question", items=None, amount_claimed=None)
    clerk = desk(Role.CLERK)
    for shelf in ("mine", "today", "green"):
        assert case.number not in clerk.get(f"/desk/lists/{shelf}/").content.decode()  # not theirs to do
    assert "Waiting for duty lawyer" in clerk.get("/desk/lists/others/").content.decode()
    home = duty.get("/desk/", follow=True).content.decode()
    assert case.number in home
    assert "Waiting for" not in home
    assert duty.get("/desk/lists/mine/").status_code == 404
    assert expected(duty, case) == "Send the answer"
    case = take(duty, case, "answer", text="可以，拿欠条就能起诉。")
    assert case.status == "answered"


def test_a_transfer_is_answered_by_the_other_office_and_the_sender_goes_on_reading(
    clerk: Client, desk: Desk, offices: dict[str, Any]
) -> None:
    other = desk(Role.CLERK, JINCHENG)
    case = open_case(at=timezone.now())
    case = take(clerk, case, "transfer", agency=offices["jincheng"].pk, text="施工地在市里")
    assert case.number in clerk.get("/desk/lists/sent/").content.decode()
    assert case.number in other.get("/desk/lists/incoming/").content.decode()
    case = take(other, case, "refuse_transfer", text="材料不在我们这")
    case = take(clerk, case, "transfer", sought="140500", agency="", text="再问一次")
    case = take(other, case, "accept_transfer")
    assert case.holder_region == JINCHENG
    assert clerk.get(f"/desk/cases/{case.number}/").status_code == 200
    assert clerk.get(f"/desk/cases/{case.number}/accept/").status_code == 404


def test_a_withdrawal_is_confirmed_by_another_colleague(clerk: Client, desk: Desk) -> None:
    colleague = desk(Role.CLERK)
    case = open_case(at=timezone.now())
    case = take(clerk, case, "request_withdrawal", text="老板说给钱了")
    answer = clerk.post(
        f"/desk/cases/{case.number}/confirm_withdrawal/", {"text": "问过了", "version": case.version}
    )
    assert answer.status_code == 409
    assert "has not handled this case" in answer.content.decode()
    assert "问过了" in answer.content.decode()
    case = take(colleague, case, "confirm_withdrawal", text="本人意思，钱到手了，没人逼")
    assert case.status == "withdrawn"


def test_a_refusal_goes_to_the_bureau_and_back(decider: Client, clerk: Client, desk: Desk) -> None:
    case = take(clerk, open_case(at=timezone.now(), items=["severance"]), "accept")
    case = take(decider, case, "refuse", grounds=["means"], text="收入高于标准；不同意可以找司法局")
    case = take(clerk, case, "object", text="算错了")
    bureau = desk(Role.BUREAU)
    assert case.number in bureau.get("/desk/").content.decode()
    case = take(bureau, case, "sustain_objection", text="确实算错了")
    assert case.status == "granted"


def test_a_supervisor_asks_and_the_office_answers(clerk: Client, desk: Desk) -> None:
    supervisor = desk(Role.SUPERVISOR, 140000_000000)
    case = open_case(at=timezone.now())
    case = take(supervisor, case, "open_watch", text="三天没动，怎么回事？")
    assert case.number in clerk.get("/desk/lists/watch/").content.decode()
    case = take(clerk, case, "answer_watch", text="今天受理")
    html = supervisor.get(f"/desk/cases/{case.number}/").content.decode()
    assert "今天受理" in html
    assert case.watch_by == 0


def test_why_a_lawyer_declined_stands_on_the_record(clerk: Client, decider: Client, lawyer: Client) -> None:
    case = open_case(at=timezone.now())
    for browser, action, typed in (
        (clerk, "accept", {}), (clerk, "review", {"recommend": "grant"}), (decider, "grant", {"status_document": "on"}),
        (clerk, "offer", {}), (lawyer, "decline_offer", {"reason": "too_busy"}),
    ):  # fmt: skip
        case = take(browser, case, action, **typed)
    html = clerk.get(f"/desk/cases/{case.number}/").content.decode()
    assert '<span class="soft">· no time now</span>' in html
