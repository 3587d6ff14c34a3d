"""Which claims legal aid is open for (法律援助法 art. 31, 22)."""

from __future__ import annotations

from collections.abc import Sequence

from nuanxin.law.basis import Basis, cite

_PAY = cite("法律援助法", "31(5)")
_BENEFITS = cite("法律援助法", "31(2)")
_INJURY = cite("法律援助法", "31(7)")
# Not named in article 31, but labour arbitration and mediation are a form of aid of their own, and practice
# treats these sums as labour claims.
_LABOUR_DISPUTE = cite("法律援助法", "22(6)")

# item → provision that opens legal aid for it; None: not a claim of labour law, so not opened by this Act
ITEMS: dict[str, Basis | None] = {
    "wages": _PAY,
    "overtime": _PAY,
    "minimum_wage": _PAY,
    "labour_relationship": _PAY,
    "social_insurance": _BENEFITS,
    "work_injury": _INJURY,
    "severance": _LABOUR_DISPUTE,
    "unlawful_termination": _LABOUR_DISPUTE,
    "notice_pay": _LABOUR_DISPUTE,
    "double_wage": _LABOUR_DISPUTE,
    "annual_leave": _LABOUR_DISPUTE,
    "extra_compensation": _LABOUR_DISPUTE,
    "deduction": _PAY,
    "interest": _LABOUR_DISPUTE,
    "project_payment": None,
    "other": None,
}


def in_scope(item: str) -> bool:
    """Whether legal aid is open for ``item``; ``KeyError`` for an item the engine does not know."""
    return ITEMS[item] is not None


def split_scope(items: Sequence[str]) -> tuple[list[str], list[str]]:
    """The items legal aid is open for, and the others, each in the order given."""
    return [item for item in items if in_scope(item)], [item for item in items if not in_scope(item)]
