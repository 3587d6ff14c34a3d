"""The guard at the door of the log."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.audit.payload import UnfitPayload, check


class Lane(StrEnum):
    GREEN = "green"


class Level(IntEnum):
    COUNTY = 3


codes = st.from_regex(r"[a-z_.]{0,10}", fullmatch=True) | st.dates().map(str)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | codes,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.from_regex(r"k_[a-z]{1,5}", fullmatch=True), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(values)
def test_ids_codes_flags_and_days_pass(value: Any) -> None:
    check({"value": value})


@pytest.mark.parametrize(
    "value",
    [
        Lane.GREEN,
        Level.COUNTY,
        13812345678012,
        "a" * 64,
        "2026-03-02T09:30:00+00:00",
        "440300000000",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "a13812345678bcdef",
        "91440300MA5EXAMPLE",
    ],
)
def test_these_pass(value: Any) -> None:
    check({"value": value})


@pytest.mark.parametrize(
    "value",
    [
        "张三",
        "two words",
        "a@b.cn",
        "a" * 65,
        1.5,
        b"x",
        object(),
        "13812345678",
        "138-1234-5678",
        "tel:13812345678",
        "+8613812345678",
        "11010519491231002X",
        "id:110105194912310021",
        ["ok", "13812345678"],
        {"deep": {"phone": 1}},
        {"Camel": 1},
        {1: 2},
        [[[[[[[1]]]]]]],
    ],
)
def test_these_are_refused_without_repeating_the_value(value: Any) -> None:
    with pytest.raises(UnfitPayload) as refused:
        check({"value": value})
    assert "value" in str(refused.value)
    assert "138" not in str(refused.value)


@pytest.mark.parametrize(
    "key", ["phone", "name", "resident_id", "story", "address", "follow_code", "Key", "a b", ""]
)
def test_keys_that_announce_personal_data_are_refused(key: str) -> None:
    with pytest.raises(UnfitPayload):
        check({key: 1})


def test_a_payload_is_a_dict() -> None:
    with pytest.raises(UnfitPayload, match="a dict"):
        check([])  # type: ignore[arg-type]
