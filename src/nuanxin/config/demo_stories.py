"""How far each demonstration case has come: every part of the table is seen somewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from nuanxin.audit.actor import Role
from nuanxin.cases.models import Case
from nuanxin.cases.rules.ledger import MoneyStep, Way
from nuanxin.config import demo_more
from nuanxin.config.demo_cases import INVENTED_FEN, Teller, tell
from nuanxin.config.demo_people import load_lawyers


def load(at: datetime) -> None:
    """All stories, once."""
    if Case.objects.exists():
        return
    load_lawyers(at - timedelta(days=60))
    for story in (*STORIES, *demo_more.STORIES):
        story(at)


def gaoping(at: datetime) -> None:
    """The whole way: 26 workers, settled by mediation, every one has confirmed the money; closed."""
    case = tell("gaoping-station", 1, at - timedelta(days=20)).with_lawyer()
    fen = INVENTED_FEN["gaoping-station"]
    case.roster("田某某", 26, fen)
    case.later(days=2).do("record_step", Role.LAWYER, taken="mediation.filed", on=case.today)
    case.later(days=6).do("record_step", Role.LAWYER, taken="mediation.agreed", on=case.today)
    case.money(MoneyStep.AWARDED, fen, Way.DOCUMENT).later(days=1).money(MoneyStep.PAID, fen, Way.DOCUMENT)
    case.later(days=1).money(MoneyStep.CONFIRMED, fen, Way.PHONE, Role.CLERK)
    case.do("report_closing", Role.LAWYER, outcome="recovered", text="26人工资全部到账，逐人电话核实。")
    case.later(days=1).do("pass_file", Role.CLERK).do("pay_subsidy", Role.CLERK, fen=180_000)
    case.later(days=1).do("record_follow_up", Role.CLERK, reached=True, satisfied=5, text="满意。")
    case.later(hours=1).do("close", Role.CLERK)


def anqing(at: datetime) -> None:
    """Paid by the general contractor; the carpenters still have to confirm."""
    case = tell("anqing-carpenters", 2, at - timedelta(days=12)).with_lawyer()
    fen = INVENTED_FEN["anqing-carpenters"]
    case.roster("罗某某", 11, fen)
    case.later(days=3).do("record_step", Role.LAWYER, taken="negotiation.agreed", on=case.today)
    case.money(MoneyStep.AWARDED, fen, Way.DOCUMENT)
    case.later(days=4).money(MoneyStep.PAID, fen, Way.DOCUMENT)
    case.do("report_progress", Role.LAWYER, text="总包单位已把工资打到各人卡上，请大家核对后确认。")


def daqing(at: datetime) -> None:
    """Before the arbitration commission."""
    case = tell("daqing-welders", 3, at - timedelta(days=15)).with_lawyer()
    case.later(days=3).do("record_step", Role.LAWYER, taken="arbitration.filed", on=case.today)
    case.later(days=5).do("record_step", Role.LAWYER, taken="arbitration.accepted", on=case.today)


def wutong(at: datetime) -> None:
    """Offered to a lawyer who has not answered yet."""
    tell("wutong-painters", 4, at - timedelta(hours=3)).to_decision().offered()


def jiangsu(at: datetime) -> None:
    """73 workers; settled before the commission, the builder's frozen account is to be drawn on."""
    case = tell("jiangsu-73", 5, at - timedelta(days=14))
    case.do("accept", Role.CLERK).later(hours=1)
    case.do("review", Role.CLERK, recommend="grant").later(minutes=20)
    case.do("grant", Role.DECIDER, status_document=True).later(minutes=10)
    case = _assigned(case)
    fen = INVENTED_FEN["jiangsu-73"]
    case.roster("马某", 73, fen)
    case.later(days=1).do("record_step", Role.LAWYER, taken="arbitration.filed", on=case.today)
    case.later(days=1).do("record_step", Role.LAWYER, taken="arbitration.accepted", on=case.today)
    case.later(days=5).do("record_step", Role.LAWYER, taken="arbitration.mediated", on=case.today)
    case.money(MoneyStep.AWARDED, fen, Way.DOCUMENT)
    case.later(days=3).do("record_step", Role.LAWYER, taken="enforcement.filed", on=case.today)


def _assigned(case: Teller) -> Teller:
    from nuanxin.assignment.actions import accept

    case.offered()
    accept(case_id=case.case_id, by=case.who(Role.LAWYER), at=case.at)
    return case.later(hours=20).do("sign_agreement", Role.LAWYER, on=case.today)


def yanggu(at: datetime) -> None:
    """Filed in court after mediation failed; brought in by the township office."""
    case = tell("yanggu-greenhouse", 6, at - timedelta(days=9)).with_lawyer()
    case.later(days=2).do("record_step", Role.LAWYER, taken="mediation.failed", on=case.today)
    case.later(days=2).do("record_step", Role.LAWYER, taken="first_instance.filed", on=case.today)


def yuhang(at: datetime) -> None:
    """The courier has his 2,800 yuan and has confirmed; follow-up and subsidy are open."""
    case = tell("yuhang-rider", 7, at - timedelta(days=5)).with_lawyer()
    case.later(days=1).do("record_step", Role.LAWYER, taken="negotiation.agreed", on=case.today)
    case.money(MoneyStep.AWARDED, 280_000, Way.DOCUMENT).money(MoneyStep.PAID, 280_000, Way.DOCUMENT)
    case.later(hours=2).money(MoneyStep.CONFIRMED, 280_000, Way.LINK, None)
    case.do("report_closing", Role.LAWYER, outcome="recovered", text="骑手已确认收到2800元。")
    case.later(hours=3).do("pass_file", Role.CLERK)


def hanjiang(at: datetime) -> None:
    """Mixed items, sign language: asked once for what is missing."""
    case = tell("hanjiang-rider", 8, at - timedelta(days=2)).do("accept", Role.CLERK)
    case.later(hours=2).do(
        "ask_for_more",
        Role.CLERK,
        missing=["identity", "injury"],
        text="请补身份证复印件和医院诊断；可以发照片。",
    )


STORIES: tuple[Callable[[datetime], None], ...] = (
    gaoping, anqing, daqing, wutong, jiangsu, yanggu, yuhang, hanjiang,
)  # fmt: skip
