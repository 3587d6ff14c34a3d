"""What every request passes: body limits, one log line, errors of the API as problem details."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from nuanxin.config import metrics
from nuanxin.ui.errors import too_large
from nuanxin.ui.problems import CONTENT_TYPE, Problem, problem_response

GetResponse = Callable[[HttpRequest], HttpResponse]
CHUNK = 64 * 1024

log = structlog.get_logger("nuanxin.requests")


class RequestLog:
    """One line a request: method, route (never the path with its numbers, never the query), status, time."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then count and write the line."""
        started = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - started
        route = request.resolver_match.route if request.resolver_match else "unmatched"
        metrics.count_request(request.method or "", route, response.status_code, seconds)
        write = log.error if response.status_code >= 500 else log.info
        write(
            "request",
            method=request.method,
            route=route,
            status=response.status_code,
            ms=round(seconds * 1e3, 1),
        )
        return response


class PermissionsPolicy:
    """No page may use camera or microphone, unless its view says so; the place is asked on pages of ours alone."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the header where the view has set none."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response


class BodyLimit:
    """Refuses what is too large with 413, after reading it to the end so that the client sees the answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, or answer 413."""
        limit = _limit(request)
        if request.META.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked":
            complete = _read_chunked(request, limit)
        else:
            length = _length(request)
            complete = length <= limit
            if not complete:
                _drain(request, length)
        return self.get_response(request) if complete else _too_large(request, limit)


def _limit(request: HttpRequest) -> int:
    """Bytes that a body may have: files come as multipart and have their own limit."""
    multipart = request.META.get("CONTENT_TYPE", "").startswith("multipart/form-data")
    return int(settings.UPLOAD_LIMIT if multipart else settings.BODY_LIMIT)


def _length(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdecimal() else 0


def _drain(request: HttpRequest, length: int) -> None:
    stream = request.environ["wsgi.input"]  # type: ignore[attr-defined]
    while length > 0 and (chunk := stream.read(min(CHUNK, length))):
        length -= len(chunk)


def _read_chunked(request: HttpRequest, limit: int) -> bool:
    """Give a body of unannounced length its length, as Django reads no other. False when over the limit."""
    environ: dict[str, Any] = request.environ  # type: ignore[attr-defined]
    kept, size = BytesIO(), 0
    while chunk := environ["wsgi.input"].read(CHUNK):
        size += len(chunk)
        if size <= limit:
            kept.write(chunk)
    kept.seek(0)
    request.META["CONTENT_LENGTH"] = str(size)
    request._stream = kept
    return size <= limit


def _too_large(request: HttpRequest, limit: int) -> HttpResponse:
    megabytes = limit // (1024 * 1024)
    if request.path.startswith("/api/"):
        detail = f"The body is larger than {megabytes} MiB."
        zh = f"内容超过了 {megabytes} MiB，请减小后再提交。"
        return problem_response(Problem(413, "too_large", detail, zh=zh))
    return too_large(request, limit)


class ApiErrors:
    """Errors under /api that did not come from an operation (no such path, wrong method, a fault of ours)."""

    DETAILS = {
        404: ("not_found", "There is no such address in this API.", "接口里没有这个地址。"),
        405: (
            "method_not_allowed",
            "This address does not take that method; see the Allow header.",
            "这个地址不接受这种请求方法，请看 Allow 响应头。",
        ),
        500: (
            "broken",
            "Something went wrong here. The fault is recorded; try again later.",
            "我们这边出错了，已经记录，请稍后再试。",
        ),
    }

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with a problem body where an error has none."""
        response = self.get_response(request)
        if response.status_code < 400 or not request.path.startswith("/api/"):
            return response
        if response.headers.get("Content-Type", "").startswith(CONTENT_TYPE):
            return response
        other = ("refused", response.reason_phrase, "请求没有被接受。")
        code, detail, zh = self.DETAILS.get(response.status_code, other)
        kept = {name: response.headers[name] for name in ("Allow", "Retry-After") if name in response.headers}
        return problem_response(Problem(response.status_code, code, detail, zh=zh, headers=kept))
