"""Live pages: a page asks for the versions of its parts each second and fetches only the part that changed.

No second web server and nothing a proxy can break: the answer is a 304 of a few bytes as long as nothing moved.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse


def versions(request: HttpRequest, parts: Mapping[str, int | str]) -> HttpResponse:
    """Answer the poll of a page: 304 when the browser knows these versions, else ``{"queue": "17", …}``.

    ``parts`` names the page's ``data-live`` elements; keep reading them to one cheap query.
    """
    tag = '"' + ";".join(f"{name}={value}" for name, value in sorted(parts.items())) + '"'
    answer: HttpResponse
    if request.headers.get("If-None-Match") == tag:
        answer = HttpResponseNotModified()
    else:
        answer = JsonResponse({name: str(value) for name, value in parts.items()})
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    return answer
