"""``retirement``: the statutory age under the gradual rise from 2025 (国务院办法 art. 1, approved by 全国人大常委会 2024-09-13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nuanxin.law.basis import cite
from nuanxin.law.bilingual import Bilingual, dated
from nuanxin.law.periods.counting import add_months
from nuanxin.law.periods.rule import Unit
from nuanxin.law.periods.wording import length
from nuanxin.law.question import Shape, Values, choice, day, need
from nuanxin.law.topic import Body, Topic, ask_for, reply

BASIS = (cite("渐进式延迟法定退休年龄的办法", "1"), cite("渐进式延迟法定退休年龄的决定", "1"))
SHAPE = Shape({"sex": choice("male", "female"), "born_on": day}, {"post": choice("cadre", "worker")})
_MONTH: Unit = "month"
_FROM = date(2025, 1, 1)


@dataclass(frozen=True, slots=True)
class _Path:
    """``age``: years before the rise; one month more for every ``step`` months of birth, at most ``most``."""

    age: int
    step: int
    most: int


_MEN = _Path(60, 4, 36)
_WOMEN = {"cadre": _Path(55, 4, 36), "worker": _Path(50, 2, 60)}


def retirement_months(path: _Path, born_on: date) -> int:
    """The age in months: the old age, and the delay for those who reach it in 2025 or later."""
    reached = add_months(born_on, 12 * path.age)
    late = (reached.year - _FROM.year) * 12 + reached.month - _FROM.month
    delay = 0 if late < 0 else min(late // path.step + 1, path.most)
    return 12 * path.age + delay


def respond(values: Values) -> Body:
    """The day on which the statutory age is reached."""
    path = _MEN if values["sex"] == "male" else _WOMEN.get(values.get("post", ""))
    if path is None:
        why = Bilingual(
            "女性要知道是干部岗还是工人岗：年龄不同。",
            "For women the age depends on the post: cadre or worker.",
        )
        return ask_for([need("/post", why)], BASIS)
    months = retirement_months(path, values["born_on"])
    on = add_months(values["born_on"], months)
    years, rest = divmod(months, 12)
    told = dated(on)
    words = Bilingual(
        f"法定退休年龄是{years}岁{f'{rest}个月' if rest else ''}，{told.zh}到龄。",
        f"The statutory age is {years} years{f' and {length(rest, _MONTH).en}' if rest else ''}, reached on {told.en}.",
    )
    return reply({"on": on.isoformat()}, BASIS, words)


TOPIC = Topic("retirement", SHAPE, respond, BASIS)
