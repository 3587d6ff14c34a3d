"""The operations of Asterisk's REST interface that the gateway uses: what an order of ``rules.voice`` becomes.

Paths and parameters are described once more, and independently, in ``simulator/contract.toml``; a test holds the two
against each other, and howto/connect-asterisk.md says with which published description they were compared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nuanxin.hotline.rules.voice.values import Order

_NUMBER = re.compile(r"\+?[0-9]{3,20}")
_EXTENSION = re.compile(r"[A-Za-z0-9]{1,20}")
RING_MOST = "60"  # seconds; the gateway's own timers are shorter


class BadOrder(ValueError):
    """An order that must not reach the engine: a telephone number that is none."""


@dataclass(frozen=True, slots=True)
class Route:
    """How telephones are reached. ``operators``, ``people``: ``{}`` stands for the extension, the number."""

    app: str = "nuanxin"
    operators: str = "PJSIP/{}"
    people: str = "PJSIP/{}@trunk"
    shown: str = ""  # the number that a person who is rung back sees
    music: str = "default"


@dataclass(frozen=True, slots=True)
class Sent:
    """One request. ``path`` starts behind ``/ari``."""

    method: str
    path: str
    query: dict[str, str]


_PLAIN = {
    "answer": ("POST", "/channels/{}/answer"),
    "play": ("POST", "/channels/{}/play/{playbackId}"),
    "stop_playing": ("DELETE", "/playbacks/{}"),
    "stop_music": ("DELETE", "/channels/{}/moh"),
    "record": ("POST", "/channels/{}/record"),
    "record_bridge": ("POST", "/bridges/{}/record"),
    "stop_recording": ("POST", "/recordings/live/{}/stop"),
    "bridge": ("POST", "/bridges/{}"),
    "join": ("POST", "/bridges/{}/addChannel"),
    "drop_bridge": ("DELETE", "/bridges/{}"),
    "hang_up": ("DELETE", "/channels/{}"),
    "ringback": ("POST", "/channels/{}/ring"),
    "no_ringback": ("DELETE", "/channels/{}/ring"),
}


def request_of(order: Order, route: Route) -> Sent:
    """The request for an order. Raises BadOrder."""
    given = dict(order.given)
    on = _in_path(order.on)
    if order.operation == "music":
        return Sent("POST", f"/channels/{on}/moh", {"mohClass": route.music})
    if order.operation == "snoop":
        channel = _in_path(given.pop("channel"))
        return Sent("POST", f"/channels/{channel}/snoop/{on}", {**given, "app": route.app, "appArgs": "leg"})
    if order.operation in {"ring_up", "ring_out"}:
        return _originate(order.operation, on, given, route)
    method, path = _PLAIN[order.operation]
    if "{playbackId}" in path:
        path = path.replace("{playbackId}", _in_path(given.pop("playbackId")))
    return Sent(method, path.replace("{}", on), given)


def _originate(operation: str, channel: str, given: dict[str, str], route: Route) -> Sent:
    if operation == "ring_up":
        endpoint, shown = _fill(route.operators, given["endpoint"], _EXTENSION), given.get("callerId", "")
    else:
        endpoint, shown = _fill(route.people, given["number"], _NUMBER), route.shown
    query = {"endpoint": endpoint, "app": route.app, "appArgs": "leg", "timeout": RING_MOST}
    if _NUMBER.fullmatch(shown):
        query["callerId"] = shown
    return Sent("POST", f"/channels/{channel}", query)


def _fill(template: str, number: str, form: re.Pattern[str]) -> str:
    """A number becomes part of the engine's own language: nothing but a number may."""
    if not form.fullmatch(number):
        raise BadOrder("not a telephone")
    return template.replace("{}", number)


def _in_path(name: str) -> str:
    """Names come from the engine or from us; one that could leave its place in a path is refused."""
    if not re.fullmatch(r"[A-Za-z0-9_.:@-]{1,149}", name) or ".." in name:
        raise BadOrder("not a name")
    return name
