"""Arrears from before the Regulation (before 2020-05-01): the same chain under the law of that time.

Then every ground is ``other``. The rule of 2004 on building wages capped owner and general contractor at the
project money they still owed, and made a contractor that engaged somebody without a licence jointly liable.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nuanxin.law.basis import Basis, cite
from nuanxin.law.bilingual import Bilingual
from nuanxin.law.liability.grounds import advance
from nuanxin.law.liability.parties import Finding, Ground, Party, Refused, Respondent, Share

_CONTRACT = "劳动合同法"
_BUILDING = "建设领域农民工工资支付管理暂行办法"
_CAPPED, _JOINT = cite(_BUILDING, "10"), cite(_BUILDING, "12")

_THEN: dict[Ground, tuple[Share, Basis]] = {
    "16": ("direct", cite(_CONTRACT, "30")),
    "17": ("direct", cite(_CONTRACT, "93")),
    "18": ("joint", cite(_CONTRACT, "92(2)")),
    "19(1)": ("joint", cite(_CONTRACT, "94")),
    "19(2)": ("joint", cite(_CONTRACT, "94")),
    "29(2)": ("pays_first", _CAPPED),
    "30(4)": ("joint", _JOINT),
    "36(1)": ("joint", _JOINT),
    "36(2)": ("joint", cite(_CONTRACT, "94")),
}
BASIS = (*dict.fromkeys(basis for _, basis in _THEN.values()), _CAPPED)


def as_then(finding: Finding, party: Party) -> Iterator[Finding]:
    """A finding under the Regulation, restated under the law before it."""
    if isinstance(finding, Refused):
        yield replace(finding, ground="other", basis=(_THEN[finding.ground][1],))
    elif not isinstance(finding, Respondent) or finding.ground == "other":
        yield finding
    elif finding.ground == "30(3)":
        yield from (entry for found in advance(party) for entry in as_then(found, party))
    elif finding.ground == "37":
        why = Bilingual("当时的规定里没有这一条。", "The law of that time had no such rule.")
        yield Refused(party.id, "other", None, (cite("保障农民工工资支付条例", "64"),), why)
    else:
        share, basis = _THEN[finding.ground]
        yield replace(finding, ground="other", share=share, basis=(basis,))
