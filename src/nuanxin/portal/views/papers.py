"""Photographs and papers of a draft: kept at once, shown with their fingerprint, taken out again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nuanxin.documents.rules.uploads import BadUpload
from nuanxin.portal.actions import files
from nuanxin.portal.forms.apply import PapersForm
from nuanxin.portal.forms.base import QuestionForm
from nuanxin.portal.models import PortalDraft
from nuanxin.portal.pages import at, language, public, today, too_often_words, uploads_too_often
from nuanxin.portal.questions import QUESTIONS
from nuanxin.portal.views.apply import page, save_answer
from nuanxin.portal.views.drafting import with_draft

KEY = "papers"


@public("anybody may apply for legal aid")
@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def papers(request: HttpRequest, draft: PortalDraft) -> HttpResponseBase:
    """Take files, show what came, go on."""
    if request.method != "POST":
        return _page(request, draft, PapersForm(today=today(request)))
    if request.POST.get("remove", "").isdecimal():
        files.remove(draft=draft, file_id=int(request.POST["remove"]))
        return redirect("portal:papers")
    if request.POST.get("go") == "skip" or (not request.FILES and draft.files.exists()):
        return save_answer(request, draft, KEY, {})
    form = PapersForm(request.POST, request.FILES, today=today(request))
    if form.is_valid() and _take(request, draft, form):
        return redirect("portal:papers")
    return _page(request, draft, form)


def _take(request: HttpRequest, draft: PortalDraft, form: PapersForm) -> bool:
    """Keep what can be kept; False with a fault for each file that cannot."""
    wait = uploads_too_often(request)
    if wait is not None:
        form.add_error("photos", too_often_words(wait))
        return False
    for upload in form.cleaned_data["photos"]:
        try:
            files.add(draft=draft, upload=upload, at=at(request))
        except files.TooManyFiles:
            words = _("That is as much as fits here. You may send more once your case has a number.")
            form.add_error("photos", words)
            break
        except BadUpload as bad:
            form.add_error("photos", f"{upload.name}: {bad.en if language() == 'en' else bad.zh}")
    return not form.errors


def _page(request: HttpRequest, draft: PortalDraft, form: QuestionForm, **more: Any) -> HttpResponseBase:
    kept = list(draft.files.order_by("pk"))
    return page(request, draft, QUESTIONS[KEY], form, files=kept, **more)
