"""Waits and limits in force, read once for as many regions as are asked about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from nuanxin.audit.actor import Actor, Role
from nuanxin.hotline.models import HotlineSetting
from nuanxin.hotline.rules.settings import in_force

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Settings:
    """Every row, read with one statement; the values of a region are worked out once."""

    def __init__(self, at: datetime) -> None:
        self._day = at.astimezone(SHANGHAI).date()
        self._rows = [row.as_rule() for row in HotlineSetting.objects.all()]
        self._known: dict[int, Mapping[str, int]] = {}

    def of(self, region: int) -> Mapping[str, int]:
        """The values for a region on that day, by key, in their units."""
        if region not in self._known:
            self._known[region] = in_force(region, self._day, self._rows)
        return self._known[region]


def settings_now(region: int, at: datetime) -> Mapping[str, int]:
    """The values for one region, for those that ask about no other. One statement."""
    return Settings(at).of(region)


def settings_kept(by: Actor) -> list[HotlineSetting]:
    """What regions that this person keeps have set, the latest of a kind first."""
    low, high = by.scope
    if not by.has(Role.ADMINISTRATOR, Role.SYSTEM) or high <= 0:
        return []
    rows = HotlineSetting.objects.filter(region__gte=low, region__lte=high)
    return list(rows.order_by("key", "region", "-valid_from"))
