"""The dry run of an import: every row read, matched and checked; what is good is staged, every fault is listed.

Nothing is written to the points. The run keeps its place after each batch in a folder of its own, so that one that
was stopped goes on where it was; the same file with the same options finds its folder again.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings

from nuanxin.audit.actor import Actor
from nuanxin.network.point_files.neutral import neutral
from nuanxin.network.point_files.rows import Checked, Checker
from nuanxin.network.point_files.sources import MOST_ROWS, FileFault, RawRow, Source, open_source
from nuanxin.network.rules.coordinates import System
from nuanxin.network.rules.point_columns import Unreadable, system_of

BATCH = 1000
SHOWN = 200  # faults that a report carries itself; all of them are in its file
KEPT_DAYS = 7


@dataclass(frozen=True, slots=True)
class Options:
    """How to read a file. ``system`` counts where the file does not say; ``source`` names whose keys it has."""

    system: System = System.WGS84
    source: str = ""
    most_rows: int = MOST_ROWS
    most_unpacked: int | None = None


@dataclass(frozen=True, slots=True)
class ToldFault:
    """One fault as it is told: the row as a spreadsheet numbers it, the column, and the sentence."""

    row: int
    column: str
    code: str
    zh: str
    en: str
    cell: str = ""


@dataclass(slots=True)
class Report:
    """How far a run has come and what it found. ``first``: the first faults; ``file_fault``: why it ended early."""

    rows: int = 0
    good: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    faulty: int = 0  # rows
    faults: int = 0
    done: bool = False
    ignored: tuple[str, ...] = ()
    first: list[ToldFault] = field(default_factory=list)
    file_fault: dict[str, str] | None = None

    @property
    def fit(self) -> bool:
        """Whether it was read to its end and nothing is wrong with it."""
        return self.done and not self.faults and self.file_fault is None


@dataclass(frozen=True, slots=True)
class Staged:
    """A run on disk."""

    key: str
    report: Report
    owner: int  # the staff row, 0 for the command line

    @property
    def rows_file(self) -> Path:
        """One JSON object a line: the row's number, the point's id, the values."""
        return folder_of(self.key) / "rows.jsonl"

    @property
    def faults_file(self) -> Path:
        """Every fault, as CSV."""
        return folder_of(self.key) / "faults.csv"


class Stopped(Exception):
    """The run was asked to stop; it goes on when the same file comes again."""


def folder_of(key: str) -> Path:
    """The folder of a run. ``key`` is hexadecimal."""
    if not (key.isascii() and key.isalnum() and len(key) == 32):
        raise ValueError("not the key of an import")
    return Path(settings.DATA_DIR) / "imports" / key


def read_staged(key: str) -> Staged | None:
    """A run by its key; None where there is none."""
    try:
        told = json.loads((folder_of(key) / "state.json").read_text())
    except (FileNotFoundError, ValueError):
        return None
    report = Report(**{**told["report"], "ignored": tuple(told["report"]["ignored"])})
    report.first = [ToldFault(**fault) for fault in told["report"]["first"]]
    return Staged(key, report, told["owner"])


def discard(key: str) -> None:
    """Remove what a run keeps."""
    shutil.rmtree(folder_of(key), ignore_errors=True)


def stage(
    path: Path,
    options: Options,
    *,
    by: Actor,
    today: date,
    say: Callable[[Report], None] = lambda report: None,
    stop: Callable[[], bool] = lambda: False,
) -> Staged:
    """Read and check a file. ``say`` hears of each batch; ``stop`` is asked after each.

    A file that cannot be read ends the run with ``file_fault`` in its report. Raises Stopped.
    """
    key = _key(path, options, by)
    folder = folder_of(key)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    run = _Run(key, by, today, options, read_staged(key))
    try:
        source = open_source(path, most_unpacked=options.most_unpacked)
        run.go(source, say, stop)
    except FileFault as fault:
        run.report.file_fault = {"code": fault.code, "zh": fault.zh, "en": fault.en}
        run.keep()
    except Unreadable as fault:
        run.report.file_fault = {"code": "coordinates", "zh": fault.zh, "en": fault.en}
        run.keep()
    return Staged(key, run.report, by.id)


def _key(path: Path, options: Options, by: Actor) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1024 * 1024):
            digest.update(chunk)
    told = (options.system.value, options.source, by.kind, by.id, *by.scope, options.most_rows)
    digest.update(repr(told).encode())
    return digest.hexdigest()[:32]


class _Run:
    """One run over a file, with its place on disk."""

    def __init__(self, key: str, by: Actor, today: date, options: Options, before: Staged | None) -> None:
        self.folder, self.owner, self.options = folder_of(key), by.id, options
        unfinished = before is not None and not before.report.done and before.report.file_fault is None
        self.report = before.report if before is not None and unfinished else Report()
        self.checker = Checker(by, today, options.source)

    def go(self, source: Source, say: Callable[[Report], None], stop: Callable[[], bool]) -> None:
        """Take the rows in batches, from where an earlier run was stopped."""
        system = system_of(source.system) if source.system else self.options.system
        self.report.ignored = source.ignored
        rows = iter(source.rows)
        for row in islice(rows, self.report.rows):
            self.checker.saw(row)  # its keys count when a later row brings them again
        sizes = self._sizes() if self.report.rows else (0, 0)
        with self._open("rows.jsonl", sizes[0]) as good, self._open("faults.csv", sizes[1]) as bad:
            faults = csv.writer(bad)
            if not sizes[1]:
                bad.write("\ufeff")
                faults.writerow(["row", "column", "code", "zh", "en", "cell"])
            for batch in _batches(rows):
                for checked in self.checker.check(batch, system):
                    self._take(checked, good, faults)
                if self.report.rows > self.options.most_rows:
                    raise _too_many(self.options.most_rows)
                self.keep(good, bad)
                say(self.report)
                if stop():
                    raise Stopped
            self.report.done = True
            self.keep(good, bad)
        if not self.report.rows:
            raise FileFault("empty", "文件里没有数据行。", "The file has no rows.")

    def keep(self, *files: Any) -> None:
        """Write down where the run stands, whole or not at all."""
        sizes = []
        for file in files:
            file.flush()
            os.fsync(file.fileno())
            sizes.append(file.tell())
        told = {"report": asdict(self.report), "owner": self.owner, "sizes": sizes}
        fresh = self.folder / "state.new"
        fresh.write_text(json.dumps(told, ensure_ascii=False))
        fresh.replace(self.folder / "state.json")

    def _take(self, checked: Checked, good: Any, faults: Any) -> None:
        report = self.report
        report.rows += 1
        if not checked.faults:
            report.good += 1
            setattr(report, checked.fate, getattr(report, checked.fate) + 1)
            good.write(json.dumps(checked.staged(), ensure_ascii=False) + "\n")
            return
        report.faulty += 1
        for fault in checked.faults:
            cell = neutral(checked.cells.get(fault.field, "")[:60])
            told = ToldFault(checked.number, fault.field, fault.code, fault.zh, fault.en, cell)
            report.faults += 1
            if len(report.first) < SHOWN:
                report.first.append(told)
            faults.writerow(asdict(told).values())

    def _sizes(self) -> tuple[int, int]:
        sizes = json.loads((self.folder / "state.json").read_text())["sizes"]
        return sizes[0], sizes[1]

    def _open(self, name: str, size: int) -> Any:
        """The file from where it was last known to be whole."""
        path = self.folder / name
        path.touch(mode=0o600)
        os.truncate(path, size)
        return path.open("a", encoding="utf-8", newline="")


def _batches(rows: Iterator[RawRow]) -> Iterator[list[RawRow]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _too_many(most: int) -> FileFault:
    return FileFault(
        "too_many_rows",
        f"行数超过 {most}。请分成几份，或用命令 nuanxin network points import 导入。",
        f"More than {most} rows. Split the file, or import it with nuanxin network points import.",
    )
