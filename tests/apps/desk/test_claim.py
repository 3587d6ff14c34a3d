"""The law's answer on the case page, the form of its facts, and the list of versions, by a browser without scripts."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from nuanxin.audit.actor import Role
from nuanxin.cases.models import Case, ClaimVersion, Respondent
from nuanxin.cases.rules.claim import FACTS
from nuanxin.desk.claim import field_name
from nuanxin.desk.wording import claim as words
from nuanxin.law.limitation.facts import EVENT_KINDS
from nuanxin.law.topics.claim import evidence, items, routes
from tests.apps.desk.conftest import SHENZHEN, Desk
from tests.apps.desk.test_walk import filled
from tests.factories.intake import open_case

PAY = {
    "relation": "employment", "ended_on": "2026-01-31", "pay__basis": "month", "pay__amount": "6000",
    "arrears__from": "2025-12-01", "arrears__to": "2026年1月31日",
}  # fmt: skip
TOTAL = "12,000.00"


@pytest.fixture
def case(offices: object) -> Case:
    return open_case(
        at=timezone.now(),
        respondents=[{"name": "高平某劳务有限公司", "role": "employer", "kind": "licensed_unit"}],
    )


def url(case: Case) -> str:
    return f"/desk/cases/{case.number}/record_facts/"


def page(browser: Client, case: Case, part: str = "") -> str:
    return browser.get(f"/desk/cases/{case.number}/{part}").content.decode()


def form_of(browser: Client, case: Case) -> dict[str, Any]:
    """What the form sends when nothing is typed."""
    html = browser.get(url(case)).content.decode()
    found = filled(html)
    for select in re.findall(r"<select.*?</select>", html, re.DOTALL):
        name = re.search(r'name="([^"]+)"', select)
        chosen = re.search(r'value="([^"]*)" selected', select)
        assert name
        found[name[1]] = unescape(chosen[1]) if chosen else ""
    return found


def enter(browser: Client, case: Case, **typed: Any) -> Any:
    return browser.post(url(case), {**form_of(browser, case), **typed})


def faults(html: str) -> dict[str, str]:
    """Each fault by the field at which it stands."""
    return dict(
        re.findall(r'<ul class="fault" id="id_([^"]+)_error"><li>.*?</span>(.*?)</li>', html, re.DOTALL)
    )


def law_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html[html.index('id="law"') : html.index('id="evidence"')]))


class TestTheForm:
    def test_every_fact_has_a_field_with_words_in_it(self, clerk: Client, case: Case) -> None:
        html = page(clerk, case, "record_facts/")
        for key, fact in FACTS.items():
            if key == "parties":
                parts = [part for part in fact.parts or {} if part != "id"]
                names = [field_name(key, 0, part) for part in parts]
            else:
                names = [field_name(key, 0, part) for part in fact.parts] if fact.parts else [field_name(key)]
            assert all(f'name="{name}"' in html for name in names), key

    def test_it_comes_filled_with_what_is_known(self, clerk: Client, case: Case) -> None:
        assert (
            enter(clerk, case, **PAY, evidence=["iou", "witness"], arrears__paid="1000；500").status_code
            == 302
        )
        known = form_of(clerk, case)
        assert known["pay__basis"] == "month"
        assert known["arrears__to"] == "2026-01-31"
        assert known["arrears__paid"] == "1000.00; 500.00"
        assert known["parties-0-name"] == "高平某劳务有限公司"
        assert known["seen"] == "1"
        assert page(clerk, case, "record_facts/").count("checked") == 2
        enter(clerk, case, evidence=["iou", "witness"])
        assert ClaimVersion.objects.count() == 1  # sent as it came, it changes nothing

    def test_every_fault_stands_at_its_field_and_what_was_typed_is_kept(
        self, clerk: Client, case: Case
    ) -> None:
        typed = {"pay__amount": "很多", "arrears__days": "几天", "ended_on": "2026-01-31"}
        answer = enter(clerk, case, **typed)
        html = answer.content.decode()
        assert answer.status_code == 422
        assert faults(html).keys() == {"pay__amount", "arrears__days"}
        assert 'value="很多"' in html
        assert 'value="几天"' in html
        assert 'value="2026-01-31"' in html
        assert not ClaimVersion.objects.exists()

    @pytest.mark.parametrize(
        ("typed", "at"),
        [
            ({"started_on": "2026-02-01", "ended_on": "2026-01-31"}, {"ended_on"}),
            ({"started_on": "2026-02-30"}, {"started_on"}),
            ({"still_employed": "yes", "ended_on": "2026-01-31"}, {"still_employed"}),
            # the second row of events is at fault, whatever stood in the first
            ({"limitation__events-1-kind": "demand", "limitation__events-1-on": "gestern"}, {"limitation__events-1-on"}),
            ({"limitation__events-2-on": "2026-02-01"}, {"limitation__events-2-kind"}),
            ({"limitation__obstacles-0-from": "2026-02-01", "limitation__obstacles-0-to": "2026-01-01"},
             {"limitation__obstacles-0-to"}),
            # two parties that engage each other
            ({"parties-0-engaged_by": "2", "parties-1-role": "owner", "parties-1-kind": "licensed_unit",
              "parties-1-engaged_by": "1"}, {"parties-0-engaged_by", "parties-1-engaged_by"}),
            ({"parties-0-paid_in_full": "yes", "parties-0-unpaid_to_next": "5"}, {"parties-0-paid_in_full"}),
            ({"injury__grade": "11"}, {"injury__grade"}),
        ],
    )  # fmt: skip
    def test_what_the_law_finds_stands_at_its_field_too(
        self, clerk: Client, case: Case, typed: dict[str, str], at: set[str]
    ) -> None:
        answer = enter(clerk, case, **typed)
        assert (answer.status_code, set(faults(answer.content.decode()))) == (422, at)
        assert all(
            f'value="{value}"' in answer.content.decode()
            for name, value in typed.items()
            if "on" in name[-2:]
        )
        assert not ClaimVersion.objects.exists()

    def test_a_party_is_added_with_its_place_in_the_chain(self, clerk: Client, case: Case) -> None:
        enter(clerk, case, **{
            "parties-0-engaged_by": "2", "parties-1-name": "某建设集团", "parties-1-role": "general_contractor",
            "parties-1-kind": "licensed_unit", "parties-1-unpaid_to_next": "8万",
        })  # fmt: skip
        assert [row.engaged_by for row in Respondent.objects.filter(case=case.pk).order_by("seq")] == [
            2,
            None,
        ]
        kept = ClaimVersion.objects.get()
        assert kept.facts["parties"][1] == {
            "id": "2", "role": "general_contractor", "kind": "licensed_unit", "unpaid_to_next": "80000.00",
        }  # fmt: skip
        assert "某建设集团" in page(clerk, case)

    def test_two_officers_lose_nothing(self, clerk: Client, desk: Desk, case: Case) -> None:
        enter(clerk, case, **PAY)
        second = desk(Role.DECIDER)
        opened = form_of(second, case)
        enter(clerk, case, pay__amount="7000", due_on="2026-02-15")
        answer = second.post(url(case), {**opened, "arrears__to": "2025-12-31"})
        html = answer.content.decode()
        assert answer.status_code == 409
        assert "Somebody changed this case" in html
        assert "<s>6,000.00</s> → <b>7,000.00</b>" in html  # what the other has done
        assert 'value="7000.00"' in html  # and the form shows it
        assert 'value="2026-02-15"' in html
        assert 'value="2025-12-31"' in html  # beside what was typed
        assert ClaimVersion.objects.count() == 2
        sent = filled(html) | {"relation": "employment", "pay__basis": "month"}
        assert second.post(url(case), sent).status_code == 302
        kept = ClaimVersion.objects.latest("number").facts
        assert (kept["pay/amount"], kept["arrears/to"], kept["due_on"]) == (
            "7000.00",
            "2025-12-31",
            "2026-02-15",
        )

    def test_a_note_meanwhile_is_no_conflict(self, clerk: Client, desk: Desk, case: Case) -> None:
        opened = form_of(clerk, case)
        desk(Role.DECIDER).post(
            f"/desk/cases/{case.number}/add_note/", {"text": "看过了", "version": case.version}
        )
        assert clerk.post(url(case), {**opened, **PAY}).status_code == 302

    @pytest.mark.parametrize(
        ("role", "region", "status"),
        [
            (Role.DECIDER, None, 200), (Role.SUPERVISOR, None, 404), (Role.LAWYER, None, 404),
            (Role.CLERK, SHENZHEN, 404),
        ],
    )  # fmt: skip
    def test_it_opens_for_whoever_works_on_the_case(
        self, desk: Desk, case: Case, role: Role, region: int | None, status: int
    ) -> None:
        browser = desk(role, region) if region else desk(role)
        assert browser.get(url(case)).status_code == status

    def test_on_an_ended_case_it_only_shows(self, clerk: Client, case: Case) -> None:
        Case.objects.filter(pk=case.pk).update(status="closed", turn="ended", seat="nobody", next_by=None)
        html = page(clerk, case, "record_facts/")
        assert "The case has ended" in html
        assert "Keep the facts" not in html
        assert clerk.post(url(case), PAY).status_code == 409
        assert url(case) not in page(clerk, case)


class TestThePanel:
    def test_before_any_fact_it_asks_and_leads_to_the_field(self, clerk: Client, case: Case) -> None:
        html = page(clerk, case)
        assert f'<a href="{url(case)}#id_pay__basis">' in html
        assert f'<a href="{url(case)}#id_relation">' in html
        assert 'id="id_pay__basis"' in page(clerk, case, "record_facts/")
        law = law_of(html)
        assert "Still needed" in law
        assert "Rests on what was told at the door" in law

    def test_it_says_what_is_owed_until_when_with_article_and_sum_behind_why(
        self, clerk: Client, case: Case
    ) -> None:
        enter(clerk, case, **PAY)
        html = page(clerk, case)
        law = law_of(html)
        assert TOTAL in law
        assert "31 January 2027" in law
        assert "days left" in law or "day left" in law or "has run out" in law
        assert "Labour Contract Law art. 30" in law
        assert "6000.00 = 6000.00" in law
        assert "Labour arbitration" in law
        assert "the employer proves it" in law
        aside = html[: html.index('id="law"')]
        assert TOTAL in aside  # the short answer stands in the panel beside a list too

    def test_in_chinese_it_is_chinese(self, desk: Desk, case: Case) -> None:
        enter(desk(Role.CLERK), case, **PAY)
        law = law_of(page(desk(Role.DECIDER, language="zh-hans"), case))
        for part in (
            "依法欠多少",
            "合计（不含有争议的项）",
            "《劳动合同法》第30条",
            "由单位证明",
            "还剩" if "还剩" in law else "已经过了",
        ):
            assert part in law
        assert not re.search(r"\b(is|the|of|are)\b", law)

    def test_a_contested_item_shows_every_reading_and_stays_out_of_the_total(
        self, clerk: Client, case: Case
    ) -> None:
        enter(clerk, case, **{**PAY, "pay__basis": "day", "pay__amount": "260"})
        law = law_of(page(clerk, case))
        # 62 calendar days × 260 = 16,120.00; 2 × 21.75 × 260 = 11,310.00
        assert "read in different ways" in law
        assert "16,120.00" in law
        assert "11,310.00" in law
        assert "Total without contested items" not in law

    def test_who_must_pay_comes_from_the_facts_with_the_limit(self, clerk: Client, case: Case) -> None:
        enter(clerk, case, **{
            "parties-0-role": "subcontractor", "parties-0-engaged_by": "2", "parties-1-name": "某某建设集团",
            "parties-1-role": "general_contractor", "parties-1-kind": "licensed_unit",
        })  # fmt: skip
        html = page(clerk, case)
        assert "某某建设集团" in html
        assert "Pays first" in html or "Must pay" in html

    def test_facts_from_the_door_that_contradict_each_other_are_told(self, clerk: Client, case: Case) -> None:
        Case.objects.filter(pk=case.pk).update(worked_from="2026-02-01", ended_on="2026-01-31")
        html = page(clerk, case)
        assert "The facts contradict each other" in html
        assert f'<a href="{url(case)}#id_ended_on">Left on</a>' in html

    def test_who_only_reads_sees_the_answer_without_the_way_to_the_form(self, desk: Desk, case: Case) -> None:
        html = page(desk(Role.SUPERVISOR), case)
        assert 'id="law"' in html
        assert url(case) not in html

    def test_for_a_group_it_says_that_one_worker_is_meant(self, clerk: Client, offices: object) -> None:
        group = open_case(at=timezone.now(), workers=12)
        html = page(clerk, group)
        assert "Worked out for one worker; the case has 12" in html
        assert "name 3 to 5 representatives" in html

    def test_an_open_page_hears_of_new_facts(self, clerk: Client, case: Case) -> None:
        live = f"/desk/cases/{case.number}/live/"
        before = clerk.get(live).json()
        enter(clerk, case, **PAY)
        assert clerk.get(live).json() != before
        part = clerk.get(f"/desk/cases/{case.number}/part/", headers={"X-Part": "details"}).content.decode()
        assert TOTAL in part


class TestVersions:
    def test_each_change_is_a_version_with_who_what_and_what_it_did(
        self, clerk: Client, desk: Desk, case: Case
    ) -> None:
        assert "Nobody has entered facts yet" in page(clerk, case, "versions/")
        enter(clerk, case, **PAY)
        second = desk(Role.DECIDER)
        enter(second, case, arrears__paid="2000", ended_on="2026-02-10", **{
            "limitation__events-0-kind": "promise", "limitation__events-0-on": "2026-02-20",
            "parties-0-unpaid_to_next": "500",
        })  # fmt: skip
        html = page(clerk, case, "versions/")
        assert html.index("Version 2") < html.index("Version 1")
        for browser in (clerk, second):
            assert browser.person.name in html  # type: ignore[attr-defined]
        latest = unescape(re.sub(r"<[^>]+>", "|", html[html.index("Version 2") : html.index("Version 1")]))
        assert "12,000.00 yuan||10,000.00 yuan".replace("|", "") in latest.replace("|", "")
        assert "31 January 202720 February 2027" in latest.replace("|", "")
        assert "The other side promised to pay 2026-02-20" in latest
        assert "No. 1" in latest
        assert "Still owes below it, yuan 500.00" in latest
        assert f'href="/desk/cases/{case.number}/versions/"' in page(clerk, case)

    def test_long_histories_have_pages(self, clerk: Client, case: Case) -> None:
        enter(clerk, case, **PAY)
        first = ClaimVersion.objects.get()
        for n in range(2, 53):
            first.pk, first.number = first.pk + 1, n
            first.save(force_insert=True)
        html = page(clerk, case, "versions/")
        assert "Version 52" in html
        assert "Version 2<" not in html
        assert "?before=3" in html
        assert "Version 2<" in page(clerk, case, "versions/?before=3")
        assert page(clerk, case, "versions/?before=x").count("Version 52") == 1

    def test_they_are_out_of_reach_with_the_case(self, desk: Desk, case: Case) -> None:
        assert desk(Role.CLERK, SHENZHEN).get(f"/desk/cases/{case.number}/versions/").status_code == 404


class TestWords:
    def test_every_fact_choice_and_code_of_the_law_has_its_words(self) -> None:
        assert set(words.FACTS) == set(FACTS)
        assert {key for section in words.SECTIONS for key in section.keys} == {
            key for key, fact in FACTS.items() if not fact.parts and key != "evidence"
        }
        for key, fact in FACTS.items():
            for part, of in {"": fact, **(fact.parts or {})}.items():
                where = f"{key}/{part}" if part else key
                if of.kind == "choice":
                    assert set(words.CHOICES[where]) == set(of.choices), where
                if part and part != "id":
                    assert where in words.PARTS
        assert set(words.CHOICES["limitation/events/kind"]) == EVENT_KINDS
        given = {*items.KIND_OF.values(), *items.PARTS_OF_SEVERANCE.values()}
        assert given <= set(words.KINDS)
        assert {need.id for need in evidence._NEEDS} == set(words.EVIDENCE)

    def test_every_way_has_its_words(self) -> None:
        way = routes.Way({"as_of": None}, None, (), False, (), (), None, None, False)
        assert {one["route"] for one in routes.routes(way)} == set(words.ROUTES)


def test_a_version_whose_facts_were_erased_still_shows(clerk: Client, case: Case) -> None:
    enter(clerk, case, **PAY)
    ClaimVersion.objects.update(facts={}, changes={})
    assert "Version 1" in page(clerk, case, "versions/")
    assert page(clerk, case).count('id="law"') == 1
