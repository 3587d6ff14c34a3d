"""Fill a database with invented cases: ``python -m bench.fill --database sqlite --cases 50000``.

What was filled is kept in var/bench and used again. A fill that was stopped goes on where it was. Check
constraints hold, foreign keys are looked through at the end, and ``nuanxin audit verify`` finds the record whole.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from bench.register import DATABASES, Register, configure

CHUNK = 2000  # cases a transaction
IDS = 64 * CHUNK  # ids set aside for a chunk; it uses a quarter


def main(arguments: Sequence[str]) -> int:
    """Fill one register. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="bench.fill", description="Fill a database with invented cases.")
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--cases", type=int, default=50_000)
    parser.add_argument("--fresh", action="store_true", help="throw away what is there first")
    options = parser.parse_args(arguments)
    register = Register(options.database, options.cases)
    if options.fresh:
        register.remove()
    if not register.filled:
        with register.open() as opened:
            configure(opened)
            fill(register)
    print(json.dumps(register.told()))
    return 0


def fill(register: Register) -> None:
    """Do what is left to do."""
    from bench import state
    from bench.world import prepare

    started = time.monotonic()
    if not state.known():
        _say("tables, demonstration, agencies, lawyers …")
        prepare()
        with_tables = [model._meta.db_table for model in _models().values()]
        state.begin(with_tables, datetime.now(UTC).replace(microsecond=0), IDS * -(-register.cases // CHUNK))
    _fill(register.cases, started)
    _say("indexes …")
    state.finish()
    counts = {name: model._default_manager.count() for name, model in _models().items()}
    register.mark({"filled_at": datetime.now(UTC).isoformat(timespec="seconds"), "rows": counts})
    _say(f"done in {time.monotonic() - started:.0f} s: {counts}")


def _models() -> dict[str, Any]:
    """Every model that is filled, in an order in which foreign keys are met."""
    from nuanxin.audit.models import Event, Head
    from nuanxin.cases.models import Case, Entry, LedgerLine, NameGram, Respondent, Submission, Worker
    from nuanxin.notices.models import Notice

    models = (Case, Worker, Respondent, NameGram, Entry, Submission, LedgerLine, Notice, Event, Head)
    return {model.__name__: model for model in models}


def _fill(cases: int, started: float) -> None:
    from bench import state
    from bench.cases import Maker
    from bench.tables import Table, orphans, put, quick_and_careless
    from bench.world import world
    from nuanxin.audit.transactions import write

    quick_and_careless()
    begun = state.read()
    invented = world(begun.now)
    tables = {name: Table(model) for name, model in _models().items()}
    for chunk in range(begun.chunks, -(-cases // CHUNK)):
        first = begun.first_id + chunk * IDS
        maker = Maker(invented, Random(f"chunk {chunk}"), first)
        rows: dict[str, list[Any]] = defaultdict(list)
        for _ in range(min(CHUNK, cases - chunk * CHUNK)):
            for name, row in maker.case():
                rows[name].append(row)
        if maker.last >= first + IDS:
            raise RuntimeError("a chunk used more ids than were set aside")
        with write():
            for name, table in tables.items():
                put(table, rows[name])
            state.done(chunk)
        if chunk % 5 == 4:
            _tell(started, (chunk + 1) * CHUNK, cases, begun.chunks * CHUNK)
    if lost := orphans({model: tables[name] for name, model in _models().items()}):
        raise RuntimeError(f"foreign keys that lead nowhere: {lost}")


def _tell(started: float, done: int, cases: int, before: int) -> None:
    rate = (done - before) / (time.monotonic() - started)
    left = timedelta(seconds=int((cases - done) / rate))
    _say(f"{done:,} of {cases:,} cases, {rate:,.0f} a second, {left} left")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
