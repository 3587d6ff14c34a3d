"""Following a case: open it with number and code, see where it stands, act on it, leave."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuanxin.accounts.address import client_address
from nuanxin.accounts.throttle import RetryAfter
from nuanxin.cases.queries.follow import FollowView, messages
from nuanxin.cases.queries.opening import open_by_code
from nuanxin.cases.rules.ledger import Sums
from nuanxin.cases.rules.numbers import case_id_of, number_of
from nuanxin.cases.rules.states import Kind, Status
from nuanxin.cases.sentences import left_sentence
from nuanxin.hotline.queries.questions import question_of
from nuanxin.portal import access, way_back
from nuanxin.portal.access import Access
from nuanxin.portal.deeds import Deed, open_deeds
from nuanxin.portal.forms.follow import FollowForm
from nuanxin.portal.pages import at, language, public, show
from nuanxin.portal.views.opened import with_case
from nuanxin.ui import wording
from nuanxin.ui.parts import Chip, LedgerRow, TimelineItem


@public("number and code open one case")
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, number: str = "") -> HttpResponseBase:
    """Ask for number and code. A wrong number and a wrong code get the same answer."""
    if request.method != "POST":
        opened = access.read(request, at(request))
        case_id = case_id_of(number)
        if opened is not None and (not number or case_id == opened.case_id):
            return redirect("portal:case")
        known = number_of(case_id) if case_id else ""
        return show(
            request, "portal/follow.html", {"form": FollowForm(initial={"number": known}), "known": known}
        )
    form = FollowForm(request.POST)
    if not form.is_valid():
        return show(request, "portal/follow.html", {"form": form})
    return _open(request, form)


def _open(request: HttpRequest, form: FollowForm) -> HttpResponseBase:
    said, moment = form.cleaned_data, at(request)
    found = open_by_code(number=said["number"], code=said["code"], address=client_address(request), at=moment)
    if found.left_on is not None:
        told = left_sentence(number_of(case_id_of(said["number"]) or 0), found.left_on)
        return show(request, "portal/follow.html", {"form": FollowForm(), "left": told[language()]})
    if found.case is None:
        wait = RetryAfter(found.wait) if found.wait else None
        form.add_error(
            None,
            _late(found.wait)
            if wait
            else _("Number or code is not right. Look at your receipt and check each figure."),
        )
        return show(request, "portal/follow.html", {"form": form}, wait=wait)
    response = redirect("portal:case")
    access.grant(response, Access(found.case.pk, found.seq, found.case.code_epoch), moment)
    return response


def _late(seconds: int) -> str:
    if seconds < 60:
        return _("Too many wrong tries. Wait %(n)s seconds, then try again, or ring 12348.") % {"n": seconds}
    minutes = -(-seconds // 60)
    return _("Too many wrong tries. Wait %(n)s minutes, then try again, or ring 12348.") % {"n": minutes}


@public("asks for the code first")
@require_safe
def number(request: HttpRequest, number: str) -> HttpResponseBase:
    """What a QR code opens: the follow page with the number filled in."""
    return follow(request, number)


@public("whoever has shown the code, by the signed cookie")
@require_safe
@with_case
def case(request: HttpRequest, opened: Access, view: FollowView) -> HttpResponseBase:
    """Where it stands."""
    deeds = open_deeds(view)
    context = {
        "view": view,
        "lang": language(),
        "first": [_button(view, deed) for deed in deeds if deed.first],
        "others": [_button(view, deed) for deed in deeds if not deed.first],
        "money": money_rows(view.own if view.seq else view.total),
        "own": money_rows(view.own) if view.own and view.group and not view.seq else [],
        "timeline": _timeline(request, view),
        "messages_": [(m.at, m.text, m.language) for m in messages(view)],
        "by": _by(request, view),
        **_of_question(view),
    }
    return show(request, "portal/case.html", context)


def _of_question(view: FollowView) -> dict[str, Any]:
    """Of a question: whether others may read it, and whether its words may become an application."""
    if view.kind is not Kind.QUESTION or view.seq:
        return {"share": None, "grows": False, "answer_first": False}
    kept = question_of(view.case_id)
    answered = view.status is Status.ANSWERED or (kept is not None and kept.answered_at is not None)
    return {"share": kept is not None and kept.share, "grows": answered, "answer_first": answered}


def _button(view: FollowView, deed: Deed) -> dict[str, Any]:
    label = str(deed.label)
    if "%(sum)s" in label:
        label = label % {"sum": spoken_sum(view.to_confirm)}
    return {"deed": deed, "label": label, "url": reverse("portal:deed", args=[deed.action])}


def _by(request: HttpRequest, view: FollowView) -> Chip | None:
    """The last day of the next step, as a chip; None when nothing is waited for."""
    if view.next.by is None:
        return None
    chip = wording.due(view.next.by, timezone.localtime(at(request)), language())
    if view.next.by < at(request):
        return chip
    return replace(chip, text=_("At the latest: %(day)s") % {"day": chip.text})


def spoken_sum(fen: int) -> str:
    """A sum as one says it: 3,120, or 3,120.50 where there are fen."""
    return f"{fen // 100:,}" if fen % 100 == 0 else f"{Decimal(fen) / 100:,.2f}"


def money_rows(sums: Sums | None) -> list[LedgerRow]:
    """The four steps of the money; none where nothing was claimed or paid."""
    if sums is None or not (sums.claimed or sums.awarded or sums.paid):
        return []
    full = Decimal(max(sums.claimed, sums.awarded, sums.paid)) / 100
    steps = (
        (_("Asked for"), sums.claimed),
        (_("Awarded or agreed"), sums.awarded),
        (_("Paid"), sums.paid),
        (_("You confirmed"), sums.confirmed),
    )
    return [LedgerRow(label, Decimal(fen) / 100, full) for label, fen in steps]


def _timeline(request: HttpRequest, view: FollowView) -> list[TimelineItem]:
    year = timezone.localtime(at(request)).year
    said = []
    for (on, words), same in groupby(view.timeline, key=lambda line: (line.on, line.sentence[language()])):
        times = len(list(same))  # ten photographs on one day are one line
        said.append(
            TimelineItem(wording.day(on, language(), year), f"{words} × {times}" if times > 1 else words)
        )
    if view.next.by:
        by = wording.day(view.next.by.date(), language(), year)
        late = view.next.by < at(request)
        said.append(TimelineItem(by, view.next.awaited[language()], done=False, late=late))
    return said


@public("leaves a case; shows nothing")
@require_POST
def leave(request: HttpRequest) -> HttpResponseBase:
    """Close the case on this phone and leave nothing on it."""
    response: HttpResponse = redirect("portal:home")
    access.close(response)
    way_back.close(response)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
