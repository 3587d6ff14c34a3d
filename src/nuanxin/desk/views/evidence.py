"""Papers of a case: handing one in, and reading it."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nuanxin.accounts.guards import guarded
from nuanxin.accounts.requests import StaffRequest
from nuanxin.cases.faults import NoSuchCase, NotPermitted
from nuanxin.desk.navigation import DESK_ROLES
from nuanxin.desk.speech import said
from nuanxin.desk.views.case import open_case
from nuanxin.documents.actions import receive
from nuanxin.documents.models import Evidence
from nuanxin.documents.queries import evidence_of, original, preview
from nuanxin.documents.rules.uploads import BadUpload

# What a browser may show by itself; everything else is saved, never opened on our address.
SHOWN = {"image/jpeg", "image/png", "image/webp"}


@guarded(*DESK_ROLES)
@require_POST
def hand_in(request: HttpRequest, number: str) -> HttpResponse:
    """Take files as evidence."""
    asked = cast(StaffRequest, request)
    case = open_case(asked, number)
    taken = 0
    for file in request.FILES.getlist("files"):
        try:
            receive(case_id=case.pk, file=file, filename=file.name or "", by=asked.actor, at=asked.at)
            taken += 1
        except BadUpload as bad:
            messages.error(request, f"{file.name}: {said(bad.zh, bad.en)}")
        except (NoSuchCase, NotPermitted) as gone:
            raise Http404 from gone
    if taken:
        messages.success(request, _("Papers taken: %(n)d") % {"n": taken})
    elif not request.FILES:
        messages.error(request, _("Choose a photograph or a PDF first."))
    return HttpResponseRedirect(reverse("desk:case", args=[number]) + "#evidence")


def _paper(request: HttpRequest, number: str, paper: int) -> Evidence:
    case = open_case(cast(StaffRequest, request), number)
    found = next((row for row in evidence_of(case) if row.pk == paper), None)
    if found is None:
        raise Http404
    return found


def _file(body: bytes, mime: str, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=mime)
    how = "inline" if mime in SHOWN else "attachment"
    answer["Content-Disposition"] = f'{how}; filename="{name}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@guarded(*DESK_ROLES)
@require_safe
def original_file(request: HttpRequest, number: str, paper: int) -> HttpResponse:
    """The original, as it arrived."""
    row = _paper(request, number, paper)
    ending = row.mime.rsplit("/", 1)[-1].replace("jpeg", "jpg")
    return _file(original(row), row.mime, f"{number}-{row.sha256[:8]}.{ending}")


@guarded(*DESK_ROLES)
@require_safe
def preview_file(request: HttpRequest, number: str, paper: int) -> HttpResponse:
    """The small picture, without metadata."""
    body = preview(_paper(request, number, paper))
    if body is None:
        raise Http404
    return _file(body, "image/jpeg", f"{number}-preview.jpg")
