"""How clocks and dates are said."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils.translation import override

from nuanxin.ui import wording
from nuanxin.ui.icons import ICONS, UnknownIcon, drawing
from nuanxin.ui.parts import LedgerRow

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("at", "tone", "zh", "en"),
    [
        (date(2026, 11, 22), "late", "过了 2 天", "2 days late"),
        (NOW.replace(hour=8), "late", "今天已过时", "Late today"),
        (date(2026, 11, 24), "wait", "今天", "Today"),
        (NOW.replace(hour=17, minute=30), "wait", "今天 17:30", "Today 17:30"),
        (date(2026, 11, 25), "wait", "11 月 25 日 · 剩 1 天", "25 November · 1 day left"),
        (date(2026, 12, 3), "plain", "12 月 3 日", "3 December"),
        (date(2027, 1, 3), "plain", "2027 年 1 月 3 日", "3 January 2027"),
    ],
)
def test_a_clock_says_how_it_stands(at: date, tone: str, zh: str, en: str) -> None:
    for language, said in (("zh-hans", zh), ("en", en)):
        with override(language):
            chip = wording.due(at, NOW, language)
        assert (chip.tone, str(chip.text)) == (tone, said)


def test_a_late_promise_is_no_broken_law() -> None:
    assert wording.due(date(2026, 11, 20), NOW, "en", promise=True).tone == "wait"


@pytest.mark.parametrize(
    ("amount", "share"), [("0", 0), ("0.01", 2), ("3120", 60), ("5200", 100), ("9999", 100), ("-1", 0)]
)
def test_bars_never_lie_about_nothing(amount: str, share: int) -> None:
    assert LedgerRow("", Decimal(amount), Decimal("5200")).share == share
    assert LedgerRow("", Decimal(amount), Decimal(0)).share == 0


def test_templates_say_money_and_days() -> None:
    text = "{% load ui %}{{ a|money }} {{ b|money }} {{ d|day }} {{ d|day:now }} {{ now|moment:now }}"
    with override("zh-hans"):
        said = Template(text).render(
            Context({"a": Decimal("5200"), "b": None, "d": date(2026, 8, 1), "now": NOW})
        )
    assert said == "5,200.00 — 2026 年 8 月 1 日 8 月 1 日 11 月 24 日 9:00"


def test_every_icon_is_a_line_drawing() -> None:
    assert all("fill=" not in drawing(name) and "style=" not in drawing(name) for name in ICONS)
    with pytest.raises(UnknownIcon, match="there are"):
        drawing("unicorn")
