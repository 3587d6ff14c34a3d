"""Arrows go down only, and what must be pure is pure. The contracts are in pyproject.toml."""

from __future__ import annotations

import ast
import subprocess
import sys

from tests.repository.source import ROOT, Source, functions, sources

CLOCKS = {
    *("timezone.now", "timezone.localdate", "timezone.localtime", "date.today", "time.time"),
    *("datetime.now", "datetime.utcnow", "datetime.today"),
}
TIMELESS = {"actions", "rules", "policies", "permissions"}


def test_import_contracts_are_kept() -> None:
    lint = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as main; main()"]
    done = subprocess.run(
        [*lint, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _timeless(source: Source) -> bool:
    parts = source.path.with_suffix("").parts
    inside = parts[parts.index("nuanxin") + 1 :]
    return inside[0] == "law" or any(part in TIMELESS for part in inside[1:])


def _clock_reads(source: Source) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name | ast.Attribute)
        and f"{_last_name(node.func.value)}.{node.func.attr}" in CLOCKS
    ]


def _last_name(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


def test_law_rules_and_actions_never_ask_the_clock() -> None:
    timeless = [source for source in sources("src") if _timeless(source)]
    assert [f"{source.name}:{line}" for source in timeless for line in _clock_reads(source)] == []


def test_every_action_that_is_told_who_is_told_when() -> None:
    wrong = []
    for source in sources("src"):
        if source.path.stem != "actions" and source.path.parent.name != "actions":
            continue
        public = {node.name for node in source.tree.body if isinstance(node, ast.FunctionDef)}
        for node in functions(source):
            names = {argument.arg for argument in node.args.kwonlyargs}
            if node.name in public and not node.name.startswith("_") and "by" in names and "at" not in names:
                wrong.append(f"{source.name} {node.name}")
    assert wrong == []
