"""The few addresses the look itself needs: language, offline page, service worker, manifest, gallery."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from nuanxin import __version__
from nuanxin.ui import gallery as specimens

_YEAR_SECONDS = 365 * 24 * 3600


# Needs no token: all a forged request could do is to switch the language of a page, and without a token the
# first page sets no cookie.
@csrf_exempt
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language and go back to where one was."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    answer = HttpResponseRedirect(back)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=_YEAR_SECONDS,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return answer


@require_GET
@cache_control(max_age=3600)
def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone needs to put the site on its home screen."""
    icons = [
        {"src": static("ui/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
        {"src": static("ui/icon-192.png"), "sizes": "192x192", "type": "image/png"},
        {
            "src": static("ui/icon-512.png"),
            "sizes": "512x512",
            "type": "image/png",
            "purpose": "any maskable",
        },
    ]
    body = {
        "name": _("Nuanxin: wages you are owed"),
        "short_name": _("Nuanxin"),
        "lang": "en" if request.LANGUAGE_CODE == "en" else "zh-Hans",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf7f2",
        "theme_color": "#a63a1f",
        "icons": icons,
    }
    return JsonResponse(body, content_type="application/manifest+json")


@require_GET
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root so that it serves the whole site. It keeps no personal page."""
    shell = [static("ui/public.css"), static("ui/public.js"), static("ui/icon.svg")]
    context: dict[str, Any] = {"version": __version__, "shell": shell}
    return render(request, "ui/worker.js", context, content_type="text/javascript; charset=utf-8")


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """What a phone shows without a network: the helpline, and a place to write things down meanwhile."""
    return render(request, "ui/offline.html")


@require_GET
def gallery(request: HttpRequest, page: str = "public") -> HttpResponse:
    """Every component at once, for whoever changes the look. Not there in production."""
    if not (settings.DEMO or settings.DEBUG or getattr(settings, "TESTING", False)):
        raise Http404
    found = specimens.page(page)
    if found is None:
        raise Http404
    template, context = found
    return render(request, template, context)
