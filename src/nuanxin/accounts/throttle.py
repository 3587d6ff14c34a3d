"""Rate limits that all server processes share, kept in the database.

One statement a check: a row for each key holds the count of the running window and of the one before, so that
the limit slides instead of opening anew at each full minute. Keys are HMACs, never an address or a number.
"""

from __future__ import annotations

import hmac
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

from django.conf import settings
from django.db import connection

from nuanxin.accounts.models import Slowdown, Window
from nuanxin.audit.transactions import write

FREE_FAILURES = 5  # a worker mistypes a code a few times before anything slows down
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=1)  # without a further failure
KNOWN_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class RetryAfter:
    """Too much too soon: try again after ``seconds`` (at least 1), for the Retry-After header."""

    seconds: int


_COUNT = """
INSERT INTO accounts_window (key, slot, count, previous, expires_at) VALUES (%s, %s, 1, 0, %s)
ON CONFLICT (key) DO UPDATE SET
  previous = CASE WHEN accounts_window.slot = excluded.slot THEN accounts_window.previous
                  WHEN accounts_window.slot = excluded.slot - 1 THEN accounts_window.count ELSE 0 END,
  count = CASE WHEN accounts_window.slot = excluded.slot THEN accounts_window.count + 1 ELSE 1 END,
  slot = excluded.slot,
  expires_at = excluded.expires_at
RETURNING count, previous
"""
_FAIL = """
INSERT INTO accounts_slowdown (key, failures, failed_at, expires_at) VALUES (%s, 1, %s, %s)
ON CONFLICT (key) DO UPDATE SET
  failures = CASE WHEN accounts_slowdown.expires_at <= %s THEN 1 ELSE accounts_slowdown.failures + 1 END,
  failed_at = excluded.failed_at,
  expires_at = excluded.expires_at
"""


def throttle_key(bucket: str, key: str) -> bytes:
    """What is stored of an address or a number: 16 bytes that cannot be turned back."""
    # The two parts are joined by their length, so that ("ab", "c") and ("a", "bc") differ.
    text = f"throttle:{len(bucket)}:{bucket}:{key}"
    return hmac.digest(settings.KEYS.index, text.encode(), "sha256")[:16]


def check(bucket: str, key: str, *, limit: int, window: timedelta, at: datetime) -> RetryAfter | None:
    """Count one use of ``key`` in ``bucket``; RetryAfter when over ``limit`` fell into the last ``window``.

    A refused use counts too: who hammers waits longer. None, and nothing written, where settings.RATE_LIMIT
    is off. One statement; joins the caller's ``write()`` if there is one, and is then undone with it.
    """
    if not settings.RATE_LIMIT:
        return None
    seconds = int(window.total_seconds())
    slot, into = divmod(at.timestamp(), seconds)
    expires = datetime.fromtimestamp((slot + 2) * seconds, UTC)
    with write(), connection.cursor() as cursor:
        cursor.execute(_COUNT, [throttle_key(bucket, key), int(slot), _stored(expires)])
        count, previous = cursor.fetchone()
    return verdict(int(count), int(previous), limit, seconds, into)


def over(bucket: str, key: str, *, limit: int, window: timedelta, at: datetime) -> RetryAfter | None:
    """Whether one more use of ``key`` would be over the limit. One read; nothing is counted."""
    if not settings.RATE_LIMIT:
        return None
    seconds = int(window.total_seconds())
    slot, into = divmod(at.timestamp(), seconds)
    row = Window.objects.filter(key=throttle_key(bucket, key), slot__gte=int(slot) - 1).first()
    if row is None:
        return None
    count, previous = (row.count, row.previous) if row.slot == int(slot) else (0, row.count)
    return verdict(count + 1, previous, limit, seconds, into)


ROUNDING = 1e-9  # of the division: a use that fits exactly must not fail by the last bit


def verdict(count: int, previous: int, limit: int, seconds: int, into: float) -> RetryAfter | None:
    """Weigh the window before by the part of it that the sliding window still covers.

    ``into``: seconds since the running window began. The wait is the time after which one more use would fit.
    """
    if count + previous * (1 - into / seconds) <= limit + ROUNDING:
        return None
    room = limit - count - 1
    if room >= 0:
        wait = seconds * (1 - room / previous) - into
    else:  # the running window alone is full: in the next one it must fade first
        wait = seconds - into + seconds * max(0.0, 1 - (limit - 1) / count)
    return RetryAfter(max(1, math.ceil(wait)))


def slow_down(bucket: str, key: str, *, at: datetime, always: bool = False) -> RetryAfter | None:
    """Whether ``key`` must still wait after its failures. One read; nothing is counted.

    ``always``: also where settings.RATE_LIMIT is off, for secrets that six digits guard.
    """
    if not (settings.RATE_LIMIT or always):
        return None
    row = Slowdown.objects.filter(key=throttle_key(bucket, key), expires_at__gt=at).first()
    if row is None:
        return None
    left = (row.failed_at + wait_after(row.failures) - at).total_seconds()
    return RetryAfter(math.ceil(left)) if left > 0 else None


def failed(bucket: str, key: str, *, at: datetime, always: bool = False) -> None:
    """Count one failure of ``key``: a wrong code, a wrong number. One statement.

    The first five cost nothing, each further one doubles the wait, from two seconds to fifteen minutes; an
    hour without failure forgives all.
    """
    if not (settings.RATE_LIMIT or always):
        return
    moment, expires = _stored(at), _stored(at + FORGOTTEN_AFTER)
    with write(), connection.cursor() as cursor:
        cursor.execute(_FAIL, [throttle_key(bucket, key), moment, expires, moment])


def wait_after(failures: int) -> timedelta:
    """How long the next try waits after so many failures in a row."""
    beyond = failures - FREE_FAILURES
    if beyond <= 0:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(beyond, 12)), LONGEST_WAIT)


def succeeded(bucket: str, key: str, *, always: bool = False) -> None:
    """Forget the failures of a key that has now given the right code."""
    rows = Slowdown.objects.filter(key=throttle_key(bucket, key))
    if (settings.RATE_LIMIT or always) and rows.exists():
        with write():
            rows.delete()


def remember(bucket: str, key: str, *, at: datetime) -> None:
    """Note that ``key`` is known here, for 30 days from now. One read, and a write at most every 15 days."""
    if not settings.RATE_LIMIT:
        return
    known = throttle_key(bucket, key)
    if Slowdown.objects.filter(key=known, expires_at__gt=at + KNOWN_FOR / 2).exists():
        return
    row = Slowdown(key=known, failures=0, failed_at=at, expires_at=at + KNOWN_FOR)
    with write():
        Slowdown.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["key"], update_fields=["expires_at"]
        )


def remembered(bucket: str, key: str, *, at: datetime) -> bool:
    """Whether ``key`` is known here. One read."""
    return Slowdown.objects.filter(key=throttle_key(bucket, key), expires_at__gt=at).exists()


def forget(at: datetime) -> int:
    """Delete what has run out; how many rows."""
    with write():
        windows, _ = Window.objects.filter(expires_at__lt=at).delete()
        slowdowns, _ = Slowdown.objects.filter(expires_at__lt=at).delete()
    return windows + slowdowns


def _stored(moment: datetime) -> datetime | str:
    """An instant as the database's driver takes it in a statement of our own."""
    return cast("datetime | str", connection.ops.adapt_datetimefield_value(moment))
