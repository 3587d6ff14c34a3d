"""The draft of this phone: its cookie, and the pages that need one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from nuanxin.portal import access, way_back
from nuanxin.portal.actions.drafts import KEPT
from nuanxin.portal.models import PortalDraft
from nuanxin.portal.pages import at
from nuanxin.portal.queries import draft_by_token

COOKIE = "draft"
PATH = "/apply/"
Rest = ParamSpec("Rest")
DraftPage = Callable[Concatenate[HttpRequest, PortalDraft, Rest], HttpResponseBase]


def remember(response: HttpResponseBase, draft: PortalDraft) -> None:
    """Let this phone go on with the draft; on a shared phone only until the browser is closed."""
    response.set_cookie(
        COOKIE,
        draft.token,
        max_age=None if draft.shared_phone else int(KEPT.total_seconds()),
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )


def forget(response: HttpResponseBase) -> None:
    """Leave nothing of the draft on this phone: no cookie, no page, no kept words."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    way_back.close(response)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def draft_of(request: HttpRequest) -> PortalDraft | None:
    """The draft of this phone, if there is one."""
    return draft_by_token(request.COOKIES.get(COOKIE, ""), at(request))


def with_draft(view: DraftPage[Rest]) -> Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]:
    """Give a page its draft. Without one, to the beginning; after it was handed in, to the receipt."""

    @wraps(view)
    def page(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
        draft = draft_of(request)
        if draft is None:
            return redirect("portal:apply")
        if draft.case_id:
            return to_case(request, draft)
        return view(request, draft, *args, **kwargs)

    return page


def to_case(request: HttpRequest, draft: PortalDraft) -> HttpResponseBase:
    """The receipt of what the draft has become."""
    response = redirect("portal:receipt")
    access.grant(response, access.Access(draft.case_id, 0, 0, draft.shared_phone), at(request))
    return response
