"""The list of workers: checked row by row before anything is entered."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuanxin.accounts.requests import StaffRequest
from nuanxin.cases.actions.roster import BadRoster, import_roster, left_in, odd_in
from nuanxin.cases.faults import NoSuchCase, NotPermitted, Refused
from nuanxin.cases.models import Case, Worker
from nuanxin.cases.rules.roster import RosterRow, read_rows
from nuanxin.cases.rules.tables import read_lines
from nuanxin.cases.rules.transitions import Transition
from nuanxin.cases.spreadsheet import merged
from nuanxin.desk.carrying import form_for
from nuanxin.desk.forms.roster import RosterForm
from nuanxin.desk.navigation import frame
from nuanxin.desk.speech import said
from nuanxin.desk.wording.roster import COLUMNS
from nuanxin.ui.parts import Text

FAULTS_SHOWN = 200
ROWS_SHOWN = 20


def import_page(request: StaffRequest, case: Case, row: Transition) -> HttpResponse:
    """Paste or choose a list; check it; enter it."""
    own = reverse("desk:case", args=[case.number])
    context: dict[str, Any] = {
        "case": case,
        "back_url": own,
        "faults": [],
        "read": None,
        "version": case.version,
    }
    form = form_for(row, case, at=request.at)
    if request.method == "POST":
        form = form_for(row, case, at=request.at, data=request.POST, files=request.FILES)
        assert isinstance(form, RosterForm)
        if form.is_valid():
            answer = _try(request, case, form, context)
            if answer is not None:
                return answer
            # What came as a file is typed text from now on; a sheet with cells that cannot be taken is mended and
            # chosen again, since its text would lack them.
            text = "" if form.bad or (form.sheet and form.sheet.faults) else form.text()
            kept = {"table": text, "version": case.version, "sure": form.cleaned_data["sure"]}
            form = form_for(row, case, at=request.at, data=kept if text else None)
    context |= frame(request, title=_("Enter the list of workers")) | {"form": form}
    return render(request, "desk/roster.html", context, status=409 if context.get("refusal") else 200)


def _try(request: StaffRequest, case: Case, form: RosterForm, context: dict[str, Any]) -> HttpResponse | None:
    """Check the list, and enter it where the officer has said so. Gives back an answer only when it is done."""
    try:
        rows, people = _read(form, case)
        context["sheet"] = form.sheet
        odd = odd_in(case, people)
        context["odd"] = [said(doubt.zh, doubt.en) for doubt in odd]
        unsure = odd and not form.cleaned_data["sure"].strip()
        if "enter" not in request.POST or unsure:
            context["read"] = {
                "count": len(people),
                "sum": Decimal(sum(one.claimed_fen for one in people)) / 100,
                "rows": [(one, Decimal(one.claimed_fen) / 100) for one in people[:ROWS_SHOWN]],
            }
            return None
        outcome = import_roster(
            case_id=case.pk,
            by=request.actor,
            at=request.at,
            rows=rows,
            version=form.cleaned_data.get("version"),
            sure=form.cleaned_data["sure"],
        )
    except BadRoster as bad:
        context["faults"] = [_fault(one) for one in bad.faults[:FAULTS_SHOWN]]
        context["faults_total"] = len(bad.faults)
        return None
    except (NoSuchCase, NotPermitted) as gone:
        raise Http404 from gone
    except Refused as refusal:
        context["refusal"] = said(refusal.zh, refusal.en)
        return None
    said_so = ngettext("%(n)d worker added to the roster", "%(n)d workers added to the roster", outcome.added)
    messages.success(request, said_so % {"n": outcome.added})
    return HttpResponseRedirect(reverse("desk:case", args=[case.number]))


def _read(form: RosterForm, case: Case) -> tuple[list[dict[str, Any]], list[RosterRow]]:
    """The rows of the list, checked. Raises BadRoster with every fault, told by the row of the sheet or the line."""
    if form.bad is not None:
        raise form.bad
    odd = form.sheet.faults if form.sheet is not None else []
    lines, rows = read_lines(form.text())
    try:
        people = read_rows(rows, lines)
    except BadRoster as bad:
        raise merged(odd, bad.faults) from bad
    known = Worker.objects.filter(case=case).order_by("seq") if case.workers_left else ()
    odd = odd + left_in(known, people, lines)
    if odd:
        raise merged(odd)
    return rows, people


def _fault(fault: dict[str, Any]) -> dict[str, Text]:
    """A fault of the list with its row and column in words."""
    number, _slash, column = str(fault["path"]).strip("/").partition("/")
    message = fault["message"]
    return {"row": number, "column": COLUMNS.get(column, column), "text": said(message["zh"], message["en"])}
