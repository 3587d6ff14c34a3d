"""Money in fen: read, rounded once and half up, written."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.law.money import exact, rounded, shown, text


@pytest.mark.parametrize(
    ("fen", "written"),
    [
        (0, "0.00"),
        (5, "0.05"),
        (99, "0.99"),
        (100, "1.00"),
        (520000, "5200.00"),
        (-5, "-0.05"),
        (-12345, "-123.45"),
    ],
)
def test_fen_are_written_as_yuan_with_two_decimals(fen: int, written: str) -> None:
    assert text(fen) == written


@pytest.mark.parametrize(
    ("fen", "whole"),
    [
        (Fraction(0), 0),
        (Fraction(1, 2), 1),  # half up
        (Fraction(3, 2), 2),
        (Fraction(5, 2), 3),  # not to the even neighbour
        (Fraction(49, 100), 0),
        (Fraction(51, 100), 1),
        (Fraction(1, 3), 0),
        (Fraction(2, 3), 1),
        (Fraction(7), 7),
    ],
)
def test_a_sum_is_rounded_half_up(fen: Fraction, whole: int) -> None:
    assert rounded(fen) == whole


@given(st.fractions(min_value=0, max_value=10**12))
def test_rounding_moves_by_half_a_fen_at_most(fen: Fraction) -> None:
    assert -Fraction(1, 2) < rounded(fen) - fen <= Fraction(1, 2)


def test_a_json_number_is_the_decimal_that_was_written() -> None:
    assert exact(0.1) == Fraction(1, 10)
    assert exact(7.25) == Fraction(29, 4)
    assert exact(12) == 12


@pytest.mark.parametrize(
    ("yuan", "places", "as_shown"),
    [
        (Fraction(30), 4, "30"),
        (Fraction(100), 4, "100"),  # zeros before the point stay
        (Fraction(61, 2), 4, "30.5"),
        (Fraction(1, 3), 4, "0.3333"),
        (Fraction(2, 3), 4, "0.6667"),
        (Fraction(5, 100_000), 4, "0.0001"),  # half up
        (Fraction(49, 1_000_000), 4, "0"),
        (Fraction(385, 100), 8, "3.85"),
        (Fraction(99_999, 100_000), 4, "1"),
    ],
)
def test_a_step_shows_few_decimals_and_no_needless_zeros(yuan: Fraction, places: int, as_shown: str) -> None:
    assert shown(yuan, places) == as_shown


def test_four_decimals_unless_told_otherwise() -> None:
    assert shown(Fraction(1, 7)) == "0.1429"
