"""The people that coverage counts: those of this deployment where it has brought its own, else the shipped ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from django.conf import settings

from nuanxin.network.rules.people import Cells, people, read_cells

_ARRAYS = ("lon", "lat", "people", "county")
_held: tuple[int, Cells] | None = None


def _file() -> Path:
    return Path(settings.DATA_DIR) / "people.npz"


def cells() -> Cells:
    """The cells in use. A new import is seen at the next question."""
    global _held
    try:
        stamp = _file().stat().st_mtime_ns
    except FileNotFoundError:
        return people()
    if _held is None or _held[0] != stamp:
        with np.load(_file()) as held:
            _held = (stamp, Cells(**{name: held[name] for name in _ARRAYS}))
    return _held[1]


def import_cells(path: Path) -> Cells:
    """Use a deployment's own cells from now on. Raises CellsFault with every fault by row, and OSError."""
    found = read_cells(path)
    unfinished = _file().with_suffix(".unfinished.npz")
    np.savez(unfinished, **{name: getattr(found, name) for name in _ARRAYS})
    unfinished.replace(_file())
    return found


def drop_cells() -> bool:
    """Go back to the shipped cells. Returns whether there were own ones."""
    own = _file().exists()
    _file().unlink(missing_ok=True)
    return own
