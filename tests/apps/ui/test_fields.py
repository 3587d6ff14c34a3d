"""Fields take what people write, and say what to do about what they cannot take."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override

from nuanxin.ui import wording
from nuanxin.ui.forms import (
    ChoiceField,
    DayField,
    Form,
    MoneyField,
    MonthField,
    PhoneField,
    PhotosField,
    ResidentIdField,
    TickField,
)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("5200", "5200.00"),
        ("5,200.5", "5200.50"),
        (" ５２００ 元", "5200.00"),
        ("¥130，000", "130000.00"),
        ("1.2万", "12000.00"),
        ("3万元", "30000.00"),
        ("100块", "100.00"),
    ],
)
def test_money_as_people_write_it(typed: str, amount: str) -> None:
    assert MoneyField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("many", "invalid"),
        ("-5", "negative"),
        ("0", "nothing"),
        ("1e9", "invalid"),
        ("9" * 16, "too_much"),
        ("9" * 400, "invalid"),
        ("Infinity", "invalid"),
        ("", "required"),
        ("5200\x00", "invalid"),
    ],
)
def test_money_that_is_none(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as fault:
        MoneyField().clean(typed)
    assert fault.value.code == code


def test_nothing_is_an_amount_where_the_field_says_so() -> None:
    assert MoneyField(zero=True).clean("0") == Decimal("0.00")


@pytest.mark.parametrize(
    "typed",
    [
        "13812345678", "138 1234 5678", "+86 138-1234-5678", "１３８１２３４５６７８",
        "\u202d138 1234 5678\u202c", "13812345678\u200b",  # as copied on a telephone
    ],
)  # fmt: skip
def test_a_mobile_number_becomes_its_figures(typed: str) -> None:
    assert PhoneField().clean(typed) == "13812345678"


@pytest.mark.parametrize("typed", ["1381234567", "138123456789", "一三八", "23812345678", "1381234567a"])
def test_a_wrong_number_is_told(typed: str) -> None:
    with pytest.raises(ValidationError) as fault:
        PhoneField().clean(typed)
    assert fault.value.code == "invalid"


def test_a_resident_number_needs_its_check_digit() -> None:
    assert ResidentIdField().clean("11010519491231002x") == "11010519491231002X"
    with pytest.raises(ValidationError):
        ResidentIdField().clean("110105194912310021")


def _day(field: DayField, **typed: str) -> Any:
    return field.clean({"year": "", "month": "", "day": "", **typed})


def test_a_day_from_three_boxes() -> None:
    assert _day(DayField(), year="２０２５", month="2", day="28 日".replace(" ", "")) == date(2025, 2, 28)
    assert _day(DayField(), year="25", month="12", day="1") == date(2025, 12, 1)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"year": "2025", "month": "2", "day": "30"}, "invalid"),
        ({"year": "2025", "month": "13", "day": "1"}, "invalid"),
        ({"year": "99999999999", "month": "1", "day": "1"}, "invalid"),
        ({"year": "2025", "month": "x", "day": "1"}, "invalid"),
        ({"year": "2025", "month": "2"}, "part"),
        ({"year": "1925", "month": "2", "day": "1"}, "early"),
        ({"year": "2026", "month": "12", "day": "1"}, "late"),
    ],
)
def test_an_impossible_day_is_told(typed: dict[str, str], code: str) -> None:
    with pytest.raises(ValidationError) as fault:
        _day(DayField(earliest=date(1980, 1, 1), latest=date(2026, 11, 24)), **typed)
    assert fault.value.code == code


def test_a_month_is_its_first_day() -> None:
    assert MonthField().clean({"year": "2025", "month": "11"}) == date(2025, 11, 1)


def _file(name: str, size: int) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"x" * size)


def test_several_photos_at_once() -> None:
    field = PhotosField(most_bytes=10, most_files=2)
    assert [f.name for f in field.clean([_file("a.jpg", 3), _file("b.jpg", 4)])] == ["a.jpg", "b.jpg"]
    for files, code in (
        ([_file("a.jpg", 11)], "too_large"),
        ([_file("a.jpg", 0)], "empty"),
        ([_file(f"{n}.jpg", 1) for n in range(3)], "too_many"),
        ([], "required"),
    ):
        with pytest.raises(ValidationError) as fault:
            field.clean(files)
        assert fault.value.code == code
    assert PhotosField(required=False).clean([]) == []


class Sample(Form):
    name = forms.CharField(label="Name", help_text="As on the card", max_length=10)
    who = ChoiceField(label="Who", choices=[("a", "A"), ("b", "B")], notes={"b": "note of b"})
    since = MonthField(label="Since")
    photos = PhotosField(label="Photos", required=False)
    consent = TickField(label="I agree")


def test_faults_are_bound_to_their_fields_and_what_was_typed_is_kept() -> None:
    typed = QueryDict("name=<b>this is much too long</b>&since_year=2025&since_month=13")
    form = Sample(typed, MultiValueDict())
    with override("en"):
        page = form.render()
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext"' in page
    assert 'id="id_name_error"' in page
    assert "&lt;b&gt;this is much" in page
    assert "<b>" not in page
    assert 'value="13"' in page
    assert "note of b" in page
    targets = [fault.target for fault in wording.faults(form)]
    assert targets == ["id_name", "id_who_0", "id_since_year", "id_consent"]
    assert all(f'id="{target}"' in page for target in targets)


def test_an_untouched_form_has_no_faults() -> None:
    assert wording.faults(Sample()) == []
