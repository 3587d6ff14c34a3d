"""Identifiers: resident IDs, credit codes, telephones, region codes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.law import answer
from nuanxin.law.identity import (
    Checked,
    check_landline,
    check_mobile,
    check_region,
    check_resident_id,
    check_uscc,
    normalise_mobile,
    normalise_region,
    normalise_resident_id,
    normalise_uscc,
    successor,
)
from nuanxin.law.identity import regions as region_table
from nuanxin.law.identity.regions import Region
from nuanxin.law.topics.identifier import _WARNINGS

# check: 1·7+1·9+0·10+1·5+0·8+5·4+1·2+9·1+4·6+9·3+1·7+2·9+3·10+1·5+0·8+0·4+2·2 = 167; 167 mod 11 = 2 → X
GOOD_ID = "11010519491231002X"
GOOD_USCC = "91110000600037341L"


def ask(kind: str, value: str) -> dict[str, Any]:
    return answer("identifier", {"kind": kind, "value": value})


def weighted(first_seventeen: str) -> str:
    """A resident ID with its check character, worked independently of the library."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(first_seventeen, weights, strict=True))
    return first_seventeen + "10X98765432"[total % 11]


class TestResidentId:
    @pytest.mark.parametrize(
        "value", [GOOD_ID, GOOD_ID.lower(), " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ"]
    )
    def test_many_ways_of_writing_one_number(self, value: str) -> None:
        found = ask("resident_id", value)
        assert (found["valid"], found["normalised"], found["warnings"]) == (True, GOOD_ID, [])

    @pytest.mark.parametrize(
        ("value", "why"),
        [
            ("110105194912310021", "wrong_check_digit"),
            (weighted("11010519490230002"), "wrong_birth_date"),
            (weighted("11010510000101002"), "wrong_birth_date"),
            (weighted("99010519491231002").replace("99", "00", 1), "wrong_check_digit"),
            (weighted("00010519491231002"), "unknown_region"),
            ("11010519491231002", "wrong_length"),
            ("11010519491231002Y", "wrong_characters"),
            ("1101051949123100X2", "wrong_characters"),
            ("١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", "wrong_characters"),
            ("", "wrong_length"),
        ],
    )
    def test_a_wrong_number_says_why(self, value: str, why: str) -> None:
        assert check_resident_id(value) == Checked(False, "", (why,))

    def test_a_wrong_number_is_an_answer_not_an_error(self) -> None:
        found = ask("resident_id", "110105194912310021")
        assert (found["valid"], found["normalised"]) == (False, None)
        assert found["warnings"][0]["code"] == "wrong_check_digit"

    def test_abolished_counties_stay_valid(self) -> None:
        # 110103, Chongwen, was abolished in 2010
        assert check_resident_id(weighted("11010319490101001")).warnings == ()

    def test_a_county_not_in_the_table_is_only_a_warning(self) -> None:
        assert check_resident_id(weighted("11999919490101001")).warnings == ("unknown_region",)
        assert check_resident_id(weighted("11999919490101001")).valid

    @pytest.mark.parametrize(
        ("number", "warning"),
        [
            ("81000019490101001", "residence_permit"),
            ("83000019490101001", "residence_permit"),
            ("91101519490101001", "permanent_residence_card"),
        ],
    )
    def test_permits_of_the_same_form(self, number: str, warning: str) -> None:
        found = check_resident_id(weighted(number))
        assert (found.valid, found.warnings) == (True, (warning,))

    @pytest.mark.parametrize(
        ("value", "valid", "warning"),
        [
            ("110105491231002", True, "legacy_15_digits"),
            ("110105491331002", False, "wrong_birth_date"),
            ("000105491231002", False, "unknown_region"),
            ("11010549123100X", False, "wrong_characters"),
        ],
    )
    def test_fifteen_digits_are_kept_as_legacy(self, value: str, valid: bool, warning: str) -> None:
        found = check_resident_id(value)
        assert (found.valid, found.normalised, found.warnings) == (valid, value if valid else "", (warning,))

    @given(st.integers(0, 16), st.integers(1, 9))
    def test_one_wrong_digit_is_always_found(self, place: int, shift: int) -> None:
        digit = str((int(GOOD_ID[place]) + shift) % 10)
        assert not check_resident_id(GOOD_ID[:place] + digit + GOOD_ID[place + 1 :]).valid


class TestCreditCode:
    @pytest.mark.parametrize(
        "value", [GOOD_USCC, GOOD_USCC.lower(), "9111 0000 6000 37341L", "91110000-600037341-L"]
    )
    def test_many_ways_of_writing_one_code(self, value: str) -> None:
        found = ask("uscc", value)
        assert (found["valid"], found["normalised"], found["warnings"]) == (True, GOOD_USCC, [])

    @pytest.mark.parametrize(
        ("value", "why"),
        [
            ("91110000600037342L", "wrong_check_digit"),
            ("91110000600037341", "wrong_length"),
            ("9111000060003734IL", "wrong_characters"),  # I, O, S, V and Z are never used
            ("91A10000600037341L", "wrong_characters"),
            ("９１中10000600037341L", "wrong_characters"),
        ],
    )
    def test_a_wrong_code_says_why(self, value: str, why: str) -> None:
        assert check_uscc(value).warnings == (why,)
        assert not check_uscc(value).valid

    def test_an_organisation_code_that_does_not_fit_is_only_a_warning(self) -> None:
        # the last place of the organisation code changed and the whole code's own check made to fit
        fitting = [
            code
            for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY"
            if check_uscc(code := "91110000600037340" + sign).valid
        ]
        assert len(fitting) == 1
        assert check_uscc(fitting[0]).warnings == ("organisation_code_check",)

    def test_a_village_register_begins_with_a_letter(self) -> None:
        fitting = [
            code
            for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY"
            if check_uscc(code := "N2110000600037341" + sign).valid
        ]
        assert len(fitting) == 1


class TestTelephones:
    @pytest.mark.parametrize(
        "value",
        [
            "13812345678",
            "138 1234 5678",
            "138-1234-5678",
            "+86 13812345678",
            "008613812345678",
            "86 138 1234 5678",
            "\u202d138 1234 5678\u202c",  # as copied from the contacts of a telephone
            "\u2066138\u200b12345678\u2069\ufeff",
        ],
    )
    def test_many_ways_of_writing_one_mobile(self, value: str) -> None:
        found = ask("mobile", value)
        assert (found["valid"], found["normalised"]) == (True, "13812345678")

    @pytest.mark.parametrize(
        ("value", "why"),
        [
            ("12812345678", "wrong_prefix"),
            ("1381234567", "wrong_length"),
            ("1381234567a", "wrong_characters"),
            ("010-62345678", "landline"),
            ("٣٣٣", "wrong_characters"),
        ],
    )
    def test_a_wrong_mobile_says_why(self, value: str, why: str) -> None:
        assert check_mobile(value).warnings == (why,)

    @pytest.mark.parametrize(
        ("value", "normalised"),
        [
            ("0356-5550123", "0356-5550123"),
            ("(010) 6234 5678", "010-62345678"),
            ("+86 10 62345678", "010-62345678"),
            ("021-62345678转12", "021-62345678-12"),
        ],
    )
    def test_landlines_keep_their_area_code(self, value: str, normalised: str) -> None:
        assert check_landline(value).normalised == normalised

    @pytest.mark.parametrize("value", ["62345678", "010-12345678", "0356", "abc", "13812345678"])
    def test_what_is_no_landline(self, value: str) -> None:
        assert check_landline(value).warnings == ("not_a_landline",)


class TestRegions:
    @pytest.mark.parametrize(
        ("value", "normalised", "warnings"),
        [
            ("110105", "110105", []),
            ("140581", "140581", []),
            ("330113", "330113", []),  # a district of 2021
            ("310230", "310230", ["abolished"]),  # Chongming county became a district
            ("110105001001", "110105", ["shortened"]),
        ],
    )
    def test_a_code_that_is_or_was(self, value: str, normalised: str, warnings: list[str]) -> None:
        found = ask("region", value)
        assert (found["valid"], found["normalised"]) == (True, normalised)
        assert [warning["code"] for warning in found["warnings"]] == warnings

    @pytest.mark.parametrize(
        ("value", "why"),
        [
            ("999999", "unknown_region"),
            ("11010", "wrong_length"),
            ("北京", "wrong_characters"),
            ("11010a", "wrong_characters"),
        ],
    )
    def test_a_code_that_never_was(self, value: str, why: str) -> None:
        assert check_region(value).warnings == (why,)

    def test_an_abolished_code_names_the_one_that_took_its_place(self) -> None:
        # Chongming county became a district; Chongwen became part of Dongcheng
        assert ask("region", "310230")["warnings"][0]["successor"] == "310151"
        assert ask("region", "110103")["warnings"][0]["successor"] == "110101"

    def test_a_code_in_force_stands_for_itself(self) -> None:
        assert successor("110105") == "110105"
        assert successor("999999") is None

    def test_a_code_of_which_the_table_knows_no_successor(self, monkeypatch: pytest.MonkeyPatch) -> None:
        table = {"1": Region(0, 2000, "2"), "2": Region(0, 2010, "1"), "3": Region(0, 2000, "")}
        monkeypatch.setattr(region_table, "regions", lambda: table)
        assert successor("1") is None  # a ring
        assert successor("3") is None


@pytest.mark.parametrize("kind", ["resident_id", "uscc", "mobile", "region"])
@pytest.mark.parametrize("value", ["", " ", "1" * 100_000, "\u0000", "☎"])
def test_whatever_was_typed_a_wrong_identifier_is_an_answer(kind: str, value: str) -> None:
    found = ask(kind, value)
    assert (found["valid"], found["normalised"]) == (False, None)
    assert len(found["warnings"]) == 1


def test_forms_without_a_verdict() -> None:
    assert normalise_resident_id(" 1101 x") == "1101X"
    assert normalise_uscc("a-b c") == "ABC"
    assert normalise_mobile("+86 138") == "+86138"
    assert normalise_region("110105001001") == "110105"


def test_every_warning_has_words() -> None:
    # a wrong number would otherwise fail while it is being explained
    for kind, value in [("mobile", "x"), ("region", "x"), ("uscc", "x"), ("resident_id", "x")]:
        assert (
            ask(kind, value)["warnings"][0]["message"]
            == _WARNINGS[ask(kind, value)["warnings"][0]["code"]].as_json()
        )


@given(st.sampled_from(["resident_id", "uscc", "mobile", "region"]), st.text(min_size=1, max_size=30))
def test_nothing_typed_breaks_a_check_and_the_normal_form_is_stable(kind: str, value: str) -> None:
    found = ask(kind, value)
    if found["valid"]:
        again = ask(kind, found["normalised"])
        assert again["valid"]
        assert again["normalised"] == found["normalised"]
