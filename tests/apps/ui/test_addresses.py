"""Numbers of rows in addresses."""

from __future__ import annotations

import pytest
from django.urls import Resolver404, resolve, reverse

from nuanxin.ui.addresses import MOST


@pytest.mark.parametrize("number", [0, 7, MOST])
def test_a_number_that_a_database_can_hold_is_an_address(number: int) -> None:
    address = reverse("portal:point", args=[number])
    assert resolve(address).kwargs == {"point_id": number}


@pytest.mark.parametrize("number", [str(MOST + 1), "9" * 40, "-1", "1.5", "x", "٣"])
def test_any_other_number_leads_nowhere(number: str) -> None:
    with pytest.raises(Resolver404):
        resolve(f"/points/{number}/")
