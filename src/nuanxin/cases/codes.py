"""Follow codes: eight digits that open one case to its worker, derived and never stored.

Derived, so that a replayed request can give the code again. ``code_epoch`` makes an old code worthless. A worker
of a group has a code of their own: "7-12345678" opens the line of worker no. 7 only.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata

from django.conf import settings

DIGITS = 8


def _digits(message: str) -> str:
    key: bytes = settings.KEYS.follow
    value = int.from_bytes(hmac.new(key, message.encode(), hashlib.sha256).digest()[:8], "big")
    return f"{value % 10**DIGITS:0{DIGITS}d}"


def fingerprint(kind: str, text: str) -> str:
    """A keyed print of an idempotency key or a request body: tells two apart without keeping either."""
    key: bytes = settings.KEYS.follow
    return hmac.new(key, f"{kind}:{text}".encode(), hashlib.sha256).hexdigest()[:32]


def follow_code(case_id: int, epoch: int = 0) -> str:
    """The code of the applicant or representative."""
    return _digits(f"case:{case_id}:{epoch}")


def worker_code(case_id: int, seq: int, epoch: int = 0) -> str:
    """The code of one worker of a group: roster number, hyphen, digits."""
    return f"{seq}-{_digits(f'worker:{case_id}:{seq}:{epoch}')}"


def check_code(typed: str, case_id: int, epoch: int = 0) -> int | None:
    """Whose code this is: 0 for the case, the roster number for one worker, None for nobody's. Constant time."""
    cleaned = "".join(unicodedata.normalize("NFKC", typed).split()).replace("—", "-").replace("–", "-")
    head, _, tail = cleaned.rpartition("-")
    seq = int(head) if head.isascii() and head.isdigit() and len(head) <= 6 else 0
    expected = worker_code(case_id, seq, epoch) if seq else follow_code(case_id, epoch)
    given = cleaned if head else tail
    return seq if hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode()) else None
