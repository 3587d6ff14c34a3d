"""The sentences and the steps of a double-wage answer."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from nuanxin.law.bilingual import Bilingual, dated
from nuanxin.law.money import rounded, shown, text
from nuanxin.law.wages.double_wage import MONTH_DAYS, Part, Sum, Window
from nuanxin.law.workings import Step

REFUSED = Bilingual(
    "单位能证明是劳动者自己故意不签、有重大过失没签合同的，不付二倍工资；这要单位举证。",
    "No double wage where the employer proves that the worker on purpose or by gross fault would not sign; "
    "the employer has to prove it.",
)
NOT_YET = Bilingual(
    "上班满一个月以前签了合同、离开了，或者还没有上满一个月，没有二倍工资。",
    "A contract, or the end of the work, came before a month was full, or it is not full yet: no double wage.",
)
NOT_EXPIRED = Bilingual(
    "合同到期以后没有不签合同上班的日子，没有二倍工资。",
    "There was no day of work without a contract after it ran out: no double wage.",
)
GRACE = Bilingual(
    "也有给一个月宽限的算法：到期后满一个月才开始，这里还没有满。",
    "Some allow a month of grace after the expiry, and it was not over yet.",
)
SECOND_WAGE = Bilingual(
    "这是另外多付的一倍，正常那一倍工资不在里面。",
    "This is the second wage alone; the ordinary wage is not in it.",
)
IN_BEIJING = Bilingual(
    "北京只按每月固定发的工资项目算，不固定的提成、奖金不算。",
    "In Beijing only the fixed monthly items count, not commissions and bonuses that vary.",
)
DIVIDED = Bilingual(
    "各地做法不同，几种算法都列出来。", "Practice is divided, so each way of counting is given."
)
IN_TIME = Bilingual(
    "时效按整段算，没有过期。", "The time limit taken for the period as a whole has not run out."
)
TOO_LATE = Bilingual(
    "时效按整段算，已经过期；对方不提，法官不能主动提。",
    "The time limit taken for the period as a whole has run out; no court raises it by itself.",
)
_HOW = {
    "anniversary": Bilingual("从起算日起逐月算", "Months counted from the day of the start"),
    "calendar": Bilingual("按自然月算", "Calendar months"),
    "calendar_own_divisor": Bilingual(
        "按自然月算，不满一个月的除以当月的工作日",
        "Calendar months, a part over that month's own working days",
    ),
    "calendar_paid_days": Bilingual(
        "按自然月算，法定节日也算工作日", "Calendar months, statutory holidays counted as paid days"
    ),
}


def days(window: Window | None, none: Bilingual) -> Bilingual:
    """From when to when, or why not."""
    if window is None:
        return none
    first, last = dated(window.first), dated(window.last)
    return Bilingual(
        f"没有书面合同，从{first.zh}到{last.zh}，单位每月要付二倍工资。",
        f"Without a written contract, two wages a month are due from {first.en} to {last.en}.",
    )


def reaches_back(day: date) -> Bilingual:
    """What a late filing leaves."""
    first = dated(day)
    return Bilingual(
        f"时效从申请那天往前逐日算一年，{first.zh}以前的过期了。",
        f"Counted back a year day by day from the filing, what lies before {first.en} is lost.",
    )


def which_wage(month: str) -> Bilingual:
    """Which fact is missing."""
    return Bilingual(f"要知道{month}的月工资。", f"The wage of {month}.")


def earned(id_: str, found: Sum) -> Bilingual:
    """How one reading counts, and what it comes to."""
    counted = (
        [Bilingual(f"{len(found.wages)}个整月", f"whole months: {len(found.wages)}")] if found.wages else []
    )
    counted += [
        Bilingual(
            f"{dated(part.stretch.first).zh}到{dated(part.stretch.last).zh}算{part.share.days}天",
            f"days from {dated(part.stretch.first).en} to {dated(part.stretch.last).en}: {part.share.days}",
        )
        for part in found.parts
    ]
    sum_, how = text(rounded(found.amount)), _HOW[id_]
    return Bilingual(
        f"{how.zh}：{'，'.join(one.zh for one in counted)}，一共{sum_}元。",
        f"{how.en}: {', '.join(one.en for one in counted)}; {sum_} yuan in all.",
    )


def steps(found: Sum | None) -> list[Step]:
    """Whole months at each wage, then the parts, then the sum."""
    if found is None:
        return []
    lines = [
        Step(Bilingual("整月", "Whole months"), f"{text(wage)} × {count}", text(wage * count))
        for wage, count in ((wage, len(list(same))) for wage, same in groupby(found.wages))
    ]
    lines += [_part(part) for part in found.parts]
    formula = " + ".join(str(line.value) for line in lines)
    return [*lines, Step(Bilingual("另付的一倍工资", "Second wage"), formula, text(rounded(found.amount)))]


def _part(part: Part) -> Step:
    first, last = part.stretch.first.isoformat(), part.stretch.last.isoformat()
    over = "21.75" if part.share.over == MONTH_DAYS else shown(part.share.over)
    formula = f"{text(part.wage)} ÷ {over} × {part.share.days}"
    if part.share.days > part.share.over:
        formula = f"{formula} → {text(part.wage)}"
    label = Bilingual(f"不满一个月：{first} 至 {last}", f"Part of a month: {first} to {last}")
    return Step(label, formula, text(rounded(part.wage * part.share.value)))
