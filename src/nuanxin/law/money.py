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


def exact(number: int | float) -> Fraction:
    """A JSON number as the decimal that was written: 0.1 is a tenth, not the nearest binary fraction."""
    return Fraction(number) if type(number) is int else Fraction(str(number))


def shown(yuan: Fraction, places: int = 4) -> str:
    """An unrounded amount as a step shows it, cut to at most so many places; never used to go on counting."""
    size = 10**places
    whole, rest = divmod((2 * yuan.numerator * size + yuan.denominator) // (2 * yuan.denominator), size)
    return f"{whole}.{rest:0{places}d}".rstrip("0").rstrip(".")
