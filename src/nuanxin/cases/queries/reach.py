"""How far somebody reaches over the register, as conditions that an index serves.

A scope is a range of regions. The widths of regions make it an equality on one of the stored prefixes of
``holder_region`` (county, city, province), or nothing at all for the nation; an equality keeps the order of the
index behind it, which a range would lose.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from nuanxin.audit.actor import NATION, Actor
from nuanxin.cases.permissions import reading_scope

_PREFIXES = ((10**10, "holder_province"), (10**8, "holder_city"), (10**6, "holder_county"))


@dataclass(frozen=True, slots=True)
class Reach:
    """A scope over cases. ``column`` and ``prefix`` are the equality; empty for the nation."""

    scope: tuple[int, int]
    column: str = ""
    prefix: int = 0
    narrow: bool = False  # narrower than a county: the equality alone would let too much through

    @property
    def held(self) -> str:
        """SQL: a case is held in this scope; empty for the nation."""
        if not self.column:
            return ""
        said = f"{self.column} = {self.prefix}"
        return (
            f"{said} AND holder_region BETWEEN {self.scope[0]} AND {self.scope[1]}" if self.narrow else said
        )

    def holding(self, where: str) -> str:
        """SQL: cases held in this scope that also meet ``where``."""
        return f"{self.held} AND {where}" if self.column else where

    def q(self) -> Q:
        """The same as a condition of the ORM."""
        if not self.column:
            return Q()
        held = Q(**{self.column: self.prefix})
        return held & Q(holder_region__range=self.scope) if self.narrow else held


def reach_of(scope: tuple[int, int]) -> Reach | None:
    """The reach of a scope; None for one that holds nothing."""
    low, high = scope
    if high <= 0:
        return None
    if scope == NATION:
        return Reach(scope)
    width = high - low + 1
    for size, column in _PREFIXES:
        if width >= size:
            return Reach(scope, column, low // size)
    return Reach(scope, "holder_county", low // 10**6, narrow=True)


def readable(by: Actor) -> Q:
    """Cases that somebody may open: the set that ``permissions.may_read`` says yes to, as one condition."""
    reach = reach_of(reading_scope(by))
    if reach is not None and not reach.column:
        return Q()  # the nation: no condition at all
    found = Q(pk__in=())
    if by.id and by.kind == "staff":
        found |= Q(lawyer=by.id) | Q(offered_to=by.id)
    if reach is not None:
        found |= reach.q() | (
            ~Q(transfer_to=0) & Q(transfer_region__gt=0, transfer_region__range=reach.scope)
        )
        found |= Q(sent_from__gt=0, sent_from__range=reach.scope)
    return found
