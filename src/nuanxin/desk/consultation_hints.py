"""What whoever talks with a caller should ask or say next, beside what the law answers: a sentence each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from nuanxin.desk.speech import cited
from nuanxin.law.parameters import find, load

_WHOLE_DAY = len("2025-06-30")
_MINIMUM = "minimum_wage_month"


def hints(told: Mapping[str, Any], *, today: date, run_out: bool) -> list[str]:
    """What to ask or say, the most pressing first. ``told``: the record as read; ``run_out``: whether a limitation has."""
    found = []
    if run_out and not told.get("asked_on"):
        words = _(
            "Ask whether they asked for the money, complained, or were promised it before the time ran out: from that "
            "day it begins anew (%(article)s)."
        )
        found.append(words % {"article": cited([("劳动争议调解仲裁法", "27(2)")])})
    if told.get("wage") is not None and told.get("since") and told.get("until") and told.get("paid") is None:
        found.append(_("Counted as if nothing was paid for that time. Ask."))
    if 0 < len(told.get("started") or "") < _WHOLE_DAY:
        found.append(
            _("Counted from the first day of the month or year in which they began. Ask for the day.")
        )
    if 0 < len(told.get("left") or "") < _WHOLE_DAY:
        found.append(
            _("Counted from the first day of the month or year in which they left. Ask for the day.")
        )
    if told.get("construction") == "yes" and not told.get("builder"):
        found.append(
            _(
                "On a building site the main builder pays first what a subcontractor owes. Its name is on the board."
            )
        )
    return found + _minimum(told, today)


def _minimum(told: Mapping[str, Any], today: date) -> list[str]:
    """A pay below the minimum wage of the place on the last day that is spoken of. Where the table lacks that, the
    highest of the country decides whether it is worth looking up."""
    wage: Decimal | None = told.get("wage")
    if wage is None or told.get("relation") not in {None, "", "employment", "unknown"}:
        return []
    last = told.get("until") or told.get("left") or ""
    on = min(today, date.fromisoformat(last)) if len(last) == _WHOLE_DAY else today
    row = find(_MINIMUM, place=told.get("place") or None, on=on)
    article = cited([("劳动法", "48(2)")])
    if row is None:
        if wage >= _highest(on):
            return []
        words = _(
            "Look up the local minimum wage, which is not in the table: pay below it is made up to it (%(article)s)."
        )
        return [words % {"article": article}]
    if wage >= Decimal(row.value):
        return []
    words = _(
        "Below the minimum wage there, %(minimum)s yuan a month: what is lacking is owed, too (%(article)s)."
    )
    return [words % {"minimum": f"{Decimal(row.value):,.2f}", "article": article}]


def _highest(on: date) -> Decimal:
    """The highest that had begun anywhere, over or not: a later one is not lower."""
    rows = (row for (table, _key, _place), known in load().items() if table == _MINIMUM for row in known)
    return max((Decimal(row.value) for row in rows if row.since <= on), default=Decimal(0))
