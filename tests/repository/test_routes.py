"""Every route says who may use it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from nuanxin.accounts.guards import guards_of


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every (path, view) below a resolver."""
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield path, entry.callback
        else:
            yield from routes(entry, path)


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
