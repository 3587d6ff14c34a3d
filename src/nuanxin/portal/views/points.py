"""A service point: its public facts, and a poster for the wall."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from nuanxin.accounts.guards import public_route
from nuanxin.network.models import ServicePoint
from nuanxin.portal.find.origin import NotHere, Origin, at_place
from nuanxin.portal.find.sheet import Sheet, sheet_of
from nuanxin.portal.pages import at


def _sheet(request: HttpRequest, point_id: int, origin: Origin | None = None) -> Sheet:
    return sheet_of(get_object_or_404(ServicePoint, pk=point_id), origin, at(request))


@public_route("what a service point does is public")
@require_safe
def point(request: HttpRequest, point_id: int) -> HttpResponseBase:
    """Where it is, when it is open, what it does. ``from``: the place from which the way is told."""
    try:
        origin = at_place(request.GET["from"]) if request.GET.get("from") else None
    except NotHere:
        origin = None
    return render(request, "portal/find/point.html", {"sheet": _sheet(request, point_id, origin)})


@public_route("what a service point does is public")
@require_safe
def poster(request: HttpRequest, point_id: int) -> HttpResponseBase:
    """One sheet of paper for the wall: name, hours, the code of its page, 12348."""
    return render(request, "portal/find/poster.html", {"sheet": _sheet(request, point_id)})
