"""How a call to the hotline was: the page behind the address in the text message."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from nuanxin.accounts import throttle
from nuanxin.cases.faults import NotPermitted
from nuanxin.hotline.actions.satisfaction import rate_by_page
from nuanxin.hotline.models import Satisfaction
from nuanxin.hotline.queries.satisfaction import by_secret
from nuanxin.hotline.rules.satisfaction import is_dissatisfied
from nuanxin.portal.pages import address, at, public, show, too_often_words

BUCKET = "portal.rating.address"
# Best first: the thumb lies there, and a list read aloud begins there.
ANSWERS = (
    (5, _("Very satisfied")),
    (4, _("Satisfied")),
    (3, _("So-so")),
    (2, _("Not satisfied")),
    (1, _("Not satisfied at all")),
)
GIVEN = {str(score): score for score, _words in ANSWERS}


@public("whoever was asked, by the secret in the address, which opens this one question for seven days")
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, secret: str) -> HttpResponseBase:
    """One question, five large buttons, no sign-in. Looking at it, as programs do that preview links, answers nothing."""
    moment, caller = at(request), address(request)
    wait = throttle.slow_down(BUCKET, caller, at=moment)
    if wait is not None:
        return show(request, "portal/rating.html", {"refusal": too_often_words(wait)}, wait=wait)
    row = by_secret(secret, moment)
    if row is None:
        throttle.failed(BUCKET, caller, at=moment)
        return _closed(request)
    score = GIVEN.get(request.POST.get("score", ""))
    if score is not None:
        try:
            rate_by_page(secret=secret, score=score, at=moment)
        except NotPermitted:  # it ran out in this moment
            return _closed(request)
        return redirect("portal:rating", secret)
    return show(request, "portal/rating.html", {"row": row, "answers": ANSWERS, "sorry": _sorry(row)})


def _sorry(row: Satisfaction) -> bool:
    return row.score is not None and is_dissatisfied(row.score)


def _closed(request: HttpRequest) -> HttpResponse:
    answer = show(request, "portal/rating.html")
    answer.status_code = 404
    return answer
