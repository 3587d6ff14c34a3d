"""``make test-mutation [M=path]``: change one line at a time of the law's money and calendar, and see who notices.

mutmut, in an environment of its own under var/, changes plain functions as ``[tool.mutmut]`` of pyproject.toml says;
``value_mutants`` changes the values that stand outside of them. What no test notices has to stand in
accepted_mutants.toml with the reason; exit code 1 when something else survived. ``--write`` writes
docs/law/mutation.md anew, which needs a run of everything.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from fnmatch import fnmatch
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from scripts import value_mutants

ROOT = Path(__file__).resolve().parent.parent
MUTMUT = "3.8.1"
_FOLDER = ROOT / "var" / "mutation"
_LAW = Path("src/nuanxin/law")
_PAGE = ROOT / "docs" / "law" / "mutation.md"
_SURVIVED, _NO_TESTS = 0, 33


class Mutant(NamedTuple):
    """A changed line that no test noticed. ``where``: module and function under nuanxin.law."""

    where: str
    old: str
    new: str


def main() -> int:
    """Run, tell the survivors that nobody explained. Exit code 1 when there are any."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", nargs="?", type=Path, help="a module or folder under src/nuanxin/law")
    parser.add_argument("--write", action="store_true", help="write docs/law/mutation.md anew")
    options = parser.parse_args()
    if options.write and options.path:
        parser.error("--write needs a run of everything")
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
    modules = [path for path in _modules(config["only_mutate"]) if _wanted(path, options.path)]
    counts, survived = _functions(modules)
    tests = config["pytest_add_cli_args_test_selection"]
    value_counts, unseen = value_mutants.survivors(modules, tests, ROOT, _FOLDER / "values")
    for name, (killed, made) in value_counts.items():
        counts[name] = (counts[name][0] + killed, counts[name][1] + made)
    survived += [Mutant(one.where, one.old, one.new) for one in unseen]
    reasons = _reasons()
    open_ones = [one for one in survived if one not in reasons]
    print(_table(counts))
    for one in open_ones:
        print(f"not explained: {one.where}\n  - {one.old}\n  + {one.new}")
    if options.write:
        _PAGE.write_text(_page(counts, survived, reasons), encoding="utf-8")
    return int(bool(open_ones))


def _modules(patterns: list[str]) -> list[Path]:
    files = sorted(path.relative_to(ROOT) for path in (ROOT / _LAW).rglob("*.py"))
    return [file for file in files if any(fnmatch(str(file), pattern) for pattern in patterns)]


def _wanted(file: Path, path: Path | None) -> bool:
    return path is None or path == file or path in file.parents


def _name(module: Path) -> str:
    return ".".join(module.relative_to(_LAW).with_suffix("").parts)


def _functions(modules: list[Path]) -> tuple[dict[str, tuple[int, int]], list[Mutant]]:
    """Killed and made by module, and the survivors, as mutmut finds them from scratch."""
    mutmut = _mutmut()
    shutil.rmtree(ROOT / "mutants", ignore_errors=True)
    patterns = [f"nuanxin.law.{_name(module)}.*" for module in modules]
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [str(mutmut), "run", "--max-children", "1", *patterns], cwd=ROOT, env=environment, check=True,
        stdout=sys.stderr,
    )  # fmt: skip
    counts, survived = {}, []
    for module in modules:
        meta = json.loads((ROOT / "mutants" / f"{module}.meta").read_text(encoding="utf-8"))
        codes: dict[str, int | None] = meta["exit_code_by_key"]
        alive = [name for name, code in codes.items() if code in (_SURVIVED, _NO_TESTS, None)]
        counts[_name(module)] = (len(codes) - len(alive), len(codes))
        survived += [_shown(mutmut, name, _name(module)) for name in alive]
    return counts, survived


def _mutmut() -> Path:
    """mutmut with its own few packages; pytest and hypothesis are those of the development environment."""
    home = _FOLDER / f"mutmut-{MUTMUT}"
    python, ready = home / "bin" / "python", home / "ready"
    if not ready.exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True, stdout=sys.stderr)
        install = [
            str(python),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            f"mutmut=={MUTMUT}",
        ]
        subprocess.run(install, check=True, stdout=sys.stderr)
        own = subprocess.run(
            [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
            check=True, text=True, stdout=subprocess.PIPE,
        )  # fmt: skip
        shared = Path(own.stdout.strip()) / "shared.pth"
        shared.write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
        ready.touch()
    return home / "bin" / "mutmut"


def _shown(mutmut: Path, name: str, module: str) -> Mutant:
    done = subprocess.run(
        [str(mutmut), "show", name], cwd=ROOT, check=True, text=True, stdout=subprocess.PIPE
    )
    lines = [line for line in done.stdout.splitlines() if not line.startswith(("---", "+++"))]
    old, new = (" ".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in ("-", "+"))
    function = name.removeprefix(f"nuanxin.law.{module}.").partition("__mutmut_")[0]
    plain = function.removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
    return Mutant(f"{module}.{plain}", old, new)


def _reasons() -> Mapping[Mutant, str]:
    """Why a survivor is accepted, by the change itself: numbers of mutants move with every edit."""
    body = tomllib.loads((ROOT / "scripts" / "accepted_mutants.toml").read_text(encoding="utf-8"))
    return {Mutant(one["where"], one["old"], new): one["why"] for one in body["mutant"] for new in one["new"]}


def _table(counts: Mapping[str, tuple[int, int]]) -> str:
    killed, made = (sum(one[place] for one in counts.values()) for place in (0, 1))
    rows = [*((name, *count) for name, count in counts.items() if count[1]), ("**all**", killed, made)]
    lines = ["| Module | Changes | Noticed | Score |", "|---|---|---|---|"]
    lines += [f"| {name} | {all_} | {seen} | {100 * seen / all_:.1f} % |" for name, seen, all_ in rows]
    return "\n".join(lines)


def _page(
    counts: Mapping[str, tuple[int, int]], survived: list[Mutant], reasons: Mapping[Mutant, str]
) -> str:
    python, pytest, hypothesis = (
        platform.python_version(),
        metadata.version("pytest"),
        metadata.version("hypothesis"),
    )
    return (
        "<!-- written by `make test-mutation WRITE=1`; do not edit: reasons stand in scripts/accepted_mutants.toml -->\n\n"
        "# How well the tests notice a changed line\n\n"
        "One line of the money and calendar modules is changed at a time, and the tests of the law are run: a change that\n"
        "no test notices is a gap in the tests, or makes no difference. `make test-mutation [M=src/nuanxin/law/wages]` runs\n"
        "it again; it fails on a survivor that is not explained here.\n\n"
        f"Last whole run: {datetime.now(UTC):%Y-%m-%d}, mutmut {MUTMUT} for plain functions, `scripts/value_mutants.py` for\n"
        f"values and decorated functions, Python {python}, pytest {pytest}, Hypothesis {hypothesis} (derandomized). A change\n"
        "that makes the tests run on without end counts as noticed. Tests of the claim topic, of numbers and of liability are\n"
        "left out, so the modules are held by tests of their own. Texts and citations outside of functions are not changed.\n\n"
        f"{_table(counts)}\n\n## Survivors\n\n" + "".join(_told(survived, reasons))
    )


def _told(survived: list[Mutant], reasons: Mapping[Mutant, str]) -> Iterator[str]:
    yield "| Where | Line | Changed to | Why it stays |\n|---|---|---|---|\n"
    for one in survived:
        old, new = (text.replace("|", "\\|") for text in (one.old, one.new))
        yield f"| {one.where} | `{old}` | `{new}` | {reasons.get(one, '**not explained**')} |\n"


if __name__ == "__main__":
    raise SystemExit(main())
