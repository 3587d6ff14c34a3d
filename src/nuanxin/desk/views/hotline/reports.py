"""Reports of the hotline for a period: the page with its charts, and the same as a file without anything personal."""

from __future__ import annotations

import csv
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actor import NATION
from nuanxin.desk.navigation import frame
from nuanxin.desk.views.hotline.board import ROLES, current
from nuanxin.desk.views.hotline.tabs import tabs
from nuanxin.desk.wording import hotline_board as words
from nuanxin.desk.wording.hotline_register import desk_name
from nuanxin.hotline.models import Desk
from nuanxin.hotline.queries.reports import figures
from nuanxin.hotline.queries.settings import settings_now
from nuanxin.hotline.rules.figures import SHANGHAI, Line, Report, hidden
from nuanxin.ui.forms import Form

MOST_DAYS = 92
USUAL_DAYS = 7
YEARS = (date(2000, 1, 1), date(2199, 12, 31))  # at the ends of the calendar there is no day before or after
COLUMNS = tuple(words.NAMES)


@dataclass(frozen=True, slots=True)
class Row:
    """A group's figures as text, in the order of COLUMNS; ``hidden``: too few calls to be shown. ``bar``: the
    answered share in hundredths."""

    name: str
    cells: tuple[str, ...]
    hidden: bool = False
    bar: float = 0.0


@dataclass(frozen=True, slots=True)
class Bar:
    """An hour of the chart: where it stands, how tall all its calls and the answered of them are."""

    x: int
    asked: float
    answered: float
    hour: int


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(
        label=label, widget=widget, validators=[MinValueValidator(YEARS[0]), MaxValueValidator(YEARS[1])]
    )


class PeriodForm(Form):
    """From which day to which."""

    template_name_label = "desk/parts/label.html"
    first = _day(gettext_lazy("First day"))
    last = _day(gettext_lazy("Last day"))

    def clean(self) -> dict[str, Any]:
        """A period of at most three months."""
        told = dict(super().clean() or {})
        first, last = told.get("first"), told.get("last")
        if first and last and not timedelta(0) <= last - first < timedelta(days=MOST_DAYS):
            raise ValidationError(
                _("The last day comes after the first, at most %(days)d days in all.") % {"days": MOST_DAYS}
            )
        return told


@guarded(*ROLES, scope="office")
@require_safe
def reports_page(request: HttpRequest) -> HttpResponse:
    """The figures of a period, by default of the seven days that ended yesterday."""
    asked = cast(StaffRequest, request)
    form, period = _period(asked)
    context = frame(asked, title=_("Hotline reports"), current=current(asked))
    context |= {"tabs": tabs(asked.actor, "hotline_reports"), "form": form}
    if period is None:
        return render(request, "desk/hotline/reports.html", context, status=422)
    found, limits = _figures(asked, *period)
    whole = _row("", found.whole, keep=True)
    context |= {
        "first": period[0], "last": period[1],
        "figures": [
            {"name": words.NAMES[key], "value": value, "means": str(words.DEFINITIONS[key]) % limits}
            for key, value in zip(COLUMNS, whole.cells, strict=True)
        ],
        "columns": [words.NAMES[key] for key in COLUMNS],
        "tables": [(key, title, _rows(key, found.by[key])) for key, title in words.DIMENSIONS.items()],
        "bars": _bars(found.by["hour"]),
        "empty": not found.whole.tally.asked,
    }  # fmt: skip
    return render(request, "desk/hotline/reports.html", context)


@guarded(*ROLES, scope="office")
@require_safe
def reports_file(request: HttpRequest) -> HttpResponse:
    """The same figures as CSV: one line a group, shares from 0 to 1, waits in seconds."""
    asked = cast(StaffRequest, request)
    _form, period = _period(asked)
    if period is None:
        return HttpResponse(
            _("The question cannot be read."), status=422, content_type="text/plain; charset=utf-8"
        )
    found, _limits = _figures(asked, *period)
    answer = HttpResponse(
        "\ufeff", content_type="text/csv; charset=utf-8"
    )  # the mark that spreadsheets wait for
    answer["Content-Disposition"] = f'attachment; filename="hotline-{period[0]}-{period[1]}.csv"'
    rows = csv.writer(answer)
    rows.writerow(["by", "group", "name", "calls", "answered_share", "wait_median_s", "wait_p95_s", "within_share",
                   "abandoned_share", "first_contact_share"])  # fmt: skip
    rows.writerow(["all", "", "", *_plain(found.whole)])
    for key in words.DIMENSIONS:
        small = hidden(found.by[key])
        names = _names(key, found.by[key])
        for group, line in found.by[key].items():
            cells = ["fewer than 5 calls, or next to such"] if group in small else _plain(line)
            rows.writerow([key, group, names[group], *cells])
    return answer


def _period(asked: StaffRequest) -> tuple[PeriodForm, tuple[date, date] | None]:
    today = asked.at.astimezone(SHANGHAI).date()
    usual = {"first": today - timedelta(days=USUAL_DAYS), "last": today - timedelta(days=1)}
    if not asked.GET:
        return PeriodForm(initial=usual), (usual["first"], usual["last"])
    form = PeriodForm(asked.GET)
    return form, (form.cleaned_data["first"], form.cleaned_data["last"]) if form.is_valid() else None


def _figures(asked: StaffRequest, first: date, last: date) -> tuple[Report, dict[str, int]]:
    region = 0 if asked.actor.scope == NATION else asked.actor.scope[0]
    values = settings_now(region, asked.at)
    limits = {"short": values["short_abandon"], "within": values["answer_within"]}
    return figures(first, last, by=asked.actor, at=asked.at, **limits), limits


def _rows(key: str, lines: Mapping[Hashable, Line]) -> list[Row]:
    small, names = hidden(lines), _names(key, lines)
    return [_row(names[group], line, keep=group not in small) for group, line in lines.items()]


def _row(name: str, line: Line, *, keep: bool) -> Row:
    if not keep:
        return Row(name, (), hidden=True)
    tally = line.tally
    cells = (
        str(tally.asked), words.percent(tally.answered_share), words.clock(tally.wait(0.5)),
        words.clock(tally.wait(0.95)), words.percent(tally.within_share), words.percent(tally.abandoned_share),
        words.percent(line.resolved_share),
    )  # fmt: skip
    return Row(name, cells, bar=round(100 * (tally.answered_share or 0), 1))


def _plain(line: Line) -> list[Any]:
    tally = line.tally
    shares = (tally.within_share, tally.abandoned_share, line.resolved_share)
    return [
        tally.asked, _cut(tally.answered_share), tally.wait(0.5), tally.wait(0.95), *(_cut(one) for one in shares),
    ]  # fmt: skip


def _cut(share: float | None) -> float | str:
    return "" if share is None else round(share, 4)


def _names(key: str, lines: Mapping[Hashable, Line]) -> dict[Hashable, str]:
    if key == "desk":
        desks = Desk.objects.in_bulk([int(str(group)) for group in lines])
        return {group: desk_name(desks[group]) if group in desks else _("no desk reached") for group in lines}
    word: dict[str, Any] = {
        "hour": lambda hour: f"{hour:02d}:00",
        "county": words.county_name,
        "language": words.language_name,
    }
    return {group: word[key](group) for group in lines}


def _bars(lines: Mapping[Hashable, Line]) -> list[Bar]:
    """The hours of the day as bars of at most 100; an hour that is not shown has none."""
    small = hidden(lines)
    shown = {int(str(hour)): line.tally for hour, line in lines.items() if hour not in small}
    most = max((tally.asked for tally in shown.values()), default=0) or 1
    return [
        Bar(hour * 20, round(100 * tally.asked / most, 1), round(100 * tally.answered / most, 1), hour)
        for hour, tally in sorted(shown.items())
    ]
