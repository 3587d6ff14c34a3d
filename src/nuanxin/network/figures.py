"""The questions whose answers are kept month by month, and what was counted before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from nuanxin.network.coverage import HALF_AN_HOUR, Circle, minute_of
from nuanxin.network.models import CoverageFigure
from nuanxin.network.queries import NATION, children
from nuanxin.network.rules.gazetteer import Level
from nuanxin.network.rules.hours import CHINA
from nuanxin.network.rules.points import Need
from nuanxin.network.spatial.roads.profiles import Mode

Question = tuple[Mode, str, str]  # mode, time of the week, service

TIMES: Mapping[str, int | None] = {
    "any": None,  # whether open or not
    "wed_1030": minute_of(2, 10, 30),
    "wed_2030": minute_of(2, 20, 30),
    "sun_1030": minute_of(6, 10, 30),
}
SERVICES: tuple[str, ...] = ("any", "wage_claims")
QUESTIONS: tuple[Question, ...] = tuple(
    (mode, time, service) for mode in Mode for time in TIMES for service in SERVICES
)


def circle_of(question: Question) -> Circle:
    """A kept question as the engine takes it."""
    mode, time, service = question
    need = Need() if service == "any" else Need(services=frozenset({service}))
    return Circle(mode=mode, need=need, minute=TIMES[time])


def question_of(circle: Circle) -> Question | None:
    """Which kept question a circle is; None where its answers are not kept."""
    if circle.minutes != HALF_AN_HOUR:
        return None
    return next((question for question in QUESTIONS if circle_of(question) == circle), None)


def kept_regions() -> list[int]:
    """The nation, its provinces and their cities in force: whose figures are kept."""
    provinces = children(NATION)
    cities = [city for one in provinces for city in children(one.code) if city.level is Level.CITY]
    return [NATION, *(place.code for place in provinces), *(place.code for place in cities)]


def month_of(at: datetime) -> date:
    """The first day of the month, in China."""
    return at.astimezone(CHINA).date().replace(day=1)


def month_before(month: date) -> date:
    """The first day of the month before."""
    return (month - timedelta(days=1)).replace(day=1)


def questions_left(month: date) -> list[Question]:
    """The questions that nobody has answered for a month yet, in their order. One query."""
    answered = set(
        CoverageFigure.objects.filter(month=month, region=NATION).values_list("mode", "time", "service")
    )
    return [one for one in QUESTIONS if (one[0].value, one[1], one[2]) not in answered]


def figure(region: int, question: Question, month: date) -> CoverageFigure | None:
    """What was counted for a region in a month; None where nothing was. One query."""
    mode, time, service = question
    return CoverageFigure.objects.filter(
        region=region, month=month, mode=mode.value, time=time, service=service
    ).first()
