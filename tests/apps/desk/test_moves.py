"""Moves at the desk: forms, refusals, stale pages, double clicks, bad input."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from nuanxin.audit.actor import Role
from nuanxin.audit.models import Event
from nuanxin.cases.models import Case, LedgerLine
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.states import Kind, Status
from nuanxin.cases.rules.transitions import TRANSITIONS, Transition
from tests.apps.desk.conftest import Desk
from tests.factories.intake import open_case


@pytest.fixture
def case(offices: object) -> Case:
    return open_case(at=timezone.now())


def url(case: Case, action: str) -> str:
    return f"/desk/cases/{case.number}/{action}/"


def events(case: Case) -> list[str]:
    return list(Event.objects.filter(stream=case.pk).order_by("seq").values_list("kind", flat=True))


def test_one_press_makes_a_move_that_asks_nothing(clerk: Client, case: Case) -> None:
    answer = clerk.post(
        url(case, "accept"),
        {"version": case.version, "pressed": "1", "back": "/desk/lists/mine/"},
        follow=True,
    )
    assert answer.redirect_chain == [(f"/desk/lists/mine/?case={case.number}", 302)]
    assert "Done: Accept" in answer.content.decode()
    case.refresh_from_db()
    assert case.status == "accepted"


def test_a_double_click_makes_one_move_and_no_complaint(clerk: Client, case: Case) -> None:
    form = {"version": case.version, "text": "一次"}
    assert clerk.post(url(case, "add_note"), form).status_code == 302
    assert clerk.post(url(case, "add_note"), form).status_code == 302
    assert events(case) == ["case.submitted", "case.add_note"]


def test_a_stale_page_keeps_what_was_typed_and_shows_the_new_state(
    clerk: Client, decider: Client, case: Case
) -> None:
    clerk.post(url(case, "accept"), {"version": case.version})
    answer = decider.post(url(case, "add_note"), {"version": case.version, "text": "我打了很多字"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody changed this case" in html
    assert "我打了很多字" in html
    assert "Under review" in html
    assert f'name="version" value="{case.version + 1}"' in html
    assert (
        decider.post(url(case, "add_note"), {"version": case.version + 1, "text": "我打了很多字"}).status_code
        == 302
    )


def test_a_move_that_was_made_already_is_told(clerk: Client, decider: Client, case: Case) -> None:
    clerk.post(url(case, "accept"), {"version": case.version})
    answer = decider.post(url(case, "accept"), {"version": case.version})
    assert answer.status_code == 409
    assert decider.get(url(case, "accept")).status_code == 200


def test_papers_are_asked_for_once(clerk: Client, case: Case) -> None:
    nothing = clerk.post(url(case, "ask_for_more"), {"version": case.version})
    assert nothing.status_code == 422
    assert "List everything that is missing" in nothing.content.decode()
    clerk.post(url(case, "ask_for_more"), {"version": case.version, "missing": ["identity", "debt"]})
    clerk.post(url(case, "supply"), {"version": case.version + 1})
    again = clerk.post(url(case, "ask_for_more"), {"version": case.version + 2, "missing": ["employment"]})
    assert again.status_code == 409
    assert "already told once" in again.content.decode()
    fresh = {"version": case.version + 2, "missing": ["injury"], "new_facts": "on", "text": "昨天受伤了"}
    assert clerk.post(url(case, "ask_for_more"), fresh).status_code == 302


def test_the_limitation_is_told_before_papers_are_asked_for(clerk: Client, decider: Client) -> None:
    ends = timezone.localdate() + timedelta(days=3)
    case = open_case(at=timezone.now())
    Case.objects.filter(pk=case.pk).update(limitation_on=ends, urgent=True)
    page = clerk.get(url(case, "ask_for_more")).content.decode()
    assert "The limitation is near" in page
    assert "Ask the decider of your office" in page
    html = decider.get(url(case, "ask_for_more")).content.decode()
    assert html.index(url(case, "grant_aid_first")) < html.index('name="sure"')
    typed = {"version": case.version, "missing": ["identity"]}
    again = clerk.post(url(case, "ask_for_more"), typed)
    assert again.status_code == 422
    assert "The limitation is near" in again.content.decode()
    assert clerk.post(url(case, "ask_for_more"), {**typed, "sure": "on"}).status_code == 302
    assert "knowing that the limitation is near" in clerk.get(f"/desk/cases/{case.number}/").content.decode()


def test_far_from_the_limitation_nothing_is_ticked(clerk: Client, case: Case) -> None:
    assert 'name="sure"' not in clerk.get(url(case, "ask_for_more")).content.decode()


def test_means_are_settled_in_the_form_of_the_grant(decider: Client, clerk: Client) -> None:
    case = open_case(at=timezone.now(), items=["wages", "severance"])
    clerk.post(url(case, "accept"), {"version": case.version})
    page = decider.get(f"/desk/cases/{case.number}/").content.decode()
    assert f'href="/desk/cases/{case.number}/grant/?back=' in page  # a link to the form, not a press
    refused = decider.post(url(case, "grant"), {"version": case.version + 1})
    assert refused.status_code == 409
    assert "good-faith undertaking" in refused.content.decode()
    assert (
        decider.post(url(case, "grant"), {"version": case.version + 1, "undertaking": "on"}).status_code
        == 302
    )


def test_two_persons_decide_where_the_agency_says_so(
    desk: Desk, clerk: Client, case: Case, offices: dict[str, Any]
) -> None:
    from nuanxin.network.directory import changed
    from nuanxin.network.models import Agency

    Agency.objects.filter(pk=offices["gaoping"].pk).update(two_person_decision=True)
    changed()
    decider = desk(Role.DECIDER)
    clerk.post(url(case, "accept"), {"version": case.version})
    decider.post(url(case, "review"), {"version": case.version + 1, "recommend": "grant"})
    answer = decider.post(url(case, "grant"), {"version": case.version + 2, "status_document": "on"})
    assert answer.status_code == 409
    assert "You reviewed this case yourself" in answer.content.decode()
    assert "You reviewed this case yourself" in decider.get(f"/desk/cases/{case.number}/").content.decode()
    assert (
        desk(Role.DECIDER)
        .post(url(case, "grant"), {"version": case.version + 2, "status_document": "on"})
        .status_code
        == 302
    )


@pytest.mark.parametrize(
    "typed",
    [
        {"total": "-5"}, {"total": "多"}, {"total": "9" * 20}, {"total": "0"}, {"total": ""}, {"on_year": "2026", "on_month": "13", "on_day": "1"},
        {"on_year": "2199", "on_month": "1", "on_day": "1"}, {"way": "hearsay"}, {"spread": "nonsense"}, {"item": "gold"},
    ],
)  # fmt: skip
def test_absurd_money_is_refused_at_its_field_and_kept(
    clerk: Client, case: Case, typed: dict[str, str]
) -> None:
    form = {
        "version": case.version,
        "spread": "one",
        "total": "100",
        "way": "stated",
        "on_year": "2026",
        "on_month": "1",
        "on_day": "5",
    }
    answer = clerk.post(url(case, "record_claim"), {**form, **typed})
    assert answer.status_code in {409, 422}
    for value in typed.values():
        assert value in answer.content.decode()
    assert LedgerLine.objects.filter(case=case).count() == 1


def test_a_correction_takes_away_what_was_entered(clerk: Client, case: Case) -> None:
    form = {
        "version": case.version,
        "spread": "one",
        "total": "200",
        "way": "stated",
        "on_year": "2026",
        "on_month": "1",
        "on_day": "5",
    }
    assert clerk.post(url(case, "record_claim"), {**form, "correction": "on"}).status_code == 302
    case.refresh_from_db()
    assert case.claimed_fen == 500000
    below = clerk.post(
        url(case, "record_claim"), {**form, "version": case.version, "total": "9999", "correction": "on"}
    )
    assert below.status_code == 409
    assert "below zero" in below.content.decode()


def test_a_confirmation_may_not_pass_the_payment(clerk: Client, case: Case) -> None:
    clerk.post(url(case, "accept"), {"version": case.version})
    form = {
        "version": case.version + 1,
        "spread": "one",
        "total": "1",
        "way": "phone",
        "on_year": "2026",
        "on_month": "1",
        "on_day": "5",
    }
    answer = clerk.post(url(case, "confirm_payment"), form)
    assert answer.status_code == 409
    assert "enter the payment first" in answer.content.decode()


def test_an_unknown_move_or_one_of_somebody_else_is_not_there(clerk: Client, case: Case) -> None:
    for action in ("nonsense", "grant", "sustain_objection", "move_on", "accept_offer"):
        assert clerk.get(url(case, action)).status_code == 404
        assert clerk.post(url(case, action), {"version": case.version}).status_code == 404


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/desk//evil", "javascript:alert(1)", "/desk/\\evil"]
)
def test_nobody_is_led_to_another_site(clerk: Client, case: Case, back: str) -> None:
    answer = clerk.post(url(case, "accept"), {"version": case.version, "back": back})
    assert answer["Location"] == f"/desk/cases/{case.number}/"


def _forms() -> list[tuple[Transition, Status, Kind, str]]:
    found = []
    for row in TRANSITIONS:
        roles = sorted(row.roles - {"worker", "helper", "system", "partner"})
        if roles:
            found.append((row, sorted(row.sources)[0], sorted(row.kinds)[0], roles[0]))
    return found


@pytest.mark.parametrize(
    ("row", "status", "kind", "role"), _forms(), ids=lambda value: getattr(value, "action", "")
)
def test_every_move_has_a_page_in_both_languages_and_survives_an_empty_answer(
    desk: Desk, case: Case, offices: dict[str, Any], row: Transition, status: Status, kind: Kind, role: str
) -> None:
    for language in ("zh-hans", "en"):
        browser = desk(role, language=language)
        person = browser.person.pk  # type: ignore[attr-defined]
        mine = (
            {"lawyer": person if row.scope != "offered" else 0, "offered_to": person}
            if role == "lawyer"
            else {}
        )
        held = {"turn": "office", "seat": "clerk", "next_by": timezone.now(), "status_before": "accepted"}
        sent = {"transfer_to": offices["jincheng"].pk, "transfer_region": case.holder_region}
        Case.objects.filter(pk=case.pk).update(status=status, kind=kind, **held, **sent, **mine)
        assert browser.get(url(case, row.action)).status_code == 200
        assert browser.post(url(case, row.action), {}).status_code in {200, 302, 409, 422}


def _today() -> dict[str, int]:
    day = timezone.now().astimezone(SHANGHAI).date()
    return {"on_year": day.year, "on_month": day.month, "on_day": day.day}


TODAY = _today()


def in_hand(case: Case) -> Case:
    """The case where money is entered: with a lawyer, in progress."""
    Case.objects.filter(pk=case.pk).update(status="in_progress", lawyer=1, seat="lawyer", turn="others")
    case.refresh_from_db()
    return case


def test_an_award_of_twelve_times_the_claim_is_asked_about_and_what_was_typed_is_kept(
    clerk: Client, case: Case
) -> None:
    case = in_hand(case)
    assert 'name="sure"' not in clerk.get(url(case, "record_award")).content.decode()
    typed = {"version": case.version, "spread": "one", "total": "62400", "way": "document", **TODAY}
    answer = clerk.post(url(case, "record_award"), typed)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "The award of 62,400 yuan is 12 times the claim of 5,200 yuan." in html
    assert "Look at the figure again" in html
    assert 'value="62400"' in html
    assert 'name="sure"' in html
    again = clerk.post(url(case, "record_award"), {**typed, "sure": " "})
    assert "Correct the figure, or say why it is right." in again.content.decode()
    assert LedgerLine.objects.filter(case=case.pk, step="awarded").count() == 0
    done = clerk.post(url(case, "record_award"), {**typed, "sure": "含双倍工资"}, follow=True)
    assert "award far above the claim" in clerk.get(f"/desk/cases/{case.number}/").content.decode()
    assert "含双倍工资" in clerk.get(f"/desk/cases/{case.number}/").content.decode()
    assert done.status_code == 200
    case.refresh_from_db()
    assert case.awarded_fen == 6_240_000


def test_a_corrected_figure_needs_no_reason(clerk: Client, case: Case) -> None:
    case = in_hand(case)
    typed = {"version": case.version, "spread": "one", "way": "document", **TODAY}
    assert clerk.post(url(case, "record_award"), {**typed, "total": "62400"}).status_code == 409
    assert clerk.post(url(case, "record_award"), {**typed, "total": "6240", "sure": ""}).status_code == 302


def test_an_unusual_claim_is_told_before_the_officer_accepts(clerk: Client, offices: object) -> None:
    odd = open_case(at=timezone.now(), amount_claimed="5200000.00")
    html = clerk.get(f"/desk/cases/{odd.number}/").content.decode()
    assert "Check the sum: 5,200,000 yuan is unusual for one worker." in html
    usual = clerk.get(f"/desk/cases/{open_case(at=timezone.now()).number}/").content.decode()
    assert "Check the sum" not in usual
