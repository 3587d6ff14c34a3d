"""Known vulnerabilities in what is locked, by pip-audit. Says plainly when its database cannot be reached."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UNREACHABLE = ("ConnectionError", "Max retries", "NameResolution", "ProxyError", "timed out", "Forbidden", "403",
               "404", "502", "503", "ServiceError", "SSLError", "Failed to establish")  # fmt: skip
PATIENCE = 180  # seconds


def main() -> int:
    """Returns 1 when a locked package has a known vulnerability; 0 when none, or when nothing could be asked."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off",
               "-r", str(ROOT / "requirements.lock"), "--timeout", "20"]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        print("vulnerabilities: NOT CHECKED, the database did not answer in time")
        return 0
    if done.returncode == 0:
        print("vulnerabilities: none known in requirements.lock")
        return 0
    if "Found" in done.stderr or "Found" in done.stdout:
        print(done.stdout + done.stderr)
        return 1
    reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    if any(word in done.stderr for word in UNREACHABLE):
        print(f"vulnerabilities: NOT CHECKED, the database cannot be reached ({reason[:160]})")
        return 0
    print(done.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
