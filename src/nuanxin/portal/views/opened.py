"""Pages of a case that was opened with its code."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from nuanxin.audit.actor import NOWHERE, Actor, Role
from nuanxin.cases.queries.follow import FollowView, follow_view
from nuanxin.portal import access
from nuanxin.portal.access import Access
from nuanxin.portal.pages import at

Rest = ParamSpec("Rest")
CasePage = Callable[Concatenate[HttpRequest, Access, FollowView, Rest], HttpResponseBase]


def actor_of(opened: Access) -> Actor:
    """Who acts: the worker of this very case, after the code was checked."""
    return Actor("worker", opened.case_id, frozenset({str(Role.WORKER)}), NOWHERE)


def with_case(view: CasePage[Rest]) -> Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]:
    """Give a page the case that this phone has opened, and keep it open. Otherwise ask for number and code."""

    @wraps(view)
    def page(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
        opened = access.read(request, at(request))
        found = follow_view(opened.case_id, opened.seq) if opened else None
        if opened is None or found is None or found.code_epoch != opened.epoch:
            return redirect("portal:follow")
        response = view(request, opened, found, *args, **kwargs)
        if access.COOKIE not in response.cookies:
            access.grant(response, opened, at(request))
        return response

    return page
