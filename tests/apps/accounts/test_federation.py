"""Sign-in through an authority's identity provider, against one on loopback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_an_identity_opens_the_account_that_names_it_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/nuanxin.sqlite3",
        "PYTHONPATH": f"{ROOT}/src:{ROOT}",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.apps.accounts.federation_walk"],
        env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout.splitlines()[-1:]) == (0, ["walked"]), done.stderr[-3000:]
