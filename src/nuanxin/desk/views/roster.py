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
from nuanxin.cases.actions.roster import BadRoster, import_roster, odd_in, read_table
from nuanxin.cases.faults import NoSuchCase, NotPermitted, Refused
from nuanxin.cases.models import Case
from nuanxin.cases.rules.roster import read_rows
from nuanxin.cases.rules.transitions import Transition
from nuanxin.desk.carrying import form_for
from nuanxin.desk.forms.money import RosterForm
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
            kept = {
                "table": form.text(),
                "version": case.version,
                "sure": form.cleaned_data["sure"],
            }  # what came as a file is typed text from now on
            form = form_for(row, case, at=request.at, data=kept)
    context |= frame(request, title=_("Enter the list of workers")) | {"form": form}
    return render(request, "desk/roster.html", context, status=409 if context.get("refusal") else 200)


def _try(request: StaffRequest, case: Case, form: RosterForm, context: dict[str, Any]) -> HttpResponse | None:
    """Check the list, and enter it where the officer has said so. Gives back an answer only when it is done."""
    try:
        rows = read_table(form.text())
        people = read_rows(rows)
        odd = odd_in(case, people)
        context["odd"] = [said(doubt.zh, doubt.en) for doubt in odd]
        unsure = odd and not form.cleaned_data["sure"].strip()
        if "enter" not in request.POST or unsure:
            context["read"] = {
                "count": len(people),
                "sum": _yuan(sum(one.claimed_fen for one in people)),
                "rows": [(one, _yuan(one.claimed_fen)) for one in people[:ROWS_SHOWN]],
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


def _yuan(fen: int) -> Decimal:
    return Decimal(fen) / 100


def _fault(fault: dict[str, Any]) -> dict[str, Text]:
    """A fault of the list with its row and column in words."""
    number, _slash, column = str(fault["path"]).strip("/").partition("/")
    message = fault["message"]
    return {"row": number, "column": COLUMNS.get(column, column), "text": said(message["zh"], message["en"])}
