"""``nuanxin keys status`` and ``nuanxin keys rotate``."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from nuanxin.audit import keyring, rotation
from nuanxin.audit.actor import SYSTEM
from nuanxin.audit.models import Rotation
from nuanxin.audit.sealed import sealed_tables


class Command(BaseCommand):
    help = "Show which key seals what, or change the keys and re-encrypt everything while serving."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        status = what.add_parser(
            "status", help="which key seals how many values, and whether a change is under way"
        )
        status.add_argument("--json", action="store_true", help="print one JSON object")
        rotate = what.add_parser(
            "rotate", help="make a new key and re-encrypt; goes on where a stopped run ended"
        )
        rotate.add_argument(
            "--sweep",
            action="store_true",
            help="no new key: walk all values again, after an older backup came back",
        )

    def handle(self, *_: Any, **options: Any) -> None:
        """Run one of the two. ``rotate`` ends the process with 1 when values could not be opened."""
        if options["what"] == "status":
            self._status(as_json=options["json"])
        else:
            self._rotate(sweep_only=options["sweep"])

    def _rotate(self, *, sweep_only: bool) -> None:
        if sweep_only:
            rotation.restart()
        elif rotation.under_way():
            self.stdout.write("going on with the change of keys that was stopped")
        else:
            key = rotation.begin(by=SYSTEM, at=timezone.now())
            self.stdout.write(f"new key {key}; waiting {rotation.SETTLE:g} s until every process uses it")
        age = time.time() - keyring.store().stamp()[0] / 1e9
        time.sleep(max(0.0, rotation.SETTLE - age))
        broken: dict[str, int] = {}
        for step in rotation.sweep(by=SYSTEM, at=timezone.now()):
            self.stdout.write(f"{step.target}: {step.done} of {step.total}")
            self.stdout.flush()
            broken[step.target] = step.broken
        if any(broken.values()):
            for target, count in broken.items():
                if count:
                    self.stderr.write(f"{target}: {count} rows could not be opened and were left as they are")
            sys.exit(1)
        self.stdout.write(f"done: everything is sealed with {keyring.ring().active}")

    def _status(self, *, as_json: bool) -> None:
        ring = keyring.ring(now=True)
        keys = sorted(ring.ciphers, key=lambda key: int(key[1:]))
        body = {
            "active": ring.active,
            "keys": keys,
            "under_way": rotation.under_way(),
            "sealed": {table.label: table.by_key(keys) for table in sealed_tables()},
            "progress": [
                {
                    "target": w.target,
                    "done": w.done,
                    "total": w.total,
                    "broken": w.broken,
                    "finished": w.finished,
                }
                for w in Rotation.objects.filter(key=ring.active).order_by("pk")
            ],
        }
        if as_json:
            self.stdout.write(json.dumps(body))
            return
        self.stdout.write(f"active key {ring.active} of {', '.join(keys)}")
        self.stdout.write(
            "a change of keys is under way" if body["under_way"] else "no change of keys is under way"
        )
        for table in sealed_tables():
            for field, counts in table.by_key(keys).items():
                said = ", ".join(f"{key}: {count}" for key, count in counts.items()) or "empty"
                self.stdout.write(f"{table.label}.{field}  {said}")
