"""The invented network: as large as was asked for, spread as people are, the same each time, and marked as invented."""

from __future__ import annotations

import math
import tracemalloc
from functools import lru_cache

import numpy as np
import pytest

from nuanxin.network.rules import generation_tables as tables
from nuanxin.network.rules.gazetteer import UNIT, gazetteer
from nuanxin.network.rules.generation import BLOCK, COUNTS, Points, counts, generate, network
from nuanxin.network.rules.hours import parse_hours
from nuanxin.network.rules.land import near_land, on_land
from nuanxin.network.rules.people import people
from nuanxin.network.rules.points import (
    KINDS,
    LANGUAGES,
    SERVICES,
    Kind,
    Need,
    attribute_mask,
    required_groups,
)

COLUMNS = [
    "kind", "lon", "lat", "place", "services", "languages", "step_free", "hours", "capacity", "verified_days",
    "form",
]  # fmt: skip


@lru_cache(maxsize=1)
def full() -> Points:
    return network(1.0, 1)


def share_speaking(language: str, *regions: str) -> float:
    """Of the points of some regions (beginnings of the six digits), at how many a language is spoken."""
    points = full()
    digits = points.place // UNIT
    inside = np.zeros(len(points), dtype=bool)
    for region in regions:
        inside |= digits // 10 ** (6 - len(region)) == int(region)
    assert inside.sum() > 100
    return float((points.languages[inside] >> LANGUAGES[language].bit & 1).mean())


def same(one: Points, other: Points) -> bool:
    return one.first == other.first and all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in COLUMNS
    )


def test_at_full_scale_it_is_as_large_as_the_report_says() -> None:
    assert sum(COUNTS.values()) == 990_000
    numbers = np.bincount(full().kind)
    for kind, count in COUNTS.items():
        assert numbers[KINDS[kind].bit] == count
    assert (COUNTS[Kind.PLATFORM], COUNTS[Kind.WORKSTATION], COUNTS[Kind.CONTACT_POINT]) == (
        590_000,
        70_000,
        330_000,
    )


@pytest.mark.parametrize("scale", [1e-9, 0.001, 0.0334, 0.1])
def test_a_scale_gives_its_share_of_each_kind_and_never_none(scale: float) -> None:
    wanted = counts(scale)
    found = network(scale, 3).kinds()
    assert {kind.value: found.count(kind.value) for kind in wanted} == {k.value: n for k, n in wanted.items()}
    for kind, n in wanted.items():
        assert n == max(1, round(COUNTS[kind] * scale))


@pytest.mark.parametrize("scale", [0, -1, math.nan, math.inf, 4.1])
def test_a_scale_that_means_nothing_is_refused(scale: float) -> None:
    with pytest.raises(ValueError, match="scale"):
        generate(scale, 1)


def test_a_seed_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="seed"):
        generate(0.01, -1)


def test_the_same_scale_and_seed_give_the_same_points_however_they_are_cut() -> None:
    whole = network(0.05, 7)
    assert same(whole, network(0.05, 7))
    parts = list(generate(0.05, 7, chunk=BLOCK))
    assert len(parts) > 3
    assert [part.first for part in parts] == [BLOCK * n for n in range(len(parts))]
    for name in COLUMNS:
        assert np.array_equal(np.concatenate([getattr(part, name) for part in parts]), getattr(whole, name))
    assert [n for part in parts for n in part.names_zh()] == whole.names_zh()


def test_another_seed_gives_other_points() -> None:
    one, other = network(0.01, 1), network(0.01, 2)
    assert (one.lon != other.lon).mean() > 0.99
    assert one.names_zh() != other.names_zh()


def test_no_point_lies_in_the_sea_or_abroad() -> None:
    points = full()
    assert near_land(points.lon, points.lat).all()
    assert on_land(points.lon, points.lat).mean() > 0.9999


def test_every_county_where_people_live_has_a_workstation() -> None:
    points = full()
    stations = set(points.place[points.kind == KINDS[Kind.WORKSTATION].bit].tolist())
    assert stations == set(people().county.tolist())
    # With fewer workstations than counties the largest have one each.
    few = network(0.001, 1)
    places = few.place[few.kind == KINDS[Kind.WORKSTATION].bit].tolist()
    assert len(set(places)) == len(places) == 70


def test_points_are_spread_as_people_are() -> None:
    points, cells = full(), people()
    for province in gazetteer().children(0):
        inside = (points.place >= province.code) & (points.place < province.code + 10**10)
        for kind in (Kind.PLATFORM, Kind.CONTACT_POINT):
            found = (inside & (points.kind == KINDS[kind].bit)).sum() / COUNTS[kind]
            assert found == pytest.approx(
                cells.people[cells.within(province.code)].sum() / cells.total, abs=2e-5
            )


def test_towns_are_dense_and_points_are_near_their_cells() -> None:
    points = full()
    # A cell of 50,000 people at 6,000 to the square kilometre reaches sqrt(8.33 / π) = 1.63 km; a village at most 8.
    shanghai = (abs(points.lon - 121.47) < 0.05) & (abs(points.lat - 31.23) < 0.05)  # 9.5 km by 11.1 km
    assert shanghai.sum() > 105 * 6000 / 1_409_778_724 * 990_000 * 0.5
    assert (
        len({(lon, lat) for lon, lat in zip(points.lon.tolist(), points.lat.tolist(), strict=True)}) > 989_900
    )


def test_languages_are_those_of_the_region() -> None:
    assert share_speaking("zh", "11", "65") == 1.0
    assert share_speaking("ii", "5134") > 0.7  # Liangshan
    assert share_speaking("ii", "11", "31", "32") == 0
    assert share_speaking("bo", "54") > 0.8
    assert share_speaking("ug", "6531") > 0.8
    assert share_speaking("yue", "4401") > 0.6
    assert share_speaking("yue", "4405") < 0.1  # Shantou speaks Southern Min
    assert share_speaking("nan", "4405") > 0.6
    assert share_speaking("mn", "1525") > 0.5
    assert share_speaking("ko", "2224") > 0.7  # Yanbian
    assert share_speaking("za", "4514") > 0.7
    assert share_speaking("sign", "11", "44", "65") == pytest.approx(0.03, abs=0.005)


def test_the_tables_speak_of_codes_and_regions_that_exist() -> None:
    known = {str(place.code // UNIT) for place in gazetteer() if place.current}
    assert set(tables.LANGUAGE_SHARES) < set(LANGUAGES)
    for language, shares in tables.LANGUAGE_SHARES.items():
        for begin, share in shares.items():
            assert begin.ljust(6, "0") in known or any(c.startswith(begin) for c in known), (language, begin)
            assert 0 <= share <= 1
    for kind in COUNTS:
        assert set(tables.SERVICE_SHARES[kind]) == set(SERVICES)
        assert sum(tables.HOURS_SHARES[kind]) == sum(tables.CAPACITY_SHARES[kind]) == 1000
        assert len(tables.HOURS_SHARES[kind]) == len(tables.HOURS)
        assert sum(share for *_, share in tables.FORMS[kind]) == 1000


@pytest.mark.parametrize("text", tables.HOURS)
def test_hours_are_canonical(text: str) -> None:
    assert str(parse_hours(text)) == text


def test_all_hours_occur_and_the_far_west_keeps_its_own() -> None:
    points = full()
    assert set(np.unique(points.hours).tolist()) == set(range(len(tables.HOURS)))
    west = np.isin(points.place // 10**10, (54, 65))
    assert ((points.hours == tables.WEST) == (points.hours == tables.WEST) & west).all()
    assert not ((points.hours == 0) & west).any()


def test_some_were_looked_at_lately_some_long_ago_and_some_never() -> None:
    days = full().verified_days
    assert ((days >= 0) & (days <= 365)).mean() == pytest.approx(0.83, abs=0.005)
    assert (days > 365).mean() == pytest.approx(0.12, abs=0.005)
    assert (days == -1).mean() == pytest.approx(0.05, abs=0.005)
    assert days.min() == -1


def test_names_references_and_telephones_are_visibly_invented() -> None:
    points = network(0.002, 1)
    zh, en = points.names_zh(), points.names_en()
    assert all(name.startswith("示例·") and len(name) <= 80 for name in zh)
    assert all(
        name.startswith("Example · ")
        and len(name) <= 160
        and name.replace("·", "").replace("ü", "").isascii()
        for name in en
    )
    assert len(set(zh)) == len(set(points.references())) == len(points)
    assert all(phone.startswith("000-") and len(phone) <= 30 for phone in points.phones())
    assert {"公共法律服务室", "公共法律服务站"} <= {
        form for name in zh for form in ("公共法律服务室", "公共法律服务站") if form in name
    }


def test_masks_are_those_of_the_search() -> None:
    points = network(0.002, 5)
    masks = points.masks()
    for at in range(0, len(points), 97):
        assert int(masks[at]) == attribute_mask(
            kind=points.kinds()[at],
            services=int(points.services[at]),
            languages=int(points.languages[at]),
            step_free=bool(points.step_free[at]),
        )
    need = Need(services=frozenset({"wage_claims"}), language="ii", step_free=True)
    fit = np.ones(len(points), dtype=bool)
    for group in required_groups(need):
        fit &= (masks & np.uint64(group)) != 0
    told = (points.services >> SERVICES["wage_claims"].bit & 1) & (
        points.languages >> LANGUAGES["ii"].bit & 1
    )
    assert np.array_equal(fit, (told & points.step_free).astype(bool))
    assert fit.any()


def test_every_point_gives_advice() -> None:
    assert (full().services >> SERVICES["consultation"].bit & 1).all()


def test_chunks_take_little_memory() -> None:
    network(0.001, 1)  # reads the tables
    tracemalloc.start()
    for number, chunk in enumerate(generate(1.0, 1)):
        assert len(chunk) == 50_000
        assert len(chunk.names_zh()) == len(chunk.masks()) == 50_000
        if number == 1:
            break
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 150e6
