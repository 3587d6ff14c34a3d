"""Cost of creating an application through the API: ``make bench-intake [CASES=1000000]``. Prints JSON.

Real HTTP against ``nuanxin serve``, rate limits off, each request another person's application for aid with a
story and a respondent. One operation is the whole intake, where the peer needs four requests.
"""

from __future__ import annotations

import json
import sys
import uuid
from collections.abc import Sequence
from functools import partial
from random import Random
from typing import Any

from bench.figures import PEER, repeated
from bench.invent import invent
from bench.load import Request, Timed, closed_loop
from bench.machine import Meter, Running, serving
from bench.options import Options, read_options, report
from bench.register import Register

WARM = 40
PLACES = (140581, 440306, 330110, 320500, 340802, 371521, 110105, 510104)


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    options = read_options("bench.intake", __doc__ or "", arguments)
    report("intake", PEER["create"], [_measure(register, options) for register in options.registers()])
    return 0


def application(rng: Random, place: int) -> Request:
    """One application as a client would send it."""
    people = invent(rng, "高平")
    body = {
        "door": "web", "kind": "aid", "place": str(place), "items": ["wages"], "workers": 1, "consent": True,
        "applicant": {"name": people.name, "phone": people.phone,
                      "safe_contact": {"may_call": True, "hours": "09:00-20:00", "may_say_who": True}},
        "worked": {"from": "2025-03", "to": "2025-11"}, "amount_claimed": f"{rng.randrange(3000, 60000)}.00",
        "respondents": [{"name": people.firms[0], "role": "employer", "kind": "licensed_unit"}],
        "story": {"text": people.story, "language": "zh"},
    }  # fmt: skip
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
    return Request("POST", "/api/v1/applications", headers, json.dumps(body, ensure_ascii=False).encode())


def _measure(register: Register, options: Options) -> dict[str, Any]:
    with register.open() as opened, serving(opened) as server:
        _run(server, 1, WARM)
        _run(server, 4, WARM)
        return {
            **register.told(),
            **{
                f"clients_{clients}": repeated(
                    options.repeats, partial(_run, server, clients, options.operations)
                )
                for clients in options.clients
            },
        }


def _run(server: Running, clients: int, operations: int) -> tuple[Timed, Meter]:
    rng = Random()
    each = [
        [application(rng, rng.choice(PLACES)).raw() for _ in range(operations // clients)]
        for _ in range(clients)
    ]
    meter = server.meter()
    return closed_loop(server.port, each, expected={201}), meter


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
