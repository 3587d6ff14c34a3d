"""Numbers and codes: short enough to be said, and wrong ones are told apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nuanxin.cases.codes import check_code, follow_code, worker_code
from nuanxin.cases.rules.numbers import case_id_of, number_of

ids = st.builds(lambda p, n: p << 46 | n, st.integers(0, 91), st.integers(0, (1 << 46) - 1))


def test_a_number_shows_province_serial_and_check() -> None:
    assert number_of(14 << 46 | 12345) == "NX14-0012345-9"
    assert number_of(0) == "NX00-0000000-0"


@given(ids)
def test_a_number_leads_back_to_its_case(case_id: int) -> None:
    assert case_id_of(number_of(case_id)) == case_id


@given(ids, st.data())
def test_one_wrong_digit_is_always_caught(case_id: int, data: st.DataObject) -> None:
    digits = [char for char in number_of(case_id) if char.isdigit()]
    place = data.draw(st.integers(0, len(digits) - 1))
    digits[place] = data.draw(st.sampled_from([d for d in "0123456789" if d != digits[place]]))
    assert case_id_of("".join(digits)) is None


@given(ids, st.data())
def test_neighbours_swapped_are_caught_but_for_nought_and_nine(case_id: int, data: st.DataObject) -> None:
    digits = [char for char in number_of(case_id) if char.isdigit()]
    place = data.draw(st.integers(0, len(digits) - 2))
    pair = {digits[place], digits[place + 1]}
    digits[place], digits[place + 1] = digits[place + 1], digits[place]
    found = case_id_of("".join(digits))
    assert found == case_id if len(pair) == 1 else (found is None or pair == {"0", "9"})


def test_a_number_is_read_as_people_type_it() -> None:
    for typed in ("nx14-0012345-9", "NX1400123459", "14 0012345 9", " NX14–0012345—9 "):
        assert case_id_of(typed) == 14 << 46 | 12345


@given(st.text(max_size=40))
def test_anything_else_is_no_number(typed: str) -> None:
    found = case_id_of(typed)
    assert found is None or case_id_of(number_of(found)) == found


def test_a_code_opens_its_case_and_a_workers_code_their_line() -> None:
    assert check_code(follow_code(77), 77) == 0
    assert check_code(worker_code(77, 7), 77) == 7
    assert check_code(follow_code(77), 78) is None
    assert check_code(worker_code(77, 7).replace("7-", "8-", 1), 77) is None
    assert check_code(worker_code(77, 7).split("-")[1], 77) is None


def test_a_renewed_code_makes_the_old_one_worthless() -> None:
    assert check_code(follow_code(77), 77, 1) is None
    assert check_code(worker_code(77, 7), 77, 1) is None
    assert check_code(follow_code(77, 1), 77, 1) == 0


def test_a_code_is_read_as_people_type_it() -> None:
    digits = follow_code(77)
    assert check_code(f" {digits[:4]} {digits[4:]} ", 77) == 0
    assert check_code("".join(chr(ord(d) + 0xFEE0) for d in digits), 77) == 0
    assert check_code(worker_code(77, 7).replace("-", "—"), 77) == 7


@given(st.text(max_size=40))
def test_anything_else_opens_nothing(typed: str) -> None:
    assert check_code(typed, 77) is None or typed.strip()
    assert check_code("\ud800", 77) is None
