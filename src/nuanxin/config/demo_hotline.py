"""What the demo's hotline shows besides calls: answers that others may read, one that waits for approval, checks of
quality, and how callers found it. The people are invented; the law is what the articles say."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from nuanxin.accounts.models import Staff
from nuanxin.accounts.queries import actor_for
from nuanxin.audit.actor import WORKER, Actor
from nuanxin.audit.transactions import write
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.config.demo_cases import Teller
from nuanxin.config.demo_more import body
from nuanxin.hotline.actions import answers, quality, questions, satisfaction
from nuanxin.hotline.actions.answers import Wording
from nuanxin.hotline.models import Exchange, QualityCheck, Satisfaction
from nuanxin.hotline.rules.quality import POINTS, week_of
from nuanxin.hotline.rules.satisfaction import is_dissatisfied

ANSWERS = (
    Wording(
        "contract",
        "（演示）干了五个月，没签书面合同，能要二倍工资吗？",
        "单位从用工那天起超过一个月、不满一年没有签书面合同的，应当每月付二倍的工资：《劳动合同法》第八十二条第一款。"
        "申请仲裁的时效是一年：《劳动争议调解仲裁法》第二十七条。请早一点申请，带上工牌、考勤、转账记录或者聊天记录。",
        "(Demo) I have worked for five months without a written contract. Can I ask for double wages?",
        "An employer that has made no written contract for more than a month and less than a year from the first day of "
        "work pays double wages for each month: Labour Contract Law, art. 82(1). The limit for asking for arbitration is "
        "one year: Law on Mediation and Arbitration of Labour Disputes, art. 27. Ask early, with badge, attendance "
        "record, transfers or chats.",
    ),
    Wording(
        "employer",
        "（演示）工地上分包拖欠工资，包工头找不到了，可以找谁要？",
        "分包单位拖欠农民工工资的，由施工总承包单位先行清偿；转包的也一样：《保障农民工工资支付条例》第三十条。"
        "工程发包或者分包给个人，因此拖欠工资的，由建设单位或者施工总承包单位清偿：同一条例第三十六条。"
        "工地的维权信息告示牌上写着总包单位的名称。",
        "(Demo) A subcontractor on our site owes wages and the foreman cannot be found. Whom can I ask?",
        "Where a subcontractor owes wages to migrant workers, the general contractor pays first, and so where the project "
        "was passed on: Regulation on Ensuring Wage Payment to Migrant Workers, art. 30. Where work was given to an "
        "individual and wages are owed for it, the developer or the general contractor pays: art. 36. The notice board "
        "on the site names the general contractor.",
    ),
    Wording(
        "procedure",
        "（演示）老板写了工资欠条，一直不给，能直接去法院吗？",
        "以工资欠条为证据直接起诉，诉讼请求不涉及劳动关系其他争议的，法院按普通民事纠纷受理，不用先仲裁："
        "《最高人民法院关于审理劳动争议案件适用法律问题的解释（一）》第十五条。欠条原件请保管好。",
    ),
)  # fmt: skip
SCORES = (2, 5, 4, 5)  # the one who rang last is not satisfied, says so just now, and is rung back


def load(at: datetime) -> None:
    """Once, after the hotline. Nothing where it was loaded before."""
    if QualityCheck.objects.exists():
        return
    with write():
        for number, wording in enumerate(ANSWERS):
            _answer(number, wording, at, out=number < 2)
        _checks(at)
        _found(at)


def _person(username: str, at: datetime) -> Actor:
    return actor_for(Staff.objects.get(username=username), at)


def _answer(number: int, wording: Wording, at: datetime, *, out: bool) -> None:
    """A question whose asker agrees that others read it, its answer, and the proposal of a text; two are out."""
    asked = at - timedelta(days=3, hours=number)
    case = Teller(
        body(30 + number, "question", story={"text": wording.question_zh}), f"shared-{number}", asked
    )
    lawyer, on = _person("duty_lawyer", asked), _day(asked)
    questions.note_share(case_id=case.case_id, share=True, by=WORKER, at=asked)
    answered = asked + timedelta(minutes=50)
    questions.answer(case_id=case.case_id, text=wording.answer_zh, by=lawyer, at=answered)
    row = answers.propose(case_id=case.case_id, wording=wording, law_on=on, by=lawyer, at=answered)
    if out:
        then = answered + timedelta(hours=20)
        answers.approve(answer_id=row.pk, by=_person("decider", then), at=then)


def _day(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


def _checks(at: datetime) -> None:
    """Last week's draw: one call checked, one left to do."""
    week = week_of(at) - timedelta(days=7)
    for exchange in Exchange.objects.all():  # not only from six on Monday on, as the nightly job does
        quality.draw_week(exchange=exchange, week=week, at=at)
    drawn = QualityCheck.objects.order_by("pk").first()
    if drawn is not None:
        points = dict.fromkeys(POINTS, 2) | {"plain_words": 1}
        notes = {"plain_words": "（演示）“仲裁时效”没有解释。"}
        by = _person("supervisor_city", at)
        quality.score(check_id=drawn.pk, points=points, notes=notes, serious=False, by=by, at=at)


def _found(at: datetime) -> None:
    """How some callers found it; who was not satisfied is rung back by somebody else."""
    asked = Satisfaction.objects.filter(asked_at__lt=at - timedelta(minutes=30)).select_related("call")
    phones: dict[str, datetime] = {}
    for row in asked.order_by("-asked_at")[: 3 * len(SCORES)]:
        phones.setdefault(row.call.phone or "", row.asked_at)
    for (phone, since), score in zip(phones.items(), SCORES, strict=False):
        when = at if is_dissatisfied(score) else since + timedelta(minutes=20)
        satisfaction.rate_by_text(phone=phone, score=score, at=when)
