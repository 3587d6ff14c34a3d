"""Declarations of personal data, and the note of who saw a field whole."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import models

from nuanxin.audit.actions import record_unmasking
from nuanxin.audit.actor import Actor, Role
from nuanxin.audit.encryption import EncryptedTextField
from nuanxin.audit.models import Event
from nuanxin.audit.personal import Undeclared, declaration, declared_models, faults
from nuanxin.audit.streams import staff_stream
from nuanxin.notices.models.inbound import InboundText
from tests.apps.audit.streams import AT, CASE

CLERK = Actor("staff", 12, frozenset({Role.CLERK}), (0, 0), 3)


def model(**members: Any) -> type[models.Model]:
    """A model class that stays out of the registry of tables."""
    meta = type("Meta", (), {"abstract": True, "app_label": "audit"})
    return type("Sample", (models.Model,), {"__module__": __name__, "Meta": meta, **members})


def privacy(personal: dict[str, str], mutable: str = "yes") -> type:
    return type("Privacy", (), {"personal": personal, "mutable": mutable})


def test_a_declaration_is_read_from_the_model_or_from_the_table_of_foreign_ones() -> None:
    assert declaration(InboundText).personal["phone"] == "phone"
    assert declaration(InboundText).mutable == "yes"
    assert declaration(Session).personal == {"session_data": "free_text"}


def test_an_undeclared_model_is_found() -> None:
    silent = model()
    with pytest.raises(Undeclared):
        declaration(silent)
    assert faults(silent) == ["audit.Sample has no class Privacy with personal and mutable"]


def test_each_way_of_declaring_wrongly_is_found() -> None:
    text, sealed = models.TextField(), EncryptedTextField()
    assert faults(model(Privacy=privacy({}))) == []
    assert "mutable is 'no'" in faults(model(Privacy=privacy({}, "no")))[0]
    assert "does not have" in faults(model(Privacy=privacy({"x": "name"})))[0]
    assert "category 'odd'" in faults(model(x=text, Privacy=privacy({"x": "odd"})))[0]
    assert "EncryptedTextField" in faults(model(x=models.TextField(), Privacy=privacy({"x": "phone"})))[0]
    assert "not declared" in faults(model(x=sealed, Privacy=privacy({})))[0]


def test_every_model_of_this_room_is_declared() -> None:
    own = [each for each in declared_models() if each._meta.app_label == "audit"]
    assert len(own) == 4
    assert [fault for each in own for fault in faults(each)] == []


@pytest.mark.django_db
def test_an_unmasking_is_an_event_in_the_stream_of_who_looked() -> None:
    row = InboundText.objects.create(gateway_id="1", phone="13812345678", text="x", received_at=AT)
    event = record_unmasking(row=row, fields=["phone"], by=CLERK, at=AT, case=CASE)
    stored = Event.objects.get(pk=event.pk)
    assert (stored.stream, stored.kind, stored.actor_id) == (staff_stream(12), "personal.unmasked", 12)
    assert stored.payload == {
        "table": "notices.inboundtext",
        "row": row.pk,
        "fields": ["phone"],
        "case": CASE,
    }
    assert stored.province == 44


@pytest.mark.django_db
def test_only_declared_fields_can_be_unmasked() -> None:
    row = InboundText(pk=1)
    with pytest.raises(ValueError, match="does not declare outcome personal"):
        record_unmasking(row=row, fields=["outcome"], by=CLERK, at=AT)
