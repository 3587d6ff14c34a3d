"""Several discreet texts about one case within minutes leave as one: each says no more than that there is news."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from nuanxin.notices.rules.catalogue import CATALOGUE, Message

WAIT = timedelta(minutes=5)  # how long a discreet text waits for others


def waits(template: str, *, discreet: bool) -> bool:
    """Whether a text waits for others before it leaves. One that brings a code is wanted at once."""
    return discreet and CATALOGUE[template].bundled


def stands_for_all(templates: Sequence[str]) -> int:
    """Which of these messages, oldest first, is sent for all: what the reader still has to do, else the newest."""
    to_do: int | None = None
    for place, message in enumerate(map(_message, templates)):
        if message is None:
            continue
        if to_do is not None and templates[to_do] in message.settles:
            to_do = None
        if message.to_do:
            to_do = place
    return len(templates) - 1 if to_do is None else to_do


def _message(template: str) -> Message | None:
    """None for a message that an earlier release knew."""
    return CATALOGUE.get(template)


BUNDLED = tuple(key for key, message in CATALOGUE.items() if message.bundled)
