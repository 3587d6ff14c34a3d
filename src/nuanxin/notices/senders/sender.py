"""What every way out offers, and how it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message ready to leave. ``key`` is the same at every try, so that a gateway sends it once."""

    key: str
    notice_id: int
    case_id: int
    channel: str
    to: str
    subject: str
    text: str
    discreet: bool
    at: datetime


class TryAgain(Exception):
    """It did not leave, and may later. ``code`` is stable; ``wait``: what the gateway asked for; ``down``: the
    gateway as a whole does not answer, so that the rest of the batch need not try now."""

    def __init__(self, code: str, *, wait: timedelta | None = None, down: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.wait = wait
        self.down = down


class Refused(Exception):
    """It will never leave: a number that does not exist, a recipient who may not be written to."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Sender(Protocol):
    """A way out. Safe to call again with the same ``key``."""

    def send(self, message: Outgoing) -> str:
        """Send it; the gateway's id of the message, or empty. Raises TryAgain or Refused."""
        ...
