"""A worker's claim as formulas of OpenFisca-core: run by its own Python, beside ours, and printed as JSON.

As many figures a person as our typical claim works out (arrears, overtime, double wage, severance, limitation,
final award, total), as columns of numbers. No question is read, nothing is explained, cited or written.

    python openfisca_wages.py PERSONS SINGLES SEED
"""

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERIOD = "2023"
DAYS_A_MONTH = 21.75
Person = build_entity(key="worker", plural="workers", label="worker", is_person=True)


def inputs(count: int, seed: int) -> dict[str, Any]:
    """Facts of invented workers, in the same ranges as our own claims."""
    chance = np.random.default_rng(seed)
    as_of = np.datetime64("2023-01-01") + chance.integers(0, 365, count)
    ended = as_of - chance.integers(5, 300, count)
    return {
        "as_of": as_of, "ended_on": ended, "started_on": ended - chance.integers(40, 1_500, count),
        "unpaid_from": ended - chance.integers(20, 180, count), "month_wage": chance.integers(4_000, 12_000, count),
        "paid": chance.integers(0, 3_000, count), "minimum_wage": chance.choice((1_980, 2_100, 2_420, 2_490), count),
        "workday_hours": chance.integers(0, 40, count), "rest_day_hours": chance.integers(0, 33, count),
        "holiday_hours": chance.integers(0, 9, count), "local_average": chance.integers(6_000, 14_000, count),
    }  # fmt: skip


def _months(first: Any, last: Any) -> Any:
    return (last.astype("datetime64[M]") - first.astype("datetime64[M]")).astype(int)


def _after_years(day: Any, years: int) -> Any:
    month = day.astype("datetime64[M]")
    return (month + 12 * years).astype("datetime64[D]") + (day - month.astype("datetime64[D]"))


def arrears_due(w: Any, p: Any) -> Any:
    first, last = w("unpaid_from", p), w("ended_on", p)
    next_month = (first.astype("datetime64[M]") + 1).astype("datetime64[D]")
    days = np.busday_count(first, np.minimum(next_month, last + 1))
    last_month = last.astype("datetime64[M]").astype("datetime64[D]")
    days += np.where(last_month >= next_month, np.busday_count(np.minimum(last_month, last), last + 1), 0)
    full = np.maximum(_months(first, last) - 1, 0)
    return w("month_wage", p) * (full + days / DAYS_A_MONTH)


def severance_years(w: Any, p: Any) -> Any:
    months = _months(w("started_on", p), w("ended_on", p))
    years, rest = months // 12, months % 12
    return years + np.where(rest >= 6, 1, np.where(rest > 0, 0.5, 0))


def severance_base(w: Any, p: Any) -> Any:
    return np.clip(w("month_wage", p), w("minimum_wage", p), 3 * w("local_average", p))


def in_time(w: Any, p: Any) -> Any:
    return w("wages_end", p) >= w("as_of", p)


def _final(name: str) -> Any:
    return lambda w, p: w(name, p) <= w("final_line", p)


FORMULAS: dict[str, tuple[type, Any]] = {
    "arrears_due": (float, arrears_due),
    "arrears": (float, lambda w, p: np.maximum(w("arrears_due", p) - w("paid", p), 0)),
    "hour_wage": (
        float,
        lambda w, p: np.maximum(w("month_wage", p), w("minimum_wage", p)) / DAYS_A_MONTH / 8,
    ),
    "overtime_workday": (float, lambda w, p: w("hour_wage", p) * w("workday_hours", p) * 1.5),
    "overtime_rest_day": (float, lambda w, p: w("hour_wage", p) * w("rest_day_hours", p) * 2),
    "overtime_holiday": (float, lambda w, p: w("hour_wage", p) * w("holiday_hours", p) * 3),
    "overtime": (
        float,
        lambda w, p: w("overtime_workday", p) + w("overtime_rest_day", p) + w("overtime_holiday", p),
    ),
    "double_wage_months": (
        float,
        lambda w, p: np.clip(_months(w("started_on", p), w("ended_on", p)) - 1, 0, 11),
    ),
    "double_wage": (float, lambda w, p: w("double_wage_months", p) * w("month_wage", p)),
    "severance_years": (float, severance_years),
    "severance_base": (float, severance_base),
    "severance": (float, lambda w, p: w("severance_years", p) * w("severance_base", p)),
    "unlawful_termination": (float, lambda w, p: 2 * w("severance", p)),
    "wages_end": (np.datetime64, lambda w, p: _after_years(w("ended_on", p), 1)),
    "double_wage_end": (
        np.datetime64,
        lambda w, p: _after_years(np.minimum(_after_years(w("started_on", p), 1), w("ended_on", p)), 1),
    ),
    "inspection_end": (np.datetime64, lambda w, p: _after_years(w("ended_on", p), 2)),
    "days_left": (int, lambda w, p: (w("wages_end", p) - w("as_of", p)).astype(int)),
    "wages_in_time": (bool, in_time),
    "double_wage_in_time": (bool, lambda w, p: w("double_wage_end", p) >= w("as_of", p)),
    "inspection_open": (bool, lambda w, p: w("inspection_end", p) >= w("as_of", p)),
    "final_line": (float, lambda w, p: 12 * w("minimum_wage", p)),
    "arrears_final": (bool, _final("arrears")),
    "overtime_final": (bool, _final("overtime")),
    "double_wage_final": (bool, _final("double_wage")),
    "severance_final": (bool, _final("severance")),
    "waived": (float, lambda w, p: w("arrears", p) + w("overtime", p)),
    "total": (float, lambda w, p: w("waived", p) + w("double_wage", p) + w("severance", p)),
    "confirmed": (
        float,
        lambda w, p: (
            w("total", p) * w("wages_in_time", p) - w("double_wage", p) * ~w("double_wage_in_time", p)
        ),
    ),
}


def _variable(name: str, kind: type, rule: Any) -> type[Variable]:
    """One variable, with a formula where there is one."""
    from datetime import date

    dates: dict[type, type] = {np.datetime64: date}
    plain = dates.get(kind, kind)
    body = {"value_type": plain, "entity": Person, "definition_period": DateUnit.YEAR, "label": name}
    if rule is not None:
        body["formula"] = lambda worker, period, _=None: rule(worker, period)
    return type(name, (Variable,), body)


def system() -> TaxBenefitSystem:
    """The formulas and their inputs."""
    found = TaxBenefitSystem([Person])
    for name, column in inputs(1, 0).items():
        found.add_variable(_variable(name, np.datetime64 if column.dtype.kind == "M" else float, None))
    for name, (kind, rule) in FORMULAS.items():
        found.add_variable(_variable(name, kind, rule))
    return found


def calculate(rules: TaxBenefitSystem, columns: dict[str, Any]) -> None:
    """Every formula for all persons of ``columns``."""
    count = len(next(iter(columns.values())))
    simulation = SimulationBuilder().build_default_simulation(rules, count)
    for name, column in columns.items():
        simulation.set_input(name, PERIOD, column)
    for name in FORMULAS:
        simulation.calculate(name, PERIOD)


def main() -> None:
    persons, singles, seed = (int(word) for word in sys.argv[1:4])
    rules = system()
    columns = inputs(persons, seed)
    calculate(rules, {name: column[:10] for name, column in columns.items()})
    began, cpu = time.perf_counter(), time.process_time()
    calculate(rules, columns)
    elapsed, spent = time.perf_counter() - began, time.process_time() - cpu
    seconds = []
    for number in range(singles):
        one = {name: column[number : number + 1] for name, column in columns.items()}
        began = time.perf_counter()
        calculate(rules, one)
        seconds.append(time.perf_counter() - began)
    seconds.sort()
    print(json.dumps({
        "source": f"OpenFisca-core {version('openfisca-core')}, numpy {version('numpy')}, in its own environment",
        "formulas": len(FORMULAS), "persons": persons,
        "vectorised": {"persons_per_second": round(persons / elapsed), "cpu_ms": round(spent * 1e3 / persons, 6)},
        "one_by_one": {"persons": singles, "p50_ms": round(seconds[singles // 2] * 1e3, 3),
                       "p99_ms": round(seconds[int(singles * 0.99)] * 1e3, 3)},
    }))  # fmt: skip


if __name__ == "__main__":
    main()
