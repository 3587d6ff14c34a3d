"""CPU milliseconds of the hotline's board and reports over many calls, in a scratch database. ``make bench-board``."""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

DESKS, DAYS, CALLERS = 60, 10, 150_000
NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)  # 23:00 in Shanghai: a whole day of calls lies behind
PROVINCE = 140000_000000


def main() -> None:
    """Fill and measure; JSON on stdout."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--calls", type=int, default=200_000)
    reader.add_argument("--repeats", type=int, default=20)
    given = reader.parse_args()
    with tempfile.TemporaryDirectory(prefix="nuanxin-board-") as folder:
        os.environ.update(DATA_DIR=folder, NUANXIN_TEST="1", DJANGO_SETTINGS_MODULE="nuanxin.config.settings")
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        print(json.dumps(_measure(given.calls, given.repeats), indent=1))


def _measure(calls: int, repeats: int) -> dict[str, Any]:
    from django.core.management import call_command
    from django.db import connection

    from nuanxin.audit.actor import Actor
    from nuanxin.hotline.queries.board import board, day_rows
    from nuanxin.hotline.queries.reports import figures

    call_command("migrate", verbosity=0)
    _fill(calls)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    by = Actor("staff", 1, frozenset({"supervisor"}), (PROVINCE, PROVINCE + 10**10 - 1))
    today = NOW.date()
    day = day_rows(NOW)
    limits: dict[str, Any] = {"by": by, "at": NOW, "short": 5, "within": 30}
    return {
        "calls": calls, "desks": DESKS, "calls_today": calls // DAYS, "database": connection.vendor,
        "poll_cpu_ms": _cpu(lambda: board(by, NOW, ()), repeats),
        "board_cpu_ms": _cpu(lambda: board(by, NOW, day), repeats),
        "day_cpu_ms": _cpu(lambda: day_rows(NOW), repeats),
        "report_of_a_day_cpu_ms": _cpu(lambda: figures(today, today, **limits), 3),
        "report_of_all_days_cpu_ms": _cpu(lambda: figures(today - timedelta(days=DAYS), today, **limits), 3),
    }  # fmt: skip


def _cpu(act: Callable[[], object], repeats: int) -> float:
    """The median of the process's own CPU time; the database is in the process."""
    act()
    found = []
    for _ in range(repeats):
        begun = time.process_time()
        act()
        found.append((time.process_time() - begun) * 1e3)
    return round(median(found), 1)


def _fill(calls: int) -> None:
    from nuanxin.hotline.models import Call, Desk, Exchange, OperatorState

    exchange = Exchange.objects.create(token=1, label="bench", region=PROVINCE)
    desks = [
        Desk.objects.create(
            exchange=exchange, key=str(n), kind="general", region=PROVINCE, name_zh=f"席位{n}"
        )
        for n in range(DESKS)
    ]
    OperatorState.objects.bulk_create(
        OperatorState(staff=n, exchange=exchange, extension=str(n), desk=desks[n % DESKS], state="ready", since=NOW)
        for n in range(1, 4 * DESKS)
    )  # fmt: skip
    draw = random.Random(1)
    midnight = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
    for start in range(0, calls, 10_000):
        numbers = range(start, min(start + 10_000, calls))
        Call.objects.bulk_create(_call(draw, n, exchange, desks, midnight) for n in numbers)


def _call(draw: random.Random, number: int, exchange: Any, desks: list[Any], midnight: datetime) -> Any:
    from nuanxin.hotline.models import Call

    came = midnight - timedelta(days=number % DAYS) + timedelta(seconds=draw.randrange(82_000))
    waited = int(draw.expovariate(1 / 40))
    end = came + timedelta(seconds=waited + 300)
    answered = draw.random() < 0.85
    result = "answered" if answered else "abandoned"
    return Call(
        id=10**15 + number, province=14, exchange=exchange, external=str(number), state="ended", outcome=result,
        result=result, waited_s=waited, desk=desks[number % DESKS], arrived_at=came, queued_at=came,
        answered_at=came + timedelta(seconds=waited) if answered else None, closed_at=end, ended_at=end,
        heard_at=end, language="zh", topic="wages", place=140581_000000,
        phone_index=draw.randrange(CALLERS).to_bytes(32, "big"),
    )  # fmt: skip


if __name__ == "__main__":
    main()
