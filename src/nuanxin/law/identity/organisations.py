"""Unified social credit codes of organisations (GB 32100-2015), with the organisation code inside (GB 11714)."""

from __future__ import annotations

from stdnum.cn import uscc

from nuanxin.law.identity.checked import Checked, compact, invalid

_LENGTH = 18
_ORGANISATION = slice(8, 17)
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_VALUES = {sign: place for place, sign in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}


def normalise_uscc(value: str) -> str:
    """Plain characters without separators, letters upper case; says nothing about validity."""
    return compact(value)


def check_uscc(value: str) -> Checked:
    """Whether ``value`` can be a unified social credit code.

    The organisation code's own check is only a warning, ``organisation_code_check``: some early codes were
    issued without it.
    """
    code = compact(value)
    if len(code) != _LENGTH:
        return invalid("wrong_length")
    # The first two places are letters for some registers (A1 villages, N1 …), which the library refuses.
    try:
        good = uscc.calc_check_digit(code) == code[17]
    except ValueError:
        return invalid("wrong_characters")
    if not code[2:8].isdigit():
        return invalid("wrong_characters")
    if not good:
        return invalid("wrong_check_digit")
    return Checked(
        True, code, () if _organisation_code_fits(code[_ORGANISATION]) else ("organisation_code_check",)
    )


def _organisation_code_fits(code: str) -> bool:
    total = sum(_VALUES[sign] * weight for sign, weight in zip(code, _WEIGHTS, strict=False))
    check = 11 - total % 11
    return code[8] == {10: "X", 11: "0"}.get(check, str(check))
