"""Encryption at rest: what opens, what does not, and how sealed values are found."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from nuanxin.audit.encryption import (
    BlindIndexField,
    EncryptedTextField,
    SealBroken,
    blind_index,
    fingerprint,
    open_bytes,
    open_sealed,
    seal,
    seal_bytes,
)
from nuanxin.audit.sealing import key_of, normalise
from nuanxin.config.keys import KeyFile, make_keys
from nuanxin.notices.models.inbound import InboundText
from tests.apps.audit.streams import AT

HERE = "notices.inboundtext.phone"
PHONE = "13812345678"


@given(text=st.text())
def test_what_was_sealed_opens(text: str) -> None:
    sealed = seal(text, context=HERE)
    assert open_sealed(sealed, context=HERE) == text
    assert text not in sealed or len(text) < 4


@given(data=st.binary())
def test_files_open_too(data: bytes) -> None:
    assert open_bytes(seal_bytes(data, context=HERE), context=HERE) == data


def test_the_same_text_never_looks_the_same() -> None:
    assert seal(PHONE, context=HERE) != seal(PHONE, context=HERE)


def test_a_value_moved_to_another_column_does_not_open() -> None:
    with pytest.raises(SealBroken, match="altered, or sealed for another place"):
        open_sealed(seal(PHONE, context=HERE), context="notices.inboundtext.text")
    with pytest.raises(SealBroken):
        open_bytes(seal_bytes(b"x", context=HERE), context="elsewhere")


@given(place=st.integers(0, 38), bit=st.integers(0, 7))
def test_a_single_flipped_bit_does_not_open(place: int, bit: int) -> None:
    key, _, body = seal(PHONE, context=HERE).partition(":")
    raw = bytearray(base64.urlsafe_b64decode(body))
    raw[place] ^= 1 << bit
    with pytest.raises(SealBroken):
        open_sealed(f"{key}:{base64.urlsafe_b64encode(raw).decode()}", context=HERE)


@pytest.mark.parametrize("rubbish", ["plain", "k1:", "k1:!!!", "k1:AAAA", "k9:" + "A" * 40, ":", "k1:张三"])
def test_rubbish_is_refused_in_words(rubbish: str) -> None:
    with pytest.raises(SealBroken):
        open_sealed(rubbish, context=HERE)


@pytest.mark.parametrize(
    "rubbish", [b"", b"NX1", b"NX1\xff", b"JFIF", b"NX1\x02k1short", b"NX1\x02\xff\xff" + b"x" * 40]
)
def test_rubbish_files_are_refused_in_words(rubbish: bytes) -> None:
    with pytest.raises(SealBroken):
        open_bytes(rubbish, context=HERE)


def test_key_of_tells_which_key() -> None:
    assert key_of(seal(PHONE, context=HERE)) == "k1"
    assert key_of(seal_bytes(b"x", context=HERE)) == "k1"
    assert key_of("") == key_of(b"") == ""


@pytest.mark.parametrize(
    ("kind", "typed", "normal"),
    [
        ("phone", "138 1234 5678", PHONE),
        ("phone", "+86 138-1234-5678", PHONE),
        ("phone", "008613812345678", PHONE),
        ("phone", "１３８１２３４５６７８", PHONE),
        ("phone", "0356 5222222", "03565222222"),
        ("phone", "86123456", "86123456"),
        ("id", "11010519491231002x", "11010519491231002X"),
        ("id", " 110105 19491231 002Ｘ ", "11010519491231002X"),
        ("bank", "6222 0212 3456 7890 128", "6222021234567890128"),
    ],
)
def test_every_spelling_has_one_index(kind: str, typed: str, normal: str) -> None:
    assert normalise(kind, typed) == normal
    assert blind_index(kind, typed) == blind_index(kind, normal)
    assert len(blind_index(kind, typed)) == 16


def test_kinds_do_not_meet_and_unknown_kinds_are_refused() -> None:
    assert blind_index("phone", PHONE) != blind_index("bank", PHONE)
    with pytest.raises(ValueError, match="phone, id, bank"):
        blind_index("name", "x")


def test_a_fingerprint_is_stable_and_labelled() -> None:
    assert fingerprint("key", b"a") == fingerprint("key", b"a") != fingerprint("body", b"a")


def test_another_installation_has_other_indexes(settings: Settings, tmp_path: Path) -> None:
    here, sealed = blind_index("phone", PHONE), seal(PHONE, context=HERE)
    make_keys(tmp_path / "keys.json")
    settings.KEYS_FILE = KeyFile(tmp_path / "keys.json")
    assert blind_index("phone", PHONE) != here
    with pytest.raises(SealBroken):
        open_sealed(sealed, context=HERE)


def make_text(number: int, phone: str = PHONE, text: str = "老板没发工资") -> InboundText:
    return InboundText.objects.create(gateway_id=str(number), phone=phone, text=text, received_at=AT)


def raw(column: str, pk: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM notices_inboundtext WHERE id = %s", [pk])
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
def test_a_field_is_sealed_in_the_database_and_plain_in_python() -> None:
    row = make_text(1)
    assert raw("phone", row.pk).startswith("k1:")
    assert "工资" not in raw("text", row.pk)
    again = InboundText.objects.get(pk=row.pk)
    assert (again.phone, again.text) == (PHONE, "老板没发工资")


@pytest.mark.django_db
def test_an_empty_field_stays_empty_and_has_no_index() -> None:
    row = make_text(1, phone="")
    assert raw("phone", row.pk) == ""
    again = InboundText.objects.get(pk=row.pk)
    assert (again.phone, again.phone_index) == ("", None)
    assert InboundText.objects.filter(phone_index__isnull=True).count() == 1


@pytest.mark.django_db
def test_a_row_is_found_by_any_spelling_of_the_plain_value() -> None:
    row = make_text(1)
    make_text(2, phone="13900000000")
    found = InboundText.objects.filter(phone_index="+86 138 1234 5678")
    assert [each.pk for each in found] == [row.pk]
    assert InboundText.objects.get(phone_index=blind_index("phone", PHONE)).pk == row.pk
    assert InboundText.objects.filter(phone_index__in=[blind_index("phone", PHONE)]).count() == 1
    assert not InboundText.objects.filter(phone_index="13812345679").exists()


@pytest.mark.django_db
def test_the_index_follows_its_field_in_every_way_of_writing() -> None:
    row = make_text(1)
    row.phone = "13900000000"
    row.save(update_fields=["phone", "phone_index"])
    assert InboundText.objects.get(phone_index="13900000000").pk == row.pk
    [bulk] = InboundText.objects.bulk_create(
        [InboundText(gateway_id="9", phone=PHONE, text="x", received_at=AT)]
    )
    assert InboundText.objects.get(phone_index=PHONE).pk == bulk.pk
    InboundText.objects.filter(pk=bulk.pk).update(phone="13700000000", phone_index="13700000000")
    assert InboundText.objects.get(phone_index="13700000000").phone == "13700000000"


def test_a_sealed_field_cannot_be_searched_by_mistake() -> None:
    with pytest.raises(FieldError, match="blind index"):
        InboundText.objects.filter(phone=PHONE)


def test_fields_tell_migrations_all_they_need() -> None:
    index = InboundText._meta.get_field("phone_index")
    assert index.deconstruct()[3] == {"of": "phone", "kind": "phone", "null": True}
    field = EncryptedTextField(context="old.place.phone")
    assert field.deconstruct()[3] == {"context": "old.place.phone"}
    assert field.context == "old.place.phone"


def test_an_index_without_a_kind_is_a_mistake_of_the_model() -> None:
    class Model(models.Model):
        class Meta:
            abstract = True
            app_label = "audit"

    with pytest.raises(TypeError, match="wants null=True and a kind"):
        BlindIndexField(of="story").contribute_to_class(Model, "story_index")
