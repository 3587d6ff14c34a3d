"""The peer of the law engine: OpenFisca-core in an environment of its own, never among what we install.

It is AGPL and brings numpy; it is measured, not used.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.register import ROOT

_VERSION = "openfisca-core>=46,<47"
_ENVIRONMENT = ROOT / "var" / "bench" / "openfisca"
_SCRIPT = Path(__file__).parent / "peers" / "openfisca_wages.py"
_SINGLES = 500


def measure_peer(persons: int, seed: int) -> dict[str, Any]:
    """Its figures for as many persons; builds its environment the first time."""
    done = subprocess.run(
        [str(_python()), str(_SCRIPT), str(persons), str(_SINGLES), str(seed)],
        check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def _python() -> Path:
    python = _ENVIRONMENT / "bin" / "python"
    ready = _ENVIRONMENT / "ready"
    if not ready.exists():
        subprocess.run([sys.executable, "-m", "venv", str(_ENVIRONMENT)], check=True, stdout=sys.stderr)
        subprocess.run(
            [str(python), "-m", "pip", "install", "--quiet", _VERSION], check=True, stdout=sys.stderr
        )
        ready.touch()
    return python
