"""The one door: what becomes of a submission, from wherever it comes, once and only once."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from nuanxin.audit.actor import HELPER, SYSTEM, WORKER
from nuanxin.audit.models import Event
from nuanxin.audit.verify import verify
from nuanxin.cases.actions.submit import KeyReused, Receipt, submit
from nuanxin.cases.codes import check_code, follow_code
from nuanxin.cases.models import Case, Entry, LedgerLine, NameGram, Respondent, Submission, Worker
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.intake import read_intake
from nuanxin.cases.rules.numbers import case_id_of
from nuanxin.cases.rules.states import Door
from nuanxin.network.models import Agency
from nuanxin.network.queries import national_intake
from nuanxin.notices.models import Notice
from tests.factories.intake import body, open_case
from tests.factories.story import AT, GAOPING, JINCHENG

pytestmark = pytest.mark.django_db
Offices = dict[int, Agency]


def send(sent: dict[str, Any], key: str = "key-00000001", at: datetime = AT) -> Receipt:
    intake = read_intake(sent, place_known=lambda _: True, today=at.astimezone(SHANGHAI).date())
    return submit(intake=intake, by=WORKER, at=at, key=key, body=sent)


@pytest.mark.parametrize("door", list(Door))
def test_every_door_opens_the_same_case(door: Door, offices: Offices) -> None:
    helper = {"name": "测试帮办", "phone": "13900000002", "relation": "村干部"}
    sent = body(door=door, helper=helper if door is Door.HELPER else None)
    case = open_case(sent=sent, by=HELPER if door is Door.HELPER else SYSTEM)
    assert (case.door, case.status, case.seat, case.step) == (door, "submitted", "clerk", "accept")
    assert (case.holder_agency, case.holder_region, case.province) == (offices[GAOPING].pk, GAOPING, 14)
    assert case.next_by == datetime(2026, 3, 2, 17, 30, tzinfo=SHANGHAI)
    submission = Submission.objects.get(case=case)
    assert (submission.helper_name, submission.helper_phone) == (
        ("测试帮办", "13900000002") if door is Door.HELPER else ("", "")
    )
    assert list(verify(case.pk)) == []


def test_a_receipt_says_what_happens_next(offices: Offices) -> None:
    receipt = send(body())
    case = Case.objects.get(pk=receipt.case_id)
    assert receipt.body["number"] == case.number
    assert case_id_of(receipt.body["number"]) == case.pk
    assert check_code(receipt.body["follow_code"], case.pk) == 0
    assert receipt.body["status"] == "submitted"
    assert receipt.body["agency"] == {"name": offices[GAOPING].name_zh, "place": "140581"}
    assert "2026年3月2日17:30" in receipt.body["next"]["sentence"]["zh"]
    assert "17:30 on 2 March 2026" in receipt.body["next"]["sentence"]["en"]
    notice = Notice.objects.get(case_id=case.pk)
    assert notice.template == "received_aid"
    assert follow_code(case.pk) in notice.values


def test_the_same_again_is_the_same_case_word_for_word(offices: Offices) -> None:
    sent = body()
    first = send(sent)
    again = send(dict(reversed(sent.items())), at=AT + timedelta(days=3))
    assert (again.body, again.case_id, again.replayed) == (first.body, first.case_id, True)
    assert not first.replayed
    assert Case.objects.count() == 1
    assert Event.objects.filter(stream=first.case_id).count() == 1


def test_a_replay_after_the_case_moved_still_says_what_it_said(offices: Offices) -> None:
    sent = body()
    first = send(sent)
    Case.objects.filter(pk=first.case_id).update(status="accepted")
    assert send(sent).body == first.body
    # A code that was renewed since is the one thing that changes: the old one opens nothing.
    Case.objects.filter(pk=first.case_id).update(code_epoch=3)
    assert send(sent).body == {**first.body, "follow_code": follow_code(first.case_id, 3)}


def test_the_same_key_for_something_else_is_refused(offices: Offices) -> None:
    send(body())
    with pytest.raises(KeyReused):
        send(body(amount_claimed="9999.00"))
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_open_one_case(offices: Offices) -> None:
    sent, answers, gate = body(), [], threading.Barrier(10)

    def knock() -> None:
        gate.wait()
        answers.append(send(sent))
        connection.close()

    threads = [threading.Thread(target=knock) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(answers) == 10
    assert len({answer.case_id for answer in answers}) == 1
    assert sum(not answer.replayed for answer in answers) == 1
    assert len({str(answer.body) for answer in answers}) == 1
    assert [model.objects.count() for model in (Case, Submission, Worker, Notice)] == [1, 1, 1, 1]
    assert list(verify(answers[0].case_id)) == []


def test_a_report_without_a_place_goes_to_the_national_desk(offices: Offices) -> None:
    case = open_case(kind="report", place=None, items=None, amount_claimed=None)
    assert (case.holder_agency, case.holder_region, case.place, case.province) == (
        national_intake().pk,
        0,
        0,
        0,
    )
    assert (case.seat, case.step, case.items, case.lane) == ("operator", "call_back", ["wages"], "green")
    assert case.next_by == AT + timedelta(hours=2)


def test_a_question_waits_for_a_duty_lawyer(offices: Offices) -> None:
    case = open_case(kind="question", items=None, amount_claimed=None)
    assert (case.seat, case.step, case.lane) == ("duty_lawyer", "answer", "ordinary")


def test_an_abolished_place_is_kept_and_its_successor_holds_the_case(offices: Offices) -> None:
    case = open_case(place="140502")  # in force
    assert case.holder_region == JINCHENG
    old = open_case(place="330103")  # 下城区, abolished in 2021
    assert old.place == 330103_000000
    assert old.place_now != old.place
    assert old.province == 33


def test_a_place_without_an_agency_goes_to_the_nearest_above(offices: Offices) -> None:
    assert open_case(place="140525").holder_agency == offices[JINCHENG].pk
    assert open_case(place="370781").holder_agency == national_intake().pk


@pytest.mark.parametrize(
    ("items", "lane", "first_clock"),
    [
        (["wages"], "green", "promise.same_day"),
        (["wages", "work_injury", "overtime"], "green", "promise.same_day"),
        (["wages", "severance"], "mixed", "promise.same_day"),
        (["severance"], "ordinary", "legal_aid.review"),
    ],
)
def test_the_items_decide_the_lane_and_the_lane_the_promise(
    items: list[str], lane: str, first_clock: str, offices: Offices
) -> None:
    case = open_case(items=items)
    assert (case.lane, case.next_clock) == (lane, first_clock)
    rules = [clock.rule for clock in case.clock_list()]
    assert rules == (["legal_aid.review"] if lane == "ordinary" else ["legal_aid.review", "promise.same_day"])


@pytest.mark.parametrize(
    ("ago", "left", "urgent"), [(365, 0, True), (364, 1, True), (359, 6, True), (358, 7, False)]
)
def test_urgency_turns_on_the_days_left(ago: int, left: int, urgent: bool, offices: Offices) -> None:
    today = AT.astimezone(SHANGHAI).date()
    case = open_case(ended_on=(today - timedelta(days=ago)).isoformat(), relation="employment")
    assert case.limitation_on is not None
    assert (case.limitation_on - today).days == left
    assert case.urgent is urgent
    assert (case.queue_key < 10**11) is urgent


def test_a_limitation_that_has_run_out_is_not_urgent(offices: Offices) -> None:
    case = open_case(ended_on="2024-01-10", relation="employment")
    assert case.limitation_on == date(2025, 1, 10)
    assert not case.urgent


def test_a_month_without_a_day_counts_from_its_first_day(offices: Offices) -> None:
    assert open_case(worked={"from": "2025-01", "to": "2025-06"}).limitation_on == date(2026, 6, 1)


def test_somebody_still_employed_has_no_last_day(offices: Offices) -> None:
    assert open_case(worked={"from": "2025-01"}).limitation_on is None


def test_the_means_step_waits_for_a_document(offices: Offices) -> None:
    assert (open_case().means, open_case().means_settled) == ("document_needed", False)
    assert open_case(items=["severance"]).means == "check_or_undertaking"


def test_people_parties_words_and_money_have_rows_of_their_own(offices: Offices) -> None:
    safe = {"may_call": False, "hours": "18:00-21:00", "may_say_who": False, "passphrase": "桃花"}
    case = open_case(
        applicant={
            "name": "田某某",
            "resident_id": "11010519491231002X",
            "safe_contact": safe,
            "needs": ["cannot_read"],
        },
        respondents=[
            {"name": "甲公司", "role": "employer", "phone": "0356-5550123"},
            {"role": "general_contractor"},
        ],
    )
    worker = Worker.objects.get(case=case)
    assert (worker.seq, worker.name, worker.resident_id, worker.passphrase) == (
        1,
        "田某某",
        "11010519491231002X",
        "桃花",
    )
    assert (worker.may_call, worker.call_hours, worker.may_say_who) == (False, "18:00-21:00", False)
    assert [r.seq for r in Respondent.objects.filter(case=case).order_by("seq")] == [1, 2]
    assert Entry.objects.get(case=case).text == "干了三个月，一分钱没给。"
    assert {"田", "田某", "某某"} <= set(NameGram.objects.filter(case=case).values_list("gram", flat=True))
    line = LedgerLine.objects.get(case=case)
    assert (line.worker, line.step, line.fen) == (worker, "claimed", 520_000)
    assert case.claimed_fen == worker.claimed_fen == 520_000


def test_a_groups_claim_belongs_to_the_group_until_there_is_a_roster(offices: Offices) -> None:
    case = open_case(workers=26, amount_claimed="130000.00")
    worker = Worker.objects.get(case=case)
    assert (worker.representative, worker.claimed_fen) == (True, 0)
    assert LedgerLine.objects.get(case=case).worker is None
    assert (case.claimed_fen, case.workers_count, case.workers_stated) == (13_000_000, 0, 26)


def test_no_event_holds_a_name_a_number_or_a_word(offices: Offices) -> None:
    case = open_case(applicant={"name": "田某某", "phone": "13912345678"})
    text = str(list(Event.objects.filter(stream=case.pk).values_list("payload", flat=True)))
    assert "田" not in text
    assert "13912345678" not in text
    assert "一分钱" not in text


def test_what_comes_in_the_evening_is_promised_for_the_next_working_day(offices: Offices) -> None:
    friday_evening = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)
    assert open_case(at=friday_evening).next_by == datetime(2026, 3, 9, 17, 30, tzinfo=SHANGHAI)
