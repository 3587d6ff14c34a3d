"""Cost of one move of a case through its real action: ``make bench-moves``. Prints JSON.

Permission, policies, clocks, ledger, event and notice, in one transaction; in this process, so without HTTP.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from statistics import median
from typing import Any

from bench.figures import PEER
from bench.machine import cpu_seconds
from bench.options import Options, in_each, read_options, report
from bench.register import Opened, Register, configure

Move = Callable[[int, int, datetime], object]  # case, its lawyer, now


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    options = read_options("bench.moves", __doc__ or "", arguments)
    report("moves", PEER["move"], in_each("bench.moves", options, _measure))
    return 0


def _measure(register: Register, options: Options) -> dict[str, Any]:
    with register.open() as opened:
        configure(opened)
        return {**register.told(), "moves": _moves(opened, options)}


def _moves(opened: Opened, options: Options) -> dict[str, Any]:
    """Each move made on its share of cases in the status it leaves from, in rounds; the first warms up."""
    found: dict[str, Any] = {}
    each = max(10, options.operations // 4)
    for action, source, move in _table():
        cases = _cases(source, each * (options.repeats + 1))
        rounds = [cases[start : start + each] for start in range(0, len(cases), each)]
        costs = [_round(opened, move, part) for part in rounds if len(part) == each]
        found[action] = {
            **{name: round(median(cost[name] for cost in costs[1:]), 2) for name in costs[0]},
            "moves": each * len(costs[1:]),
        }
    names = next(iter(found.values()))
    found["mean"] = {name: round(sum(one[name] for one in found.values()) / len(found), 2) for name in names}
    return found


def _round(opened: Opened, move: Move, cases: Sequence[tuple[int, int]]) -> dict[str, float]:
    from django.db import connection

    count = 0

    def counting(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal count
        count += not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE"))
        return execute(sql, params, many, context)

    database = cpu_seconds(opened.database_pid) if opened.database_pid else 0.0
    began, cpu = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(counting):
        for case, lawyer in cases:
            move(case, lawyer, datetime.now(UTC))
    app, wall = time.process_time() - cpu, time.perf_counter() - began
    database = (cpu_seconds(opened.database_pid) if opened.database_pid else 0.0) - database
    per = 1e3 / len(cases)
    return {"statements": count / len(cases), "cpu": (app + database) * per, "cpu_app": app * per,
            "cpu_database": database * per, "wall": wall * per}  # fmt: skip


def _cases(source: str, count: int) -> list[tuple[int, int]]:
    from nuanxin.cases.models import Case

    rows = Case.objects.filter(status=source, kind="aid", transfer_to=0, watch_by=0, door__gt="").order_by(
        "id"
    )
    return list(rows.values_list("id", "lawyer")[:count])


def _table() -> Iterator[tuple[str, str, Move]]:
    """Name, status it leaves from, and the action, in an order in which each finds cases."""
    from nuanxin.audit.actor import NATION, Actor, Role
    from nuanxin.cases.actions.money import Sum, record
    from nuanxin.cases.actions.perform import perform
    from nuanxin.cases.rules.ledger import MoneyStep, Way

    people = {Role.CLERK: 3, Role.DECIDER: 4}  # who reviewed may not decide alone

    def by(role: Role, person: int) -> Actor:
        # Every province, but not the nation: there an office role works the national desk alone.
        return Actor("staff", person, frozenset({role}), (10**10, NATION[1]))

    def press(action: str, role: Role, **form: Any) -> Move:
        return lambda case, lawyer, at: perform(
            action,
            case_id=case,
            by=by(role, lawyer if role is Role.LAWYER else people[role]),
            at=at,
            form=form,
        )

    def pay(case: int, lawyer: int, at: datetime) -> object:
        entry = Sum(MoneyStep.PAID, {1: 100_00}, Way.DOCUMENT, at.date())
        return record(case_id=case, by=by(Role.LAWYER, lawyer), at=at, entry=entry)

    yield "accept", "submitted", press("accept", Role.CLERK)
    yield "review", "accepted", press("review", Role.CLERK, recommend="grant", text="材料齐全，事实清楚。")
    yield "grant", "reviewed", press("grant", Role.DECIDER)
    yield (
        "report_progress",
        "in_progress",
        press("report_progress", Role.LAWYER, text="已和公司谈过，下周开庭。"),
    )
    yield "record_payment", "in_progress", pay
    yield "add_note", "in_progress", press("add_note", Role.CLERK, text="家属来电，已转告律师。")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
