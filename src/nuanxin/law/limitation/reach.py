"""How far back a filing reaches where a claim is counted day by day (北京劳动争议解答 art. 41).

Every day's part has a year of its own. A demand, a promise or an obstacle moves the end of each part that it
meets, so a filing reaches back further than one year where something had started those years anew.
"""

from __future__ import annotations

from datetime import date, timedelta

from nuanxin.law.calendar import CalendarMissing
from nuanxin.law.limitation.facts import Facts, Regime, Start
from nuanxin.law.limitation.running import run
from nuanxin.law.periods.counting import add_years


def reaches_back(regime: Regime, *, reference: date, facts: Facts) -> date:
    """The first day whose part is still in time on ``reference``, counted strictly.

    A later day's part never ends before an earlier one's, so the first day is found by halving.
    """
    turns = [event.on for event in facts.events] + [obstacle.first for obstacle in facts.obstacles]
    if not turns:
        late = add_years(reference, -regime.years)
        return late if add_years(late, regime.years) >= reference else late + timedelta(days=1)
    late = reference
    early = add_years(min([reference, *turns]), -regime.years - 1)
    while (late - early).days > 1:
        middle = early + timedelta(days=(late - early).days // 2)
        if _in_time(regime, middle, reference, facts):
            late = middle
        else:
            early = middle
    return late


def _in_time(regime: Regime, day: date, reference: date, facts: Facts) -> bool:
    events = tuple(event for event in facts.events if event.on <= reference)
    try:
        ran = run(regime, Start(day, day, (), regime.name), events, facts.obstacles)
    except CalendarMissing:  # only an end moved past days off could save it, and those are not published
        return False
    return ran.end >= reference
