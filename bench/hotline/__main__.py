"""The hotline under a day of calls, and how soon an event stands on a console: ``make bench-hotline``. Prints JSON.

``--calls 20000`` at ``--seats 60`` is a day; fewer calls are a shorter day with the same traffic for each seat.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from bench.hotline.house import installed, seated
from bench.options import report
from bench.register import DATABASES


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 1 where a call was lost, doubled or left open."""
    parser = argparse.ArgumentParser(prog="bench.hotline", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--calls", type=int, default=20_000)
    parser.add_argument("--seats", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--quiet", action="store_true", help="without faults")
    parser.add_argument("--part", choices=("day", "live"), default="day")
    parser.add_argument("--seconds", type=int, default=120, help="of the live part")
    options = parser.parse_args(arguments)
    with installed(options.database) as opened:
        found = _day(options) if options.part == "day" else _live(options, opened)
    report("hotline", None, [{"database": options.database, options.part: found}])
    return 0 if options.part == "live" or _whole(found) else 1


def _day(options: argparse.Namespace) -> dict[str, Any]:
    from bench.hotline.day import START, Day, Trouble

    room = seated(options.seats, START, ready=True)
    trouble = Trouble(0, 0, 0, 0) if options.quiet else Trouble()
    return Day(room, options.calls, options.seats, options.seed, trouble).run()


def _live(options: argparse.Namespace, opened: Any) -> dict[str, Any]:
    from bench.hotline.live import measure

    return measure(opened, options.seats, options.seconds, options.seed)


def _whole(found: dict[str, Any]) -> bool:
    seen = found["integrity"]
    nothing = ("not_ended", "talks_of_two_at_once", "talked_but_not_answered_on_record",
               "rows_other_than_their_events", "operators_left_with_a_call", "left_at_the_engine",
               "requests_against_the_contract", "faults_in_the_audit_chain")  # fmt: skip
    explained = seen["contradictions"] <= seen["picked_up_as_the_caller_hung_up"]
    return seen["known"] == seen["arrived"] and explained and not any(seen[name] for name in nothing)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
