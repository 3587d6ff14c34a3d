"""What a program is told when a request cannot be met: problem details (RFC 9457) with every fault at once.

Rooms raise ``Problem``; the server turns it into ``application/problem+json``. Operations declare
``responses(201: …)`` so that their errors appear in the OpenAPI description.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from ninja import Schema
from pydantic import ConfigDict

CONTENT_TYPE = "application/problem+json"


class Strict(Schema):
    """Base of every request body: keys that nobody declared are refused."""

    model_config = ConfigDict(extra="forbid")


class Message(Schema):
    """One sentence in both languages."""

    zh: str
    en: str


class FaultOut(Schema):
    """One fault: where (JSON pointer), a stable code, and what to do."""

    path: str
    code: str
    message: Message


class ProblemOut(Schema):
    """The body of every error answer of the API."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FaultOut] = []


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a request. ``path``: JSON pointer such as ``/applicant/phone``."""

    path: str
    code: str
    zh: str
    en: str

    def as_json(self) -> dict[str, Any]:
        return {"path": self.path, "code": self.code, "message": {"zh": self.zh, "en": self.en}}


class Problem(Exception):
    """A request that cannot be met, with the status to answer and every fault found.

    ``detail`` is English. Where no single value is at fault, ``zh`` says it in Chinese and both stand as the one
    fault, at ``where`` (JSON pointer; empty: the request as a whole). Raises ValueError where neither is given.
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        faults: Sequence[Fault] = (),
        *,
        zh: str = "",
        where: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        if not faults and not zh:
            raise ValueError(f"{code}: an error says in both languages what to do")
        self.status = status
        self.code = code
        self.detail = detail
        self.faults = tuple(faults) or (Fault(where, code, zh, detail),)
        self.headers = dict(headers or {})


def problem_response(problem: Problem) -> HttpResponse:
    """The answer for a problem. ``type`` is a stable name, not an address to fetch."""
    body = {
        "type": f"urn:nuanxin:problem:{problem.code}",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
        "errors": [fault.as_json() for fault in problem.faults],
    }
    return HttpResponse(
        json.dumps(body, ensure_ascii=False),
        status=problem.status,
        content_type=CONTENT_TYPE,
        headers=problem.headers,
    )


def responses(answers: Mapping[int, Any], *errors: int) -> dict[int, Any]:
    """What an operation may answer: ``answers`` by status, and problems for 400, 413, 422 and ``errors``."""
    return {**answers, **dict.fromkeys((400, 413, 422, *errors), ProblemOut)}
