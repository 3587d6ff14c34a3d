"""The page of outcomes and subjects: every administrator reads it, the platform's own keeps it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from nuanxin.audit.actor import Role
from nuanxin.audit.models import Event
from nuanxin.hotline.models import Category, WrapUpCode
from tests.apps.desk.conftest import Desk

PAGE = "/desk/hotline/register/codes/"
NATION = 0
NOISE = {
    "registry": "subject", "do": "add", "subject-code": "noise", "subject-zh": "噪音", "subject-en": "Noise", "subject-item": "",
}  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(desk: Desk, offices: Any) -> Client:
    return desk(Role.ADMINISTRATOR, NATION)


def text(answer: Any) -> str:
    said: str = answer.content.decode()
    return said


def test_a_subject_is_added_retired_and_offered_again(keeper: Client) -> None:
    assert keeper.post(PAGE, NOISE).status_code == 302
    assert "Noise" in text(keeper.get(PAGE))
    known = {"registry": "subject", "code": "noise"}
    assert keeper.post(PAGE, {**known, "do": "retire"}).status_code == 302
    assert not Category.objects.get(code="noise").active
    assert "Offer it again" in text(keeper.get(PAGE))
    assert keeper.post(PAGE, {**known, "do": "restore"}).status_code == 302
    assert Category.objects.get(code="noise").active
    told = (
        Event.objects.filter(kind__startswith="hotline.category_")
        .order_by("id")
        .values_list("kind", flat=True)
    )
    assert [kind.rpartition("_")[2] for kind in told] == ["added", "retired", "restored"]


def test_an_outcome_says_whether_it_needs_the_record(keeper: Client) -> None:
    told = {"registry": "outcome", "do": "add", "outcome-zh": "约时间", "outcome-en": "A time was made"}
    assert keeper.post(PAGE, {**told, "outcome-code": "time_made"}).status_code == 302
    assert keeper.post(PAGE, {**told, "outcome-code": "met", "outcome-needs_record": "on"}).status_code == 302
    assert not WrapUpCode.objects.get(code="time_made").needs_record
    assert WrapUpCode.objects.get(code="met").needs_record


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"subject-code": "Noise!"}, "small letters"),
        ({"subject-code": "wages"}, "There is this code already"),
        ({"subject-en": ""}, "English name"),
        ({"subject-item": "gold"}, "Select a valid choice"),
        ({"subject-zh": "噪" * 41}, "40"),
        ({"subject-code": "a\x00"}, ""),
    ],
)
def test_what_is_not_taken_comes_back_with_why_and_all_that_was_typed(
    keeper: Client, more: dict[str, str], said: str
) -> None:
    answer = keeper.post(PAGE, {**NOISE, **more})
    assert answer.status_code == 422
    assert said in text(answer)
    assert (more.get("subject-zh") or "噪音") in text(answer)
    assert not Category.objects.filter(zh__contains="噪").exists()


def test_what_does_not_exist_is_not_found_and_changes_nothing(keeper: Client) -> None:
    assert keeper.post(PAGE, {"registry": "gossip", "do": "add"}).status_code == 404
    assert keeper.post(PAGE, {"registry": "subject", "do": "burn", "code": "wages"}).status_code == 404
    gone = keeper.post(PAGE, {"registry": "outcome", "do": "retire", "code": "nothing\x00"})
    assert (gone.status_code, "There is no such code" in text(gone)) == (409, True)
    assert not Category.objects.filter(active=False).exists()


def test_a_regions_administrator_reads_and_does_not_keep(desk: Desk, offices: Any) -> None:
    local = desk(Role.ADMINISTRATOR)
    page = text(local.get(PAGE))
    assert "Unpaid wages" in page
    assert "Add a subject" not in page
    assert local.post(PAGE, {"registry": "subject", "do": "retire", "code": "wages"}).status_code == 403
    assert local.post(PAGE, NOISE).status_code == 403
    assert Category.objects.get(code="wages").active
    assert desk(Role.SUPERVISOR).get(PAGE).status_code == 403
