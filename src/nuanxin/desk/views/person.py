"""One worker of a case: what is held about them, and its correction."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.audit.actor import Role
from nuanxin.cases.actions.personal import correct
from nuanxin.cases.faults import NoSuchCase, NotPermitted, Refused
from nuanxin.cases.models import Worker
from nuanxin.desk.forms.person import PersonForm
from nuanxin.desk.navigation import frame
from nuanxin.desk.people import may_correct, secrets_of, shows
from nuanxin.desk.speech import said
from nuanxin.desk.views.case import open_case


@guarded(Role.CLERK, Role.DECIDER, Role.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, number: str, seq: int) -> HttpResponse:
    """Show one worker with masked numbers; take a correction."""
    asked = cast(StaffRequest, request)
    case = open_case(asked, number)
    worker = Worker.objects.filter(case=case.pk, seq=seq, erased_at__isnull=True).first()
    if worker is None or not may_correct(case, asked.actor):
        raise Http404
    form, refusal = PersonForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            correct(case_id=case.pk, seq=seq, by=asked.actor, at=asked.at, changes=form.changes())
        except (NoSuchCase, NotPermitted) as gone:
            raise Http404 from gone
        except Refused as found:
            refusal = found
        else:
            messages.success(request, _("Corrected."))
            return HttpResponseRedirect(reverse("desk:case", args=[number]))
    context = frame(asked, title=_("Correct the data of a worker")) | {
        "form": form,
        "case": case,
        "worker": worker,
        "sheet": {"case": case},
        "secrets": secrets_of(worker, shows(case, asked.actor)),
        "refusal": said(refusal.zh, refusal.en) if refusal else "",
        "back": reverse("desk:case", args=[number]),
    }
    return render(request, "desk/case/person.html", context, status=409 if refusal else 200)
