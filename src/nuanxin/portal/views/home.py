"""The first page, and those that only say something."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nuanxin.accounts.guards import public_route


@public_route("the first page")
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The doors."""
    return render(request, "portal/home.html")


@public_route("the notice of what is kept and why (PIPL art. 17)")
@require_safe
def privacy(request: HttpRequest) -> HttpResponseBase:
    """What is kept about a worker."""
    return render(request, "portal/privacy.html")


@public_route("what this service is")
@require_safe
def about(request: HttpRequest) -> HttpResponseBase:
    """Who helps, what it costs, what happens."""
    return render(request, "portal/about.html")


@public_route("how the pages can be used by all")
@require_safe
def accessibility(request: HttpRequest) -> HttpResponseBase:
    """Reading aloud, keyboard, large print, and whom to ring when something does not work."""
    return render(request, "portal/accessibility.html")
