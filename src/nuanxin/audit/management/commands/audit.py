"""``nuanxin audit verify`` and ``nuanxin audit checkpoint``."""

from __future__ import annotations

import json
import sys
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from nuanxin.audit.checkpoints import checkpoint, restart
from nuanxin.audit.streams import find_stream
from nuanxin.audit.verify import Fault, Tally, verify


class Command(BaseCommand):
    help = "Check the event log, or export its heads outside the database."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        check = what.add_parser("verify", help="exit 0 if the record is whole, 1 naming the first bad row")
        check.add_argument("--case", metavar="N", help="only this case: its number or id")
        check.add_argument("--all", action="store_true", help="name every fault, not only the first")
        check.add_argument("--json", action="store_true", help="print one JSON object")
        export = what.add_parser("checkpoint", help="export the heads that moved to DATA_DIR/heads")
        export.add_argument("--restart", action="store_true", help="begin anew, after a restore")

    def handle(self, *_: Any, **options: Any) -> None:
        """Run one of the two. ``verify`` ends the process with 1 when something is wrong; a case number that cannot
        be one is a bad argument (2), one without any trace may be a case that was removed (1)."""
        if options["what"] == "checkpoint":
            count = restart(at=timezone.now()) if options["restart"] else checkpoint(at=timezone.now())
            self.stdout.write(f"{count} heads exported")
            return
        stream = self._stream(options["case"])
        tally = Tally()
        found = list(islice(verify(stream, tally=tally), None if options["all"] else 1))
        self._report(found, tally, as_json=options["json"])
        if found:
            sys.exit(1)

    def _stream(self, number: str | None) -> int | None:
        if number is None:
            return None
        stream = find_stream(number)
        if stream is None:
            raise CommandError(f"no case has the number {number}", returncode=2)
        return stream

    def _report(self, found: list[Fault], tally: Tally, *, as_json: bool) -> None:
        if as_json:
            body = {
                "ok": not found,
                "events": tally.events,
                "streams": tally.streams,
                "exported": tally.exported,
                "newest_export": tally.newest_export or None,
                "faults": [fault.as_json() for fault in found],
            }
            self.stdout.write(json.dumps(body))
            return
        for fault in found:
            self.stdout.write(str(fault))
        if not found:
            exported = (
                f"; exported heads to {tally.newest_export} agree" if tally.exported else "; no export yet"
            )
            self.stdout.write(f"whole: {tally.events} events in {tally.streams} streams{exported}")
