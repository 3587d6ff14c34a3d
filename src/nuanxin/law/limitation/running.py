"""How a period runs: started anew by events, suspended by obstacles, ended by time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from nuanxin.law.calendar import next_working_day
from nuanxin.law.limitation.facts import CONSENT, Effect, Event, Obstacle, Regime, Start, Step
from nuanxin.law.periods.counting import add_months, add_years

# No run of days off is longer: a festival has at most four statutory days and its moved weekends.
_LONGEST_RUN_OFF = 31
_HALF_YEAR = 6


def runs_on(day: date, strict: date) -> bool:
    """Whether a period ending strictly on ``strict`` still runs on ``day``, the roll included (民法典 art. 203).

    Raises ``CalendarMissing`` where that turns on a year whose holidays are not published.
    """
    if day <= strict:
        return True
    if (day - strict).days > _LONGEST_RUN_OFF:
        return False
    return day <= next_working_day(strict)


@dataclass(slots=True)
class Run:
    """A period on its way through events and obstacles, in the order of their days."""

    regime: Regime
    start: Start
    end: date = field(init=False)
    begin: date = field(init=False)
    blocked_until: date = field(init=False)
    waived: bool = False
    trail: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.begin = self.start.on
        self.blocked_until = self.start.on
        self.end = self._capped(add_years(self.start.on, self.regime.years))

    def _capped(self, end: date) -> date:
        """Nothing outlasts the long-stop, counted from the harm (民法典 art. 188(2))."""
        if self.regime.long_stop is None:
            return end
        return min(end, add_years(self.start.harm_on, self.regime.long_stop))

    def _note(self, on: date, effect: Effect) -> None:
        self.trail.append(Step(on, effect, self.end))

    def event(self, event: Event) -> None:
        """A demand, complaint, promise and so on: the whole period anew, if it comes in time."""
        if event.on < self.start.on:
            self.trail.append(Step(event.on, "no_effect", None))
        elif not runs_on(event.on, self.end):
            self.waived = self.waived or event.kind in CONSENT
            self._note(event.on, "too_late")
        elif event.kind not in self.regime.restarts:
            self._note(event.on, "no_effect")
        else:
            self._restart(event.on)

    def _restart(self, on: date) -> None:
        self.begin = on
        end = add_years(on, self.regime.years)
        if self.regime.suspension == "any_time" and self.blocked_until > on:
            end += (
                self.blocked_until - on
            )  # what is left of an obstacle still lasting suspends the new period
        self.end = self._capped(end)
        self._note(on, "restarts")

    def obstacle(self, obstacle: Obstacle) -> None:
        """A time in which nobody could claim."""
        first = max(obstacle.first, self.begin + timedelta(days=1), self.blocked_until + timedelta(days=1))
        shown = max(obstacle.first, self.start.on)
        if obstacle.last <= self.start.on:
            begun = obstacle.first >= self.start.on  # the start day itself, which is not counted
            self.trail.append(Step(obstacle.first, "no_effect", self.end if begun else None))
        elif not runs_on(obstacle.first, self.end):
            self._note(shown, "too_late")
        else:
            longer = self._suspended(first, obstacle.last)
            self.blocked_until = max(self.blocked_until, obstacle.last)
            effect: Effect = "suspended" if longer > self.end else "no_effect"
            self.end = max(self.end, longer)
            self._note(shown, effect)

    def _suspended(self, first: date, last: date) -> date:
        """The end after a suspension from ``first`` to ``last``, or the present end where it changes nothing."""
        if self.regime.suspension == "none" or last < first:
            return self.end
        if self.regime.suspension == "any_time":  # 调仲法 27(3): what was left runs on afterwards
            return self._capped(self.end + (last - first) + timedelta(days=1))
        if last <= add_months(self.end, -_HALF_YEAR):  # 民法典 194: only the last six months count
            return self.end
        return self._capped(add_months(last, _HALF_YEAR))


def run(regime: Regime, start: Start, events: tuple[Event, ...], obstacles: tuple[Obstacle, ...]) -> Run:
    """The period after everything that happened, with its trail in the order of days."""
    running = Run(regime, start)
    happened: list[tuple[date, int, Event | Obstacle]] = [(one.on, 1, one) for one in events]
    happened += [
        (max(one.first, start.on) if one.last > start.on else one.first, 0, one) for one in obstacles
    ]
    happened.sort(key=lambda entry: entry[:2])
    started = False
    for on, _, entry in happened:
        if not started and on >= start.on:
            started = True
            running.trail.append(Step(start.on, "starts", running.end))
        if isinstance(entry, Event):
            running.event(entry)
        else:
            running.obstacle(entry)
    if not started:
        running.trail.append(Step(start.on, "starts", running.end))
    return running
