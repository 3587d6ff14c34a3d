"""Asking for papers while the limitation runs out: said before it is done, with aid first as the way that is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nuanxin.cases.faults import NearLimitation
from nuanxin.cases.models import Case
from nuanxin.cases.sentences import day_words
from nuanxin.cases.timing import promised_by
from nuanxin.law.eligibility import last_days, presses


@dataclass(frozen=True, slots=True)
class Pressing:
    """The last day of the claim, the last day for papers asked for today, and from when aid may come first (art. 44)."""

    limitation: date
    papers: date
    aid_first_from: date
    aid_first_now: bool


def pressing_papers(case: Case, today: date) -> Pressing | None:
    """Whether the time for papers asked for today ends on or after the last day of the claim, which still lies ahead."""
    if case.limitation_on is None or case.limitation_on < today:
        return None
    papers = promised_by("promise.supplement", today, case.holder_region)
    if papers < case.limitation_on:
        return None
    first, _last = last_days(case.limitation_on)
    return Pressing(case.limitation_on, papers, first, presses(case.limitation_on, today))


def near_limitation(found: Pressing) -> NearLimitation:
    """What the officer reads, with the way of aid first before the tick that goes on all the same."""
    last_zh, last_en = day_words(found.limitation)
    papers_zh, papers_en = day_words(found.papers)
    from_zh, from_en = day_words(found.aid_first_from)
    now_zh, now_en = (
        "现在就可以先给援助、后补手续（法律援助法第四十四条），请先走这一步。",
        "Aid may come first now and the papers later (Legal Aid Law art. 44): take that way first.",
    )
    soon_zh, soon_en = (
        f"{from_zh}起可以先给援助、后补手续（法律援助法第四十四条）；现在能审就先审，别等材料。",
        f"From {from_en} aid may come first and the papers later (Legal Aid Law art. 44); review now what can be reviewed.",
    )
    return NearLimitation(
        f"时效到{last_zh}为止，补材料可以补到{papers_zh}：等材料会等过时效。"
        f"{now_zh if found.aid_first_now else soon_zh}非先补材料不可的，请勾选确认。",
        f"The limitation ends on {last_en}, and papers may come until {papers_en}: waiting may cost the claim. "
        f"{now_en if found.aid_first_now else soon_en} If the papers must come first all the same, tick it.",
    )
