"""The sentences that explain a period to a worker."""

from __future__ import annotations

from datetime import date

from nuanxin.law.bilingual import Bilingual, dated, join
from nuanxin.law.periods.rule import Unit

_UNITS = {
    "calendar": Bilingual("{n}天", "{n} days"),
    "working": Bilingual("{n}个工作日", "{n} working days"),
    "month": Bilingual("{n}个月", "{n} months"),
    "year": Bilingual("{n}年", "{n} years"),
}


def length(count: int, unit: Unit) -> Bilingual:
    """``7天`` / ``7 days``."""
    form = _UNITS[unit]
    english = form.en if count != 1 else form.en.removesuffix("s")
    return Bilingual(form.zh.format(n=count), english.format(n=count))


def explain(
    start: date, count: int, unit: Unit, strict: date, rolled: date | None, name: Bilingual
) -> Bilingual:
    """How the end was counted and, where it matters, that it moves past days off."""
    span, begin, end = length(count, unit), dated(start), dated(strict)
    counted = Bilingual(
        f"{begin.zh}当天不算，从第二天起数{span.zh}，到{end.zh}为止，{name.zh}。",
        f"{begin.en} is not counted; {span.en} from the next day end on {end.en}: by then {name.en}.",
    )
    return join(counted, _roll(strict, rolled) if rolled != strict else None)


def _roll(strict: date, rolled: date | None) -> Bilingual:
    end = dated(strict)
    if rolled is None:
        return Bilingual(
            f"那时的放假安排还没有公布，不知道会不会顺延，请按{end.zh}办。",
            f"The holidays of that time are not published, so the end may or may not move; act by {end.en}.",
        )
    later = dated(rolled)
    return Bilingual(
        f"这一天放假，可以顺延到{later.zh}；稳妥起见请最迟在{end.zh}办。",
        f"That day is a day off, so the end moves to {later.en}; to be safe act by {end.en}.",
    )


def national_first(day: date) -> Bilingual:
    """Where the national period ends before the province's own."""
    end = dated(day)
    return Bilingual(
        f"国家法律规定的期限更早，到{end.zh}为止，请以这一天为准。",
        f"The national period ends earlier, on {end.en}; act by that day.",
    )


PROVISIONAL = Bilingual(
    "放假安排还没有公布，先按自然日数，只会早不会晚，公布后重算。",
    "The holidays are not published yet, so calendar days are counted for now: never too late, and counted anew later.",
)
