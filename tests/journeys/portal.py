"""The public pages as a worker uses them: apply, report, ask, read the receipt, follow, act."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import expect

from tests.journeys.walker import Walker

GO = "main button[name='go'][value='on']:not(.sr-only)"
SKIP = "main button[name='go'][value='skip']"
_NUMBER = re.compile(r"NX\d\d-\d{7,}-\d")


@dataclass(slots=True)
class Receipt:
    """What a worker takes along."""

    number: str
    code: str
    says: str


@dataclass(slots=True)
class Application:
    """Answers to the guided application; what is empty is left out as a worker would leave it out."""

    name: str
    phone: str
    who: str = "self"
    workers: int = 1
    helper: Mapping[str, str] = field(default_factory=dict)
    items: tuple[str, ...] = ("wages",)
    caller: str = "contractor"
    firms: Mapping[str, str] = field(default_factory=dict)
    where: str = ""
    spot: str = ""
    began: str = ""
    still: str = "no"
    ended: str = ""
    amount: str = ""
    photos: tuple[Any, ...] = ()
    resident_id: str = ""
    needs: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    contact: Mapping[str, str] = field(default_factory=dict)
    story: str = ""


def begin(worker: Walker, *, shared: bool = False) -> None:
    """From the first page to the first question."""
    worker.go("/")
    worker.press("a[href='/apply/']")
    if shared:
        worker.page.check("[name='shared']")
    worker.press("button[value='start']")


def answer(worker: Walker, said: Application, *, until: str = "") -> None:
    """Answer question after question, as the pages come, up to the check page or to the question ``until``."""
    for _ in range(40):
        key = worker.page.url.rstrip("/").rsplit("/", 1)[1]
        if key in {"check", until}:
            return
        _ANSWERS[key](worker, said)
    raise AssertionError(f"the application does not end: {worker.page.url}")


def _who(worker: Walker, said: Application) -> None:
    worker.tick("who", said.who).press(GO)


def _helper(worker: Walker, said: Application) -> None:
    worker.fill("helper_name", said.helper["name"]).fill("helper_phone", said.helper["phone"])
    worker.tick("relation", said.helper["relation"]).press(GO)


def _group(worker: Walker, said: Application) -> None:
    worker.fill("workers", str(said.workers)).press(GO)


def _items(worker: Walker, said: Application) -> None:
    worker.tick("items", *said.items).press(GO)


def _caller(worker: Walker, said: Application) -> None:
    worker.tick("caller", said.caller).press(GO)


def _firms(worker: Walker, said: Application) -> None:
    for name, value in said.firms.items():
        worker.fill(name, value)
    worker.press(GO)


def _where(worker: Walker, said: Application) -> None:
    worker.fill("where", said.where).press(GO)
    if worker.page.locator("main [name='spot']").count():
        worker.tick("spot", said.spot).press(GO)


def _date(worker: Walker, name: str, day: str) -> None:
    for part, value in zip(("year", "month", "day"), day.split("-"), strict=False):
        worker.fill(f"{name}_{part}", value)


def _began(worker: Walker, said: Application) -> None:
    _date(worker, "began", said.began) if said.began else None
    worker.press(GO if said.began else SKIP)


def _still(worker: Walker, said: Application) -> None:
    worker.tick("still", said.still).press(GO)


def _ended(worker: Walker, said: Application) -> None:
    _date(worker, "ended", said.ended) if said.ended else None
    worker.press(GO if said.ended else SKIP)


def _amount(worker: Walker, said: Application) -> None:
    worker.fill("amount", said.amount) if said.amount else None
    worker.press(GO if said.amount else SKIP)


def _papers(worker: Walker, said: Application) -> None:
    if not said.photos:
        worker.press(SKIP)
        return
    worker.page.set_input_files("main input[type='file']", list(said.photos))
    worker.press(GO)
    expect(worker.page.locator("main .tasks li")).to_have_count(len(said.photos))
    worker.press(GO)


def _you(worker: Walker, said: Application) -> None:
    worker.fill("name", said.name).fill("phone", said.phone).press(GO)


def _identity(worker: Walker, said: Application) -> None:
    worker.fill("resident_id", said.resident_id) if said.resident_id else None
    worker.press(GO if said.resident_id else SKIP)


def _needs(worker: Walker, said: Application) -> None:
    worker.tick("languages", *said.languages).tick("needs", *said.needs).press(GO)


def _contact(worker: Walker, said: Application) -> None:
    for name, value in said.contact.items():
        if name in {"may_call", "may_say_who"}:
            worker.tick(name, value)
        elif name.endswith("hour"):
            worker.pick(name, value)
        else:
            worker.fill(name, value)
    worker.press(GO)


def _story(worker: Walker, said: Application) -> None:
    worker.fill("story", said.story) if said.story else None
    worker.press(GO if said.story else SKIP)


_ANSWERS = {
    "who": _who, "helper": _helper, "group": _group, "items": _items, "caller": _caller, "firms": _firms,
    "where": _where, "began": _began, "still": _still, "ended": _ended, "amount": _amount, "papers": _papers,
    "you": _you, "identity": _identity, "needs": _needs, "contact": _contact, "story": _story,
}  # fmt: skip


def send(worker: Walker) -> Receipt:
    """From the check page to the receipt."""
    worker.press("main .actions a.button")
    worker.page.check("[name='consent']")
    worker.press(GO)
    return receipt(worker)


def apply(worker: Walker, said: Application) -> Receipt:
    """The whole application."""
    begin(worker)
    answer(worker, said)
    return send(worker)


def receipt(worker: Walker) -> Receipt:
    """Read the receipt: number, code, a QR code, what happens next and by when."""
    page = worker.page
    expect(page).to_have_url(re.compile(r"/receipt/$"))
    number, code = page.locator(".receipt .number").all_inner_texts()
    worker.words |= {number.strip(), code.strip()}
    assert _NUMBER.fullmatch(number.strip())
    assert re.fullmatch(r"\d{8}", code.strip())
    expect(page.locator("svg.qr")).to_be_visible()
    says = page.locator("main .status").inner_text()
    return Receipt(number.strip(), code.strip(), says)


def report(
    worker: Walker,
    *,
    name: str,
    phone: str,
    story: str,
    where: str = "",
    door: str = "report",
    share: str = "",
) -> Receipt:
    """The short door: name, phone, one sentence (``door`` ``ask``: a question)."""
    worker.go(f"/{door}/")
    worker.fill("name", name).fill("phone", phone).fill("story", story)
    if where:
        worker.fill("where", where)
    if share:
        worker.tick("share", share)
    worker.page.check("[name='consent']")
    worker.press(GO)
    return receipt(worker)


def follow(worker: Walker, receipt: Receipt) -> Walker:
    """Open the case by number and code."""
    worker.go("/follow/")
    if worker.page.url.endswith("/follow/"):
        worker.fill("number", receipt.number).fill("code", receipt.code)
        worker.press("main form .button")
    expect(worker.page).to_have_url(re.compile(r"/follow/case/$"))
    return worker


def deed(worker: Walker, action: str, **form: str) -> Walker:
    """One of the worker's own steps, from the case's page."""
    worker.press(f"main a[href='/follow/do/{action}/']")
    for name, value in form.items():
        if worker.page.locator(f"main input[type='radio'][name='{name}']").count():
            worker.tick(name, value)
        else:
            worker.fill(name, value)
    return worker.press("main form .button")


def money(worker: Walker) -> list[str]:
    """The four sums on the worker's page: asked for, awarded, paid, confirmed."""
    return [
        text.strip()
        for text in worker.page.locator("main .ledger").first.locator(".sum, dd, b").all_inner_texts()
    ]
