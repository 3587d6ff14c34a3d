"""The pages of advice as a worker goes through them, and cases that several tests share."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from django.test import Client

Typed = Mapping[str, Mapping[str, Any]]


def on(name: str, day: str) -> dict[str, str]:
    """A day, or as much of it as is known, as the three boxes send it."""
    year, month, rest = (*day.split("-"), "", "")[:3]
    return {f"{name}_year": year, f"{name}_month": month, f"{name}_day": rest}


# A builder under a team leader: two and a half months unpaid, 2,000 yuan of it came.
SITE: Typed = {
    "items": {"items": ["wages", "double_wage"]},
    "caller": {"caller": "contractor"},
    "where": {"where": "高平市"},
    "pay": {"pay": "month"},
    "rate_month": {"rate_month": "6000"},
    "unpaid": {**on("first", "2026-06-01"), **on("last", "2026-08-31")},
    "paid": {"paid": "2000"},
    "signed": {"signed": "no"},
    "began": on("began", "2026-03-01"),
    "still": {"still": "no"},
    "ended": on("ended", "2026-08-31"),
    "due": on("due", "2026-09-10"),
    "site": {"site": "yes"},
    "above": {"above": "sub"},
    "lent": {"lent": "no"},
    "licence": {"licence": "yes"},
    "board": {"board": "yes"},
    "owner": {"owner": "firm"},
    "owner_paid": {"owner_paid": "no"},
    "permit": {"permit": "yes"},
    "since": {"since": ["demand"]},
    "on_demand": on("last", "2026-10-02"),
}


def walk(client: Client, door: str, typed: Typed) -> str:
    """Answer every question of a door as typed, the others with "I do not know"; the text of the answer."""
    here = f"/advice/{door}/{'caller' if door == 'who-pays' else 'items'}/"
    for _ in range(50):
        key = here.rstrip("/").rsplit("/", 1)[1]
        if key == "answer":
            return text(client, here)
        page = client.get(here)
        assert page.status_code == 200, here
        sent = client.post(here, {"go": "on", **typed[key]} if key in typed else {"go": "skip"})
        assert sent.status_code == 302, (key, text_of(sent.content.decode()))
        here = sent["Location"]
    raise AssertionError(f"{door} does not end")


def text(client: Client, address: str) -> str:
    """What a page says."""
    page = client.get(address)
    assert page.status_code == 200, (address, page.status_code)
    return text_of(page.content.decode())


def text_of(page: str) -> str:
    """The words of a page's main part."""
    main = page.split("<main")[1].split(">", 1)[1].split("</main>")[0]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main)))


def told(client: Client, door: str) -> str:
    """The signed answers that the page hands over."""
    page = client.get(f"/advice/{door}/answer/").content.decode()
    found = re.search(r'name="told" value="([^"]+)"', page)
    assert found
    return html.unescape(found[1])
