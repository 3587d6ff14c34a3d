"""Signed-in requests to the staff desk, and how many statements each costs."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from importlib import import_module
from random import Random
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

from bench.load import Request
from nuanxin.accounts.models import Staff
from nuanxin.cases.models import Case, Respondent, Worker
from nuanxin.cases.queries.queue import PAGE
from nuanxin.cases.rules.numbers import number_of

_CSRF = "benchbenchbenchbenchbenchbench12"


class Desk:
    """Somebody who has signed in."""

    def __init__(self, username: str) -> None:
        staff = Staff.objects.get(username=username)
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(staff.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = staff.get_session_auth_hash()
        session.save()
        cookies = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={_CSRF}"
        self._headers = {"Cookie": cookies, "Accept-Language": "zh-CN"}

    def get(self, path: str) -> Request:
        """A page."""
        return Request("GET", path, self._headers)

    def search(self, typed: str) -> Request:
        """What was typed into the search box."""
        body = f"csrfmiddlewaretoken={_CSRF}&q={quote(typed)}".encode()
        headers = {**self._headers, "Content-Type": "application/x-www-form-urlencoded"}
        return Request("POST", "/desk/search/", headers, body)


def pages() -> dict[str, list[Request]]:
    """What is measured: for each name some hundred requests for different rows."""
    nation, county = Desk("supervisor_nation"), Desk("clerk")
    people = _sample(Worker.objects.filter(seq=1).values_list("case_id", "name", "phone"))
    firms = [name for _, name in _sample(Respondent.objects.values_list("id", "name"))]
    return {
        "list_page_1": [nation.get("/desk/lists/mine/")],
        "list_page_1_county": [county.get("/desk/lists/mine/")],
        "list_page_1000": [nation.get(f"/desk/lists/all/?after={_place((1000 - 1) * PAGE)}")],
        "list_unchanged": [nation.get("/desk/lists/mine/live/")],
        "search_number": [nation.search(number_of(case)) for case, _, _ in people],
        "search_phone": [nation.search(phone) for _, _, phone in people],
        "search_name": [nation.search(name[:2]) for _, name, _ in people],
        "search_surname": [nation.search(name[:1]) for _, name, _ in people],
        "search_full_name": [nation.search(name) for _, name, _ in people if len(name) > 2],
        "search_firm": [nation.search(name[1:7]) for name in firms],
        "search_firm_common": [nation.search(name[-8:]) for name in firms],
        "open_case": [nation.get(f"/desk/cases/{number_of(case)}/") for case, _, _ in people],
    }


def _sample(rows: Any, count: int = 100) -> list[Any]:
    """Rows from all over the register: the ones nearest to ids drawn at random."""
    rng, total = Random(7), Case.objects.count()
    ordered = rows.order_by("pk")
    return [ordered[rng.randrange(total)] for _ in range(count)]


def _place(rows: int) -> str:
    """The cursor that so many rows of the nation's open cases lie before."""
    found = Case.objects.exclude(turn="ended").order_by("queue_key", "id").values_list("queue_key", "id")
    key, case = found[rows - 1]
    return f"{key}.{case}"


def statements(requests: Sequence[Request]) -> int:
    """The most statements that one of these costs, session and account among them, in a process that is warm."""
    handler = WSGIHandler()
    _statements(handler, requests[0])
    return max(_statements(handler, request) for request in requests[:20])


def _statements(handler: WSGIHandler, request: Request) -> int:
    count = 0

    def counting(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal count
        count += not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE"))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counting):
        response = handler(_environment(request), lambda status, headers, exc=None: io.BytesIO().write)
        list(response)
    if response.status_code not in {200, 302, 304}:
        raise RuntimeError(f"{request.path}: {response.status_code}")
    return count


def _environment(request: Request) -> dict[str, Any]:
    path, _, query = request.path.partition("?")
    fixed = {
        "REQUEST_METHOD": request.method, "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(request.body)), "wsgi.input": io.BytesIO(request.body), "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr, "HTTP_HOST": "127.0.0.1", "wsgi.version": (1, 0), "wsgi.multithread": False,
        "wsgi.multiprocess": False, "wsgi.run_once": False,
    }  # fmt: skip
    names = {
        "Cookie": "HTTP_COOKIE",
        "Content-Type": "CONTENT_TYPE",
        "Accept-Language": "HTTP_ACCEPT_LANGUAGE",
    }
    return {**fixed, **{names[name]: value for name, value in request.headers.items()}}
