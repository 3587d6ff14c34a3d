"""The public API, version 1: rooms bring routers, errors leave as problem details."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.parser import Parser

from nuanxin.accounts.guards import public_route
from nuanxin.accounts.requests import PlatformRequest
from nuanxin.cases.api import router as applications
from nuanxin.cases.api import unstorable
from nuanxin.cases.api_staff import router as staff
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.config.faults import faults_from
from nuanxin.config.law_api import router as law
from nuanxin.documents.api import router as evidence
from nuanxin.hotline.api import router as hotline
from nuanxin.law.strict_json import KeyTwice, read
from nuanxin.network.api import router as points
from nuanxin.ui.problems import CONTENT_TYPE, Fault, Problem, problem_response

BAD_CHARACTER = (
    "含有无法保存的字符，请删去后重试。",
    "There is a character here that cannot be stored.",
)
TWICE = (
    "这一项写了两次，不知道以哪个为准。",
    "This key stands twice, and nobody can tell which is meant.",
)


class StrictParser(Parser):
    """JSON that means one thing: no NaN, no key twice, and no text that a database cannot store."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as plain values. Raises ValueError (400) or UnfitBody (422)."""
        raw = request.body
        try:
            value = read(raw.decode())
        except KeyTwice as twice:
            raise UnfitBody([Fault(path, "duplicate_key", *TWICE) for path in twice.paths]) from None
        if b"\\u" in raw:
            faults = [Fault(path, "invalid_text", *BAD_CHARACTER) for path in _unstorable(value, "")]
            if faults:
                raise UnfitBody(faults, value)
        return value


class UnfitBody(Exception):
    """Text with NUL or half a surrogate pair, or a key that stands twice; carries every fault, and the body
    where it could be read."""

    def __init__(self, faults: list[Fault], body: Any = None) -> None:
        super().__init__("unfit body")
        self.faults = faults
        self.body = body


def _unstorable(value: Any, path: str) -> list[str]:
    if isinstance(value, dict):
        inner = [found for key, part in value.items() for found in _unstorable(part, f"{path}/{key}")]
        return inner + [path for key in value if _unstorable(key, "")]
    if isinstance(value, list):
        return [found for at, part in enumerate(value) for found in _unstorable(part, f"{path}/{at}")]
    if isinstance(value, str) and ("\x00" in value or (not value.isascii() and _has_surrogate(value))):
        return [path]
    return []


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _description(view: Any) -> Any:
    return public_route("the description of the public API holds no data")(require_safe(view))


class PublicApi(NinjaAPI):
    """Describes its errors by the content type in which they leave."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The description, with problems as ``application/problem+json``."""
        schema = super().get_openapi_schema(**options)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, answer in operation["responses"].items():
                    body = answer.get("content", {}).get("application/json")
                    if body and int(status) >= 400:
                        answer["content"] = {CONTENT_TYPE: body}
        return schema

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Such as ``cases_create``: room and function."""
        view = operation.view_func
        return f"{view.__module__.split('.')[1]}_{view.__name__}"


api = PublicApi(
    title="Nuanxin 暖薪",
    version="1",
    description="Free legal aid that gets migrant workers their unpaid wages.",
    urls_namespace="api-1",
    openapi_url="/openapi.json",
    docs_decorator=_description,
    docs_url=None,  # the description is for programs; a page that draws it would need foreign scripts
    parser=StrictParser(),
)


@api.exception_handler(Problem)
def _problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem_response(problem)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem_response(
        Problem(422, "invalid_request", "The request has faults.", faults_from(error.errors))
    )


def _unstorable_problem(request: HttpRequest, found: UnfitBody) -> Problem:
    """An application is read to its end all the same, so that its other faults are told at once."""
    if isinstance(found.body, dict) and request.path.endswith("/applications"):
        today = cast(PlatformRequest, request).at.astimezone(SHANGHAI).date()
        return unstorable(found.body, found.faults, today=today)
    return Problem(422, "invalid_request", "The request has faults.", found.faults)


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, UnfitBody):
        return problem_response(_unstorable_problem(request, error.__cause__))
    if error.status_code == 400:
        return problem_response(
            Problem(400, "not_json", "The body is not JSON in UTF-8.", zh="请求内容不是 UTF-8 编码的 JSON。")
        )
    return problem_response(Problem(error.status_code, "refused", str(error), zh="请求没有被接受。"))


@api.exception_handler(AuthenticationError)
def _unauthenticated(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    headers = {"WWW-Authenticate": "Bearer"}
    return problem_response(
        Problem(401, "no_token", "A valid token is needed.", zh="需要有效的令牌。", headers=headers)
    )


@api.exception_handler(PermissionDenied)
def _forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return problem_response(
        Problem(403, "forbidden", "This token may not do that.", zh="这个令牌没有这项权限。")
    )


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem_response(
        Problem(404, "not_found", "There is nothing here under that name.", zh="这里没有叫这个名字的内容。")
    )


api.add_router("", applications)
api.add_router("", evidence)
api.add_router("", staff)
api.add_router("/hotline", hotline)
api.add_router("/law", law)
api.add_router("/points", points)
