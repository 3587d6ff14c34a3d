"""What coverage and siting are asked on the command line: region, mode, time of the week, service, language."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandError

from nuanxin.network.queries import UnknownPlace, parse_place
from nuanxin.network.rules.hours import DAYS, WEEK
from nuanxin.network.rules.points import SERVICES, Need, language_code
from nuanxin.network.spatial.roads.profiles import Mode

_WHEN = re.compile(r"(Mo|Tu|We|Th|Fr|Sa|Su)(?:-| )?(\d{1,2}):(\d{2})", re.IGNORECASE)


def arguments(parser: ArgumentParser) -> None:
    """The arguments that both commands take."""
    parser.add_argument("--region", required=True, help="six digits of GB/T 2260; 000000 is the nation")
    parser.add_argument("--mode", default="walk", choices=[mode.value for mode in Mode])
    parser.add_argument("--minutes", type=int, default=30, help="how far the circle reaches, 1 to 180")
    parser.add_argument(
        "--when", help="a time of the week such as We10:30; without it open or not does not matter"
    )
    parser.add_argument(
        "--service", action="append", default=[], help="a service that must be offered; may be repeated"
    )
    parser.add_argument("--language", default="", help="a language that must be spoken")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def region_of(options: Mapping[str, Any]) -> int:
    """The region that was asked for. Raises CommandError."""
    text = options["region"]
    try:
        return 0 if text in ("0", "000000") else parse_place(text)
    except UnknownPlace:
        raise CommandError(
            f"--region: there is no region {text}; six digits, such as 140581", returncode=2
        ) from None


def circle_of(options: Mapping[str, Any]) -> Any:
    """What was asked. Raises CommandError with what is wrong and what to write."""
    from nuanxin.network.coverage import Circle  # brings the engine, which every other command would wait for

    unknown = [code for code in options["service"] if code not in SERVICES]
    if unknown:
        raise CommandError(f"--service: no {unknown[0]}; there are {', '.join(SERVICES)}", returncode=2)
    language = language_code(options["language"]) if options["language"] else ""
    if language is None:
        raise CommandError(f"--language: {options['language']} is not known", returncode=2)
    if not 1 <= options["minutes"] <= 180:
        raise CommandError("--minutes: from 1 to 180", returncode=2)
    need = Need(services=frozenset(options["service"]), language=language)
    return Circle(Mode(options["mode"]), options["minutes"], need, _minute(options["when"]))


def _minute(text: str | None) -> int | None:
    if text is None:
        return None
    match = _WHEN.fullmatch(text.strip())
    if match is None or int(match[2]) > 23 or int(match[3]) > 59:
        raise CommandError(f"--when: {text} is no time of the week; write We10:30", returncode=2)
    day = DAYS.index(match[1].capitalize())
    return (day * 1440 + int(match[2]) * 60 + int(match[3])) % WEEK
