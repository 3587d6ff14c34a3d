"""Writes the law engine's table of region codes (code, first year, last year, successor) from the network's.

The engine may not import the network room, and needs no names; run this after the regions were rebuilt.
"""

from __future__ import annotations

import gzip
from pathlib import Path

ROOT = Path(__file__).parents[1] / "src" / "nuanxin"
CODE, SINCE, UNTIL, SUCCESSOR = 0, 5, 6, 7


def rows(source: Path) -> list[str]:
    """One line a code, sorted."""
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        cells = [line.rstrip("\n").split("\t") for line in lines if line.strip()]
    return sorted("\t".join((row[CODE], row[SINCE], row[UNTIL], row[SUCCESSOR])).rstrip() for row in cells)


def main() -> None:
    """Write the table."""
    found = rows(ROOT / "network" / "data" / "regions.tsv.gz")
    target = ROOT / "law" / "identity" / "data" / "regions.tsv"
    target.write_text("\n".join(found) + "\n", encoding="utf-8")
    print(f"{len(found)} codes in {target}")


if __name__ == "__main__":
    main()
