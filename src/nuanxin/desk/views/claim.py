"""The facts of a claim: the form in which they are entered, and the versions of the answer."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.queries import names_of
from nuanxin.accounts.requests import StaffRequest
from nuanxin.cases.actions.claim import BadFacts, record
from nuanxin.cases.faults import NoSuchCase, NotPermitted, Refused, Stale
from nuanxin.cases.models import Case, ClaimVersion, Respondent
from nuanxin.cases.queries.claim import VERSIONS_SHOWN, door_facts, latest, versions
from nuanxin.cases.rules.claim import Document, told
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.states import Status
from nuanxin.cases.rules.transitions import Transition
from nuanxin.desk.forms.claim import FactsForm
from nuanxin.desk.navigation import DESK_ROLES, frame
from nuanxin.desk.speech import said
from nuanxin.desk.versions import version_lines
from nuanxin.desk.views.case import open_case


def facts_page(request: StaffRequest, case: Case, row: Transition) -> HttpResponse:
    """Show what is known, take what is told. Two officers at once: the second sees what the first has changed."""
    kept = latest(case.pk)
    parties = list(Respondent.objects.filter(case=case.pk).order_by("seq"))
    known = kept.facts if kept else door_facts(case, parties)
    if request.method != "POST":
        form = _form(request, case, known, parties, kept)
        return _page(request, case, row, form, None)
    return _enter(request, case, row, kept, _Known(known, parties))


class _Known:
    """What is in force when the form comes back."""

    def __init__(self, facts: Document, parties: list[Respondent]) -> None:
        self.facts, self.parties = facts, parties


def _form(
    request: StaffRequest, case: Case, facts: Document, parties: list[Respondent], kept: ClaimVersion | None,
    data: Any = None,
) -> FactsForm:  # fmt: skip
    return FactsForm(
        data, case=case, action="record_facts", today=request.at.astimezone(SHANGHAI).date(), document=facts,
        parties=parties, number=kept.number if kept else 0,
    )  # fmt: skip


def _enter(
    request: StaffRequest, case: Case, row: Transition, kept: ClaimVersion | None, known: _Known
) -> HttpResponse:
    form = _form(request, case, known.facts, known.parties, kept, request.POST)
    if not form.is_valid():
        return _page(request, case, row, form, None, status=422)
    facts, parties = form.facts(), form.parties_told()
    if form.errors:
        return _page(request, case, row, form, None, status=422)
    try:
        done = record(
            case_id=case.pk, by=request.actor, at=request.at, facts=facts, parties=parties,
            seen=form.cleaned_data.get("seen"),
        )  # fmt: skip
    except (NoSuchCase, NotPermitted) as gone:
        raise Http404 from gone
    except BadFacts as bad:
        form.put(bad.faults)
        return _page(request, case, row, form, None, status=422)
    except Stale as stale:
        return _merged(request, case, row, form, stale)
    except Refused as refusal:
        return _page(request, case, row, form, refusal, status=409)
    words = (
        _("The facts are kept; the answer was worked out anew.")
        if done.version != case.version
        else _("Nothing was changed.")
    )
    messages.success(request, words)
    return HttpResponseRedirect(reverse("desk:case", args=[case.number]) + "#law")


def _merged(
    request: StaffRequest, case: Case, row: Transition, form: FactsForm, stale: Stale
) -> HttpResponse:
    """What this officer typed, laid over what is in force now; what the other has changed is told on top."""
    kept = latest(case.pk)
    assert kept is not None
    seen = form.cleaned_data.get("seen") or 0
    later = [one for one in versions(case.pk) if one.number > seen]
    parties = list(Respondent.objects.filter(case=case.pk).order_by("seq"))
    base = _form(request, case, _as_seen(later, kept.facts), parties, None)
    now = _form(request, case, kept.facts, parties, kept)
    data = request.POST.copy()
    data["seen"] = str(kept.number)
    for name in now.fields.keys() - {"seen", "version", "evidence"}:
        if data.get(name, "") == str(base.initial.get(name, "")):
            data[name] = str(now.initial.get(name, ""))
    if sorted(data.getlist("evidence")) == sorted(base.initial["evidence"]):
        data.setlist("evidence", now.initial["evidence"])
    again = _form(request, case, kept.facts, parties, kept, data)
    return _page(request, case, row, again, stale, status=409, later=later)


def _as_seen(later: list[ClaimVersion], facts: Document) -> Document:
    """The facts as the page showed them: the later versions undone, the latest first."""
    seen = dict(facts)
    for one in later:
        seen |= {key: old for key, old, _new in one.changes["facts"]}
    return told(seen)


def _page(
    request: StaffRequest,
    case: Case,
    row: Transition,
    form: FactsForm,
    refusal: Refused | None,
    *,
    status: int = 200,
    later: list[ClaimVersion] | None = None,
) -> HttpResponse:
    closed = Status(case.status) not in row.sources
    context: dict[str, Any] = frame(request, title=_("Facts for the law")) | {
        "form": form,
        "case": case,
        "back_url": reverse("desk:case", args=[case.number]) + "#law",
        "refusal": said(refusal.zh, refusal.en) if refusal else "",
        "closed": closed,
        "later": version_lines(later or [], _names(later or [])),
    }
    return render(request, "desk/facts.html", context, status=status)


def _names(found: list[ClaimVersion]) -> dict[int, str]:
    return dict(names_of({one.by_id for one in found} - {0})) if found else {}


@guarded(*DESK_ROLES)
@require_safe
def versions_page(request: HttpRequest, number: str) -> HttpResponse:
    """Every version of the answer, the latest first: who changed what, and what became of sum and day."""
    asked = cast(StaffRequest, request)
    case = open_case(asked, number)
    typed = request.GET.get("before", "")
    found = versions(case.pk, before=int(typed) if typed.isdecimal() and len(typed) < 8 else 0)
    shown = found[:VERSIONS_SHOWN]
    context = frame(asked, title=_("Versions of the answer")) | {
        "case": case,
        "lines": version_lines(shown, _names(shown)),
        "older_url": f"?before={shown[-1].number}" if len(found) > VERSIONS_SHOWN else "",
        "back": reverse("desk:case", args=[number]) + "#law",
    }
    return render(request, "desk/case/versions.html", context)
