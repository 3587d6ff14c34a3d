"""``{% load ui %}``: the components. Each draws one template of ``ui/parts``; ui/README.md shows them in use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from nuanxin.ui import wording
from nuanxin.ui.parts import Answer, Check, Chip, Fact, LedgerRow, QueueRow, Tab, Task, Text, TimelineItem
from nuanxin.ui.queue import chip_html, icon_html, queue_html

register = template.Library()


@register.simple_tag
def icon(name: str, label: Text = "") -> SafeString:
    """An inline drawing; silent to screen readers unless it has a label of its own."""
    return icon_html(name, str(label))


@register.simple_tag
def chip(text: Text | Chip, tone: str = "plain", icon: str = "") -> SafeString:
    """``{% chip "绿色通道" "green" %}`` or ``{% chip row.due %}``. A queue has a hundred: drawn without a template."""
    return chip_html(text if isinstance(text, Chip) else Chip(text, tone, icon))


@register.inclusion_tag("ui/parts/action.html")
def action(
    url: str, title: Text, note: Text = "", icon: str = "paper", first: bool = False
) -> dict[str, Any]:
    """A door on the home page: a large card with a drawing; ``first=True`` for the one green one."""
    return {"url": url, "title": title, "note": note, "icon": icon, "first": first}


@register.inclusion_tag("ui/parts/status.html")
def status(now: Text, then: Text = "", by: Text = "", tone: str = "green") -> dict[str, Any]:
    """Where it is: what happens now, what comes next, by when (a chip; tone wait or late when it presses)."""
    return {"now": now, "then": then, "by": Chip(by, tone, "clock") if by else None, "tone": tone}


@register.inclusion_tag("ui/parts/ledger.html")
def ledger(rows: Sequence[LedgerRow]) -> dict[str, Any]:
    """The steps of the money as bars; the amounts beside them are the text alternative."""
    return {"rows": rows}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(items: Sequence[TimelineItem]) -> dict[str, Any]:
    """What was done and what is to come, oldest first."""
    return {"items": items}


@register.inclusion_tag("ui/parts/facts.html")
def facts(rows: Sequence[Fact]) -> dict[str, Any]:
    """Label and value side by side (staff)."""
    return {"rows": rows}


@register.inclusion_tag("ui/parts/summary.html")
def summary(rows: Sequence[Answer]) -> dict[str, Any]:
    """Check your answers."""
    return {"rows": rows}


@register.inclusion_tag("ui/parts/tasks.html")
def tasks(rows: Sequence[Task]) -> dict[str, Any]:
    """Task list: the parts of an application and which are done."""
    return {"rows": rows}


@register.inclusion_tag("ui/parts/checks.html")
def checks(rows: Sequence[Check]) -> dict[str, Any]:
    """What is there and what is missing."""
    return {"rows": rows}


@register.inclusion_tag("ui/parts/tabs.html")
def tabs(items: Sequence[Tab], label: Text = "") -> dict[str, Any]:
    """Views of one list. They are links, so they work without a script."""
    return {"items": items, "label": label}


@register.simple_tag
def queue(rows: Sequence[QueueRow], caption: Text = "", empty: Text = "") -> SafeString:
    """The staff queue: yours to do, who, what they ask, by when."""
    return queue_html(rows, caption, empty)


@register.inclusion_tag("ui/parts/pages.html")
def pages(newer_url: str = "", older_url: str = "") -> dict[str, Any]:
    """Keyset paging: there is a next and a previous page, and no page numbers."""
    return {"newer_url": newer_url, "older_url": older_url}


@register.inclusion_tag("ui/parts/why.html")
def why(text: Text, article: Text = "", title: Text = "") -> dict[str, Any]:
    """ "Why do we ask", with its article; ``title`` says something else, such as why an answer is what it is."""
    return {"text": text, "article": article, "title": title}


@register.inclusion_tag("ui/parts/progress.html")
def progress(step: int, steps: int, saved: bool = False) -> dict[str, Any]:
    """Step 3 of 8, as a bar and as words."""
    return {"step": step, "steps": steps, "saved": saved, "share": round(step * 100 / steps) if steps else 0}


@register.inclusion_tag("ui/parts/errors.html")
def errorsummary(form: BaseForm) -> dict[str, Any]:
    """Every fault of a form at the top of the page, each a link to its field. Nothing when there is none."""
    return {"faults": wording.faults(form)}


@register.simple_block_tag
def banner(content: str, kind: str = "info", title: Text = "") -> str:
    """``{% banner "good" "收到了" %}…{% endbanner %}``: kind is info, good, wait or late."""
    return render_to_string("ui/parts/banner.html", {"content": content, "kind": kind, "title": title})


@register.simple_block_tag
def nextstep(content: str, title: Text, note: Text = "", idle: bool = False) -> str:
    """The next step of a case: the only box with a filled button. ``idle=True`` when it is another's turn."""
    return render_to_string(
        "ui/parts/nextstep.html", {"content": content, "title": title, "note": note, "idle": idle}
    )


@register.simple_block_tag
def more(content: str, title: Text, open: bool = False) -> str:
    """A passage that opens on demand."""
    return render_to_string("ui/parts/more.html", {"content": content, "title": title, "open": open})


@register.filter
def money(value: Decimal | int | str | None) -> str:
    """Yuan with two decimals and thousands, such as 5,200.00; an unknown amount is a dash."""
    return "—" if value is None or value == "" else f"{Decimal(value):,.2f}"


@register.filter
def day(value: date | datetime | None, now: datetime | None = None) -> str:
    """A legal day as people say it: 2026 年 8 月 18 日; ``{{ due|day:now }}`` leaves out the year that we are in."""
    return "" if value is None else wording.day(_local(value), _language(), _year(now))


@register.filter
def moment(value: datetime | None, now: datetime | None = None) -> str:
    """An instant in Asia/Shanghai with its time: 2026 年 8 月 11 日 9:00; with ``:now`` as in ``day``."""
    return "" if value is None else wording.moment(timezone.localtime(value), _language(), _year(now))


@register.simple_tag
def due(at: date | datetime, now: datetime, promise: bool = False) -> Chip:
    """The chip of a clock: late, today, soon, or a plain date. ``{% due row.due now as c %}{% chip c %}``."""
    return wording.due(_local(at), timezone.localtime(now), _language(), promise=promise)


@register.filter
def get(values: Mapping[str, Any], key: str) -> Any:
    """A value by a key that is itself a variable; empty when it is not there."""
    return values.get(key, "")


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def _year(now: datetime | None) -> int | None:
    return timezone.localtime(now).year if now else None


def _language() -> str:
    return get_language() or "zh-hans"
