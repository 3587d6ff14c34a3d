"""The registries: extended by who keeps the platform; what was used is still called by its name."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from nuanxin.accounts.queries import actor_for
from nuanxin.audit.actor import SYSTEM, Role
from nuanxin.audit.models import Event
from nuanxin.cases.faults import NotPermitted, Refused
from nuanxin.cases.rules.states import ITEMS
from nuanxin.hotline.actions import codes
from nuanxin.hotline.models import Category, WrapUpCode
from nuanxin.hotline.queries.codes import categories, every_wrap_up_code, wrap_up_code, wrap_up_codes
from nuanxin.hotline.rules.codes import CATEGORIES, WRAP_UP
from tests.factories.staff import AT, make_staff

pytestmark = pytest.mark.django_db


def test_the_registries_are_delivered_in_their_order_with_items_that_exist() -> None:
    assert [one.code for one in wrap_up_codes()] == [one.code for one in WRAP_UP]
    assert [one.code for one in categories()] == [one.code for one in CATEGORIES]
    assert {one.item for one in Category.objects.all()} <= {"", *ITEMS}
    assert not WrapUpCode.objects.get(code="wrong_number").needs_record


def test_a_code_is_added_retired_and_taken_up_again() -> None:
    admin = actor_for(make_staff(Role.ADMINISTRATOR, 0), AT)
    codes.add_wrap_up_code(code="mediated", zh="已调解", en="Mediated", order=15, by=admin, at=AT)
    assert [one.code for one in wrap_up_codes()][:2] == ["advised", "mediated"]
    for _ in range(2):  # pressed twice
        codes.retire_wrap_up_code(code="mediated", by=admin, at=AT)
    assert wrap_up_code("mediated") is None
    assert "mediated" in {one.code for one in every_wrap_up_code()}
    codes.restore_wrap_up_code(code="mediated", by=admin, at=AT)
    assert wrap_up_code("mediated") is not None
    told = Event.objects.filter(kind__startswith="hotline.wrap_up_code").order_by("id")
    assert [event.kind.rpartition("_")[2] for event in told] == ["added", "retired", "restored"]


@pytest.mark.parametrize(
    ("code", "zh", "en", "fault"),
    [
        ("advised", "已答复", "Answered", "known_code"),
        ("Two Words", "两个字", "Two words", "bad_code"),
        ("", "空", "Empty", "bad_code"),
        ("x" * 21, "长", "Long", "bad_code"),
        ("mediated", " ", "Mediated", "no_words"),
    ],
)
def test_a_code_that_cannot_be_is_refused(code: str, zh: str, en: str, fault: str) -> None:
    with pytest.raises(Refused, match=fault):
        codes.add_wrap_up_code(code=code, zh=zh, en=en, by=SYSTEM, at=AT)


def test_nobody_else_keeps_the_registries() -> None:
    # Of a region's administrator too: what one county retires would be gone in all others.
    for role in (Role.OPERATOR, Role.ADMINISTRATOR):
        somebody = actor_for(make_staff(role), AT)
        with pytest.raises(NotPermitted):
            codes.retire_wrap_up_code(code="advised", by=somebody, at=AT)
        with pytest.raises(NotPermitted):
            codes.add_category(code="noise", zh="噪音", en="Noise", by=somebody, at=AT)


def test_the_command_keeps_both_registries() -> None:
    call_command("hotline", "code", "add", "noise", "噪音", "--name-en", "Noise", "--registry", "category")
    call_command("hotline", "code", "retire", "noise", "--registry", "category")
    out = StringIO()
    call_command("hotline", "code", "list", "--registry", "category", stdout=out)
    assert "100\tnoise\tretired\t噪音\tNoise" in out.getvalue()
    assert "140" in out.getvalue()
    with pytest.raises(CommandError, match="already"):
        call_command(
            "hotline", "code", "add", "noise", "噪音", "--name-en", "Noise", "--registry", "category"
        )
