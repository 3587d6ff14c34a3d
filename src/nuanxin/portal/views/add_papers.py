"""More photographs and papers for a case that has its number."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from nuanxin.cases.faults import Refused
from nuanxin.cases.models import Case
from nuanxin.cases.queries.follow import FollowView
from nuanxin.documents.actions import receive
from nuanxin.documents.models import Evidence
from nuanxin.documents.queries import evidence_of, preview
from nuanxin.documents.rules.uploads import BadUpload
from nuanxin.portal.access import Access
from nuanxin.portal.forms.apply import PapersForm
from nuanxin.portal.pages import at, language, public, show, today, too_often_words, uploads_too_often
from nuanxin.portal.views.opened import actor_of, with_case


@public("whoever has shown the code, by the signed cookie")
@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def add_papers(request: HttpRequest, opened: Access, view: FollowView) -> HttpResponseBase:
    """What is there already, and a place to add more. For the applicant or representative."""
    if view.seq:
        return redirect("portal:case")
    if request.method != "POST" or view.ended:
        return _page(request, view, PapersForm(today=today(request)))
    form = PapersForm(request.POST, request.FILES, today=today(request))
    if form.is_valid() and _take(request, opened, form):
        return redirect("portal:add_papers")
    return _page(request, view, form)


def _take(request: HttpRequest, opened: Access, form: PapersForm) -> bool:
    """Hand in what can be taken; False with a fault for each file that cannot."""
    wait = uploads_too_often(request)
    if wait is not None:
        form.add_error("photos", too_often_words(wait))
        return False
    by = actor_of(opened)
    for upload in form.cleaned_data["photos"]:
        name = upload.name or ""
        try:
            receive(case_id=opened.case_id, file=upload, filename=name, by=by, at=at(request))
        except BadUpload as bad:
            form.add_error("photos", f"{name}: {bad.en if language() == 'en' else bad.zh}")
        except Refused as refused:
            form.add_error("photos", refused.sentence(language()))
    return not form.errors


def _kept(view: FollowView) -> list[Evidence]:
    return evidence_of(Case.objects.get(pk=view.case_id))


def _page(request: HttpRequest, view: FollowView, form: PapersForm) -> HttpResponseBase:
    context = {"view": view, "form": form, "kept": _kept(view), "lang": language()}
    return show(request, "portal/add_papers.html", context)


@public("whoever has shown the code, by the signed cookie")
@require_safe
@with_case
def paper(request: HttpRequest, opened: Access, view: FollowView, evidence_id: int) -> HttpResponseBase:
    """The small picture of one photograph."""
    row = next((one for one in _kept(view) if one.pk == evidence_id), None) if not view.seq else None
    small = preview(row) if row is not None else None
    if small is None:
        raise Http404
    return HttpResponse(small, content_type="image/jpeg")
