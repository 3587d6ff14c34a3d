"""One JSON text, one meaning."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.law.strict_json import KeyTwice, NotJson, read

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_what_json_means_is_read(value: object) -> None:
    assert read(json.dumps(value)) == value
    assert read("\ufeff" + json.dumps(value, ensure_ascii=False)) == value


@pytest.mark.parametrize(
    "text",
    ["", " ", "{", "NaN", '{"a": Infinity}', "[-Infinity]", "{} {}", "[" * 100_000, '{"a": 01}', "'a'"],
)
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(NotJson):
        read(text)


@pytest.mark.parametrize(
    ("text", "paths", "value"),
    [
        ('{"a": 1, "a": 1}', ["/a"], {"a": 1}),
        ('{"a": 1, "a": 2, "a": 3}', ["/a"], {"a": 3}),
        ('{"b": [{"a/~": 1, "a/~": 2}], "b": 5}', ["/b/0/a~1~0", "/b"], {"b": 5}),
        ('[{"x": {"y": 1, "y": 2}}, {"z": [], "z": []}]', ["/0/x/y", "/1/z"], [{"x": {"y": 2}}, {"z": []}]),
        # beside a number that is too long to be read
        ('{"n": ' + "9" * 5000 + ', "a": 1, "a": 2}', ["/a"], {"n": float("inf"), "a": 2}),
    ],
)
def test_a_key_that_stands_twice_is_refused_with_its_place(
    text: str, paths: list[str], value: object
) -> None:
    with pytest.raises(KeyTwice) as caught:
        read(text)
    assert sorted(caught.value.paths) == sorted(paths)
    assert caught.value.value == value


@pytest.mark.parametrize("depth", [200, 600, 900, 950, 990])
def test_a_key_twice_at_the_bottom_of_a_deep_nest_is_refused_in_either_way(depth: int) -> None:
    with pytest.raises((KeyTwice, NotJson)):
        read('{"a":' * depth + '{"b":1,"b":2}' + "}" * depth)


def test_thousands_of_digits_are_more_than_any_question_takes() -> None:
    assert read('{"n": ' + "9" * 4_000 + "}") == {"n": int("9" * 4_000)}
    assert read('{"n": ' + "9" * 5_000 + "}") == {"n": float("inf")}
    assert read("[-" + "9" * 5_000 + ", 7]") == [float("-inf"), 7]
    with pytest.raises(NotJson):
        read('{"n": ' + "9" * 5_000 + "")
