"""Which promise holds where and when."""

from __future__ import annotations

from datetime import date, time

import pytest

from nuanxin.network.rules.promises import KINDS, Promise, Unit, UnknownPromise, faults, in_force

JINCHENG, GAOPING, SHANXI = 140500 * 10**6, 140581 * 10**6, 140000 * 10**6
DAY = date(2026, 3, 2)


def own(region: int, amount: int, since: date | None = None, until: date | None = None) -> Promise:
    return Promise("call_back", region, Unit.WORKING_HOURS, amount, None, since, until)


def test_the_national_default_holds_where_nobody_promised_otherwise() -> None:
    found = in_force("same_day", GAOPING, DAY, ())
    assert (found.unit, found.amount, found.cut_off, found.region) == (Unit.SAME_DAY, 1, time(17, 30), 0)
    assert in_force("call_back", 0, DAY, ()).amount == 2
    assert in_force("answer", 0, DAY, ()).amount == 5
    assert in_force("watch_answer", 0, DAY, ()) == KINDS["watch_answer"].default


def test_the_nearest_region_wins() -> None:
    rows = [own(SHANXI, 8), own(JINCHENG, 4)]
    assert in_force("call_back", GAOPING, DAY, rows).amount == 4
    assert in_force("call_back", SHANXI, DAY, rows).amount == 8
    assert in_force("call_back", 110101 * 10**6, DAY, rows).amount == 2


def test_the_day_decides_between_versions_and_the_last_day_is_included() -> None:
    rows = [own(SHANXI, 8, date(2025, 1, 1), date(2026, 3, 2)), own(SHANXI, 1, date(2026, 3, 3))]
    assert in_force("call_back", SHANXI, date(2024, 12, 31), rows).amount == 2
    assert in_force("call_back", SHANXI, date(2026, 3, 2), rows).amount == 8
    assert in_force("call_back", SHANXI, date(2026, 3, 3), rows).amount == 1


def test_of_two_that_hold_the_later_one_counts() -> None:
    rows = [own(SHANXI, 1, date(2026, 1, 1)), own(SHANXI, 8, date(2025, 1, 1))]
    assert in_force("call_back", SHANXI, DAY, rows).amount == 1


def test_an_unknown_promise_is_an_error_and_never_a_default() -> None:
    with pytest.raises(UnknownPromise):
        in_force("tea", 0, DAY, ())


def test_every_default_can_be_kept() -> None:
    for kind in KINDS.values():
        assert faults(kind.unit, kind.amount, kind.cut_off) == []
        assert kind.zh
        assert kind.en


@pytest.mark.parametrize(
    ("unit", "amount", "cut_off", "code"),
    [
        (Unit.HOURS, 0, None, "amount_out_of_range"),
        (Unit.HOURS, 366, None, "amount_out_of_range"),
        (Unit.SAME_DAY, 1, None, "same_day_needs_cut_off"),
        (Unit.SAME_DAY, 2, time(17), "same_day_needs_cut_off"),
        (Unit.HOURS, 2, time(17), "cut_off_only_same_day"),
    ],
)
def test_a_promise_that_cannot_be_counted_is_named(
    unit: Unit, amount: int, cut_off: time | None, code: str
) -> None:
    assert faults(unit, amount, cut_off) == [code]
