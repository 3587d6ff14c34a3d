"""The hotline with two browsers at once: an exchange tells of calls, two people at one queue, a case grows."""

from __future__ import annotations

import json
import re
import urllib.request
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys import desk
from tests.journeys.conftest import Visit
from tests.journeys.server import Server

pytestmark = pytest.mark.journey
PAGE = "/desk/hotline/"
CALLER = "19000061234"


class Telephone:
    """An exchange of Shanxi with one desk, set up with the commands that a telephone engineer uses."""

    def __init__(self, server: Server, name: str = "农民工专席") -> None:
        self.server = server
        issued = self._run("token", "issue", "12348", "--role", "partner", "--region", "140000", "--json")
        token = json.loads(issued)
        self.secret = token["token"]
        exchange = self._run(
            "hotline", "exchange", "12348", "--token", str(token["id"]), "--region", "140000"
        )
        row = self._run(
            *(
                "hotline",
                "desk",
                "migrant",
                name,
                "--name-en",
                "Migrant desk",
                "--exchange",
                exchange,
            ),
            *("--kind", "special", "--region", "140000"),
        )
        for extension, person in (("801", "duty_lawyer"), ("802", "operator")):
            self._run("hotline", "seat", person, "--desk", row, "--extension", extension)

    def _run(self, *command: str) -> str:
        done = self.server.run(*command)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip().rpartition("\n")[2]

    def tell(self, call: str, kind: str, **more: Any) -> str:
        """Push one event; the state of the call afterwards."""
        event = {
            "id": f"{call}-{kind}",
            "call": call,
            "kind": kind,
            "at": datetime.now(UTC).isoformat(),
            **more,
        }
        request = urllib.request.Request(
            f"{self.server.url}/api/v1/hotline/events",
            json.dumps({"events": [event]}).encode(),
            {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return str(json.load(answer)["results"][0]["state"])


def test_two_people_at_one_queue_and_a_call_that_becomes_a_case(visit: Visit, server: Server) -> None:
    telephone = Telephone(server)
    operator, lawyer = (
        desk.sign_in(visit(desk=True), "operator"),
        desk.sign_in(visit(desk=True), "duty_lawyer"),
    )
    for person in (operator, lawyer):
        person.go(PAGE).press("main button[value='ready']")
        expect(person.page.locator("main")).to_contain_text("没有人在排队")

    telephone.tell("j1", "arrived", caller=CALLER)
    assert telephone.tell("j1", "queued", queue="migrant", topic="wages", language="zh") == "queued"
    for person in (operator, lawyer):  # by itself, without a reload
        expect(person.page.locator("main tbody tr")).to_have_count(1)
        expect(person.page.locator("main tbody")).to_contain_text("190****1234")

    operator.press("main tbody button")
    expect(operator.page.locator("main")).to_contain_text("您正在接的电话")
    expect(lawyer.page.locator("main tbody tr")).to_have_count(0)

    operator.press("main button[value='new']")
    expect(operator.page.locator("[name='phone']")).to_have_value(CALLER)
    desk.put(
        operator,
        {"name": "贺来电", "place_text": "140581", "items": ["wages"], "amount": "5200", "consent": True},
    )
    operator.press("main form .actions button.button")
    expect(operator.page).to_have_url(re.compile(r"/desk/new/NX"))

    assert telephone.tell("j1", "hung_up") == "wrap_up"
    operator.go(PAGE)
    expect(operator.page.locator("main")).to_contain_text("来电人已挂断")
    operator.pick("category", "wages").fill("reply", "先申请劳动仲裁").tick("code", "application")
    operator.press("main button[formaction*='/wrap-up/']")
    expect(operator.page.locator("main")).to_contain_text("空闲")
    assert telephone.tell("j1", "hung_up") == "ended"  # told again: nothing moves
    assert server.count_events("call.grew") == 1
