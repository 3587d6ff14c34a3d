"""Money in fen (hundredths of a yuan) as whole numbers; exact fractions on the way, rounded once at the end."""

from __future__ import annotations

from fractions import Fraction


def text(fen: int) -> str:
    """Fen as the contract writes money: ``"5200.00"``."""
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    return f"{sign}{yuan}.{rest:02d}"


def rounded(fen: Fraction) -> int:
    """A sum in fen, rounded half up; the only place where the engine rounds."""
    return (2 * fen.numerator + fen.denominator) // (2 * fen.denominator)
