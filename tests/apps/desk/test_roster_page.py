"""The list of workers at the desk: pasted, as text, as a spreadsheet; checked first, entered with the next press."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from nuanxin.cases.models import Case
from nuanxin.cases.rules.clocks import SHANGHAI
from tests.factories.intake import open_case
from tests.factories.sheets import book, repacked


@pytest.fixture
def case(offices: object) -> Case:
    return open_case(at=timezone.now())


def url(case: Case, action: str) -> str:
    return f"/desk/cases/{case.number}/{action}/"


def test_a_list_with_faults_enters_nothing_and_names_every_row(clerk: Client, case: Case) -> None:
    table = "姓名\t电话\t身份证\t金额\n王二\t1381234567\t\t100\n<b>李三</b>\t13812345678\t110101199003070047\t-5\n赵四\t\t\t200"
    answer = clerk.post(
        url(case, "import_roster"), {"version": case.version, "table": table, "enter": "1"}
    ).content.decode()
    assert "faults; nothing was entered" in answer
    for words in ("Telephone", "Name", "Resident ID", "1381234567"):
        assert words in answer
    case.refresh_from_db()
    assert case.workers_count == 1
    good = clerk.post(
        url(case, "import_roster"), {"version": case.version, "table": "王二\n赵四"}
    ).content.decode()
    assert "2 workers, without a fault" in good
    assert 'name="enter"' in good


def test_a_list_with_an_unknown_heading_is_told_which_and_its_own_headings_are_known(
    clerk: Client, case: Case
) -> None:
    table = "姓名,工钱数,主张\n王二,5,100"
    answer = clerk.post(url(case, "import_roster"), {"version": case.version, "table": table})
    assert "工钱数" in answer.content.decode()
    assert "1 fault; nothing was entered" in answer.content.decode()
    own = clerk.post(url(case, "import_roster"), {"version": case.version, "table": "姓名,主张\n王二,100"})
    assert "1 worker, without a fault" in own.content.decode()


def test_a_list_may_come_as_a_file_of_a_chinese_spreadsheet(clerk: Client, case: Case) -> None:
    file = SimpleUploadedFile(
        "名单.csv", "姓名,电话,金额\r\n王二,13812345670,2600.50\r\n".encode("gb18030"), "text/csv"
    )
    checked = clerk.post(url(case, "import_roster"), {"version": case.version, "file": file}).content.decode()
    assert "王二" in checked
    assert "2,600.50" in checked
    bad = SimpleUploadedFile("x.csv", b"\xff\xfe\x00\xd8\x81", "text/csv")
    assert (
        "no text"
        in clerk.post(url(case, "import_roster"), {"version": case.version, "file": bad}).content.decode()
    )


def test_a_list_with_an_unusual_sum_is_checked_shown_and_entered_with_a_reason(
    clerk: Client, offices: object
) -> None:
    group = open_case(at=timezone.now(), workers=2, amount_claimed="6000.00", applicant={"name": "田某某"})
    typed = {"version": group.version, "table": "姓名,金额\n田某某,3000\n王二,600000", "enter": "1"}
    html = clerk.post(url(group, "import_roster"), typed).content.decode()
    assert "No. 2 (王二): 600,000 yuan is unusual for one worker" in html
    assert "100.5 times" in html
    assert 'name="sure"' in html
    assert "王二,600000" in html
    assert clerk.post(url(group, "import_roster"), {**typed, "sure": "班组长代领"}).status_code == 302
    group.refresh_from_db()
    assert group.claimed_fen == 60_300_000


def upload(browser: Client, case: Case, data: bytes, **more: Any) -> str:
    file = SimpleUploadedFile("名单.xlsx", data)
    return browser.post(
        url(case, "import_roster"), {"version": case.version, "file": file, **more}
    ).content.decode()


def test_a_spreadsheet_is_checked_first_and_entered_with_the_next_press(clerk: Client, case: Case) -> None:
    data = book(
        ("名单",), ("姓名", "电话", "欠薪"), ("王二", 13812345670, 2600.5), ("李三", None, 900),
        others=[("工资表", "visible", "甲")],
    )  # fmt: skip
    html = upload(clerk, case, data)
    assert "2 workers, without a fault" in html
    assert "Read from the sheet “名单”." in html
    assert "Not read: 工资表." in html
    assert [sum_ in html for sum_ in ("3,500.50", "2,600.50", ">900.00<")] == [True] * 3
    case.refresh_from_db()
    assert case.workers_count == 1
    text = re.search(r"<textarea[^>]*name=\"table\"[^>]*>(.*?)</textarea>", html, re.DOTALL)
    assert text is not None
    typed = {"version": case.version, "table": unescape(text[1]), "enter": "1"}
    assert clerk.post(url(case, "import_roster"), typed).status_code == 302
    case.refresh_from_db()
    assert (case.workers_count, case.claimed_fen) == (3, 870_050)  # with the applicant's own 5,200


def test_a_spreadsheet_with_faults_names_every_row_and_keeps_nothing_that_lacks_a_sum(
    clerk: Client, case: Case
) -> None:
    data = book(
        ("姓名", "电话", "银行卡", "欠薪"), ("王二", "1381", None, "=1+1"), ("李三", None, 6222020200112233445, 5)
    )  # fmt: skip
    html = upload(clerk, case, data, enter="1")
    assert "3 faults; nothing was entered" in html
    assert "A formula stands here" in html
    assert "lost its last digits" in html
    assert re.findall(r'<td class="num">(\d+)</td>', html) == ["2", "2", "3"]
    assert 'name="enter"' not in html
    assert "needs mending" not in html  # there is nothing to mend in the form itself
    assert "王二" not in html  # the text without its sums must not be entered by the next press


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(100), "old .xls"),
        (b"PK\x03\x04" + bytes(100), "cannot be opened"),
        (repacked(book(("姓名",), ("王二",)), {"xl/vbaProject.bin": b"x"}), "carries macros"),
        (book(("姓名", "工钱数"), ("王二", 5)), "工钱数"),
    ],
)
def test_a_spreadsheet_that_is_not_plain_is_told(clerk: Client, case: Case, data: bytes, words: str) -> None:
    assert words in upload(clerk, case, data, enter="1")
    case.refresh_from_db()
    assert case.workers_count == 1


def _left(browser: Client, case: Case, **typed: Any) -> Any:
    day = timezone.now().astimezone(SHANGHAI).date()
    told = {
        "version": case.version, "worker": "2", "reason": "own_claim", "consent": "phone", "text": "想自己办",
        "on_year": day.year, "on_month": day.month, "on_day": day.day,
    }  # fmt: skip
    return browser.post(url(case, "leave_group"), {**told, **typed})


@pytest.fixture
def group(clerk: Client, offices: object) -> Case:
    case = open_case(at=timezone.now(), workers=3, amount_claimed="6000.00", applicant={"name": "田某某"})
    table = "姓名,电话,金额\n田某某,,3000\n王二,13900000002,2000\n李三,,1000"
    typed = {"version": case.version, "table": table, "enter": "1"}
    assert clerk.post(url(case, "import_roster"), typed).status_code == 302
    case.refresh_from_db()
    return case


def test_one_worker_leaves_and_goes_on_alone(clerk: Client, group: Case) -> None:
    form = clerk.get(url(group, "leave_group")).content.decode()
    assert "2 王二" in form
    assert "1 田某某" not in form  # the representative does not leave
    assert _left(clerk, group, alone="on").status_code == 302
    group.refresh_from_db()
    new = Case.objects.get(left_group=group.pk)
    assert (group.claimed_fen, new.claimed_fen, group.workers_count) == (400_000, 200_000, 2)
    html = clerk.get(f"/desk/cases/{group.number}/").content.decode()
    for words in (
        "has left",
        f"goes on as {new.number}",
        "wants to go on alone",
        "2,000 yuan taken out of this case",
        "田某某 and others, 2 in all",
    ):
        assert words in html, words
    assert "further lines" not in html
    assert clerk.get(f"/desk/cases/{group.number}/workers/").content.decode().count("has left") == 1
    own = clerk.get(f"/desk/cases/{new.number}/").content.decode()
    assert "Left the group" in own
    assert group.number in own
    money = clerk.get(url(group, "record_claim")).content.decode()
    assert "3 李三" in money or "李三" in money
    assert "line_2" not in money  # no new money for who has left


def test_what_is_missing_is_told_and_what_was_typed_is_kept(clerk: Client, group: Case) -> None:
    answer = _left(clerk, group, worker="", reason="", text="")
    html = answer.content.decode()
    assert answer.status_code == 422
    for field in ("worker", "reason", "text"):
        assert f'id="id_{field}_error"' in html, field
    refused = _left(clerk, group, worker="3", alone="on", text="我自己打官司")
    assert refused.status_code == 409
    assert "a telephone is needed" in refused.content.decode()
    assert "我自己打官司" in refused.content.decode()
    assert Case.objects.count() == 1


def test_a_double_click_opens_one_case(clerk: Client, group: Case) -> None:
    for _ in range(2):
        assert _left(clerk, group, alone="on").status_code == 302
    assert Case.objects.filter(left_group=group.pk).count() == 1


def test_an_old_list_with_who_has_left_is_told_by_its_line(clerk: Client, group: Case) -> None:
    _left(clerk, group)
    group.refresh_from_db()
    typed = {"version": group.version, "table": "姓名\n赵四\n王二", "enter": "1"}
    html = clerk.post(url(group, "import_roster"), typed).content.decode()
    assert "王二 left this case" in html
    assert '<td class="num">3</td>' in html


def test_a_single_worker_sees_no_move_to_leave(clerk: Client, case: Case) -> None:
    assert "leave_group" not in clerk.get(f"/desk/cases/{case.number}/").content.decode()
