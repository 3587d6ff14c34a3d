"""Offices in two provinces, and people of every role signed in at their desks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:  # this file is loaded before the settings are, so that models come in later
    from django.test import Client

    from nuanxin.accounts.models import Staff
    from nuanxin.network.models import Agency

GAOPING, JINCHENG, SHENZHEN = 140581_000000, 140500_000000, 440306_000000
Desk = Callable[..., "Client"]


@pytest.fixture
def offices(db: None) -> dict[str, Agency]:
    """Where cases are held in these tests."""
    from tests.factories.agency import agency

    return {
        "gaoping": agency(GAOPING),
        "jincheng": agency(JINCHENG),
        "shenzhen": agency(SHENZHEN),
        "bureau": agency(GAOPING, "bureau"),
    }


@pytest.fixture
def desk(offices: dict[str, Agency]) -> Desk:
    """``desk(Role.DECIDER)``: a browser in English with somebody of this role signed in, who is its ``person``."""
    from django.test import Client

    from tests.factories.staff import make_staff

    def sit(role: Any, region: int = GAOPING, *, staff: Staff | None = None, language: str = "en") -> Client:
        office = next(
            (one.pk for one in offices.values() if one.region == region and one.kind != "bureau"), 0
        )
        person = staff or make_staff(role, region, office=office or offices["gaoping"].pk)
        client = Client(headers={"accept-language": language})
        client.force_login(person, backend="nuanxin.accounts.backend.StaffBackend")
        client.person = person  # type: ignore[attr-defined]
        return client

    return sit


@pytest.fixture
def clerk(desk: Desk) -> Client:
    return desk("clerk")


@pytest.fixture
def decider(desk: Desk) -> Client:
    return desk("decider")
