"""Changed lines that mutmut does not make: values of modules and classes, and what stands under a decorator.

mutmut changes what stands in plain functions. The figures that money turns on (21.75 days, 150 %, twelve years)
stand outside of them, and so do properties and what is cached. Each change is written into a copy of the sources and
the tests are run on it in a process of their own, first those of the module by name, then all that are given.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

_OPERATORS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
# a module's tests by the beginning of their names, where that is not the module's own name
_TESTS = {"store": "calendar", "days": "calendar", "counting": "periods", "endings": "severance"}
_SECONDS = 120


class ValueMutant(NamedTuple):
    """One changed line. ``where``: module and what stands there; ``source``: the whole module with the change."""

    where: str
    old: str
    new: str
    source: str


def mutants_of(text: str, module: str) -> Iterator[ValueMutant]:
    """Every change of a module's values and decorated functions, one at a time."""
    tree = ast.parse(text)
    for name, part in _outside_of_functions(tree):
        for parent in ast.walk(part):
            for node in ast.iter_child_nodes(parent):
                yield from _changed(tree, f"{module}.{name}", parent, node)


def _outside_of_functions(tree: ast.Module | ast.ClassDef, within: str = "") -> Iterator[tuple[str, ast.AST]]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield from _outside_of_functions(node, f"{within}{node.name}.")
        elif isinstance(node, ast.FunctionDef) and node.decorator_list:
            for statement in node.body:
                yield f"{within}{node.name}", statement
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield f"{within}{node.targets[0].id}", node.value
        elif isinstance(node, ast.Assign):
            yield f"{within}{ast.unparse(node.targets[0])}", node.value
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            yield f"{within}{ast.unparse(node.target)}", ast.Expr(node.value)


def _changed(tree: ast.Module, where: str, parent: ast.AST, node: ast.AST) -> Iterator[ValueMutant]:
    old = ast.unparse(parent)
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        kept = node.value
        node.value = not kept if isinstance(kept, bool) else kept + 1
        yield ValueMutant(where, old, ast.unparse(parent), ast.unparse(tree))
        node.value = kept
    other = _OPERATORS.get(type(node))
    if other is None:
        return
    for field, value in ast.iter_fields(parent):
        if value is node:
            setattr(parent, field, other())
            yield ValueMutant(where, old, ast.unparse(parent), ast.unparse(tree))
            setattr(parent, field, node)
        elif isinstance(value, list) and node in value:
            place = value.index(node)
            value[place] = other()
            yield ValueMutant(where, old, ast.unparse(parent), ast.unparse(tree))
            value[place] = node


def survivors(
    modules: Sequence[Path], tests: Sequence[str], root: Path, copy: Path
) -> tuple[dict[str, list[int]], list[ValueMutant]]:
    """Killed and made by module, and the changes that no test noticed. Paths from ``root``; ``copy`` is made anew."""
    shutil.rmtree(copy, ignore_errors=True)
    for folder in ("src/nuanxin/law", "tests", "bench"):
        shutil.copytree(root / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("src/nuanxin/__init__.py", "pyproject.toml"):
        shutil.copy(root / file, copy / file)
    counts: dict[str, list[int]] = {}
    unseen = []
    for module in modules:
        text = (root / module).read_text(encoding="utf-8")
        name = ".".join(module.with_suffix("").parts[3:])
        counts[name] = [0, 0]
        for one in mutants_of(text, name):
            (copy / module).write_text(one.source, encoding="utf-8")
            killed = _noticed(copy, module.stem, tests)
            counts[name][0] += killed
            counts[name][1] += 1
            unseen += [] if killed else [one]
            print("." if killed else "S", end="", file=sys.stderr, flush=True)
        (copy / module).write_text(text, encoding="utf-8")
    print(file=sys.stderr)
    return counts, unseen


def _noticed(copy: Path, stem: str, tests: Sequence[str]) -> bool:
    near = [str(path) for path in sorted((copy / "tests" / "law").glob(f"test_{_TESTS.get(stem, stem)}*.py"))]
    return (bool(near) and not _passes(copy, near)) or not _passes(copy, tests)


def _passes(copy: Path, tests: Sequence[str]) -> bool:
    command = [
        sys.executable,
        "-B",
        "-m",
        "pytest",
        "-x",
        "-q",
        "-p",
        "no:cacheprovider",
        "--noconftest",
        *tests,
    ]
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(copy / "src")}
    try:
        done = subprocess.run(
            command, cwd=copy, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=_SECONDS,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
