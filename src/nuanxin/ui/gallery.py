"""Specimens for ``/ui/gallery/``: every component with made-up content, for designers and for the axe tests."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from nuanxin.ui import forms as ui
from nuanxin.ui.icons import ICONS
from nuanxin.ui.parts import (
    Answer,
    Check,
    Chip,
    Fact,
    LedgerRow,
    NavItem,
    Question,
    QueueRow,
    Tab,
    Task,
    TimelineItem,
)

_WHO = [
    ("contractor", _("A contractor or team leader")),
    ("company", _("A company, directly")),
    ("agency", _("A labour agency or go-between")),
    ("platform", _("A phone platform (meals, parcels, driving)")),
    ("unknown", _("Not sure")),
]


class WhoForm(ui.Form):
    """A single question."""

    lone_heading = True
    who = ui.ChoiceField(
        label=_("Who called you to the work?"), choices=_WHO, notes={"platform": _("By an app")}
    )


class EveryField(ui.Form):
    """One of each field."""

    name = forms.CharField(label=_("Your name"), help_text=_("As on the ID card"), max_length=60)
    phone = ui.PhoneField(label=_("Your phone"))
    resident_id = ui.ResidentIdField(label=_("ID number"), required=False)
    amount = ui.MoneyField(label=_("How much are you owed?"), help_text=_("A rough figure will do"))
    since = ui.MonthField(label=_("Unpaid since which month?"))
    ended = ui.DayField(label=_("Last day at work"), latest=date(2026, 12, 31), required=False)
    items = ui.ChoicesField(label=_("What are you owed?"), choices=[("w", _("Wages")), ("o", _("Overtime"))])
    trade = forms.ChoiceField(label=_("Kind of work"), choices=[("b", _("Building")), ("r", _("Riding"))])
    story = forms.CharField(label=_("What happened?"), widget=forms.Textarea, required=False)
    photos = ui.PhotosField(
        label=_("Photos"), help_text=_("IOU, bank record, chat, site board"), required=False
    )
    consent = ui.TickField(label=_("I have read what you keep about me"))


def page(name: str) -> tuple[str, dict[str, Any]] | None:
    """Template and context of one gallery page; None when there is none of that name."""
    makers = {
        "public": _public, "home": _home, "question": _question, "faults": _faults, "follow": _follow,
        "staff": _staff, "list": _list, "case": _staff_case,
        "confirm": _confirm, "plain": _plain, "print": _print,
    }  # fmt: skip
    maker = makers.get(name)
    return maker() if maker else None


def _public() -> tuple[str, dict[str, Any]]:
    answers = [
        Answer(_("Your name"), "田某某", "#"),
        Answer(_("How much are you owed?"), "5,200.00", "#"),
        Answer(
            _("What happened?"), "去年 11 月干到今年 1 月，说好一天 260。\n老板说年后给，到现在没给。", "#"
        ),
    ]
    tasks = [
        Task(_("About you"), "#", Chip(_("Done"), "green", "check")),
        Task(_("The work"), "#", Chip(_("Not yet"), "plain")),
    ]
    return "ui/gallery/public.html", {
        "answers": answers,
        "tasks": tasks,
        "form": EveryField(),
        "icons": list(ICONS),
        **_case(),
    }


def _home() -> tuple[str, dict[str, Any]]:
    return "ui/gallery/home.html", {}


def _asked(faulty: bool) -> Question:
    return Question(
        heading=_("Who called you to the work?"),
        hint=_("It does not matter if you do not know the company's name. We will find out."),
        step=3,
        steps=8,
        back_url="#",
        saved=not faulty,
        draft="gallery",
        why=_("Who called you decides who is asked for the money first."),
        article="《保障农民工工资支付条例》第三十条",
    )


def _question() -> tuple[str, dict[str, Any]]:
    return "ui/question.html", {"form": WhoForm(initial={"who": "contractor"}), "question": _asked(False)}


def _faults() -> tuple[str, dict[str, Any]]:
    typed = QueryDict(
        "name=&phone=1381234567&resident_id=110101199003070000&amount=many&since_year=2025&since_month=13"
    )
    return "ui/question.html", {"form": EveryField(typed), "question": _asked(True)}


def _follow() -> tuple[str, dict[str, Any]]:
    return "ui/gallery/follow.html", _case()


def _case() -> dict[str, Any]:
    claimed = Decimal("5200")
    money = [
        (_("Claimed"), "5200"),
        (_("Awarded or agreed"), "5200"),
        (_("Paid"), "3120"),
        (_("You confirmed"), "0"),
    ]
    return {
        "ledger": [LedgerRow(label, Decimal(amount), claimed) for label, amount in money],
        "timeline": [
            TimelineItem("7 月 31 日", "您在窗口申请，当天受理、当天指派律师"),
            TimelineItem("8 月 2 日", "律师见了您，核对 26 人的欠条"),
            TimelineItem("8 月 11 日", "调解", done=False),
        ],
    }


def _shell(**more: Any) -> dict[str, Any]:
    nav = [
        NavItem(_("Mine to do"), "#", 14, current=True),
        NavItem(_("Green lane"), "#", 6),
        NavItem(_("Due soon"), "#", 2),
        NavItem(_("No next step"), "#", 0, pinned=True, alarm=True),
        NavItem(_("Being assigned"), "#", 5),
        NavItem(_("Sent on, not yet taken"), "#", 1),
        NavItem(_("All cases"), "#"),
        NavItem(_("Service points"), "#", apart=True),
        NavItem(_("Figures"), "#"),
    ]
    return {
        "nav": nav,
        "staff_name": "李敏",
        "staff_office": "高平市援助中心",
        "title": _("Mine to do"),
        **more,
    }


def _rows(chosen: bool) -> list[QueueRow]:
    green = Chip(_("Green lane"), "green")
    return [
        QueueRow("#", _("Review and decide"), "田某某等 26 人", "工资 130,000", Chip("今天 17:30", "wait", "clock"),
                 [green], "高平东站工地 · 窗口", "有欠条 26 张", "当天办承诺", chosen=chosen),
        QueueRow("#", _("Give aid first"), "王某", "工资 9,600，赔偿另算", Chip("11 月 27 日", "late", "warning"),
                 [Chip("时效剩 4 天", "late", "warning")], "餐饮 · 12348", "", "仲裁时效"),
        QueueRow("#", _("Ask for what is missing"), "刘某", "确认关系、工伤", Chip("11 月 28 日"),
                 [green, Chip("分项")], "骑手 · 手语"),
        QueueRow("#", _("Take over a case sent to you"), "赵某等 9 人", "劳务费 未报", Chip("11 月 25 日"),
                 [], "阳谷县转来", fresh=True),
        QueueRow("#", _("Ring back"), "小李", "2,800 已确认", Chip("12 月 3 日"), [], "外卖 · 工作站"),
    ]  # fmt: skip


def _staff() -> tuple[str, dict[str, Any]]:
    tabs = [
        Tab(_("Mine to do"), "#", 14, current=True),
        Tab(_("With others"), "#", 9),
        Tab(_("Due today"), "#", 3),
    ]
    facts = {
        "clocks": [
            Fact(_("Review"), "今天 17:30", "承诺 · 法定 8 月 7 日"),
            Fact(_("Assign"), "决定后 3 日"),
            Fact(_("Limitation"), "2021 年 7 月 31 日", "剩 365 天"),
        ],
        "payers": [
            Fact(_("Pays first"), "未知：缺总包单位", url="#", link="去查工地牌"),
            Fact(_("Directly"), "西安某公司（欠条）"),
        ],
        "proof": [Check("欠条 26", True), Check("身份证 26", True), Check("花名册", False, "#", "发调取函")],
    }
    return "ui/gallery/staff.html", _shell(rows=_rows(True), tabs=tabs, **facts, **_case())


def _list() -> tuple[str, dict[str, Any]]:
    tabs = [
        Tab(_("Mine to do"), "#", 14, current=True),
        Tab(_("With others"), "#", 9),
        Tab(_("Due today"), "#", 3),
    ]
    return "ui/gallery/list.html", _shell(rows=_rows(False), tabs=tabs, live_url="/ui/gallery/live/")


def _staff_case() -> tuple[str, dict[str, Any]]:
    typed = QueryDict("name=田&phone=13812345678&amount=-5")
    return "ui/gallery/case.html", _shell(form=EveryField(typed), empty=[], **_case())


def _confirm() -> tuple[str, dict[str, Any]]:
    rows = [Fact(_("Pays first"), "西安某公司")]
    asked = {
        "heading": _("Withdraw?"),
        "text": "另一位工作人员会先给当事人打电话。",
        "rows": rows,
        "danger": True,
    }
    return "ui/confirm.html", _shell(button=_("Withdraw"), back_url="#", **asked)


def _plain() -> tuple[str, dict[str, Any]]:
    class SignIn(ui.Form):
        username = forms.CharField(label=_("User name"))
        password = forms.CharField(label=_("Password"), widget=forms.PasswordInput)

    return "ui/gallery/plain.html", {"form": SignIn(), "title": _("Sign in")}


def _print() -> tuple[str, dict[str, Any]]:
    answers = [Answer(_("Your name"), "田某某"), Answer(_("How much are you owed?"), "5,200.00")]
    return "ui/gallery/print.html", {"answers": answers, "until": date(2026, 8, 18) + timedelta(days=1)}
