"""``nuanxin network roads import FILE``: travel times by road from an OpenStreetMap extract."""

from __future__ import annotations

import json
import shutil
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

SUMMARY = "road graphs: import an OpenStreetMap extract, list them, remove one"


def arguments(parser: ArgumentParser) -> None:
    """import FILE, list, remove NAME."""
    what = parser.add_subparsers(dest="roads", required=True)
    bring = what.add_parser("import", help="read FILE.osm.pbf; goes on where a stopped import ended")
    bring.add_argument("file", type=Path)
    bring.add_argument("--name", default="", help="of the road set; that of the file unless told otherwise")
    listed = what.add_parser("list", help="the road sets in use")
    away = what.add_parser("remove", help="use straight lines again where a road set was")
    away.add_argument("name")
    for parser_of in (bring, listed, away):
        parser_of.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: Mapping[str, Any], write: Callable[[str], object]) -> int:
    """Do it. Returns 1 where there is nothing to list or remove. Raises CommandError for a file that is no extract."""
    from nuanxin.network import roads
    from nuanxin.network.spatial.roads.reading import UnreadableExtract
    from nuanxin.network.spatial.roads.storing import import_extract

    if options["roads"] == "import":
        say = (lambda text: None) if options["json"] else write
        try:
            made = import_extract(options["file"], roads.home(), name=options["name"], say=say)
        except FileNotFoundError:
            raise CommandError(f"there is no file {options['file']}", returncode=2) from None
        except UnreadableExtract as fault:
            raise CommandError(str(fault), returncode=1) from None
        found = [made]
    else:
        roads.forget()
        found = list(roads.sets())
    if options["roads"] == "remove":
        found = [each for each in found if each.name == options["name"]]
        for each in found:
            shutil.rmtree(each.folder)
    rows = [
        {"name": r.name, "box": [r.west, r.south, r.east, r.north], "nodes": r.nodes} for r in found
    ]  # fmt: skip
    if options["json"]:
        write(json.dumps({"roads": rows}, ensure_ascii=False))
    else:
        for row in rows:
            write(f"{row['name']}  {row['box']}  {row['nodes']}")
    return 0 if found else 1
