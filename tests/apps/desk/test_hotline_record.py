"""The consultation record on the operator's page: kept as it is typed, answered by the law, grown into a case."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nuanxin.accounts.models import Staff
from nuanxin.audit.actor import Role
from nuanxin.cases.models import Respondent, Worker
from nuanxin.desk.views.hotline import record
from nuanxin.hotline.actions.calls import About
from nuanxin.hotline.actions.records import close
from nuanxin.hotline.models import Call, ConsultationRecord
from nuanxin.hotline.rules.calls import Happening
from tests.apps.desk.conftest import Desk
from tests.apps.desk.test_counter import opened
from tests.factories.hotline import PHONE, WORKDAY, Hotline, open_hotline
from tests.factories.staff import GAOPING
from tests.statements import counted

PAGE = "/desk/hotline/"
pytestmark = pytest.mark.django_db
# Four whole months at 6000 are 24000, of which 1000 were paid; the time runs a year from the day they left.
TOLD = {
    "category": "wages", "story": "三号楼砌墙，一直没发", "place_text": "140581", "work": "砌墙", "construction": "yes",
    "hirer": "leader", "employer": "老周", "builder": "高平建工", "relation": "employment", "wage": "6000",
    "since": "2025年3月", "until": "2025-06", "paid": "1000", "still": "no", "left": "2025-07-01",
    "have": ["messages", "witness"], "name": "贺来电", "reach": "13900139000", "hours": "18:00-21:00",
    "no_calls": "", "reply": "先申请劳动仲裁",
}  # fmt: skip


@pytest.fixture
def line(offices: Any) -> Any:
    with time_machine.travel(WORKDAY, tick=False):
        yield open_hotline()


def seated(desk: Desk, line: Hotline, role: Role) -> Client:
    """The browser of the operator or the duty lawyer of the hotline."""
    person = line.operator if role is Role.OPERATOR else line.lawyer
    return desk(role, staff=Staff.objects.get(pk=person.id))


def taken(browser: Client, line: Hotline, call: str = "c1") -> Call:
    """A call that this person has answered."""
    row = line.queued(call)
    assert browser.post(f"{PAGE}{row.pk}/take/").status_code == 302
    return row


def keep(browser: Client, call: Call, **typed: Any) -> Any:
    """One background writing."""
    return browser.post(f"{PAGE}{call.pk}/record/", typed, headers={"X-Part": "record"})


def part(browser: Client, name: str) -> str:
    return str(browser.get(PAGE, headers={"X-Part": name}).content.decode())


def test_what_is_typed_is_kept_and_found_again_on_another_machine(desk: Desk, line: Hotline) -> None:
    browser = seated(desk, line, Role.OPERATOR)
    call = taken(browser, line)
    assert keep(browser, call, story="三号楼", amount="五千块", turn="1", page="a").json()["version"] == 1
    other = seated(desk, line, Role.OPERATOR).get(PAGE).content.decode()
    assert "三号楼" in other
    assert 'value="五千块"' in other  # not a figure yet, kept all the same
    assert "Write the amount in figures" in other
    assert 'name="seen" value="1"' in other


def test_without_javascript_the_button_keeps_and_the_page_comes_back(desk: Desk, line: Hotline) -> None:
    browser = seated(desk, line, Role.OPERATOR)
    call = taken(browser, line)
    answer = browser.post(f"{PAGE}{call.pk}/record/", {"story": "三号楼", "seen": "0"})
    assert (answer.status_code, ConsultationRecord.objects.get().facts) == (302, {"story": "三号楼"})
    late = browser.post(f"{PAGE}{call.pk}/record/", {"story": "四号楼", "seen": "0"})
    text = late.content.decode()
    assert (late.status_code, ConsultationRecord.objects.get().facts) == (409, {"story": "三号楼"})
    assert "四号楼" in text  # what was typed is not lost
    assert 'name="seen" value="1"' in text
    then = {"story": "四号楼", "seen": "1", "then": "new"}
    assert browser.post(f"{PAGE}{call.pk}/record/", then)["Location"] == f"{PAGE}{call.pk}/new/"


def test_what_happened_is_asked_first_though_the_exchange_told_the_place(desk: Desk, line: Hotline) -> None:
    """A place from the exchange is no answer of the caller's: the first step stands open until something is told."""
    browser = seated(desk, line, Role.OPERATOR)
    line.tell(Happening.ARRIVED, 0, about=About(PHONE, topic="wages", place=GAOPING))
    call = taken(browser, line)
    assert open_steps(browser) == ["What happened"]
    keep(browser, call, place_text="140581", place="140581", story="没发工资", page="p", turn="1")
    assert open_steps(browser) == ["The work"]


def open_steps(browser: Client) -> list[str]:
    """The headings of the steps that stand open."""
    found = re.findall(r'class="step" open><summary>\d\. ([^<]*?) *<span', part(browser, "hotline"))
    return [html.unescape(one) for one in found]


def test_two_windows_are_told_of_each_other(desk: Desk, line: Hotline) -> None:
    browser = seated(desk, line, Role.OPERATOR)
    call = taken(browser, line)
    keep(browser, call, story="one", page="a", turn="1")
    late = keep(browser, call, story="two", page="b", turn="1", seen="0")
    assert late.status_code == 409
    assert (late.json()["code"], late.json()["version"]) == ("changed_elsewhere", 1)
    assert "another window" in late.json()["sentence"]


def test_nobody_else_writes_and_what_the_exchange_does_not_say_is_not_guessed(
    desk: Desk, line: Hotline
) -> None:
    browser, other = seated(desk, line, Role.OPERATOR), seated(desk, line, Role.DUTY_LAWYER)
    call = taken(browser, line)
    assert keep(other, call, story="x").json()["code"] == "not_yours"
    assert keep(desk(Role.OPERATOR, 440306_000000), call, story="x").status_code == 403
    assert desk(Role.CLERK).post(f"{PAGE}{call.pk}/record/", {"story": "x"}).status_code == 403
    assert ConsultationRecord.objects.count() == 0


def test_the_law_answers_from_what_was_told_so_far(desk: Desk, line: Hotline) -> None:
    browser = seated(desk, line, Role.OPERATOR)
    call = taken(browser, line)
    before = browser.get(f"{PAGE}live/").json()
    assert "the answer stands here" in part(browser, "law")
    keep(browser, call, category="wages", wage="6000", months="4")
    law = part(browser, "law")
    assert "24,000.00" in law  # as the caller says: the time is not known yet
    assert "Still needed" in law
    keep(browser, call, **TOLD, seen="1")
    law = part(browser, "law")
    assert "23,000.00" in law
    assert "1 July 2026" in law
    assert "高平建工" in law
    assert "Regulation on the Payment of Wages to Migrant Workers" in law or "art. 36(1)" in law
    after = browser.get(f"{PAGE}live/").json()
    assert (before["law"] == after["law"], before["record"] == after["record"]) == (False, True)
    assert before["near"] != after["near"]


def test_a_sum_that_only_the_caller_says_has_its_limitation(desk: Desk, line: Hotline) -> None:
    """Left on 15 October 2025, asked for it on 1 November: one year from there, to 1 November 2026."""
    browser = seated(desk, line, Role.OPERATOR)
    call = taken(browser, line)
    told = {
        "category": "wages",
        "amount": "23456.78",
        "relation": "employment",
        "left": "2025-10-15",
        "still": "no",
    }
    keep(browser, call, **told)
    assert "15 October 2026" in part(browser, "law")
    keep(browser, call, **told, asked_on="2025-11-01", seen="1")
    law = part(browser, "law")
    assert "23,456.78" in law
    assert "1 November 2026" in law
    assert "244 days left" in law  # from 2 March 2026: 29 in March, 30, 31, 30, 31, 31, 30, 31 and 1


def test_no_contract_is_answered_from_the_first_day_at_work(desk: Desk, line: Hotline) -> None:
    """At work since 1 April 2025 without a contract, 5000 a month: double from 1 May 2025. By Monday, 2 March 2026
    these are ten months, 50,000, and one day of work, 5000 / 21.75 = 229.89."""
    browser = seated(desk, line, Role.OPERATOR)
    call = taken(browser, line)
    told = {
        "category": "no_contract",
        "wage": "5000",
        "relation": "employment",
        "still": "yes",
        "contract": "none",
    }
    keep(browser, call, **told, place_text="110105")
    assert 'href="#id_started"' in part(browser, "law")
    keep(browser, call, **told, place_text="110105", started="2025-04-01", seen="1")
    law = part(browser, "law")
    assert "double wage" in law
    assert "50,229.89" in law
    form = browser.get(f"{PAGE}{call.pk}/new/").context["form"]
    assert form["worked_from"].value() == "2025-04-01"
    assert "double_wage" in form["items"].value()


def test_what_to_ask_next_is_said(desk: Desk, line: Hotline) -> None:
    browser = seated(desk, line, Role.OPERATOR)
    call = taken(browser, line)
    old = {"category": "wages", "wage": "4500", "since": "2023-07", "until": "2023-09", "paid": "0", "still": "no",
           "left": "2023-09-30", "relation": "employment"}  # fmt: skip
    keep(browser, call, **old, turn="1", page="p")
    assert "from that day it begins anew" in part(browser, "law")
    keep(browser, call, **old, asked_on="2024-05-01", turn="2", page="p")
    assert "from that day it begins anew" not in part(browser, "law")
    # the minimum wage of Beijing is 2,540 yuan since 1 September 2025; of Gaoping the table has none
    now = {
        "category": "wages",
        "since": "2025-12",
        "until": "2026-01-31",
        "relation": "employment",
        "paid": "0",
    }
    keep(browser, call, **now, wage="1200", place_text="110105", turn="3", page="p")
    assert "2,540.00 yuan a month" in part(browser, "law")
    keep(browser, call, **now, wage="1200", place_text="140581", turn="4", page="p")
    assert "Look up the local minimum wage" in part(browser, "law")
    for turn, place in enumerate(("110105", "140581"), 5):
        keep(browser, call, **now, wage="2900", place_text=place, turn=str(turn), page="p")
        assert "minimum wage" not in part(browser, "law")


def test_a_sum_that_makes_no_sense_is_said_and_stops_nothing(desk: Desk, line: Hotline) -> None:
    browser = seated(desk, line, Role.OPERATOR)
    call = taken(browser, line)
    keep(browser, call, category="wages", wage="六千", since="去年", months="几个", place_text="火星")
    law = part(browser, "law")
    for words in ("Write the amount in figures", "Write the day in figures", "There is no such place"):
        assert words in law
    assert ConsultationRecord.objects.get().facts["since"] == "去年"


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.DUTY_LAWYER])
def test_a_record_grows_into_a_case_and_nothing_is_asked_twice(desk: Desk, line: Hotline, role: Role) -> None:
    browser = seated(desk, line, role)
    call = taken(browser, line)
    keep(browser, call, **TOLD)
    form = browser.get(f"{PAGE}{call.pk}/new/").context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "", False)}
    assert sent["amount"] == "23000.00"
    case = opened(browser.post(f"{PAGE}{call.pk}/new/", {**sent, "consent": "on"}))
    call.refresh_from_db()
    worker = Worker.objects.get(case=case)
    parties = list(Respondent.objects.filter(case=case).order_by("seq").values_list("name", "role", "kind"))
    assert (call.case, case.door, case.items) == (case.pk, "hotline", ["wages"])
    assert (worker.name, worker.phone, worker.call_hours) == ("贺来电", "13900139000", "18:00-21:00")
    assert parties == [
        ("老周", "team_leader", "individual"),
        ("高平建工", "general_contractor", "licensed_unit"),
    ]
    assert (case.worked_from, str(case.ended_on)) == ("2025-03", "2025-07-01")
    receipt = f"/desk/new/{case.number}/"
    assert "Back to the call" in browser.get(receipt).content.decode()
    line.tell(Happening.HUNG_UP, 100)
    browser.post(f"{PAGE}{call.pk}/wrap-up/", {"code": "application", **TOLD, "seen": "1"})
    assert "Back to the call" not in browser.get(receipt).content.decode()


def test_a_record_is_closed_with_category_and_reply_and_what_was_typed_stays(
    desk: Desk, line: Hotline
) -> None:
    browser = seated(desk, line, Role.OPERATOR)
    call = taken(browser, line)
    line.tell(Happening.HUNG_UP, 100)
    short = browser.post(f"{PAGE}{call.pk}/wrap-up/", {"code": "advised", "story": "三号楼"})
    text = short.content.decode()
    assert short.status_code == 409
    assert (
        text.count("write what it was about and what was advised") == 3
    )  # on top, at the category, at the reply
    assert 'value="advised" checked' in text
    assert ConsultationRecord.objects.get().facts == {"story": "三号楼"}
    done = browser.post(f"{PAGE}{call.pk}/wrap-up/", {"code": "advised", **TOLD, "seen": "1"})
    assert done.status_code == 302
    assert ConsultationRecord.objects.get().closed_at is not None
    assert "data-record" not in browser.get(PAGE).content.decode()


def test_closing_is_one_step_so_that_a_press_repeated_ends_like_the_first(
    desk: Desk, line: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second press arrives while the first is under way: it finds the call closed, as if it had done it itself."""
    browser = seated(desk, line, Role.OPERATOR)
    call = taken(browser, line)
    sent = {"code": "advised", **TOLD}

    def closed_meanwhile(**given: Any) -> Any:
        monkeypatch.setattr(record, "close", close)
        close(**given)
        return close(**given)

    monkeypatch.setattr(record, "close", closed_meanwhile)
    for _ in range(2):
        assert browser.post(f"{PAGE}{call.pk}/wrap-up/", sent).status_code == 302
    assert ConsultationRecord.objects.get().version == 1


def test_the_next_one_sees_what_the_same_telephone_was_told(desk: Desk, line: Hotline) -> None:
    browser = seated(desk, line, Role.OPERATOR)
    call = taken(browser, line)
    browser.post(f"{PAGE}{call.pk}/wrap-up/", {"code": "advised", **TOLD})
    lawyer = seated(desk, line, Role.DUTY_LAWYER)
    taken(lawyer, line, "c2")
    known = part(lawyer, "known")
    assert "Earlier calls" in known
    assert "Unpaid wages" in known
    assert "先申请劳动仲裁" in known
    assert "贺来电" not in known  # a name is not read out of an earlier call


def test_a_draft_left_open_is_found_and_finished(desk: Desk, line: Hotline) -> None:
    browser = seated(desk, line, Role.OPERATOR)
    call = taken(browser, line)
    keep(browser, call, story="三号楼")
    line.tell(Happening.HUNG_UP, 100)
    Call.objects.update(state="ended", outcome="answered", ended_at=WORKDAY)
    page = browser.get(PAGE).content.decode()
    assert "Records left open" in page
    assert "三号楼" not in page
    chosen = browser.get(f"{PAGE}?record={call.pk}").content.decode()
    assert "A record left open" in chosen
    assert "三号楼" in chosen
    assert (
        "三号楼" not in seated(desk, line, Role.DUTY_LAWYER).get(f"{PAGE}?record={call.pk}").content.decode()
    )


def test_the_page_with_a_call_costs_the_same_with_many_earlier_ones(desk: Desk, line: Hotline) -> None:
    browser = seated(desk, line, Role.OPERATOR)

    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(address).status_code == 200
        return counted(seen.captured_queries)

    call = taken(browser, line)
    browser.post(f"{PAGE}{call.pk}/wrap-up/", {"code": "advised", **TOLD})
    second = taken(browser, line, "c2")
    keep(browser, second, **TOLD)
    cost(PAGE)  # the places and the points are read once for the process
    few, poll = cost(PAGE), cost(f"{PAGE}live/")
    browser.post(f"{PAGE}{second.pk}/wrap-up/", {"code": "advised", **TOLD, "seen": "1"})
    for n in range(3, 7):
        again = taken(browser, line, f"c{n}")
        browser.post(f"{PAGE}{again.pk}/wrap-up/", {"code": "advised", **TOLD})
    last = taken(browser, line, "c9")
    keep(browser, last, **TOLD)
    assert (cost(PAGE), cost(f"{PAGE}live/")) == (few, poll)
    assert (few <= 20, poll <= 9) == (True, True), (few, poll)


@pytest.mark.parametrize("field", ["seen", "turn"])
def test_a_number_too_long_to_read_is_no_number(field: str, desk: Desk, line: Hotline) -> None:
    browser = seated(desk, line, Role.OPERATOR)
    call = taken(browser, line)
    assert keep(browser, call, story="欠薪", **{field: "9" * 5000}).status_code in {200, 302}
    assert ConsultationRecord.objects.get(call=call).facts["story"] == "欠薪"


@pytest.mark.parametrize("field", ["category", "page", "place_text", "place"])
def test_a_sign_that_the_database_does_not_take_loses_no_draft(field: str, desk: Desk, line: Hotline) -> None:
    browser = seated(desk, line, Role.OPERATOR)
    call = taken(browser, line)
    assert keep(browser, call, story="欠薪", **{field: "\x00"}).status_code in {200, 302}
    assert ConsultationRecord.objects.get(call=call).facts["story"] == "欠薪"
    closed = browser.post(f"{PAGE}{call.pk}/wrap-up/", {"story": "欠薪三个月", "code": "\x00"})
    assert closed.status_code == 409
