"""Small files, small functions, small models, and names that say what is inside."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.repository.source import functions, length, percentile, sources

OURS = ("src", "tests", "scripts", "bench")
NAMELESS = {
    "utils",
    "util",
    "helpers",
    "helper",
    "core",
    "common",
    "manager",
    "managers",
    "misc",
}


def test_files_stay_short() -> None:
    lines = {source.name: source.lines for source in sources(*OURS)}
    assert {name: count for name, count in lines.items() if count > 400} == {}
    assert percentile(list(lines.values()), 0.95) <= 300


def test_functions_stay_short() -> None:
    sizes = {
        f"{source.name}:{node.lineno} {node.name}": length(node)
        for source in sources(*OURS)
        for node in functions(source)
    }
    assert {name: size for name, size in sizes.items() if size > 50} == {}
    assert percentile(list(sizes.values()), 0.95) <= 30


def test_model_classes_stay_short() -> None:
    sizes = {
        f"{source.name} {node.name}": length(node)
        for source in sources("src")
        if "models" in source.path.stem or source.path.parent.name == "models"
        for node in source.tree.body
        if isinstance(node, ast.ClassDef)
    }
    assert {name: size for name, size in sizes.items() if size > 150} == {}


def test_module_names_say_what_is_inside() -> None:
    parts = {
        part: source.name for source in sources("src") for part in Path(source.name).with_suffix("").parts
    }
    assert {part: name for part, name in parts.items() if part in NAMELESS} == {}


def test_every_app_tells_what_it_owns_in_ten_lines() -> None:
    rooms = sorted({source.path.parent for source in sources("src") if source.path.name == "apps.py"})
    missing = [room.name for room in rooms if not (room / "README.md").exists()]
    long = [
        room.name
        for room in rooms
        if room.name not in missing and len((room / "README.md").read_text().splitlines()) > 12
    ]
    assert (missing, long) == ([], [])
