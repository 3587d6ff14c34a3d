"""A deployment's own dated values and holiday years, from the folder that LAW_DATA names."""

from __future__ import annotations

from pathlib import Path

from nuanxin.config.environment import EnvironmentFault, read_environment
from nuanxin.law import calendar, parameters


def use_own() -> None:
    """Lay the folder's rows and years over the shipped ones, once for a process.

    Raises :class:`EnvironmentFault` with every fault of every file: no process may answer with half of the data.
    """
    folder = read_environment().law_data
    if folder is not None:
        add(folder)


def add(folder: Path) -> None:
    """As :func:`use_own`, for one folder: ``*.toml`` dated values, ``calendar/YYYY.toml`` holiday years."""
    if not folder.is_dir():
        raise EnvironmentFault(f"LAW_DATA: there is no folder {folder}")
    parameters.add_folder(folder)
    calendar.add_folder(folder / "calendar")
    try:
        parameters.load()
        calendar.known_years()
    except ValueError as fault:
        raise EnvironmentFault(f"LAW_DATA {folder}: {fault}") from fault
