"""Who fits a case and why: a table, and what must hold for any lawyers at all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuanxin.assignment.rules.conflicts import conflicting, firm_key
from nuanxin.assignment.rules.ranking import SPECIALTIES, Candidate, Wanted, distance_km, rank

WAGES = Wanted(items=("wages",), region=140581_000000, point=(112.92, 35.80))
HERE = {"point": (112.92, 35.80)}


def points(wanted: Wanted, **about: Any) -> dict[str, int]:
    [ranked] = rank(wanted, [Candidate(1, **about)])
    assert ranked.score == sum(reason.points for reason in ranked.reasons)
    return {reason.code: reason.points for reason in ranked.reasons}


@pytest.mark.parametrize(
    ("wanted", "about", "code", "expected"),
    [
        (WAGES, {"specialties": {"labour"}}, "specialty", 30),
        (WAGES, {"specialties": {"injury"}}, "specialty", None),
        (replace(WAGES, items=("wages", "work_injury")), {"specialties": {"labour"}}, "specialty", 15),
        (
            replace(WAGES, items=("wages", "work_injury")),
            {"specialties": {"labour", "injury"}},
            "specialty",
            30,
        ),
        (replace(WAGES, group=True), {"specialties": {"labour"}}, "specialty", 15),
        (replace(WAGES, group=True), {"specialties": {"labour", "group"}}, "specialty", 30),
        (replace(WAGES, languages=("ii",)), {"languages": {"zh", "ii"}}, "language", 25),
        (replace(WAGES, languages=("zh",)), {"languages": {"zh"}}, "language", None),
        (replace(WAGES, needs=("sign_language",)), {"languages": {"sign"}}, "sign_language", 40),
        (WAGES, HERE, "distance", 25),
        (WAGES, {"point": (112.92, 36.25)}, "distance", 12),  # 50 km north
        (WAGES, {"point": (121.5, 31.2)}, "distance", 0),
        (WAGES, {}, "distance", None),
        (WAGES, {"region": 140581_001000}, "same_county", 25),
        (WAGES, {"region": 140522_000000, **HERE}, "same_city", 15),  # both known by their city alone
        (WAGES, {"region": 140522_000000, "point": (112.92, 36.25)}, "distance", 12),
        (replace(WAGES, point=None), {"region": 140522_000000}, "same_city", 15),
        (replace(WAGES, point=None), {"region": 140100_000000, **HERE}, "distance", None),
        (WAGES, {"load": 0}, "load", 30),
        (WAGES, {"load": 10}, "load", 15),
        (WAGES, {"load": 20}, "load", 0),
        (WAGES, {"days_since_offer": None}, "no_offer_yet", 10),
        (WAGES, {"days_since_offer": 15}, "waited", 5),
        (WAGES, {"days_since_offer": 400}, "waited", 10),
        (WAGES, {"days_since_offer": 0}, "waited", None),
    ],
)
def test_points_come_from_what_the_case_asks(
    wanted: Wanted, about: dict[str, Any], code: str, expected: int | None
) -> None:
    about = {key: frozenset(value) if isinstance(value, set) else value for key, value in about.items()}
    assert points(wanted, **about).get(code) == expected


@pytest.mark.parametrize(
    ("about", "excluded"),
    [
        ({"conflicts": ("甲公司",)}, "conflict"),
        ({"declined": True}, "declined"),
        ({"load": 20}, "full"),
        ({"capacity": 0}, "full"),
        ({"conflicts": ("甲公司",), "declined": True, "load": 99}, "conflict"),
        ({}, ""),
    ],
)
def test_what_excludes_is_said_conflict_first(about: dict[str, Any], excluded: str) -> None:
    [ranked] = rank(WAGES, [Candidate(1, **about)])
    assert ranked.excluded == excluded


def test_equal_scores_go_to_the_lighter_load_then_to_who_waited_longest() -> None:
    free = Candidate(1, capacity=0)  # no points for load, whatever it is
    tied = [replace(free, id=n, days_since_offer=days) for n, days in ((1, 40), (2, 90), (3, 31), (4, 90))]
    assert [ranked.id for ranked in rank(WAGES, tied)] == [2, 4, 1, 3]


candidates = st.builds(
    Candidate,
    id=st.integers(1, 40),
    specialties=st.frozensets(st.sampled_from(SPECIALTIES)),
    languages=st.frozensets(st.sampled_from(["zh", "ii", "ug", "sign", "en"])),
    region=st.sampled_from([0, 140581_000000, 140522_000000, 140100_000000]),
    point=st.none() | st.tuples(st.floats(73, 135), st.floats(18, 53)),
    load=st.integers(0, 40),
    capacity=st.integers(0, 40),
    days_since_offer=st.none() | st.integers(0, 400),
    conflicts=st.sampled_from([(), ("甲公司",)]),
    declined=st.booleans(),
)
lawyers = st.lists(candidates, max_size=8, unique_by=lambda one: one.id)
wishes = st.builds(
    Wanted,
    items=st.lists(st.sampled_from(["wages", "work_injury", "other"]), max_size=3).map(tuple),
    languages=st.lists(st.sampled_from(["zh", "ii", "ug"]), max_size=2).map(tuple),
    needs=st.lists(st.sampled_from(["sign_language", "cannot_read"]), max_size=2).map(tuple),
    region=st.sampled_from([0, 140581_000000, 140522_000000, 140100_000000]),
    point=st.none() | st.tuples(st.floats(73, 135), st.floats(18, 53)),
    group=st.booleans(),
)


@given(wishes, lawyers, st.randoms())
def test_the_order_does_not_depend_on_the_order_in_which_they_were_read(
    wanted: Wanted, many: list[Candidate], random: Any
) -> None:
    shuffled = list(many)
    random.shuffle(shuffled)
    assert rank(wanted, many) == rank(wanted, shuffled)


@given(wishes, lawyers)
def test_everybody_is_ranked_once_and_the_excluded_come_last(wanted: Wanted, many: list[Candidate]) -> None:
    found = rank(wanted, many)
    assert sorted(one.id for one in found) == sorted(one.id for one in many)
    excluded = [bool(one.excluded) for one in found]
    assert excluded == sorted(excluded)
    for one in found:
        if any(candidate.id == one.id and candidate.conflicts for candidate in many):
            assert one.excluded == "conflict"
        assert one.score == sum(reason.points for reason in one.reasons)
        assert all(reason.points >= 0 for reason in one.reasons)


@given(wishes, lawyers, candidates, st.integers(1, 30))
def test_more_cases_in_hand_never_move_anybody_forward(
    wanted: Wanted, others: list[Candidate], one: Candidate, more: int
) -> None:
    others = [other for other in others if other.id != one.id]

    def place(candidate: Candidate) -> int:
        return [ranked.id for ranked in rank(wanted, [*others, candidate])].index(one.id)

    assert place(replace(one, load=one.load + more)) >= place(one)


@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90))
def test_a_distance_is_the_same_both_ways_and_no_longer_than_half_the_earth(
    lon: float, lat: float, lon2: float, lat2: float
) -> None:
    there = distance_km((lon, lat), (lon2, lat2))
    assert 0 <= there <= 20_016
    assert there == pytest.approx(distance_km((lon2, lat2), (lon, lat)))


def test_a_distance_known_from_the_map() -> None:
    assert distance_km((116.40, 39.90), (121.47, 31.23)) == pytest.approx(1067, abs=5)  # Beijing to Shanghai


CODE, OTHER_CODE = "91140500MA0GTB0000", "91140581MA0HAB1111"


@pytest.mark.parametrize(
    ("respondent", "client", "hit"),
    [
        (("恒达建设有限公司", ""), ("恒达建设有限公司", ""), True),
        (("恒达建设有限公司", ""), ("恒达建设有限责任公司", ""), True),
        (("恒达建设集团", ""), ("恒达建设有限公司", ""), True),
        (("恒达建设（集团）有限公司", ""), ("恒达建设集团有限公司", ""), True),
        (("ＡＢＣ建设", ""), ("abc建设", ""), True),
        (("恒达建设有限公司", ""), ("恒通建设有限公司", ""), False),
        (("", CODE), ("", CODE), True),
        (("甲", CODE), ("乙", CODE), True),
        (("恒达建设有限公司", CODE), ("恒达建设有限公司", OTHER_CODE), False),  # two firms of one name
        (("恒达建设有限公司", CODE), ("恒达建设有限公司", ""), True),  # one side has no code: by name
        (("恒达建设有限公司", ""), ("恒达建设有限公司", CODE), True),
        (("", ""), ("", ""), False),
        (("公司", ""), ("集团公司", ""), False),
    ],
)
def test_a_respondent_among_the_clients_is_a_conflict(
    respondent: tuple[str, str], client: tuple[str, str], hit: bool
) -> None:
    found = conflicting([respondent], [client])
    assert bool(found) is hit
    if hit:
        assert found == (respondent[0] or respondent[1],)


@given(st.text(max_size=20))
def test_a_firms_key_is_never_empty_for_a_name_with_letters(name: str) -> None:
    assert bool(firm_key(name)) == any(
        c.isalnum() for c in __import__("unicodedata").normalize("NFKC", name).casefold()
    )
    assert firm_key(firm_key(name)) is not None
