"""Invented service points."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from nuanxin.audit.actor import SYSTEM
from nuanxin.network import actions
from nuanxin.network.models import ServicePoint
from nuanxin.network.rules.points import LANGUAGES, SERVICES, bits_of

AT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)  # a Wednesday, 10:00 in China
GAOPING = 140581000000
LON, LAT = 112.9239, 35.7980


def point(east: float = 0.0, north: float = 0.0, *, services: str = "consultation wage_claims", languages: str = "zh",
          **fields: Any) -> ServicePoint:  # fmt: skip
    """A point so many metres east and north of the middle of Gaoping."""
    given: dict[str, Any] = {
        "name_zh": "示例·服务点", "kind": "workstation", "place": GAOPING, "phone": "0356-0000000",
        "hours": "Mo-Fr 08:30-12:00,14:30-18:00", "verified_on": date(2026, 6, 1), "invented": True,
        "lon": LON + east / 90_190.0, "lat": LAT + north / 111_195.0,
    }  # fmt: skip
    given |= fields
    return actions.open_point(
        services=bits_of(services.split(), SERVICES), languages=bits_of(languages.split(), LANGUAGES),
        by=SYSTEM, at=AT, **given,
    )  # fmt: skip
