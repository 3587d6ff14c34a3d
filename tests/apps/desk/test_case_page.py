"""The case page: what stands on it, what stays masked, and what is written down when it is not."""

from __future__ import annotations

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from nuanxin.accounts.queries import actor_for
from nuanxin.audit.actor import NOWHERE, Actor, Role
from nuanxin.audit.models import Event
from nuanxin.audit.streams import staff_stream
from nuanxin.audit.verify import verify
from nuanxin.cases.actions.perform import perform
from nuanxin.cases.actions.rights import ASK_CORRECTION, ask
from nuanxin.cases.models import Case
from nuanxin.cases.queries.personal import held_about
from nuanxin.cases.rules.ledger import MoneyStep
from nuanxin.notices.models import Notice
from tests.apps.desk.conftest import SHENZHEN, Desk
from tests.factories.intake import open_case
from tests.factories.story import Story

RESIDENT_ID = "110101199003070046"


@pytest.fixture
def case(offices: object) -> Case:
    return open_case(
        at=timezone.now(),
        applicant={
            "name": "田某某", "phone": "13812345678", "resident_id": RESIDENT_ID, "needs": ["sign_language"],
            "safe_contact": {"may_call": True, "may_say_who": False, "hours": "18:00-21:00", "passphrase": "槐树"},
        },
        items=["wages", "severance"], workers=26, amount_claimed="130000.00", place="140581",
        worked={"from": "2025-03", "to": "2025-11"},
        respondents=[
            {"name": "西安华山劳务有限公司", "role": "subcontractor", "kind": "licensed_unit"},
            {"name": "张工头", "role": "team_leader", "kind": "individual"},
            {"name": "某人"},
        ],
        story={"text": "槐树下说的话"},
    )  # fmt: skip


def page(browser: Client, case: Case) -> str:
    answer = browser.get(f"/desk/cases/{case.number}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_tells_everything_but_no_whole_number(clerk: Client, case: Case) -> None:
    html = page(clerk, case)
    for words in (
        "田某某 and others, 26 in all: wages, severance", "Group: name 3 to 5 representatives", "Next step:",
        "138****5678", "11************0046", "sign language", "Ring only between 18:00-21:00.",
        "Do not say who is calling", "Exempt", "To be checked", "Legal Aid Law art. 43",
        "service promise", "西安华山劳务有限公司", "Nobody said who the general contractor is.", "某人", "130,000.00",
        "槐树下说的话", "No other case of this person is known", "No paper is on file yet",
    ):  # fmt: skip
        assert words in html, words
    for secret in ("13812345678", RESIDENT_ID, ">槐树<", 'passphrase">槐树'):
        assert secret not in html
    assert html.count('class="button"') == 1


def test_a_mixed_case_says_so_and_tells_the_means_of_each_part_once(clerk: Client, case: Case) -> None:
    html = page(clerk, case)
    assert "split items" in html
    assert "Exempt once the document is shown" not in html


def test_another_case_of_the_person_is_no_missing_thing(clerk: Client, case: Case) -> None:
    open_case(
        at=timezone.now(), applicant={"name": "田某某", "phone": "13812345678", "resident_id": RESIDENT_ID}
    )
    html = page(clerk, case)
    text = "Another case of this person is known"
    item = next(one for one in html.split("<li") if text in one)
    assert "Look at this:" in item
    assert "Missing:" not in item


def test_a_number_is_shown_once_and_on_the_record(clerk: Client, case: Case) -> None:
    url = f"/desk/cases/{case.number}/unmask/"
    shown = clerk.post(url, {"what": "phone", "seq": "1"}, headers={"X-Part": "secret"}).content.decode()
    assert "13812345678" in shown
    assert "<html" not in shown
    whole_page = clerk.post(url, {"what": "resident_id", "seq": "1"}).content.decode()
    assert RESIDENT_ID in whole_page
    assert "138****5678" in whole_page
    assert "13812345678" not in page(clerk, case)
    stream = staff_stream(clerk.person.pk)  # type: ignore[attr-defined]
    events = Event.objects.filter(stream=stream, kind="personal.unmasked").order_by("seq")
    assert [event.payload["what"] for event in events] == ["phone", "resident_id"]
    assert all(event.payload["case"] == case.pk for event in events)
    held = held_about(case.pk, 0)
    assert held is not None
    assert held.seen == 2, "the worker is told how often"
    assert "looked at a whole number" in page(clerk, case)
    assert not list(verify(case.pk))


@pytest.mark.parametrize(
    "form",
    [
        {"what": "name", "seq": "1"},
        {"what": "phone", "seq": "2"},
        {"what": "bank_card", "seq": "1"},
        {"what": "phone", "seq": "x"},
        {},
    ],
)
def test_nothing_else_can_be_unmasked(clerk: Client, case: Case, form: dict[str, str]) -> None:
    assert clerk.post(f"/desk/cases/{case.number}/unmask/", form).status_code == 404
    assert not Event.objects.filter(kind="personal.unmasked").exists()


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AUDITOR])
def test_who_only_reads_sees_no_whole_number(desk: Desk, case: Case, role: Role) -> None:
    browser = desk(role)
    assert "data-unmask" not in page(browser, case)
    assert (
        browser.post(f"/desk/cases/{case.number}/unmask/", {"what": "phone", "seq": "1"}).status_code == 404
    )


def test_other_cases_of_the_person_are_told_with_number_status_and_agency_only(
    clerk: Client, desk: Desk, case: Case
) -> None:
    far = open_case(
        at=timezone.now(), place="440306", applicant={"name": "田某某", "phone": "13812345678"},
        story={"text": "外地的秘密"}, respondents=[{"name": "深圳某公司"}],
    )  # fmt: skip
    html = page(clerk, case)
    assert "This person has 1 other case" in html
    assert f"<b>{far.number}</b>" in html  # out of reach: no link
    assert "Received" in html
    assert "外地的秘密" not in html
    assert "深圳某公司" not in html
    assert f'href="/desk/cases/{case.number}/"' not in page(desk(Role.CLERK, SHENZHEN), far)


def test_the_timeline_names_who_did_what_and_keeps_the_words(clerk: Client, case: Case) -> None:
    clerk.post(f"/desk/cases/{case.number}/accept/", {"version": case.version})
    clerk.post(
        f"/desk/cases/{case.number}/add_note/", {"text": "问过 <b>邻居</b>", "version": case.version + 1}
    )
    clerk.post(f"/desk/cases/{case.number}/tell_worker/", {"text": "明天来", "version": case.version + 2})
    html = page(clerk, case)
    name = clerk.person.name  # type: ignore[attr-defined]
    assert f"<b>{name}</b> accepted the application" in html
    assert "问过 &lt;b&gt;邻居&lt;/b&gt;" in html
    assert "the worker reads this" in html


def test_a_case_page_costs_a_fixed_number_of_statements(clerk: Client, case: Case) -> None:
    def cost() -> int:
        page(clerk, case)
        with CaptureQueriesContext(connection) as asked:
            page(clerk, case)
        return len(asked)

    def note(count: int) -> None:
        by = actor_for(clerk.person, timezone.now())  # type: ignore[attr-defined]
        for n in range(count):
            perform("add_note", case_id=case.pk, by=by, at=timezone.now(), form={"text": f"记录{n}"})

    note(1)
    before = cost()
    note(5)
    assert cost() == before <= 18


def test_an_open_case_page_hears_of_every_change(clerk: Client, decider: Client, case: Case) -> None:
    url = f"/desk/cases/{case.number}/live/"
    first = clerk.get(url)
    assert clerk.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 304
    decider.post(f"/desk/cases/{case.number}/add_note/", {"text": "看过了", "version": case.version})
    assert (
        clerk.get(url, headers={"If-None-Match": first["ETag"]}).json()["details"] != first.json()["details"]
    )
    part = clerk.get(f"/desk/cases/{case.number}/part/", headers={"X-Part": "details"}).content.decode()
    assert "看过了" in part
    assert "<html" not in part


def test_papers_are_taken_shown_and_given_back_as_they_came(clerk: Client, case: Case) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "#aa8855").save(drawn, "JPEG")
    photo = SimpleUploadedFile("欠条.jpg", drawn.getvalue(), "image/jpeg")
    bad = SimpleUploadedFile("virus.exe", b"MZ\x90\x00" * 40, "image/jpeg")
    answer = clerk.post(
        f"/desk/cases/{case.number}/evidence/", {"files": [photo, bad]}, follow=True
    ).content.decode()
    assert "Papers taken: 1" in answer
    assert "virus.exe" in answer
    assert "欠条.jpg" in page(clerk, case)
    paper = case.evidence.get()
    original = clerk.get(f"/desk/cases/{case.number}/evidence/{paper.pk}/")
    assert original.content == drawn.getvalue()
    assert "sandbox" in original["Content-Security-Policy"]
    assert original["X-Content-Type-Options"] == "nosniff"
    assert (
        clerk.get(f"/desk/cases/{case.number}/evidence/{paper.pk}/preview/")["Content-Type"] == "image/jpeg"
    )
    assert clerk.get(f"/desk/cases/{case.number}/evidence/1/").status_code == 404


def test_no_personal_number_stands_in_an_address(clerk: Client, case: Case) -> None:
    found = clerk.post("/desk/search/", {"q": "13812345678"})
    assert found["Location"] == f"/desk/cases/{case.number}/"
    assert 'method="post" action="/desk/search/"' in clerk.get("/desk/").content.decode()
    by_name = clerk.post("/desk/search/", {"q": "田某"}).content.decode()
    assert case.number in by_name
    assert "part of a name" in by_name
    nothing = clerk.post("/desk/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in nothing
    assert "Nothing found" in nothing


def test_the_roster_has_a_page_of_its_own(clerk: Client, case: Case) -> None:
    html = clerk.get(f"/desk/cases/{case.number}/workers/").content.decode()
    assert "田某某" in html
    assert clerk.get(f"/desk/cases/{case.number}/workers/?after=xx").status_code == 200


def test_the_roster_tells_an_award_of_nothing_from_none_yet(desk: Desk, offices: object) -> None:
    story = Story(
        at=timezone.now(), workers=3, amount_claimed="300.00", applicant={"name": "田某某"}
    ).in_progress()
    story.roster([{"name": name, "claimed": "100.00"} for name in ("田某某", "乙", "丙")])
    story.money(MoneyStep.AWARDED, {1: 10_000, 2: 0})
    for url in ("", "workers/"):
        html = desk(Role.CLERK).get(f"/desk/cases/{story.case.number}/{url}").content.decode()
        rows = [row for row in html.split("<tr>") if 'scope="row"' in row and ("乙" in row or "丙" in row)]
        assert len(rows) == 2
        assert ["nothing awarded" in row for row in rows] == [True, False]
        assert [row.count("—") for row in rows] == [0, 1]  # nobody has decided on the third


def test_every_worker_of_a_group_can_be_rung(clerk: Client, desk: Desk, case: Case) -> None:
    table = "王二,13812345671\n李三"
    clerk.post(
        f"/desk/cases/{case.number}/import_roster/", {"table": table, "version": case.version, "enter": "1"}
    )
    html = clerk.get(f"/desk/cases/{case.number}/workers/").content.decode()
    assert html.count("data-unmask") == 2  # the third has no telephone
    assert "13812345671" not in html
    shown = clerk.post(f"/desk/cases/{case.number}/unmask/", {"what": "phone", "seq": "2"}).content.decode()
    assert "13812345671" in shown
    assert "王二" in shown
    assert (
        "data-unmask" not in desk(Role.SUPERVISOR).get(f"/desk/cases/{case.number}/workers/").content.decode()
    )


def test_notices_to_a_person_are_counted_and_marked_as_read(clerk: Client, case: Case) -> None:
    person = clerk.person.pk  # type: ignore[attr-defined]
    notice = Notice.objects.create(
        id=77, province=14, case_id=case.pk, channel="in_app", staff_id=person, template="task_due", language="en",
        values=json.dumps({"number": case.number, "task_zh": "审查", "task_en": "Review", "by": ""}), status="sent",
        created_at=timezone.now(),
    )  # fmt: skip
    assert "Notices to me <b>1</b>" in clerk.get("/desk/").content.decode()
    page_of_notices = clerk.get("/desk/notices/").content.decode()
    assert f"{case.number}: Review" in page_of_notices
    assert f'href="/desk/cases/{case.number}/"' in page_of_notices
    clerk.post("/desk/notices/", {"notice": notice.pk})
    assert "Notices to me <b>" not in clerk.get("/desk/").content.decode()


def test_a_worker_who_asks_is_heard_and_the_data_corrected(clerk: Client, desk: Desk, case: Case) -> None:
    worker = Actor("worker", case.pk, frozenset({Role.WORKER}), NOWHERE)
    ask(
        case_id=case.pk,
        seq=1,
        what=ASK_CORRECTION,
        text="电话错了，是 13899990000",
        by=worker,
        at=timezone.now(),
    )
    html = page(clerk, case)
    assert "The worker asks about their data" in html
    assert "asked to have their data corrected" in html
    url = f"/desk/cases/{case.number}/workers/1/"
    bad = clerk.post(url, {"phone": "1389999"})
    assert (bad.status_code, "1389999" in bad.content.decode()) == (409, True)
    assert clerk.post(url, {"phone": "138 9999 0000", "name": "田改名"}).status_code == 302
    html = page(clerk, case)
    assert "138****0000" in html
    assert "The worker asks about their data" not in html
    assert clerk.post("/desk/search/", {"q": "田改名"}).content.decode().count(case.number) > 0
    assert clerk.post("/desk/search/", {"q": "13899990000"}).status_code == 302
    assert clerk.get(f"/desk/cases/{case.number}/workers/99/").status_code == 404
    assert desk(Role.SUPERVISOR).get(url).status_code == 403
    assert desk(Role.CLERK, SHENZHEN).get(url).status_code == 404
