"""``nuanxin network site --region CODE --count N``: where the next points should go."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import Any

from django.core.management.base import CommandError

from nuanxin.network.commands import circle

SUMMARY = "where the next points bring most people into the circle"


def arguments(parser: ArgumentParser) -> None:
    """Region and circle; how many points; how long a proof may take."""
    circle.arguments(parser)
    parser.add_argument("--count", type=int, default=10, help="how many new points, 1 to 1000")
    parser.add_argument(
        "--proof", type=float, default=0.0, metavar="SECONDS",
        help="look so long for the proved best and say how close the proposal comes (regions of up to 2,000 places)",
    )  # fmt: skip


def run(options: Mapping[str, Any], write: Callable[[str], object]) -> int:
    """Print the sites. Returns 1 where no new point helps anybody. Raises CommandError for bad arguments."""
    region, asked = circle.region_of(options), circle.circle_of(options)
    from nuanxin.network.siting import propose

    try:
        found = propose(region, asked, options["count"], proof_seconds=options["proof"])
    except ValueError as fault:
        raise CommandError(f"--count: {fault}", returncode=2) from None
    body = {
        "region": f"{region // 10**6:06d}", "mode": asked.mode.value, "minutes": asked.minutes,
        "people": round(found.before.people), "people_before": round(found.before.people_covered),
        "people_after": round(found.people_after),
        "of_best": None if found.of_best is None else round(found.of_best, 5),
        "sites": [
            {"lon": round(site.lon, 5), "lat": round(site.lat, 5), "county": f"{site.county // 10**6:06d}",
             "people": round(site.people)}
            for site in found.sites
        ],
    }  # fmt: skip
    if options["json"]:
        write(json.dumps(body, ensure_ascii=False))
    else:
        write(
            f"people within {asked.minutes} minutes: {body['people_before']} now, {body['people_after']} after"
        )
        if found.of_best is not None:
            write(f"this is {found.of_best:.2%} of what the best choice of {options['count']} would add")
        for number, site in enumerate(found.sites, start=1):
            write(
                f"{number:>4}  {site.lon:>10.5f} {site.lat:>9.5f}  {site.county // 10**6:06d}  +{site.people:.0f}"
            )
    return 0 if found.sites else 1
