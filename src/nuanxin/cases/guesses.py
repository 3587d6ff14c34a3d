"""How often number and code may be tried: nobody guesses a code, and nobody locks a worker out with wrong ones.

Failures of a number from one address make that pair wait longer and longer. Besides, a number takes so many failures
in a quarter of an hour from everywhere, and an address (a whole town may share one) so many over all numbers. Both let
those through who have opened this very case from there before, and a text message from the worker's own phone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from nuanxin.accounts import throttle
from nuanxin.accounts.address import address_group
from nuanxin.cases.models import Worker

# With eight digits: at 100 failures an hour, day and night, one code is guessed in more than fifty years.
FAILURES_A_NUMBER, FAILURES_AN_ADDRESS, WINDOW = 25, 10, timedelta(minutes=15)
PAIR, NUMBER, ADDRESS, KNOWN = "follow.pair", "follow.number", "follow.address", "follow.known"


@dataclass(frozen=True, slots=True)
class Guesser:
    """Whoever tries a number (0: none that can be): from which address, and from which phone if by text message."""

    case_id: int
    address: str
    phone: str = ""

    @property
    def _group(self) -> str:
        return address_group(self.address)

    @property
    def _pair(self) -> str:
        return f"{self.case_id} {self._group}"

    def wait(self, at: datetime) -> int:
        """Seconds until the next try; 0 when it may be made now."""
        wait = throttle.slow_down(PAIR, self._pair, at=at)
        if wait is None:
            number = throttle.over(NUMBER, str(self.case_id), limit=FAILURES_A_NUMBER, window=WINDOW, at=at)
            address = throttle.over(ADDRESS, self._group, limit=FAILURES_AN_ADDRESS, window=WINDOW, at=at)
            # What is no number at all has no worker to protect, and all that is mistyped must not wait for it.
            wait = (number if self.case_id else None) or address
            if wait is not None and self._known(at):
                return 0
        return wait.seconds if wait else 0

    def _known(self, at: datetime) -> bool:
        if throttle.remembered(KNOWN, self._pair, at=at):
            return True
        return bool(self.phone) and Worker.objects.filter(case=self.case_id, phone_index=self.phone).exists()

    def failed(self, at: datetime) -> None:
        """A wrong number or a wrong code: counted the same, so that neither tells which it was."""
        throttle.failed(PAIR, self._pair, at=at)
        throttle.check(NUMBER, str(self.case_id), limit=FAILURES_A_NUMBER, window=WINDOW, at=at)
        throttle.check(ADDRESS, self._group, limit=FAILURES_AN_ADDRESS, window=WINDOW, at=at)

    def succeeded(self, at: datetime) -> None:
        """The right code: mistyping before it is forgiven, and this address is known to the case."""
        throttle.succeeded(PAIR, self._pair)
        throttle.remember(KNOWN, self._pair, at=at)
