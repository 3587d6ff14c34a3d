"""The offices that the cases of these tests meet. Imported before Django is set up, hence the late imports."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def offices(db: Any) -> dict[int, Any]:
    """Two counties and their city, and a district in another province."""
    from tests.factories.agency import agency
    from tests.factories.story import GAOPING, JINCHENG, SHENZHEN, YANGCHENG

    return {region: agency(region) for region in (GAOPING, YANGCHENG, JINCHENG, SHENZHEN)}


@pytest.fixture
def story(offices: dict[int, Any]) -> Any:
    """A plain application in Gaoping, submitted on a Monday morning."""
    from tests.factories.story import Story

    return Story()
