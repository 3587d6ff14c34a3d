"""``python -m nuanxin.law.parameters [FOLDER …]``: check the dated data; exit 0 fit to use, 1 found wanting."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from nuanxin.law import calendar
from nuanxin.law.basis import provisions
from nuanxin.law.parameters import store


def main(folders: Sequence[str]) -> int:
    """Check shipped parameters, citations and calendar years, and those in ``folders``; print what is wrong."""
    try:
        for folder in folders:
            store.add_folder(Path(folder))
            calendar.add_folder(Path(folder) / "calendar")
        rows = store.load()
        years = calendar.known_years()
        cited = len(provisions())
    except (ValueError, KeyError) as error:
        for fault in str(error).split("; "):
            print(fault)
        return 1
    total = sum(len(found) for found in rows.values())
    print(f"{total} dated values, {cited} citations, holidays of {years[0]} to {years[-1]}: fit to use")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
