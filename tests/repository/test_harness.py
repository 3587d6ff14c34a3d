"""The harness itself: what every other test relies on."""

from __future__ import annotations

import socket

import pytest


def test_no_test_reaches_beyond_loopback() -> None:
    with pytest.raises(AssertionError, match="tried to reach"), socket.socket() as outside:
        outside.connect(("192.0.2.1", 80))
