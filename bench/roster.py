"""Seconds to the roster of a month: 60 people, 12 desks, one of them round the clock. ``make bench-roster``."""

from __future__ import annotations

import argparse
import random
import time
from datetime import date, timedelta

from nuanxin.hotline.rules.rosters.answer import Roster
from nuanxin.hotline.rules.rosters.check import check_roster
from nuanxin.hotline.rules.rosters.demand import lawyer_at
from nuanxin.hotline.rules.rosters.limits import limits_on
from nuanxin.hotline.rules.rosters.month import Demand, Desk, Month, Person, Shift, statutory_holidays
from nuanxin.hotline.rules.rosters.solve import solve_month
from nuanxin.law.bilingual import Bilingual

SHIFTS = (
    Shift("early", Bilingual("早班", "early"), ((480, 960),)),
    Shift("late", Bilingual("晚班", "late"), ((960, 1440),)),
    Shift("night", Bilingual("夜班", "night"), ((1380, 1920),)),  # 23:00 to 8:00
    Shift("split", Bilingual("两头班", "split"), ((540, 720), (840, 1080))),  # 9-12 and 14-18
)


def large_month(seed: int = 1) -> Month:
    """October 2026: 12 desks (one round the clock, eight special ones with lawyers), 60 people with leave and limits."""
    first, last = date(2026, 10, 1), date(2026, 10, 31)
    draw = random.Random(seed)
    desks = [Desk("d0", Bilingual("综合席", "General desk"), frozenset({"early", "late", "night"}))]
    desks += [
        Desk(f"d{n}", Bilingual(f"{n}号专席", f"Special desk {n}"), frozenset({"early", "late", "split"}))
        for n in range(1, 12)
    ]
    everybody = [_invented(draw, n, first) for n in range(60)]
    demands: list[Demand] = []
    for day in (first + timedelta(n) for n in range(31)):
        demands += (
            [Demand("d0", day, 0, 480, 2)] if day > first else []
        )  # the night before is another month's
        demands.append(Demand("d0", day, 480, 1440, 3))
        for desk in desks[1:9]:
            demands += lawyer_at(desk.code, day, [(480, 960)])
            demands.append(Demand(desk.code, day, 540, 720, 2 if day.weekday() < 5 else 1))
        for desk in desks[9:]:
            demands.append(Demand(desk.code, day, 480, 1440 if day.weekday() < 5 else 960, 1))
    return Month(
        first,
        last,
        tuple(desks),
        SHIFTS,
        tuple(everybody),
        tuple(demands),
        holidays=statutory_holidays(first, last),
        limits=limits_on(first),
    )


def _invented(draw: random.Random, number: int, first: date) -> Person:
    """Every other one is a lawyer; each knows the general desk and four special ones; some are away for a week."""
    known = {f"d{(number + step) % 11 + 1}" for step in (0, 3, 5, 8)}
    begins = first + timedelta(draw.randrange(25))
    away = [begins + timedelta(n) for n in range(5)] if draw.random() < 0.3 else []
    return Person(
        f"p{number}",
        f"员工{number}",
        frozenset({"lawyer"} if number % 2 else ()),
        frozenset({"d0"} | known),
        frozenset(away),
        nights=draw.random() > 0.1,
    )


def main() -> None:
    """Solve the month and print the figures; what the solver found is looked over by the checker."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--effort", type=float, default=60.0, help="the solver's deterministic seconds")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    month = large_month(chosen.seed)
    wall, processor = time.perf_counter(), time.process_time()
    found = solve_month(month, chosen.effort)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    print(f"{processor:.1f} CPU s, {wall:.1f} s")
    if isinstance(found, Roster):
        print(
            f"proved {found.proved}, cost {found.cost}, bound {found.bound:.0f}, duties {len(found.duties)}"
        )
        print(f"most nights over fewest {found.night_spread}, holidays {found.holiday_spread}")
        print(f"faults: {len(check_roster(month, found.duties))}")
    else:
        print("no roster:", *(reason.text.en for reason in found.reasons), sep="\n  ")


if __name__ == "__main__":
    main()
