"""Which items an award would make final: the line of twelve minimum wages, item by item (调仲法 47, 办案规则 50)."""

from __future__ import annotations

from typing import Any

from nuanxin.law.basis import Basis
from nuanxin.law.bilingual import Bilingual
from nuanxin.law.money import text
from nuanxin.law.question import Values, need
from nuanxin.law.topic import Body
from nuanxin.law.topics.claim.items import Item
from nuanxin.law.topics.final_award import Line, is_final, line_at

_NO_PLACE = Bilingual(
    "要知道在哪里：终局裁决的线是当地月最低工资的12倍。",
    "The place: the line of a final award is twelve times the local monthly minimum wage.",
)
_NO_WAGE = Bilingual(
    "这里没有当地当时的月最低工资，请查了填上：裁决是不是终局要靠它。",
    "The local monthly minimum wage of that day is not in the table; look it up and give it: it decides which items of "
    "an award are final.",
)


class Finality:
    """The line of one claim; ``needs`` says what is missing where there is none, ``warnings`` what is only remembered."""

    __slots__ = ("_line", "_relation", "_text", "basis", "needs", "warnings")

    def __init__(self, shared: Values, own: Values | None, relation: str | None) -> None:
        self._relation = relation
        self.needs: list[dict[str, Any]] = []
        self.basis: tuple[Basis, ...] = ()
        self.warnings: tuple[dict[str, Any], ...] = ()
        self._line: Line | None = None
        if relation == "service":
            return
        own = own or {}
        wage = own.get("minimum_wage", shared.get("minimum_wage"))
        place = own.get("place", shared.get("place"))
        on = own.get("applied_on") or shared.get("filed_on") or shared["as_of"]
        self._line = line_at(place, on, wage)
        if self._line is None:
            self.needs.append(need("/place", _NO_PLACE) if place is None else need("/minimum_wage", _NO_WAGE))
        else:
            self._text, self.basis = text(self._line.fen), self._line.basis
            self.warnings = self._line.warnings

    def of(self, item: Item) -> Body | None:
        """``{"line", "final"}``; ``final`` is None where readings lie on both sides of the line.

        None where a fact is missing, and where no award is made. ``basis`` is that of every line of the claim.
        """
        if self._line is None or item.adjudged:
            return None
        sides = {is_final(item.kind, sum_, self._line.fen) for sum_ in item.sums}
        final = sides.pop() if len(sides) == 1 else None
        return {"line": self._text, "final": final}
