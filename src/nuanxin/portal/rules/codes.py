"""Codes that a person copies by hand: no letter or figure that looks like another."""

from __future__ import annotations

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0 O 1 I L
LENGTH = 8


def new_code() -> str:
    """A code of eight characters, such as ``K7M3P9QX``: one of 8.5 × 10^11."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def spoken(code: str) -> str:
    """The code in two groups, as it is shown and read out: ``K7M3-P9QX``."""
    half = LENGTH // 2
    return f"{code[:half]}-{code[half:]}"


def read_code(typed: str) -> str:
    """A code as somebody typed it, made plain; empty when it cannot be one."""
    wide = "".join(chr(ord(c) - 0xFEE0) if 0xFF01 <= ord(c) <= 0xFF5E else c for c in typed)
    plain = "".join(c for c in wide.upper() if c not in " -—–_.\u3000\t")
    return plain if len(plain) == LENGTH and all(c in ALPHABET for c in plain) else ""
