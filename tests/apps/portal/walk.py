"""The application as a worker fills it in, page by page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.test import Client

from nuanxin.cases.models import Case
from nuanxin.portal.models import PortalDraft

# What a worker with a simple case answers.
SIMPLE: Mapping[str, Mapping[str, Any]] = {
    "who": {"who": "self"},
    "items": {"items": ["wages"]},
    "caller": {"caller": "contractor"},
    "firms": {"leader": "王老板", "leader_phone": "13812345678"},
    "where": {"where": "高平"},
    "began": {"began_year": "2026", "began_month": "3", "began_day": ""},
    "still": {"still": "yes"},
    "amount": {"amount": "5200"},
    "papers": {"go": "skip"},
    "you": {"name": "田某某", "phone": "13912345678"},
    "identity": {"go": "skip"},
    "needs": {},
    "contact": {
        "may_call": "yes",
        "from_hour": "any",
        "to_hour": "any",
        "may_say_who": "yes",
        "passphrase": "",
    },
    "story": {"go": "skip"},
}
# The same as the draft keeps it.
KEPT: Mapping[str, Mapping[str, Any]] = {
    "who": {"who": "self"},
    "items": {"items": ["wages"]},
    "caller": {"caller": "contractor"},
    "firms": {
        "leader": "王老板",
        "leader_phone": "13812345678",
        "company": "",
        "contractor": "",
        "owner": "",
        "others": "",
    },
    "where": {"place": "140581"},
    "began": {"began": "2026-03"},
    "still": {"still": "yes"},
    "amount": {"amount": "5200.00"},
    "papers": {},
    "you": {"name": "田某某", "phone": "13912345678"},
    "identity": {},
    "needs": {"needs": [], "languages": []},
    "contact": {
        "may_call": "yes",
        "from_hour": "any",
        "to_hour": "any",
        "may_say_who": "yes",
        "passphrase": "",
    },
    "story": {},
}
GROUP: Mapping[str, Mapping[str, Any]] = {
    **SIMPLE,
    "who": {"who": "group"},
    "group": {"workers": "26"},
    "still": {"still": "no"},
    "ended": {"ended_year": "2026", "ended_month": "8", "ended_day": "31"},
}


def begin(client: Client, **more: str) -> None:
    """Start a draft."""
    answer = client.post("/apply/", {"go": "start", **more})
    assert answer.status_code == 302
    assert answer["Location"] == "/apply/who/"


def fill(client: Client, answers: Mapping[str, Mapping[str, Any]] = SIMPLE, until: str = "") -> str:
    """Answer every page that is asked, up to ``until``; returns where it led."""
    here = "/apply/who/"
    while here.startswith("/apply/") and here not in {"/apply/check/", f"/apply/{until}/"}:
        key = here.split("/")[2]
        page = client.get(here)
        assert page.status_code == 200, here
        sent = client.post(here, {"go": "on", **answers[key]})
        assert sent.status_code == 302, (key, sent.content.decode())
        here = sent["Location"]
    return here


def at(client: Client, question: str = "") -> PortalDraft:
    """A draft answered up to a question, or to its end, without walking there page by page."""
    begin(client)
    draft = PortalDraft.objects.latest("pk")
    keys = list(KEPT)
    said = {key: KEPT[key] for key in (keys[: keys.index(question)] if question else keys)}
    draft.answers = json.dumps(said, ensure_ascii=False)
    draft.save(update_fields=["answers"])
    return draft


def send(client: Client) -> Case:
    """Check, agree, send; the case that came of it."""
    assert client.get("/apply/check/").status_code == 200
    assert client.get("/apply/send/").status_code == 200
    sent = client.post("/apply/send/", {"consent": "on", "go": "on"})
    assert sent.status_code == 302, sent.content.decode()
    assert sent["Location"] == "/receipt/"
    return Case.objects.latest("submitted_at")


def apply(client: Client, answers: Mapping[str, Mapping[str, Any]] = SIMPLE) -> Case:
    """The whole way."""
    begin(client)
    assert fill(client, answers) == "/apply/check/"
    return send(client)
