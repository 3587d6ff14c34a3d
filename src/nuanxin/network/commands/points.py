"""``nuanxin network points import|export FILE``: service points from and into CSV, XLSX and GeoJSON."""

from __future__ import annotations

import json
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

SUMMARY = "bring service points in from a file, or write them into one"
SHOWN = 20  # faults on the screen


def arguments(parser: ArgumentParser) -> None:
    """Two commands of their own."""
    what = parser.add_subparsers(dest="points", required=True)
    take = what.add_parser("import", help="check a file and bring its points in, all at once")
    take.add_argument("file", help="CSV, XLSX or GeoJSON")
    take.add_argument("--dry-run", action="store_true", help="check only; nothing is written")
    take.add_argument(
        "--skip-faults", action="store_true", help="leave rows with faults out instead of stopping"
    )
    take.add_argument("--coordinates", choices=("wgs84", "gcj02", "bd09"), default="wgs84",
                      help="the system of the positions, where the file does not say")  # fmt: skip
    take.add_argument("--source", default="", help="whose keys the column reference holds")
    take.add_argument("--json", action="store_true", help="print one JSON object")
    give = what.add_parser("export", help="write the points into a file")
    give.add_argument("file", help="its ending says the form: .csv, .xlsx or .geojson")
    give.add_argument("--region", default="", help="six digits; the whole country without it")
    give.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: Mapping[str, Any], write: Callable[[str], object]) -> int:
    """Returns 1 where the file has faults and nothing was imported. Raises CommandError for bad arguments."""
    return _import(options, write) if options["points"] == "import" else _export(options, write)


def _import(options: Mapping[str, Any], write: Callable[[str], object]) -> int:
    from nuanxin.audit.actor import SYSTEM
    from nuanxin.network import picture
    from nuanxin.network.actions.point_import import NotFit, Outdated, publish_import
    from nuanxin.network.actions.points import day_of
    from nuanxin.network.point_files.staging import Options, Stopped, discard, stage
    from nuanxin.network.rules.coordinates import System

    path, at = Path(options["file"]), timezone.now()
    if not path.is_file():
        raise CommandError(f"there is no file {path}", returncode=2)
    read = Options(System(options["coordinates"]), options["source"])
    asked = _Asked()
    try:
        staged = stage(path, read, by=SYSTEM, today=day_of(at), say=_say, stop=asked)
    except Stopped:
        sys.stderr.write("\nstopped; the same command goes on from here\n")
        return 130
    finally:
        asked.done()
    told: dict[str, Any] = {**asdict(staged.report), "imported": None, "faults_file": None}
    if staged.report.faults:
        told["faults_file"] = str(staged.faults_file)
    if not options["dry_run"]:
        try:
            told["imported"] = asdict(
                publish_import(staged, by=SYSTEM, at=at, skip_faults=options["skip_faults"])
            )
        except NotFit:
            pass
        except Outdated:
            discard(staged.key)
            raise CommandError("points changed since the file was checked; run the command again") from None
    if told["imported"] and not staged.report.faults:
        discard(staged.key)
    if told["imported"] and picture.is_stale():
        picture.draw()
    write(json.dumps(told, ensure_ascii=False) if options["json"] else _told(told))
    wanting = not staged.report.fit if options["dry_run"] else told["imported"] is None
    return 1 if wanting else 0


def _told(told: dict[str, Any]) -> str:
    lines = [f"{told['rows']:,} rows: {told['created']:,} new, {told['changed']:,} changed, {told['unchanged']:,} "
             f"as they are, {told['faulty']:,} with faults"]  # fmt: skip
    lines += [f"row {f['row']}, {f['column']}: {f['en']} / {f['zh']}" for f in told["first"][:SHOWN]]
    if told["faults"] > SHOWN:
        lines.append(f"… {told['faults']:,} faults in all")
    if told["faults_file"]:
        lines.append(f"every fault: {told['faults_file']}")
    if told["file_fault"]:
        lines.append(f"{told['file_fault']['en']} / {told['file_fault']['zh']}")
    if told["ignored"]:
        lines.append(f"columns that are none of ours: {', '.join(told['ignored'])}")
    lines.append("imported" if told["imported"] else "nothing was imported")
    return "\n".join(lines)


def _export(options: Mapping[str, Any], write: Callable[[str], object]) -> int:
    from nuanxin.accounts.scope import region_range
    from nuanxin.network.point_files.export import FORMATS, points_within, write_points
    from nuanxin.network.queries import UnknownPlace, parse_place

    path = Path(options["file"])
    form = path.suffix.lower().lstrip(".")
    form = "geojson" if form == "json" else form
    if form not in FORMATS:
        raise CommandError(f"the file ends with one of {', '.join(FORMATS)}", returncode=2)
    try:
        within = region_range(parse_place(options["region"])) if options["region"] else ()
    except UnknownPlace as unknown:
        raise CommandError(str(unknown), returncode=2) from None
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        with unfinished.open("wb") as stream:
            count = write_points(points_within(*within), form, stream)
    except ValueError as bad:
        unfinished.unlink()
        raise CommandError(str(bad)) from None
    unfinished.replace(path)
    write(json.dumps({"points": count, "file": str(path)}) if options["json"] else f"{count:,} points")
    return 0


class _Asked:
    """Whether somebody pressed Ctrl-C: the run then ends behind its batch, with its place kept."""

    def __init__(self) -> None:
        self._pressed = False
        self._before = signal.signal(signal.SIGINT, self._press)

    def __call__(self) -> bool:
        return self._pressed

    def done(self) -> None:
        """Give Ctrl-C its meaning back."""
        signal.signal(signal.SIGINT, self._before)

    def _press(self, *_: Any) -> None:
        if self._pressed:
            raise KeyboardInterrupt
        self._pressed = True


def _say(report: Any) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{report.rows:,} rows, {report.faults:,} faults ")
