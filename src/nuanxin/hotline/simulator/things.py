"""Channels, recordings and bridges as the engine holds and shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass
class Channel:
    """One leg."""

    id: str
    state: str
    number: str
    created: datetime
    args: list[str] = field(default_factory=list)
    stasis: bool = False
    music: bool = False


@dataclass
class Recording:
    """One that runs."""

    name: str
    target: str
    began: datetime


def describe(one: Channel, app: str) -> dict[str, Any]:
    """A channel as lists and events show it."""
    plan = {"context": "from-trunk", "exten": "12348", "priority": 2,
            "app_name": "Stasis" if one.stasis else "AppDial2", "app_data": ",".join([app, *one.args])}  # fmt: skip
    return {
        "id": one.id, "protocol_id": one.id, "name": f"PJSIP/{one.id}", "state": one.state,
        "caller": {"name": "", "number": one.number}, "connected": {"name": "", "number": ""}, "accountcode": "",
        "dialplan": plan, "creationtime": one.created.isoformat(), "language": "zh",
    }  # fmt: skip


def describe_bridge(bridge: str, channels: list[str], at: datetime) -> dict[str, Any]:
    """A bridge as lists and events show it."""
    return {
        "id": bridge, "technology": "simple_bridge", "bridge_type": "mixing", "bridge_class": "stasis",
        "creator": "Stasis", "name": "", "channels": list(channels), "creationtime": at.isoformat(),
    }  # fmt: skip
