"""Error pages: what happened, what to do now, and the helpline. Wired in config/urls.py and settings.

What a program gets under ``/api/``, ``config.middleware.ApiErrors`` turns into problem details.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# Read once: the page for our own faults must not need the database, the templates or the translations.
_FAULT_PAGE: Final = (Path(__file__).parent / "templates" / "ui" / "errors" / "500.html").read_bytes()


def page(request: HttpRequest, status: int, template: str = "", **context: Any) -> HttpResponse:
    """The page of one error status."""
    return render(request, template or f"ui/errors/{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400. A body beyond the limit is told as such."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return too_large(request)
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403."""
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404."""
    return page(request, 404)


def too_large(request: HttpRequest, limit_bytes: int = 0) -> HttpResponse:
    """For whoever refuses a file or a body by its size; names the limit when it is given, and leads back to the page
    whose form was sent (forms are sent to the address of their page)."""
    return page(request, 413, megabytes=limit_bytes // (1024 * 1024), back=request.path)


def too_many(request: HttpRequest, wait_seconds: int) -> HttpResponse:
    """For views and middleware that limit rates; says how long to wait and sets Retry-After (seconds)."""
    answer = page(request, 429, minutes=max(1, -(-wait_seconds // 60)))
    answer["Retry-After"] = str(wait_seconds)
    return answer


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None
) -> HttpResponse:
    """AXES_LOCKOUT_CALLABLE: too many failed sign-ins."""
    return too_many(request, 15 * 60)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: mostly an old page or cookies switched off; nobody's fault, so say what to do."""
    return page(request, 403, "ui/errors/csrf.html")


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500. Static on purpose."""
    return HttpResponse(_FAULT_PAGE, status=500)
