"""The clocks of a case as facts: what runs, until when, by which article or promise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuanxin.cases.models import Case
from nuanxin.cases.rules.clocks import CLOCK_RULES, LIVE, SHANGHAI, Clock, ClockRule, ClockState
from nuanxin.cases.rules.stages import HEARING
from nuanxin.cases.upcoming import RIGHTS, running
from nuanxin.desk.speech import cited, english, said
from nuanxin.ui.parts import Chip, Text
from nuanxin.ui.wording import day, due, moment

ENDED_SHOWN = 6
NEAR_DAYS = 5  # from then on a day that must not be missed stands out


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One clock: its name, its state as a chip, where it comes from, and what is uncertain about it."""

    name: Text
    chip: Chip
    source: Text
    note: Text = ""


def clock_lines(case: Case, at: datetime) -> tuple[list[ClockLine], list[ClockLine]]:
    """Clocks that run or rest, the nearest first; and those that ended, the latest first."""
    clocks = case.clock_list()
    live = sorted((c for c in clocks if c.state in LIVE), key=lambda c: c.due)
    ended = [c for c in reversed(clocks) if c.state not in LIVE and c.state is not ClockState.DROPPED]
    return [_line(c, at) for c in live], [_line(c, at) for c in ended[:ENDED_SHOWN]]


def _line(clock: Clock, at: datetime) -> ClockLine:
    rule = CLOCK_RULES[clock.rule]
    source = cited((one.instrument, one.article) for one in rule.basis) or promise_or_paper(rule)
    return ClockLine(
        said(rule.zh, rule.en), _chip(clock, at, promise=not rule.statutory), source, _note(clock)
    )


def promise_or_paper(rule: ClockRule) -> str:
    """Where a day comes from that no law sets: our own promise, or somebody's paper."""
    return _("on the summons") if rule.set_elsewhere else _("service promise")


def _chip(clock: Clock, at: datetime, *, promise: bool) -> Chip:
    if clock.state is ClockState.PAUSED:
        return Chip(_("paused"), "plain", "clock")
    if clock.state is ClockState.MET:
        return Chip(_("kept"), "green", "check")
    if clock.state is ClockState.MISSED:
        return Chip(_("missed"), "late", "warning")
    return due(clock.due.astimezone(SHANGHAI), at.astimezone(SHANGHAI), _language(), promise=promise)


def _language() -> str:
    return "en" if english() else "zh-hans"


def _note(clock: Clock) -> str:
    parts: list[str] = []
    if clock.provisional:
        parts.append(_("provisional: next year's holidays are not published, this is the earliest day"))
    if clock.rolled and clock.rolled != clock.strict:
        rolled = day(date.fromisoformat(clock.rolled), _language())
        parts.append(_("counted strictly; with rest days it would be %(day)s") % {"day": rolled})
    if clock.state is ClockState.PAUSED and clock.paused_at:
        since = moment(clock.paused_at.astimezone(SHANGHAI), _language())
        parts.append(_("does not count since %(moment)s, while papers are missing") % {"moment": since})
    if clock.ended_at:
        parts.append(moment(clock.ended_at.astimezone(SHANGHAI), _language()))
    return said("；", "; ").join(parts)


def limitation_line(case: Case, at: datetime) -> ClockLine | None:
    """The limitation of the claim, where the facts give one: counted strictly."""
    if case.limitation_on is None:
        return None
    today = at.astimezone(SHANGHAI).date()
    left = (case.limitation_on - today).days
    if left < 0:
        note = _(
            "it has run out; ask whether it was interrupted (a demand, a promise to pay, an application)"
        )
    else:
        note = ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}
    tone = "late" if case.urgent else "plain"
    source = _("limitation, the strict last day")
    return ClockLine(_("Limitation"), Chip(day(case.limitation_on, _language()), tone), source, note)


def days_beside(case: Case, at: datetime, place: str = "") -> list[Chip]:
    """Days on which a right is lost or a hearing is held, while they lie ahead: told whatever date comes next.

    ``place``: where the hearing is held.
    """
    found = []
    for clock in running(case, *RIGHTS, HEARING):
        rule = CLOCK_RULES[clock.rule]
        name = (
            said(rule.zh, rule.en)
            if rule.set_elsewhere
            else _("%(right)s: last day") % {"right": said(rule.zh, rule.en)}
        )
        words = [name, day(clock.due.astimezone(SHANGHAI).date(), _language()), clock.hour]
        words += [place] if rule.set_elsewhere else []
        near = clock.due - at < timedelta(days=NEAR_DAYS)
        found.append(Chip(" ".join(word for word in words if word), "late" if near else "wait", "clock"))
    return found


def names_of_clocks(rules: Sequence[str]) -> str:
    """Clocks by name, for the timeline."""
    return said("、", ", ").join(
        said(CLOCK_RULES[rule].zh, CLOCK_RULES[rule].en) for rule in rules if rule in CLOCK_RULES
    )
