"""The public face: three doors, everybody's phone, every way in and back."""

from __future__ import annotations

import pytest

from tests.journeys import portal
from tests.journeys.conftest import Visit
from tests.journeys.portal import Application

pytestmark = pytest.mark.journey

COOK = Application(
    name="工友甲子", phone="19000040001", where="高平", spot="140581", began="2026-03", ended="2026-09-30",
    amount="5200", firms={"leader": "包工头演示甲"}, story="（演示）干了半年，工资没给。",
)  # fmt: skip


def test_a_worker_applies_and_follows(visit: Visit) -> None:
    worker = visit()
    got = portal.apply(worker, COOK)
    portal.follow(worker, got)
    assert got.number in worker.text()
    assert "5,200" in worker.text()
