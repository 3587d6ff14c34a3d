"""``POST /applications/{number}/evidence``: one file, with the follow code."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import cast

from django.http import HttpRequest, HttpResponse
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from nuanxin.accounts import throttle
from nuanxin.accounts.address import address_group, client_address
from nuanxin.accounts.guards import public_route
from nuanxin.accounts.requests import PlatformRequest
from nuanxin.audit.actor import NOWHERE, Actor, Role
from nuanxin.cases.queries.opening import open_by_code
from nuanxin.documents.actions import receive
from nuanxin.documents.rules.uploads import BadUpload
from nuanxin.ui.problems import Fault, Problem, responses

router = Router(tags=["evidence"])
PER_ADDRESS, WINDOW = 200, timedelta(hours=1)


class EvidenceOut(Schema):
    """What was taken: the hash of the bytes as they arrived."""

    sha256: str
    size: int
    type: str
    scanned: bool


_ONE = Fault(
    "/file",
    "one_file",
    "一次只能交一份文件，其余的请另外提交；这次一份也没有收。",
    "One file a request: send the others in requests of their own. None of these was taken.",
)


def _one_file(request: HttpRequest) -> None:
    """A second file would be lost in silence."""
    if sum(len(files) for _name, files in request.FILES.lists()) > 1:
        raise Problem(422, "bad_file", _ONE.en, [_ONE])


@router.post(
    "/applications/{number}/evidence",
    auth=None,
    response=responses({201: EvidenceOut}, 404, 429),
    summary="Hand in one file as evidence",
)
@public_route("number and code open one case for handing in")
def hand_in(request: HttpRequest, number: str, file: File[UploadedFile], code: str = "") -> HttpResponse:
    """201 with the hash; 422 with what to do for a file that cannot be taken; 404 for a wrong number or code."""
    came = cast(PlatformRequest, request)
    address = client_address(request)
    wait = throttle.check(
        "evidence.address", address_group(address), limit=PER_ADDRESS, window=WINDOW, at=came.at
    )
    _one_file(request)
    found = open_by_code(number=number, code=code, address=address, at=came.at)
    seconds = wait.seconds if wait else found.wait
    if seconds:
        raise Problem(
            429, "slow_down", "Too many tries. Wait, then try again.", zh="试得太多了，请稍后再试。",
            headers={"Retry-After": str(seconds)},
        )  # fmt: skip
    if found.case is None:
        raise Problem(
            404, "no_such_case", "No case with this number and code.", zh="编号或查询码不对，请核对。"
        )
    by = Actor("worker", found.case.pk, frozenset({Role.WORKER}), NOWHERE)
    try:
        row = receive(case_id=found.case.pk, file=file, filename=file.name or "", by=by, at=came.at)
    except BadUpload as bad:
        raise Problem(422, "bad_file", bad.en, [Fault("/file", bad.code, bad.zh, bad.en)]) from bad
    body = {"sha256": row.sha256, "size": row.size, "type": row.mime, "scanned": row.scanned}
    return HttpResponse(json.dumps(body), status=201, content_type="application/json")
