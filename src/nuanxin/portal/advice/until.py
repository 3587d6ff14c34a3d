"""The answer to "How long do I have?": the day to act by, how it came about, and what can still be done after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from nuanxin.portal.advice import parts, words
from nuanxin.portal.advice.parts import Json, Missing, Why
from nuanxin.portal.rules.advice import told, until
from nuanxin.portal.rules.advice.until import Answered
from nuanxin.portal.rules.route import Answers
from nuanxin.ui.parts import TimelineItem

DOOR = "how-long"
_SEEN = {"employment", "service"}


@dataclass(frozen=True, slots=True)
class Limit:
    """One time limit. ``by``: the day to act by, empty where none runs or it is not known."""

    label: str
    status: str
    by: str
    left: int | None
    why: Why | None
    rolled: str = ""  # the later day on which some count
    when: str = ""  # which of two ways of seeing it this is
    trail: tuple[TimelineItem, ...] = ()
    readings: tuple[str, ...] = ()

    @property
    def explained(self) -> str:
        """The explanation where it is not on the page already: what ran out is explained in the open."""
        return self.why.text if self.why and self.status != "expired" else ""


@dataclass(frozen=True, slots=True)
class UntilPage:
    """All of the page."""

    by: str  # the first day that ends something
    left: int | None
    urgent: bool  # so little time that aid comes before the papers
    limits: list[Limit]
    missing: list[Missing]
    inspection: str  # what labour inspection still takes, where something has run out
    two_ways: bool
    from_memory: bool

    @property
    def late(self) -> bool:
        """Whether something has run out."""
        return any(limit.status == "expired" for limit in self.limits)

    @property
    def all_late(self) -> bool:
        """Whether nothing is open any more."""
        return self.late and all(limit.status in {"expired", "needs"} for limit in self.limits)


def page(answers: Answers, today: date) -> UntilPage:
    """What the engine says to what was told."""
    found = until.ask(answers, today)
    first = until.act_by(found)
    lacking = dict.fromkeys(one.lacking for one in found if one.lacking)
    faults = {one.lacking: _fault(one.body) for one in found if "errors" in one.body}
    keys = list(lacking) or ([] if found else ["items"])
    both = told.relation(answers) != "employment"
    limits = [
        _limit(one, both=both) for one in found if one.status in {"open", "expired", "not_running", "none"}
    ]
    inspection = until.inspection(answers, today) if any(one.status == "expired" for one in limits) else None
    return UntilPage(
        by=parts.day(first.strict) if first and first.strict else "",
        left=first.body["days_left"] if first else None,
        urgent=until.is_urgent(first, today),
        limits=_together(limits),
        missing=parts.missing(DOOR, keys, faults),
        inspection=parts.told(inspection["explanation"]) if inspection else "",
        two_ways=len({one.seen for one in found} & _SEEN) == 2 and len(limits) > 1,
        from_memory=any(parts.from_memory(one.body) for one in found),
    )


def _fault(body: Json) -> str:
    return str(body["errors"][0]["message"])


def _together(limits: list[Limit]) -> list[Limit]:
    """Heads whose time runs alike, told once."""
    found: list[Limit] = []
    for limit in limits:
        same = next((one for one in found if replace(one, label=limit.label) == limit), None)
        if same is None:
            found.append(limit)
        else:
            label = parts.between().join((same.label, limit.label))
            found[found.index(same)] = replace(same, label=label)
    return found


def _limit(one: Answered, *, both: bool) -> Limit:
    body = one.body
    strict, rolled = body.get("strict"), body.get("rolled")
    return Limit(
        label=parts.between().join(str(words.HEADS.get(head, head)) for head in one.heads),
        status=one.status,
        by=parts.day(strict) if strict else "",
        left=body.get("days_left"),
        why=parts.why(body),
        rolled=parts.day(rolled) if strict and rolled and rolled != strict else "",
        when=" ".join(part for part in (_seen(one, both=both), _counted(one)) if part),
        trail=tuple(_step(step) for step in body.get("trail", ())),
        readings=tuple(parts.told(reading["explanation"]) for reading in body.get("readings", ())),
    )


def _seen(one: Answered, *, both: bool) -> str:
    """Which way of seeing it, where there is more than one (``both``) or where it is a time of its own."""
    return {
        "employment": _("If it was an employment:") if both else "",
        "service": _("If it was a job without an employment:"),
        "iou": _("For the sum of the IOU:"),
        "injury": _("To have the injury recognised:"),
    }[one.seen]


def _counted(one: Answered) -> str:
    return {
        "first": _("counted from the earliest day that your last day may have been."),
        "last": _("counted from the latest day that your last day may have been."),
    }.get(one.counted, "")


def _step(step: Json) -> TimelineItem:
    """One entry of what moved the end."""
    on = parts.day(step["on"])
    ends = parts.day(step["ends"]) if step["ends"] else ""
    words_ = {
        "starts": _("The time begins; it would end on %(day)s.") % {"day": ends},
        "restarts": _("The time begins anew, until %(day)s.") % {"day": ends},
        "suspended": _("The time stood still; it now ends on %(day)s.") % {"day": ends},
        "no_effect": _("This changed nothing."),
        "too_late": _("This came after the time had run out."),
    }[step["effect"]]
    return TimelineItem(on, words_)
