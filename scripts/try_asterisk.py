"""Try the gateway against a real Asterisk: callers, operators, menus, talks, breaks; says what passed and what did not.

Not a test of the suite: it wants an Asterisk that this machine may command, set up as docs/howto/connect-asterisk.md
says, on loopback, with the tones of ``nuanxin hotline prompts --tones`` in the place of sentences and a trunk whose
address is 127.0.0.2:5070. It starts a demonstration and a gateway of its own; callers and telephones are small programs
(``scripts.sip_telephone``) that speak tones and say which ones they hear::

    ARI_PASSWORD=… .venv/bin/python -m scripts.try_asterisk --include /etc/asterisk/pjsip_nuanxin.conf \\
        --asterisk "asterisk -rx" --restart "systemctl restart asterisk" --cdr /var/log/asterisk/cdr-csv/Master.csv
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
import traceback
from pathlib import Path

from scripts.asterisk_stage import Stage


def told(text: str) -> None:
    """One line for each thing that was seen."""
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)


async def try_all(stage: Stage, only: list[str]) -> int:
    """Every trial, one after the other; a failed one does not keep the next from being tried."""
    from scripts.asterisk_trials import SHUNNING, TRIALS

    failed = 0
    try:
        await stage.open()
        told(stage.exchange.do("core show version").split(" built")[0])
        for trial in TRIALS:
            if only and trial.__name__ not in only:
                continue
            words = " ".join((trial.__doc__ or "").split())
            try:
                seen = await trial(stage)
                told(f"passed: {words} {seen or ''}")
            except Exception as fault:
                failed += 1
                told(f"FAILED: {words} {type(fault).__name__}: {fault}")
                traceback.print_exc(limit=-3)
            await stage.clear(again=trial in SHUNNING)
    finally:
        await stage.close()
    return failed


def main() -> int:
    """Try; 1 where something failed."""
    wants = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    wants.add_argument("--asterisk", default="asterisk -rx", help="command to which a console line is added")
    wants.add_argument("--include", type=Path, required=True, help="file that Asterisk's pjsip.conf includes")
    wants.add_argument("--restart", default="", help="command that kills Asterisk and starts it anew")
    wants.add_argument("--cdr", type=Path, help="Master.csv of cdr_csv, for the check against it")
    wants.add_argument("--sounds", type=Path, help="folder of sounds, for the trial of missing ones")
    wants.add_argument("--ari", default="http://127.0.0.1:8088/ari")
    wants.add_argument(
        "--ca", default="", help="file of the authority of its certificate, where --ari is https"
    )
    wants.add_argument("--callers", type=int, default=20, help="at once, in the trial of many")
    wants.add_argument("--seconds", type=int, default=120, help="how long the trial of many goes on")
    wants.add_argument("--sipp", default="", help="command of sipp, for the trial of a crowd")
    wants.add_argument("--sipp-root", default="", help="the root that it sees")
    wants.add_argument(
        "--crowd", type=int, nargs=3, default=(60, 20, 300), help="callers, operators, seconds"
    )
    wants.add_argument("--figures", type=Path, help="write the crowd's figures to this file")
    wants.add_argument("--only", nargs="*", default=[], help="names of trials")
    given = wants.parse_args()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # a trial may wait for its database
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder) / "data", given)
        try:
            return 1 if asyncio.run(try_all(stage, given.only)) else 0
        finally:
            stage.server.stop()


if __name__ == "__main__":
    sys.exit(main())
