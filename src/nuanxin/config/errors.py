"""Pages for what went wrong outside any room. The room ``ui`` brings their look."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist, loader
from django.utils.html import escape
from django.utils.translation import gettext as _


def page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    """A whole page with one heading and one sentence that says what to do."""
    try:
        body = loader.render_to_string("ui/error.html", {"title": title, "text": text, "status": status}, request)
    except TemplateDoesNotExist:
        body = f"<!doctype html><meta charset=utf-8><title>{escape(title)}</title><h1>{escape(title)}</h1><p>{escape(text)}"
    return HttpResponse(body, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the address may be mistyped or the page gone."""
    text = _("Check the address, or start again from the first page. You can also ring 12348.")
    return page(request, 404, _("This page is not here"), text)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: signed in, but not for this."""
    text = _("Your role or region does not reach this page. Ask your administrator if it should.")
    return page(request, 403, _("This is not open to you"), text)


def broken(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours; nothing that was saved is lost."""
    text = _("Something went wrong on our side. What you saved is safe. Try again in a minute, or ring 12348.")
    return page(request, 500, _("Something went wrong"), text)
