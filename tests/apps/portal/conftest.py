"""An office that takes cases, and browsers without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from nuanxin.network.models import Agency

GAOPING = 140581_000000


@pytest.fixture
def office(db: None) -> Agency:
    """The legal-aid office of Gaoping, with the justice bureau above it."""
    from nuanxin.network.models import Agency  # models need Django, which starts after this file is read
    from tests.factories.agency import agency

    agency(GAOPING, Agency.Kind.BUREAU)
    return agency(GAOPING)


@pytest.fixture(params=["zh-hans", "en"])
def either(request: pytest.FixtureRequest) -> Client:
    """A browser in Chinese, then one in English."""
    return Client(headers={"accept-language": request.param})


@pytest.fixture
def zh() -> Client:
    """A Chinese browser."""
    return Client(headers={"accept-language": "zh-hans"})
