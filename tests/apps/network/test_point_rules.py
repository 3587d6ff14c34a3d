"""Kinds, services and languages as bits, and the facts of a point with all their faults."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from nuanxin.network.rules.point_facts import PointFacts, faults_of
from nuanxin.network.rules.points import (
    LANGUAGES,
    SERVICES,
    Kind,
    Need,
    attribute_mask,
    bits_of,
    codes_of,
    is_verified,
    language_code,
    required_groups,
)

TODAY = date(2026, 11, 28)
GOOD = PointFacts(
    name_zh="高平市公共法律服务中心", kind="platform", place=140581_000000, lon=112.92, lat=35.80,
    phone="0356-5550101", hours="Mo-Fr 09:00-17:30", services=bits_of(["wage_claims"], SERVICES),
    languages=bits_of(["zh", "ii"], LANGUAGES), capacity=30, verified_on=TODAY,
)  # fmt: skip


def test_tables_fit_their_bits_and_every_code_has_both_languages() -> None:
    assert len(SERVICES) <= 24
    assert len(LANGUAGES) <= 30
    assert [s.bit for s in SERVICES.values()] == list(range(len(SERVICES)))
    assert all(row.zh and row.en for row in SERVICES.values())
    assert all(row.zh and row.en for row in LANGUAGES.values())


def test_a_mask_holds_each_attribute_in_its_own_bits() -> None:
    mask = attribute_mask(kind="village_helper", services=0b101, languages=0b10, step_free=True)
    assert mask == 1 << 4 | 0b101 << 8 | 0b10 << 32 | 1 << 62
    assert codes_of(0b101, SERVICES) == ("consultation", "legal_aid")
    assert codes_of(0b10, LANGUAGES) == ("yue",)


@pytest.mark.parametrize(
    ("need", "fits"),
    [
        (Need(), True),
        (Need(kinds=frozenset({Kind.MOBILE, Kind.PLATFORM})), True),
        (Need(kinds=frozenset({Kind.MOBILE})), False),
        (Need(services=frozenset({"wage_claims"})), True),
        (Need(services=frozenset({"wage_claims", "notary"})), False),  # all of them are asked for
        (Need(language="ii"), True),
        (Need(language="bo"), False),
        (Need(step_free=True), False),
        (Need(open_now=True), True),  # the clock is not in the mask
    ],
)
def test_a_need_is_met_when_every_group_shares_a_bit(need: Need, fits: bool) -> None:
    mask = attribute_mask(kind=GOOD.kind, services=GOOD.services, languages=GOOD.languages, step_free=False)
    assert all(mask & group for group in required_groups(need)) is fits


@pytest.mark.parametrize(
    ("text", "code"),
    [("cmn", "zh"), ("zh-Hans", "zh"), ("sign_language", "sign"), ("II", "ii"), ("tlh", None)],
)
def test_languages_are_known_by_their_other_names(text: str, code: str | None) -> None:
    assert language_code(text) == code


def test_unknown_codes_are_refused() -> None:
    for wrong in (
        lambda: bits_of(["wages"], SERVICES),
        lambda: required_groups(Need(language="tlh")),
        lambda: attribute_mask(kind="shop", services=0, languages=0, step_free=False),
    ):
        with pytest.raises(KeyError):
            wrong()


def test_a_year_after_the_last_look_a_point_counts_as_unverified() -> None:
    assert is_verified(TODAY - timedelta(days=365), TODAY)
    assert not is_verified(TODAY - timedelta(days=366), TODAY)
    assert not is_verified(None, TODAY)


def test_good_facts_have_no_fault() -> None:
    assert faults_of(GOOD, TODAY) == []
    assert (
        faults_of(replace(GOOD, place=441900_000000, lon=113.75, lat=23.02), TODAY) == []
    )  # 东莞: no counties


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"name_zh": "  "}, "name_zh", "missing"),
        ({"name_zh": "Gaoping"}, "name_zh", "missing"),
        ({"name_zh": "中" * 81}, "name_zh", "too_long"),
        ({"address_zh": "高平\x00市"}, "address_zh", "control_character"),
        ({"kind": "shop"}, "kind", "unknown"),
        ({"phone": "0356-5550101/02"}, "phone", "unreadable"),
        ({"hours": "Mo-Fr 17:00-09:00"}, "hours", "hours"),
        ({"services": 0}, "services", "missing"),
        ({"services": 1 << 23}, "services", "unknown"),
        ({"languages": 0}, "languages", "missing"),
        ({"languages": 1 << 29}, "languages", "unknown"),
        ({"capacity": 0}, "capacity", "out_of_range"),
        ({"verified_on": TODAY + timedelta(days=1)}, "verified_on", "out_of_range"),
        ({"reference": "7"}, "source", "missing"),
        ({"place": 999999_000000}, "place", "unknown"),
        ({"place": 140500_000000}, "place", "too_large"),
        ({"place": 330103_000000, "lon": 120.17, "lat": 30.28}, "place", "abolished"),
        ({"lon": 35.80, "lat": 112.92}, "lon", "swapped"),
        ({"lon": None}, "lon", "missing"),
        ({"lon": 0.0, "lat": 0.0}, "lon", "outside"),
        ({"lon": float("nan")}, "lon", "not_on_earth"),
        ({"lon": 12570000.0, "lat": 4270000.0}, "lon", "not_on_earth"),
        ({"lon": 2.35, "lat": 48.86}, "lon", "outside"),
        ({"lon": 124.0, "lat": 30.0}, "lon", "sea_or_abroad"),
        ({"lon": 116.4, "lat": 39.9}, "lon", "far_from_place"),
    ],
)
def test_each_fault_is_named_at_its_field_in_both_languages(
    change: dict[str, object], field: str, code: str
) -> None:
    found = faults_of(replace(GOOD, **change), TODAY)
    assert [(fault.field, fault.code) for fault in found] == [(field, code)]
    assert all(fault.zh and fault.en for fault in found)


def test_all_faults_come_at_once() -> None:
    found = faults_of(PointFacts(phone="call me", hours="sometimes", capacity=-1), TODAY)
    assert [fault.field for fault in found] == [
        "name_zh", "phone", "hours", "kind", "services", "languages", "capacity", "place", "lon",
    ]  # fmt: skip
