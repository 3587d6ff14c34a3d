"""Goes through the parties, asks the grounds, and puts who must pay first on top."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from nuanxin.law.basis import cite
from nuanxin.law.bilingual import Bilingual
from nuanxin.law.liability import earlier_law, grounds
from nuanxin.law.liability.parties import (
    Chain,
    Finding,
    Ground,
    Liability,
    Refused,
    Respondent,
    Unknown,
)

IN_FORCE = date(2020, 5, 1)
INTERPRETATION_TWO = date(2025, 9, 1)
_LEADER = (cite("保障农民工工资支付条例", "52"), cite("北京劳动争议解答", "29"))
_SECOND: dict[Ground, str] = {"19(1)": "1", "36(1)": "1", "19(2)": "2", "36(2)": "2"}
BASIS = (
    *grounds.BASIS,
    *earlier_law.BASIS,
    *_LEADER,
    cite("保障农民工工资支付条例", "64"),
    cite("保障农民工工资支付条例", "20"),
    cite("劳动争议司法解释二", "1"),
    cite("劳动争议司法解释二", "2"),
)
_SHARES = {"pays_first": 0, "direct": 1, "joint": 2}
_GROUNDS: tuple[Ground, ...] = (
    "30(3)", "30(4)", "37", "36(1)", "36(2)", "18", "19(2)", "16", "17", "19(1)", "29(2)", "other",
)  # fmt: skip


def liability(chain: Chain, *, first: date, last: date, claimed_profit: int | None = None) -> Liability:
    """Who must pay for work from ``first`` to ``last``, who is not liable, and which link is missing.

    ``last`` decides which law applies: the Regulation from 2020-05-01, otherwise the law before it.
    ``claimed_profit`` (fen): a team leader's own profit, which is not wages.
    """
    old = last < IN_FORCE
    found = list(_findings(chain, old=old))
    passed_on = chain.with_role("subcontractor") or any(party.recontracted for party in chain.parties)
    if passed_on and not chain.with_role("general_contractor"):
        why = Bilingual("不知道施工总承包单位是谁。", "Nobody said who the general contractor is.")
        found.append(Unknown("general_contractor", why))
    if claimed_profit:
        found.append(_profit(chain, claimed_profit))
    respondents = [_with_interpretation(one, last) for one in found if isinstance(one, Respondent)]
    return Liability(
        respondents=tuple(sorted(respondents, key=_rank)),
        refused=tuple(one for one in found if isinstance(one, Refused)),
        unknown=tuple(dict.fromkeys(one for one in found if isinstance(one, Unknown))),
        split=first < IN_FORCE <= last,
        old_law=old,
    )


def _findings(chain: Chain, *, old: bool) -> Iterator[Finding]:
    for party in chain.parties:
        for finding in grounds.BY_ROLE[party.role](party, chain):
            if old:
                yield from earlier_law.as_then(finding, party)
            else:
                yield finding


def _profit(chain: Chain, amount: int) -> Refused:
    leaders = chain.with_role("team_leader")
    why = Bilingual(
        "包工头自己的利润不是工资，不能当工资要。",
        "A team leader's own profit is not wages and cannot be claimed so.",
    )
    return Refused(leaders[0].id if leaders else "", "other", amount, _LEADER, why)


def _with_interpretation(one: Respondent, last: date) -> Respondent:
    """From 2025-09-01 the second interpretation opens the same way in every trade."""
    if last < INTERPRETATION_TWO or one.ground not in _SECOND:
        return one
    return replace(one, basis=(*one.basis, cite("劳动争议司法解释二", _SECOND[one.ground])))


def _rank(one: Respondent) -> tuple[int, bool, int]:
    """Pays first before direct before joint; without a cap before with one."""
    return _SHARES[one.share], one.cap is not None, _GROUNDS.index(one.ground)
