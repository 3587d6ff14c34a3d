"""Further demonstration cases, all invented and named so: what the published ones do not show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from nuanxin.accounts.models import Staff
from nuanxin.accounts.queries import actor_for
from nuanxin.audit.actor import Role
from nuanxin.cases.actions.perform import perform
from nuanxin.config.demo_cases import Teller
from nuanxin.network.queries import agency_for, parse_place

GAOPING = "140581"


def body(number: int, kind: str = "aid", **more: Any) -> dict[str, Any]:
    """What an invented worker sends in; ``number`` gives name and telephone."""
    sent: dict[str, Any] = {
        "door": "web",
        "kind": kind,
        "applicant": {
            "name": f"示例{'赵钱孙李周吴郑王冯陈'[number % 10]}某",
            "phone": f"190000300{number:02d}",
        },
        "place": GAOPING,
        "story": {"text": "（演示）干完活老板一直没给工资。"},
        "consent": True,
    }
    if kind == "aid":
        sent |= {"items": ["wages"], "amount_claimed": f"{4000 + number * 1300}.00"}
    return sent | more


def new_today(at: datetime) -> None:
    """Fresh applications: green, mixed and ordinary, one with four days left before the limitation."""
    Teller(body(1), "new-1", at - timedelta(minutes=50))
    Teller(body(2, items=["wages", "severance"]), "new-2", at - timedelta(minutes=40))
    Teller(body(3, items=["labour_relationship"]), "new-3", at - timedelta(minutes=30))
    last = (at - timedelta(days=361)).date().isoformat()
    Teller(body(4, ended_on=last, door="hotline"), "urgent", at - timedelta(minutes=90))


def reports(at: datetime) -> None:
    """A report in the county, one without a place at the national desk, and a question in each of the two."""
    Teller(body(5, "report"), "report-1", at - timedelta(minutes=25))
    nowhere = body(6, "report")
    del nowhere["place"]
    Teller(nowhere, "report-2", at - timedelta(minutes=70))
    question = {"text": "（演示）没签合同，能要回工资吗？"}
    Teller(body(7, "question", story=question), "question-1", at - timedelta(minutes=15))
    anywhere = body(12, "question", story={"text": "（演示）老板跑了，人在外省，该去哪里说？"})
    del anywhere["place"]
    Teller(anywhere, "question-2", at - timedelta(minutes=20))


def waiting_for_transfer(at: datetime) -> None:
    """Sent to a neighbour that has not answered; the sender stays responsible."""
    case = Teller(body(8, place="140502"), "transfer", at - timedelta(hours=5))
    receiver = agency_for(parse_place(GAOPING))
    case.do("accept", Role.CLERK).later(hours=1)
    case.do("transfer", Role.CLERK, agency=receiver.pk, text="工地在高平，请贵中心办理。")


def withdrawal(at: datetime) -> None:
    """The worker asked to withdraw; a colleague rings back first."""
    case = Teller(body(9), "withdraw", at - timedelta(days=1)).do("accept", Role.CLERK).later(hours=3)
    perform(
        "request_withdrawal",
        case_id=case.case_id,
        by=case.worker(),
        at=case.at,
        form={"text": "老板说撤了才给钱"},
    )


def objection(at: datetime) -> None:
    """Refused, and the worker objects: the justice bureau decides."""
    case = Teller(body(10, items=["severance"]), "objection", at - timedelta(days=4)).do("accept", Role.CLERK)
    case.later(days=1).do("review", Role.CLERK, recommend="refuse")
    case.later(hours=2).do("refuse", Role.DECIDER, grounds=["means"], text="经济状况不符合条件。")
    perform(
        "object",
        case_id=case.case_id,
        by=case.worker(),
        at=case.later(days=1).at,
        form={"text": "我家里确实困难"},
    )


def watched(at: datetime) -> None:
    """Under watch by the province: the county owes an answer."""
    case = Teller(body(11), "watch", at - timedelta(days=3)).to_decision()
    supervisor = actor_for(Staff.objects.get(username="supervisor_province"), case.at)
    form = {"text": "（演示）为什么还没有指派律师？"}
    perform("open_watch", case_id=case.case_id, by=supervisor, at=case.later(days=2).at, form=form)


def from_a_partner(at: datetime) -> None:
    """Labour inspection hands in two: one under review, one just now."""
    partner = actor_for(Staff.objects.get(username="partner"), at)
    first = body(13, door="partner", workers=3, amount_claimed="24600.00")
    Teller(first, "partner-1", at - timedelta(days=2), partner).do("accept", Role.CLERK)
    Teller(body(14, "report", door="partner"), "partner-2", at - timedelta(minutes=35), partner)


STORIES: tuple[Callable[[datetime], None], ...] = (
    new_today, reports, waiting_for_transfer, withdrawal, objection, watched,
    from_a_partner,
)  # fmt: skip
