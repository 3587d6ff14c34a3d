"""Every route says who may use it, and keeps to it: every route × role × region."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from nuanxin.accounts.guards import Guard, guards_of
from nuanxin.accounts.queries import actor_for
from tests.factories import world

CONVERTER = re.compile(r"<(?:(\w+):)?(\w+)>")
PACKAGES = ("admin/", "api/")  # the admin site has its own permissions; the API is walked by its own test


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every (path, view) below a resolver."""
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield path, entry.callback
        else:
            yield from routes(entry, path)


def guarded_routes() -> list[tuple[str, Guard]]:
    """(path, guard) of every page that is not for everybody."""
    found = []
    for path, view in routes(get_resolver()):
        guard = guards_of(view).get("*")
        if guard is not None and not guard.public and not path.startswith(PACKAGES):
            found.append((path, guard))
    return found


def test_every_route_is_guarded_or_says_why_it_is_public() -> None:
    unguarded = [
        f"{method} /{path}"
        for path, view in routes(get_resolver())
        for method, guard in guards_of(view).items()
        if guard is None or (guard.public and not guard.reason)
    ]
    assert unguarded == []


def test_no_two_routes_share_a_path() -> None:
    paths = [path for path, _ in routes(get_resolver())]
    assert sorted({path for path in paths if paths.count(path) > 1}) == []


def _address(path: str, number: str) -> str:
    """A route as an address: the case's number where it takes one, something harmless elsewhere."""
    samples = {"number": number, "action": "accept", "name": "mine", "page": "case"}
    return "/" + CONVERTER.sub(
        lambda part: samples.get(part[2], "1" if part[1] in {"int", "row"} else "x"), path
    )


def _reachable(status: int) -> bool:
    """Whether an answer shows or does something, or might: everything but a refusal."""
    return status not in {302, 401, 403, 404, 405}


@pytest.mark.django_db
def test_nobody_reaches_a_guarded_route_without_signing_in() -> None:
    open_ones = [
        f"{method} /{path}"
        for path, _ in guarded_routes()
        for method in ("get", "post")
        if _reachable(getattr(Client(), method)(_address(path, "N")).status_code)
    ]
    assert open_ones == []


@pytest.mark.django_db
def test_every_route_keeps_out_the_wrong_role_and_the_wrong_region() -> None:
    world.offices()
    number = world.application(world.HERE, 1)["number"]
    wrong, broken = [], []
    for role, region, staff in world.everybody():
        client = Client(raise_request_exception=False)
        client.force_login(staff)
        actor = actor_for(staff, world.AT)
        for path, guard in guarded_routes():
            for method in ("get", "post"):
                status = getattr(client, method)(_address(path, number)).status_code
                told = f"{role} of {region}: {method} /{path} answered {status}"
                if status >= 500:
                    broken.append(told)
                elif (not guard.admits(actor) and status not in {403, 405}) or (
                    region == world.ELSEWHERE and "number" in path and _reachable(status)
                ):
                    wrong.append(told)
    assert (wrong, broken) == ([], [])
