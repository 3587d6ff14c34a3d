"""Masks: recognisable to the owner, useless to others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.audit.masking import mask_bank, mask_id, mask_name, mask_numbers, mask_phone


def test_each_mask() -> None:
    assert mask_phone("13812345678") == "138****5678"
    assert mask_phone("5222222") == "*****22"
    assert mask_phone("12") == "**"
    assert mask_id("11010519491231002X") == "11************002X"
    assert mask_bank("6222021234567890128") == "***************0128"
    assert mask_name("张小明") == "张**"
    assert mask_name("张") == "*"
    assert mask_name("") == mask_phone("") == ""


@given(st.text(max_size=30))
def test_a_mask_keeps_the_length_and_at_most_seven_characters(text: str) -> None:
    for mask in (mask_phone, mask_id, mask_bank, mask_name):
        masked = mask(text)
        assert len(masked) == len(text)
        assert sum(a == b != "*" for a, b in zip(masked, text, strict=True)) <= 7


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("打13812345678找我", "打138****5678找我"),
        ("ring 138 1234 5678!", "ring 138****5678!"),
        ("+86 138-1234-5678", "138****5678"),
        ("id 110105194912310021,", "id 11************0021,"),
        ("11010519491231002x", "11************002x"),
        ("card 6222021234567890128", "card ***************0128"),
        ("case 3096224743817217 of 440300000000", "case 3096224743817217 of 440300000000"),
        ("1381234567 and 138123456789", "1381234567 and 138123456789"),
        ("2026-03-02 09:30", "2026-03-02 09:30"),
    ],
)
def test_numbers_in_text(text: str, masked: str) -> None:
    assert mask_numbers(text) == masked
