"""``POST /api/v1/law/TOPIC``: the law engine for programs. Public; what is asked is not kept."""

from __future__ import annotations

import json
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Body, Path, Router, Schema
from pydantic import StringConstraints

from nuanxin.accounts.guards import public_route
from nuanxin.law import answer
from nuanxin.ui.problems import CONTENT_TYPE, FaultOut, responses

router = Router(tags=["law"])
Topic = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]


class Answer(Schema, extra="allow"):
    """A cited answer; its members depend on the topic."""


class QuestionFault(Schema):
    """One fault of a question, in the engine's own words."""

    path: str
    code: str
    message: str


class BadQuestion(Schema):
    """Either kind of 422: the engine's faults, or those of the request itself."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[QuestionFault] | list[FaultOut]


@router.post(
    "/{topic}",
    auth=None,
    response={**responses({200: Answer}), 422: BadQuestion},
    summary="Ask the law engine",
    description="Facts in, an answer with its basis and explanation out. A missing fact is told in `needs`.",
)
@public_route("the law is public, and no personal data is asked or kept")
def ask(request: HttpRequest, topic: Path[Topic], question: Body[dict[str, Any]]) -> HttpResponse:
    """200 with the answer, as ``nuanxin law`` gives it; 422 with every fault of the question."""
    body = answer(topic, question)
    if "errors" not in body:
        return _json(body, 200, "application/json")
    problem = {
        "type": "urn:nuanxin:problem:bad_question",
        "title": "Unprocessable Entity",
        "status": 422,
        "detail": "The question has faults.",
    }
    return _json(problem | body, 422, CONTENT_TYPE)


def _json(body: dict[str, Any], status: int, content_type: str) -> HttpResponse:
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=content_type)
