"""Cost of the staff queue and of search: ``make bench-inbox [CASES="50000 1000000"]``. Prints JSON.

Whole pages over real HTTP, signed in as a supervisor of the nation (the widest reach there is) and as a clerk of
one county: the first page, page 1,000 by its cursor, searches by number, telephone and part of a name.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from itertools import cycle, islice
from typing import Any

from bench.figures import PEER, repeated
from bench.load import Request, Timed, closed_loop
from bench.machine import Meter, Running, serving
from bench.options import Options, in_each, read_options, report
from bench.register import Register, configure

ANSWERS = frozenset({200, 302, 304})  # a search that finds one case leads straight to it
WARM = 20


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    options = read_options("bench.inbox", __doc__ or "", arguments)
    peer = {name: figures for name, figures in PEER.items() if name not in {"what", "create", "move"}}
    report("inbox", peer, in_each("bench.inbox", options, _measure))
    return 0


def _measure(register: Register, options: Options) -> dict[str, Any]:
    with register.open() as opened:
        configure(opened)
        from bench import desk

        pages = desk.pages()
        found: dict[str, dict[str, Any]] = {
            name: {"queries": desk.statements(requests)} for name, requests in pages.items()
        }
        _hang_up()
        with serving(opened) as server:
            for name, requests in pages.items():
                _run(server, requests, 4, WARM)
                found[name] |= {
                    f"clients_{clients}": repeated(
                        options.repeats, partial(_run, server, requests, clients, options.operations)
                    )
                    for clients in options.clients
                }
        return {**register.told(), "pages": found}


def _hang_up() -> None:
    """Close this process's connection, so that it costs the database nothing meanwhile."""
    from django.db import connections

    connections.close_all()


def _run(server: Running, requests: Sequence[Request], clients: int, operations: int) -> tuple[Timed, Meter]:
    raw = [request.raw() for request in requests]
    endless = cycle(raw)
    each = [list(islice(endless, operations // clients)) for _ in range(clients)]
    meter = server.meter()
    return closed_loop(server.port, each, expected=ANSWERS), meter


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
