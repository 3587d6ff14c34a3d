"""A written question in the queue of a hotline, and the people around it, through the real actions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from nuanxin.accounts.queries import actor_for
from nuanxin.audit.actor import NOWHERE, WORKER, Actor, Role
from nuanxin.cases.actions.submit import submit
from nuanxin.cases.models import Case
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.intake import read_intake
from nuanxin.hotline.actions import questions
from nuanxin.hotline.actions.answers import Wording
from tests.factories.hotline import WORKDAY
from tests.factories.staff import make_staff

ASKER, TELEPHONE, FIRM = "田满仓", "13912345678", "高平市鸿运建筑有限公司"
STORY = "我叫田满仓，在鸿运建筑干活，没签合同，欠三个月工资，电话13912345678。"
ANSWER = "田师傅，没签书面合同，满一个月起可以要二倍工资，《劳动合同法》第八十二条。"
CLEAN = Wording("contract", "没签合同，欠三个月工资，能要二倍工资吗？", "可以，《劳动合同法》第八十二条。")


def asked(key: str = "q1", *, share: bool = True, at: datetime = WORKDAY, **more: Any) -> Case:
    """A question from the portal that waits for its answer in Gaoping."""
    body: dict[str, Any] = {
        "door": "web", "kind": "question", "consent": True, "place": "140581",
        "applicant": {"name": ASKER, "phone": TELEPHONE}, "story": {"text": STORY},
        "respondents": [{"role": "employer", "kind": "licensed_unit", "name": FIRM}], **more,
    }  # fmt: skip
    intake = read_intake(body, place_known=lambda _: True, today=at.astimezone(SHANGHAI).date())
    receipt = submit(intake=intake, by=WORKER, at=at, key=f"question-{key}", body=body)
    if share:
        questions.note_share(case_id=receipt.case_id, share=True, by=WORKER, at=at)
    return Case.objects.get(pk=receipt.case_id)


def answered(lawyer: Actor, key: str = "q1", *, share: bool = True, at: datetime = WORKDAY) -> Case:
    """A question with its answer."""
    case = asked(key, share=share, at=at)
    return questions.answer(case_id=case.pk, text=ANSWER, by=lawyer, at=at + timedelta(minutes=20))


def asker_of(case: Case) -> Actor:
    """Who asked, after the code was checked."""
    return Actor("worker", case.pk, frozenset({str(Role.WORKER)}), NOWHERE)


def person(role: Role, at: datetime = WORKDAY, **more: Any) -> Actor:
    """Somebody of a role in Gaoping."""
    return actor_for(make_staff(role, **more), at)
