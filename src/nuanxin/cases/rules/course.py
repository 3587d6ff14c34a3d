"""The steps of a case as they stand on record: which are odd, what rests on which, and the clocks that run by them.

A step that is out of order or long past is probably a slip of the hand: a second look is asked for, never a refusal
for good, since a worker may bring an award of their own along. The measures are the platform's own, not law.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from nuanxin.cases.rules.doubts import Doubt
from nuanxin.cases.rules.stages import CLAIM_MADE, HEARING, HEARING_OVER, STEPS, Stage

LONG_AGO = timedelta(days=365)  # so long before the case was handed in a step is asked about
STEP_CODES = ("long_ago", "out_of_order", "before_earlier")


@dataclass(frozen=True, slots=True)
class Taken:
    """A step on record: its key, the day of its paper, and the instant at which it was entered (ISO, UTC).

    ``coming``: a hearing whose day was set.
    """

    key: str
    on: date
    at: str
    coming: bool = False

    def as_json(self) -> dict[str, Any]:
        """The step as it is stored on its case and written into events."""
        coming = {"coming": True} if self.coming else {}
        return {"taken": self.key, "on": self.on.isoformat(), "at": self.at, **coming}


Course = Sequence[Taken]


def course_of(stored: Sequence[Mapping[str, Any]]) -> list[Taken]:
    """The steps that a case has stored, in the order in which they were entered."""
    return [
        Taken(one["taken"], date.fromisoformat(one["on"]), one["at"], bool(one.get("coming")))
        for one in stored
    ]


def stage_of(course: Course) -> Stage:
    """The stage of the last step; before the first one there are only talks."""
    return STEPS[course[-1].key].stage if course else Stage.NEGOTIATION


def last_taken(course: Course) -> str:
    """The key of the step that was taken last, hearings that lie ahead left out; empty before the first one."""
    return next((one.key for one in reversed(course) if not one.coming), "")


def first_filing(course: Course) -> date | None:
    """The day on which the claim was first made before whoever decides it; None where it was not."""
    return min((one.on for one in course if one.key in CLAIM_MADE), default=None)


_ARBITRATION = ("arbitration.filed", "arbitration.accepted")
# What can be enforced: an award, a judgment, a settlement before either of them, a payment order, an order of labour
# inspection, a mediation agreement that the court has confirmed.
TITLES = (
    "arbitration.awarded", "arbitration.mediated", "first_instance.judged", "first_instance.mediated", "appeal.judged",
    "payment_order.issued", "inspection.ordered", "mediation.agreed",
)  # fmt: skip
# What a sum that was awarded or agreed may rest on.
RESULTS = frozenset({*TITLES, "negotiation.agreed"})
# A step of this key follows one of those. Talks, mediation, a complaint and a first filing begin without a paper.
FOLLOWS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("arbitration.accepted", "arbitration.served"), ("arbitration.filed",)),
    **dict.fromkeys(("arbitration.hearing", "arbitration.mediated", "arbitration.awarded"), _ARBITRATION),
    **dict.fromkeys(
        ("first_instance.hearing", "first_instance.mediated", "first_instance.judged"),
        ("first_instance.filed",),
    ),
    "appeal.filed": ("first_instance.judged",),
    **dict.fromkeys(("appeal.hearing", "appeal.judged"), ("appeal.filed",)),
    **dict.fromkeys(
        ("payment_order.accepted", "payment_order.issued", "payment_order.lapsed"), ("payment_order.filed",)
    ),
    **dict.fromkeys(("enforcement.due", "enforcement.filed"), TITLES),
    "enforcement.completed": ("enforcement.filed",),
}


def _leads(one: Taken, before: Course) -> list[Taken]:
    """The steps on record that this one may have followed."""
    return [led for led in before if led.key in FOLLOWS.get(one.key, ()) and not led.coming]


def _unled(one: Taken, before: Course, *, awarded: bool) -> bool:
    """Whether what had to come before is not on record. A sum on the ledger can be enforced as well as a paper."""
    wanted = FOLLOWS.get(one.key)
    return bool(wanted) and not _leads(one, before) and not (wanted is TITLES and awarded)


def step_doubts(new: Taken, before: Course, *, handed_in: date, awarded: bool, dated: bool) -> list[Doubt]:
    """What is odd about one more step.

    ``awarded``: an award or agreement is on the ledger. ``dated``: the work's own days are known, by which a day that
    is too early is refused already; without them the day on which the case was handed in is the measure.
    """
    found = []
    if not dated and new.on < handed_in - LONG_AGO:
        found.append(_long_ago(new.on, handed_in))
    led = _leads(new, before)
    if _unled(new, before, awarded=awarded):
        found.append(_out_of_order(new.key))
    elif led and all(new.on < one.on for one in led):
        found.append(_before_earlier(new, min(led, key=lambda one: one.on)))
    return found


def course_doubts(course: Course, *, handed_in: date, awarded: bool, dated: bool) -> list[Doubt]:
    """What is odd about all of these steps together, each looked at after those that were entered before it."""
    return [
        doubt
        for place, one in enumerate(course)
        for doubt in step_doubts(one, course[:place], handed_in=handed_in, awarded=awarded, dated=dated)
    ]


def rests_on(place: int, course: Course, *, awarded: bool) -> list[Taken]:
    """The later steps that would lose what they follow, were the step at this place taken back."""
    found, kept = [], list(course[:place])
    for one in course[place + 1 :]:
        if _unled(one, kept, awarded=awarded) and not _unled(one, [*kept, course[place]], awarded=awarded):
            found.append(one)
        kept.append(one)
    return found


def running(course: Course) -> dict[str, date]:
    """The clock rules that run by these steps, with the day each counts from; a hearing's with its own day."""
    found: dict[str, date] = {}
    for one in course:
        step = STEPS[one.key]
        if one.coming:
            found[HEARING] = one.on
            continue
        for rule in (*step.stop, *([HEARING] if one.key in HEARING_OVER else [])):
            found.pop(rule, None)
        found |= dict.fromkeys(step.start, one.on)
    return found


def _days(day: date) -> tuple[str, str]:
    return f"{day.year}年{day.month}月{day.day}日", f"{day.day} {day:%B %Y}"


def _long_ago(on: date, handed_in: date) -> Doubt:
    (zh, en), years = _days(on), (handed_in - on).days // 365
    return Doubt(
        "long_ago",
        f"{zh}比本案提出的日子早 {years} 年以上，而开始干活的日子没有登记",
        f"{en} is more than {years} year{'s' if years > 1 else ''} before this case was handed in, and the days of the "
        "work are not on record",
    )


def _out_of_order(key: str) -> Doubt:
    wanted = FOLLOWS[key]
    zh = "”或“".join(STEPS[one].zh for one in wanted[:3])
    en = "” or “".join(STEPS[one].en for one in wanted[:3])
    more = ("等" if len(wanted) > 3 else "", " or the like" if len(wanted) > 3 else "")
    return Doubt(
        "out_of_order",
        f"“{STEPS[key].zh}”之前应当先有“{zh}”{more[0]}，案卷里没有",
        f"“{STEPS[key].en}” follows “{en}”{more[1]}, and none is on record",
    )


def _before_earlier(new: Taken, first: Taken) -> Doubt:
    (zh, en), (first_zh, first_en) = _days(new.on), _days(first.on)
    return Doubt(
        "before_earlier",
        f"“{STEPS[new.key].zh}”（{zh}）比“{STEPS[first.key].zh}”（{first_zh}）还早",
        f"“{STEPS[new.key].en}” ({en}) is before “{STEPS[first.key].en}” ({first_en})",
    )
