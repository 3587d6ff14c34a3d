"""The demonstration's cases: the published ones, each brought to another stage by the real actions.

Dates are shifted so that the last thing happened lately. Everything goes through the same actions as in real
use; nothing is written past them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from nuanxin.accounts.models import Staff
from nuanxin.accounts.queries import actor_for
from nuanxin.assignment.actions import accept, offer
from nuanxin.assignment.queries import proposal
from nuanxin.audit.actor import NOWHERE, SYSTEM, Actor, Role
from nuanxin.cases.actions.money import Sum, record, spread
from nuanxin.cases.actions.perform import perform
from nuanxin.cases.actions.roster import import_roster
from nuanxin.cases.actions.submit import submit
from nuanxin.cases.models import Case, Worker
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.intake import read_intake
from nuanxin.cases.rules.ledger import MoneyStep, Way
from nuanxin.config.demo_people import worker_name, worker_phone

DATA = Path(__file__).with_name("demo_data") / "cases.json"
# The totals and shares that the press did not report, invented for the demonstration.
INVENTED_FEN = {
    "anqing-carpenters": 22_000_000,
    "gaoping-station": 13_000_000,
    "jiangsu-73": 140_000_000,
    "wutong-painters": 5_600_000,
    "yanggu-greenhouse": 3_600_000,
    "daqing-welders": 2_400_000,
    "yuhang-rider": 280_000,
}
INVENTED_WORKERS = {"daqing-welders": 4}


def published() -> dict[str, dict[str, Any]]:
    """The published cases by their id."""
    return {case["id"]: case for case in json.loads(DATA.read_text(encoding="utf-8"))["cases"]}


class Teller:
    """Tells one case from its submission on: who acts, and when."""

    def __init__(self, body: Mapping[str, Any], key: str, at: datetime, by: Actor = SYSTEM) -> None:
        self.at = at
        intake = read_intake(body, place_known=lambda _: True, today=self.today)
        self.case_id = submit(intake=intake, by=by, at=at, key=f"demo-{key}", body=body).case_id

    @property
    def today(self) -> Any:
        return self.at.astimezone(SHANGHAI).date()

    @property
    def case(self) -> Case:
        return Case.objects.get(pk=self.case_id)

    def later(self, **time: float) -> Teller:
        """Let time pass."""
        self.at += timedelta(**time)
        return self

    def who(self, role: Role) -> Actor:
        """Somebody of the office that holds the case."""
        case = self.case
        if role is Role.LAWYER:
            return actor_for(Staff.objects.get(pk=case.lawyer or case.offered_to), self.at)
        rows = Staff.objects.filter(office_id=case.holder_agency, grants__role=role)
        return actor_for(rows.order_by("pk")[0], self.at)

    def do(self, action: str, role: Role, /, **form: Any) -> Teller:
        """One move of the transition table."""
        perform(action, case_id=self.case_id, by=self.who(role), at=self.at, form=form)
        return self

    def worker(self) -> Actor:
        """The worker, let in by the code."""
        return Actor("worker", self.case_id, frozenset({Role.WORKER}), NOWHERE)

    def to_decision(self) -> Teller:
        """Accepted, reviewed and granted on one day."""
        self.do("accept", Role.CLERK).later(minutes=20)
        self.do("review", Role.CLERK, recommend="grant").later(minutes=15)
        return self.do("grant", Role.DECIDER, status_document=True, undertaking=True).later(minutes=10)

    def offered(self) -> Teller:
        """Offered to the lawyer at the head of the proposal."""
        best = proposal(self.case, at=self.at)[0]
        offer(case_id=self.case_id, lawyer=best.lawyer, by=self.who(Role.CLERK), at=self.at)
        return self.later(minutes=30)

    def with_lawyer(self) -> Teller:
        """Granted, assigned, agreement signed, the worker met."""
        self.to_decision().offered()
        accept(case_id=self.case_id, by=self.who(Role.LAWYER), at=self.at)
        self.later(hours=20).do("sign_agreement", Role.LAWYER, on=self.today)
        return self.later(hours=1).do("record_meeting", Role.LAWYER, on=self.today, text="核对了考勤和欠条。")

    def roster(self, name: str, workers: int, total: int) -> Teller:
        """The list of workers with invented names, and the total divided over them."""
        share, rest = divmod(total, workers)
        others = Worker.objects.count()  # nobody of one group is taken for somebody of another
        rows = [
            {
                "name": name if n == 0 else worker_name(n),
                "phone": worker_phone(others + n) if n else "",
                "claimed": f"{(share + (rest if n == 0 else 0)) / 100:.2f}",
            }
            for n in range(workers)
        ]
        import_roster(case_id=self.case_id, by=self.who(Role.LAWYER), at=self.at, rows=rows)
        return self.later(minutes=30)

    def money(self, step: MoneyStep, fen: int, way: Way, role: Role | None = Role.LAWYER) -> Teller:
        """One step of the money, divided by what each claimed. ``role`` None: the worker by link."""
        group = self.case.workers_count <= 1
        lines = {1: fen} if group else spread(case_id=self.case_id, total=fen)
        by = self.who(role) if role else self.worker()
        record(case_id=self.case_id, by=by, at=self.at, entry=Sum(step, lines, way, self.today))
        return self.later(minutes=10)


def body_of(case: Mapping[str, Any], number: int) -> dict[str, Any]:
    """The API body of a published case; what was not reported and must be there is invented visibly."""
    workers = case.get("workers") or INVENTED_WORKERS.get(case["id"], 1)
    body: dict[str, Any] = {
        "door": case["door"],
        "kind": "aid",
        "applicant": {
            "name": case.get("representative") or worker_name(number),
            "phone": f"190000100{number:02d}",
            "needs": case.get("needs", []),
        },
        "place": case["place"],
        "items": case.get("items", ["wages"]),
        "workers": workers,
        "relation": case.get("relation", "unknown"),
        "respondents": [dict(party) for party in case.get("parties", [])],
        "story": {"text": case["story"]["zh"], "language": "zh"},
        "consent": True,
    }
    total = INVENTED_FEN.get(case["id"])
    if total:
        body["amount_claimed"] = f"{total // 100}.00"
    if case["door"] == "helper":
        body["helper"] = {"name": "镇司法所演示员", "phone": "19000020001", "relation": "司法所工作人员"}
    return body


def tell(key: str, number: int, at: datetime) -> Teller:
    """Submit one published case at ``at``."""
    return Teller(body_of(published()[key], number), key, at)
