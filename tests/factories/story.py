"""One case and the people around it: each step is the real action, so that a test can begin anywhere.

People are actors without accounts where the room under test never looks at accounts.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

from nuanxin.accounts.scope import region_range
from nuanxin.audit.actor import NOWHERE, Actor, Role
from nuanxin.cases.actions.denial import deny
from nuanxin.cases.actions.money import Sum, record
from nuanxin.cases.actions.move import Change, move
from nuanxin.cases.actions.perform import perform
from nuanxin.cases.actions.roster import Outcome, import_roster
from nuanxin.cases.faults import Refused
from nuanxin.cases.models import Case
from nuanxin.cases.rules.clocks import SHANGHAI, Clock
from nuanxin.cases.rules.ledger import MoneyStep, Way
from tests.factories.intake import AT, open_case

GAOPING, JINCHENG, SHANXI = 140581_000000, 140500_000000, 140000_000000
YANGCHENG, SHENZHEN = 140522_000000, 440306_000000
# Staff ids; each person has one role.
CLERK, CLERK_2, DECIDER, OPERATOR, DUTY, LAWYER, BUREAU, SUPERVISOR = range(101, 109)
_ROLES = {
    CLERK: Role.CLERK, CLERK_2: Role.CLERK, DECIDER: Role.DECIDER, OPERATOR: Role.OPERATOR, DUTY: Role.DUTY_LAWYER,
    LAWYER: Role.LAWYER, BUREAU: Role.BUREAU, SUPERVISOR: Role.SUPERVISOR,
}  # fmt: skip


def person(staff: int, region: int = GAOPING, *roles: Role) -> Actor:
    """Somebody with an account; the role is the one that the id stands for, unless others are given."""
    return Actor("staff", staff, frozenset(roles or {_ROLES[staff]}), region_range(region))


def worker_of(case_id: int) -> Actor:
    """The worker, let in by the code."""
    return Actor("worker", case_id, frozenset({Role.WORKER}), NOWHERE)


class Story:
    """A case that moves; time passes by a minute with every step, and by ``later``."""

    def __init__(self, at: datetime = AT, **changes: Any) -> None:
        self.at = at
        self.case_id = open_case(at=at, **changes).pk

    @property
    def case(self) -> Case:
        return Case.objects.get(pk=self.case_id)

    @property
    def worker(self) -> Actor:
        return worker_of(self.case_id)

    @property
    def today(self) -> Any:
        return self.at.astimezone(SHANGHAI).date()

    def later(self, **time: float) -> Self:
        self.at += timedelta(**time)
        return self

    def due(self) -> Self:
        """Until the next date of the case."""
        assert self.case.next_by is not None
        self.at = self.case.next_by
        return self

    def who(self, staff: int) -> Actor:
        """Somebody of the office that holds the case."""
        return person(staff, self.case.holder_region)

    def do(self, action: str, by: int | Actor, /, **form: Any) -> Self:
        actor = by if isinstance(by, Actor) else self.who(by)
        perform(action, case_id=self.case_id, by=actor, at=self.at, form=form)
        return self.later(minutes=1)

    def refused(self, action: str, by: int | Actor, /, **form: Any) -> str:
        """The code with which a move is refused. Raises AssertionError where it is made."""
        try:
            self.do(action, by, **form)
        except Refused as refusal:
            return refusal.code
        raise AssertionError(f"{action} was made")

    def clock(self, rule: str) -> Clock:
        """The latest clock of a rule."""
        return [clock for clock in self.case.clock_list() if clock.rule == rule][-1]

    def granted(self) -> Self:
        return (
            self.do("accept", CLERK)
            .do("review", CLERK)
            .do("grant", DECIDER, status_document=True, undertaking=True)
        )

    def offered(self, lawyer: int = LAWYER) -> Self:
        """Offered, without the ranking: assignment has tests of its own."""
        move(
            "offer", case_id=self.case_id, by=self.who(CLERK), at=self.at,
            prepare=lambda case: Change(columns={"offered_to": lawyer}),
        )  # fmt: skip
        return self.later(minutes=1)

    def assigned(self) -> Self:
        self.granted().offered()
        move(
            "accept_offer", case_id=self.case_id, by=person(LAWYER, SHANXI), at=self.at,
            prepare=lambda case: Change(columns={"lawyer": LAWYER, "offered_to": 0}),
        )  # fmt: skip
        return self.later(minutes=1)

    def in_progress(self) -> Self:
        return self.assigned().do("sign_agreement", LAWYER).do("record_meeting", LAWYER, text="核对了欠条。")

    def money(
        self,
        step: MoneyStep,
        lines: dict[int, int],
        by: int | Actor = LAWYER,
        way: Way | None = None,
        sure: str = "",
    ) -> Self:
        actor = by if isinstance(by, Actor) else self.who(by)
        entry = Sum(
            step,
            lines,
            way or (Way.PHONE if step is MoneyStep.CONFIRMED else Way.DOCUMENT),
            self.today,
            sure=sure,
        )
        record(case_id=self.case_id, by=actor, at=self.at, entry=entry)
        return self.later(minutes=1)

    def deny(self, seq: int, by: int | Actor = CLERK, text: str = "没收到。") -> Self:
        """A worker of the roster says that the money did not come."""
        actor = by if isinstance(by, Actor) else self.who(by)
        deny(case_id=self.case_id, by=actor, at=self.at, seq=seq, text=text)
        return self.later(minutes=1)

    def roster(self, rows: list[dict[str, Any]], by: int = CLERK, sure: str = "") -> Outcome:
        outcome = import_roster(case_id=self.case_id, by=self.who(by), at=self.at, rows=rows, sure=sure)
        self.later(minutes=1)
        return outcome

    def aftercare(self, fen: int = 520_000) -> Self:
        """Paid, confirmed by the worker, reported closed, the file passed."""
        for step in (MoneyStep.AWARDED, MoneyStep.PAID):
            self.money(step, {1: fen})
        self.money(MoneyStep.CONFIRMED, {1: fen}, self.worker, Way.LINK)
        return self.do("report_closing", LAWYER, outcome="recovered", text="钱到了。").do("pass_file", CLERK)

    def closed(self) -> Self:
        self.do("pay_subsidy", CLERK, fen=180_000).do("record_follow_up", CLERK, reached=True, satisfied=5)
        return self.do("close", CLERK)

    def to(self, status: str) -> Self:
        """Bring a fresh application to a status, by the shortest way."""
        ways[status](self)
        assert self.case.status == status
        return self


ways: dict[str, Any] = {
    "submitted": lambda s: s,
    "accepted": lambda s: s.do("accept", CLERK),
    "awaiting_material": lambda s: s.do("ask_for_more", CLERK, missing=["identity"], sure=True),
    "reviewed": lambda s: s.do("accept", CLERK).do("review", CLERK),
    "granted": lambda s: s.granted(),
    "offered": lambda s: s.granted().offered(),
    "assigned": lambda s: s.assigned(),
    "in_progress": lambda s: s.in_progress(),
    "closing": lambda s: s.in_progress().do("report_closing", LAWYER, outcome="not_recovered", text="执行不到。"),
    "aftercare": lambda s: s.in_progress().aftercare(),
    "closed": lambda s: s.in_progress().aftercare().closed(),
    "refused": lambda s: s.do("accept", CLERK).do("refuse", DECIDER, grounds=["out_of_scope"], text="不在范围内。"),
    "objection": lambda s: s.to("refused").do("object", s.worker, text="我不同意。"),
    "withdrawal_requested": lambda s: s.do("request_withdrawal", s.worker, text="不想弄了。"),
    "withdrawn": lambda s: s.to("withdrawal_requested").do("confirm_withdrawal", CLERK_2, text="打过电话。"),
    "terminated": lambda s: s.granted().do("terminate", DECIDER, ground="client_asks", text="本人要求。"),
}  # fmt: skip
