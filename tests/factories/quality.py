"""Calls that were answered and closed, people who check them, and a week that was drawn."""

from __future__ import annotations

from datetime import datetime, timedelta

from nuanxin.accounts.queries import actor_for
from nuanxin.audit.actor import Actor, Role
from nuanxin.hotline.actions.calls import About
from nuanxin.hotline.actions.quality import draw_due
from nuanxin.hotline.models import Call, QualityCheck
from nuanxin.hotline.rules.calls import Happening
from nuanxin.hotline.rules.quality import POINTS
from tests.factories.hotline import PHONE, WORKDAY, Hotline, wrapped_up
from tests.factories.staff import GAOPING, make_staff

MONDAY = WORKDAY + timedelta(days=7)  # of the week behind, in the forenoon
GOOD = dict.fromkeys(POINTS, 2)


def person(role: Role, region: int = GAOPING) -> Actor:
    """Somebody of a role, who acts."""
    return actor_for(make_staff(role, region), WORKDAY)


def answered(
    line: Hotline, *, call: str = "c1", by: Actor | None = None, phone: str = PHONE, code: str = "advised",
    second: int = 0, recording: str = "agreed",
) -> Call:  # fmt: skip
    """A call that somebody answered, talked on for five minutes and closed."""
    about, who = About(phone=phone, recording=recording), by or line.lawyer
    for kind, after in ((Happening.ARRIVED, 0), (Happening.QUEUED, 5), (Happening.ANSWERED, 10)):
        answers = who if kind is Happening.ANSWERED else None
        desk = kind is Happening.QUEUED
        line.tell(kind, second + after, call=call, by=answers, desk=desk, about=about)
    row = line.tell(Happening.HUNG_UP, second + 310, call=call, about=about).call
    return wrapped_up(row, code=code, by=who, at=ended(second))


def ended(second: int = 0) -> datetime:
    """When ``answered`` closes the record."""
    return WORKDAY + timedelta(seconds=second + 320)


def drawn(line: Hotline) -> QualityCheck:
    """One answered call that was drawn the Monday after."""
    call = answered(line)
    assert draw_due(at=MONDAY) == 1
    return QualityCheck.objects.get(call=call)
