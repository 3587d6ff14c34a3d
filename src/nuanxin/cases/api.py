"""The applications API: submit, follow; reads for staff with a token. See contracts in docs/api.md."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router

from nuanxin.accounts import throttle
from nuanxin.accounts.address import address_group, client_address
from nuanxin.accounts.guards import public_route
from nuanxin.accounts.requests import PlatformRequest
from nuanxin.audit.actor import HELPER, WORKER
from nuanxin.cases.actions.submit import KeyReused, submit
from nuanxin.cases.api_schema import KEY_HEADER, REQUEST_BODY, FollowOut, ReceiptOut
from nuanxin.cases.queries.opening import api_view, open_by_code
from nuanxin.cases.rules.clocks import SHANGHAI
from nuanxin.cases.rules.intake import BadIntake, read_intake
from nuanxin.network.queries import UnknownPlace, parse_place
from nuanxin.ui.problems import Fault, Problem, responses

router = Router(tags=["applications"])
_KEY = re.compile(r"[!-~]{8,64}")
PER_ADDRESS, PER_PHONE, WINDOW = 60, 10, timedelta(hours=1)


def known_place(code: str) -> bool:
    """Whether a six-digit code is a place, in force or abolished."""
    try:
        parse_place(code)
    except UnknownPlace:
        return False
    return True


def _limit(bucket: str, key: str, limit: int, request: PlatformRequest) -> None:
    wait = throttle.check(bucket, key, limit=limit, window=WINDOW, at=request.at)
    if wait is not None:
        raise Problem(
            429,
            "too_many",
            "Too many submissions from here. Wait, or ring 12348.",
            zh="从这里提交得太多了，请稍后再试，或者打 12348。",
            headers={"Retry-After": str(wait.seconds)},
        )


def _key(request: HttpRequest) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(key):
        fault = Fault(
            "/Idempotency-Key",
            "required",
            "请在请求头里带上 Idempotency-Key（8 到 64 个可见字符）",
            "Send the header Idempotency-Key with 8 to 64 visible characters",
        )
        raise Problem(400, "no_key", "The header Idempotency-Key is missing or malformed.", [fault])
    return key


def invalid(faults: Sequence[Mapping[str, Any]]) -> Problem:
    """The answer to an application with these faults."""
    told = [Fault(f["path"], f["code"], f["message"]["zh"], f["message"]["en"]) for f in faults]
    return Problem(422, "invalid_application", "The application has faults.", told)


def unstorable(body: Mapping[str, Any], found: Sequence[Fault], *, today: date) -> Problem:
    """The answer to an application with text that no database can keep: these places, and every other fault."""
    told: list[Mapping[str, Any]] = []
    try:
        read_intake(body, place_known=known_place, today=today)
    except BadIntake as bad:
        told = list(bad.faults)
    known = {fault["path"] for fault in told}
    return invalid([*told, *(fault.as_json() for fault in found if fault.path not in known)])


@router.post(
    "/applications",
    auth=None,
    response=responses({201: ReceiptOut}, 409, 429),
    openapi_extra={**REQUEST_BODY, **KEY_HEADER},
    summary="Submit a question, a report of unpaid wages or an application for aid",
)
@public_route("a worker has no account; limits by address and phone")
def create(request: HttpRequest, body: Body[dict[str, Any]]) -> HttpResponse:
    """201 with number and follow code; the same key and body again give the same answer."""
    came = cast(PlatformRequest, request)
    key = _key(request)
    _limit("submit.address", address_group(client_address(request)), PER_ADDRESS, came)
    today = came.at.astimezone(SHANGHAI).date()
    try:
        intake = read_intake(body, place_known=known_place, today=today)
    except BadIntake as bad:
        raise invalid(bad.faults) from bad
    _limit("submit.phone", intake.applicant.phone, PER_PHONE, came)
    by = HELPER if intake.helper else WORKER
    try:
        receipt = submit(intake=intake, by=by, at=came.at, key=key, body=body)
    except KeyReused as reused:
        raise Problem(
            409, "key_reused", "This Idempotency-Key was used with another body. Send the new body with a new key.",
            zh="这个 Idempotency-Key 已经用来提交过别的内容。内容变了，请换一个新的再提交。", where="/Idempotency-Key",
        ) from reused  # fmt: skip
    headers = {"Idempotent-Replay": "true"} if receipt.replayed else {}
    return _json(receipt.body, 201, headers)


@router.get(
    "/applications/{number}",
    auth=None,
    response={**responses({200: FollowOut}, 404, 429)},
    summary="Follow a case by number and code",
)
@public_route("number and code open one case, without personal data")
def follow(request: HttpRequest, number: str, code: str = "") -> HttpResponse:
    """200 with where the case stands; one and the same 404 for a wrong number and a wrong code."""
    came = cast(PlatformRequest, request)
    found = open_by_code(number=number, code=code, address=client_address(request), at=came.at)
    if found.wait:
        raise Problem(
            429,
            "slow_down",
            "Too many wrong codes. Wait, then try again, or ring 12348.",
            zh="查询码错得太多了，请稍后再试，或者打 12348。",
            headers={"Retry-After": str(found.wait)},
        )
    if found.case is None:
        raise Problem(
            404, "no_such_case", "No case with this number and code.", zh="编号或查询码不对，请核对。"
        )
    return _json(api_view(found.case, found.seq), 200, {})


def _json(body: dict[str, Any], status: int, headers: dict[str, str]) -> HttpResponse:
    text = json.dumps(body, ensure_ascii=False)
    return HttpResponse(
        text, status=status, content_type="application/json", headers={**headers, "Cache-Control": "no-store"}
    )
