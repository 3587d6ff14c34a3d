"""Run by test_federation in a process of its own, since an identity provider changes which apps are installed.

Walks: sign in with a known identity, refuse an unknown one, refuse one whose account was ended, turn back at
the provider. Prints ``walked`` at the end.
"""

from __future__ import annotations

import json
import os
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

SUBJECT = {"sub": "person-1"}


class Provider(BaseHTTPRequestHandler):
    """An identity provider that believes everybody."""

    def do_GET(self) -> None:
        base = f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]
        if self.path.endswith("/.well-known/openid-configuration"):
            self.answer(
                {"issuer": base, "authorization_endpoint": f"{base}/authorize", "token_endpoint": f"{base}/token",
                 "userinfo_endpoint": f"{base}/userinfo", "jwks_uri": f"{base}/keys",
                 "token_endpoint_auth_methods_supported": ["client_secret_post"]}
            )  # fmt: skip
        else:
            self.answer(
                {"sub": SUBJECT["sub"], "preferred_username": "administrator", "email": "a@example.cn"}
            )

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer({"access_token": "token", "token_type": "Bearer", "expires_in": 60})

    def answer(self, content: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, *_: Any) -> None:
        """Quiet."""


def walk() -> None:
    from django.test import Client

    from nuanxin.accounts import actions
    from nuanxin.audit.actor import SYSTEM, Role
    from nuanxin.audit.models import Event
    from tests.factories.staff import AT, make_staff

    staff = make_staff(Role.CLERK, username="zhao")
    make_staff(Role.ADMINISTRATOR, 0, username="administrator")
    about = {"name": "赵", "phone": "", "office": 1, "by": SYSTEM, "at": AT}
    actions.alter_staff(staff=staff, federated_id="person-1", **about)  # type: ignore[arg-type]

    browser = Client()
    page = browser.get("/accounts/login/").content.decode()
    assert "/accounts/provider/authority/login/" in page
    for _ in range(2):
        assert come_back(browser)["Location"] == "/desk/"
        assert browser.get("/accounts/second-factor/").status_code == 200
        browser.post("/accounts/logout/")
    signed_in = Event.objects.filter(kind="staff.signed_in")
    assert [(event.actor_id, event.payload["method"]) for event in signed_in] == [(staff.pk, "federated")] * 2

    SUBJECT["sub"] = "person-2"  # claims a user name that exists; only the id counts
    assert come_back(Client()).status_code == 403

    SUBJECT["sub"] = "person-1"
    actions.alter_staff(staff=staff, federated_id=None, **about)  # type: ignore[arg-type]
    assert come_back(Client()).status_code == 403
    actions.alter_staff(staff=staff, federated_id="person-1", **about)  # type: ignore[arg-type]
    actions.deactivate(staff=staff, by=SYSTEM, at=AT)
    assert come_back(Client()).status_code == 403

    turned_back = come_back(Client(), error="access_denied")
    assert turned_back["Location"] == "/accounts/provider/cancelled/"
    assert browser.get(turned_back["Location"]).status_code == 200
    assert browser.get("/accounts/provider/unknown/login/").status_code == 404
    print("walked")


def come_back(browser: Any, **answer: str) -> Any:
    """From the button to the provider and back."""
    away = browser.get("/accounts/provider/authority/login/")
    query = parse_qs(urlsplit(away["Location"]).query)
    assert query["code_challenge_method"] == ["S256"]
    return browser.get(
        "/accounts/provider/authority/login/callback/",
        {"state": query["state"][0], **(answer or {"code": "once"})},
    )


def main() -> None:
    server = HTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ.update(
        OIDC_ISSUER=f"http://127.0.0.1:{server.server_port}", OIDC_CLIENT_ID="nuanxin", OIDC_CLIENT_SECRET="s",
        OIDC_NAME="统一认证", NUANXIN_TEST="1", DJANGO_SETTINGS_MODULE="nuanxin.config.settings",
    )  # fmt: skip
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    walk()


if __name__ == "__main__":
    main()
