"""A gateway of our own for the sending job."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """``gateway(fault, None, …)``: what each try meets, in order; gives the sender, which remembers."""
    # Imported here: this file is read before the settings are.
    from nuanxin.notices import jobs
    from tests.factories.notice import Fake

    def use(*faults: Exception | None) -> Fake:
        fake = Fake(*faults)
        monkeypatch.setattr(jobs, "sender_for", lambda channel: fake)
        return fake

    return use
