"""The first run of a real installation, from an empty folder to a doctor who finds nothing wrong but the worker."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A deployer's environment: no demo, no tests, keys beside nothing."""
    folder = tmp_path_factory.mktemp("installation")
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return kept | {
        "DATA_DIR": str(folder / "data"),
        "KEYS_FILE": str(folder / "keys" / "keys.json"),
        "SECURE": "1",
    }


def _run(environment: dict[str, str], *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nuanxin", *words]
    return subprocess.run(
        command, env=environment | more, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120
    )


def _install(environment: dict[str, str], password: str = "") -> subprocess.CompletedProcess[str]:
    return _run(
        environment, "install", "--admin", "admin", "--name", "管理员", NUANXIN_ADMIN_PASSWORD=password
    )


def test_nothing_starts_before_there_are_keys(environment: dict[str, str]) -> None:
    done = _run(environment, "serve", "--port", "1")
    assert done.returncode == 1
    assert "nuanxin install" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_weak_password_or_none_is_told_and_nobody_is_made(environment: dict[str, str]) -> None:
    for password in ("", "short"):
        done = _install(environment, password)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr


def test_an_installation_gets_keys_tables_and_one_administrator(environment: dict[str, str]) -> None:
    done = _install(environment, "a-long-enough-secret")
    assert done.returncode == 0, done.stderr
    assert "Next:" in done.stdout
    assert Path(environment["KEYS_FILE"]).stat().st_mode & 0o777 == 0o600


def test_installing_again_changes_nothing(environment: dict[str, str]) -> None:
    keys = Path(environment["KEYS_FILE"]).read_bytes()
    done = _install(environment, "another-long-secret")
    assert (done.returncode, Path(environment["KEYS_FILE"]).read_bytes()) == (0, keys)
    assert "already" in done.stdout


def test_the_doctor_misses_only_the_worker(environment: dict[str, str]) -> None:
    done = _run(environment, "doctor", "--json")
    faults = [finding for finding in json.loads(done.stdout) if finding["state"] == "fault"]
    assert [finding["check"] for finding in faults] == ["worker"]
    assert done.returncode == 1
    assert _run(environment, "work", "--once").returncode == 0
    assert _run(environment, "doctor").returncode == 0


def test_the_record_of_the_installation_is_whole(environment: dict[str, str]) -> None:
    assert _run(environment, "audit", "verify").returncode == 0


def test_a_backup_of_it_comes_back_in_another_folder(environment: dict[str, str], tmp_path: Path) -> None:
    file = str(tmp_path / "backup.tar")
    assert _run(environment, "backup", file).returncode == 0
    done = _run(environment, "restore", file, DATA_DIR=str(tmp_path / "elsewhere"))
    assert done.returncode == 0, done.stderr
    again = _run(environment, "restore", file)
    assert again.returncode == 1
    assert "--force" in again.stderr
