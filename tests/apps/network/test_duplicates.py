"""Points that may be on file twice: what they share gives a score, and what they do not share takes it away."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from nuanxin.network.rules.duplicates import ALIKE, LIKELY, NAME, NEAR, PHONE, SPOT, Entry, pairs

ONE = Entry(1, "南城街道法律援助工作站", "workstation", 140581_000000, 112.92, 35.80, "0356-5550201")
METRE = 1 / 111_195  # degrees of latitude


@pytest.mark.parametrize(
    ("change", "score", "reasons"),
    [
        ({}, 100, (PHONE, NAME, SPOT)),  # 35 + 40 + 30 + 10, at most 100
        ({"phone": ""}, 80, (NAME, SPOT)),
        ({"phone": "+86 356 5550201"}, 80, (NAME, SPOT)),  # another way to write a number is no proof
        ({"name": "南城街道 法律援助 工作站"}, 100, (PHONE, NAME, SPOT)),
        ({"name": "南城法律援助工作站", "phone": ""}, 80, (NAME, SPOT)),  # 街道 is left out by many
        ({"name": "南城法律援助站", "phone": ""}, None, ()),  # 25 at most for the name: 25 + 30 + 10 = 65
        ({"lat": 35.80 + 100 * METRE, "phone": ""}, 70, (NAME, NEAR)),
        ({"lat": 35.80 + 1000 * METRE, "phone": ""}, None, ()),  # 40 + 10: too little
        ({"lat": 35.80 + 1000 * METRE}, 85, (PHONE, NAME)),
        ({"lat": 35.80 + 5000 * METRE}, None, ()),  # 35 + 40 - 30 + 10 = 55
        ({"kind": "mobile", "phone": ""}, 60, (NAME, SPOT)),
        ({"name": "北城联络点", "phone": ""}, None, ()),  # neighbours in one house
    ],
)
def test_scores_by_hand(change: dict[str, object], score: int | None, reasons: tuple[object, ...]) -> None:
    found = pairs([ONE, replace(ONE, id=2, **change)])
    if change.get("name") == "南城法律援助站":
        assert [(pair.score, pair.reasons) for pair in found] in ([], [(65, (ALIKE, SPOT))])
        return
    assert [(pair.score, pair.reasons) for pair in found] == ([(score, reasons)] if score is not None else [])


def test_numbered_rooms_of_one_building_are_not_the_same() -> None:
    found = pairs(
        [replace(ONE, phone="", name="法律服务室001号"), replace(ONE, id=2, phone="", name="法律服务室002号")]
    )
    assert found == []


def test_a_number_shared_by_dozens_says_nothing() -> None:
    many = [replace(ONE, id=n, phone="400-1234567", name=f"第{n}站", lon=112 + n / 10) for n in range(1, 40)]
    assert pairs(many) == []


def test_neighbours_are_found_across_the_border_of_a_cell() -> None:
    for step in range(40):
        here = replace(ONE, phone="", lon=112.92 + step * 0.0001)
        found = pairs([here, replace(here, id=2, lon=here.lon + 0.0003)])  # 27 m
        assert [pair.score for pair in found] == [80]


def test_the_likeliest_come_first_and_order_does_not_matter() -> None:
    entries = [ONE, replace(ONE, id=2), replace(ONE, id=3, phone="", kind="mobile")]
    found = pairs(entries)
    assert [(p.one, p.other) for p in found] == [(1, 2), (1, 3), (2, 3)]
    assert found == pairs(reversed(entries))
    assert all(pair.score >= LIKELY for pair in found)


def test_it_grows_with_the_entries_and_not_with_their_square() -> None:
    entries = [
        replace(ONE, id=n, phone=f"0356-{n:07d}", name=f"村{n}点", lon=100 + n * 0.001) for n in range(20_000)
    ]
    begun = time.process_time()
    assert pairs(entries) == []
    assert time.process_time() - begun < 10  # by pairs it would take minutes
