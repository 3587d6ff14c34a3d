"""``nuanxin network nearest --lon --lat``: what the API answers, on the command line."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from pydantic import ValidationError

SUMMARY = "the nearest points to a position, by travel time"
_TAKEN = ("lon", "lat", "k", "mode", "at", "service", "language", "step_free", "kind", "open")


def arguments(parser: ArgumentParser) -> None:
    """The same as ``GET /points/nearest`` takes."""
    parser.add_argument("--lon", required=True, help="degrees east, WGS-84")
    parser.add_argument("--lat", required=True, help="degrees north, WGS-84")
    parser.add_argument("--k", help="how many points, 1 to 50; 5 unless told otherwise")
    parser.add_argument("--mode", help="walk, bus or car")
    parser.add_argument("--at", help="a moment, such as 2026-12-01T09:00+08:00: only what is open then")
    parser.add_argument("--open", action="store_true", default=None, help="only what is open now, or at --at")
    parser.add_argument("--service", action="append", help="a service that must be offered; may be repeated")
    parser.add_argument("--kind", action="append", help="a kind of point; may be repeated")
    parser.add_argument("--language", help="a language that must be spoken")
    parser.add_argument("--step-free", action="store_true", default=None, help="only without steps")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: Mapping[str, Any], write: Callable[[str], object]) -> int:
    """Print the points, nearest first. Returns 1 where none fits. Raises CommandError for bad arguments."""
    # imported here: every command of the network would wait for the engine otherwise
    from nuanxin.network.api import NearestIn, point_body
    from nuanxin.network.finding import nearest

    given = {name: options[name] for name in _TAKEN if options[name] is not None}
    try:
        asked = NearestIn.model_validate(given)
    except ValidationError as bad:
        raise CommandError("; ".join(_told(one) for one in bad.errors()), returncode=2) from None
    spots = nearest(
        lon=asked.lon,
        lat=asked.lat,
        k=asked.k,
        need=asked.need,
        mode=asked.mode,
        at=asked.at or timezone.now(),
    )
    points = [point_body(spot) for spot in spots]
    if options["json"]:
        write(json.dumps({"points": points}, ensure_ascii=False))
    else:
        for point in points:
            write(
                "{minutes:>5} min  {distance_m:>8} m  {estimate:<13}  {id:>10}  {name}  {phone}".format(
                    **point
                )
            )
    return 0 if points else 1


def _told(fault: Any) -> str:
    words = (fault.get("ctx") or {}).get("en") or fault["msg"]
    return f"--{'.'.join(str(part) for part in fault['loc'])}: {words}"
