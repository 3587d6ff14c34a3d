"""Codes of the second factor: checked once, never twice, and slowly after failures.

The package's own check remembers used codes in the cache of one process; here the row of the authenticator
remembers the last time step that was accepted, so that no process takes a code again (RFC 6238, section 5.2).
"""

from __future__ import annotations

from datetime import datetime

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt

from nuanxin.accounts import throttle
from nuanxin.accounts.models import Staff
from nuanxin.audit.transactions import write

BUCKET = "second_factor"
LAST_STEP = "last_step"


class TooSoon(Exception):
    """After failures the next try must wait; carries the seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def accept(staff: Staff, code: str, *, at: datetime) -> Authenticator | None:
    """The authenticator that a code belongs to, which is then used up; None when it is wrong or was used.

    Raises TooSoon while the account waits after failures.
    """
    wait = throttle.slow_down(BUCKET, str(staff.pk), at=at, always=True)
    if wait is not None:
        raise TooSoon(wait.seconds)
    with write():
        found = _find(staff, code)
    if found is None:
        throttle.failed(BUCKET, str(staff.pk), at=at, always=True)
    else:
        throttle.succeeded(BUCKET, str(staff.pk), always=True)
    return found


def _find(staff: Staff, code: str) -> Authenticator | None:
    rows = Authenticator.objects.select_for_update().filter(user_id=staff.pk)
    by_type = {row.type: row for row in rows}
    totp = by_type.get(Authenticator.Type.TOTP)
    if totp is not None and _use_totp(totp, code):
        return totp
    recovery = by_type.get(Authenticator.Type.RECOVERY_CODES)
    if recovery is not None and recovery.wrap().validate_code(code):
        return recovery
    return None


def _use_totp(row: Authenticator, code: str) -> bool:
    step = matching_step(decrypt(row.data["secret"]), code)
    if step is None or step <= row.data.get(LAST_STEP, 0):
        return False
    row.data[LAST_STEP] = step
    row.save(update_fields=["data"])
    return True


def matching_step(secret: str, code: str) -> int | None:
    """The time step for which a code is right, now or one step off; None when for none."""
    for step in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return int(step)
    return None


def remember_first(staff: Staff, code: str) -> None:
    """The code that proved the set-up is used up too."""
    with write():
        row = Authenticator.objects.select_for_update().get(user_id=staff.pk, type=Authenticator.Type.TOTP)
        _use_totp(row, code)
