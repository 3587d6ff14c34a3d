"""What the repository may hold: no machine's paths, no registry hosts, locks that fit pyproject."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.repository.source import ROOT, tracked_files

MACHINE = re.compile(r"/(?:root|home/[a-z]\w*|Users/\w+|work)/[\w.]+")
HOSTS = re.compile(r"(?:pypi|pythonhosted|npmjs|registry\.\w+|debian)\.(?:org|com|net)", re.IGNORECASE)
LOCKS = ("requirements.lock", "requirements-dev.lock")
LARGEST = 3 * 1024 * 1024
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^ ;\\]+)", re.MULTILINE)


def _texts() -> list[tuple[Path, str]]:
    found = []
    for path in tracked_files():
        try:
            found.append((path, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


@pytest.mark.parametrize(("pattern", "what"), [(MACHINE, "path"), (HOSTS, "registry")])
def test_no_file_names_a_machine_or_a_registry(pattern: re.Pattern[str], what: str) -> None:
    found = {
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path, text in _texts()
        if path != Path(__file__)
        for match in pattern.finditer(text)
    }
    assert found == set(), f"a {what}"


def test_no_file_is_large() -> None:
    large = [str(path.relative_to(ROOT)) for path in tracked_files() if path.stat().st_size > LARGEST]
    assert large == []


def _locked(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text()
    return {str(canonicalize_name(package)): version for package, version in PIN.findall(text)}


def _wanted() -> tuple[list[Requirement], list[Requirement]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    run = [Requirement(line) for line in project["project"]["dependencies"]]
    return run, [*run, *map(Requirement, project["dependency-groups"]["dev"])]


@pytest.mark.parametrize(("lock", "wanted"), list(zip(LOCKS, _wanted(), strict=True)), ids=LOCKS)
def test_a_lock_has_what_the_project_asks_for(lock: str, wanted: list[Requirement]) -> None:
    locked = _locked(lock)
    unmet = [
        str(one)
        for one in wanted
        if canonicalize_name(one.name) not in locked
        or Version(locked[canonicalize_name(one.name)]) not in one.specifier
    ]
    assert unmet == [], "run make lock"


def test_both_locks_agree() -> None:
    run, dev = _locked(LOCKS[0]), _locked(LOCKS[1])
    assert {name: dev.get(name) for name in run} == run


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_its_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text()
    blocks = re.split(r"(?m)^(?=[A-Za-z0-9])", text)
    bare = [block.split()[0] for block in blocks if PIN.match(block) and "--hash=sha256:" not in block]
    assert bare == []
    assert "://" not in text
