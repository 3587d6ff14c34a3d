"""Invented workers for journeys beyond the published cases, each with a name and a telephone of their own."""

from __future__ import annotations

from itertools import count
from typing import Any

from nuanxin.config.demo_people import worker_name
from tests.journeys import desk, portal
from tests.journeys.conftest import Visit
from tests.journeys.portal import Application, Receipt
from tests.journeys.walker import Walker

_numbers = count(1)
GAOPING = {"where": "高平", "spot": "140581"}


def somebody(**more: Any) -> Application:
    """A worker in Gaoping who is owed wages, never met before."""
    number = next(_numbers)
    said: dict[str, Any] = {
        "name": worker_name(number), "phone": f"1900006{number:04d}", "ended": "2026-09-30", "amount": "5200",
        "story": f"（演示）第 {number} 位工友，干完活没拿到工资。", **GAOPING,
    }  # fmt: skip
    return Application(**(said | more))


def counter_form(said: Application, **more: Any) -> dict[str, Any]:
    """The same person at the counter."""
    form: dict[str, Any] = {
        "kind": "aid", "door": "counter", "name": said.name, "phone": said.phone, "place_text": said.spot,
        "items": list(said.items), "amount": said.amount, "story": said.story, "consent": True,
    }  # fmt: skip
    return form | more


def at_counter(clerk: Walker, said: Application, **more: Any) -> Receipt:
    """Opened by a clerk."""
    return desk.at_the_counter(clerk, **counter_form(said, **more))


def granted(visit: Visit, said: Application) -> tuple[Walker, Walker, Receipt]:
    """A case in Gaoping to which aid was given: the clerk, the decider, the worker's receipt."""
    clerk, decider = desk.sign_in(visit(desk=True), "clerk"), desk.sign_in(visit(desk=True), "decider")
    receipt = at_counter(clerk, said)
    desk.do(clerk, receipt.number, "accept")
    desk.do(clerk, receipt.number, "review", recommend="grant")
    desk.do(decider, receipt.number, "grant", status_document=True)
    return clerk, decider, receipt


def with_lawyer(visit: Visit, clerk: Walker, receipt: Receipt) -> Walker:
    """The lawyer at the head of the proposal has taken the case and signed the agreement."""
    lawyer = desk.sign_in(visit(desk=True), desk.username_of(desk.offer(clerk, receipt.number)))
    desk.do(lawyer, receipt.number, "accept_offer")
    return desk.do(lawyer, receipt.number, "sign_agreement")


def followed(worker: Walker, receipt: Receipt) -> Walker:
    """The worker's page, opened by number and code."""
    return portal.follow(worker, receipt)
