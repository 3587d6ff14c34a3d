"""Environments of peers that are measured and never installed among ours: their licences do not fit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.register import ROOT

_WANTED = {"pandana": ["pandana==0.8", "numpy>=2,<3"]}


def peer_python(name: str) -> Path:
    """The Python of a peer's own environment, built at its first use."""
    home = ROOT / "var" / "bench" / name
    python, ready = home / "bin" / "python", home / "ready"
    if not ready.exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True, stdout=sys.stderr)
        subprocess.run(
            [str(python), "-m", "pip", "install", "--quiet", *_WANTED[name]], check=True, stdout=sys.stderr
        )
        ready.touch()
    return python
