"""A hotline for the demo: an exchange with three desks, a week of invented calls, some that wait now.

Everything goes through the real actions. Nobody has these numbers, and no call is that of a person.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random

from nuanxin.accounts.actions import issue_token
from nuanxin.accounts.models import Staff
from nuanxin.accounts.queries import actor_for, actor_for_token
from nuanxin.audit.actor import SYSTEM, Actor, Role
from nuanxin.audit.transactions import write
from nuanxin.hotline import actions
from nuanxin.hotline.actions import register
from nuanxin.hotline.actions.calls import About
from nuanxin.hotline.models import Desk, Exchange, OperatorState
from nuanxin.hotline.rules.callbacks import SHANGHAI
from nuanxin.hotline.rules.calls import Happening, Told
from nuanxin.hotline.rules.routing import DeskKind

COUNTY, CITY, PROVINCE = 140581_000000, 140500_000000, 140000_000000
COUNTIES = (COUNTY, COUNTY, COUNTY, 140502_000000, 140521_000000)
DAYS, CALLS_A_DAY, CALLS_JUST_NOW, WAITING = 7, 18, 14, 3
CODES = ("advised", "advised", "application", "other_office", "wrong_number")
H = Happening


@dataclass
class _Line:
    """The exchange as it tells of invented calls; ``phone`` gives the number of the n-th caller."""

    exchange: Exchange
    speaks: Actor
    phone: Callable[[int], str]
    people: Sequence[tuple[int, Desk]]
    chance: Random = field(default_factory=lambda: Random(12348))  # noqa: S311 (invented, the same each time)
    calls: int = 0

    def tell(self, call: str, kind: Happening, at: datetime, desk: int = 0, by: int = 0, code: str = "", about: About | None = None) -> None:  # fmt: skip
        """One event, told when it happened."""
        news = Told(f"demo:{call}:{kind}", kind, at, 0, by, desk, code)
        known = about or About()
        actions.receive(exchange=self.exchange, external=call, told=news, about=known, by=self.speaks, at=at)

    def arrive(self, at: datetime, desk: Desk) -> str:
        """A caller comes and waits at a desk; some ring a second time in the week."""
        self.calls += 1
        call = f"demo-{self.calls}"
        language = self.chance.choice(["zh"] * 8 + ["yue", "ug"])
        topic = self.chance.choice(["wages"] * 5 + ["injury", "contract", "other"])
        phone = self.phone(self.chance.randrange(9000, 9110))
        about = About(phone, language, topic, self.chance.choice(COUNTIES))
        self.tell(call, H.ARRIVED, at, about=about)
        self.tell(call, H.QUEUED, at + timedelta(seconds=20), desk=desk.pk)
        return call

    def whole(self, at: datetime) -> None:
        """A call from the first ring to its end: most are answered, some callers hang up or want to be rung back."""
        person, desk = self.chance.choice(self.people)
        call = self.arrive(at, desk)
        waits = min(int(self.chance.expovariate(1 / 35)) + 2, 400)
        then, fate = at + timedelta(seconds=20 + waits), self.chance.random()
        if fate < 0.82:
            over = then + timedelta(seconds=self.chance.randint(60, 600))
            self.tell(call, H.ANSWERED, then, by=person)
            self.tell(call, H.HUNG_UP, over)
            self.tell(
                call, H.WRAPPED_UP, over + timedelta(seconds=50), by=person, code=self.chance.choice(CODES)
            )
        elif fate < 0.93:
            self.tell(call, H.HUNG_UP, then)
        else:
            self.tell(call, H.CALL_BACK_ASKED, then)
            self.tell(call, H.HUNG_UP, then + timedelta(seconds=4))


def load(at: datetime, phone: Callable[[int], str]) -> int:
    """The demo's hotline, once; gives back how many calls. ``phone``: an invented number for each number."""
    if Exchange.objects.exists():
        return 0
    since = at - timedelta(days=DAYS + 1)
    with write():  # one commit instead of a thousand
        line = _open(since, at, phone)
        for moment in sorted(_moments(at, line.chance)):
            line.whole(moment)
        for n in range(WAITING):
            line.arrive(at - timedelta(seconds=50 + 70 * n), line.people[n % 2][1])
        for person, _desk in line.people:
            actor = actor_for(Staff.objects.get(pk=person), at)
            actions.set_state(state=OperatorState.State.READY, by=actor, at=at)
    return line.calls


def _moments(at: datetime, chance: Random) -> list[datetime]:
    """When calls come: over the days of the week before, and some within the last three hours."""
    today = at.astimezone(SHANGHAI).date()
    found = []
    for back in range(1, DAYS + 1):
        opening = datetime.combine(today - timedelta(days=back), time(8), SHANGHAI)
        found += [opening + timedelta(minutes=chance.triangular(0, 720, 180)) for _ in range(CALLS_A_DAY)]
    found += [at - timedelta(minutes=chance.uniform(20, 180)) for _ in range(CALLS_JUST_NOW)]
    return [moment.astimezone(at.tzinfo) for moment in found]


def _open(since: datetime, at: datetime, phone: Callable[[int], str]) -> _Line:
    """The exchange, its desks, and the demo's operator and duty lawyer at them."""
    token, _secret = issue_token(
        label="演示电话交换机", role=Role.PARTNER, region=PROVINCE, expires_at=since + timedelta(days=365), by=SYSTEM, at=since
    )  # fmt: skip
    speaks = actor_for_token(token, at)
    assert speaks is not None
    exchange = actions.register_exchange(
        token=token.pk, label="12348 演示交换机", region=PROVINCE, by=SYSTEM, at=since
    )
    special = _desk(
        exchange,
        "migrant",
        DeskKind.SPECIAL,
        COUNTY,
        "高平农民工专席",
        "Migrant workers' desk, Gaoping",
        since,
    )
    general = _desk(
        exchange, "general", DeskKind.GENERAL, CITY, "晋城综合席", "General desk, Jincheng", since
    )
    _desk(
        exchange, "emergency", DeskKind.EMERGENCY, PROVINCE, "山西紧急专线", "Emergency line, Shanxi", since
    )
    people = []
    for username, desk, extension in (("duty_lawyer", special, "801"), ("operator", general, "802")):
        staff = Staff.objects.get(username=username).pk
        lawyer = username == "duty_lawyer"
        actions.add_operator(staff=staff, desk=desk, extension=extension, lawyer=lawyer, by=SYSTEM, at=since)
        people.append((staff, desk))
    return _Line(exchange, speaks, phone, people)


def lead_by_gateway(leads: bool, at: datetime) -> int:
    """Have the demo's exchange led by a gateway, or tell of its calls itself; gives back its number, 0 for none.

    What "take the call" does depends on it: without a gateway nobody would ring the operator's telephone.
    """
    row = Exchange.objects.order_by("pk").first()
    if row is None:
        return 0
    kind = Exchange.Kind.ARI if leads else Exchange.Kind.PUSH
    if row.kind != kind:
        register.alter_exchange(row.pk, label=row.label, kind=kind, active=row.active, by=SYSTEM, at=at)
    return row.pk


def _desk(exchange: Exchange, key: str, kind: DeskKind, region: int, zh: str, en: str, at: datetime) -> Desk:
    return actions.open_desk(
        exchange=exchange, key=key, kind=kind, region=region, name_zh=zh, name_en=en,
        languages=["zh", "yue", "ug"], by=SYSTEM, at=at,
    )  # fmt: skip
