"""The guided application: begin, one question a page, check, send, stop."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nuanxin.accounts import throttle
from nuanxin.portal.actions import drafts
from nuanxin.portal.actions.drafts import AlreadySent
from nuanxin.portal.forms.apply import SendForm
from nuanxin.portal.forms.base import QuestionForm, put, read_body, said
from nuanxin.portal.forms.begin import BeginForm, ResumeForm
from nuanxin.portal.models import PortalDraft
from nuanxin.portal.pages import (
    address,
    at,
    language,
    public,
    show,
    started_too_often,
    today,
    too_often,
    too_often_words,
)
from nuanxin.portal.queries import draft_by_code
from nuanxin.portal.questions import QUESTIONS, Asked
from nuanxin.portal.rules import route
from nuanxin.portal.rules.body import field_of
from nuanxin.portal.rules.codes import spoken
from nuanxin.portal.summary import apply_body, rows
from nuanxin.portal.views.drafting import draft_of, forget, remember, to_case, with_draft
from nuanxin.portal.views.short import to_receipt
from nuanxin.ui.errors import too_many
from nuanxin.ui.parts import Question

RESUMES = "portal.resume"
# Pages with much to type: there the phone may keep what is typed, should the network go.
TYPED = frozenset({"helper", "firms", "you", "story"})


@public("anybody may apply for legal aid")
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponseBase:
    """Start, go on, or go on with a code from another phone."""
    draft = draft_of(request)
    if request.method == "POST" and request.POST.get("go") == "resume":
        return _resume(request)
    if request.method == "POST":
        wait = started_too_often(request)
        if wait is not None:
            return too_many(request, wait.seconds)
        form = BeginForm(request.POST)
        shared = form.is_valid() and bool(form.cleaned_data["shared"])
        started = drafts.start(shared_phone=shared, at=at(request))
        response = redirect("portal:question", route.FIRST)
        remember(response, started)
        return response
    return _begin_page(request, ResumeForm(), draft)


def _begin_page(request: HttpRequest, resume: ResumeForm, draft: PortalDraft | None) -> HttpResponseBase:
    open_draft = draft if draft is not None and not draft.case_id else None
    context: dict[str, Any] = {"form": BeginForm(), "resume": resume, "draft": open_draft}
    if open_draft is not None:
        context["on_url"] = _url(route.first_open(open_draft.said))
    return show(request, "portal/begin.html", context)


def _resume(request: HttpRequest) -> HttpResponseBase:
    form = ResumeForm(request.POST)
    moment, caller = at(request), address(request)
    wait = throttle.slow_down(RESUMES, caller, at=moment)
    if wait is not None:
        form.add_error(
            "code",
            _("Too many wrong codes. Wait %(seconds)s seconds, then try again.") % {"seconds": wait.seconds},
        )
        return _begin_page(request, form, None)
    if not form.is_valid():
        return _begin_page(request, form, None)
    draft = draft_by_code(form.cleaned_data["code"], moment)
    if draft is None:
        throttle.failed(RESUMES, caller, at=moment)
        form.add_error(
            "code",
            _("We find nothing under this code. Check each letter. After 30 days the answers are gone."),
        )
        return _begin_page(request, form, None)
    throttle.succeeded(RESUMES, caller)
    response = redirect(_url(route.first_open(draft.said)))
    remember(response, draft)
    return response


def _url(key: str) -> str:
    return reverse("portal:check") if key == route.CHECK else reverse("portal:question", args=[key])


@public("anybody may apply for legal aid")
@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def question(request: HttpRequest, draft: PortalDraft, key: str) -> HttpResponseBase:
    """One question."""
    asked = QUESTIONS.get(key)
    if asked is None:
        raise Http404
    answers = draft.said
    if key not in route.asked(answers):
        return redirect(_url(route.first_open(answers)))
    if request.method != "POST":
        return page(request, draft, asked, _form(request, asked, draft))
    if request.POST.get("go") == "skip" and asked.skip:
        return save_answer(request, draft, key, {})
    form = _form(request, asked, draft, request.POST)
    ready = form.is_valid()
    if request.POST.get("go") not in {"on", None}:
        form.errors.clear()  # looking for a place is no answer yet
        return page(request, draft, asked, form)
    if not ready or form.again:
        return page(request, draft, asked, form)
    kept = form.keep()
    _ask_the_door(request, form, {**answers, key: kept}, key)
    if form.errors:
        return page(request, draft, asked, form)
    return save_answer(request, draft, key, kept)


def _form(request: HttpRequest, asked: Asked, draft: PortalDraft, data: Any = None) -> QuestionForm:
    answers = draft.said
    return asked.form(data, today=today(request), kept=answers.get(asked.key), answers=answers)


def _ask_the_door(request: HttpRequest, form: QuestionForm, answers: dict[str, Any], key: str) -> None:
    """What the door would refuse in the end is said on the page where it was typed."""
    _intake, faults = read_body(apply_body(answers, language(), consent=True), today(request))
    for fault in faults:
        where = field_of(fault["path"], answers)
        if where is not None and where[0] == key:
            put(form, where[1], fault)


def save_answer(
    request: HttpRequest, draft: PortalDraft, key: str, answer: dict[str, Any]
) -> HttpResponseBase:
    """Keep the answer to one question and go on to the next."""
    try:
        kept = drafts.save(draft_id=draft.pk, question=key, said=answer, at=at(request))
    except AlreadySent as sent:
        draft.case_id = sent.case_id
        return to_case(request, draft)
    except PortalDraft.DoesNotExist:
        return redirect("portal:apply")
    response = redirect(_url(route.after(kept.said, key)))
    remember(response, kept)
    return response


def page(
    request: HttpRequest, draft: PortalDraft, asked: Asked, form: QuestionForm, **more: Any
) -> HttpResponseBase:
    """The page of one question."""
    answers = draft.said
    order = route.asked(answers)
    earlier = route.before(answers, asked.key)
    drawn = Question(
        heading=asked.heading_for(answers), hint=asked.hint, step=order.index(asked.key) + 1, steps=len(order),
        back_url=_url(earlier) if earlier else "", why=asked.why, article=asked.article,
        saved=bool(answers) and not form.errors, second_button=asked.skip,
        draft="" if draft.shared_phone or asked.key not in TYPED else f"apply-{asked.key}",
        upload=asked.form.base_fields.get("photos") is not None,
    )  # fmt: skip
    context = {"question": drawn, "form": form, "code": spoken(draft.code), "key": asked.key, **more}
    return show(request, "portal/question.html", context)


@public("anybody may apply for legal aid")
@require_http_methods(["GET", "HEAD"])
@with_draft
def check(request: HttpRequest, draft: PortalDraft) -> HttpResponseBase:
    """All answers, each with its way back."""
    answers = draft.said
    missing = route.first_open(answers)
    if missing != route.CHECK:
        return redirect(_url(missing))
    _intake, faults = read_body(apply_body(answers, language(), consent=True), today(request))
    context = {"rows": rows(draft), "faults": _located(faults, answers), "code": spoken(draft.code)}
    return show(request, "portal/check.html", context)


def _located(faults: list[Any], answers: route.Answers) -> list[dict[str, str]]:
    found = []
    for fault in faults:
        where = field_of(fault["path"], answers)
        if where is None or where[0] not in QUESTIONS:
            raise ValueError(f"a fault that no page can mend: {fault['path']}")
        found.append(
            {"url": _url(where[0]), "label": str(QUESTIONS[where[0]].heading), "message": said(fault)}
        )
    return found


@public("anybody may apply for legal aid")
@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def send(request: HttpRequest, draft: PortalDraft) -> HttpResponseBase:
    """The notice, and the one press that hands it in."""
    answers = draft.said
    if route.first_open(answers) != route.CHECK:
        return redirect(_url(route.first_open(answers)))
    if request.method != "POST":
        return _send_page(request, draft, SendForm(today=today(request)))
    form = SendForm(request.POST, today=today(request))
    if not form.is_valid():
        return _send_page(request, draft, form)
    body = apply_body(answers, language(), consent=True)
    intake, _faults = read_body(body, today(request))
    if intake is None:
        return redirect("portal:check")
    wait = too_often(request, intake.applicant.phone)
    if wait is not None:
        form.add_error(None, too_often_words(wait))
        return _send_page(request, draft, form, wait)
    try:
        receipt = drafts.hand_in(draft_id=draft.pk, intake=intake, body=body, at=at(request))
    except AlreadySent as sent:
        draft.case_id = sent.case_id
        return to_case(request, draft)
    except PortalDraft.DoesNotExist:
        return redirect("portal:apply")
    return to_receipt(request, receipt, shared=draft.shared_phone)


def _send_page(
    request: HttpRequest, draft: PortalDraft, form: SendForm, wait: Any = None
) -> HttpResponseBase:
    return show(request, "portal/send.html", {"form": form, "code": spoken(draft.code)}, wait=wait)


@public("anybody may stop an application")
@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def stop(request: HttpRequest, draft: PortalDraft) -> HttpResponseBase:
    """Stop for now and clear this phone, or wipe everything."""
    if request.method != "POST":
        return show(
            request,
            "portal/stop.html",
            {"code": spoken(draft.code), "on_url": _url(route.first_open(draft.said))},
        )
    wiped = request.POST.get("go") == "wipe"
    if wiped:
        drafts.wipe(draft_id=draft.pk)
    context = {"wiped": wiped, "code": "" if wiped else spoken(draft.code), "until": draft.expires_at}
    response = show(request, "portal/stopped.html", context)
    forget(response)
    return response
