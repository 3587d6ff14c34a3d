"""The project's own Python files, parsed once for every test that reads them."""

from __future__ import annotations

import ast
import gc
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "src" / "nuanxin"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Source:
    """One file. ``name``: its path in the project."""

    path: Path
    name: str
    lines: int
    tree: ast.Module


def sources(*folders: str) -> tuple[Source, ...]:
    """Every Python file under folders of the project, without migrations, which a machine writes."""
    return tuple(source for folder in folders for source in _under(folder))


@cache
def _under(folder: str) -> tuple[Source, ...]:
    # Trees are millions of objects and no garbage: looking for some while they grow takes four fifths of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        found = tuple(
            _parsed(path) for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts
        )
        gc.freeze()  # they stay to the end, and no later collection needs to walk them
    finally:
        if collecting:
            gc.enable()
    return found


def _parsed(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(ROOT).as_posix()
    return Source(path, name, len(text.splitlines()), ast.parse(text, name))


def functions(source: Source) -> Iterator[Function]:
    """Every function and method of a file, inner ones too."""
    for node in ast.walk(source.tree):
        if isinstance(node, Function):
            yield node


def length(node: Function | ast.ClassDef) -> int:
    """Lines from ``def`` to the end, without decorators."""
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


@cache
def tracked_files() -> tuple[Path, ...]:
    """What git keeps, or would keep once added."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True).stdout.decode().split("\0")
    return tuple(ROOT / name for name in names if name and (ROOT / name).is_file())


def percentile(values: list[int], share: float) -> int:
    """The value that ``share`` of the values do not pass."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
