"""Guards: who may use a route, and that every way of writing a route can be read back."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.views.generic import TemplateView, View
from ninja import NinjaAPI

from nuanxin.accounts.api import StaffAuth, StaffToken
from nuanxin.accounts.guards import Guard, Scope, guard_of, guarded, guards_of, public_route
from nuanxin.accounts.rules import STAFF_ROLES
from nuanxin.accounts.scope import region_range
from nuanxin.audit.actor import NATION, WORKER, Actor, Role
from tests.factories.staff import AT, GAOPING

COUNTY = region_range(GAOPING)


def staff(role: str, scope: tuple[int, int] = COUNTY) -> Actor:
    return Actor("staff", 1, frozenset({role}), scope, 1)


def request_of(actor: Actor, method: str = "get", **extra: Any) -> HttpRequest:
    request = getattr(RequestFactory(), method)("/somewhere/?a=1", **extra)
    request.actor, request.at, request.session = actor, AT, {}
    request.user = type("User", (), {"is_authenticated": True, "must_change_password": False})()
    return request  # type: ignore[no-any-return]


@guarded(Role.CLERK, Role.DECIDER)
def work(request: HttpRequest) -> HttpResponse:
    return HttpResponse("work")


@guarded(Role.AUDITOR, scope="nation")
class Record(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse("record")


@public_route("the first page")
def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse("home")


@public_route("a page without code of its own")
class About(TemplateView):
    template_name = "ui/plain.html"


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("bare")


class TestWhoGetsIn:
    @pytest.mark.parametrize("role", sorted(STAFF_ROLES))
    def test_only_the_named_roles(self, role: str) -> None:
        request = request_of(staff(role))
        if role in {"clerk", "decider"}:
            assert work(request).content == b"work"
        else:
            with pytest.raises(PermissionDenied):
                work(request)

    def test_nobody_is_sent_to_sign_in_and_back(self) -> None:
        answer = work(request_of(WORKER))
        assert answer.status_code == 302
        assert answer["Location"] == "/accounts/login/?next=/somewhere/%3Fa%3D1"

    def test_a_part_of_a_page_moves_the_whole_window(self) -> None:
        answer = work(request_of(WORKER, headers={"HX-Request": "true"}))
        assert (answer.status_code, answer["HX-Redirect"]) == (401, "/accounts/login/")

    def test_a_form_is_not_repeated_after_sign_in(self) -> None:
        assert work(request_of(WORKER, "post"))["Location"] == "/accounts/login/"

    @pytest.mark.parametrize(("scope", "allowed"), [(NATION, True), (COUNTY, False)])
    def test_the_nation_where_the_nation_is_asked(self, scope: tuple[int, int], allowed: bool) -> None:
        request = request_of(staff(Role.AUDITOR, scope))
        if allowed:
            answer: Any = Record.as_view()(request)
            assert answer.content == b"record"
        else:
            with pytest.raises(PermissionDenied):
                Record.as_view()(request)

    def test_what_staff_see_stays_out_of_shared_caches(self) -> None:
        assert work(request_of(staff(Role.CLERK)))["Cache-Control"] == "private, no-store"

    def test_a_partner_program_uses_no_pages(self) -> None:
        partner = Actor("partner", 1, frozenset({"clerk"}), COUNTY, 1)
        assert work(request_of(partner)).status_code == 302


class TestReadingGuards:
    def test_functions_and_classes(self) -> None:
        assert guard_of(work) == Guard(frozenset({"clerk", "decider"}), Scope.HOLDER)
        assert guard_of(Record.as_view()) == Guard(frozenset({"auditor"}), Scope.NATION)
        assert guard_of(bare) is None
        for view in (home, About.as_view()):
            found = guard_of(view)
            assert found is not None
            assert found.public

    def test_a_decorator_outside_keeps_the_guard(self) -> None:
        from django.views.decorators.http import require_POST

        assert guard_of(require_POST(work)) == guard_of(work)

    def test_api_operations_one_by_one(self) -> None:
        api = NinjaAPI(urls_namespace="guard-test", docs_url=None)

        @api.get("/cases", auth=StaffAuth(Role.CLERK))
        def read(request: HttpRequest) -> str:
            return ""

        @api.post("/cases", auth=None)
        @public_route("the one door")
        def submit(request: HttpRequest) -> str:
            return ""

        @api.get("/open")
        def forgotten(request: HttpRequest) -> str:
            return ""

        @api.get("/programs", auth=[StaffToken(Role.PARTNER)])
        def programs(request: HttpRequest) -> str:
            return ""

        patterns: Any = api.urls[0]
        found = {p.pattern._route: guards_of(p.callback) for p in patterns if p.name != "openapi-json"}
        assert found["cases"]["GET"] == Guard(frozenset({"clerk"}), Scope.HOLDER)
        post = found["cases"]["POST"]
        assert post is not None
        assert post.reason == "the one door"
        assert found["open"] == {"GET": None}
        assert found["programs"]["GET"] == Guard(frozenset({"partner"}), Scope.HOLDER)
        assert all(guard_of(p.callback) for p in patterns if p.name in {"openapi-json", "api-root"})

    def test_every_page_of_the_admin(self) -> None:
        patterns = list(walk([path("admin/", admin.site.urls)]))
        assert len(patterns) > 10
        guards = [guard_of(pattern.callback) for pattern in patterns]
        assert None not in guards
        assert {g.roles for g in guards if g and not g.public} == {frozenset({"administrator"})}

    def test_every_page_of_sign_in(self) -> None:
        from nuanxin.accounts.urls import urlpatterns

        patterns: Any = urlpatterns
        assert [p.name for p in patterns if guard_of(p.callback) is None] == []

    def test_a_guard_says_whom_it_means(self) -> None:
        with pytest.raises(ValueError, match="roles"):
            guarded(scope="holder")
        with pytest.raises(ValueError, match="public_route"):
            guarded(scope="anybody")
        with pytest.raises(ValueError, match="why"):
            public_route(" ")
        with pytest.raises(ValueError, match="roles"):
            StaffAuth()


def walk(patterns: list[Any]) -> Any:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern


def test_the_root_urls_can_be_walked() -> None:
    assert list(walk(get_resolver().url_patterns))
