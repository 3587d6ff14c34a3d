"""``nuanxin network people import FILE``: a deployment's own cells of people for coverage and siting."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

SUMMARY = "the people that coverage counts: import cells of your own, or go back to the shipped ones"
_SHOWN = 50


def arguments(parser: ArgumentParser) -> None:
    """import FILE, show, drop."""
    what = parser.add_subparsers(dest="people", required=True)
    bring = what.add_parser(
        "import", help="a CSV file with the columns lon, lat, people and, if known, place"
    )
    bring.add_argument("file", type=Path)
    what.add_parser("show", help="how many cells and people are in use")
    what.add_parser("drop", help="go back to the shipped cells")


def run(options: Mapping[str, Any], write: Callable[[str], object]) -> int:
    """Do it. Returns 1 where the file has faults: nothing of it is used then. Raises CommandError for no file."""
    from nuanxin.network import cells
    from nuanxin.network.rules.people import CellsFault

    if options["people"] == "import":
        try:
            cells.import_cells(options["file"])
        except CellsFault as fault:
            for one in fault.faults[:_SHOWN]:
                write(f"row {one.row}, {one.column or 'file'}: {one.says.en}")
            write(f"{len(fault.faults)} faults; nothing was imported")
            return 1
        except OSError as fault:
            raise CommandError(str(fault), returncode=2) from None
    elif options["people"] == "drop" and not cells.drop_cells():
        write("the shipped cells are in use already")
    held = cells.cells()
    write(f"{len(held)} cells, {held.total:.0f} people")
    return 0
