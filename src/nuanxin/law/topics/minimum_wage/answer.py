"""The pay that counts, the least that was due, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from nuanxin.law.basis import Basis, cite
from nuanxin.law.bilingual import Bilingual, dated, join
from nuanxin.law.money import rounded, text
from nuanxin.law.parameters import Row, find, found_basis, memory_warnings
from nuanxin.law.question import Values, need
from nuanxin.law.topic import Body, ask_for, reply
from nuanxin.law.topics.crime import fen
from nuanxin.law.topics.minimum_wage import words
from nuanxin.law.topics.minimum_wage.question import without
from nuanxin.law.wages.minimum_wage import (
    days_of_both,
    first_cycle_ends,
    probation_floor,
    shared_out,
)
from nuanxin.law.workings import Step, reading, steps_json

_LEAST, _COUNTS = cite("劳动法", "48(2)"), cite("最低工资规定", "12")
_PROBATION = (cite("劳动合同法", "20"), cite("劳动合同法实施条例", "15"))
_STOPPED = cite("工资支付暂行规定", "12")
BASIS = (_LEAST, _COUNTS, *_PROBATION, _STOPPED)
_USUAL = (_LEAST, _COUNTS)
_TABLE, _SHARES = "minimum_wage_month", "living_cost_share"


@dataclass(frozen=True, slots=True)
class Minimum:
    """The minimum wage of the month in fen, and the row that it comes from, if it was not given."""

    fen: int
    row: Row | None = None

    @property
    def basis(self) -> tuple[Basis, ...]:
        """The row's citation."""
        return () if self.row is None else (found_basis(self.row),)

    @property
    def warnings(self) -> list[dict[str, Any]]:
        """That the row is from memory, if it is."""
        return [] if self.row is None else memory_warnings(self.row, "/minimum")


@dataclass(frozen=True, slots=True)
class Floor:
    """The least that was due, as one reading has it. ``formula``: how it came about."""

    least: Fraction
    formula: str
    words: Bilingual
    basis: tuple[Basis, ...] = ()
    id: str = ""


@dataclass(slots=True)
class Found:
    """The floors of all readings, or the facts still needed."""

    floors: list[Floor] = field(default_factory=list)
    needs: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[dict[str, Any]] = field(default_factory=list)


def respond(values: Values) -> Body:
    """What counts, the floor and what is missing; readings in the month in which the first cycle of a stop ends."""
    minimum, needs = _minimum(values), _needs(values)
    if minimum is None or needs:
        return ask_for(needs, _USUAL)
    found = _stopped(values, minimum) if "stop_work" in values else Found([_worked(values, minimum)])
    if found.needs:
        return ask_for(found.needs, (*_USUAL, _STOPPED))
    warnings = [*minimum.warnings, *found.warnings]
    doubt = words.FROM_MEMORY if any(one["code"] == "figure_from_memory" for one in warnings) else None
    basis = (*_USUAL, *minimum.basis)
    outcomes = [_outcome(values, floor) for floor in found.floors]
    if len(outcomes) == 1:
        (floor,), (outcome,) = found.floors, outcomes
        body = {**outcome.body, "steps": steps_json(outcome.steps)}
        return reply(body, (*basis, *floor.basis), join(outcome.words, doubt), warnings)
    readings = [
        reading(floor.id, outcome.body, (*basis, *floor.basis), outcome.words, outcome.steps)
        for floor, outcome in zip(found.floors, outcomes, strict=True)
    ]
    countable = {"countable": outcomes[0].body["countable"]}
    whole = {**countable, "readings": readings}
    return reply(whole, (*basis, _STOPPED), join(words.DIVIDED, doubt), warnings)


def _minimum(values: Values) -> Minimum | None:
    """As given, else as the table has it for the whole month at that place."""
    if "minimum" in values:
        return Minimum(values["minimum"])
    where, month = values.get("place"), values.get("month")
    if where is None or month is None:
        return None
    row = find(_TABLE, place=where, on=month.first)
    if row is None or find(_TABLE, place=where, on=month.last) != row:
        return None
    return Minimum(fen(row.value), row)


def _needs(values: Values) -> list[dict[str, Any]]:
    """The month where the table knows the place or work was stopped, and the figure where the table has none."""
    found = []
    known = "month" not in values and find(_TABLE, place=values.get("place")) is not None
    if _minimum(values) is None and not known:
        found.append(need("/minimum", words.WHICH_MINIMUM if "place" in values else words.MINIMUM_OR_PLACE))
    if "month" not in values and ("stop_work" in values or ("minimum" not in values and known)):
        found.append(need("/month", words.WHICH_MONTH))
    return found


def _worked(values: Values, minimum: Minimum) -> Floor:
    """The minimum wage; in probation 80 % of the post's wage where that is more."""
    least = text(minimum.fen)
    if "probation" not in values:
        return Floor(Fraction(minimum.fen), least, words.plain(least))
    post = values["probation"]["post_wage"]
    floor = probation_floor(minimum.fen, post)
    return Floor(
        floor,
        f"max({text(post)} × 80%, {least})",
        words.in_probation(text(post), least, text(rounded(floor))),
        _PROBATION,
    )


def _stopped(values: Values, minimum: Minimum) -> Found:
    """The first pay cycle of a stop in full, later ones at the living cost; a month with both is divided."""
    since, month = values["stop_work"]["since"], values["month"]
    cycle_ends, first = first_cycle_ends(since), _worked(values, minimum)
    if since >= month.first or cycle_ends >= month.last:
        told = join(words.FIRST_CYCLE, first.words)
        floor = Floor(first.least, first.formula, told, (*first.basis, _STOPPED))
        return Found([floor], warnings=[{"code": "contract_wage_due", "path": "/stop_work/since"}])
    row = find(_SHARES, place=values.get("place"), on=month.first)
    if row is None:
        path = "/stop_work" if "place" in values else "/place"
        return Found(needs=[need(path, words.WHICH_SHARE)])
    share = Fraction(row.value)
    percent, least, basis = f"{share * 100}%", text(minimum.fen), (_STOPPED, found_basis(row))
    formula, told = f"{least} × {percent}", words.later_cycle(least, percent)
    later = Floor(minimum.fen * share, formula, told, basis, "wage_month")
    warnings = memory_warnings(row, "/stop_work")
    if cycle_ends < month.first:
        return Found([later], warnings=warnings)
    before, after = days_of_both(month, cycle_ends)
    mixed = Floor(
        shared_out(first.least, later.least, (before, after)),
        f"({first.formula} × {before} + {formula} × {after}) ÷ {before + after}",
        words.mixed(dated(cycle_ends), text(rounded(first.least)), before, text(rounded(later.least)), after),
        (*first.basis, *basis),
        "month_from_stop",
    )
    return Found([later, mixed], warnings=warnings)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The sums of one floor, what to say and how it was counted."""

    body: dict[str, str]
    words: Bilingual
    steps: list[Step]


def _outcome(values: Values, floor: Floor) -> Outcome:
    left_out = without(values)
    countable = values["paid"] - left_out
    missing = rounded(max(floor.least - countable, Fraction(0)))
    body = {
        "countable": text(countable),
        "floor": text(rounded(floor.least)),
        "amount": text(missing),
    }
    counted = f"{text(values['paid'])} − {text(left_out)}" if left_out else text(values["paid"])
    steps = [
        Step(words.COUNTABLE, counted, body["countable"]),
        Step(words.FLOOR, floor.formula, body["floor"]),
        Step(words.MISSING, f"max({body['floor']} − {body['countable']}, 0)", body["amount"]),
    ]
    told = join(
        words.counts(text(values["paid"]), text(left_out), body["countable"]),
        floor.words,
        words.missing(body["amount"]) if missing else words.ENOUGH,
        words.OWN_INSURANCE,
    )
    return Outcome(body, told, steps)
