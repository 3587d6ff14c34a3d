"""``nuanxin network coverage --region CODE``: who reaches help within half an hour, and who does not."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import Any

from nuanxin.network.commands import circle
from nuanxin.network.rules.hours import DAYS

SUMMARY = "the share of places and people within half an hour of help, and the gaps"


def arguments(parser: ArgumentParser) -> None:
    """Region and circle; how many gaps; the whole week."""
    circle.arguments(parser)
    parser.add_argument(
        "--gaps", type=int, default=20, help="how many gaps are listed, those with most people first"
    )
    parser.add_argument(
        "--week", action="store_true", help="the share at half past each hour of an ordinary week"
    )


def run(options: Mapping[str, Any], write: Callable[[str], object]) -> int:
    """Print the coverage. Returns 1 where nobody lives in the region. Raises CommandError for bad arguments."""
    region, asked = circle.region_of(options), circle.circle_of(options)
    from nuanxin.network.coverage import body_of, coverage, week

    found = coverage(region, asked, gaps=max(0, options["gaps"]))
    body = body_of(found, asked)
    if options["week"]:
        body["week"] = [
            {"hour": f"{DAYS[hour // 24]}{hour % 24:02d}:30",
             "people_share": None if at.share is None else round(at.share, 4)}
            for hour, at in week(region, asked)
        ]  # fmt: skip
    if options["json"]:
        write(json.dumps(body, ensure_ascii=False))
    else:
        _told(body, write)
    return 0 if found.places else 1


def _told(body: Mapping[str, Any], write: Callable[[str], object]) -> None:
    write(
        f"{body['name']} ({body['region']}), {body['mode']}, {body['minutes']} minutes, {body['points']} points in all"
    )
    if not body["places"]:
        write("nobody lives here, as far as the people cells tell")
        return
    write(f"people: {body['people_covered']} of {body['people']} ({body['people_share']:.1%})")
    write(f"places: {body['places_covered']} of {body['places']} ({body['places_share']:.1%})")
    write(f"by road: {body['by_road']} places; by straight line, an estimate: {body['straight_line']}")
    for gap in body["gaps"]:
        far = "none" if gap["minutes"] is None else f"{gap['minutes']} min"
        write(f"  gap  {gap['people']:>9}  {gap['lon']:>9} {gap['lat']:>8}  {far:>10}  {gap['county_name']}")
    for at in body.get("week", ()):
        write(f"  {at['hour']}  {at['people_share']:.1%}")
