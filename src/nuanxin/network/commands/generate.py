"""``nuanxin network generate``: an invented network of the report's size, for tests, measurements and demonstrations."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

SUMMARY = "fill the table with an invented network, marked as such, or take it away again"


def arguments(parser: ArgumentParser) -> None:
    """How large, and from which seed."""
    parser.add_argument(
        "--scale", type=float, default=1.0, help="1 is 990,000 points; more than 0, at most 4"
    )
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same points")
    parser.add_argument(
        "--beside-real", action="store_true", help="even where points are on file that are real"
    )
    parser.add_argument("--remove", action="store_true", help="take the invented network away")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: Mapping[str, Any], write: Callable[[str], object]) -> int:
    """All of it or nothing. Returns 1 where it is refused. Raises CommandError for bad arguments."""
    from nuanxin.audit.actor import SYSTEM
    from nuanxin.network import picture
    from nuanxin.network.actions.invented import AlreadyThere, RealPoints, invent_network, remove_invented

    begun = time.monotonic()
    try:
        if options["remove"]:
            count = remove_invented(by=SYSTEM, at=timezone.now())
        else:
            count = invent_network(
                scale=options["scale"], seed=options["seed"], beside_real=options["beside_real"], by=SYSTEM,
                at=timezone.now(), say=_say,
            )  # fmt: skip
    except ValueError as bad:
        raise CommandError(str(bad), returncode=2) from None
    except RealPoints as there:
        sys.stderr.write(
            f"{there.count} points are on file that nobody invented; --beside-real puts invented ones beside them\n"
        )
        return 1
    except AlreadyThere:
        sys.stderr.write("an invented network is on file; take it away first with --remove\n")
        return 1
    picture.draw()
    done = {
        "removed" if options["remove"] else "points": count,
        "seconds": round(time.monotonic() - begun, 1),
    }
    if options["json"]:
        write(json.dumps(done))
    else:
        write(f"{count:,} points {'removed' if options['remove'] else 'invented'} in {done['seconds']} s")
    return 0


def _say(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done:,} of {total:,}{chr(10) if done == total else ''}")
