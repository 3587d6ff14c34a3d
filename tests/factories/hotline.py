"""A hotline for tests: an exchange with a token, a desk, people with extensions, through the real actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from nuanxin.accounts.actions import issue_token
from nuanxin.accounts.queries import actor_for, actor_for_token
from nuanxin.audit.actor import SYSTEM, Actor, Role
from nuanxin.hotline import actions
from nuanxin.hotline.actions.calls import About, Receipt
from nuanxin.hotline.actions.records import Typed, close
from nuanxin.hotline.models import Call, Desk, Exchange, OperatorState
from nuanxin.hotline.rules.calls import Happening, Told
from nuanxin.hotline.rules.routing import DeskKind
from tests.factories.staff import AT, GAOPING, make_staff

PHONE = "13800138000"
WORKDAY = AT + timedelta(hours=1)  # 2026-03-02, 11:00 in Shanghai

WRITTEN = Typed({"reply": "先申请仲裁"}, category="wages")


def wrapped_up(call: Call, *, by: Actor, at: datetime, code: str = "advised") -> Call:
    """A call closed as at the desk, with what a consultation needs in its record."""
    return close(call_id=call.pk, typed=WRITTEN, code=code, by=by, at=at)


@dataclass
class Hotline:
    """One exchange, one special desk of Gaoping, a lawyer and an operator at it."""

    secret: str
    exchange: Exchange
    speaks: Actor
    desk: Desk
    lawyer: Actor
    operator: Actor
    told: int = field(default=0)

    def tell(
        self, kind: Happening, second: int, *, call: str = "c1", by: Actor | None = None, desk: bool = False,
        about: About | None = None, number: str = "", at: datetime | None = None,
    ) -> Receipt:  # fmt: skip
        """The exchange tells of something that happened at a second after WORKDAY."""
        self.told += 1
        moment = WORKDAY + timedelta(seconds=second)
        news = Told(
            number or f"e{self.told}", kind, moment, 0, by.id if by else 0, self.desk.pk if desk else 0
        )
        return actions.receive(
            exchange=self.exchange, external=call, told=news, about=about or About(phone=PHONE), by=self.speaks,
            at=at or moment,
        )  # fmt: skip

    def queued(self, call: str = "c1") -> Call:
        """A call that waits at the desk."""
        self.tell(Happening.ARRIVED, 0, call=call)
        return self.tell(Happening.QUEUED, 10, call=call, desk=True).call


def open_hotline() -> Hotline:
    """All of it, ready to answer."""
    token, secret = issue_token(
        label="exchange",
        role=Role.PARTNER,
        region=GAOPING,
        expires_at=AT + timedelta(days=90),
        by=SYSTEM,
        at=AT,
    )
    exchange = actions.register_exchange(token=token.pk, label="12348", region=GAOPING, by=SYSTEM, at=AT)
    desk = actions.open_desk(
        exchange=exchange,
        key="migrant",
        kind=DeskKind.SPECIAL,
        region=GAOPING,
        name_zh="农民工专席",
        by=SYSTEM,
        at=AT,
    )
    speaks = actor_for_token(token, AT)
    assert speaks is not None
    people = []
    for extension, role in (("801", Role.DUTY_LAWYER), ("802", Role.OPERATOR)):
        staff = make_staff(role)
        lawyer = role is Role.DUTY_LAWYER
        actions.add_operator(staff=staff.pk, desk=desk, extension=extension, lawyer=lawyer, by=SYSTEM, at=AT)
        actor = actor_for(staff, AT)
        actions.set_state(state=OperatorState.State.READY, by=actor, at=AT)
        people.append(actor)
    return Hotline(secret, exchange, speaks, desk, *people)
