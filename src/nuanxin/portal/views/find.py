"""Finding help: where are you, on a map if you like, and what is near. A position is never kept, nor in an address."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nuanxin.accounts.guards import public_route
from nuanxin.network.finding import nearest
from nuanxin.portal.find import maps
from nuanxin.portal.find.origin import NoMiddle, NotHere, Origin, Source, at_position, read
from nuanxin.portal.find.rows import FAR, rows
from nuanxin.portal.forms.find import WantForm, WhereForm
from nuanxin.portal.pages import at, public, show

COUNT, AT_LEAST = 8, 2
FARTHEST_M = 100_000  # what is farther is only told where there is hardly anything else
WHY = "anybody may look for help near them; a position is rounded and never kept"


@public(WHY)
@require_http_methods(["GET", "HEAD", "POST"])
def where(request: HttpRequest) -> HttpResponseBase:
    """Where are you?"""
    if request.method != "POST":
        return _where(request, WhereForm())
    form = WhereForm(request.POST)
    ready = form.is_valid()
    if request.POST.get("go") not in {"on", None}:
        form.errors.clear()  # looking for a place is no answer yet
        return _where(request, form)
    if not ready or form.again:
        return _where(request, form)
    return redirect(f"{reverse('portal:near')}?{urlencode({'place': form.cleaned_data['place']})}")


def _where(request: HttpRequest, form: WhereForm, said: str = "") -> HttpResponseBase:
    return show(request, "portal/find/where.html", {"form": form, "said": said})


@public_route(WHY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def country(request: HttpRequest) -> HttpResponseBase:
    """Press where you are: the country, a part of it, a part of that; then the result."""
    if request.method != "POST":
        return _country(request, maps.MIDDLE, 0)
    step = {"0": 0, "1": 1, "2": 2}.get(request.POST.get("step", ""), 0)
    try:
        middle = at_position(request.POST.get("lon"), request.POST.get("lat"), Source.MAP)
        spot = _pressed(request.POST, middle, maps.STEPS[step])
    except NotHere:
        return _country(request, maps.MIDDLE, 0, _("That is not in the country. Press once more."))
    if spot is None:
        said = _(
            "Press on the map with a finger or the mouse. With a keyboard, write the name of the place instead."
        )
        return _country(request, (middle.lon, middle.lat), step, said)
    if step < len(maps.STEPS) - 1:
        return _country(request, (spot.lon, spot.lat), step + 1)
    return _near(request, spot, request.POST)


def _country(
    request: HttpRequest, middle: tuple[float, float], step: int, said: str = ""
) -> HttpResponseBase:
    context = {
        "pictures": maps.country(*middle, step), "lon": middle[0], "lat": middle[1], "step": step, "said": said,
    }  # fmt: skip
    return show(request, "portal/find/map.html", context)


@public_route(WHY)  # not ``public``, which may keep an answer for the way back: a position is never kept
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def near(request: HttpRequest) -> HttpResponseBase:
    """What is near. A place may stand in the address; a position only comes in the body."""
    said = request.POST if request.method == "POST" else request.GET.copy()
    if request.method != "POST":
        for name in ("lon", "lat"):
            said.pop(name, None)
    try:
        origin = read(said)
        if origin is not None and request.method == "POST" and "across" in said:
            origin = _pressed(said, origin, _across(said)) or origin
    except NoMiddle:
        words = _("We do not know yet where this place lies. Choose a place near it, or press on the map.")
        return _where(request, WhereForm(), words)
    except NotHere:
        words = _("We do not know this place, or it is not in the country. Write the name of a place.")
        return _where(request, WhereForm(), words)
    if origin is None:
        return redirect("portal:find")
    return _near(request, origin, said)


def _across(said: QueryDict) -> float:
    try:
        across = float(said.get("across", "")[:16])
    except ValueError:
        raise NotHere("no width") from None
    if not 1 <= across <= maps.WIDE:
        raise NotHere("no width")
    return across


def _pressed(said: QueryDict, middle: Origin, across: float) -> Origin | None:
    """The spot that was pressed on the map around ``middle``; None where none was. Raises NotHere."""
    for name in maps.SIZES:
        x, y = said.get(f"{name}.x", ""), said.get(f"{name}.y", "")
        if x.isdecimal() and y.isdecimal() and len(x) < 5 and len(y) < 5:
            spot = maps.pressed(middle.lon, middle.lat, across, name, int(x), int(y))
            return at_position(*spot, Source.MAP) if spot else None
    return None


def _near(request: HttpRequest, origin: Origin, said: QueryDict) -> HttpResponseBase:
    asked = said.copy()
    asked.setdefault("mode", "walk")
    form, now = WantForm(asked), at(request)
    mode = form.chosen
    found = nearest(lon=origin.lon, lat=origin.lat, k=COUNT, need=form.need, mode=mode, at=now)
    spots = [spot for place, spot in enumerate(found) if place < AT_LEAST or spot.distance_m <= FARTHEST_M]
    farthest = max((spot.distance_m for spot in spots), default=0)
    context: dict[str, Any] = {
        "origin": origin,
        "form": form,
        "rows": rows(spots, origin, mode=mode, at=now),
        "far": bool(spots) and spots[0].minutes > FAR,
        "straight": any(spot.estimate == "straight_line" for spot in spots),
        "pictures": maps.around(
            origin.lon, origin.lat, mode=mode, farthest_m=farthest,
            points=[(spot.point.lon, spot.point.lat, spot.open_now) for spot in spots],
        ),
        "across": f"{maps.across_m(mode, farthest):.0f}",
        "wanted": form.pairs(),
    }  # fmt: skip
    return show(request, "portal/find/near.html", context)
